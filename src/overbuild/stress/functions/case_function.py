"""A case as a function of some of its inputs: rows of a matrix in, a column of each result out, on machine code.

What is called is the model of the case with its equations, not a table of it: any tool that draws or chooses points
(SALib, EMA Workbench, OpenTURNS, SciPy) can call it, with its bounds and units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from overbuild.errors import InputError
from overbuild.stress.case_worlds.asked_results import AskedResult
from overbuild.stress.worlds.draws import Row
from overbuild.world.drivers.declared import Distribution, DrawnDriver
from overbuild.world.sourced import Sourced

Bounds: TypeAlias = Mapping[str, Sequence[float]]
"""By the path of an input its lowest and highest value."""

_AT_ONCE = 4096


class InputBounds(NamedTuple):
    """The lowest and the highest value of an input."""

    low: float
    high: float


class FunctionInput(NamedTuple):
    """An input of the function: its path in the case, the word for it in Python, bounds, unit, and its value in the case."""

    path: str
    name: str
    low: float
    high: float
    unit: str
    at_case: float


class FunctionOutput(NamedTuple):
    """A result of the function: its id, what it is called, its unit."""

    id: str
    label: str
    unit: str


class CaseFunction:
    """A case as a function: call it with one row of numbers, or with a matrix, a row a point."""

    def __init__(
        self,
        inputs: Sequence[FunctionInput],
        results: Sequence[AskedResult],
        results_at: Callable[[Row], Mapping[str, Row]],
    ) -> None:
        self.inputs = tuple(inputs)
        self.outputs = tuple(FunctionOutput(one.id, one.label, one.unit) for one in results)
        self._results_at = results_at

    @property
    def names(self) -> list[str]:
        """The inputs by their words, in the order of the columns."""
        return [one.name for one in self.inputs]

    @property
    def bounds(self) -> list[list[float]]:
        """The lowest and the highest value of each input."""
        return [[one.low, one.high] for one in self.inputs]

    @property
    def problem(self) -> dict[str, Any]:
        """The inputs as SALib takes them."""
        return {"num_vars": len(self.inputs), "names": self.names, "bounds": self.bounds}

    @property
    def at_case(self) -> Row:
        """The inputs as they are in the case."""
        return np.array([one.at_case for one in self.inputs])

    def __call__(self, points: ArrayLike) -> Row:
        """The results of each point, (point, result); of one row, (result). NaN where a result does not exist.

        Raises InputError: `length_mismatch` for rows of another width, `out_of_range` for a number beyond its bounds.
        """
        given = np.asarray(points, dtype=np.float64)
        matrix = self._checked(np.atleast_2d(given), self.inputs)
        found = np.empty((len(matrix), len(self.outputs)))
        for first in range(0, len(matrix), _AT_ONCE):
            part = matrix[first : first + _AT_ONCE]
            results = self._results_at(np.ascontiguousarray(part.T))
            for column, one in enumerate(self.outputs):
                found[first : first + len(part), column] = results[one.id]
        return found if given.ndim > 1 else found[0]

    def points(self, shares: ArrayLike) -> Row:
        """Points from shares of the way from the lowest to the highest value of each input, 0 to 1: (point, input) both.

        For tools that choose points of the unit cube. Raises InputError: `length_mismatch` for rows of another width,
        `out_of_range` for a share below 0 or above 1.
        """
        given = np.asarray(shares, dtype=np.float64)
        matrix = self._checked(
            np.atleast_2d(given), [FunctionInput(*one[:2], 0.0, 1.0, "", 0.0) for one in self.inputs]
        )
        low, high = np.array(self.bounds).T
        found = np.clip(low + (high - low) * matrix, low, high)
        return found if given.ndim > 1 else found[0]

    def named(self, **values: float) -> dict[str, float]:
        """The results of one point by their ids, from inputs by their words; an input that is not named is as in the case.

        Raises InputError as a call, and `unknown_name` for another word.
        """
        for name in values:
            if name not in self.names:
                raise InputError(
                    "unknown_name", "inputs", name, f"no input of this function. There are {', '.join(self.names)}"
                )
        row = self([values.get(one.name, one.at_case) for one in self.inputs])
        return {one.id: float(value) for one, value in zip(self.outputs, row, strict=True)}

    def _checked(self, matrix: Row, inputs: Sequence[FunctionInput]) -> Row:
        if matrix.ndim != 2 or matrix.shape[1] != len(self.inputs):
            hint = f"a row has one number an input: {', '.join(self.names)}"
            raise InputError("length_mismatch", "points", matrix.shape, hint)
        for place, one in enumerate(inputs):
            column = matrix[:, place]
            beyond = ~((column >= one.low) & (column <= one.high))
            if beyond.any():
                row = int(np.flatnonzero(beyond)[0])
                hint = f"row {row}: lies between {one.low:g} and {one.high:g} {one.unit}".rstrip()
                raise InputError("out_of_range", one.path, float(column[row]), hint)
        return matrix


def word_of(path: str) -> str:
    """The word for a path in Python.

    >>> word_of("market.rent"), word_of("contracts.lab-1.price")
    ('market_rent', 'contracts_lab_1_price')
    """
    return re.sub(r"\W", "_", path)


def bounds_of(inputs: Sequence[str] | Bounds, known: Mapping[str, Sourced]) -> dict[str, InputBounds]:
    """The bounds of inputs: as given, or the low and high of the case. Raises InputError `missing`, `bad_interval`."""
    found: dict[str, InputBounds] = {}
    for path in inputs:
        if isinstance(inputs, Mapping):
            low, high = (float(end) for end in inputs[path])
        else:
            one = known.get(path)
            if one is not None and (one.low is None or one.high is None):
                raise InputError("missing", path, None, "the case gives no low and high of this input; give its bounds")
            low, high = (0.0, 1.0) if one is None else (float(one.low or 0.0), float(one.high or 0.0))
        if not low < high:
            raise InputError("bad_interval", path, f"{low:g}..{high:g}", "the lower bound lies below the upper one")
        found[path] = InputBounds(low, high)
    if not found:
        raise InputError("missing", "inputs", None, "name at least one input of the case")
    return found


def uniform_drivers(bounds: Mapping[str, InputBounds]) -> tuple[DrawnDriver, ...]:
    """Drivers that put each input anywhere between its bounds."""
    return tuple(
        DrawnDriver(
            word_of(path),
            path,
            "replaces",
            distribution=Distribution("uniform", low=bounds[path].low, high=bounds[path].high),
        )
        for path in bounds
    )
