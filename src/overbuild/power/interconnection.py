"""The queue: how long a load waits for the grid, what waiting costs, and what bridging the wait costs and emits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations import exp, line, log, maximum, minimum, power, where
from overbuild.units import (
    Constant,
    Count,
    MwhPerYear,
    PerYear,
    Ratio,
    Scalar,
    Share,
    Usd,
    UsdPerMwh,
    UsdPerYear,
    Years,
)

_FARTHEST = Constant(7.0, "normal_farthest")
_NINTH_DECILE = Constant(1.2815515655446004, "normal_ninth_decile")
_ABOVE = tuple(
    Constant(one, f"normal_above_{place}")
    for place, one in enumerate(
        (
            0.0352624965998911,
            0.700383064443688,
            6.37396220353165,
            33.912866078383,
            112.079291497871,
            221.213596169931,
            220.206867912376,
        )
    )
)
_BELOW = tuple(
    Constant(one, f"normal_below_{place}")
    for place, one in enumerate(
        (
            0.0883883476483184,
            1.75566716318264,
            16.064177579207,
            86.7807322029461,
            296.564248779674,
            637.333633378831,
            793.826512519948,
            440.413735824752,
        )
    )
)
"""Numerator and denominator of Hart's approximation, the highest power first."""


class Queue(NamedTuple):
    """The wait for the grid, log-normal: its median, its spread in logs, the share of requests that withdraw, a deadline."""

    median: Years
    sigma: Ratio
    withdrawn: Share
    deadline: Years


class Waiting(NamedTuple):
    """What waiting costs: capital spent, what it must earn, the margin that is lost, how that falls, for how long it runs."""

    spent: Usd
    wacc: PerYear
    margin: UsdPerYear
    margin_decline: PerYear
    life: Years


class Bridge(NamedTuple):
    """Supply of one's own until the grid comes: when it can run, what a MWh of it costs and emits."""

    lead: Years
    cost: UsdPerMwh
    ef: Ratio


def normal_below(z: Scalar) -> Share:
    """The share of a standard normal below z, to 1e-14 within 7 standard deviations, 0 or 1 beyond.

        below -|z| = exp(-z^2 / 2) * P(|z|) / Q(|z|); above 0 it is 1 less that

    Source: Hart 1968 as in West 2005, "Better approximations to cumulative normal functions".

    >>> round(normal_below(0.6392876893), 9), round(normal_below(-1.96), 9), round(normal_below(0.0), 12)
    (0.738682102, 0.024997895, 0.5)
    """
    size = minimum(maximum(z, 0 - z), _FARTHEST)
    tail = exp(0 - size * size / 2) * _polynomial(_ABOVE, size) / _polynomial(_BELOW, size)
    return where(z > 0.0, 1 - tail, tail)


def _polynomial(constants: Sequence[Constant], at: Scalar) -> Scalar:
    built = constants[0] * at
    for one in constants[1:-1]:
        built = (built + one) * at
    return built + constants[-1]


def expected_delay(queue: Queue) -> Years:
    """The mean wait of a log-normal.

        mean = median * exp(sigma^2 / 2)

    Source: standard.

    >>> round(expected_delay(Queue(3.0, 0.45, 0.0, 4.0)), 9)
    3.319659736
    """
    return line("delay.expected", queue.median * exp(queue.sigma * queue.sigma / 2))


def on_time(queue: Queue) -> Share:
    """The chance that the grid has come by the deadline, for a request that does not withdraw.

        on time = share of a normal below (log deadline - log median) / sigma

    Source: the model's specification E.5.

    >>> round(1 - on_time(Queue(3.0, 0.45, 0.0, 4.0)), 9)
    0.26131601
    """
    z = (log(queue.deadline) - log(queue.median)) / queue.sigma
    return line("delay.on_time", normal_below(z))


def carry_of(waiting: Waiting, delay: Years) -> Usd:
    """What capital already spent must earn over a delay.

        carry = spent * ((1 + wacc) ** delay - 1)

    Source: the model's specification E.5.

    >>> round(carry_of(Waiting(350.0, 0.1, 420.0, 0.18, 8.0), 3.0), 2)
    115.85
    """
    return waiting.spent * (power(1 + waiting.wacc, delay) - 1)


def lost_margin_of(waiting: Waiting, delay: Years) -> Usd:
    """Present value of the margin that a delay takes away: what comes later has fallen meanwhile.

        lost  = v0 * (1 - exp(-(k + lam) * delay)),  k = log(1 + wacc), lam = -log(1 - margin decline)
        v0    = margin * (1 - exp(-(k + lam) * life)) / (k + lam)

    Edges: k + lam above 0. Source: the model's specification E.5.

    >>> round(lost_margin_of(Waiting(350.0, 0.1, 420.0, 0.18, 8.0), 3.0), 4)
    757.6036
    """
    falls = log(1 + waiting.wacc) - log(1 - waiting.margin_decline)
    value = waiting.margin * (1 - exp(0 - falls * waiting.life)) / falls
    return value * (1 - exp(0 - falls * delay))


class WaitingCost(NamedTuple):
    """What waiting costs: carry of what is spent and margin lost."""

    carry: Usd
    lost_margin: Usd


def cost_of_wait(waiting: Waiting, delay: Years) -> WaitingCost:
    """What a wait of so many years costs.

    Source: the model's specification E.5; each part as its own formula.

    >>> found = cost_of_wait(Waiting(350.0, 0.1, 420.0, 0.18, 8.0), 3.0)
    >>> round(found.carry + found.lost_margin, 6)
    873.453616
    """
    return WaitingCost(carry_of(waiting, delay), lost_margin_of(waiting, delay))


def waits_cost(waiting: Waiting, queue: Queue) -> None:
    """What waiting costs at the median wait, and at the wait that one in ten exceeds.

        at median       = carry + lost margin at the median
        at ninth decile = carry + lost margin at median * exp(1.2816 * sigma)

    No mean is given: a log-normal wait has no mean of what grows with it exponentially.
    Source: ours, a convention.

    >>> from overbuild.equations import collecting
    >>> with collecting() as lines:
    ...     waits_cost(Waiting(350.0, 0.1, 420.0, 0.18, 8.0), Queue(3.0, 0.45, 0.0, 4.0))
    >>> round(lines["delay.cost_at_median"][0], 2), round(lines["delay.cost_at_ninth_decile"][0], 2)
    (873.45, 1256.26)
    """
    median = cost_of_wait(waiting, queue.median)
    long = cost_of_wait(waiting, line("delay.ninth_decile", queue.median * exp(queue.sigma * _NINTH_DECILE)))
    line("delay.cost_at_median", median.carry + median.lost_margin)
    line("delay.cost_at_ninth_decile", long.carry + long.lost_margin)


def mean_cost_of_wait(waiting: Waiting, queue: Queue, reach: float = 8.0, points: int = 161) -> WaitingCost:
    """Mean carry and lost margin over waits up to so many standard deviations of their logs.

        mean = sum over z of cost(median * exp(sigma * z)) * density of z * step

    Edges: the mean of the carry has no end without a reach; at a spread above 0.5 it hangs on the reach, and is of no use.
    Source: the model's specification E.5; the trapezoid rule, exact to 1e-12 where the spread is below 0.5.

    >>> found = mean_cost_of_wait(Waiting(350.0, 0.1, 420.0, 0.18, 8.0), Queue(3.0, 0.45, 0.0, 4.0))
    >>> round(found.carry, 6), round(found.lost_margin, 6)
    (136.156718, 760.953989)
    """
    from math import pi, sqrt

    step = 2.0 * reach / (points - 1)
    carry = lost = 0.0
    for place in range(points):
        z = place * step - reach
        weight = exp(0 - z * z / 2) * step / sqrt(2.0 * pi)
        one = cost_of_wait(waiting, queue.median * exp(queue.sigma * z))
        carry, lost = carry + weight * one.carry, lost + weight * one.lost_margin
    return WaitingCost(carry, lost)


def bridged_years(queue: Queue, lead: Years) -> Years:
    """Years for which bridging supply runs in the mean: from when it can run until the grid comes.

        years = mean * below(d + sigma) - lead * below(d),  d = log(median / lead) / sigma

    Edges: the lead is above 0.
    Source: the mean of what a log-normal exceeds a level by (Black and Scholes 1973 without discounting).

    >>> round(bridged_years(Queue(3.0, 0.45, 0.0, 4.0), 1.5), 4), round(bridged_years(Queue(3.0, 0.45, 0.0, 4.0), 1e-9), 4)
    (1.835, 3.3197)
    """
    d = log(queue.median / lead) / queue.sigma
    mean = queue.median * exp(queue.sigma * queue.sigma / 2)
    found = mean * normal_below(d + queue.sigma) - lead * normal_below(d)
    return line("delay.bridged_years", maximum(found, 0))


class Bridged(NamedTuple):
    """What bridging costs above the grid's power until the grid comes, and what it emits a year while it runs."""

    cost: Usd
    emissions: Scalar


def bridging(bridge: Bridge, energy: MwhPerYear, grid_price: UsdPerMwh, years: Years) -> Bridged:
    """Bridging supply against the grid's power.

        cost      = (bridge cost - grid price) * MWh a year * bridged years
        emissions = MWh a year * emission factor

    Source: ours, a simplification: all of the load is bridged at full use.

    >>> bridging(Bridge(1.5, 175.0, 0.5), 1e6, 60.0, 2.0)
    Bridged(cost=230000000.0, emissions=500000.0)
    """
    return Bridged(
        line("delay.bridge_cost", (bridge.cost - grid_price) * energy * years),
        line("delay.bridge_emissions", energy * bridge.ef),
    )


def arriving(queue: Queue, requested: Count, punctual: Share) -> Count:
    """Of what asks for the grid, what is on it by the deadline.

        arriving = requested * (1 - withdrawn) * on time

    Source: ours, a definition.

    >>> arriving(Queue(3.0, 0.45, 0.8, 4.0), 5000.0, 0.5)
    499.9999999999999
    """
    return line("delay.mw_by_deadline", requested * (1 - queue.withdrawn) * minimum(punctual, 1))
