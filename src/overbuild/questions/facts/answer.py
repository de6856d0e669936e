"""What is known: asked by subject, by key, by words, by source; counted and checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from overbuild.answer import Answer, Cell, Chart, Headline, Screen, Table
from overbuild.errors import FactError, did_you_mean, raise_all
from overbuild.facts import store
from overbuild.facts.catalogue.citable import Citable, KnownRow, known_rows, names, observations
from overbuild.facts.catalogue.overview import by_subject, by_table, by_typed_table
from overbuild.facts.catalogue.search import search
from overbuild.facts.cited_fields import CitedField, cited_field, fields_of
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ranked, View
from overbuild.facts.typed_tables import TABLES, table_named, typed_faults
from overbuild.questions.columns import table
from overbuild.questions.facts import story, tables
from overbuild.questions.facts_used import after_the_newest, used, view_until
from overbuild.questions.prose import listed, times

MOST_ENTITIES = 15
"""How many entities people see in the list; programs get all."""


def answer_of(
    question: str,
    headline: Headline,
    shown: Sequence[Table],
    leant_on: Iterable[CitedField],
    view: View,
    *,
    notes: Sequence[str] = (),
    values: dict[str, Cell] | None = None,
    charts: Sequence[Chart] = (),
) -> Answer:
    """An answer about facts: its headline's value among the values, its limits those of the tables."""
    return Answer(
        question=question,
        headline=headline,
        values={headline.id: headline.value} | (values or {}),
        status={},
        tables=tuple(shown),
        facts=used(leant_on),
        assumptions=(),
        limits=(*after_the_newest(view), *story.limits(view_until(view))),
        as_of=view.day,
        notes=tuple(notes),
        charts=tuple(charts),
    )


def list_facts(*, entity: str | None = None, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """What the tables speak of on a day: every table, then every entity with its metrics; or one entity's metrics.

    Raises FactError for an unknown entity (with close names) or a day before any fact.
    """
    view = store.known_on(as_of, workspace)
    if entity is not None:
        return _list_metrics(entity, view)
    known, rows = view.known, known_rows(as_of)
    states = (*by_table(known), *by_typed_table(rows))
    sources = {fact.source for fact in known} | {one.row.cells["source"] for one in rows}
    subjects = by_subject(known, each_metric=False)
    values: dict[str, Cell] = {
        "rows": len(known) + len(rows),
        "entities": len(subjects),
        "sources": len(sources),
        "tables": len(states),
    }
    biggest = sorted(subjects, key=lambda one: (-one.facts, one.entity))[:MOST_ENTITIES]
    shown = (
        table("tables", "Tables", tables.TABLES, states),
        table("biggest", f"The {len(biggest)} entities with the most figures", tables.BY_ENTITY, biggest),
        table("list", "Known subjects", tables.BY_ENTITY, subjects),
    )
    headline = Headline("facts", len(known), "count", story.counted(values, len(known), len(rows)))
    named = listed([f"{one.entity} ({one.facts})" for one in biggest])
    screen = Screen("tables", (f"{named}.",), moves_title="Of whom most is known")
    chart = story.counted_by_table(states, len(sources), view_until(view))
    return replace(answer_of("facts list", headline, shown, (), view, values=values, charts=[chart]), screen=screen)


def _list_metrics(entity: str, view: View) -> Answer:
    found = view.ledger.spelled(entity)
    if found is None:
        hint = f"no such entity.{did_you_mean(entity, names(view))}"
        raise FactError("unknown_name", "entity", entity, hint)
    known = [fact for fact in view.known if fact.entity == found]
    text = f"{len(known):,} figures about {found} from {len({fact.source for fact in known}):,} sources."
    metrics = by_subject(known, each_metric=True)
    shown = table("list", f"Metrics of {found}", tables.BY_METRIC, metrics)
    headline = Headline("facts", len(known), "count", text)
    screen = Screen(tables.first_metrics(f"Metrics of {found}", metrics))
    return replace(answer_of("facts list", headline, [shown], (), view), screen=screen)


def show_facts(
    subject: str, metric: str | None = None, *, as_of: str | None = None, workspace: Path | None = None
) -> Answer:
    """Figures of an entity's metric by period, or what one name stands for.

    One name is a key (`deals.iren_gpu_notes`, a field of it, `ENTITY.METRIC@PERIOD#source`), a typed table (its rows) or
    an entity (its metrics). Raises FactError `unknown_name` for any other, with close names of every kind; `no_fact` for a
    row that was not known on the day, or a blank field.
    """
    view = store.known_on(as_of, workspace)
    typed = {one.name for one in TABLES}
    if metric is None:
        return _show_name(subject.removeprefix("fact:"), view, workspace)
    if subject in typed:
        return _show_row(cited_field(f"{subject}.{metric}", workspace), view)
    if view.ledger.spelled(subject) is None:
        hint = (
            f"no such entity.{did_you_mean(subject, [*view.ledger.entities, *typed])} `overbuild facts list` shows all"
        )
        raise FactError("unknown_name", "entity", subject, hint)
    return _show_metric(*view.ledger.subject(subject, metric), view)


def _show_name(name: str, view: View, workspace: Path | None) -> Answer:
    if name in {one.name for one in TABLES}:
        return _show_table(name, view)
    observation = view.ledger.cited().get(name)
    if observation is not None:
        return _show_observation(observation, view)
    if view.ledger.spelled(name) is not None:
        return _list_metrics(name, view)
    if "." in name and name.partition(".")[0] in {one.name for one in TABLES}:
        return _show_row(cited_field(name, workspace), view)
    hint = f"no such key, table or entity.{did_you_mean(name, names(view))} `overbuild facts search WORDS` finds keys"
    raise FactError("unknown_name", "name", name, hint)


def _show_metric(entity: str, metric: str, view: View) -> Answer:
    ranked = view.standing(entity, metric)
    in_force = [one.fact for one in ranked if one.standing == "in force"]
    title = f"{entity} {metric}" + (f" as of {view.day}" if view.day else "")
    latest = view.latest(entity, metric)
    value: Cell = latest.value_in_base_unit if latest else None
    headline = Headline(
        f"{entity}.{metric}",
        value,
        latest.base_unit if latest else "",
        f"{title}: {times(len(in_force), 'period')} in force, {times(len(ranked), 'row')}.{story.newest(latest)}",
    )
    chart = story.vintages(f"{entity} {metric}", ranked, view, latest)
    entries = observations(ranked)
    gone = story.replaced(ranked) if len(entries) > tables.FEW else ()
    return replace(
        answer_of(
            "facts show",
            headline,
            [tables.figures(title, entries)],
            (one.cited for one in entries if one.standing == "in force"),
            view,
            notes=[*story.notes(ranked, view), *([] if chart else [story.NO_CHART])],
            charts=[chart] if chart else [],
        ),
        screen=Screen(tables.newest_figures(title, entries), gone, moves_title="What was replaced"),
    )


def _show_observation(fact: Fact, view: View) -> Answer:
    if not view.knows(fact):
        raise FactError("no_fact", "as_of", view.day, f"{fact.key} was not known yet; it is dated {fact.known_at}")
    period = (fact.period_start, fact.period_end)
    ranked = [
        one for one in view.standing(fact.entity, fact.metric) if (one.fact.period_start, one.fact.period_end) == period
    ]
    standing = next(one.standing for one in ranked if one.fact is fact)
    entries = observations(ranked)
    cited = next(one.cited for one in entries if one.fact is fact)
    headline = Headline(fact.key, cited.number, cited.unit, f"{story.told(cited)} It is {standing}.")
    shown = [tables.figures(f"Every row about {cited.label}", entries)]
    notes = story.notes(ranked, view, every=True)
    screen = Screen(
        tables.newest_figures(f"Every row about {cited.label}", entries), tuple(notes), moves_title="What it says"
    )
    return replace(answer_of("facts show", headline, shown, [cited], view, notes=notes), screen=screen)


def _show_table(name: str, view: View) -> Answer:
    typed, rows = table_named(name), known_rows(view.day, name)
    text = f"{name}: {len(rows)} rows from {len({one.row.cells['source'] for one in rows})} sources."
    shown = [tables.typed_rows_table(typed, rows)]
    notes = ["`overbuild facts show` with a key shows the row with every field, its unit and the key that cites it."]
    headline = Headline(name, len(rows), "count", text)
    screen = Screen(tables.first_rows(typed, rows), tuple(notes), moves_title="One row")
    return replace(answer_of("facts show", headline, shown, (), view, notes=notes), screen=screen)


def _show_row(cited: CitedField, view: View) -> Answer:
    row_key = ".".join(cited.key.split(".", 2)[:2])
    known = {one.entry.cited.key: one for one in known_rows(view.day, cited.table)}
    if row_key not in known:
        raise FactError("no_fact", "as_of", view.day, f"{row_key} was not known yet; it is dated {cited.known_at}")
    columns = [cited.field] if cited.field else fields_of(known[row_key].row)
    fields = [known[row_key].field(column) for column in columns]
    source = view.ledger.sources[cited.source]
    headline = Headline(cited.key, cited.number, cited.unit, story.told(cited))
    shown = [tables.fields(f"Fields of {row_key}", fields)]
    notes = [f"{cited.source}: {source.citation()}"]
    screen = Screen(tables.first_fields(shown[0]), tuple(notes), moves_title="Source")
    return replace(answer_of("facts show", headline, shown, [cited], view, notes=notes), screen=screen)


def search_facts(words: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Figures and rows that hold every word, in their names, notes or sources; those in force first."""
    if not words.strip():
        raise FactError("missing", "words", None, "give the words to look for: overbuild facts search pue")
    view = store.known_on(as_of, workspace)
    found = search(view, words)
    text = f"{times(len(found), 'figure')} {'holds' if len(found) == 1 else 'hold'} {words!r}, those in force first."
    shown = tables.figures(f"Figures with {words!r}", found)
    headline = Headline("found", len(found), "count", text)
    leant_on = (one.cited for one in found)
    screen = Screen(tables.first_figures(f"Figures with {words!r}", found))
    return replace(answer_of("facts search", headline, [shown], leant_on, view), screen=screen)


def show_source(key: str, *, workspace: Path | None = None) -> Answer:
    """A source and every figure read there. Raises FactError `unknown_name` for an unknown key, with close ones."""
    view = store.load_ledger(workspace).as_of()
    source = view.ledger.sources.get(key)
    if source is None:
        raise FactError("unknown_name", "source", key, f"no such source.{did_you_mean(key, view.ledger.sources)}")
    facts = [fact for fact in view.ledger.facts if fact.source == key]
    read = observations(Ranked(fact, view.standing_of(fact)) for fact in facts)
    read += [field for one in known_rows(None) if one.row.cells["source"] == key for field in _figures_of(one)]
    headline = Headline("figures", len(read), "count", f"{source.citation()}: {times(len(read), 'figure')}.")
    shown = [tables.figures(f"Figures read in {key}", read)]
    screen = Screen(tables.first_figures(f"Figures read in {key}", read))
    return replace(answer_of("facts source", headline, shown, (one.cited for one in read), view), screen=screen)


def _figures_of(known: KnownRow) -> list[Citable]:
    """The numbers of a typed row, or the row where it has none."""
    numbers = [known.field(name) for name in known.table.numbers if known.row.cells.get(name)]
    return numbers or [known.entry]


def check_facts(*, workspace: Path | None = None) -> Answer:
    """The state of every table. Raises all faults at once, each located, if there is one."""
    facts, sources, faults = store.check_everything(workspace)
    raise_all([*faults, *typed_faults()])
    states = (*by_table(facts), *by_typed_table(known_rows(None)))
    rows = sum(one.rows for one in states)
    text = f"{rows:,} rows from {len(sources):,} sources in {len(states)} tables: no fault."
    shown = table("tables", "Tables", tables.TABLES, states)
    view = store.known_on(None, workspace)
    values: dict[str, Cell] = {"rows": rows, "sources": len(sources), "tables": len(states)}
    headline = Headline("faults", 0, "count", text)
    screen = Screen("tables", store.CHECKS, moves_title="What was checked")
    chart = story.counted_by_table(states, len(sources), view_until(view))
    return replace(
        answer_of("facts check", headline, [shown], (), view, values=values, notes=store.CHECKS, charts=[chart]),
        screen=screen,
    )
