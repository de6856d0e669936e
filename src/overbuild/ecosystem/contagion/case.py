"""A contagion study: one shock on one day, its point, its bounds, and what some single world attains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from overbuild.ecosystem.contagion.bounds.corners import POINTS, Corners, class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import HOLDING, HeldLoss, extreme, held_losses, loss_shares, pieces
from overbuild.ecosystem.contagion.bounds.periods import PeriodCorners, capex_shares, period_corners
from overbuild.ecosystem.contagion.bounds.search import attained
from overbuild.ecosystem.contagion.next_year import SecondPeriod, lost_sales, second_period
from overbuild.ecosystem.contagion.terms.edges import Window
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.contagion.terms.studied import Shock, Studied, Worlds, numbers_of, studied, worlds_at
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.network.read import Network
from overbuild.lenders.rounds.batch import RoundsOutcome, run_rounds
from overbuild.lenders.rounds.bearers import CLASSES, LENDERS, Borne, borne
from overbuild.lenders.rounds.study import Numbers


class LossRange(NamedTuple):
    """What a class loses, USD: bounds, what is named, the point, and what the search found in single worlds.

    `found_low` and `found_high` are None where nothing was searched.
    """

    low: float
    known: float
    point: float
    high: float
    found_low: float | None = None
    found_high: float | None = None


class ContagionCase(NamedTuple):
    """Everything that a contagion answer is made of."""

    network: Network
    preset: EcosystemPreset
    given: Studied
    numbers: Numbers
    outcome: RoundsOutcome
    borne: Borne
    corners: Corners
    held: Mapping[str, HeldLoss]
    losses: Mapping[str, LossRange]
    next_year: LossRange
    second: SecondPeriod
    second_harsh: SecondPeriod
    searched: bool


SHOWN = (
    "total",
    "lenders",
    *HOLDING,
    "equity",
    "vendors",
    "landlords",
    "utilities",
    "enterprises",
    "households",
    "public",
)
"""Classes in the order in which they are shown; `lenders` are the four after it, `total` all but the two sums."""


def contagion_case(
    network: Network, preset: EcosystemPreset, shock: Shock, window: Window, *, search: bool = True
) -> ContagionCase:
    """A study of a shock on a network as it was known on a day; with `search` also what single worlds attain."""
    given = studied(network, preset, shock, window)
    numbers = numbers_of(given, worlds_at(given, POINTS))
    outcome = run_rounds(given.study, numbers)
    found, both = borne(given.study, numbers, outcome), corners(given)
    shares = capex_shares(preset)
    second = second_period(given, numbers, outcome, shares.point)
    periods = period_corners(given, both, shares)
    sold = lost_sales(given, outcome, shares.point)
    following = LossRange(periods.sales_low, sold, sold, periods.sales_high)
    held = held_losses(given, preset, periods.both, outcome)
    losses = _losses(given, periods, found, held, following, outcome)
    case = ContagionCase(
        network, preset, given, numbers, outcome, found, both, held, losses, following, second, periods.harsh, search
    )
    return case._replace(losses=dict(_searched(case))) if search else case


def _losses(
    given: Studied,
    periods: PeriodCorners,
    found: Borne,
    held: Mapping[str, HeldLoss],
    following: LossRange,
    outcome: RoundsOutcome,
) -> dict[str, LossRange]:
    """Losses of each class. Their ends hold with and without the second period; what that costs vendors is `following`."""
    ends, first, both = class_ends(given, periods.both), class_ends(given, periods.first), periods.both
    losses: dict[str, LossRange] = {}
    for name in HOLDING:
        other = _other_than_debt(found, name)
        one = held[name]
        losses[name] = LossRange(
            one.low + ends.low[name], one.known + other, one.point + other, one.high + ends.high[name]
        )
    for name in CLASSES:
        if name not in LENDERS:
            amount = float(found.of(name)[0])
            losses[name] = LossRange(ends.low[name], amount, amount, ends.high[name])
    own = losses["vendors"]._replace(low=first.low["vendors"], high=first.high["vendors"])
    losses["vendors"] = _sum((own, following))
    debts = pieces(given)
    gentle, middle, harsh = (
        sum(one.amount * share for one, share in zip(debts, loss_shares(debts, given, run), strict=True))
        for run in (both.gentle.outcome, outcome, both.harsh.outcome)
    )
    other = sum(_other_than_debt(found, name) for name in HOLDING)
    low, high = (sum(side[name] for name in HOLDING) for side in (ends.low, ends.high))
    losses["lenders"] = LossRange(gentle + low, middle + other, middle + other, harsh + high)
    losses["total"] = _sum(losses[name] for name in SHOWN if name not in ("total", *HOLDING))
    return losses


def _sum(parts: tuple[LossRange, ...] | Iterator[LossRange]) -> LossRange:
    found = tuple(parts)
    return LossRange(*(sum(getattr(one, end) for one in found) for end in ("low", "known", "point", "high")))


def _other_than_debt(found: Borne, name: str) -> float:
    return float(sum(amount[0] for channel, amount in found.by_channel[name].items() if channel != "unpaid_debt"))


_SEARCHED = ("total", "lenders", "equity", "vendors", "landlords")


def _searched(case: ContagionCase) -> Iterator[tuple[str, LossRange]]:
    """Every class with what single worlds attain: of holders, by the holding of debts that hurts them most there.

    In the worst worlds of the first period capex is then cut by all that it may be.
    """
    worst = attained(case.given, case.preset, _measure("lenders"))
    debts = pieces(case.given)
    shares = loss_shares(debts, case.given, _followed(case, worst.world)[1].outcome)
    for name, one in case.losses.items():
        if name in HOLDING:
            most = extreme(debts, case.preset, name, shares, most=True)
            yield name, one._replace(found_high=min(one.high, max(most, one.point)))
        elif name in _SEARCHED:
            found = worst if name == "lenders" else attained(case.given, case.preset, _measure(name))
            most = found.high + _found_later(case, found.world, name)
            yield name, one._replace(found_low=max(one.low, found.low), found_high=min(one.high, most))
        else:
            yield name, one


def _followed(case: ContagionCase, world: Worlds) -> tuple[RoundsOutcome, SecondPeriod]:
    """The first and the second period of a single world, capex cut by all that it may be."""
    numbers = numbers_of(case.given, world)
    first = run_rounds(case.given.study, numbers)
    return first, second_period(case.given, numbers, first, capex_shares(case.preset).high)


def _found_later(case: ContagionCase, world: Worlds, name: str) -> float:
    """What the second period of a single world adds to the loss of a class, USD."""
    first, second = _followed(case, world)
    sales = lost_sales(case.given, first, capex_shares(case.preset).high)
    if name in ("total", "vendors"):
        return sales + (second.beside_vendors if name == "total" else 0.0)
    before = borne(case.given.study, numbers_of(case.given, world), first)
    after = borne(case.given.study, second.numbers, second.outcome)
    return float(after.of(name)[0] - before.of(name)[0])


def _measure(name: str) -> Callable[[Borne], Amounts]:
    return partial(_of, name)


def _of(name: str, found: Borne) -> Amounts:
    return found.of(name)
