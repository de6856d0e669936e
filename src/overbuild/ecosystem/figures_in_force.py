"""Which figure stands for a subject in a calendar year, on the facts known on a day."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.errors import FactError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Subject, View


class Figure(NamedTuple):
    """A figure in USD with its range, the facts behind it, and what it rests on in words."""

    central: float
    low: float
    high: float
    facts: tuple[Fact, ...]
    basis: str


def fact_of_year(view: View, subject: Subject, year: int) -> Fact | None:
    """The fact in force for a calendar year; None where none is known on the day."""
    return view.find(subject.entity, subject.metric, f"{year}-01-01", f"{year}-12-31")


def figure_in_force(view: View, subject: Subject, year: int) -> Figure:
    """The one figure that stands for a subject in a year. Raises FactError `no_fact` when none is known on the day."""
    fact = fact_of_year(view, subject, year)
    if fact is None:
        raise FactError("no_fact", f"{subject.entity} {subject.metric} {year}", view.day, _absence(view, subject, year))
    value = amount(fact)
    return Figure(value, value, value, (fact,), f"{fact.kind}, {fact.source}")


def amount(fact: Fact) -> float:
    """A fact in USD. Raises FactError `bad_value` where the source printed words instead of a number."""
    value = fact.value_in_base_unit
    if value is None:
        raise FactError("bad_value", fact.key, fact.value_text, "the table needs a number; this source prints words")
    return value


def _absence(view: View, subject: Subject, year: int) -> str:
    rows = view.ledger.about(subject.entity, subject.metric)
    later = [fact.known_at for fact in rows if fact.period == str(year)]
    if later:
        return f"no figure for {year} was known on this day; the first is dated {min(later)}"
    years = sorted({fact.period for fact in rows})
    return f"the tables hold no figure for {year}; there is one for {', '.join(years)}"
