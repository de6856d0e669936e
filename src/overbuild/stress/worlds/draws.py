"""Draws of scenarios on NumPy arrays, as a kernel makes them: a pure function of (seed, driver, scenario, place).

`place` counts places of the case, 0 being its close; what is drawn once for a whole scenario is drawn at place 0, under
a driver number of its own. See `overbuild.equations.kernel.draws` for the generator and its sources.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel.draws import drawn_in_arrays, normal

Words: TypeAlias = NDArray[np.uint64]
Row: TypeAlias = NDArray[np.float64]

CONSTANT = 0
"""The place of what is drawn once for a whole scenario."""

HIGHEST_SEED = 2**63 - 1


def uniforms(seed: int, driver: int, scenarios: Words, place: int = CONSTANT) -> Row:
    """Uniform numbers in (0, 1) of a driver at a place, one a scenario.

    >>> ids = np.arange(4, dtype=np.uint64)
    >>> np.array_equal(uniforms(7, 3, ids)[2:], uniforms(7, 3, ids[2:]))
    True
    """
    return drawn_in_arrays(scenarios, place, seed, driver, uniform=True)


def normals(seed: int, driver: int, scenarios: Words, place: int = CONSTANT) -> Row:
    """Standard normal numbers of a driver at a place, one a scenario.

    >>> drawn = normals(7, 3, np.arange(100_000, dtype=np.uint64), place=5)
    >>> abs(float(drawn.mean())) < 0.01, abs(float(drawn.std()) - 1.0) < 0.01
    (True, True)
    """
    return normal_of(uniforms(seed, driver, scenarios, place))


def normal_of(uniform: Row) -> Row:
    """The standard normal number that a uniform number in (0, 1) stands for: AS 241, to about 1e-15.

    >>> [round(one, 9) for one in normal_of(np.array([0.5, 0.975, 1e-12])).tolist()]
    [0.0, 1.959963985, -7.034483825]
    """
    return normal(uniform)


def scenario_ids(first: int, count: int) -> Words:
    """Numbers of so many scenarios from the first on.

    >>> scenario_ids(5, 3).tolist()
    [5, 6, 7]
    """
    return np.arange(first, first + count, dtype=np.uint64)
