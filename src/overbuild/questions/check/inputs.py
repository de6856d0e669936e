"""Columns that say of each input of a case, of any kind, where it comes from and what it was held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from overbuild.answer import Cell
from overbuild.questions.columns import column
from overbuild.world.sourced import Sourced

MOST_PARTS = 14
"""As many parts of a case as the first screen shows."""


def by_part(inputs: Mapping[str, Sourced]) -> list[tuple[str, list[Sourced]]]:
    """The inputs by the block of the file they stand in; those at its top together."""
    found: dict[str, list[Sourced]] = {}
    for path, one in inputs.items():
        found.setdefault(path.partition(".")[0] if "." in path else "the case itself", []).append(one)
    return sorted(found.items(), key=lambda part: -len(part[1]))[:MOST_PARTS]


def resting_on(inputs: Sequence[Sourced], origin: str) -> int:
    """How many of the inputs have this origin."""
    return sum(one.origin == origin for one in inputs)


PARTS = (
    column("part", "part", fill=lambda one: one[0]),
    column("inputs", "inputs", "count", lambda one: len(one[1])),
    column("fact", "facts and sources", "count", lambda one: resting_on(one[1], "fact")),
    column("assumption", "named assumptions", "count", lambda one: resting_on(one[1], "assumption")),
    column("case", "neither", "count", lambda one: resting_on(one[1], "case")),
)


HELD = (
    column("input", "input", fill=lambda one: one.path),
    column("verdict", "verdict"),
    column("cited", "cited", fill=lambda one: one.cited),
    column("printed", "printed"),
    column("figure", "figure"),
    column("unit", "unit"),
    column("difference", "value less figure"),
    column("place", "line:column", fill=lambda one: f"{one.place.line}:{one.place.column}"),
)

INPUTS = (
    column("input", "input", fill=lambda one: one.path),
    column("value", "value", fill=lambda one: _shown(one.value)),
    column("origin", "origin"),
    column("from", "from", fill=lambda one: "; ".join(one.facts) or one.source or one.author or ""),
    column("place", "line:column", fill=lambda one: f"{one.place.line}:{one.place.column}"),
)


def _shown(value: object) -> Cell:
    """A value as one cell; a series of one number says it once."""
    if isinstance(value, tuple):
        series = cast("tuple[Any, ...]", value)
        return f"{series[0]} x {len(series)}" if len(set(series)) == 1 else ", ".join(str(one) for one in series)
    return value if isinstance(value, int | float | str | bool | None) else str(value)
