"""The run of a model's stages on floats or arrays, by compiled programs where a shape comes again.

What comes out is what `run_model` gives, to the last bit. Compiling takes as long as some runs: the first run of a shape
is that of the function.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from typing import Any

from overbuild.equations import flatten, rebuild
from overbuild.equations.compiled import Compiled, Given, compiled
from overbuild.equations.model import Model, RowOf, Stage, filled, programs_of
from overbuild.timeline.run import ModelRun, Run, rows_taken, run_periods, run_stage_once

_KEPT: dict[Any, Compiled | None] = {}
"""Compiled stages by function, shape, paths of what they are given and lines kept; None after the first run."""
_MOST_KEPT = 256

_PLAIN = {float, int}


def run_compiled(model: Model, names: Collection[str] | None = None) -> ModelRun:
    """Run the stages of a model in their order, on floats or on arrays over scenarios; as `run_model`.

    All lines are kept, or those of `names` and those that later stages take; with `names` a stage that is run over
    periods leaves no state, and nothing is computed that those lines do not need.

    >>> from overbuild.equations import line
    >>> debt = Stage("debt", lambda state, paid, rate: line("owed", state * (1.0 + rate) - paid), None, 0.5, 100.0, [20.0, 30.0])
    >>> run_compiled(Model((debt,)))
    ModelRun(rows={'debt': {'owed': [130.0, 165.0]}}, left={'debt': 165.0})
    """
    wanted = None if names is None else frozenset({*names, *rows_taken(model)})
    rows: dict[str, dict[str, list[Any]]] = {}
    left: dict[str, Any] = {}

    def row(of: RowOf) -> Any:
        return rows[of.stage][of.line]

    for stage in model.stages:
        opening = filled(stage.opening, left.__getitem__, row)
        if stage.columns is None:
            ran = run_stage_once(stage, opening, wanted)
        else:
            ran = _run_periods(model, stage, opening, filled(stage.columns, left.__getitem__, row), wanted)
        left[stage.name], rows[stage.name] = ran.final, ran.rows
    return ModelRun(rows, left)


def _run_periods(model: Model, stage: Stage, opening: Any, columns: Any, wanted: frozenset[str] | None) -> Run[Any]:
    before, series, terms = flatten(opening), flatten(columns), flatten(stage.terms)
    given = Given(list(before.values()), list(series.values()), list(terms.values()))
    names = stage.parameters
    varying = frozenset(
        (
            *(_path(names[0], path) for path, one in before.items() if type(one) not in _PLAIN),
            *(_path(names[1], path) for path, row in series.items() if not set(map(type, row)) <= _PLAIN),
            *(_path(names[2], path) for path, one in terms.items() if type(one) not in _PLAIN),
        )
    )
    form = _form(model, stage, (tuple(before), tuple(series), tuple(terms)), wanted, varying)
    if form is None:
        ran = run_periods(stage.formula, opening, columns, stage.terms, wanted)
        return ran if wanted is None else ran._replace(final=None)
    with _strict(bool(varying)):
        found = form.run(given)
    final = None if wanted is not None else rebuild(opening, [found.final[path or "result"] for path in before])
    return Run(final, found.rows)


def _path(parameter: str, path: str) -> str:
    return f"{parameter}.{path}" if path else parameter


def _strict(on_arrays: bool) -> Any:
    """NumPy raises on a division by zero and a lost number, as in a run of the formula."""
    if not on_arrays:
        return nullcontext()
    import numpy as np

    return np.errstate(divide="raise", invalid="raise", over="raise")


def _form(
    model: Model,
    stage: Stage,
    paths: tuple[tuple[str, ...], ...],
    wanted: frozenset[str] | None,
    varying: frozenset[str],
) -> Compiled | None:
    """The compiled stage, on floats from the second run of its shape and paths on; a function made on the spot never."""
    if getattr(stage.function, "__closure__", None) is not None:
        return None
    key = (stage.function, stage.shape, paths, wanted, varying)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = None
        if not varying:
            return None
    form = _KEPT[key]
    if form is None:
        program = programs_of(model)[stage.name]
        form = _KEPT[key] = compiled(program, stage.parameters, wanted, final=wanted is None, varying=varying)
    return form
