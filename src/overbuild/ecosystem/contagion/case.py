"""A contagion study: one shock on one day, its point, its bounds, and what some single world attains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from overbuild.ecosystem.contagion.bounds.corners import POINTS, Corners, class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import HOLDING, HeldLoss, extreme, held_losses, loss_shares, pieces
from overbuild.ecosystem.contagion.bounds.search import attained
from overbuild.ecosystem.contagion.next_year import SecondPeriod, lost_sales, second_period
from overbuild.ecosystem.contagion.terms.edges import Window
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.contagion.terms.studied import Shock, Studied, numbers_of, studied, worlds_at
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
    held = held_losses(given, preset, both, outcome)
    following = _next_year(given, preset, both, outcome)
    losses = _losses(given, both, found, held, following, outcome)
    second = second_period(given, numbers, outcome, following.point)
    harsh = second_period(given, both.harsh.numbers, both.harsh.outcome, following.high)
    case = ContagionCase(
        network, preset, given, numbers, outcome, found, both, held, losses, following, second, harsh, search
    )
    return case._replace(losses=dict(_searched(case))) if search else case


def _losses(
    given: Studied,
    both: Corners,
    found: Borne,
    held: Mapping[str, HeldLoss],
    following: LossRange,
    outcome: RoundsOutcome,
) -> dict[str, LossRange]:
    ends = class_ends(given, both)
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
    losses["vendors"] = _sum((losses["vendors"], following))
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


def _next_year(given: Studied, preset: EcosystemPreset, both: Corners, outcome: RoundsOutcome) -> LossRange:
    """What vendors lose in the year after, from nothing cut of a survivor's loss to all of it."""
    cut, paid = preset.capex_cut, preset.vendor_share
    low = lost_sales(given, both.gentle.outcome, float(cut.low or 0.0), float(paid.low or 0.0))
    point = lost_sales(given, outcome, float(cut.value), float(paid.value))
    high = lost_sales(given, both.harsh.outcome, float(cut.high or 0.0), float(paid.high or 0.0))
    return LossRange(low, point, point, high)


_SEARCHED = ("total", "lenders", "equity", "vendors", "landlords")


def _searched(case: ContagionCase) -> Iterator[tuple[str, LossRange]]:
    """Every class with what single worlds attain: of holders, by the holding of debts that hurts them most there.

    What vendors lose in the year after is counted as at the point.
    """
    worst = attained(case.given, case.preset, _measure("lenders"))
    outcome = run_rounds(case.given.study, numbers_of(case.given, worst.world))
    debts = pieces(case.given)
    shares = loss_shares(debts, case.given, outcome)
    for name, one in case.losses.items():
        if name in HOLDING:
            most = extreme(debts, case.preset, name, shares, most=True)
            yield name, one._replace(found_high=min(one.high, max(most, one.point)))
        elif name in _SEARCHED:
            found = worst if name == "lenders" else attained(case.given, case.preset, _measure(name))
            later = case.next_year.point if name in ("total", "vendors") else 0.0
            yield (
                name,
                one._replace(found_low=max(one.low, found.low), found_high=min(one.high, found.high + later)),
            )
        else:
            yield name, one


def _measure(name: str) -> Callable[[Borne], Amounts]:
    return partial(_of, name)


def _of(name: str, found: Borne) -> Amounts:
    return found.of(name)
