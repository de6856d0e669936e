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


class LifeServed(NamedTuple):
    """How a vintage stands when a regime begins: its book value, and the quarters it was written off."""

    book: Usd
    served: Quarters


def per_quarter(before: LifeServed, regime: LifeRegime) -> Usd:
    """Depreciation a quarter in a regime.

        per_quarter = book value / max(4 * life_years - quarters served, 1)

    Source: ASC 250-10-45-17: a change of estimate is prospective.

    >>> per_quarter(LifeServed(9.0, 7.0), LifeRegime("6", 8.0, 99.0, 6.0))
    0.5294117647058824
    """
    return before.book / maximum(4 * regime.life_years - before.served, 1)


def depreciation_in(regime: LifeRegime, bought: Quarters, before: LifeServed, first: Quarters, end: Quarters) -> Usd:
    """Depreciation within a regime from one quarter up to, but without, another.

        quarters = those of the window in the regime, after purchase, at most max(4 * life_years - quarters served, 1)

    Source: ASC 250-10-45-17; straight line from the quarter after purchase is our convention.

    >>> depreciation_in(LifeRegime("6", 8.0, 99.0, 6.0), 0.0, LifeServed(9.0, 7.0), 8.0, 12.0)
    2.1176470588235294
    """
    start = maximum(regime.start, bought + 1)
    stop = minimum(start + maximum(4 * regime.life_years - before.served, 1), regime.end)
    return per_quarter(before, regime) * maximum(minimum(stop, end) - maximum(start, first), 0)


def after_regime(regime: LifeRegime, bought: Quarters, before: LifeServed) -> LifeServed:
    """How a vintage stands when a regime ends.

    Source: its parts: the book value less the depreciation of the regime, the quarters served and those of the regime.

    >>> after_regime(LifeRegime("4", 0.0, 8.0, 4.0), 0.0, LifeServed(16.0, 0.0))
    LifeServed(book=9.0, served=7.0)
    """
    start = maximum(regime.start, bought + 1)
    written_off = depreciation_in(regime, bought, before, start, regime.end)
    return LifeServed(before.book - written_off, before.served + maximum(regime.end - start, 0))


def depreciation_between(vintage: LifeVintage, regimes: tuple[LifeRegime, ...], first: Quarters, end: Quarters) -> Usd:
    """Depreciation of a vintage from one quarter up to, but without, another, through every life that was in force.

    `regimes` follow each other, the first from before the purchase on. Source: its parts, regime by regime.

    >>> was = LifeRegime("4", 0.0, 8.0, 4.0)
    >>> depreciation_between(LifeVintage("a", 0.0, 16.0), (was, LifeRegime("6", 8.0, 99.0, 6.0)), 7.0, 9.0)
    1.5294117647058822
    """
    stands, found = LifeServed(vintage.cost, 0.0), 0.0
    for regime in regimes:
        found = found + depreciation_in(regime, vintage.bought, stands, first, end)
        stands = after_regime(regime, vintage.bought, stands)
    return found
