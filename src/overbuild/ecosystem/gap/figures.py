"""Which figures make the rows of the table on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.ecosystem.derived_figures import KnownPart, known_parts, printed_part
from overbuild.ecosystem.derived_ranges import Range, summed_ranges
from overbuild.ecosystem.figures_in_force import Figure, Subject, amount, fact_of_year, figure_in_force
from overbuild.ecosystem.gap.evidence.preset import DerivedCell
from overbuild.ecosystem.gap.gap import Guide, guided_spend
from overbuild.ecosystem.gap.preset import CategoryRow, GapPreset
from overbuild.errors import FactError
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
    """Spend and revenue of every row, by row name. Raises FactError `no_fact` where a row has no figure on the day.

    A cell that is derived from evidence has the sums of its parts, central and at both ends.
    """
    figures: dict[str, RowFigures] = {}
    for row in preset.rows:
        given = guidance_given(view, preset, year) if row.name == preset.guidance.row else ()
        spend = _guided(given, row.name) if given else _cell(view, preset, row, "spend", year)
        figures[row.name] = RowFigures(spend, _cell(view, preset, row, "revenue", year) if row.revenue else None)
    return figures


def parts_of_cell(view: View, cell: DerivedCell, preset: GapPreset, year: int) -> tuple[KnownPart, ...]:
    """The parts of a derived cell on a day: those of its evidence, else the one figure in force. Raises FactError `no_fact`."""
    known = known_parts(view, cell.parts) if year == preset.year else ()
    if known:
        return known
    row = next(row for row in preset.rows if row.name == cell.row)
    subject = row.spend if cell.column == "spend" else row.revenue
    figure = figure_in_force(view, subject, year) if subject else None
    return (printed_part(subject.entity, row.label, figure.facts[0]),) if subject and figure else ()


def rests_on_evidence(parts: Sequence[KnownPart]) -> bool:
    """Whether parts are derived from evidence, and not the one figure of the article."""
    return not all(fact.kind == "article" for part in parts for fact in part.facts)


def range_of(quantity: str, parts: Sequence[KnownPart]) -> Range:
    """The sums of some parts' ends."""
    return summed_ranges(quantity, tuple(one.derivation for one in parts), tuple(one.given for one in parts))


def _cell(view: View, preset: GapPreset, row: CategoryRow, column: str, year: int) -> Figure:
    for cell in (preset.owner_revenue, preset.energy_of_ai_sites):
        if (cell.row, cell.column) == (row.name, column):
            parts = parts_of_cell(view, cell, preset, year)
            ends = range_of(f"{row.name}.{column}", parts)
            facts = tuple(fact for part in parts for fact in part.facts)
            basis = (
                f"derived: {', '.join(part.name for part in parts)}" if rests_on_evidence(parts) else _basis(facts[0])
            )
            return Figure(ends.central, ends.low, ends.high, facts, basis)
    subject = row.spend if column == "spend" else row.revenue
    if subject is None:
        raise FactError("no_fact", f"{row.name}.{column}", None, "the row has no such column")
    found = figure_in_force(view, subject, year)
    return found._replace(basis=_basis(found.facts[0]))


def _basis(fact: Fact) -> str:
    return (
        f"{fact.kind}, {fact.source}; no newer figure of this scope"
        if fact.kind == "article"
        else f"{fact.kind}, {fact.source}"
    )


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


def _guided(given: Sequence[GuidanceGiven], row: str) -> Figure:
    """The spend of a row as the sum of its spenders' guidance."""
    spend = guided_spend(row, guides_of(given))
    facts = tuple(fact for one in given for fact in (one.low, one.high))
    names = ", ".join(one.entity for one in given)
    return Figure(spend.central, spend.low, spend.high, facts, f"sum of guidance midpoints of {names}")
