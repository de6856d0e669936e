"""A kernel of a model: compiled for a structure, prepared for a case, run over scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel.bindings import Binding, Scaled, Wanted
from overbuild.equations.kernel.fused import Fused
from overbuild.equations.kernel.native import Native, Processor, cache_folder, host, native
from overbuild.equations.kernel.passes import Text, written
from overbuild.equations.kernel.weave import leaves_of, loops_of, places_of, woven
from overbuild.equations.model import Model, RowOf, Stage
from overbuild.errors import InputError

Row: TypeAlias = NDArray[np.float64]
Scale: TypeAlias = tuple[Any, Any]
"""Base and slope of a scaled leaf: two numbers of a term, two series of a column."""

BLOCK = 1024
"""Scenarios that a thread takes at a time."""


class Scenarios(NamedTuple):
    """Scenarios of a run: `size` of them from number `first` on (what is drawn depends on the number).

    `lanes` is (rows, size): what `Lane` and `Scaled` are bound to. `columns` is (rows, places, size): `LaneColumn`.
    """

    size: int
    lanes: Row | None = None
    columns: Row | None = None
    first: int = 0
    seed: int = 0


class Arrays(NamedTuple):
    """What a run reads and writes: lanes, lane columns, values, rows; scenarios last."""

    lanes: Row
    columns: Row
    values: Row
    rows: Row


class Kernel:
    """Machine code for all cases of one structure under the same bindings: see `kernel_of`."""

    def __init__(
        self, fused: Fused, bindings: Mapping[str, Binding], together: Sequence[int], target: Processor | None
    ) -> None:
        self.fused, self.bindings, self.together = fused, dict(bindings), tuple(together)
        self.target = host() if target is None else target
        self.text: Text = written(fused, self.target.lanes)
        self.native: Native = native(self.text.text, self.target, cache_folder())

    def on(
        self, model: Model, scales: Mapping[str, Scale] | None = None, factor: Sequence[Sequence[float]] = ()
    ) -> Prepared:
        """The kernel on the numbers of a case.

        `scales` has base and slope of each leaf that is bound as `Scaled`; without, 0 and the model's own number, so that the
        lane is a multiple. `factor` is the lower triangular factor (Cholesky's) of the correlation of the normals that
        the kernel was made with `together`. Raises InputError for a scale or a factor that does not fit.
        """
        layout = self.text.layout
        given = _numbers(model, self.bindings, scales or {}) | self._factor(factor)
        lengths = np.array(_lengths(model) or [0], dtype=np.int64)
        stride = int(lengths.max())
        numbers = np.array([float(given[key]) for key in layout.numbers] or [0.0])
        columns = np.zeros((max(1, len(layout.columns)), stride))
        for key, at in layout.columns.items():
            columns[at, : len(given[key])] = given[key]
        table = np.empty(max(1, layout.table([int(one) for one in lengths[: self.fused.loops]])))
        self.native.prepare(_at(lengths), stride, _at(numbers), _at(columns), _at(table))
        return Prepared(self, lengths, stride, table)

    def _factor(self, factor: Sequence[Sequence[float]]) -> dict[str, Any]:
        many = len(self.together)
        shape = np.shape(np.asarray(factor, dtype=float)) if many else (0, 0)
        if many and shape != (many, many):
            raise InputError("length_mismatch", "factor", shape, f"the factor needs {many} rows and columns")
        return {f"#factor {row} {column}": factor[row][column] for row in range(many) for column in range(row + 1)}


class Prepared:
    """A kernel on the numbers of a case: it runs scenarios."""

    def __init__(self, kernel: Kernel, lengths: NDArray[np.int64], stride: int, table: Row) -> None:
        self.kernel, self.lengths, self.stride, self.table = kernel, lengths, stride, table

    def run(self, scenarios: Scenarios, threads: int = 1, block: int = BLOCK) -> dict[Wanted, Row]:
        """What is wanted, by scenario: an array (size,) of a number, (places, size) of a row.

        The same to the last bit for any number of threads and any block. A scenario whose numbers are lost has
        something that is not finite. Raises InputError for scenarios that do not fit the bindings.
        """
        lanes, columns = self._checked(scenarios)
        text, count, width = self.kernel.text, scenarios.size, self.kernel.text.lanes
        values = np.empty((max(1, len(text.layout.values)), count))
        rows = np.empty((max(1, len(text.layout.rows)), self.stride, count))
        whole = count // width
        step = max(1, block // width)

        arrays = Arrays(lanes, columns, values, rows)

        def go(low: int) -> None:
            self._call(range(low, min(low + step, whole)), scenarios, arrays)

        if threads > 1 and whole > step:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(go, range(0, whole, step)))
        else:
            for low in range(0, whole, step):
                go(low)
        self._rest(scenarios, whole * width, arrays)
        return self._found(values, rows)

    def _rest(self, scenarios: Scenarios, done: int, arrays: Arrays) -> None:
        """The last scenarios, too few for all lanes: filled up with copies."""
        rest, width = scenarios.size - done, self.kernel.text.lanes
        if not rest:
            return
        padding = [(0, 0), (0, width - rest)]
        lanes, columns, values, rows = arrays
        some = scenarios._replace(size=width, first=scenarios.first + done)
        taken = [
            np.ascontiguousarray(np.pad(one[..., done:], [(0, 0)] * (one.ndim - 2) + padding, mode="edge"))
            for one in (lanes, columns)
        ]
        made = [np.empty((*one.shape[:-1], width)) for one in (values, rows)]
        self._call(range(1), some, Arrays(*taken, *made))
        values[..., done:], rows[..., done:] = made[0][..., :rest], made[1][..., :rest]

    def _call(self, groups: range, of: Scenarios, arrays: Arrays) -> None:
        fixed = _at(self.lengths), self.stride, _at(self.table)
        self.kernel.native.run(
            groups.start, groups.stop, of.size, of.first, of.seed, *fixed, *(_at(one) for one in arrays)
        )

    def _found(self, values: Row, rows: Row) -> dict[Wanted, Row]:
        text, loops = self.kernel.text, self.kernel.text.loops
        found: dict[Wanted, Row] = {}
        for one, place in text.wanted.items():
            if isinstance(one, RowOf):
                found[one] = rows[text.layout.rows.index(place), : self.lengths[loops[place]]]
            else:
                found[one] = values[text.layout.values.index(place)]
        return found

    def _checked(self, scenarios: Scenarios) -> tuple[Row, Row]:
        if scenarios.size < 1:
            raise InputError("out_of_range", "scenarios", scenarios.size, "at least 1 scenario")
        needs = self.kernel.text.lane_rows, self.kernel.text.column_rows
        shapes = (needs[0], scenarios.size), (needs[1], self.stride, scenarios.size)
        found: list[Row] = []
        for name, given, shape in zip(("lanes", "columns"), (scenarios.lanes, scenarios.columns), shapes, strict=True):
            array = np.zeros(shape if shape[0] else (1,) * len(shape)) if given is None and not shape[0] else given
            if array is None or (shape[0] and (array.shape[0] < shape[0] or array.shape[1:] != shape[1:])):
                met = None if array is None else array.shape
                raise InputError("length_mismatch", name, met, f"the bindings need {shape}")
            found.append(np.ascontiguousarray(array, dtype=np.float64))
        return found[0], found[1]


_KEPT: dict[Any, Kernel] = {}
_MOST_KEPT = 32


def kernel_of(
    model: Model,
    wanted: Sequence[Wanted],
    bindings: Mapping[str, Binding] | None = None,
    together: Sequence[int] = (),
    target: Processor | None = None,
) -> Kernel:
    """The kernel of a model's structure: its stages, shapes and leaves, what is bound and what is wanted.

    Numbers of the model are not looked at: one kernel serves all cases of a structure, see `Kernel.on`. `together` are the
    drivers whose normals are correlated. Kernels are kept: asked again, the same is returned. Raises InputError for what the
    model does not have, ImportError where llvmlite is not installed, RuntimeError where machine code is refused.
    """
    bound = dict(bindings or {})
    key = (_structure(model), tuple(wanted), tuple(sorted(bound.items())), tuple(together), target)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = Kernel(woven(model, wanted, bound, together), bound, together, target)
    return _KEPT[key]


def _structure(model: Model) -> Any:
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


def _at(array: NDArray[Any]) -> int:
    return int(array.ctypes.data)
