"""The path to break-even: what is required and earned year by year, each year's spending a new vintage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.ecosystem.capital_charges import assets_of, capital_charges
from overbuild.ecosystem.need.required_revenue import charge_of_vintages, grown, need_gap, required_of_vintages
from overbuild.ecosystem.need.year import NeedTerms
from overbuild.units import PerYear, Share


class PathYear(NamedTuple):
    """One year of the path: the charges of the vintages by class, running cost, what is required and earned."""

    year: int
    charges: tuple[float, ...]
    opex: float
    required: float
    earned: float

    @property
    def gap(self) -> float:
        """Earned less required."""
        return need_gap(self.earned, self.required)


def path_of_years(
    terms: NeedTerms, *, first_year: int, horizon_years: int, growth_per_year: PerYear, sustain_share: Share
) -> tuple[PathYear, ...]:
    """Required and earned from the first year to the horizon, both ends included.

    Spending stays at `sustain_share` of the first year's; running cost and revenue grow together.
    Source: ours, a simplification: growth is steady and later purchases cost what the first do.

    >>> from overbuild.ecosystem.capital_charges import CapexPart
    >>> chips = CapexPart("it", 1.0, 5.0, 0.0, (), 0.0)
    >>> terms = NeedTerms(100.0, 8.0, 20.0, (chips,), 0.0, 0.0, (), 0.5, 0.5)
    >>> path = path_of_years(terms, first_year=2026, horizon_years=1, growth_per_year=0.5, sustain_share=1.0)
    >>> [(one.year, one.required, one.earned) for one in path]
    [(2026, 28.0, 20.0), (2027, 52.0, 30.0)]
    """
    assets = assets_of(terms.parts, terms.capex)
    first = capital_charges(assets, terms.hurdle_per_year, terms.tax_rate)
    path: list[PathYear] = []
    for ahead in range(horizon_years + 1):
        ages = tuple(float(age) for age in range(ahead + 1))
        charges = tuple(
            charge_of_vintages(asset, one.charge, sustain_share, ages) for asset, one in zip(assets, first, strict=True)
        )
        opex, earned = (grown(amount, growth_per_year, float(ahead)) for amount in (terms.opex, terms.earned))
        path.append(PathYear(first_year + ahead, charges, opex, required_of_vintages(charges, opex), earned))
    return tuple(path)


def breakeven_year(path: Sequence[PathYear]) -> int | None:
    """The year from which what is earned stays at or above what is required; None if it does not by the horizon.

    A year that is met once and missed again, as new vintages pile up, is no break-even.

    >>> years = [PathYear(2026, (), 0.0, 1.0, 2.0), PathYear(2027, (), 0.0, 3.0, 2.0), PathYear(2028, (), 0.0, 3.0, 4.0)]
    >>> breakeven_year(years), first_year_met(years)
    (2028, 2026)
    """
    met: int | None = None
    for one in reversed(path):
        if one.earned < one.required:
            break
        met = one.year
    return met


def first_year_met(path: Sequence[PathYear]) -> int | None:
    """The first year in which what is earned is at least what is required, whether it lasts or not."""
    return next((one.year for one in path if one.earned >= one.required), None)
