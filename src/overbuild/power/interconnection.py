"""The queue: how long a load waits for the grid, what waiting costs, and what bridging the wait costs and emits."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, exp, line, log, maximum, minimum, power, sqrt, total
from overbuild.units import Constant, Count, MwhPerYear, PerYear, Ratio, Scalar, Share, Usd, UsdPerMwh, UsdPerYear, Years

_TWO_PI = Constant(6.283185307179586, "two_pi")
_SPAN = Constant(8.0, "delay_span")
_STEP = Constant(0.5, "delay_step")
_FARTHEST = Constant(7.0, "normal_farthest")
_POINTS = 33
_TERMS = 90


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
    """The share of a standard normal below z, to 1e-12 within 7 standard deviations, 0 or 1 beyond.

        below = 1/2 + exp(-z^2 / 2) / sqrt(2 pi) * (z + z^3 / 3 + z^5 / (3 * 5) + ...)

    Source: the series of the normal integral (Abramowitz and Stegun 26.2.11).

    >>> round(normal_below(0.6392876893), 9), round(normal_below(-1.96), 9), normal_below(0.0)
    (0.738682102, 0.024997895, 0.5)
    """
    z = clip(z, 0 - _FARTHEST, _FARTHEST * 1)
    term, odd, series = z, 1.0, z
    for _ in range(_TERMS):
        odd = odd + 2.0
        term = term * z * z / odd
        series = series + term
    return clip(1 / 2 + exp(0 - z * z / 2) / sqrt(_TWO_PI * 1) * series, 0, 1)


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
    """What waiting costs in the mean, and at the median delay."""

    carry: Usd
    lost_margin: Usd
    at_median: Usd


def waiting_cost(waiting: Waiting, queue: Queue) -> WaitingCost:
    """Mean carry and lost margin over the delays that may come.

        mean = sum over z from -8 to 8 in steps of 1/2 of cost(median * exp(sigma * z)) * density of z * 1/2

    Edges: delays beyond 8 standard deviations are left out: the mean of the carry has no end without that.
    Source: the model's specification E.5; the trapezoid rule, exact to 1e-12 here.

    >>> found = waiting_cost(Waiting(350.0, 0.1, 420.0, 0.18, 8.0), Queue(3.0, 0.45, 0.0, 4.0))
    >>> round(found.carry, 6), round(found.lost_margin, 6), round(found.at_median, 6)
    (136.156718, 760.953989, 873.453616)
    """
    ladder = [_STEP * float(place) - _SPAN for place in range(_POINTS)]
    weights = [exp(0 - z * z / 2) * _STEP / sqrt(_TWO_PI * 1) for z in ladder]
    delays = [queue.median * exp(queue.sigma * z) for z in ladder]
    carry = total(w * carry_of(waiting, delay) for w, delay in zip(weights, delays, strict=True))
    lost = total(w * lost_margin_of(waiting, delay) for w, delay in zip(weights, delays, strict=True))
    at_median = carry_of(waiting, queue.median) + lost_margin_of(waiting, queue.median)
    return WaitingCost(
        line("delay.expected_carry", carry), line("delay.expected_lost_margin", lost), line("delay.cost_at_median", at_median)
    )


def bridged_years(queue: Queue, lead: Years) -> Years:
    """Years for which bridging supply runs in the mean: from when it can run until the grid comes.

        years = mean * below(d + sigma) - lead * below(d),  d = log(median / lead) / sigma

    Edges: a lead below a day counts as a day.
    Source: the mean of what a log-normal exceeds a level by (Black and Scholes 1973 without discounting).

    >>> round(bridged_years(Queue(3.0, 0.45, 0.0, 4.0), 1.5), 4), round(bridged_years(Queue(3.0, 0.45, 0.0, 4.0), 1e-9), 4)
    (1.835, 3.3169)
    """
    lead = maximum(lead, 1 / _DAYS)
    d = log(queue.median / lead) / queue.sigma
    mean = queue.median * exp(queue.sigma * queue.sigma / 2)
    found = mean * normal_below(d + queue.sigma) - lead * normal_below(d)
    return line("delay.bridged_years", maximum(found, 0))


_DAYS = Constant(365.0, "days_per_year")


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
