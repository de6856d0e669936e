"""A company as a model: one page of single values, and what it reports."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.company.filed.concepts import CONCEPTS
from overbuild.company.measures.measure import MEASURES
from overbuild.company.page import CompanyShape, CompanyTerms, company_page
from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Condition, Reported

SUFFIX = {"filed": "", "trailing": "_ttm"}
"""What the id of a measure ends with: of four quarters it ends with `_ttm`."""

PRICED = ("enterprise_value", "value", "revenue_asked", "revenue_added")
LIFE = ("depreciation_kept", "depreciation_change", "operating_income_change", "net_income_change", "cash_change")


def company_model(shape: CompanyShape, terms: CompanyTerms, lines: frozenset[str]) -> Model:
    """A company's page: it reports each figure and measure that is among its `lines`, and what was asked beside.

    >>> from overbuild.company.measures.period import FlowTerms, Part, PeriodTerms, Total
    >>> capex = FlowTerms("capex", Total((Part("2025Q3", 35.0),), ()), None, None, None)
    >>> terms = CompanyTerms(PeriodTerms((capex,), (), 0.2, 0.09), None, None)
    >>> company_model(CompanyShape(10), terms, frozenset({"filed_capex"})).reported
    (Reported(id='capex', line='filed_capex', exists=(), is_period=False, solved='', unit=''),)
    """
    of_life = (*LIFE, "per_share") if terms.life and terms.life.shares is not None else LIFE
    asked = [f"life_change.{year.name}.{name}" for year in (terms.life.years if terms.life else ()) for name in of_life]
    asked += [f"priced_in.{name}" for name in PRICED] if terms.priced else []
    reported = (*(one for one in declared() if one.line in lines), *(Reported(name, name) for name in asked))
    return Model((Stage("company", company_page, shape, terms),), reported)


def declared() -> Iterator[Reported]:
    """Every figure and measure with its line, in the order of the concepts, then of the measures."""
    for one in CONCEPTS:
        yield from (Reported(f"{one.name}{SUFFIX[basis]}", f"{basis}_{one.name}") for basis in ("filed", "trailing"))
    seen: set[str] = set()
    for one in MEASURES:
        for basis in one.bases:
            name = f"{basis}_{one.name}"
            if name not in seen and basis in SUFFIX:
                seen.add(name)
                yield Reported(f"{one.name}{SUFFIX[basis]}", name, _condition(one.above_zero.replace("*", basis)))
    yield Reported("roic", "roic")
    yield Reported(
        "marginal_roic", "marginal_roic", (Condition("marginal_roic_exists", "invested capital stood still"),)
    )
    yield Reported("eva", "eva")


def _condition(line: str) -> tuple[Condition, ...]:
    said = line.partition("_")[2].replace("_", " ")
    return (Condition(line, f"{said} is not above 0"),) if line else ()
