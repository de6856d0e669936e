"""A kernel of a model: compiled for a structure, prepared for a case, run over scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel.bindings import Binding, DrawnInside, Lane, LaneColumn, Scaled, Scenarios, Wanted
from overbuild.equations.kernel.by_arrays import BLOCK as BLOCK_OF_ARRAYS
from overbuild.equations.kernel.by_arrays import Block, ByArrays, Drawing
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
from overbuild.equations.kernel.walk import Layout
from overbuild.equations.kernel.weave import leaves_of, loops_of, places_of, woven
from overbuild.equations.model import Model, RowOf, Stage
from overbuild.errors import InputError

Row: TypeAlias = NDArray[np.float64]
Scale: TypeAlias = tuple[Any, Any]
"""Base and slope of a scaled leaf: two numbers of a term, two series of a column."""

BLOCK = 1024
"""Scenarios that a thread takes at a time."""


class Kernel:
    """A compiled structure under bindings: see `kernel_of`. It serves all cases of the structure.

    `slow` says why it runs on NumPy instead of machine code; empty where it does not.
    """

    def __init__(
        self, model: Model, wanted: Sequence[Wanted], bindings: Mapping[str, Binding], together: Sequence[int] = ()
    ) -> None:
        self.wanted, self.bindings, self.together = tuple(wanted), dict(bindings), tuple(together)
        self.structure = structure_of(model)
        self.fused = woven(model, wanted, bindings, together)
        self.fused.numbers_row = _lane_rows(bindings)
        self.slow = ""
        self.native: Native | None = None
        self.text: Text | None = None
        self.by_arrays: ByArrays | None = None

    def compile(self, target: Processor | None = None) -> Kernel:
        """The same with its machine code. Raises ImportError, OSError or RuntimeError where there can be none."""
        processor = host() if target is None else target
        self.text = written(self.fused, processor.lanes, contracts=processor.contracts)
        self.native = native(self.text.text, processor, cache_folder())
        return self

    def on_arrays(self, model: Model, why: str) -> Kernel:
        """The same on NumPy, and why."""
        self.slow, self.by_arrays = why, ByArrays(model, self.wanted, self.bindings)
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
        self.rows = _lane_rows(kernel.bindings)
        self.draws = any(isinstance(one, DrawnInside) for one in kernel.bindings.values())
        laned = (one.row for one in kernel.bindings.values() if isinstance(one, LaneColumn))
        self.columns = 1 + max(laned, default=-1)
        if kernel.native is not None and kernel.text is not None:
            self.case = self._prepared(kernel.native, kernel.text.layout)

    def _prepared(self, made: Native, layout: Layout) -> CaseNumbers:
        numbers = np.array([float(self.given[key]) for key in layout.numbers] or [0.0])
        columns = np.zeros((max(1, len(layout.columns)), int(self.lengths.max())))
        for key, at in layout.columns.items():
            columns[at, : len(self.given[key])] = self.given[key]
        size = layout.table([int(one) for one in self.lengths[: self.kernel.fused.loops]])
        return prepared(made, self.lengths, numbers, columns, size)

    def run(self, scenarios: Scenarios, threads: int = 1, block: int = BLOCK) -> dict[Wanted, Row]:
        """What is wanted, by scenario: an array (size,) of a number, (places, size) of a row.

        The same to the last bit for any number of threads and any block. A scenario whose numbers are lost has
        something that is not finite. Raises InputError for scenarios that do not fit the bindings.
        """
        lanes, columns = self._lanes(scenarios), self._lane_columns(scenarios)
        kernel = self.kernel
        if kernel.native is None or kernel.text is None:
            return self._run_arrays(scenarios, lanes, columns)
        layout, size = kernel.text.layout, scenarios.size
        values = np.empty((max(1, len(layout.values)), size))
        rows = np.empty((len(layout.rows), self.case.stride, size) if layout.rows else (1, 1, size))
        run_lanes(kernel.native, self.case, scenarios, LaneArrays(lanes, columns, values, rows), threads, block)
        return {one: self._found(kernel.text, place, values, rows) for one, place in kernel.text.wanted.items()}

    def _found(self, text: Text, place: int, values: Row, rows: Row) -> Row:
        if place in text.layout.rows:
            return rows[text.layout.rows.index(place), : self.lengths[text.loops[place]]]
        return values[text.layout.values.index(place)]

    def _run_arrays(self, of: Scenarios, lanes: Row, columns: Row) -> dict[Wanted, Row]:
        by_arrays = self.kernel.by_arrays
        assert by_arrays is not None
        parts: list[dict[Wanted, Row]] = []
        for low in range(0, of.size, BLOCK_OF_ARRAYS):
            some = slice(low, min(low + BLOCK_OF_ARRAYS, of.size))
            drawing = Drawing(of.numbered[some], of.seed, self.kernel.together, self.factor)
            block = Block(lanes[..., some], columns[..., some], drawing)
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
) -> Kernel:
    """The kernel of a model's structure: its stages, shapes and leaves, what is bound and what is wanted.

    Numbers of the model are not looked at: one kernel serves all cases of a structure, see `Kernel.on`. `together` are the
    drivers whose normals are correlated. Kernels are kept: asked again, the same is returned. Where machine code is
    refused or llvmlite is not installed it runs on NumPy, and `slow` says so. Raises InputError for what the model does
    not have.
    """
    bound = dict(bindings or {})
    key = (
        structure_of(model),
        tuple((type(one).__name__, one) for one in wanted),
        tuple(sorted((path, type(one).__name__, one) for path, one in bound.items())),
        tuple(together),
    )
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        made = Kernel(model, wanted, bound, together)
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
