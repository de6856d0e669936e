"""Scenarios on NumPy, as a kernel runs them: the reference, and the way where machine code is refused.

What is bound and what is wanted is said as to a kernel (`overbuild.equations.kernel`); what comes out is the same to
1e-9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overbuild.equations import flatten, rebuild, row_dot, row_first, row_min, row_sum
from overbuild.equations.kernel import Binding, DrawnInside, Fold, Lane, LaneColumn, Scenarios, Wanted
from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.stress.worlds.draws import CONSTANT, Row, normals, scenario_ids, uniforms
from overbuild.timeline.compiled_run import run_compiled
from overbuild.timeline.run import stacked

Scale = tuple[Any, Any]
"""Base and slope of a scaled leaf."""

_FOLDS = {"row_sum": row_sum, "row_dot": row_dot, "row_min": row_min, "row_first": row_first}


def arrays_of(
    model: Model,
    wanted: Sequence[Wanted],
    bindings: Mapping[str, Binding],
    scenarios: Scenarios,
    scales: Mapping[str, Scale] | None = None,
) -> dict[Wanted, Row]:
    """What is wanted of scenarios: an array (size,) of a number, (places, count) of a row.

    Raises FloatingPointError where a number is lost.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> from overbuild.site.model import model_of
    >>> from overbuild.equations.kernel import Scaled
    >>> lanes = np.array([[1.0, 0.5]])
    >>> bound = {"site.terms.contracts.lab.price.value": Scaled(0)}
    >>> found = arrays_of(model_of(PLAN, SIZING), ["results.min_dscr"], bound, Scenarios(2, lanes))
    >>> found["results.min_dscr"].round(2)
    array([1.61, 0.57])
    """
    given = _Given(bindings, scenarios, scales or {})
    moved = model._replace(stages=tuple(given.stage(stage) for stage in model.stages))
    names = {name for one in wanted for name in _lines_of(one)}
    rows = run_compiled(moved, names).rows
    return {one: _of(one, rows, scenarios.size) for one in wanted}


def _lines_of(one: Wanted) -> Iterator[str]:
    if isinstance(one, RowOf):
        yield one.line
    elif isinstance(one, Fold):
        yield from one.lines
    else:
        yield one.partition(".")[2]


def _of(one: Wanted, rows: Mapping[str, Mapping[str, list[Any]]], count: int) -> Row:
    if isinstance(one, RowOf):
        return stacked(rows[one.stage][one.line], count)
    if isinstance(one, Fold):
        found = _FOLDS[one.operation](*(rows[one.stage][name] for name in one.lines))
    else:
        stage, _, name = one.partition(".")
        found = rows[stage][name][0]
    return np.array(np.broadcast_to(np.asarray(found, dtype=float), (count,)))


class _Given:
    """The numbers that scenarios give to leaves."""

    def __init__(self, bindings: Mapping[str, Binding], scenarios: Scenarios, scales: Mapping[str, Scale]) -> None:
        self.bindings, self.scenarios, self.scales = bindings, scenarios, scales
        self.ids: NDArray[np.uint64] = scenario_ids(scenarios.first, scenarios.size)

    def stage(self, stage: Stage) -> Stage:
        records = [name for name in ("opening", "columns", "terms") if getattr(stage, name) is not None]
        for field, parameter in zip(records, stage.parameters, strict=True):
            record = getattr(stage, field)
            if isinstance(record, Left):
                continue
            leaves = flatten(record, parameter)
            bound = {path for path in leaves if f"{stage.name}.{path}" in self.bindings}
            if bound:
                made = [
                    self._leaf(f"{stage.name}.{path}", one, series=field == "columns") if path in bound else one
                    for path, one in leaves.items()
                ]
                stage = stage._replace(**{field: rebuild(record, made)})
        return stage

    def _leaf(self, key: str, own: Any, *, series: bool) -> Any:
        if not series:
            return self._number(key, own, CONSTANT)
        return [self._number(key, one, place) for place, one in enumerate(own)]

    def _number(self, key: str, own: Any, place: int) -> Any:
        binding = self.bindings[key]
        if isinstance(binding, DrawnInside):
            draw = uniforms if binding.uniform else normals
            return draw(self.scenarios.seed, binding.driver, self.ids, place)
        if isinstance(binding, LaneColumn):
            assert self.scenarios.columns is not None
            return self.scenarios.columns[binding.row][place]
        assert self.scenarios.lanes is not None
        lane = self.scenarios.lanes[binding.row]
        return lane if isinstance(binding, Lane) else self._scaled(key, own, place, lane)

    def _scaled(self, key: str, own: Any, place: int, lane: Row) -> Row:
        if key not in self.scales:
            return own * lane
        base, slope = (one if isinstance(one, int | float) else one[place] for one in self.scales[key])
        return base + slope * lane
