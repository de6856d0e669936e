"""Companies side by side on one day: the newest period of each, every earlier one, what is guided, and the score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from overbuild.company.case import newest_period, spelled_ticker
from overbuild.company.filed.calendar_quarters import quarter_label, quarter_number
from overbuild.company.filed.concepts import GUIDED
from overbuild.company.filed.figures import CompanyFigures, FiledFigure, figures_by_company
from overbuild.company.measures.measure import MEASURES
from overbuild.company.measures.period import period_lines
from overbuild.company.preset import CompaniesPreset
from overbuild.company.score import Score, scored
from overbuild.company.terms import PeriodAt, PeriodFigures, period_figures, period_terms
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View

OLDEST = 4
"""How many quarters old a figure may be that stands beside the newest period."""


class MeasuredPeriod(NamedTuple):
    """One period of a company: its figures on every basis, and its lines by name."""

    known: PeriodFigures
    lines: dict[str, float]


class GuidedCapex(NamedTuple):
    """Capex as the company guides it for a year, in its own definition: the low and the high end."""

    low: Fact
    high: Fact | None

    @property
    def period(self) -> str:
        """The year that is guided: `2026`, or the fiscal year."""
        low = self.low
        return low.period if len(low.period) == 4 else f"FY{low.period_end[:4]}"

    @property
    def ends(self) -> tuple[float, float]:
        """The ends in USD; equal where one figure is guided."""
        low = self.low.value_in_base_unit or 0.0
        return low, low if self.high is None else self.high.value_in_base_unit or 0.0


class ComparedCompany(NamedTuple):
    """A company among others. `newest` is None where no quarter is known; `periods` are all, oldest first."""

    ticker: str
    name: str
    figures: CompanyFigures
    newest: MeasuredPeriod | None
    periods: tuple[MeasuredPeriod, ...]
    guided: tuple[GuidedCapex, ...]

    def line(self, name: str) -> float | None:
        """A line of the newest period."""
        return self.newest.lines.get(name) if self.newest else None

    def stock(self, concept: str) -> FiledFigure | None:
        """The newest figure of a stock, on whatever day."""
        series = self.figures.quarters.get(concept, {})
        return series[max(series)] if series else None

    @property
    def guidance(self) -> GuidedCapex | None:
        """The guidance of the year that ends last."""
        return max(self.guided, key=lambda one: one.low.period_end, default=None)

    @property
    def left_after_guided(self) -> tuple[float, float] | None:
        """What the operating cash flow of the newest four quarters leaves of the capex guided for the year that ends last.

        Its low end is that of the high end of the guidance. The company's definition of capex may hold leases.
        """
        guided, cash = self.guidance, self.line("trailing_operating_cash_flow")
        if guided is None or cash is None:
            return None
        low, high = guided.ends
        return cash - high, cash - low


class CompaniesCase(NamedTuple):
    """Companies on one day, with their scores, the best first."""

    view: View
    preset: CompaniesPreset
    companies: tuple[ComparedCompany, ...]
    scores: tuple[Score, ...]

    def company(self, ticker: str) -> ComparedCompany:
        """A company by its ticker. Raises KeyError."""
        return {one.ticker: one for one in self.companies}[ticker]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact behind the figures shown."""
        found = [fact for one in self.companies for fact in one.figures.facts]
        found += [fact for one in self.companies for guided in one.guided for fact in (guided.low, guided.high) if fact]
        return tuple(dict.fromkeys(found))


def companies_case(
    view: View, preset: CompaniesPreset, tickers: Iterable[str] = (), *, annual: bool = False
) -> CompaniesCase:
    """Companies side by side, those of the preset where none is named; every period quarterly, or by fiscal year.

    Raises FactError `unknown_name` for a ticker.
    """
    names = tuple(dict.fromkeys(spelled_ticker(view, one) for one in tickers)) or preset.spenders
    figures = figures_by_company(view, names)
    companies = tuple(_compared(view, preset, figures[name], annual) for name in names)
    return CompaniesCase(view, preset, companies, _scores(companies, preset))


def _compared(view: View, preset: CompaniesPreset, figures: CompanyFigures, annual: bool) -> ComparedCompany:
    newest = newest_period(figures)
    return ComparedCompany(
        figures.ticker,
        preset.name_of(figures.ticker),
        figures,
        None if newest is None else measured_period(figures, newest, preset),
        tuple(measured_period(figures, at, preset) for at in _periods(figures, annual)),
        tuple(guided_capex(view, figures.ticker)),
    )


def measured_period(figures: CompanyFigures, at: PeriodAt, preset: CompaniesPreset) -> MeasuredPeriod:
    """One period of a company with all that can be computed of it."""
    known = period_figures(figures, at, preset.lag_quarters)
    return MeasuredPeriod(
        known, {name: float(one) for name, one in period_lines(period_terms(known, preset, {})).items()}
    )


def _periods(figures: CompanyFigures, annual: bool) -> Iterator[PeriodAt]:
    if annual:
        ends = {year: quarter_number(one.end) for series in figures.years.values() for year, one in series.items()}
        yield from (PeriodAt(ends[year], year) for year in sorted(ends))
    else:
        yield from (PeriodAt(quarter) for quarter in sorted({q for one in figures.quarters.values() for q in one}))


def guided_capex(view: View, ticker: str) -> Iterator[GuidedCapex]:
    """The guidance in force for every year that was guided; quarters are left out."""
    low_metric, high_metric = GUIDED
    found = [
        one for one in view.in_force if one.entity == ticker and one.metric == low_metric and one.value is not None
    ]
    for low in sorted(found, key=lambda one: one.period_end):
        if int(low.period_end[:4]) * 12 + int(low.period_end[5:7]) - int(low.period_start[:4]) * 12 - int(
            low.period_start[5:7]
        ) >= 11:  # fmt: skip
            yield GuidedCapex(low, view.find(ticker, high_metric, low.period_start, low.period_end))


def _scores(companies: Sequence[ComparedCompany], preset: CompaniesPreset) -> tuple[Score, ...]:
    signs = {f"{basis}_{one.name}": one.better for one in MEASURES for basis in one.bases}
    weights = {one.measure: one.weight for one in preset.score}
    measured = {
        one.ticker: {name: found[0] for name in weights if (found := newest_line(one, name, preset)) is not None}
        for one in companies
    }
    return scored(
        measured, {name: signs[name] for name in weights}, weights,
        winsor_sd=preset.winsor_sd, draws=preset.draws, seed=preset.seed,
    )  # fmt: skip


def newest_line(company: ComparedCompany, name: str, preset: CompaniesPreset) -> tuple[float, str] | None:
    """A measure at the newest period, or at the newest of a year before that has it; with the quarter it is of."""
    if company.newest is None:
        return None
    at = company.newest.known.at
    measured = {one.known.at.quarter: one for one in company.periods if one.known.at.fiscal_year is None}
    for back in range(OLDEST + 1):
        quarter = at.quarter - back
        earlier = measured.get(quarter) or measured_period(company.figures, PeriodAt(quarter), preset)
        if name in earlier.lines and _exists(name, earlier.lines):
            return earlier.lines[name], quarter_label(at.quarter - back)
    return None


_ABOVE_ZERO = {f"{basis}_{one.name}": one.above_zero.replace("*", basis) for one in MEASURES for basis in one.bases}


def _exists(name: str, lines: dict[str, float]) -> bool:
    needed = _ABOVE_ZERO.get(name, "")
    return not needed or lines[needed] > 0.0
