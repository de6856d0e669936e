"""The ledger: every observation in memory, asked as of a day.

Facts have two times: the period they speak of and the day they became known. `Ledger.as_of(day)` never sees a row
with a later `known_at`. A source's newest figure of an (entity, metric, period, kind) replaces its earlier ones, of
whatever class. Where several sources speak of the same (entity, metric, period), one is in force:

    figures      (reported, estimate, article, assumption): best source class, then newest
    statements   (guidance, forecast, run_rate): newest, class only breaks ties; but nothing below a filing or
                 company release replaces one of those
    both         whichever comes from a filing or company release; else an actual before a statement; else the
                 better class, then the newer, then the figure before the statement

Equal class and day fall to `rank`, then the source's key, then the order of `KINDS`: no two sound rows are left, in
whatever order they were entered. A withdrawn row that is in force leaves its period without a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from overbuild.errors import FactError, did_you_mean
from overbuild.facts.fact import CLASS_RANK, FIRM, KINDS, STATEMENTS, Fact
from overbuild.facts.period import is_day
from overbuild.facts.sources import Source


class Subject(NamedTuple):
    """What a fact is about."""

    entity: str
    metric: str


class Ranked(NamedTuple):
    """A fact and how it stands on a day: `in force`, `outranked`, `superseded`, `withdrawn` or `not yet known`.

    A fact just entered is `added`. `cited_as` is the id that means this row on that day: the day stands in it where a
    newer vintage has the key.
    """

    fact: Fact
    standing: str
    cited_as: str = ""


def row_in_force(rows: Sequence[Fact]) -> Fact | None:
    """The row in force among all that are known of one entity, metric and period, in the order of entry.

    A withdrawn row can be in force; without rows there is none.
    """
    if len(rows) < 2:
        return rows[0] if rows else None
    latest_first = list(reversed(newest_of_each_source(rows)))
    figures = [fact for fact in latest_first if fact.kind not in STATEMENTS]
    statements = [fact for fact in latest_first if fact.kind in STATEMENTS]
    best = [max(figures, key=_among_figures)] if figures else []
    best += [max(statements, key=_among_statements)] if statements else []
    return max(best, key=_figure_or_statement)


def newest_of_each_source(rows: Sequence[Fact]) -> list[Fact]:
    """Rows of one entity, metric and period without those that their own source replaced by a newer one of the kind."""
    newest: dict[tuple[str, str], str] = {}
    for fact in rows:
        series = (fact.kind, fact.source)
        newest[series] = max(fact.known_at, newest.get(series, ""))
    return [fact for fact in rows if fact.known_at == newest[fact.kind, fact.source]]


def _class_rank(fact: Fact) -> int:
    return CLASS_RANK.get(fact.source_class, 0)


def _among_figures(fact: Fact) -> tuple[int, str, int, str, int]:
    return (_class_rank(fact), fact.known_at, fact.rank, fact.source, -KINDS.index(fact.kind))


def _among_statements(fact: Fact) -> tuple[bool, str, int, int, str, int]:
    is_firm, order = _class_rank(fact) >= FIRM, -KINDS.index(fact.kind)
    return (is_firm, fact.known_at, _class_rank(fact), fact.rank, fact.source, order)


def _figure_or_statement(fact: Fact) -> tuple[bool, bool, int, str, bool]:
    is_figure = fact.kind not in STATEMENTS
    return (_class_rank(fact) >= FIRM, fact.kind == "reported", _class_rank(fact), fact.known_at, is_figure)


class Ledger:
    """All facts and their sources. Immutable once built.

    `facts` may come in any order. Raises FactError through its queries only.
    """

    def __init__(self, facts: Iterable[Fact], sources: Mapping[str, Source]) -> None:
        self.facts: tuple[Fact, ...] = tuple(facts)
        self.sources = dict(sources)
        self._by_subject: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts:
            self._by_subject.setdefault((fact.entity, fact.metric), []).append(fact)

    def as_of(self, day: str | None = None) -> View:
        """What was known on a day; everything known without one.

        Raises FactError `bad_period` for a day that is not a day. A day before any fact gives an empty view.
        """
        if day is None:
            return View(self, None)
        if not is_day(day):
            raise FactError("bad_period", "as_of", day, "a date is a day of the calendar written YYYY-MM-DD")
        return View(self, day)

    @cached_property
    def by_period(self) -> dict[tuple[str, str, str, str], list[Fact]]:
        """Every row by entity, metric and period, in the order of these."""
        found: dict[tuple[str, str, str, str], list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact[:4], []).append(fact)
        return dict(sorted(found.items()))

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity, sorted."""
        return tuple(sorted({fact.entity for fact in self.facts}))

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Every entity with each of its metrics, in the order of entry."""
        return tuple(Subject(*one) for one in self._by_subject)

    def cited(self) -> dict[str, Fact]:
        """Every fact by the ids that cite it, whenever it became known; as `View.cited`."""
        return dict(self._cited)

    @cached_property
    def _cited(self) -> dict[str, Fact]:
        return _cited(self.facts)

    def metrics(self, entity: str) -> tuple[str, ...]:
        """Every metric of an entity, sorted."""
        return tuple(sorted({metric for name, metric in self._by_subject if name == entity}))

    def spelled(self, entity: str) -> str | None:
        """An entity as the tables spell it (capitals do not matter); None where they do not know it."""
        return {name.casefold(): name for name in self.entities}.get(entity.casefold())

    def subject(self, entity: str, metric: str) -> tuple[str, str]:
        """The entity and metric as the tables spell them (capitals do not matter).

        Raises FactError `unknown_name` with close names.
        """
        found = self.spelled(entity)
        if found is None:
            hint = f"no such entity.{did_you_mean(entity, self.entities)} `overbuild facts list` shows all"
            raise FactError("unknown_name", "entity", entity, hint)
        metrics = {name.casefold(): name for name in self.metrics(found)}
        if metric.casefold() not in metrics:
            close = did_you_mean(metric, self.metrics(found))
            known = (
                ", ".join(self.metrics(found))
                if len(self.metrics(found)) <= 20
                else f"{len(self.metrics(found))} others"
            )
            raise FactError(
                "unknown_name", f"{found} metric", metric, f"{found} has no such metric.{close} It has {known}"
            )
        return found, metrics[metric.casefold()]

    def about(self, entity: str, metric: str) -> tuple[Fact, ...]:
        """Every row about an entity and metric, known or not yet, in the order of entry."""
        return tuple(self._by_subject.get((entity, metric), ()))


class View:
    """The ledger on one day: at most one figure for each (entity, metric, period)."""

    def __init__(self, ledger: Ledger, day: str | None) -> None:
        self.ledger = ledger
        self.day = day
        self._until = "9999-12-31" if day is None else day

    @cached_property
    def in_force(self) -> tuple[Fact, ...]:
        """Every figure in force, by entity, metric and period."""
        winners = map(self._winner, self.ledger.by_period.values())
        return tuple(fact for fact in winners if fact is not None)

    def in_force_of(self, subjects: Iterable[Subject]) -> tuple[Fact, ...]:
        """Those of some entities and metrics alone, in the same order: of many rows only theirs are looked at."""
        periods: dict[tuple[str, ...], list[Fact]] = {}
        for entity, metric in set(subjects):
            for fact in self.ledger.about(entity, metric):
                periods.setdefault(fact[:4], []).append(fact)
        winners = (self._winner(periods[period]) for period in sorted(periods))
        return tuple(fact for fact in winners if fact is not None)

    def _winner(self, rows: Sequence[Fact]) -> Fact | None:
        """The figure in force among all rows of one entity, metric and period; none where it is withdrawn."""
        found = row_in_force([fact for fact in rows if fact.known_at <= self._until])
        return None if found is None or found.status == "withdrawn" else found

    def find(self, entity: str, metric: str, start: str, end: str) -> Fact | None:
        """The figure in force for exactly this period, or None."""
        about = self.ledger.about(entity, metric)
        return self._winner([fact for fact in about if fact.period_start == start and fact.period_end == end])

    def latest(self, entity: str, metric: str) -> Fact | None:
        """The figure in force for the period that ends last, or None."""
        periods: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.ledger.about(entity, metric):
            periods.setdefault((fact.period_end, fact.period_start), []).append(fact)
        winners = (self._winner(periods[period]) for period in sorted(periods, reverse=True))
        return next((fact for fact in winners if fact is not None), None)

    @property
    def known(self) -> tuple[Fact, ...]:
        """Every fact known on the day, in the order of entry."""
        return tuple(fact for fact in self.ledger.facts if self.knows(fact))

    def cited(self) -> dict[str, Fact]:
        """Every fact known on the day by the ids that cite it.

        Its key means the newest vintage known, its key with a day (`KEY~2026-04-30`) the vintage of that day. Where one
        source gives several kinds of figure on one day, the kind that comes first in `KINDS` is meant.
        """
        return _cited(self.known)

    def knows(self, fact: Fact) -> bool:
        """Whether the fact was known on the day."""
        return self.day is None or fact.known_at <= self.day

    def standing(self, entity: str, metric: str) -> list[Ranked]:
        """Every row about an entity and metric with how it stands on the day, by period, the one in force first."""
        about = self.ledger.about(entity, metric)
        cited = _cited(fact for fact in about if self.knows(fact))
        ranked = [
            Ranked(fact, self.standing_of(fact), fact.key if cited.get(fact.key, fact) is fact else fact.vintage)
            for fact in about
        ]
        order = {"in force": 0, "withdrawn": 1, "superseded": 2, "outranked": 3, "not yet known": 4}
        return sorted(
            ranked,
            key=lambda r: (r.fact.period_start, r.fact.period_end, order[r.standing], r.fact.known_at, r.fact.source),
        )

    def standing_of(self, fact: Fact) -> str:
        """How one fact stands on the day: a word of `Ranked`."""
        if not self.knows(fact):
            return "not yet known"
        winner = self.find(fact.entity, fact.metric, fact.period_start, fact.period_end)
        if winner is fact:
            return "in force"
        if winner is None:
            return "withdrawn"
        better = CLASS_RANK[winner.source_class] > CLASS_RANK[fact.source_class]
        return "outranked" if better and winner.kind not in STATEMENTS else "superseded"


def _cited(facts: Iterable[Fact]) -> dict[str, Fact]:
    by_day = sorted(facts, key=lambda fact: (fact.known_at, -KINDS.index(fact.kind)))
    return {fact.vintage: fact for fact in by_day} | {fact.key: fact for fact in by_day}
