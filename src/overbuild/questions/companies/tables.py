"""The companies as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from overbuild.answer import Cell, Column, Row, Table
from overbuild.company.companies import CompaniesCase, ComparedCompany, MeasuredPeriod, newest_line
from overbuild.company.filed.figures import FiledFigure
from overbuild.company.measured_values import Metric, lacking, metric_named, metrics
from overbuild.company.score import Score
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.prose import bn, pct

PERIODS = 8
"""As many periods as a table of one metric shows."""


class CompanyLine(NamedTuple):
    """A company with its score, as the first table shows it."""

    company: ComparedCompany
    score: Score

    def line(self, name: str) -> Cell:
        """A line of the newest period; empty where it is not known."""
        return self.company.line(name)

    def stock(self, concept: str) -> Cell:
        """The newest figure of a stock."""
        found = self.company.stock(concept)
        return None if found is None else found.value


_COMPANIES = (
    unprinted("ticker", lambda one: one.company.ticker),
    column("company", "company", fill=lambda one: one.company.name),
    column("to", "to", fill=lambda one: one.company.newest.known.at.label if one.company.newest else None),
    column("capex", "capex", "USD", lambda one: one.line("trailing_capex")),
    column("operating_cash_flow", "cash flow", "USD", lambda one: one.line("trailing_operating_cash_flow")),
    column("share", "of it", fill=lambda one: share_said(one.company)),
    unprinted("share_of_cash", lambda one: one.line("trailing_capex_to_operating_cash_flow")),
    column("free_cash_flow", "free", "USD", lambda one: one.line("trailing_free_cash_flow")),
    column("guided", "guided", fill=lambda one: guided_said(one.company)),
    column("leases", "leases", "USD", lambda one: one.stock("lease_commitments_not_commenced")),
    column("rpo", "RPO", "USD", lambda one: one.stock("rpo")),
    column("rank", "rank", fill=lambda one: rank_said(one.score)),
)
TITLE = "Cash capex and what it is of operating cash flow, over four quarters"
NOTE = "guided: by its own definition; leases: not started; rank: over other weights in brackets; - no fact"


def tables(case: CompaniesCase, shown: Metric | None, *, annual: bool) -> tuple[Table, ...]:
    """All tables of the answer; that of one metric first where one was asked for."""
    asked = shown or metric_named("capex")
    return (
        companies_table(case),
        metric_table(case, asked, annual=annual),
        _definitions(case),
        _marks(case),
        _newest(case),
        _obligations(case),
        _lives(case),
    )


def companies_table(case: CompaniesCase) -> Table:
    """One row a company, those that are ranked first."""
    rows = [CompanyLine(case.company(score.ticker), score) for score in case.scores]
    return table("companies", TITLE, _COMPANIES, rows, note=NOTE)


def share_said(company: ComparedCompany) -> str | None:
    """Capex as a share of operating cash flow, in percent."""
    share = company.line("trailing_capex_to_operating_cash_flow")
    return None if share is None or (company.line("trailing_operating_cash_flow") or 0.0) <= 0 else pct(share)


def guided_said(company: ComparedCompany) -> str | None:
    """The guidance of the year that ends last, in billions."""
    guided = company.guidance
    if guided is None:
        return None
    low, high = guided.ends
    said = bn(low).removesuffix("bn") if low == high else f"{bn(low).removesuffix('bn')}-{bn(high).removesuffix('bn')}"
    return f"{said} ({guided.period})"


def rank_said(score: Score) -> str | None:
    """A rank with its interval."""
    if score.rank is None or score.rank_low is None or score.rank_high is None:
        return None
    return f"{score.rank:g} ({score.rank_low:g}-{score.rank_high:g})"


def metric_table(case: CompaniesCase, metric: Metric, *, annual: bool) -> Table:
    """One metric of every company over the newest periods."""
    labels = sorted({one.known.at.label for company in case.companies for one in company.periods})[-PERIODS:]
    columns = (Column("company", "company"), *(Column(label, label, metric.unit) for label in labels))
    rows: list[Row] = []
    for company in case.companies:
        by_label = {one.known.at.label: one for one in company.periods}
        cells = {label: _cell(by_label.get(label), metric) for label in labels}
        if any(cell is not None for cell in cells.values()):
            rows.append({"company": company.name, **cells})
    span = (
        "fiscal years, named by the year in which they end"
        if annual
        else "calendar quarters, by the fiscal quarter's last day"
    )
    return Table("metric", f"{metric.label} by period", columns, tuple(rows), f"{span}; - not in the facts")


def _cell(period: MeasuredPeriod | None, metric: Metric) -> Cell:
    return None if period is None else period.lines.get(metric.line)


_DEFINITIONS = (
    column("company", "company", fill=lambda one: one[0].name),
    column("period", "period", fill=lambda one: one[1].known.at.label),
    column("cash", "cash purchases", "USD", lambda one: one[1].lines.get("filed_capex")),
    column("leases", "finance leases acquired", "USD", lambda one: one[1].lines.get("filed_finance_leases_acquired")),
    column("both", "with finance leases", "USD", lambda one: one[1].lines.get("filed_capex_with_finance_leases")),
    column("from", "from", fill=lambda one: _way(one[1])),
)


def _definitions(case: CompaniesCase) -> Table:
    """Capex under its two filed definitions, where both are known."""
    rows = [
        (company, period)
        for company in case.companies
        for period in company.periods[-PERIODS:]
        if "filed_capex_with_finance_leases" in period.lines
    ]
    note = "two definitions of one quarter: never added, and never one series"
    return table("definitions", "Capex by definition", _DEFINITIONS, rows, note=note)


def _way(period: MeasuredPeriod) -> str:
    printed = "filed_capex_incl_finance_leases" in period.lines
    return "printed by the company" if printed else "cash and leases acquired, added here"


class MarkRow(NamedTuple):
    """A company's mark for one measure, with the period it is of."""

    company: ComparedCompany
    metric: Metric
    value: float | None
    period: str
    z: float | None


_MARKS = (
    column("measure", "measure", fill=lambda one: one.metric.label.removesuffix(", four quarters")),
    column("company", "company", fill=lambda one: one.company.name),
    column("shown", "value", fill=lambda one: printed(one.value, one.metric.unit)),
    unprinted("value"),
    column("period", "to"),
    column("z", "mark (sd)", "ratio"),
)


def _marks(case: CompaniesCase) -> Table:
    note = "mark: standard deviations from the mean of those compared, more is better, cut at 3"
    return table("marks", "By what they are scored", _MARKS, list(_mark_rows(case)), note=note)


def _mark_rows(case: CompaniesCase) -> Iterator[MarkRow]:
    by_line = {one.line: one for one in metrics()}
    z = {(score.ticker, mark.measure): mark.z for score in case.scores for mark in score.marks}
    for one in case.preset.score:
        for company in case.companies:
            found = newest_line(company, one.measure, case.preset)
            if found is not None:
                yield MarkRow(company, by_line[one.measure], found[0], found[1], z.get((company.ticker, one.measure)))


def printed(value: float | None, unit: str) -> str:
    """A value as one says it beside others of other units."""
    if value is None:
        return "not in the facts"
    if unit == "USD":
        return bn(value, 1)
    return f"{value:.1%}" if unit.startswith("decimal") else f"{value:,.2f}x" if unit == "ratio" else f"{value:,.0f}"


class NewestRow(NamedTuple):
    """A metric of a company at its newest period."""

    company: ComparedCompany
    metric: Metric
    value: float | None
    why: str


_NEWEST = (
    column("company", "company", fill=lambda one: one.company.name),
    column("metric", "metric", fill=lambda one: one.metric.label),
    column("shown", "value", fill=lambda one: printed(one.value, one.metric.unit)),
    unprinted("value"),
    unprinted("id", lambda one: one.metric.id),
    column("why", "lacks", fill=lambda one: one.why),
)


def _newest(case: CompaniesCase) -> Table:
    rows: list[NewestRow] = []
    for company in case.companies:
        newest = company.newest
        for metric in metrics() if newest else ():
            value = newest.lines.get(metric.line) if newest else None
            why = "" if value is not None or newest is None else lacking(metric.line, newest)
            rows.append(NewestRow(company, metric, value, why))
    return table("newest", "Every metric at the newest period of each company", _NEWEST, rows)


_OBLIGATIONS = (
    column("company", "company", fill=lambda one: one[0].name),
    column("what", "what", fill=lambda one: one[1]),
    column("at", "at", fill=lambda one: one[2].end),
    column("amount", "amount", "USD", lambda one: one[2].value if one[2].concept != "largest_customer_share" else None),
    column(
        "share", "share", "decimal", lambda one: one[2].value if one[2].concept == "largest_customer_share" else None
    ),
    column("source", "source", fill=lambda one: one[2].added[0].source),
)
_KEPT = {
    "lease_commitments_not_commenced": "leases signed, not started",
    "rpo": "remaining performance obligations",
    "construction_in_progress": "assets not yet in service",
    "largest_customer_share": "share of the largest customer",
}


def _obligations(case: CompaniesCase) -> Table:
    rows: list[tuple[ComparedCompany, str, FiledFigure]] = []
    for concept, said in _KEPT.items():
        for company in case.companies:
            found = company.stock(concept)
            if found is not None:
                rows.append((company, said, found))
    title = "Promised to others, promised by others, and not yet in service"
    return table("obligations", title, _OBLIGATIONS, rows, note="days differ, so that the rows are not added")


_LIVES = (
    column("company", "company", fill=lambda one: one.entity),
    column("from", "from", fill=lambda one: one.period_start),
    column("life", "life", "years", lambda one: one.value),
    column("note", "note", fill=lambda one: one.note),
    column("source", "source", fill=lambda one: one.source),
)


def _lives(case: CompaniesCase) -> Table:
    tickers = {one.ticker for one in case.companies}
    facts: Sequence[object] = [
        one for one in case.view.in_force if one.entity in tickers and one.metric == "server_useful_life_years"
    ]
    return table("lives", "Useful lives of servers, as disclosed", _LIVES, facts)
