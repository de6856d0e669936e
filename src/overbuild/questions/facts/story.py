"""Figures in sentences, and their vintages as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from overbuild import units
from overbuild.answer import Cell, Chart
from overbuild.facts.catalogue.overview import TableState
from overbuild.facts.cited_fields import CitedField, observed
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ranked, View
from overbuild.facts.period import period_span
from overbuild.questions.charts import NAVY, chart, dated, headed, ranged_bars
from overbuild.questions.prose import capitalised, spelled, times
from overbuild.version import __version__

NO_CHART = "There is no chart: none of the figures is a number."

AHEAD = ("guidance", "forecast")
"""Kinds that speak of a period to come: their picture runs along the days they became known."""

FEW_SOURCES = 3
"""As many sources as a chart names."""


def limits(until: str | None) -> tuple[str, ...]:
    """What lists of figures cannot tell; `until` is the newest exact day in them."""
    newest = f", up to {until}" if until else ""
    return (
        f"Figures are as read on the page cited{newest}. A correction published since is not in them.",
        "A date known only to the month or year counts as its last day. A figure may in truth have been known earlier.",
    )


def counted(values: Mapping[str, Cell], observed_rows: int, typed: int) -> str:
    """How many rows there are, of which kinds, from how many sources."""
    return (
        f"{values['rows']:,} rows from {values['sources']:,} sources in {values['tables']} tables: {observed_rows:,} "
        f"figures about {values['entities']:,} entities, and {typed} rows on deals, chips, costs and published analyses."
    )


def told(cited: CitedField) -> str:
    """One figure with its unit, source and day, in a sentence."""
    field = f", {cited.field}" if cited.field else ""
    unit = cited.printed_unit.replace("_", " ")
    figure = f": {cited.printed} {unit}".removesuffix(" text") if cited.printed else ""
    span = ""
    if cited.low is not None and cited.high is not None and cited.low < cited.high:
        span = f" (low {cited.low:,.6g}, high {cited.high:,.6g} {cited.unit})"
    return (
        f"{cited.label}{field}{figure}{span}. Source {cited.source} ({cited.source_class.replace('_', ' ')}, "
        f"{cited.status.replace('_', ' ')}), known {cited.known_at} ({cited.known_at_precision})."
    )


def newest(latest: Fact | None) -> str:
    """The figure of the newest period, in a sentence; nothing where none is in force."""
    if latest is None:
        return ""
    said = f"{observed(latest).printed}{_unit_of(latest)} ({latest.kind}, known {latest.known_at}, {latest.source})"
    return f" Newest period {latest.period or 'undated'}: {said}."


def replaced(ranked: Sequence[Ranked]) -> tuple[str, ...]:
    """The figures that a newer or better one replaced, the latest first; few, and how many more there are."""
    gone = [one.fact for one in ranked if one.standing not in ("in force", "not yet known")]
    gone.sort(key=lambda fact: fact.known_at, reverse=True)
    said = [
        f"{fact.period or 'Undated'}: {observed(fact).printed}{_unit_of(fact)}, known {fact.known_at}, {fact.source}."
        for fact in gone[:FEW_SOURCES]
    ]
    more = len(gone) - len(said)
    return (*said, f"And {times(more, 'figure')} more (--full)." if more > 0 else "")[: len(said) + (more > 0)]


def counted_by_table(states: Sequence[TableState], sources: int, until: str | None) -> Chart:
    """How many rows stand in each table."""
    points: list[dict[str, str | float]] = [
        {
            "label": capitalised(spelled(Path(one.table).stem)),
            "kind": "rows",
            "low": float(one.rows),
            "central": float(one.rows),
            "high": float(one.rows),
            "text": f"{one.rows:,} from {times(one.sources, 'source')}",
        }
        for one in states
    ]
    every = sum(one.rows for one in states)
    finding = f"{every:,} dated figures from {sources:,} documents"
    measure = "Rows of each table of facts, one row a figure."
    foot = f"Source: tables of the package and the workspace; newest known {until}. overbuild {__version__}"
    drawing = ranged_bars(points, title="rows", colours={"rows": NAVY})
    height = 24 * len(points)
    return chart("tables", finding, headed(finding, measure), width=520, height=height, drawing=drawing, foot=foot)


def notes(ranked: Sequence[Ranked], view: View, *, every: bool = False) -> list[str]:
    """What was noted beside the figures in force (or beside every row), then the documents they were read in."""
    said = [
        f"{one.fact.period or 'undated'} ({one.fact.source}): {one.fact.note}"
        for one in ranked
        if one.fact.note and (every or one.standing == "in force")
    ]
    cited = sorted({one.fact.source for one in ranked})
    return [*said, *(f"{key}: {view.ledger.sources[key].citation()}" for key in cited)]


def vintages(subject: str, ranked: Sequence[Ranked], view: View, latest: Fact | None) -> Chart | None:
    """The figures known on the day: filled where in force, hollow where replaced. None where none is a number.

    Figures for a period to come run along the days they became known, a line for each period; others along the ends of
    their periods, a line for each length of period. Rows in another measure than most of them are left out and counted.
    """
    known = [one for one in ranked if one.fact.value is not None and one.standing != "not yet known"]
    if not known:
        return None
    unit = Counter(one.fact.unit for one in known).most_common(1)[0][0]
    drawn = [one for one in known if one.fact.base_unit == units.UNITS[unit].inside]
    ahead = sum(one.fact.kind in AHEAD for one in drawn) * 2 > len(drawn) or not any(one.fact.period for one in drawn)
    points = [_point(one, unit, ahead=ahead) for one in drawn]
    left_out = len(known) - len(drawn)
    lines = [
        f"{capitalised(unit.replace('_', ' '))}, along the {'days the figures became known' if ahead else 'ends of their periods'}.",
        "Filled: in force. Hollow: replaced by a better or newer figure."
        if any(one.standing != "in force" for one in drawn)
        else "Every figure drawn is in force.",
    ]
    if left_out:
        lines[1] += f" {times(left_out, 'figure')} in another measure left out."
    drawing = dated(
        points,
        day_title="day the figure became known" if ahead else "last day of the period",
        amount_title=unit.replace("_", " "),
        stepped=ahead,
    )
    day = f", known on {view.day}" if view.day else ""
    title = (
        f"{subject}: {observed(latest).printed}{_unit_of(latest)} {_of_when(latest)}{day}"
        if latest
        else f"{subject}{day}"
    )
    foot = f"{_sources(drawn)} overbuild {__version__}"
    return chart("vintages", title, headed(title, lines), width=560, height=280, drawing=drawing, foot=foot)


def _of_when(fact: Fact) -> str:
    """For which period a figure is, or that it is ahead of it."""
    return f"for {fact.period}" if fact.period else f"known {fact.known_at}"


def _point(one: Ranked, unit: str, *, ahead: bool) -> dict[str, str | float]:
    fact = one.fact
    return {
        "day": fact.known_at if ahead else fact.period_end or fact.known_at,
        "amount": (fact.value_in_base_unit or 0.0) / units.UNITS[unit].factor,
        "line": f"for {fact.period or 'no period'}" if ahead else period_span(fact.period_start, fact.period_end),
        "standing": one.standing if one.standing == "in force" else "replaced",
        "period": fact.period or "none",
        "source": fact.source,
    }


def _sources(drawn: Sequence[Ranked]) -> str:
    keys = sorted({one.fact.source for one in drawn})
    until = max(one.fact.known_at for one in drawn)
    if len(keys) <= FEW_SOURCES:
        return f"Source: {', '.join(keys)}; newest known {until}."
    classes = Counter(one.fact.source_class for one in {one.fact.source: one for one in drawn}.values())
    said = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in classes.most_common())
    return f"Sources: {len(keys)} documents ({said}); newest known {until}."


def _unit_of(fact: Fact) -> str:
    """The unit of a figure behind its number; words have none."""
    return "" if fact.value is None else f" {fact.unit.replace('_', ' ')}"
