"""What the tables hold, counted: by subject, and by table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from overbuild.facts.catalogue.citable import KnownRow
from overbuild.facts.fact import Fact
from overbuild.facts.typed_tables import TypedRow


class SubjectSummary(NamedTuple):
    """An entity, or one metric of it, with what is known: metrics, facts, first and last period, newest day."""

    entity: str
    metric: str | None
    metrics: int
    facts: int
    first: str | None
    last: str | None
    known_until: str


class TableState(NamedTuple):
    """A table: its rows, the sources it cites, and the newest day on which a row became known."""

    table: str
    rows: int
    sources: int
    known_until: str


def by_subject(facts: Iterable[Fact], *, each_metric: bool) -> tuple[SubjectSummary, ...]:
    """One summary for each entity, or for each metric of each entity, sorted."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.entity, fact.metric if each_metric else ""), []).append(fact)
    return tuple(_summary(entity, metric, group) for (entity, metric), group in sorted(groups.items()))


def by_table(facts: Iterable[Fact]) -> tuple[TableState, ...]:
    """The state of each table that some facts stand in, in their order."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.file, []).append(fact)
    return tuple(
        TableState(name, len(group), len({fact.source for fact in group}), max(fact.known_at for fact in group))
        for name, group in groups.items()
    )


def by_typed_table(rows: Iterable[KnownRow]) -> tuple[TableState, ...]:
    """The state of each typed table that some rows stand in, in their order."""
    groups: dict[str, list[TypedRow]] = {}
    for known in rows:
        groups.setdefault(f"tables/{known.table.name}.csv", []).append(known.row)
    return tuple(_typed_state(name, group) for name, group in groups.items())


def _typed_state(name: str, rows: Sequence[TypedRow]) -> TableState:
    cited = {row.cells["source"] for row in rows}
    return TableState(name, len(rows), len(cited), max(row.cells["known_at"] for row in rows))


def _summary(entity: str, metric: str, group: Sequence[Fact]) -> SubjectSummary:
    dated = sorted((fact.period_end, fact.period) for fact in group if fact.period_end)
    return SubjectSummary(
        entity=entity,
        metric=metric or None,
        metrics=len({fact.metric for fact in group}),
        facts=len(group),
        first=dated[0][1] if dated else None,
        last=dated[-1][1] if dated else None,
        known_until=max(fact.known_at for fact in group),
    )
