"""Finding facts by words."""

from __future__ import annotations

from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ledger, View


def search(view: View, words: str) -> list[Fact]:
    """Facts known on the view's day that hold every word, in any field or in the source's title and producer.

    Capitals do not matter; an underscore is a space. Rows in force come first, then by subject and period.
    """
    wanted = words.casefold().replace("_", " ").split()
    found = [fact for fact in view.known if all(word in _text(view.ledger, fact) for word in wanted)]
    in_force = set(map(id, view.in_force))
    return sorted(
        found, key=lambda f: (id(f) not in in_force, f.entity, f.metric, f.period_start, f.period_end, f.source)
    )


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
    return " ".join((*fields, source.key, source.producer, source.title)).casefold().replace("_", " ")
