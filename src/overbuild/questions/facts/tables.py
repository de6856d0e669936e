"""Tables of figures: each row prints the key by which a case file cites it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from overbuild.answer import Table
from overbuild.facts.catalogue.citable import Citable, KnownRow
from overbuild.facts.fact import Fact
from overbuild.facts.period import period_span
from overbuild.facts.typed_tables import TypedTable
from overbuild.questions.columns import Fill, FilledColumn, column, table, unprinted

CITE = "fact to cite"
"""The heading of a column of citing keys."""


def _of_fact(name: str) -> Fill:
    """What fills a column from an observation; None for a row of a typed table."""
    return lambda one: (getattr(one.fact, name) or None) if one.fact else None


def _cited(name: str) -> Fill:
    return attrgetter(f"cited.{name}")


FIGURES = (
    unprinted("id", lambda one: f"fact:{one.cited.key}"),
    column("key", CITE, fill=_cited("key")),
    unprinted("entity", _of_fact("entity")),
    unprinted("metric", _of_fact("metric")),
    column("period", "period", fill=lambda one: (one.fact.period or "none") if one.fact else None),
    unprinted("period_start", _of_fact("period_start")),
    unprinted("period_end", _of_fact("period_end")),
    unprinted("value", _cited("number")),
    unprinted("base_unit", _cited("unit")),
    unprinted("low", _cited("low")),
    unprinted("high", _cited("high")),
    column("figure", "figure", fill=lambda one: one.cited.printed or "-"),
    column("unit", "unit", fill=lambda one: one.cited.printed_unit),
    column("kind", "kind"),
    column("class", "class", fill=_cited("source_class")),
    column("known_at", "known at", fill=_cited("known_at")),
    column("precision", "to the", fill=_cited("known_at_precision")),
    column("standing", "standing"),
    unprinted("status", _cited("status")),
    unprinted("source", _cited("source")),
    column("label", "what it is", fill=lambda one: "" if one.fact else one.cited.label),
    unprinted("locator", _of_fact("locator")),
    unprinted("note", lambda one: one.cited.note or None),
)

_COUNTED = (
    column("facts", "facts", "count"),
    column("first", "first period"),
    column("last", "last period"),
    column("known_until", "known until"),
)
BY_ENTITY = (column("entity", "entity"), unprinted("metric"), column("metrics", "metrics", "count"), *_COUNTED)
BY_METRIC = (column("entity", "entity"), column("metric", "metric"), unprinted("metrics"), *_COUNTED)
TABLES = (
    column("table", "table"),
    column("rows", "rows", "count"),
    column("sources", "sources", "count"),
    column("known_until", "known until"),
)
FIELDS = (
    unprinted("id", lambda one: f"fact:{one.cited.key}"),
    column("key", CITE, fill=_cited("key")),
    unprinted("field", _cited("field")),
    unprinted("value", _cited("number")),
    unprinted("base_unit", _cited("unit")),
    column("figure", "figure", fill=_cited("printed")),
    column("unit", "unit", fill=_cited("printed_unit")),
)


FEW = 12
"""As many figures as a first screen shows; each takes two lines where its key is long and the terminal narrow."""

_NEWEST = (
    column("period", "period", fill=lambda one: _said_period(one.fact) if one.fact else None),
    column("figure", "figure", fill=lambda one: one.cited.printed or "-"),
    column("kind", "kind"),
    column("known_at", "known at", fill=_cited("known_at")),
    column("standing", "standing"),
    column("source", "source", fill=_cited("source")),
)
_FOUND = (
    column("key", CITE, fill=_cited("key")),
    column("figure", "figure", fill=lambda one: one.cited.printed or "-"),
    column("unit", "unit", fill=lambda one: one.cited.printed_unit.replace("_", " ")),
    column("kind", "kind"),
    column("class", "class", fill=lambda one: one.cited.source_class.replace("_", " ")),
    column("known_at", "known at", fill=_cited("known_at")),
    column("standing", "standing"),
)


def _said_period(fact: Fact) -> str:
    """A period as a reader says it: a fiscal year by the day it ends on."""
    label = fact.period or "undated"
    is_year = ".." in label and period_span(fact.period_start, fact.period_end) == "year"
    return f"year to {fact.period_end}" if is_year else label


def newest_figures(title: str, entries: Sequence[Citable]) -> Table:
    """The figures of one metric for its first screen, the newest period first; few, and without what all share."""
    dated = sorted(
        entries, key=lambda one: (one.fact.period_end or one.fact.known_at) if one.fact else "", reverse=True
    )
    shown = dated[:FEW]
    units, kinds = {one.cited.printed_unit for one in shown}, {one.kind for one in shown}
    left_out = {"standing"} if all(one.standing == "in force" for one in shown) else {"kind"}
    if len(units) == 1 and "" not in units:
        title = f"{title}, {units.pop().replace('_', ' ')}"
    if len(kinds) == 1:
        left_out.add("kind")
        title = f"{title}, {kinds.pop()}"
    columns = [one for one in _NEWEST if one.key not in left_out]
    return table("newest", title, columns, shown, note=_of(len(shown), len(entries), "newest"))


def first_figures(title: str, entries: Sequence[Citable]) -> Table:
    """The first of many figures, each with the key that cites it."""
    shown = entries[: FEW - 3]
    return table("first", title, _FOUND, shown, note=_of(len(shown), len(entries), "first"))


def first_metrics(title: str, subjects: Sequence[Any]) -> Table:
    """The metrics of one entity of which most figures are known."""
    shown = sorted(subjects, key=lambda one: -one.facts)[: FEW + 3]
    columns = (column("metric", "metric"), *_COUNTED)
    return table("metrics", title, columns, shown, note=_of(len(shown), len(subjects), "biggest"))


def first_rows(typed: TypedTable, rows: Sequence[KnownRow]) -> Table:
    """The first rows of a typed table."""
    shown = rows[: FEW - 3]
    return typed_rows_table(typed, shown)._replace(note=_of(len(shown), len(rows), "first"))


def first_fields(found: Table) -> Table:
    """The first fields of a row."""
    most = FEW + 6
    return found._replace(rows=found.rows[:most], note=_of(min(most, len(found.rows)), len(found.rows), "first"))


def _of(shown: int, every: int, which: str) -> str:
    return f"the {which} {shown} of {every}; --tables prints all" if shown < every else ""


def figures(title: str, entries: Sequence[Citable], *, without: Sequence[str] = ()) -> Table:
    """Figures one a row; columns named in `without` stay in the rows for programs."""
    left_out = {*without}
    if all(one.fact is None for one in entries):
        left_out.add("period")
    if all(one.fact is not None for one in entries):
        left_out.add("label")
    shown: list[FilledColumn] = [one._replace(printed=one.printed and one.key not in left_out) for one in FIGURES]
    return table("facts", title, shown, entries)


def fields(title: str, entries: Iterable[Citable]) -> Table:
    """The fields of one row of a typed table, each with its unit and the key that cites it."""
    return table("fields", title, FIELDS, entries)


def typed_rows_table(typed: TypedTable, rows: Iterable[KnownRow]) -> Table:
    """The rows of a typed table, with the columns that a list of them shows, as printed."""
    columns = (
        unprinted("id", lambda one: f"fact:{one.entry.cited.key}"),
        column("key", CITE, fill=lambda one: one.entry.cited.key),
        *(column(name, name, fill=_cell(name)) for name in typed.listed),
        unprinted("value", lambda one: one.entry.cited.number),
        unprinted("base_unit", lambda one: one.entry.cited.unit),
        unprinted("low", lambda one: one.entry.cited.low),
        unprinted("high", lambda one: one.entry.cited.high),
        column("class", "class", fill=_cell("source_class")),
        column("known_at", "known at", fill=_cell("known_at")),
        unprinted("source", _cell("source")),
        unprinted("label", lambda one: one.entry.cited.label),
    )
    return table(typed.name, f"Rows of {typed.name}, figures as printed", columns, rows)


def _cell(name: str) -> Fill:
    def fill(one: Any) -> str | None:
        return one.row.cells.get(name) or None

    return fill
