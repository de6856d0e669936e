"""What moves what must be earned, and the year it is: each assumption at the ends of its range, the others as used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.gap.preset import assumptions_of, with_assumption
from overbuild.ecosystem.need.case import NeedCase, with_figures, with_presets
from overbuild.ecosystem.need.preset import NeedPresets, assumptions_of_need, with_need_assumption


class NeedEnd(NamedTuple):
    """The answers at one end of a range: what the year's capex must earn at both doors (USD a year), and when it is.

    `breakeven_year` is None where what is earned does not meet what is required for good by the horizon.
    """

    owner: float
    end_user: float
    breakeven_year: int | None


class NeedSensitivity(NamedTuple):
    """One assumption or figure with its range, and the answers at either end."""

    assumption: str
    unit: str
    low: float
    value: float
    high: float
    at_low: NeedEnd
    at_high: NeedEnd

    @property
    def swing(self) -> float:
        """How far what must be earned at the owner's door moves from one end to the other."""
        return abs(self.at_high.owner - self.at_low.owner)

    def years(self, horizon: int) -> int:
        """By how many years the ends lie apart; one that is not met counts as the year after the horizon."""
        low, high = self.at_low.breakeven_year or horizon + 1, self.at_high.breakeven_year or horizon + 1
        return abs(high - low)


def need_sensitivities(case: NeedCase) -> tuple[NeedSensitivity, ...]:
    """Every figure and assumption that has a range, the one that moves what must be earned most first.

    Shares of the capex by class are left out: they move only together.
    """
    found = [*_of_figures(case), *_of_assumptions(case)]
    return tuple(sorted(found, key=lambda one: -one.swing))


def _of_figures(case: NeedCase) -> Iterator[NeedSensitivity]:
    """The year's spending as planned, and what owners are paid."""
    capex, earned = case.capex, case.earned
    if capex.low != capex.high:
        low, high = (_end(with_figures(case, capex=end)) for end in (capex.low, capex.high))
        yield NeedSensitivity("capex", "USD", capex.low, capex.central, capex.high, low, high)
    if earned.low != earned.high:
        low, high = (_end(with_figures(case, earned=end)) for end in (earned.low, earned.high))
        yield NeedSensitivity("ai_revenue.owner", "USD", earned.low, earned.central, earned.high, low, high)


def _of_assumptions(case: NeedCase) -> Iterator[NeedSensitivity]:
    for name, assumed in assumptions_of(case.gap_preset).items():
        low, high = assumed.low, assumed.high
        if low is not None and high is not None and not name.endswith(".share") and not name.startswith("ai_share."):
            ends = (NeedPresets(with_assumption(case.gap_preset, name, end), case.preset) for end in (low, high))
            yield NeedSensitivity(name, assumed.unit, low, assumed.value, high, *(_of(case, end) for end in ends))
    for name, assumed in assumptions_of_need(case.preset).items():
        low, high = assumed.low, assumed.high
        if low is not None and high is not None:
            ends = (NeedPresets(case.gap_preset, with_need_assumption(case.preset, name, end)) for end in (low, high))
            yield NeedSensitivity(name, assumed.unit, low, assumed.value, high, *(_of(case, end) for end in ends))


def _of(case: NeedCase, presets: NeedPresets) -> NeedEnd:
    return _end(with_presets(case, presets))


def _end(case: NeedCase) -> NeedEnd:
    return NeedEnd(case.required.owner, case.required.end_user, case.breakeven_year)
