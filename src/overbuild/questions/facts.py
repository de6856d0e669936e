"""What is known: lists of figures with their periods, sources and the days they became known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from overbuild.errors import FactError, did_you_mean, raise_all
from overbuild.facts import store
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.search import search
from overbuild.facts.typed_tables import check_typed_tables
from overbuild.questions.answer import Answer, Cell, Column, FactUsed, Headline, Row, Table

LIMITS = (
    "Figures were entered as read on the page cited, up to 31 July 2026; a correction published since is not in them.",
    "A date known only to the month or year counts as its last day, so a figure may in truth have been known earlier.",
)

_FIGURE_COLUMNS = (
    Column("entity", "entity"),
    Column("metric", "metric"),
    Column("period", "period"),
    Column("figure", "figure"),
    Column("unit", "unit"),
    Column("kind", "kind"),
    Column("class", "class"),
    Column("known_at", "known at"),
    Column("precision", "to the"),
    Column("standing", "standing"),
    Column("source", "source"),
)


def used(facts: Iterable[Fact]) -> tuple[FactUsed, ...]:
    """The facts an answer leans on, each once, in order of id."""
    found = {fact.key: FactUsed(fact.key, fact.source, fact.known_at, fact.known_at_precision) for fact in facts}
    return tuple(found[key] for key in sorted(found))


def _row(fact: Fact, standing: str) -> Row:
    return {
        "id": f"fact:{fact.key}",
        "entity": fact.entity,
        "metric": fact.metric,
        "period": fact.period or "none",
        "period_start": fact.period_start or None,
        "period_end": fact.period_end or None,
        "value": fact.value_in_base_unit,
        "base_unit": fact.base_unit,
        "figure": _figure(fact),
        "unit": fact.unit,
        "kind": fact.kind,
        "class": fact.source_class,
        "known_at": fact.known_at,
        "precision": fact.known_at_precision,
        "standing": standing,
        "source": fact.source,
        "locator": fact.locator or None,
        "note": fact.note or None,
    }


def _figure(fact: Fact) -> str:
    """The figure as printed: words, or the number with all its digits."""
    return fact.value_text if fact.value is None else f"{fact.value:.12g}"


def _answer(
    question: str,
    headline: Headline,
    table: Table,
    facts: Iterable[Fact],
    as_of: str | None = None,
    notes: Sequence[str] = (),
) -> Answer:
    return Answer(
        question=question,
        headline=headline,
        values={headline.id: headline.value},
        status={},
        tables=(table,),
        facts=used(facts),
        assumptions=(),
        limits=LIMITS,
        as_of=as_of,
        notes=tuple(notes),
    )


def list_facts(*, entity: str | None = None, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """What the tables speak of on a day: every entity with its metrics counted, or one entity's metrics.

    Raises FactError for an unknown entity (with close names) or a day before any fact.
    """
    view = store.known_on(as_of, workspace)
    known = [fact for fact in view.ledger.facts if view.knows(fact)]
    if entity is not None:
        found = {name.casefold(): name for name in view.ledger.entities}.get(entity.casefold())
        if found is None:
            raise FactError(
                "unknown_name", "entity", entity, f"no such entity.{did_you_mean(entity, view.ledger.entities)}"
            )
        known = [fact for fact in known if fact.entity == found]
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in known:
        groups.setdefault((fact.entity, fact.metric) if entity else (fact.entity, ""), []).append(fact)
    rows = tuple(_group_row(key, group) for key, group in sorted(groups.items()))
    columns = (
        Column("entity", "entity"),
        Column("metric", "metric") if entity else Column("metrics", "metrics", "count"),
        Column("facts", "facts", "count"),
        Column("first", "first period"),
        Column("last", "last period"),
        Column("known_until", "known until"),
    )
    entities, sources = {fact.entity for fact in known}, {fact.source for fact in known}
    text = f"{len(known):,} facts about {len(entities):,} entities from {len(sources):,} sources."
    table = Table("list", "Known subjects", columns, rows)
    return _answer("facts list", Headline("facts", len(known), "count", text), table, (), as_of)


def _group_row(key: tuple[str, str], group: list[Fact]) -> Row:
    dated = sorted((fact.period_end, fact.period) for fact in group if fact.period_end)
    return {
        "entity": key[0],
        "metric": key[1] or None,
        "metrics": len({fact.metric for fact in group}),
        "facts": len(group),
        "first": dated[0][1] if dated else None,
        "last": dated[-1][1] if dated else None,
        "known_until": max(fact.known_at for fact in group),
    }


def show_facts(entity: str, metric: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Every figure of one subject by period: the one in force first, then those it outranks or supersedes.

    Raises FactError `unknown_name` for an unknown entity or metric, with close names.
    """
    view = store.known_on(as_of, workspace)
    entity, metric = view.ledger.subject(entity, metric)
    ranked = view.standing(entity, metric)
    rows = tuple(_row(one.fact, one.standing) for one in ranked)
    in_force = [one.fact for one in ranked if one.standing == "in force"]
    title = f"{entity} {metric}" + (f" as of {as_of}" if as_of else "")
    table = Table("facts", title, _FIGURE_COLUMNS[2:], rows)
    latest = view.latest(entity, metric)
    value: Cell = latest.value_in_base_unit if latest else None
    text = f"{title}: {len(in_force)} periods in force, {len(ranked)} rows."
    if latest is not None:
        said = f"{_figure(latest)} {latest.unit} ({latest.kind}, known {latest.known_at}, {latest.source})"
        text += f" Newest period {latest.period or 'undated'}: {said}."
    cited = sorted({one.fact.source for one in ranked})
    sources = [f"{key}: {view.ledger.sources[key].citation()}" for key in cited]
    notes = [
        f"{one.fact.period or 'undated'} ({one.fact.source}): {one.fact.note}"
        for one in ranked
        if one.fact.note and one.standing == "in force"
    ]
    return _answer(
        "facts show",
        Headline(f"{entity}.{metric}", value, latest.base_unit if latest else "", text),
        table,
        in_force,
        as_of,
        [*notes, *sources],
    )


def search_facts(words: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Figures that hold every word, in their names, notes or sources; the rows in force first."""
    view = store.known_on(as_of, workspace)
    found = search(view, words)
    rows = tuple(_row(fact, _standing(view, fact)) for fact in found)
    text = f"{len(found)} figures hold {words!r}."
    table = Table("facts", f"Figures with {words!r}", _FIGURE_COLUMNS, rows)
    return _answer("facts search", Headline("found", len(found), "count", text), table, found, as_of)


def _standing(view: View, fact: Fact) -> str:
    return next(one.standing for one in view.standing(fact.entity, fact.metric) if one.fact is fact)


def show_source(key: str, *, workspace: Path | None = None) -> Answer:
    """A source and every figure read there. Raises FactError `unknown_name` for an unknown key, with close ones."""
    view = store.load_ledger(workspace).as_of()
    source = view.ledger.sources.get(key)
    if source is None:
        raise FactError("unknown_name", "source", key, f"no such source.{did_you_mean(key, view.ledger.sources)}")
    found = [fact for fact in view.ledger.facts if fact.source == key]
    rows = tuple(_row(fact, _standing(view, fact)) for fact in found)
    table = Table("facts", f"Figures read in {key}", _FIGURE_COLUMNS[:-1], rows)
    text = f"{source.citation()}: {len(found)} figures." if found else f"{source.citation()}: cited by a typed table."
    return _answer("facts source", Headline("figures", len(found), "count", text), table, found)


def check_facts(*, workspace: Path | None = None) -> Answer:
    """The state of every table. Raises all faults at once, each located, if there is one."""
    facts, sources, faults = store.check_everything(workspace)
    typed = check_typed_tables()
    raise_all([*faults, *typed.faults])
    tables: dict[str, list[Fact]] = {}
    for fact in facts:
        tables.setdefault(fact.file, []).append(fact)
    rows: list[Row] = [
        {
            "table": name,
            "rows": len(group),
            "sources": len({f.source for f in group}),
            "known_until": max(f.known_at for f in group),
        }
        for name, group in tables.items()
    ]
    rows += [
        {"table": name, "rows": count, "sources": cited, "known_until": until}
        for name, count, cited, until in typed.tables
    ]
    columns = (
        Column("table", "table"),
        Column("rows", "rows", "count"),
        Column("sources", "sources", "count"),
        Column("known_until", "known until"),
    )
    total = sum(int(row["rows"] or 0) for row in rows)
    text = f"{total:,} rows from {len(sources):,} sources in {len(rows)} tables: no fault."
    return _answer(
        "facts check", Headline("faults", 0, "count", text), Table("tables", "Tables", columns, tuple(rows)), ()
    )


def add_facts(file: Path, workspace: Path) -> Answer:
    """Enter the rows of a file into a workspace. Raises all faults at once and changes nothing then."""
    added = store.add_facts(file, workspace)
    rows = tuple(_row(fact, "added") for fact in added)
    text = f"{len(added)} rows entered into {workspace}. Questions see them with --workspace {workspace}."
    return _answer(
        "facts add", Headline("added", len(added), "count", text), Table("facts", "Added", _FIGURE_COLUMNS, rows), added
    )
