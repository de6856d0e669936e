"""Which figures make the rows of the table on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.ecosystem.figures_in_force import Figure, Subject, amount, fact_of_year, figure_in_force
from overbuild.ecosystem.gap.gap import Guide, guided_spend, sum_of_disclosed
from overbuild.ecosystem.gap.preset import GapPreset
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View


class RowFigures(NamedTuple):
    """The figures of one row; `revenue` is None for a cost without revenue of its own."""

    spend: Figure
    revenue: Figure | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind both."""
        return (*self.spend.facts, *(self.revenue.facts if self.revenue else ()))


class GuidanceGiven(NamedTuple):
    """One spender's guidance for a year's capex, as the facts in force state it."""

    entity: str
    low: Fact
    high: Fact


def row_figures(view: View, preset: GapPreset, year: int) -> dict[str, RowFigures]:
    """Spend and revenue of every row, by row name. Raises FactError `no_fact` where a row has no figure on the day."""
    figures: dict[str, RowFigures] = {}
    for row in preset.rows:
        given = guidance_given(view, preset, year) if row.name == preset.guidance.row else ()
        revenue = figure_in_force(view, row.revenue, year) if row.revenue else None
        if revenue is not None and row.name == preset.disclosed_run_rates.row:
            revenue = _with_floor(revenue, run_rates(view, preset, year))
        spend = _guided(given, row.name) if given else figure_in_force(view, row.spend, year)
        figures[row.name] = RowFigures(spend, revenue)
    return figures


def guidance_given(view: View, preset: GapPreset, year: int) -> tuple[GuidanceGiven, ...]:
    """The spenders' guidance for the year; nothing until all of them have given it."""
    given: list[GuidanceGiven] = []
    for entity in preset.guidance.entities:
        low = fact_of_year(view, Subject(entity, preset.guidance.low), year)
        high = fact_of_year(view, Subject(entity, preset.guidance.high), year)
        if low is None or high is None:
            return ()
        given.append(GuidanceGiven(entity, low, high))
    return tuple(given)


def guides_of(given: Sequence[GuidanceGiven]) -> tuple[Guide, ...]:
    """The ends of the guidance in USD."""
    return tuple(Guide(one.entity, amount(one.low), amount(one.high)) for one in given)


def run_rates(view: View, preset: GapPreset, year: int) -> tuple[Fact, ...]:
    """The newest AI run rate each spender has stated within the year."""
    found: list[Fact] = []
    for subject in preset.disclosed_run_rates.subjects:
        of_year = [
            fact
            for fact in view.in_force
            if (fact.entity, fact.metric) == subject and fact.kind == "run_rate" and fact.period_end[:4] == str(year)
        ]
        if of_year:
            found.append(max(of_year, key=lambda fact: fact.period_end))
    return tuple(found)


def _guided(given: Sequence[GuidanceGiven], row: str) -> Figure:
    """The spend of a row as the sum of its spenders' guidance."""
    spend = guided_spend(row, guides_of(given))
    facts = tuple(fact for one in given for fact in (one.low, one.high))
    names = ", ".join(one.entity for one in given)
    return Figure(spend.central, spend.low, spend.high, facts, f"sum of guidance midpoints of {names}")


def _with_floor(revenue: Figure, disclosed: Sequence[Fact]) -> Figure:
    """The revenue with the disclosed run rates as a floor, or as a ceiling where they are above it."""
    if not disclosed:
        return revenue
    floor = sum_of_disclosed(tuple(amount(fact) for fact in disclosed))
    low, high = min(floor, revenue.central), max(floor, revenue.central)
    return revenue._replace(low=low, high=high, facts=(*revenue.facts, *disclosed))
