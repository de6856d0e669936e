"""The run of a model's stages on floats or arrays, by compiled programs where a shape comes again.

What comes out is what `run_model` gives, to the last bit, on arrays up to the sign of a zero; there an entry that is the same
in all scenarios may come as a float. Compiling takes as long as some runs: the first run of a shape on floats is that of
the function.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import nullcontext
from typing import Any, NamedTuple

from overbuild.equations import flatten, rebuild
from overbuild.equations.compiled import Compiled, Given, Ran, compiled, steps_needed
from overbuild.equations.model import Left, Model, RowOf, Stage, filled, programs_of
from overbuild.equations.records import taken
from overbuild.timeline.run import ModelRun, Run, run_model, run_periods, run_stage_once

Wanted = frozenset[str] | None

_KEPT: dict[Any, Compiled | None] = {}
"""Compiled stages by function, shape, paths of what they are given, lines kept, sort of numbers; None after one run."""
_WANTED: dict[Any, dict[str, frozenset[str]]] = {}
_MOST_KEPT = 256

_PLAIN = {float, int}
_ABSENT = "(absent)"


def run_compiled(model: Model, names: Collection[str] | None = None) -> ModelRun:
    """Run the stages of a model in their order, on floats or on arrays over scenarios; as `run_model`.

    All lines are kept. With `names` those alone are, and what they need of earlier stages; then no stage leaves
    anything, and nothing is computed that those lines do not need.

    >>> from overbuild.equations import line
    >>> debt = Stage("debt", lambda state, paid, rate: line("owed", state * (1.0 + rate) - paid), None, 0.5, 100.0, [20.0, 30.0])
    >>> run_compiled(Model((debt,)))
    ModelRun(rows={'debt': {'owed': [130.0, 165.0]}}, left={'debt': 165.0})
    """
    if any(getattr(stage.function, "__closure__", None) is not None for stage in model.stages):
        return run_model(model, names)
    wanted: dict[str, Wanted] = dict.fromkeys((stage.name for stage in model.stages), None)
    if names is not None:
        wanted = {**_wanted_once(model, frozenset(names))}
    rows: dict[str, dict[str, list[Any]]] = {}
    left: dict[str, Any] = {}

    def row(of: RowOf) -> list[Any]:
        return rows[of.stage].get(of.line, [])

    for stage in model.stages:
        lines = wanted[stage.name]
        opening = left[stage.opening.stage] if isinstance(stage.opening, Left) else stage.opening
        run = _run_once if stage.columns is None else _run_periods
        ran = run(model, stage, opening, row, lines)
        left[stage.name], rows[stage.name] = ran.final, ran.rows
    return ModelRun(rows, left)


def _wanted_once(model: Model, names: frozenset[str]) -> dict[str, frozenset[str]]:
    """`wanted_of`, found once for stages of these shapes that take these rows of each other."""
    if len(model.stages) == 1:
        return {model.stages[0].name: names}
    key = names, tuple((stage.name, stage.function, stage.shape, _rows_taken(stage)) for stage in model.stages)
    if key not in _WANTED:
        if len(_WANTED) >= _MOST_KEPT:
            _WANTED.pop(next(iter(_WANTED)))
        _WANTED[key] = wanted_of(model, names)
    return _WANTED[key]


def _rows_taken(stage: Stage) -> tuple[Any, ...]:
    """The form of what a stage takes of others, and the rows in their order."""
    records = [taken(one) for one in (stage.opening, stage.columns) if not isinstance(one, Left)]
    rows = [leaf for one in records for leaf in one.leaves if isinstance(leaf, RowOf)]
    return (*(one.form for one in records), *rows) if rows else ()


def wanted_of(model: Model, names: Collection[str]) -> dict[str, frozenset[str]]:
    """By stage the lines that are asked for, and those that they need of earlier stages.

    >>> from overbuild.equations import line, row_sum
    >>> def dues(state, paid):
    ...     line("fee", paid)
    ...     return line("due", state)
    >>> def totals(rows):
    ...     return line("owed", row_sum(rows[0])), line("fees", row_sum(rows[1]))
    >>> debt = Stage("debt", dues, None, None, 0.0, [20.0])
    >>> sums = Stage("sums", totals, None, None, (RowOf("debt", "due"), RowOf("debt", "fee")))
    >>> {name: sorted(lines) for name, lines in wanted_of(Model((debt, sums)), ["fees"]).items()}
    {'debt': ['fee'], 'sums': ['fees']}
    """
    programs = programs_of(model)
    wanted = {name: {one for one in names if one in program.lines} for name, program in programs.items()}
    for stage in reversed(model.stages):
        program, parameters = programs[stage.name], stage.parameters
        if any(isinstance(one, Left) for one in (stage.opening, stage.columns)):
            raise ValueError(f"stage {stage.name} takes what another leaves: run all lines")
        needed = steps_needed(program, parameters[0], [program.lines[name] for name in wanted[stage.name]])
        for parameter, record in zip(parameters, (stage.opening, stage.columns), strict=False):
            for path, leaf in flatten(record, parameter).items():
                if isinstance(leaf, RowOf) and program.inputs[path] in needed:
                    wanted[leaf.stage].add(leaf.line)
    return {name: frozenset(lines) for name, lines in wanted.items()}


Row = Callable[[RowOf], list[Any]]


class _Parts(NamedTuple):
    """State, series and terms of a stage: their names, their records, or the forms of these."""

    state: Any
    series: Any
    terms: Any


class _Task(NamedTuple):
    """A stage to be run: names of its state, series and terms, the forms of their records, and their leaves."""

    stage: Stage
    parameters: _Parts
    forms: _Parts
    given: Given
    wanted: Wanted
    mixed: bool

    @property
    def key(self) -> Any:
        """What a compiled stage is kept by."""
        return self.stage.function, self.stage.shape, self.forms, self.wanted, self.mixed


def _task(stage: Stage, names: _Parts, records: _Parts, row: Row, wanted: Wanted) -> _Task:
    """A stage with the leaves of its state, series and terms; rows of other stages filled in."""
    state, series, terms = (taken(one) for one in records)
    columns = [row(leaf) if isinstance(leaf, RowOf) else leaf for leaf in series.leaves]
    given = Given(state.leaves, columns, terms.leaves)
    return _Task(stage, names, _Parts(state.form, series.form, terms.form), given, wanted, not _are_plain(given))


def _run_once(model: Model, stage: Stage, opening: Any, row: Row, wanted: Wanted) -> Run[Any]:
    """A stage that is not run over periods; with lines wanted, as one period that has no state."""
    if wanted is None:
        return run_stage_once(stage, filled(opening, _nothing_left, row))
    if not wanted:
        return Run(None, {})
    names = stage.parameters
    has = _Parts(_ABSENT, _ABSENT if opening is None else names[0], _ABSENT if stage.terms is None else names[-1])
    task = _task(stage, has, _Parts(None, opening, stage.terms), row, wanted)
    task = task._replace(given=task.given._replace(columns=[[one] for one in task.given.columns]))
    return Run(None, _run(_form(model, task), task).rows)


def _run_periods(model: Model, stage: Stage, opening: Any, row: Row, wanted: Wanted) -> Run[Any]:
    if any(isinstance(leaf, RowOf) for leaf in taken(opening).leaves):
        opening = filled(opening, _nothing_left, row)
    task = _task(stage, _Parts(*stage.parameters), _Parts(opening, stage.columns, stage.terms), row, wanted)
    length = max((len(one) for one in task.given.columns), default=0)
    columns = [one if len(one) or not length else [0.0] * length for one in task.given.columns]
    task = task._replace(given=task.given._replace(columns=columns))
    if not task.mixed and _is_first(task):
        ran = run_periods(stage.formula, opening, rebuild(stage.columns, columns), stage.terms, wanted)
        return ran if wanted is None else ran._replace(final=None)
    found = _run(_form(model, task), task)
    if wanted is not None:
        return Run(None, found.rows)
    return Run(rebuild(opening, [found.final[path or "result"] for path in flatten(opening)]), found.rows)


def _nothing_left(stage: str) -> Any:
    raise KeyError(stage)


def _is_first(task: _Task) -> bool:
    """Whether a stage of this shape is run on floats for the first time: compiling takes longer."""
    if task.key in _KEPT:
        return False
    _keep(task.key, None)
    return True


def _form(model: Model, task: _Task) -> Compiled:
    """The compiled stage, made once for a shape."""
    form = _KEPT.get(task.key)
    if form is None:
        program = programs_of(model)[task.stage.name]
        form = compiled(program, task.parameters, task.wanted, final=task.wanted is None, mixed=task.mixed)
        _keep(task.key, form)
    return form


def _keep(key: Any, form: Compiled | None) -> None:
    if key not in _KEPT and len(_KEPT) >= _MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))
    _KEPT[key] = form


def _run(form: Compiled, task: _Task) -> Ran:
    with _strict(task.mixed):
        return form.run(_agreed(task.given) if task.mixed else task.given)


def _are_plain(given: Given) -> bool:
    """Whether all numbers are floats, those in rows of other stages too."""
    leaves = {*map(type, given.opening), *map(type, given.terms)}
    return leaves <= _PLAIN and all(set(map(type, row)) <= _PLAIN for row in given.columns)


def _agreed(given: Given) -> Given:
    """The same with floats for terms and opening amounts that are the same in all scenarios."""
    from overbuild.equations.scenarios.mixed import alike

    return Given([alike(one) for one in given.opening], given.columns, [alike(one) for one in given.terms])


def _strict(mixed: bool) -> Any:
    """NumPy raises on a division by zero and a lost number, as in a run of the formula."""
    if not mixed:
        return nullcontext()
    import numpy as np

    return np.errstate(divide="raise", invalid="raise", over="raise")
