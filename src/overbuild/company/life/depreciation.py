"""Straight-line depreciation by vintage when the useful life changes: from the day of the change, and not before.

A change of estimate is prospective: what is left of the book value is written off over what is left of the new life, one
quarter at least. Quarters are numbers on one axis; depreciation begins in the quarter after purchase.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import maximum, minimum
from overbuild.units import Quarters, Usd, Years


class LifeVintage(NamedTuple):
    """Assets bought in one quarter: its number, and their cost."""

    name: str
    bought: Quarters
    cost: Usd


class LifeRegime(NamedTuple):
    """The useful life in force from one quarter up to, but without, another."""

    name: str
    start: Quarters
    end: Quarters
    life_years: Years


def depreciation_between(
    vintage: LifeVintage, regimes: tuple[LifeRegime, ...], first: Quarters, end: Quarters
) -> Usd:
    """Depreciation of a vintage from one quarter up to, but without, another, through every life that was in force.

        left        = max(4 * life_years - quarters served, 1)
        per quarter = book value at the start of the regime / left
        in a regime = per quarter * quarters of it in the window, at most `left` of them

    `regimes` follow each other, the first from before the purchase on. Source: ASC 250-10-45-17 (a change of estimate
    is prospective); straight line from the quarter after purchase is our convention.

    >>> was = LifeRegime("4", 0.0, 8.0, 4.0)
    >>> depreciation_between(LifeVintage("a", 0.0, 16.0), (was, LifeRegime("6", 8.0, 99.0, 6.0)), 7.0, 9.0)
    1.5294117647058822
    """
    book, served, found = vintage.cost, 0.0, 0.0
    for regime in regimes:
        start = maximum(regime.start, vintage.bought + 1)
        left = maximum(4 * regime.life_years - served, 1)
        per_quarter = book / left
        stop = minimum(start + left, regime.end)
        found = found + per_quarter * maximum(minimum(stop, end) - maximum(start, first), 0)
        book = book - per_quarter * maximum(stop - start, 0)
        served = served + maximum(regime.end - start, 0)
    return found
