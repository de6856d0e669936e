"""The facts that an answer leans on."""

from __future__ import annotations

from collections.abc import Iterable

from overbuild.answer import FactUsed
from overbuild.facts.cited_fields import CitedField
from overbuild.facts.fact import Fact


def used(facts: Iterable[Fact | CitedField]) -> tuple[FactUsed, ...]:
    """The facts an answer leans on, each once, in order of id."""
    found = {fact.key: FactUsed(fact.key, fact.source, fact.known_at, fact.known_at_precision) for fact in facts}
    return tuple(found[key] for key in sorted(found))


def dated_inexactly(facts: Iterable[Fact]) -> list[str]:
    """Ids of the facts whose day is known only to the month or year, or by inference."""
    return sorted({fact.key for fact in facts if fact.known_at_precision != "day"})
