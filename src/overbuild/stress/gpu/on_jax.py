"""The same model on JAX: a second opinion on the CPU, and the way to a GPU; the only code that knows JAX.

Every operation is its row of the one table on arrays, with JAX's arrays in the place of NumPy's; a stage over periods is a
scan. Numbers are of 64 bits, drawn by the same generator from the same words, so scenarios are the same as those of the
kernel; results differ by the order in which sums are taken and by the last bits of exp and log.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from overbuild.equations import Program
from overbuild.equations.compiled import steps_needed
from overbuild.equations.graph import Graph, Node, Step
from overbuild.equations.kernel import DrawnInside, Fold, Lane, LaneColumn, Prepared, Scaled, Scenarios, Wanted
from overbuild.equations.kernel.draws import Words, normal, share_of, threefry
from overbuild.equations.kernel.known import leaves_of
from overbuild.equations.model import Left, RowOf, Stage, programs_of
from overbuild.equations.operations import OPERATIONS
from overbuild.errors import InputError

jax: Any = importlib.import_module("jax")
jnp: Any = importlib.import_module("jax.numpy")

Row = NDArray[np.float64]


class _FreeGraph(Graph):
    """A graph that takes any number: those of a generator are of its source, not of a case."""

    def lifted(self, operand: Any) -> Node:
        if isinstance(operand, float):
            return self.node(Step("literal", (), "", operand), "number")
        return super().lifted(operand)


def _program(function: Callable[[Any], Any]) -> Program:
    """A function of one number as a graph."""
    graph = _FreeGraph(written=False)
    given = graph.input("number")
    result = function(given)
    return Program(tuple(graph.steps), {"number": given.place}, {"result": result.place}, {})


_SHARE, _NORMAL = _program(share_of), _program(normal)
_NOTHING = ""
"""The name of no state: a program that is walked without periods."""


def evaluated(program: Program, values: Mapping[str, Any], ends: list[int]) -> dict[int, Any]:
    """The steps of a program that those at `ends` need, on JAX's arrays, by place."""
    needed, made = steps_needed(program, _NOTHING, ends), dict[int, Any]()
    for place, step in enumerate(program.steps):
        if place not in needed:
            continue
        if step.kind == "input":
            made[place] = values[step.name]
        elif step.kind in ("literal", "constant"):
            made[place] = step.number
        elif step.kind == "line":
            made[place] = made[step.operands[0]]
        else:
            made[place] = OPERATIONS[step.kind].arrays(jnp, *(made[one] for one in step.operands))
    return made


def drawn_on_jax(scenarios: Any, places: Any, seed: Any, driver: int, *, uniform: bool) -> Any:
    """The drawn numbers of a driver, (place, scenario): `scenarios` and `places` are whole numbers of 64 bits."""
    key = Words(jnp.uint64(seed), jnp.uint64(driver))
    word = threefry(Words(scenarios[None, :], places[:, None]), key, jnp.uint64).first
    share = _result(_SHARE, (word >> jnp.uint64(11)).astype(jnp.float64))
    return share if uniform else _result(_NORMAL, share)


def _result(program: Program, value: Any) -> Any:
    (place,) = program.results.values()
    (name,) = program.inputs
    return evaluated(program, {name: value}, [place])[place]


def _given(scenarios: Scenarios) -> list[Any]:
    """The scenarios as JAX takes them: lanes, lane columns, numbers, seed."""
    size = scenarios.size
    return [
        jnp.asarray(np.zeros((0, size)) if scenarios.lanes is None else scenarios.lanes),
        jnp.asarray(np.zeros((0, 0, size)) if scenarios.columns is None else scenarios.columns),
        jnp.asarray(scenarios.numbered, dtype=jnp.uint64),
        jnp.uint64(scenarios.seed),
    ]


class OnJax:
    """A kernel on the numbers of a case, run on whatever device JAX has."""

    def __init__(self, prepared: Prepared) -> None:
        kernel = prepared.kernel
        self.model, self.wanted, self.bindings = prepared.model, kernel.wanted, kernel.bindings
        self.given = {
            key: np.asarray(one, dtype=np.float64) for key, one in prepared.given.items() if not isinstance(one, RowOf)
        }
        self.programs = programs_of(self.model)
        taken = [one for stage in self.model.stages for leaves in leaves_of(stage).values() for one in leaves.values()]
        self.kept = {one for one in (*self.wanted, *taken) if isinstance(one, RowOf)}
        self.kept |= {RowOf(one.stage, line) for one in self.wanted if isinstance(one, Fold) for line in one.lines}
        self.kept |= {RowOf(*one.split(".", 1)) for one in self.wanted if isinstance(one, str)}
        self.handing = {one.opening.stage for one in self.model.stages if isinstance(one.opening, Left)}
        if kernel.together:
            hint = "normals that the kernel itself correlates are not drawn on JAX: run them through the kernel"
            raise InputError("refused", "together", list(kernel.together), hint)

    def run(self, scenarios: Scenarios) -> dict[Wanted, Row]:
        """What is wanted, by scenario, as `Prepared.run` gives it."""
        with jax.enable_x64(True):
            found = self._values(self.given, *_given(scenarios))
            return {one: np.asarray(row) for one, row in zip(self.wanted, found, strict=True)}

    def slopes(self, scenarios: Scenarios) -> dict[Wanted, Row]:
        """What a small change of each lane does to what is wanted: (lane, scenario), of a row (lane, place, scenario).

        Exact slopes by forward mode, a lane at a time through one program. Where a minimum is taken of two equal numbers it is
        the mean of the slopes to either side.
        """
        if scenarios.lanes is None:
            return {one: np.zeros((0, scenarios.size)) for one in self.wanted}
        with jax.enable_x64(True):
            lanes, *rest = _given(scenarios)
            found = [
                self._towards(self.given, lanes, jnp.zeros_like(lanes).at[at].set(1.0), *rest)
                for at in range(len(lanes))
            ]
            return {one: np.stack([np.asarray(lane[at]) for lane in found]) for at, one in enumerate(self.wanted)}

    @cached_property
    def _values(self) -> Any:
        return jax.jit(self._all)

    @cached_property
    def _towards(self) -> Any:
        """The slopes of all that is wanted in one direction of the lanes."""

        def towards(given: Any, lanes: Any, direction: Any, *rest: Any) -> Any:
            def wanted(moved: Any) -> list[Any]:
                return self._all(given, moved, *rest)

            return jax.jvp(wanted, (lanes,), (direction,))[1]

        return jax.jit(towards)

    def _all(self, given: Mapping[str, Any], lanes: Any, columns: Any, ids: Any, seed: Any) -> list[Any]:
        rows: dict[RowOf, Any] = {}
        left: dict[str, dict[str, Any]] = {}
        size = ids.shape[0]
        for stage in self.model.stages:
            taken = dict[str, Any]()
            if isinstance(stage.opening, Left):
                name, ends = stage.parameters[0], left[stage.opening.stage]
                taken |= {name if path == "result" else f"{name}.{path}": one for path, one in ends.items()}
            for leaves in leaves_of(stage).values():
                for path, leaf in leaves.items():
                    key = f"{stage.name}.{path}"
                    is_row = isinstance(leaf, RowOf)
                    taken[path] = rows[leaf] if is_row else self._leaf(key, stage, given, lanes, columns, ids, seed)
            if stage.columns is None:
                self._once(stage, taken, rows, left)
            else:
                self._over_places(stage, taken, size, rows, left)
        return [self._found(one, rows, size) for one in self.wanted]

    def _once(self, stage: Stage, taken: Mapping[str, Any], rows: dict[RowOf, Any], left: dict[str, Any]) -> None:
        program = self.programs[stage.name]
        lines = {line: place for line, place in program.lines.items() if RowOf(stage.name, line) in self.kept}
        handed_on = program.results if stage.name in self.handing else {}
        made = evaluated(program, taken, [*lines.values(), *handed_on.values()])
        rows |= {RowOf(stage.name, line): made[place] for line, place in lines.items()}
        left[stage.name] = {path: made[place] for path, place in handed_on.items()}

    def _over_places(
        self, stage: Stage, taken: Mapping[str, Any], size: int, rows: dict[RowOf, Any], left: dict[str, Any]
    ) -> None:
        program, (state, series, *_) = self.programs[stage.name], stage.parameters
        lines = [line for line in program.lines if RowOf(stage.name, line) in self.kept]
        befores = {path: state if path == "result" else f"{state}.{path}" for path in program.results}
        befores = {path: before for path, before in befores.items() if before in taken}
        moving = {path: one for path, one in taken.items() if path.split(".")[0] == series}
        still = {path: one for path, one in taken.items() if path not in moving}
        ends = [*(program.lines[line] for line in lines), *(program.results[path] for path in befores)]

        def wide(one: Any) -> Any:
            return jnp.broadcast_to(jnp.asarray(one, dtype=jnp.float64), (size,))

        def period(before: Any, entries: Any) -> Any:
            made = evaluated(program, {**still, **before, **entries}, ends)
            after = {before: wide(made[program.results[path]]) for path, before in befores.items()}
            return after, [wide(made[program.lines[line]]) for line in lines]

        opening = {before: wide(taken[before]) for before in befores.values()}
        last, found = cast("tuple[Any, Any]", jax.lax.scan(period, opening, moving))
        rows |= {RowOf(stage.name, line): row for line, row in zip(lines, found, strict=True)}
        left[stage.name] = {path: last[before] for path, before in befores.items()}

    def _leaf(
        self, key: str, stage: Stage, given: Mapping[str, Any], lanes: Any, columns: Any, ids: Any, seed: Any
    ) -> Any:
        binding, whole = self.bindings.get(key), given[key]
        is_series = whole.ndim > 0
        if binding is None:
            return whole
        if isinstance(binding, Lane):
            lane = lanes[binding.row]
            return jnp.broadcast_to(lane, (len(whole), len(lane))) if is_series else lane
        if isinstance(binding, Scaled):
            base, slope, lane = given[f"{key}#base"], given[f"{key}#slope"], lanes[binding.row]
            return base[:, None] + slope[:, None] * lane if is_series else base + slope * lane
        if isinstance(binding, LaneColumn):
            return columns[binding.row][: len(whole)]
        assert isinstance(binding, DrawnInside)
        places = (
            jnp.arange(len(whole), dtype=jnp.uint64) + jnp.uint64(stage.first + binding.ahead)
            if is_series
            else jnp.zeros(1, jnp.uint64)
        )
        found = drawn_on_jax(ids, places, seed, binding.driver, uniform=binding.uniform)
        return found if is_series else found[0]

    def _found(self, one: Wanted, rows: Mapping[RowOf, Any], size: int) -> Any:
        if isinstance(one, Fold):
            found = OPERATIONS[one.operation].arrays(jnp, *(rows[RowOf(one.stage, line)] for line in one.lines))
        elif isinstance(one, RowOf):
            return jnp.broadcast_to(rows[one], (len(rows[one]), size))
        else:
            stage, _, line = one.partition(".")
            found = rows[RowOf(stage, line)]
        return jnp.broadcast_to(jnp.asarray(found, dtype=jnp.float64), (size,))
