"""One period of a company on one page: its filed figures, the four quarters up to it, and every measure they allow.

A figure that is not known is no term, so that a measure that needs it is no line. Nothing stands in for it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from overbuild.company.measures.measure import MEASURES, TAX, CompanyMeasure
from overbuild.company.measures.ratios import invested_capital
from overbuild.company.measures.returns import CompanyYear, returns
from overbuild.equations import line, total
from overbuild.units import PerYear, Scalar, Share, Usd


class Part(NamedTuple):
    """A filed figure that goes into a sum, by the label of its period."""

    name: str
    value: Usd


class Total(NamedTuple):
    """A sum of filed figures: those added, and those taken off."""

    added: tuple[Part, ...]
    less: tuple[Part, ...]


class FlowTerms(NamedTuple):
    """A flow: of the period itself, of the four quarters up to it, of the four before those, and of the four that lag."""

    name: str
    filed: Total | None
    trailing: Total | None
    year_before: Total | None
    lagged: Total | None


class StockTerms(NamedTuple):
    """A stock at the end of the period, and a year before."""

    name: str
    filed: Total | None
    year_before: Total | None


class PeriodTerms(NamedTuple):
    """The figures of a period that are known, the rate of tax, and the cost of capital."""

    flows: tuple[FlowTerms, ...]
    stocks: tuple[StockTerms, ...]
    tax_rate: Share
    wacc: PerYear


BASES = ("filed", "trailing", "year_before", "lagged")


def summed(one: Total) -> Usd:
    """A sum of filed figures less others.

        total = sum of added - sum of less

    Source: ours, an identity: the rest of a filed year is the year less its known quarters.

    >>> summed(Total((Part("FY2025", 100.0),), (Part("2025Q1", 20.0), Part("2025Q2", 25.0))))
    55.0
    """
    added = total(part.value for part in one.added)
    return added - total(part.value for part in one.less) if one.less else added


def period_lines(terms: PeriodTerms) -> dict[str, Scalar]:
    """Every figure and measure of a period that its terms allow, each a line, by the line's name.

    Source: its parts, each for its own line.

    >>> def of(name, amount):
    ...     return FlowTerms(name, Total((Part("2025Q3", amount),), ()), None, None, None)
    >>> period_lines(PeriodTerms((of("capex", 35.0), of("operating_cash_flow", 50.0)), (), 0.21, 0.09))
    {'filed_capex': 35.0, 'filed_operating_cash_flow': 50.0, 'filed_free_cash_flow': 15.0, 'filed_capex_to_operating_cash_flow': 0.7}
    """
    known: dict[str, Any] = {}
    for one in (*terms.flows, *terms.stocks):
        for basis in BASES:
            found: Total | None = getattr(one, basis, None)
            if found is not None:
                known[f"{basis}_{one.name}"] = line(f"{basis}_{one.name}", summed(found))
    for measure in MEASURES:
        _add_measure(measure, known, terms)
    _add_returns(known, terms)
    return known


def _add_measure(measure: CompanyMeasure, known: dict[str, Any], terms: PeriodTerms) -> None:
    """A measure on each of its bases for which all that it needs is known; the first way to it counts."""
    for basis in measure.bases:
        name = f"{basis}_{measure.name}"
        needs = [need.replace("*", basis) for need in measure.needs]
        if name not in known and all(need in known or need == TAX for need in needs):
            given = [terms.tax_rate if need == TAX else known[need] for need in needs]
            known[name] = line(name, measure.formula(*given))


_INVESTED = ("total_debt", "equity", "cash", "short_term_investments")


def _add_returns(known: dict[str, Any], terms: PeriodTerms) -> None:
    """Returns on invested capital, where it is known at both ends of the year."""
    needs = [f"{basis}_{name}" for basis in ("filed", "year_before") for name in _INVESTED]
    needs += ["trailing_operating_income", "year_before_operating_income"]
    if not all(need in known for need in needs):
        return
    for basis in ("year_before", "filed"):
        capital = invested_capital(*(known[f"{basis}_{name}"] for name in _INVESTED))
        known[f"{basis}_invested_capital"] = line(f"{basis}_invested_capital", capital)
    before = CompanyYear(known["year_before_operating_income"], known["year_before_invested_capital"])
    year = CompanyYear(known["trailing_operating_income"], known["filed_invested_capital"])
    found = returns(before, year, terms.tax_rate, terms.wacc)
    known |= {"roic": found.roic, "eva": found.eva}
    known |= {"marginal_roic": found.marginal, "marginal_roic_exists": found.marginal_exists}
