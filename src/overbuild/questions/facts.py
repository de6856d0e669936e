"""What is known: lists of figures with their periods, sources and the days they became known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Table
from overbuild.errors import FactError, did_you_mean, raise_all
from overbuild.facts import store
from overbuild.facts.catalogue.overview import by_subject, by_table, typed_states
from overbuild.facts.catalogue.search import search
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ranked
from overbuild.facts.typed_tables import typed_faults
from overbuild.questions.columns import FilledColumn, column, table, unprinted
from overbuild.questions.facts_used import used

LIMITS = (
    "Figures were entered as read on the page cited, up to 31 July 2026; a correction published since is not in them.",
    "A date known only to the month or year counts as its last day, so a figure may in truth have been known earlier.",
)

_FIGURES = (
    unprinted("id", lambda one: f"fact:{one.fact.key}"),
    column("entity", "entity", fill=lambda one: one.fact.entity),
    column("metric", "metric", fill=lambda one: one.fact.metric),
    column("period", "period", fill=lambda one: one.fact.period or "none"),
    unprinted("period_start", lambda one: one.fact.period_start or None),
    unprinted("period_end", lambda one: one.fact.period_end or None),
    unprinted("value", lambda one: one.fact.value_in_base_unit),
    unprinted("base_unit", lambda one: one.fact.base_unit),
    column("figure", "figure", fill=lambda one: _figure(one.fact)),
    column("unit", "unit", fill=lambda one: one.fact.unit),
    column("kind", "kind", fill=lambda one: one.fact.kind),
    column("class", "class", fill=lambda one: one.fact.source_class),
    column("known_at", "known at", fill=lambda one: one.fact.known_at),
    column("precision", "to the", fill=lambda one: one.fact.known_at_precision),
    column("standing", "standing"),
    column("source", "source", fill=lambda one: one.fact.source),
    unprinted("locator", lambda one: one.fact.locator or None),
    unprinted("note", lambda one: one.fact.note or None),
)
_COUNTED = (
    column("facts", "facts", "count"),
    column("first", "first period"),
    column("last", "last period"),
    column("known_until", "known until"),
)
_BY_ENTITY = (column("entity", "entity"), unprinted("metric"), column("metrics", "metrics", "count"), *_COUNTED)
_BY_METRIC = (column("entity", "entity"), column("metric", "metric"), unprinted("metrics"), *_COUNTED)
_TABLES = (
    column("table", "table"),
    column("rows", "rows", "count"),
    column("sources", "sources", "count"),
    column("known_until", "known until"),
)


def _figures(title: str, facts: Iterable[Ranked], *, without: Sequence[str] = ()) -> Table:
    """Figures one a row; columns that say the same in every row can be left unprinted."""
    shown: list[FilledColumn] = [one._replace(printed=one.printed and one.key not in without) for one in _FIGURES]
    return table("facts", title, shown, facts)


def _figure(fact: Fact) -> str:
    """The figure as printed: words, or the number with all its digits."""
    return fact.value_text if fact.value is None else f"{fact.value:.12g}"


def _answer(
    question: str,
    headline: Headline,
    listed: Table,
    facts: Iterable[Fact],
    as_of: str | None = None,
    notes: Sequence[str] = (),
) -> Answer:
    return Answer(
        question=question,
        headline=headline,
        values={headline.id: headline.value},
        status={},
        tables=(listed,),
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
    known = view.known
    if entity is not None:
        found = view.ledger.spelled(entity)
        if found is None:
            hint = f"no such entity.{did_you_mean(entity, view.ledger.entities)}"
            raise FactError("unknown_name", "entity", entity, hint)
        known = tuple(fact for fact in known if fact.entity == found)
    subjects = by_subject(known, each_metric=entity is not None)
    entities, sources = {fact.entity for fact in known}, {fact.source for fact in known}
    text = f"{len(known):,} facts about {len(entities):,} entities from {len(sources):,} sources."
    listed = table("list", "Known subjects", _BY_METRIC if entity else _BY_ENTITY, subjects)
    return _answer("facts list", Headline("facts", len(known), "count", text), listed, (), as_of)


def show_facts(entity: str, metric: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Every figure of one subject by period: the one in force first, then those it outranks or supersedes.

    Raises FactError `unknown_name` for an unknown entity or metric, with close names.
    """
    view = store.known_on(as_of, workspace)
    entity, metric = view.ledger.subject(entity, metric)
    ranked = view.standing(entity, metric)
    in_force = [one.fact for one in ranked if one.standing == "in force"]
    title = f"{entity} {metric}" + (f" as of {as_of}" if as_of else "")
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
        _figures(title, ranked, without=("entity", "metric")),
        in_force,
        as_of,
        [*notes, *sources],
    )


def search_facts(words: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Figures that hold every word, in their names, notes or sources; the rows in force first."""
    view = store.known_on(as_of, workspace)
    found = search(view, words)
    text = f"{len(found)} figures hold {words!r}."
    ranked = (Ranked(fact, view.standing_of(fact)) for fact in found)
    listed = _figures(f"Figures with {words!r}", ranked)
    return _answer("facts search", Headline("found", len(found), "count", text), listed, found, as_of)


def show_source(key: str, *, workspace: Path | None = None) -> Answer:
    """A source and every figure read there. Raises FactError `unknown_name` for an unknown key, with close ones."""
    view = store.load_ledger(workspace).as_of()
    source = view.ledger.sources.get(key)
    if source is None:
        raise FactError("unknown_name", "source", key, f"no such source.{did_you_mean(key, view.ledger.sources)}")
    found = [fact for fact in view.ledger.facts if fact.source == key]
    ranked = (Ranked(fact, view.standing_of(fact)) for fact in found)
    listed = _figures(f"Figures read in {key}", ranked, without=("source",))
    text = f"{source.citation()}: {len(found)} figures." if found else f"{source.citation()}: cited by a typed table."
    return _answer("facts source", Headline("figures", len(found), "count", text), listed, found)


def check_facts(*, workspace: Path | None = None) -> Answer:
    """The state of every table. Raises all faults at once, each located, if there is one."""
    facts, sources, faults = store.check_everything(workspace)
    raise_all([*faults, *typed_faults()])
    states = (*by_table(facts), *typed_states())
    rows = sum(one.rows for one in states)
    text = f"{rows:,} rows from {len(sources):,} sources in {len(states)} tables: no fault."
    listed = table("tables", "Tables", _TABLES, states)
    return _answer("facts check", Headline("faults", 0, "count", text), listed, ())


def add_facts(file: Path, workspace: Path) -> Answer:
    """Enter the rows of a file into a workspace. Raises all faults at once and changes nothing then."""
    added = store.add_facts(file, workspace)
    text = f"{len(added)} rows entered into {workspace}. Questions see them with --workspace {workspace}."
    listed = _figures("Added", (Ranked(fact, "added") for fact in added))
    return _answer("facts add", Headline("added", len(added), "count", text), listed, added)
