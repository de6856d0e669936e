"""The one loop over periods, and the run of a model's stages by it: the only code that knows time as an axis."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext
from typing import Any, Generic, NamedTuple, TypeVar

from overbuild.equations import Program, collecting, flatten, number, rebuild
from overbuild.equations.model import Left, Model, RowOf, Stage, filled, programs_of
from overbuild.errors import InputError

State = TypeVar("State")
Inputs = TypeVar("Inputs")
Terms = TypeVar("Terms")


class Run(NamedTuple, Generic[State]):
    """What a run leaves: the state after the last period, and each named line with one entry a period.

    On arrays an entry is a number (the same in all scenarios) or an array over scenarios.
    """

    final: State
    rows: dict[str, list[Any]]


def run_periods(
    period: Callable[[State, Inputs, Terms], State],
    state: State,
    columns: Inputs,
    terms: Terms,
    names: Collection[str] | None = None,
) -> Run[State]:
    """Run a period function over the columns of its inputs, from the opening state to the last period.

    Each leaf of `columns` is a list (or an array, time first) with one entry a period: floats, or arrays over
    scenarios. All lines are
    kept, or those of `names`. On arrays NumPy raises FloatingPointError on a division by zero or a lost number.
    Raises InputError (`length_mismatch`) when columns differ in length.

    >>> from overbuild.equations import line
    >>> run_periods(lambda debt, paid, rate: line("debt", debt * (1.0 + rate) - paid), 100.0, [20.0, 30.0], 0.5)
    Run(final=165.0, rows={'debt': [130.0, 165.0]})
    """
    bare = not hasattr(columns, "_fields")
    leaves: list[Any] = [columns] if bare else list(flatten(columns).values())
    lengths = {len(leaf) for leaf in leaves}
    if len(lengths) != 1:
        paths = {path: len(leaf) for path, leaf in flatten(columns).items()}
        raise InputError("length_mismatch", "inputs", paths, "each series needs one number a period")
    with collecting(names) as rows, _strict(leaves, state, terms):
        for entries in zip(*leaves, strict=True):
            state = period(state, entries[0] if bare else rebuild(columns, entries), terms)
    return Run(state, rows)


class ModelRun(NamedTuple):
    """What a run of a model leaves: by stage each named line with one entry a place, and what the stage hands on."""

    rows: dict[str, dict[str, list[Any]]]
    left: dict[str, Any]


def run_model(model: Model, names: Collection[str] | None = None) -> ModelRun:
    """Run the stages of a model in their order, on floats or on arrays over scenarios.

    All lines are kept, or those of `names` and those that later stages take. Raises as `run_periods`.

    >>> from overbuild.equations import line
    >>> debt = Stage("debt", lambda state, paid, rate: line("owed", state * (1.0 + rate) - paid), None, 0.5, 100.0, [20.0, 30.0])
    >>> most = Stage("most", lambda rows: line("sum", rows[0][0] + rows[0][1]), None, None, (RowOf("debt", "owed"),))
    >>> run_model(Model((debt, most))).rows
    {'debt': {'owed': [130.0, 165.0]}, 'most': {'sum': [295.0]}}
    """
    wanted = None if names is None else {*names, *rows_taken(model)}
    rows: dict[str, dict[str, list[Any]]] = {}
    left: dict[str, Any] = {}

    def row(of: RowOf) -> Any:
        return rows[of.stage][of.line]

    for stage in model.stages:
        opening = filled(stage.opening, left.__getitem__, row)
        if stage.columns is None:
            left[stage.name], rows[stage.name] = run_stage_once(stage, opening, wanted)
        else:
            columns = filled(stage.columns, left.__getitem__, row)
            left[stage.name], rows[stage.name] = run_periods(stage.formula, opening, columns, stage.terms, wanted)
    return ModelRun(rows, left)


def run_stage_once(stage: Stage, opening: Any, names: Collection[str] | None = None) -> Run[Any]:
    """A stage that is not run over periods: what it returns, and its lines with one entry each.

    >>> from overbuild.equations import line
    >>> run_stage_once(Stage("most", lambda rows: line("sum", rows[0]), None, None), (5.0,))
    Run(final=5.0, rows={'sum': [5.0]})
    """
    with collecting(names) as rows:
        returned = stage.formula(*(record for record in (opening, stage.terms) if record is not None))
    return Run(returned, rows)


def rows_taken(model: Model) -> set[str]:
    """Lines whose whole rows a later stage takes.

    >>> rows_taken(Model((Stage("most", sum, None, None, (RowOf("debt", "owed"),)),)))
    {'owed'}
    """
    leaves = [
        leaf
        for stage in model.stages
        for record in (stage.opening, stage.columns)
        if isinstance(record, tuple)
        for leaf in flatten(record).values()
    ]
    return {leaf.line for leaf in leaves if isinstance(leaf, RowOf)}


class Evaluated(NamedTuple):
    """A stage with its program and the value of every step at each of its places."""

    stage: Stage
    program: Program
    steps: list[list[Any]]

    @property
    def name(self) -> str:
        """Name of the stage."""
        return self.stage.name

    @property
    def first(self) -> int:
        """Its first place."""
        return self.stage.first

    @property
    def last(self) -> int:
        """Its last place."""
        return self.stage.first + len(self.steps) - 1

    def value(self, line: str, place: int = 0) -> float:
        """The value of a line at a place counted from the first."""
        return number(self.steps[place][self.program.lines[line]])

    def row(self, line: str) -> list[Any]:
        """The whole row of a line."""
        return [steps[self.program.lines[line]] for steps in self.steps]


def evaluate(model: Model) -> dict[str, Evaluated]:
    """Every step of every stage's program at every place: what `why` and the workbook show.

    >>> from overbuild.equations import line
    >>> debt = Stage("debt", lambda state, paid, rate: line("owed", state * (1.0 + rate) - paid), None, 0.5, 100.0, [20.0, 30.0])
    >>> evaluate(Model((debt,)))["debt"].row("owed")
    [130.0, 165.0]
    """
    found: dict[str, Evaluated] = {}
    for name, program in programs_of(model).items():
        stage = model.stage(name)
        found[name] = Evaluated(stage, program, list(_steps(stage, program, found)))
    return found


def _steps(stage: Stage, program: Program, before: dict[str, Evaluated]) -> Iterator[list[Any]]:
    names = stage.parameters
    terms = {} if stage.terms is None else flatten(stage.terms, names[-1])

    def row(of: RowOf) -> list[Any]:
        return before[of.stage].row(of.line)

    opening: dict[str, Any] = {}
    if isinstance(stage.opening, Left):
        source = before[stage.opening.stage]
        opening = {_path(names[0], path): source.steps[-1][at] for path, at in source.program.results.items()}
    elif stage.opening is not None:
        opening = flatten(filled(stage.opening, before.__getitem__, row), names[0])
    if stage.columns is None:
        yield program.run({**opening, **terms})
        return
    columns = flatten(filled(stage.columns, before.__getitem__, row), names[1])
    for entries in zip(*columns.values(), strict=True):
        steps = program.run({**opening, **dict(zip(columns, entries, strict=True)), **terms})
        yield steps
        opening = {_path(names[0], path): steps[at] for path, at in program.results.items()}


def _path(name: str, path: str) -> str:
    """Path of a leaf of a record under the name of a parameter; a bare number's path is the name."""
    return name if path == "result" else f"{name}.{path}"


def stacked(row: list[Any], scenarios: int) -> Any:
    """A collected row as an array (period, scenario)."""
    import numpy as np

    return np.stack([np.broadcast_to(np.asarray(entry, dtype=float), (scenarios,)) for entry in row])


def _strict(leaves: list[Any], *records: Any) -> Any:
    numbers = [leaf[0] for leaf in leaves if len(leaf)] + [n for record in records for n in flatten(record).values()]
    if all(isinstance(number, float | int) for number in numbers):
        return nullcontext()
    import numpy as np

    return np.errstate(divide="raise", invalid="raise", over="raise")
