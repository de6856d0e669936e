"""The facts that an answer leans on."""

from __future__ import annotations

from collections.abc import Iterable

from overbuild.answer import FactUsed
from overbuild.facts.catalogue.citable import known_rows
from overbuild.facts.cited_fields import CitedField
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View


def used(facts: Iterable[Fact | CitedField]) -> tuple[FactUsed, ...]:
    """The facts an answer leans on, each once, in order of id; of several vintages of one, the newest."""
    found = {
        fact.key: FactUsed(fact.key, fact.source, fact.known_at, fact.known_at_precision)
        for fact in sorted(facts, key=lambda fact: fact.known_at)
    }
    return tuple(found[key] for key in sorted(found))


def dated_inexactly(facts: Iterable[Fact]) -> list[str]:
    """Ids of the facts whose day is known only to the month or year, or by inference."""
    return sorted({fact.key for fact in facts if fact.known_at_precision != "day"})


def view_until(view: View) -> str | None:
    """The newest day, known exactly, on which something the view knows became known; None where no day is exact."""
    days = [fact.known_at for fact in view.known if fact.known_at_precision == "day"]
    days += [one.row.cells["known_at"] for one in known_rows(view.day) if one.entry.cited.known_at_precision == "day"]
    return max(days, default=None)


def after_the_newest(view: View) -> tuple[str, ...]:
    """One line where the day asked for lies after the newest figure of all: nothing later was read or is known.

    >>> from overbuild.facts.store import known_on
    >>> days = "2025-09-09", "2026-01-17", "2099-01-01"
    >>> [len(after_the_newest(known_on(day))) for day in days]
    [0, 0, 1]
    """
    until = None if view.day is None else view_until(view.ledger.as_of(None))
    if view.day is None or until is None or view.day <= until:
        return ()
    return (f"Asked as of {view.day}, but the newest figure is of {until}: nothing later was read.",)
