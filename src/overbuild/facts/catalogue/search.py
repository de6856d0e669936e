"""Finding figures by words."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.facts.catalogue.citable import Citable, KnownRow, known_rows, observations
from overbuild.facts.cited_fields import fields_of
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ledger, Ranked, View
from overbuild.facts.sources import Source


def search(view: View, words: str) -> list[Citable]:
    """Figures known on the view's day that hold every word, in any field or in the source's title and producer.

    Capitals do not matter; an underscore is a space. Observations in force come first, by subject and period, then rows
    of typed tables, then observations that others replace. Where a word names a column of a typed row (`coupon`), that
    field of the row is found in place of its figure.
    """
    wanted = _plain(words).split()
    facts = [fact for fact in view.known if _holds(_text(view.ledger, fact), wanted)]
    facts.sort(key=lambda fact: (fact.entity, fact.metric, fact.period_start, fact.period_end, fact.source))
    found = observations(Ranked(fact, view.standing_of(fact)) for fact in facts)
    rows = [one for row in known_rows(view.day) for one in _in_row(row, view.ledger.sources, wanted)]
    in_force = [one for one in found if one.standing == "in force"]
    return [*in_force, *rows, *(one for one in found if one.standing != "in force")]


def _in_row(known: KnownRow, sources: dict[str, Source], wanted: Sequence[str]) -> list[Citable]:
    """The row, or those of its fields that the words name."""
    cells = known.row.cells
    columns = fields_of(known.row)
    named = [column for column in columns if any(word in _plain(column) for word in wanted)]
    source = sources[cells["source"]]
    text = (known.entry.cited.key, known.table.holds, *cells.values(), *columns, source.producer, source.title)
    if not _holds(_plain(" ".join(text)), wanted):
        return []
    return [known.field(column) for column in named] or [known.entry]


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return all(word in text for word in wanted)


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ")


def _text(ledger: Ledger, fact: Fact) -> str:
    source = ledger.sources[fact.source]
    fields = (
        fact.entity,
        fact.metric,
        fact.period,
        fact.value_text,
        fact.unit,
        fact.unit_printed,
        fact.kind,
        fact.note,
    )
    return _plain(" ".join((*fields, source.key, source.producer, source.title)))
