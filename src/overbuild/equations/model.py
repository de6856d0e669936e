"""A model: stages on one axis of places, what each is given, and what it reports. It knows no finance.

A *stage* is a traced function with the numbers it runs on. One with `columns` is run place by place from its opening,
`function(state, inputs, terms)`; one without is run once, `function(opening, terms)`. What a stage takes from an
earlier one is data: `Left` is what that stage leaves, `RowOf` the whole row of one of its lines. So whoever runs,
traces, compiles or explains a model needs nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from overbuild.equations.graph import Program
from overbuild.equations.records import flatten, rebuild
from overbuild.equations.reported import Reported
from overbuild.equations.trace import Traced, parameters, traced


@dataclass(frozen=True)
class Left:
    """What an earlier stage leaves: its last state, or what it returned."""

    stage: str


@dataclass(frozen=True)
class RowOf:
    """The whole row of a line of an earlier stage, one entry a place."""

    stage: str
    line: str


class Stage(NamedTuple):
    """A traced function with what it is given, and the first place of the axis where it stands.

    `opening` is the record that the function is first given, `Left` of an earlier stage, or a record of `RowOf`s;
    None where the function takes terms alone. Leaves of `columns` are lists with one entry a place, or `RowOf`s.
    """

    name: str
    function: Callable[..., Any]
    terms: Any
    opening: Any = None
    columns: Any = None
    first: int = 0


class Model(NamedTuple):
    """Stages in the order in which they are run, and what the model answers."""

    stages: tuple[Stage, ...]
    reported: tuple[Reported, ...] = ()

    def stage(self, name: str) -> Stage:
        """The stage of this name. Raises KeyError where there is none."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)


def entry(columns: Any, place: int) -> Any:
    """One place's record of a record of columns.

    >>> entry(([1.0, 2.0], [3.0, 4.0]), 1)
    (2.0, 4.0)
    """
    leaves = flatten(columns)
    return (
        rebuild(columns, [column[place] for column in leaves.values()])
        if isinstance(columns, tuple)
        else columns[place]
    )


def filled(record: Any, left: Callable[[str], Any], row: Callable[[RowOf], Any]) -> Any:
    """A record with what it takes from earlier stages filled in.

    >>> filled((RowOf("operation", "cfads"), 4.0), lambda stage: None, lambda row: [1.0, 2.0])
    ([1.0, 2.0], 4.0)
    """
    if isinstance(record, Left):
        return left(record.stage)
    if isinstance(record, RowOf):
        return row(record)
    if not isinstance(record, tuple):
        return record
    leaves = [row(leaf) if isinstance(leaf, RowOf) else leaf for leaf in flatten(record).values()]
    return rebuild(record, leaves)


def programs_of(model: Model) -> dict[str, Program]:
    """The program of each stage by name. Traces are kept by shape: a second model of one shape is not traced again.

    >>> from overbuild.equations.line import line
    >>> grown = Stage("balance", lambda state, paid, rate: line("debt", state * (1.0 + rate) - paid), 0.5, 100.0, [20.0])
    >>> list(programs_of(Model((grown,)))["balance"].lines)
    ['debt']
    """
    return dict(_programs(model))


def _programs(model: Model) -> Iterator[tuple[str, Program]]:
    left: dict[str, Any] = {}
    for stage in model.stages:
        opening = filled(stage.opening, left.__getitem__, lambda _: 0.0)
        inputs = filled(_first_entries(stage.columns), left.__getitem__, lambda _: 0.0)
        records = tuple(record for record in (opening, inputs, stage.terms) if record is not None)
        found = _kept(stage.function, records)
        left[stage.name] = found.returned
        yield stage.name, found.program


def _first_entries(columns: Any) -> Any:
    """The record of the first place; rows of other stages stay what they are."""
    if not isinstance(columns, tuple):
        return columns[0] if isinstance(columns, list) else columns
    return rebuild(columns, [leaf if isinstance(leaf, RowOf) else leaf[0] for leaf in flatten(columns).values()])


_KEPT: dict[Any, Traced] = {}
_MOST_KEPT = 256


def _kept(function: Callable[..., Any], records: tuple[Any, ...]) -> Traced:
    """The trace of a function on records of this structure: made once for a shape."""
    bound = (function.func, function.args) if isinstance(function, partial) else (function, ())
    if getattr(bound[0], "__closure__", None) is not None or getattr(function, "keywords", None):
        return traced(function, *records)
    key = (
        bound,
        tuple(tuple(flatten(record, name)) for name, record in zip(parameters(function), records, strict=True)),
    )
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = traced(function, *records)
    return _KEPT[key]
