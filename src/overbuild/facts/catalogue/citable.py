"""One entry for each figure that can be found, listed or cited, whichever kind of table it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from overbuild.facts.cited_fields import CitedField, observed, typed_field
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ranked, View
from overbuild.facts.typed_tables import TABLES, TypedRow, TypedTable, keyed_rows, table_named, typed_rows


class Citable(NamedTuple):
    """A figure with its citing key, how it stands on the day, and its observation if it is one."""

    cited: CitedField
    standing: str
    fact: Fact | None = None

    @property
    def kind(self) -> str:
        """The kind of an observation, or what a row of a typed table is: deal, accelerator, cost, analysis."""
        return self.fact.kind if self.fact else table_named(self.cited.table).holds


class KnownRow(NamedTuple):
    """A row of a typed table that is known on the day."""

    table: TypedTable
    row: TypedRow

    @property
    def entry(self) -> Citable:
        """The row by its one figure."""
        return Citable(typed_field(self.table, self.row), "in force")

    def field(self, column: str) -> Citable:
        """One column of the row."""
        return Citable(typed_field(self.table, self.row, column), "in force")


def observations(ranked: Iterable[Ranked]) -> list[Citable]:
    """Observations by the ids that cite them: a vintage that is not the newest of its key by its key with the day."""
    rows = [(one, observed(one.fact)) for one in ranked]
    newest: dict[str, str] = {}
    for one, cited in rows:
        newest[cited.key] = max(one.fact.known_at, newest.get(cited.key, ""))
    return [Citable(_dated(cited, one.fact, newest[cited.key]), one.standing, one.fact) for one, cited in rows]


def _dated(cited: CitedField, fact: Fact, newest: str) -> CitedField:
    return cited if fact.known_at == newest else cited._replace(key=fact.vintage)


def known_rows(day: str | None, table: str | None = None) -> list[KnownRow]:
    """Rows of the typed tables (or of one) that are known on a day, in their order; all of them without a day."""
    return [
        KnownRow(one, row)
        for one in TABLES
        if table in (None, one.name)
        for row in typed_rows(one.name)
        if day is None or row.cells["known_at"] <= day
    ]


def names(view: View) -> list[str]:
    """What a reader may ask for by one name: entities, typed tables, and the keys of both kinds."""
    keys = (fact.key for fact in view.ledger.facts)
    return [*view.ledger.entities, *(table.name for table in TABLES), *keyed_rows(), *keys]
