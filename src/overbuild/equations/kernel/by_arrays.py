"""The same run on NumPy arrays, where machine code is refused or llvmlite is not installed: slower, the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.compiled import Compiled, Given, compiled
from overbuild.equations.kernel.bindings import Binding, Fold, Lane, LaneColumn, Scaled, Wanted
from overbuild.equations.kernel.draws import drawn_in_arrays
from overbuild.equations.kernel.weave import leaves_of
from overbuild.equations.model import Left, Model, RowOf, Stage, programs_of
from overbuild.equations.operations import apply

BLOCK = 2000
"""Scenarios whose arrays stay near the processor."""


class Drawing(NamedTuple):
    """What drawn numbers depend on: the numbers of the scenarios, the seed, and the factor of those that are correlated."""

    scenarios: NDArray[np.uint64]
    seed: int
    together: tuple[int, ...]
    factor: Sequence[Sequence[float]]

    def at(self, driver: int, place: int, *, uniform: bool) -> Any:
        """The numbers of a driver at a place."""
        if uniform or driver not in self.together:
            return drawn_in_arrays(self.scenarios, place, self.seed, driver, uniform=uniform)
        row = self.together.index(driver)
        alone = [
            self.factor[row][column] * drawn_in_arrays(self.scenarios, place, self.seed, one, uniform=False)
            for column, one in enumerate(self.together[: row + 1])
        ]
        return sum(alone[1:], alone[0])


class ScenarioArrays(NamedTuple):
    """Scenarios that are run together: their lanes, their lane columns, and what they draw from."""

    lanes: NDArray[np.float64]
    columns: NDArray[np.float64]
    drawing: Drawing


class ByArrays:
    """A model run stage by stage over arrays: all its lines that are wanted or taken."""

    def __init__(self, model: Model, wanted: Sequence[Wanted], bindings: Mapping[str, Binding]) -> None:
        self.wanted, self.bindings = tuple(wanted), bindings
        self.programs = programs_of(model)
        taken = [one for stage in model.stages for leaves in leaves_of(stage).values() for one in leaves.values()]
        self.kept = {one for one in (*wanted, *taken) if isinstance(one, RowOf)}
        self.kept |= {RowOf(one.stage, line) for one in wanted if isinstance(one, Fold) for line in one.lines}
        self.lefts = {one.opening.stage for one in model.stages if isinstance(one.opening, Left)}
        self.forms: dict[str, Compiled] = {}

    def run(self, model: Model, given: Mapping[str, Any], block: ScenarioArrays) -> dict[Wanted, Any]:
        """What is wanted of the scenarios of a block; `given` has the numbers and series of the case by key."""
        rows: dict[RowOf, Any] = {}
        left: dict[str, dict[str, Any]] = {}
        with np.errstate(all="ignore"):
            for stage in model.stages:
                taken = self._taken(stage, given, block, rows, left)
                if stage.columns is None:
                    self._once(stage, taken, rows, left)
                else:
                    self._over_places(stage, taken, rows, left)
            return {one: self._found(one, rows, len(block.drawing.scenarios)) for one in self.wanted}

    def _once(self, stage: Stage, taken: Mapping[str, Any], rows: dict[RowOf, Any], left: dict[str, Any]) -> None:
        program = self.programs[stage.name]
        made = program.run(taken)
        rows |= {RowOf(stage.name, line): made[place] for line, place in program.lines.items()}
        left[stage.name] = {path: made[place] for path, place in program.results.items()}

    def _over_places(
        self, stage: Stage, taken: Mapping[str, Any], rows: dict[RowOf, Any], left: dict[str, Any]
    ) -> None:
        form, names = self._form(stage, taken), stage.parameters
        parts = [[one for path, one in taken.items() if path.split(".")[0] == parameter] for parameter in names]
        ran = form.run(Given(*parts, *[[]] * (3 - len(parts))))
        rows |= {RowOf(stage.name, line): row for line, row in ran.rows.items()}
        left[stage.name] = ran.final

    def _form(self, stage: Stage, taken: Mapping[str, Any]) -> Compiled:
        if stage.name not in self.forms:
            lines = {one.line for one in self.kept if one.stage == stage.name}
            mixed = any(_varies(one) for one in taken.values())
            names = [*stage.parameters, *["terms"] * (3 - len(stage.parameters))]
            final = stage.name in self.lefts
            self.forms[stage.name] = compiled(self.programs[stage.name], names, lines, final=final, mixed=mixed)
        return self.forms[stage.name]

    def _taken(
        self,
        stage: Stage,
        given: Mapping[str, Any],
        block: ScenarioArrays,
        rows: Mapping[RowOf, Any],
        left: Mapping[str, Any],
    ) -> dict[str, Any]:
        """What the program takes by path: numbers, arrays over scenarios, or series of either."""
        found: dict[str, Any] = {}
        if isinstance(stage.opening, Left):
            name = stage.parameters[0]
            ends = left[stage.opening.stage]
            found |= {name if path == "result" else f"{name}.{path}": one for path, one in ends.items()}
        for leaves in leaves_of(stage).values():
            for path, leaf in leaves.items():
                row = isinstance(leaf, RowOf)
                found[path] = rows[leaf] if row else self._leaf(f"{stage.name}.{path}", stage, given, block)
        return found

    def _leaf(self, key: str, stage: Stage, given: Mapping[str, Any], block: ScenarioArrays) -> Any:
        binding, whole = self.bindings.get(key), given[key]
        places = None if np.ndim(whole) == 0 else range(len(whole))
        if binding is None:
            return whole
        if isinstance(binding, Lane):
            lane = block.lanes[binding.row]
            return lane if places is None else [lane for _ in places]
        if isinstance(binding, Scaled):
            base, slope, lane = given[f"{key}#base"], given[f"{key}#slope"], block.lanes[binding.row]
            return base + slope * lane if places is None else [base[at] + slope[at] * lane for at in places]
        if isinstance(binding, LaneColumn):
            return list(block.columns[binding.row])
        draw = block.drawing.at
        if places is None:
            return draw(binding.driver, 0, uniform=binding.uniform)
        return [draw(binding.driver, stage.first + binding.ahead + at, uniform=binding.uniform) for at in places]

    def _found(self, one: Wanted, rows: Mapping[RowOf, Any], size: int) -> Any:
        if isinstance(one, Fold):
            found = apply(one.operation, *(rows[RowOf(one.stage, line)] for line in one.lines))
        elif isinstance(one, RowOf):
            return np.stack([np.broadcast_to(np.asarray(entry, float), (size,)) for entry in rows[one]])
        else:
            stage, _, line = one.partition(".")
            found = rows[RowOf(stage, line)]
        return np.broadcast_to(np.asarray(found, dtype=float), (size,))


def _varies(taken: Any) -> bool:
    """Whether a number or a series is given as arrays over scenarios."""
    return any(np.ndim(one) for one in cast("list[Any]", taken)) if isinstance(taken, list) else np.ndim(taken) > 0
