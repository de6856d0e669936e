"""What moves the annualised gap: each assumption at the ends of its range, the others as used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.gap.case import GapCase, with_preset
from overbuild.ecosystem.gap.preset import assumptions_of, with_assumption


class Sensitivity(NamedTuple):
    """One assumption or figure with its range, and the annualised gap at either end."""

    assumption: str
    unit: str
    low: float
    value: float
    high: float
    gap_at_low: float
    gap_at_high: float

    @property
    def swing(self) -> float:
        """How far the gap moves from one end to the other."""
        return abs(self.gap_at_high - self.gap_at_low)


def sensitivities(case: GapCase) -> tuple[Sensitivity, ...]:
    """Every figure and assumption that has a range, the one that moves the gap most first.

    Shares of the capex by class are left out: they move only together.
    """
    found = [*_of_figures(case), *_of_assumptions(case)]
    return tuple(sorted(found, key=lambda one: -one.swing))


def _of_figures(case: GapCase) -> Iterator[Sensitivity]:
    """Revenue at the owners' door, energy, and the AI share of the year's capex where it is derived."""
    year = case.results.annualised
    revenue, energy, gap = case.results.doors.owner, case.results.energy, year.gap.central
    yield Sensitivity(
        "ai_revenue.owner",
        "USD",
        *revenue,
        gap_at_low=gap + revenue.low - revenue.central,
        gap_at_high=gap + revenue.high - revenue.central,
    )
    yield Sensitivity(
        "energy_of_ai_sites",
        "USD",
        *energy,
        gap_at_low=gap + energy.central - energy.low,
        gap_at_high=gap + energy.central - energy.high,
    )
    charge = year.cost.central - energy.central
    low, high = year.cost.low - energy.low, year.cost.high - energy.high
    yield Sensitivity(
        "ai_share_of_capex",
        "decimal",
        *case.vintages[-1].ai_share,
        gap_at_low=gap + charge - low,
        gap_at_high=gap + charge - high,
    )


def _of_assumptions(case: GapCase) -> Iterator[Sensitivity]:
    for name, assumed in assumptions_of(case.preset).items():
        low, high = assumed.low, assumed.high
        if low is not None and high is not None and not name.endswith(".share") and not name.startswith("ai_share."):
            ends = _gap_at(case, name, low), _gap_at(case, name, high)
            yield Sensitivity(name, assumed.unit, low, assumed.value, high, *ends)


def _gap_at(case: GapCase, name: str, value: float) -> float:
    return with_preset(case, with_assumption(case.preset, name, value)).annualised_gap
