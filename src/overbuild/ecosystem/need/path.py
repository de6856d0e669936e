"""The path to break-even: what is required and earned year by year, each year's spending a new vintage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.ecosystem.gap.annualised import Vintage, ai_capex, charge_over_vintages, charge_per_usd
from overbuild.ecosystem.need.required_revenue import grown, need_gap, required_of_vintages
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
    terms: NeedTerms,
    vintages: Sequence[Vintage],
    *,
    first_year: int,
    horizon_years: int,
    growth_per_year: PerYear,
    sustain_share: Share,
) -> tuple[PathYear, ...]:
    """Required and earned from the first year to the horizon, both ends included, on every vintage still in its life.

    Of each vintage counts the part that is for AI, by its central share; the last vintage is that of the first year.
    Spending stays at `sustain_share` of it; running cost and revenue grow together.
    Source: ours, a simplification: growth is steady, later purchases cost what the last does and are as much for AI.

    >>> from overbuild.ecosystem.capital_charges import CapexPart
    >>> from overbuild.ecosystem.derived_ranges import Range
    >>> chips = CapexPart("it", 1.0, 5.0, 0.0, (), 0.0)
    >>> terms = NeedTerms(100.0, 8.0, 20.0, 20.0, (chips,), 0.0, 0.0, (), 0.5, 0.5)
    >>> bought = (Vintage("2026", 0.0, 100.0, Range(1.0, 1.0, 1.0)),)
    >>> path = path_of_years(terms, bought, first_year=2026, horizon_years=1, growth_per_year=0.5, sustain_share=1.0)
    >>> [(one.year, one.required, one.earned) for one in path]
    [(2026, 28.0, 20.0), (2027, 52.0, 30.0)]
    """
    standing = [(vintage.age_years, ai_capex(vintage).central) for vintage in vintages]
    rates = [charge_per_usd(part, terms.hurdle_per_year, terms.tax_rate) for part in terms.parts]
    later = sustain_share * standing[-1][1]
    path: list[PathYear] = []
    for ahead in range(horizon_years + 1):
        bought = [*((age + ahead, usd) for age, usd in standing), *((float(age), later) for age in range(ahead))]
        ages, dollars = (tuple(column) for column in zip(*bought, strict=True))
        charges = tuple(
            charge_over_vintages(part, rate, ages, dollars) for part, rate in zip(terms.parts, rates, strict=True)
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
