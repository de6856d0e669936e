"""The run of a model's stages on floats or arrays, by compiled programs where a shape comes again.

What comes out is what `run_model` gives, to the last bit, on arrays up to the sign of a zero; there an entry that is the same
in all scenarios may come as a float. Compiling takes as long as some runs: the first run of a shape on floats is that of
the function.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import nullcontext
from typing import Any, NamedTuple

from overbuild.equations import flatten, rebuild
from overbuild.equations.compiled import Compiled, Given, Ran, compiled, steps_needed
from overbuild.equations.model import Left, Model, RowOf, Stage, filled, programs_of
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
        opening = filled(stage.opening, left.__getitem__, row)
        if stage.columns is None:
            ran = _run_once(model, stage, opening, wanted[stage.name])
        else:
            columns = filled(stage.columns, left.__getitem__, row)
            ran = _run_periods(model, stage, opening, columns, wanted[stage.name])
        left[stage.name], rows[stage.name] = ran.final, ran.rows
    return ModelRun(rows, left)


def _wanted_once(model: Model, names: frozenset[str]) -> dict[str, frozenset[str]]:
    """`wanted_of`, found once for stages of these shapes that take these rows of each other."""
    if len(model.stages) == 1:
        return {model.stages[0].name: names}
    key = names, tuple((stage.name, stage.function, stage.shape, *_rows_taken(stage)) for stage in model.stages)
    if key not in _WANTED:
        if len(_WANTED) >= _MOST_KEPT:
            _WANTED.pop(next(iter(_WANTED)))
        _WANTED[key] = wanted_of(model, names)
    return _WANTED[key]


def _rows_taken(stage: Stage) -> Iterator[tuple[str, RowOf]]:
    for record in (stage.opening, stage.columns):
        if isinstance(record, tuple):
            yield from ((path, leaf) for path, leaf in flatten(record).items() if isinstance(leaf, RowOf))


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


class _Task(NamedTuple):
    """A stage to be run: names of its state, series and terms, the paths of their leaves, and the leaves."""

    stage: Stage
    parameters: tuple[str, str, str]
    paths: tuple[tuple[str, ...], ...]
    given: Given
    wanted: Wanted


def _run_once(model: Model, stage: Stage, opening: Any, wanted: Wanted) -> Run[Any]:
    """A stage that is not run over periods; with lines wanted, as one period that has no state."""
    if wanted is None:
        return run_stage_once(stage, opening)
    rows, terms, names = flatten(opening), flatten(stage.terms), stage.parameters
    parameters = (_ABSENT, names[0] if rows else _ABSENT, names[-1] if terms else _ABSENT)
    given = Given((), [[row] for row in rows.values()], list(terms.values()))
    task = _Task(stage, parameters, ((), tuple(rows), tuple(terms)), given, wanted)
    mixed = not _are_plain(given)
    return Run(None, _run(_form(model, task, mixed=mixed), given, mixed=mixed).rows)


def _run_periods(model: Model, stage: Stage, opening: Any, columns: Any, wanted: Wanted) -> Run[Any]:
    before, series, terms = flatten(opening), flatten(columns), flatten(stage.terms)
    length = max((len(row) for row in series.values()), default=0)
    filled_series = [row if len(row) or not length else [0.0] * length for row in series.values()]
    given = Given(list(before.values()), filled_series, list(terms.values()))
    state, inputs, constants = stage.parameters
    paths = (tuple(before), tuple(series), tuple(terms))
    task = _Task(stage, (state, inputs, constants), paths, given, wanted)
    mixed = not _are_plain(given)
    if not mixed and _is_first(task):
        ran = run_periods(stage.formula, opening, rebuild(columns, filled_series), stage.terms, wanted)
        return ran if wanted is None else ran._replace(final=None)
    found = _run(_form(model, task, mixed=mixed), given, mixed=mixed)
    final = None if wanted is not None else rebuild(opening, [found.final[path or "result"] for path in before])
    return Run(final, found.rows)


def _is_first(task: _Task) -> bool:
    """Whether a stage of this shape is run on floats for the first time: compiling takes longer."""
    key = _key(task, mixed=False)
    if key in _KEPT:
        return False
    _keep(key, None)
    return True


def _form(model: Model, task: _Task, *, mixed: bool) -> Compiled:
    """The compiled stage, made once for a shape."""
    key = _key(task, mixed=mixed)
    form = _KEPT.get(key)
    if form is None:
        program = programs_of(model)[task.stage.name]
        form = compiled(program, task.parameters, task.wanted, final=task.wanted is None, mixed=mixed)
        _keep(key, form)
    return form


def _key(task: _Task, *, mixed: bool) -> Any:
    return task.stage.function, task.stage.shape, task.paths, task.wanted, mixed


def _keep(key: Any, form: Compiled | None) -> None:
    if key not in _KEPT and len(_KEPT) >= _MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))
    _KEPT[key] = form


def _run(form: Compiled, given: Given, *, mixed: bool) -> Ran:
    with _strict(mixed):
        return form.run(_agreed(given) if mixed else given)


def _are_plain(given: Given) -> bool:
    """Whether all numbers are floats, those in rows of other stages too."""
    leaves = [*given.opening, *given.terms]
    return {type(one) for one in leaves} <= _PLAIN and all(_is_plain_row(row) for row in given.columns)


def _is_plain_row(row: Any) -> bool:
    kinds = {type(entry) for entry in row}
    return kinds <= _PLAIN or (kinds == {list} and all({type(one) for one in entry} <= _PLAIN for entry in row))


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
