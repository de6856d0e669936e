"""A company on one page: the measures of a period, what another life of servers does, and what the share price asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.company.life.change import LifeEffect, LifeTerms, life_change
from overbuild.company.measures.period import PeriodTerms, period_lines
from overbuild.company.priced_in import PricedFrom, PricedIn, PricedTerms, priced_in
from overbuild.units import Scalar


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
        priced = priced_in(shape.horizon_years, priced_from(known, terms.priced), terms.priced)
    return CompanyPage(life, priced)


def priced_from(known: Mapping[str, Scalar], terms: PricedTerms) -> PricedFrom:
    """Where the years to come start: the filed figures, or what the terms give in their place.

    Source: ours, a convention: the newest four quarters go on.

    >>> terms = PricedTerms(10.0, 3.0, 5.0, 0.2, 0.0, 0.10, 0.0, 1.0, 0.0)
    >>> priced_from({"trailing_revenue": 100.0}, terms)
    PricedFrom(revenue=100.0, operating_margin=0.2, net_debt=5.0)
    """
    margin, debt = terms.operating_margin, terms.net_debt
    return PricedFrom(
        known["trailing_revenue"] if terms.revenue is None else terms.revenue,
        known["trailing_operating_margin"] if margin is None else margin,
        known["filed_net_debt"] if debt is None else debt,
    )
