"""The inputs of a case with what they rest on: as a table, by part, as a picture, and what they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from overbuild.answer import Cell, Chart, Table
from overbuild.questions.charts import NAVY, chart, headed, ranged_bars
from overbuild.questions.columns import column, table
from overbuild.questions.prose import times
from overbuild.version import __version__
from overbuild.world.provenance.agreement import Agreement
from overbuild.world.provenance.documents import HOW
from overbuild.world.sourced import Sourced


def _parts(inputs: Mapping[str, Sourced]) -> list[tuple[str, list[Sourced]]]:
    """The inputs by the block of the file they stand in; those at its top together."""
    found: dict[str, list[Sourced]] = {}
    for path, one in inputs.items():
        found.setdefault(path.partition(".")[0] if "." in path else "the case itself", []).append(one)
    return sorted(found.items(), key=lambda part: -len(part[1]))[:_MOST_PARTS]


def inputs_picture(name_of_case: str, inputs: Mapping[str, Sourced]) -> Chart:
    """What the inputs of each part of the case rest on."""
    points: list[dict[str, str | float]] = []
    for name, those in _parts(inputs):
        count = float(_resting_on(those, "fact"))
        text = f"{count:.0f} of {len(those)} from a fact or source"
        points.append({"label": name, "kind": "fact", "low": count, "central": count, "high": count, "text": text})
    sourced = _resting_on(list(inputs.values()), "fact")
    finding = f"{name_of_case}: {sourced} of {times(len(inputs), 'input')} rest on a fact or a source"
    measure = "Number of inputs in each part of the case that cite a fact or a document."
    drawing = ranged_bars(points, title="inputs", colours={"fact": NAVY})
    height, foot = 26 * len(points), f"Source: {name_of_case}. overbuild {__version__}"
    return chart("inputs", finding, headed(finding, measure), width=480, height=height, drawing=drawing, foot=foot)


def _resting_on(inputs: list[Sourced], origin: str) -> int:
    return sum(one.origin == origin for one in inputs)


_MOST_PARTS = 14
_PARTS = (
    column("part", "part", fill=lambda one: one[0]),
    column("inputs", "inputs", "count", lambda one: len(one[1])),
    column("fact", "facts and sources", "count", lambda one: _resting_on(one[1], "fact")),
    column("assumption", "named assumptions", "count", lambda one: _resting_on(one[1], "assumption")),
    column("case", "neither", "count", lambda one: _resting_on(one[1], "case")),
)


def said_of_sources(agreements: Iterable[Agreement]) -> Iterator[str]:
    """Sources that name no document, and keys that are called otherwise now, each with its place."""
    for one in agreements:
        place = f"{one.place.file}:{one.place.cell} {one.path}"
        if one.verdict == "no document":
            yield f"{place}: `source: {one.cited}` names no document and is counted as neither fact nor assumption. Write {HOW}."
        elif one.note:
            yield f"{place}: {one.note}."


_HELD = (
    column("input", "input", fill=lambda one: one.path),
    column("verdict", "verdict"),
    column("cited", "cited", fill=lambda one: one.cited),
    column("printed", "printed"),
    column("figure", "figure"),
    column("unit", "unit"),
    column("difference", "value less figure"),
    column("place", "line:column", fill=lambda one: one.place.cell),
)

_INPUTS = (
    column("input", "input", fill=lambda one: one.path),
    column("value", "value", fill=lambda one: _shown(one.value)),
    column("origin", "origin"),
    column("from", "from", fill=lambda one: "; ".join(one.facts) or one.source or one.author or ""),
    column("place", "line:column", fill=lambda one: one.place.cell),
)


def inputs_table(inputs: Mapping[str, Sourced]) -> Table:
    """Every input of a case with where it comes from."""
    return table("inputs", "Inputs", _INPUTS, inputs.values())


def agreements_table(agreements: Iterable[Agreement]) -> Table:
    """What each sourced input was held against."""
    return table("agreements", "What each sourced input is held against", _HELD, agreements)


def parts_table(inputs: Mapping[str, Sourced]) -> Table:
    """How each part of a case is sourced."""
    return table("parts", "Inputs by part of the case, and what they rest on", _PARTS, _parts(inputs))


def _shown(value: object) -> Cell:
    """A value as one cell; a series of one number says it once."""
    if isinstance(value, tuple):
        series = cast("tuple[Any, ...]", value)
        return f"{series[0]} x {len(series)}" if len(set(series)) == 1 else ", ".join(str(one) for one in series)
    return value if isinstance(value, int | float | str | bool | None) else str(value)
