"""Bounds over both periods: the shock, and the quarters in which capex is cut because of it."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.contagion.bounds.corners import Corner, Corners
from overbuild.ecosystem.contagion.next_year import CapexShares, SecondPeriod, lost_sales, second_period
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.contagion.terms.studied import Studied


class CapexRange(NamedTuple):
    """What of a loss is cut from capex, and what of capex vendors sell: at the low ends, the point and the high ends."""

    low: CapexShares
    point: CapexShares
    high: CapexShares


class PeriodCorners(NamedTuple):
    """The corners of the first period and those of both, the harsh second period, and what vendors sell less, USD.

    Of both, the gentle end is that of the first alone and the harsh one that of both: what lies between holds with and
    without the second period.
    """

    first: Corners
    both: Corners
    harsh: SecondPeriod
    sales_low: float
    sales_high: float


def capex_shares(preset: EcosystemPreset) -> CapexRange:
    """The ranges that a preset has: from nothing cut of a survivor's loss to all of it."""

    def at(end: str) -> CapexShares:
        return CapexShares(*(float(getattr(one, end) or 0.0) for one in (preset.capex_cut, preset.vendor_share)))

    return CapexRange(at("low"), at("value"), at("high"))


def period_corners(given: Studied, first: Corners, shares: CapexRange) -> PeriodCorners:
    """The corners of both periods of a study."""
    harsh = second_period(given, first.harsh.numbers, first.harsh.outcome, shares.high)
    return PeriodCorners(
        first,
        Corners(first.gentle, Corner(harsh.numbers, harsh.outcome)),
        harsh,
        lost_sales(given, first.gentle.outcome, shares.low),
        lost_sales(given, first.harsh.outcome, shares.high),
    )
