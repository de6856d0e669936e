"""What moves the annualised gap: each assumption at the ends of its range, the others as used."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.gap.case import GapCase, with_preset
from overbuild.ecosystem.gap.preset import assumptions_of, with_assumption


class Sensitivity(NamedTuple):
    """One assumption with its range, and the annualised gap at either end."""

    assumption: str
    low: float
    value: float
    high: float
    gap_at_low: float
    gap_at_high: float


def sensitivities(case: GapCase) -> tuple[Sensitivity, ...]:
    """Every assumption that has a range, in order. Shares of the capex are left out: they move only together."""
    found: list[Sensitivity] = []
    for name, assumed in assumptions_of(case.preset).items():
        low, high = assumed.low, assumed.high
        if low is not None and high is not None and not name.endswith(".share"):
            found.append(
                Sensitivity(name, low, assumed.value, high, _gap_at(case, name, low), _gap_at(case, name, high))
            )
    return tuple(found)


def _gap_at(case: GapCase, name: str, value: float) -> float:
    return with_preset(case, with_assumption(case.preset, name, value)).annualised_gap
