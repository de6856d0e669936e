"""A company's figures on a day: by concept, on the calendar's quarters and by fiscal year, each with its facts.

A quarter that nobody printed and that is the rest of a longer period is that period less its known quarters. Nothing
else is filled. A figure that stands for a quarter and for the year that ends with it is the year's: some filings carry a
year under the context of its last quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overbuild.company.filed.calendar_quarters import day_after, label_of_filed, quarter_label, quarter_number
from overbuild.company.filed.concepts import BY_NAME, CONCEPTS, FLOW, CompanyConcept
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.period import period_span


class FiledFigure(NamedTuple):
    """A figure of a period: the facts that are added, and those that are taken off. Mostly it is one fact."""

    concept: str
    label: str
    end: str
    added: tuple[Fact, ...]
    less: tuple[Fact, ...] = ()

    @property
    def value(self) -> float:
        """The figure in base units."""
        return sum(map(_amount, self.added)) - sum(map(_amount, self.less))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact behind it."""
        return (*self.added, *self.less)

    @property
    def provenance(self) -> str:
        """Where it stands: metric, kind, locator (tag and accession where a filing was read), source and day."""
        said = "; ".join(map(_told, self.added))
        return f"{said}; less {'; '.join(map(_told, self.less))}" if self.less else said


class CompanyFigures(NamedTuple):
    """All figures of one company on a day, by concept, then by calendar quarter (its number) or by fiscal year."""

    ticker: str
    quarters: Mapping[str, Mapping[int, FiledFigure]]
    years: Mapping[str, Mapping[int, FiledFigure]]
    metrics: Mapping[str, str]

    def trailing(self, concept: str, quarter: int) -> FiledFigure | None:
        """A flow over the four quarters up to one; the filed year where it ends there and its quarters are not known."""
        series = self.quarters.get(concept, {})
        known = [series[quarter - back] for back in (3, 2, 1, 0) if quarter - back in series]
        if len(known) == 4:
            added = tuple(fact for one in known for fact in one.added)
            less = tuple(fact for one in known for fact in one.less)
            return FiledFigure(concept, f"four quarters to {quarter_label(quarter)}", known[-1].end, *_net(added, less))
        years = self.years.get(concept, {}).values()
        return next((one for one in years if quarter_number(one.end) == quarter), None)

    def latest_stock(self, concept: str, quarter: int, back: int = 0) -> FiledFigure | None:
        """A stock at the end of a quarter, or the newest of as many quarters before."""
        series = self.quarters.get(concept, {})
        return next((series[quarter - n] for n in range(back + 1) if quarter - n in series), None)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact behind the figures."""
        both = (self.quarters, self.years)
        return tuple(fact for part in both for series in part.values() for one in series.values() for fact in one.facts)


def _amount(fact: Fact) -> float:
    return fact.value_in_base_unit or 0.0


def _told(fact: Fact) -> str:
    place = f"{fact.locator}, " if fact.locator else ""
    return f"{fact.metric} {fact.period} ({fact.kind}, {fact.status}): {place}{fact.source}, known {fact.known_at}"


def _net(added: Sequence[Fact], less: Sequence[Fact]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Sums without the facts that are both added and taken off."""
    if not less:
        return tuple(added), ()
    keys = {fact.vintage for fact in added} & {fact.vintage for fact in less}
    return (
        tuple(fact for fact in added if fact.vintage not in keys),
        tuple(fact for fact in less if fact.vintage not in keys),
    )


def figures_by_company(view: View, tickers: Iterable[str]) -> dict[str, CompanyFigures]:
    """The figures of some companies, by ticker; only reported ones, each in force on the view's day."""
    wanted = {ticker: dict[str, list[Fact]]() for ticker in tickers}
    for fact in view.in_force:
        if fact.entity in wanted and fact.kind == "reported" and fact.value is not None and fact.period_end:
            wanted[fact.entity].setdefault(fact.metric, []).append(fact)
    return {ticker: _figures_of(ticker, facts) for ticker, facts in wanted.items()}


def _figures_of(ticker: str, by_metric: Mapping[str, Sequence[Fact]]) -> CompanyFigures:
    quarters: dict[str, dict[int, FiledFigure]] = {}
    years: dict[str, dict[int, FiledFigure]] = {}
    metrics: dict[str, str] = {}
    for concept in CONCEPTS:
        metric = _metric_of(concept, by_metric)
        if metric is not None:
            metrics[concept.name] = metric
            quarters[concept.name], years[concept.name] = _on_the_calendar(concept.name, by_metric[metric])
    return CompanyFigures(ticker, quarters, years, metrics)


def _metric_of(concept: CompanyConcept, by_metric: Mapping[str, Sequence[Fact]]) -> str | None:
    """The metric that serves the series: of a flow the one with most periods, of a stock the one whose newest figure is newest."""
    known = [metric for metric in concept.metrics if by_metric.get(metric)]
    if concept.kind == FLOW:
        return max(known, key=lambda metric: len(by_metric[metric]), default=None)
    return max(known, key=lambda metric: max(fact.period_end for fact in by_metric[metric]), default=None)


def _on_the_calendar(name: str, facts: Sequence[Fact]) -> tuple[dict[int, FiledFigure], dict[int, FiledFigure]]:
    if BY_NAME[name].kind != FLOW:
        return {
            quarter_number(fact.period_end): FiledFigure(name, _label(fact), fact.period_end, (fact,))
            for fact in sorted(facts, key=lambda fact: (fact.period_end, fact.known_at))
        }, {}
    spans = [(period_span(fact.period_start, fact.period_end), fact) for fact in facts]
    whole = {(fact.period_end, fact.value) for span, fact in spans if span == "year"}
    spans = [(span, fact) for span, fact in spans if span != "quarter" or (fact.period_end, fact.value) not in whole]
    by_start = {fact.period_start: FiledFigure(name, _label(fact), fact.period_end, (fact,))
                for span, fact in spans if span == "quarter"}  # fmt: skip
    longer = sorted((fact for span, fact in spans if span in ("half", "year", "other period")), key=_length)
    for fact in longer:
        by_start |= _rest_of(fact, by_start)
    quarters = {quarter_number(one.end): one for one in by_start.values()}
    years = {int(fact.period_end[:4]): FiledFigure(name, _label(fact), fact.period_end, (fact,))
             for span, fact in spans if span == "year"}  # fmt: skip
    return quarters, years


def _label(fact: Fact) -> str:
    return label_of_filed(fact.period_start, fact.period_end)


def _length(fact: Fact) -> tuple[str, str]:
    return (fact.period_end, fact.period_start)


def _rest_of(fact: Fact, by_start: Mapping[str, FiledFigure]) -> dict[str, FiledFigure]:
    """The last quarter of a longer period by its first day, where all its earlier quarters are known and it is not."""
    start, before = fact.period_start, list[FiledFigure]()
    while start in by_start and by_start[start].end < fact.period_end:
        before.append(by_start[start])
        start = day_after(by_start[start].end)
    if not before or start in by_start or period_span(start, fact.period_end) != "quarter":
        return {}
    added = (fact, *(one for part in before for one in part.less))
    taken = tuple(one for part in before for one in part.added)
    label = quarter_label(quarter_number(fact.period_end))
    rest = FiledFigure(before[0].concept, label, fact.period_end, *_net(added, taken))
    alike = rest.concept not in STEADY or _is_alike(rest.value, [one.value for one in before])
    return {start: rest} if alike else {}


STEADY = frozenset(("revenue", "cloud_revenue", "depreciation"))
"""Flows that move little from quarter to quarter: a rest that does not is of another definition, and no figure."""

APART = 2.5
"""How many times the mean of the other quarters, or which part of it, the rest of a steady flow may be."""


def _is_alike(rest: float, quarters: Sequence[float]) -> bool:
    """Whether the rest of a period is like its other quarters.

    >>> _is_alike(1.87, [13.06, 9.2, 10.17]), _is_alike(11.2, [7.4, 6.8, 8.7])
    (False, True)
    """
    mean = sum(quarters) / len(quarters)
    return mean / APART <= rest <= mean * APART if mean > 0 else rest <= 0
