"""A company's figures of one period as terms: each a number by its name, which another may stand in for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from overbuild.company.filed.calendar_quarters import label_of_filed, number_of_label, quarter_label, quarter_number
from overbuild.company.filed.concepts import FLOWS, STOCKS
from overbuild.company.filed.figures import CompanyFigures, FiledFigure
from overbuild.company.measures.period import FlowTerms, Part, PeriodTerms, StockTerms, Total
from overbuild.company.preset import CompaniesPreset
from overbuild.facts.fact import Fact


class PeriodAt(NamedTuple):
    """A calendar quarter by its number, or the fiscal year that ends in it."""

    quarter: int
    fiscal_year: int | None = None

    @property
    def label(self) -> str:
        """The period as ids say it: `2025Q3` or `FY2025`."""
        return quarter_label(self.quarter) if self.fiscal_year is None else f"FY{self.fiscal_year}"


class FlowFigures(NamedTuple):
    """The figures of a flow on each basis; None where not known."""

    name: str
    filed: FiledFigure | None
    trailing: FiledFigure | None
    year_before: FiledFigure | None
    lagged: FiledFigure | None


class StockFigures(NamedTuple):
    """The figures of a stock at the end of the period and a year before; None where not known."""

    name: str
    filed: FiledFigure | None
    year_before: FiledFigure | None


class PeriodFigures(NamedTuple):
    """The figures of one period of a company on every basis."""

    at: PeriodAt
    flows: tuple[FlowFigures, ...]
    stocks: tuple[StockFigures, ...]

    @property
    def every(self) -> Iterator[FiledFigure]:
        """Each figure that is known."""
        for one in (*self.flows, *self.stocks):
            yield from (figure for figure in one[1:] if isinstance(figure, FiledFigure))

    def figure(self, line: str) -> FiledFigure | None:
        """The figure that a line such as `filed_capex` is."""
        for basis in ("year_before", "filed", "trailing", "lagged"):
            if line.startswith(f"{basis}_"):
                name = line.removeprefix(f"{basis}_")
                found = next((one for one in (*self.flows, *self.stocks) if one.name == name), None)
                return None if found is None else getattr(found, basis, None)
        return None


def period_at(label: str, figures: CompanyFigures) -> PeriodAt | None:
    """The period of a label; None for one that is none, and for a fiscal year of which no flow is known."""
    quarter = number_of_label(label)
    if quarter is not None:
        return PeriodAt(quarter)
    if not (label.startswith("FY") and label[2:].isdigit()):
        return None
    year = int(label[2:])
    ends = {quarter_number(series[year].end) for series in figures.years.values() if year in series}
    return PeriodAt(max(ends), year) if ends else None


def period_figures(figures: CompanyFigures, at: PeriodAt, lag_quarters: int) -> PeriodFigures:
    """What is known of a period on every basis. Of a fiscal year the trailing four quarters are the year itself."""
    flows = (_flow(figures, at, name, lag_quarters) for name in FLOWS if name in figures.metrics)
    stocks = (
        StockFigures(name, figures.latest_stock(name, at.quarter), figures.latest_stock(name, at.quarter - 4))
        for name in STOCKS
        if name in figures.metrics
    )
    return PeriodFigures(
        at,
        tuple(one for one in flows if any(one[1:])),
        tuple(one for one in stocks if any(one[1:])),
    )


def _flow(figures: CompanyFigures, at: PeriodAt, name: str, lag_quarters: int) -> FlowFigures:
    lagged = figures.trailing(name, at.quarter - lag_quarters)
    if at.fiscal_year is not None:
        years = figures.years[name]
        year = years.get(at.fiscal_year)
        return FlowFigures(name, year, year, years.get(at.fiscal_year - 1), lagged)
    return FlowFigures(
        name,
        figures.quarters[name].get(at.quarter),
        figures.trailing(name, at.quarter),
        figures.trailing(name, at.quarter - 4),
        lagged,
    )


def period_terms(known: PeriodFigures, preset: CompaniesPreset, changed: Mapping[str, float]) -> PeriodTerms:
    """The figures of a period as terms, with other numbers where `changed` has them by name (`capex.2025Q3`)."""
    return PeriodTerms(
        flows=tuple(FlowTerms(one.name, *(_total(figure, changed) for figure in one[1:])) for one in known.flows),
        stocks=tuple(StockTerms(one.name, *(_total(figure, changed) for figure in one[1:])) for one in known.stocks),
        tax_rate=changed.get("tax_rate", preset.tax_rate.value),
        wacc=changed.get("wacc_per_year", preset.wacc_per_year.value),
    )


def _total(figure: FiledFigure | None, changed: Mapping[str, float]) -> Total | None:
    if figure is None:
        return None
    added, less = (
        tuple(Part(part_name(fact), changed.get(f"{figure.concept}.{part_name(fact)}", amount(fact))) for fact in facts)
        for facts in (figure.added, figure.less)
    )
    return Total(added, less)


def part_name(fact: Fact) -> str:
    """What a filed figure is called in a sum: the label of its period."""
    return label_of_filed(fact.period_start, fact.period_end)


def amount(fact: Fact) -> float:
    """A fact in base units."""
    return fact.value_in_base_unit or 0.0


def facts_by_name(figures: Iterator[FiledFigure]) -> dict[str, Fact]:
    """Every fact behind some figures by the name of its number."""
    return {f"{one.concept}.{part_name(fact)}": fact for one in figures for fact in one.facts}
