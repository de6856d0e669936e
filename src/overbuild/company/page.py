"""A company on one page: the measures of a period, what another life of servers does, and what the share price asks."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.company.life.change import LifeEffect, LifeTerms, life_change
from overbuild.company.measures.period import PeriodTerms, period_lines
from overbuild.company.priced_in import PricedIn, PricedTerms, priced_in


class CompanyShape(NamedTuple):
    """What is static: the years of the horizon over which a price is explained."""

    horizon_years: int


class CompanyTerms(NamedTuple):
    """The numbers of a company: those of a period, of a change of life, of a price; None where one is not asked or known."""

    period: PeriodTerms
    life: LifeTerms | None
    priced: PricedTerms | None


class CompanyPage(NamedTuple):
    """What a change of life does year by year, and what the price asks."""

    life: tuple[LifeEffect, ...]
    priced: PricedIn | None


def company_page(shape: CompanyShape, terms: CompanyTerms) -> CompanyPage:
    """A company, whole: its figures and measures are lines.

    Source: its parts, each for its own line.

    >>> company_page(CompanyShape(10), CompanyTerms(PeriodTerms((), (), 0.21, 0.09), None, None))
    CompanyPage(life=(), priced=None)
    """
    known = period_lines(terms.period)
    life = () if terms.life is None else life_change(terms.life)
    priced = None
    if terms.priced is not None:
        own = terms.priced.operating_margin
        margin = known["trailing_operating_margin"] if own is None else own
        priced = priced_in(shape.horizon_years, known["trailing_revenue"], margin, terms.priced)
    return CompanyPage(life, priced)
