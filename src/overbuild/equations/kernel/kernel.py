"""A kernel of a model: compiled for a structure, prepared for a case, run over scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel.bindings import Binding, DrawnInside, Lane, LaneColumn, Scaled, Scenarios, Wanted
from overbuild.equations.kernel.by_arrays import BLOCK as BLOCK_OF_ARRAYS
from overbuild.equations.kernel.by_arrays import ByArrays, Drawing, ScenarioArrays
from overbuild.equations.kernel.fused import Fused
from overbuild.equations.kernel.known import NOTHING, Known, known_of, leaves_of, starts_of
from overbuild.equations.kernel.machine.native import (
    CaseNumbers,
    LaneArrays,
    Native,
    Processor,
    cache_folder,
    host,
    native,
    prepared,
    run_lanes,
)
from overbuild.equations.kernel.passes import Text, written
from overbuild.equations.kernel.weave import loops_of, places_of, woven
from overbuild.equations.model import Model, RowOf, Stage
from overbuild.errors import InputError

Row: TypeAlias = NDArray[np.float64]
Scale: TypeAlias = tuple[Any, Any]
"""Base and slope of a scaled leaf: two numbers of a term, two series of a column."""

BLOCK = 1024
"""Scenarios that a thread takes at a time."""


class Machine(NamedTuple):
    """Machine code for cases of which something is known."""

    known: Known
    fused: Fused
    text: Text
    native: Native


class Kernel:
    """A compiled structure under bindings: see `kernel_of`. It serves all cases of the structure.

    `slow` says why it runs on NumPy instead of machine code; empty where it does not.
    """

    def __init__(
        self,
        model: Model,
        wanted: Sequence[Wanted],
        bindings: Mapping[str, Binding],
        together: Sequence[int] = (),
        known: Known | None = None,
    ) -> None:
        self.model, self.wanted, self.bindings, self.together = model, tuple(wanted), dict(bindings), tuple(together)
        self.structure = structure_of(model)
        self.known = known_of([model], bindings) if known is None else known
        self.fused = self._woven(self.known)
        self.slow = ""
        self.processor: Processor | None = None
        self.machines: list[Machine] = []
        self.by_arrays: ByArrays | None = None

    def _woven(self, known: Known) -> Fused:
        fused = woven(self.model, self.wanted, self.bindings, self.together, known)
        fused.numbers_row = _lane_rows(self.bindings)
        return fused

    def compile(self, target: Processor | None = None) -> Kernel:
        """The same with its machine code. Raises ImportError, OSError or RuntimeError where there can be none."""
        self.processor = host() if target is None else target
        self.machines = [self._machine(self.known, self.fused, self.processor)]
        return self

    def _machine(self, known: Known, fused: Fused, processor: Processor) -> Machine:
        text = written(fused, processor.lanes, contracts=processor.contracts)
        return Machine(known, fused, text, native(text.text, processor, cache_folder()))

    def machine_of(self, model: Model) -> Machine | None:
        """The machine code that serves a case: where what is known does not hold of it, code that knows nothing.

        None where there is none at all.
        """
        if self.processor is None:
            return None
        if starts_of(model, self.known, self.bindings) is not None:
            return self.machines[0]
        if len(self.machines) == 1:
            self.machines.append(self._machine(NOTHING, self._woven(NOTHING), self.processor))
        return self.machines[1]

    @property
    def from_disk(self) -> bool:
        """Whether its machine code was found on disk."""
        return all(one.native.from_disk for one in self.machines)

    def on_arrays(self, model: Model, why: str) -> Kernel:
        """The same on NumPy, and why."""
        self.slow, self.processor, self.by_arrays = why, None, ByArrays(model, self.wanted, self.bindings)
        return self

    def on(
        self, model: Model, scales: Mapping[str, Scale] | None = None, factor: Sequence[Sequence[float]] = ()
    ) -> Prepared:
        """The kernel on the numbers of a case.

        `scales` has base and slope of each leaf that is bound as `Scaled`; without, 0 and the model's own number, so
        that the lane is a multiple. `factor` is the lower triangular factor (Cholesky's) of the correlation of the
        normals that the kernel was made with `together`. Raises InputError for a model of another structure and for a
        factor that does not fit.
        """
        if structure_of(model) != self.structure:
            hint = "a case with other parts, modes or leaves has a kernel of its own: ask kernel_of again"
            raise InputError("other_structure", "model", None, hint)
        many = len(self.together)
        if many and np.shape(np.asarray(factor, dtype=float)) != (many, many):
            raise InputError("length_mismatch", "factor", factor, f"the factor needs {many} rows and columns")
        given = _numbers(model, self.bindings, scales or {})
        given |= {f"#factor {row} {column}": factor[row][column] for row in range(many) for column in range(row + 1)}
        return Prepared(self, model, given, factor)


class Prepared:
    """A kernel on the numbers of a case: it runs scenarios."""

    def __init__(
        self, kernel: Kernel, model: Model, given: Mapping[str, Any], factor: Sequence[Sequence[float]]
    ) -> None:
        self.kernel, self.model, self.given, self.factor = kernel, model, given, factor
        self.lengths = np.array(_lengths(model) or [0], dtype=np.int64)
        self.places = {stage.name: places_of(stage) for stage in model.stages}
        self.rows = _lane_rows(kernel.bindings)
        self.draws = any(isinstance(one, DrawnInside) for one in kernel.bindings.values())
        laned = (one.row for one in kernel.bindings.values() if isinstance(one, LaneColumn))
        self.columns = 1 + max(laned, default=-1)
        self.machine = kernel.machine_of(model)
        if self.machine is not None:
            self.case = self._prepared(self.machine)

    def _prepared(self, machine: Machine) -> CaseNumbers:
        layout = machine.text.layout
        numbers = np.array([float(self.given[key]) for key in layout.numbers] or [0.0])
        columns = np.zeros((max(1, len(layout.columns)), int(self.lengths.max())))
        for key, at in layout.columns.items():
            columns[at, : len(self.given[key])] = self.given[key]
        bounds = self._bounds(machine)
        size = layout.table([int(one) for one in bounds[1 : 2 * machine.text.loops : 2]])
        return prepared(machine.native, bounds, numbers, columns, size)

    def _bounds(self, machine: Machine) -> NDArray[np.int64]:
        """First place and end of each loop."""
        if len(machine.known.stretches) == 1:
            return np.array([one for length in self.lengths for one in (0, length)], dtype=np.int64)
        starts = starts_of(self.model, machine.known, self.kernel.bindings)
        assert starts is not None
        ends = (*starts[1:], int(self.lengths[0]))
        parts = list(zip(starts, ends, strict=True)) * (machine.text.loops // len(starts))
        return np.array(parts, dtype=np.int64).ravel()

    def run(self, scenarios: Scenarios, threads: int = 1, block: int = BLOCK) -> dict[Wanted, Row]:
        """What is wanted, by scenario: an array (size,) of a number, (places, size) of a row.

        The same to the last bit for any number of threads and any block. A scenario whose numbers are lost has
        something that is not finite. Raises InputError for scenarios that do not fit the bindings.
        """
        lanes, columns = self._lanes(scenarios), self._lane_columns(scenarios)
        if self.machine is None:
            return self._run_arrays(scenarios, lanes, columns)
        text, size = self.machine.text, scenarios.size
        values = np.empty((max(1, len(text.layout.values)), size))
        kept = len(set(text.layout.rows.values()))
        rows = np.empty((kept, self.case.stride, size) if kept else (1, 1, size))
        run_lanes(self.machine.native, self.case, scenarios, LaneArrays(lanes, columns, values, rows), threads, block)
        return {one: self._found(one, place, values, rows) for one, place in text.wanted.items()}

    def _found(self, one: Wanted, place: int, values: Row, rows: Row) -> Row:
        assert self.machine is not None
        layout = self.machine.text.layout
        if isinstance(one, RowOf):
            return rows[layout.rows[place], : self.places[one.stage]]
        return values[layout.values.index(place)]

    def _run_arrays(self, of: Scenarios, lanes: Row, columns: Row) -> dict[Wanted, Row]:
        by_arrays = self.kernel.by_arrays
        assert by_arrays is not None
        parts: list[dict[Wanted, Row]] = []
        for low in range(0, of.size, BLOCK_OF_ARRAYS):
            some = slice(low, min(low + BLOCK_OF_ARRAYS, of.size))
            drawing = Drawing(of.numbered[some], of.seed, self.kernel.together, self.factor)
            block = ScenarioArrays(lanes[..., some], columns[..., some], drawing)
            parts.append(by_arrays.run(self.model, self.given, block))
        return {one: np.concatenate([part[one] for part in parts], axis=-1) for one in self.kernel.wanted}

    def _lanes(self, of: Scenarios) -> Row:
        if of.size < 1:
            raise InputError("out_of_range", "scenarios", of.size, "at least 1 scenario")
        lanes = _fitting("lanes", of.lanes, (self.rows, of.size)) if self.rows else np.zeros((0, of.size))
        if not self.draws:
            return lanes if self.rows else np.zeros((1, of.size))
        return np.concatenate([lanes[: self.rows], of.numbered.astype(np.float64)[None, :]])

    def _lane_columns(self, of: Scenarios) -> Row:
        if not self.columns:
            return np.zeros((1, 1, of.size))
        return _fitting("columns", of.columns, (self.columns, int(self.lengths.max()), of.size))


def _lane_rows(bindings: Mapping[str, Binding]) -> int:
    """How many rows of lanes the bindings take."""
    return 1 + max((one.row for one in bindings.values() if isinstance(one, Lane | Scaled)), default=-1)


def _fitting(name: str, given: Row | None, shape: tuple[int, ...]) -> Row:
    if given is None or given.ndim != len(shape) or given.shape[0] < shape[0] or given.shape[1:] != shape[1:]:
        met = None if given is None else given.shape
        raise InputError("length_mismatch", name, met, f"the bindings need an array of shape {shape}")
    return np.ascontiguousarray(given, dtype=np.float64)


_KEPT: dict[Any, Kernel] = {}
_MOST_KEPT = 32


def kernel_of(
    model: Model,
    wanted: Sequence[Wanted],
    bindings: Mapping[str, Binding] | None = None,
    together: Sequence[int] = (),
    also: Sequence[Model] = (),
) -> Kernel:
    """The kernel of a model's structure: its stages, shapes and leaves, what is bound and what is wanted.

    Of the numbers of the model only which are 0 or 1, and where, is looked at: what they leave out is not computed. One
    kernel serves all cases of a structure, see `Kernel.on`; one in which something else is 0 or 1 runs half as fast, or
    name it in `also`. `together` are the drivers whose normals are correlated. Kernels are kept: asked again, the same is
    returned. Where machine code is refused or llvmlite is not installed it runs on NumPy, and `slow` says so. Raises
    InputError for what the model does not have.
    """
    bound = dict(bindings or {})
    known = known_of([model, *also], bound)
    key = (
        known.pattern,
        structure_of(model),
        tuple((type(one).__name__, one) for one in wanted),
        tuple(sorted((path, type(one).__name__, one) for path, one in bound.items())),
        tuple(together),
    )
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        made = Kernel(model, wanted, bound, together, known)
        try:
            _KEPT[key] = made.compile()
        except (ImportError, OSError, RuntimeError) as error:
            _KEPT[key] = made.on_arrays(model, f"no machine code here ({type(error).__name__}: {error}): NumPy instead")
    return _KEPT[key]


def structure_of(model: Model) -> Any:
    """What of a model decides its kernel: stages, functions, shapes, leaves, which loops; none of its numbers."""

    def of(stage: Stage) -> Any:
        leaves = leaves_of(stage)
        paths = tuple(
            (path, leaf if isinstance(leaf, RowOf) else None) for one in leaves.values() for path, leaf in one.items()
        )
        return stage.name, stage.function, stage.shape, stage.opening if not paths else None, paths, stage.first

    return tuple(of(stage) for stage in model.stages), tuple(loops_of(model).items())


def _lengths(model: Model) -> list[int]:
    lengths = {loop: places_of(model.stage(name)) for name, loop in loops_of(model).items()}
    return [lengths[loop] for loop in sorted(lengths)]


def _numbers(model: Model, bindings: Mapping[str, Binding], scales: Mapping[str, Scale]) -> dict[str, Any]:
    """All numbers and series of a case by key, scaled leaves as base and slope."""
    found: dict[str, Any] = {}
    for stage in model.stages:
        for one in leaves_of(stage).values():
            found |= {f"{stage.name}.{path}": leaf for path, leaf in one.items()}
    for key, binding in bindings.items():
        if isinstance(binding, Scaled):
            whole = found[key]
            base, slope = scales[key] if key in scales else (0.0 * np.asarray(whole), whole)
            found[f"{key}#base"], found[f"{key}#slope"] = base, slope
    return found
