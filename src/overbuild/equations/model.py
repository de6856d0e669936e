"""A model: stages on one axis of places, what each is given, and what it reports. It knows no finance.

A *stage* is a traced function with the numbers it runs on. One with `columns` is run place by place from its opening,
`function(shape, state, inputs, terms)`; one without is run once, `function(shape, opening, terms)`. What a stage takes from an
earlier one is data: `Left` is what that stage leaves, `RowOf` the whole row of one of its lines. So whoever runs,
traces, compiles or explains a model needs nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
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


@lru_cache(maxsize=256)
def _parameters_of(function: Callable[..., Any]) -> list[str]:
    return parameters(function)


class Stage(NamedTuple):
    """A traced function with what it is given, and the first place of the axis where it stands.

    `shape` is everything static; None for a function that has nothing of the kind. `opening` is the record that the
    function is first given, `Left` of an earlier stage, or a record of `RowOf`s; None where the function takes terms
    alone. Leaves of `columns` are lists with one entry a place, or `RowOf`s.
    """

    name: str
    function: Callable[..., Any]
    shape: Any
    terms: Any
    opening: Any = None
    columns: Any = None
    first: int = 0

    @property
    def formula(self) -> Callable[..., Any]:
        """The function with its shape bound: what is run and traced."""
        return self.function if self.shape is None else partial(self.function, self.shape)

    @property
    def parameters(self) -> list[str]:
        """Names of what the formula takes, in order: what it opens with, its series, its terms, as far as it has them."""
        names = _parameters_of(self.function)
        return names if self.shape is None else names[1:]


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
    """One place's record of a record of columns; rows of other stages stay what they are.

    >>> entry(([1.0, 2.0], [3.0, 4.0]), 1), entry([5.0, 6.0], 0)
    ((2.0, 4.0), 5.0)
    """
    entries = [leaf if isinstance(leaf, RowOf) else leaf[place] for leaf in flatten(columns).values()]
    return rebuild(columns, entries)


def filled(record: Any, left: Callable[[str], Any], row: Callable[[RowOf], Any]) -> Any:
    """A record with what it takes from earlier stages filled in.

    >>> filled((RowOf("operation", "cfads"), 4.0), lambda stage: None, lambda row: [1.0, 2.0])
    ([1.0, 2.0], 4.0)
    """
    if record is None:
        return None
    if isinstance(record, Left):
        return left(record.stage)
    return rebuild(record, [row(leaf) if isinstance(leaf, RowOf) else leaf for leaf in flatten(record).values()])


def programs_of(model: Model) -> dict[str, Program]:
    """The program of each stage by name. Traces are kept by shape: a second model of one shape is not traced again.

    >>> from overbuild.equations.line import line
    >>> grown = Stage("debt", lambda state, paid, rate: line("owed", state * (1.0 + rate) - paid), None, 0.5, 9.0, [2.0])
    >>> list(programs_of(Model((grown,)))["debt"].lines)
    ['owed']
    """
    return dict(_programs(model))


def _programs(model: Model) -> Iterator[tuple[str, Program]]:
    left: dict[str, Any] = {}
    for stage in model.stages:
        inputs = None if stage.columns is None else entry(stage.columns, 0)
        given = [filled(record, left.__getitem__, lambda _: 0.0) for record in (stage.opening, inputs, stage.terms)]
        found = _kept(stage, [record for record in given if record is not None])
        left[stage.name] = found.returned
        yield stage.name, found.program


_KEPT: dict[Any, Traced] = {}
_MOST_KEPT = 256


def _kept(stage: Stage, records: list[Any]) -> Traced:
    """The trace of a stage on records of this structure: made once for a shape."""
    if getattr(stage.function, "__closure__", None) is not None:
        return traced(stage.formula, *records)
    structure = tuple(tuple(flatten(record, name)) for name, record in zip(stage.parameters, records, strict=True))
    key = (stage.function, stage.shape, structure)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = traced(stage.formula, *records)
    return _KEPT[key]
