"""Returns on invested capital: average, marginal, and above the cost of capital."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, quotient, where
from overbuild.units import Flag01, PerYear, Ratio, Share, Usd, UsdPerYear


class CompanyYear(NamedTuple):
    """Operating profit of a year and capital invested at its end."""

    ebit: UsdPerYear
    invested: Usd


class Returns(NamedTuple):
    """Returns of one year. `marginal` is 0 where invested capital did not change; `marginal_exists` is then 0."""

    nopat: UsdPerYear
    roic: Ratio
    marginal: Ratio
    marginal_exists: Flag01
    spread: Ratio
    eva: UsdPerYear


def returns(before: CompanyYear, year: CompanyYear, tax_rate: Share, wacc: PerYear) -> Returns:
    """Return on invested capital of a year, at the margin, and economic value added.

        nopat    = ebit * (1 - tax_rate)
        roic     = nopat / ((invested_before + invested) / 2)
        marginal = (nopat - nopat_before) / (invested - invested_before)
        spread   = roic - wacc
        eva      = nopat - wacc * (invested_before + invested) / 2

    Valid: average invested capital above 0. A marginal return does not exist when invested capital stood still.
    Source: standard; ours, a convention: invested capital is the mean of both ends of the year.

    >>> r = returns(CompanyYear(88.5, 210.0), CompanyYear(109.4, 268.0), 0.18, 0.09)
    >>> round(r.roic, 6), round(r.marginal, 6), round(r.eva, 6)
    (0.375347, 0.295483, 68.198)
    """
    nopat = line("nopat", year.ebit * (1 - tax_rate))
    nopat_before = before.ebit * (1 - tax_rate)
    average = (before.invested + year.invested) / 2
    added = year.invested - before.invested
    roic = line("roic", quotient(nopat, average, none=0.0))
    marginal = line("marginal_roic", quotient(nopat - nopat_before, added, none=0.0))
    moved = where((added > 0) | (added < 0), 1.0, 0.0)
    return Returns(
        nopat=nopat,
        roic=roic,
        marginal=marginal,
        marginal_exists=line("marginal_roic_exists", moved),
        spread=line("roic_spread", roic - wacc),
        eva=line("eva", nopat - wacc * average),
    )
