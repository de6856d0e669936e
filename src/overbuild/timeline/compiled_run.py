"""The run of a model's stages on floats by compiled programs: what `run_model` gives, to the last bit, in less time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from overbuild.equations import Program, flatten, rebuild
from overbuild.equations.compiled import Compiled, Given, compiled
from overbuild.equations.model import Model, RowOf, Stage, filled, programs_of
from overbuild.timeline.run import ModelRun, Run, rows_taken, run_stage_once


class _Kept(NamedTuple):
    """A program with its compiled forms, by the lines that they keep."""

    program: Program
    forms: dict[Any, Compiled]


_KEPT: dict[int, _Kept] = {}
_MOST_KEPT = 64


def run_compiled(model: Model, names: Collection[str] | None = None) -> ModelRun:
    """Run the stages of a model in their order, on floats; as `run_model`, which also takes arrays.

    All lines are kept, or those of `names` and those that later stages take; then nothing else is computed, and a stage
    that is run over periods leaves no state.

    >>> from overbuild.equations import line
    >>> debt = Stage("debt", lambda state, paid, rate: line("owed", state * (1.0 + rate) - paid), None, 0.5, 100.0, [20.0, 30.0])
    >>> run_compiled(Model((debt,)))
    ModelRun(rows={'debt': {'owed': [130.0, 165.0]}}, left={'debt': 165.0})
    """
    wanted = None if names is None else frozenset({*names, *rows_taken(model)})
    programs = programs_of(model)
    rows: dict[str, dict[str, list[Any]]] = {}
    left: dict[str, Any] = {}

    def row(of: RowOf) -> Any:
        return rows[of.stage][of.line]

    for stage in model.stages:
        opening = filled(stage.opening, left.__getitem__, row)
        if stage.columns is None:
            ran = run_stage_once(stage, opening, wanted)
        else:
            ran = _run_periods(
                stage, opening, filled(stage.columns, left.__getitem__, row), programs[stage.name], wanted
            )
        left[stage.name], rows[stage.name] = ran.final, ran.rows
    return ModelRun(rows, left)


def _run_periods(stage: Stage, opening: Any, columns: Any, program: Program, wanted: frozenset[str] | None) -> Run[Any]:
    form = _form(stage, program, wanted)
    before = flatten(opening)
    given = Given(list(before.values()), list(flatten(columns).values()), list(flatten(stage.terms).values()))
    ran = form.run(given)
    final = None if wanted is not None else rebuild(opening, [ran.final[path or "result"] for path in before])
    return Run(final, ran.rows)


def _form(stage: Stage, program: Program, wanted: frozenset[str] | None) -> Compiled:
    kept = _KEPT.get(id(program))
    if kept is None or kept.program is not program:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        kept = _KEPT[id(program)] = _Kept(program, {})
    if wanted not in kept.forms:
        kept.forms[wanted] = compiled(program, stage.parameters, wanted, final=wanted is None)
    return kept.forms[wanted]
