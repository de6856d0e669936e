"""Scrambled Sobol numbers for what is drawn once a scenario: sixteen scrambles side by side, so that they have an error.

The scenarios of a run are split into sixteen parts of equal size, a power of two. Part r holds the first points of
its own scramble, whose seed is a pure function of the run's seed and r; a point's coordinate d belongs to driver d.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from overbuild.errors import InputError
from overbuild.stress.worlds.draws import Row, uniforms

SCRAMBLES = 16
"""Independent scrambles of a run: their spread is the error of a mean."""

_HALF_STEP = 2.0**-31
"""Points lie on a grid of 2^-30; what is handed on is the middle of a step, so that no number is 0."""

_STREAM = 0x536F626F6C
"""The driver number under which seeds of scrambles are drawn."""


class SobolPlan(NamedTuple):
    """How a run's scenarios are points: the run's seed, the number of drivers, the points of each scramble."""

    seed: int
    drivers: int
    points: int


def sobol_plan(seed: int, drivers: int, scenarios: int) -> SobolPlan:
    """A run of so many scenarios, 16 times a power of two.

    Raises InputError (`not_power_of_two`) for another number, with the nearest that can be run.

    >>> sobol_plan(1, 3, 65_536).points
    4096
    """
    points = scenarios // SCRAMBLES
    if points < 1 or points * SCRAMBLES != scenarios or points & (points - 1):
        below = SCRAMBLES << max(0, points.bit_length() - 1)
        hint = (
            f"Sobol points keep their balance only in {SCRAMBLES} scrambles of a power of two each: take "
            f"{below:,} or {2 * below:,}, or --sampler random"
        )
        raise InputError("not_power_of_two", "scenarios", scenarios, hint)
    return SobolPlan(seed, drivers, points)


def sobol_uniforms(plan: SobolPlan, first: int, count: int) -> Row:
    """Uniform numbers in (0, 1) of scenarios from the first on, (driver, scenario).

    >>> plan = sobol_plan(1, 2, 1024)
    >>> whole, rest = sobol_uniforms(plan, 0, 1024), sobol_uniforms(plan, 6, 10)
    >>> np.array_equal(whole[:, 6:16], rest), whole.mean(axis=1).round(3).tolist()
    (True, [0.5, 0.5])
    """
    found = np.empty((plan.drivers, count))
    if plan.drivers == 0:
        return found
    at = first
    while at < first + count:
        scramble, point = divmod(at, plan.points)
        many = min(plan.points - point, first + count - at)
        found[:, at - first : at - first + many] = _points(plan, scramble, point, many).T
        at += many
    return found + _HALF_STEP


def scramble_of(plan: SobolPlan, first: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The scramble that each scenario belongs to.

    >>> scramble_of(sobol_plan(1, 2, 32), 1, 4).tolist()
    [0, 1, 1, 2]
    """
    return np.arange(first, first + count, dtype=np.int64) // plan.points


@lru_cache(maxsize=SCRAMBLES)
def _points(plan: SobolPlan, scramble: int, first: int, count: int) -> Row:
    """Points of a scramble, kept for who asks again: a few thousand scenarios are one stretch of each scramble."""
    from scipy.stats.qmc import Sobol

    word = int(uniforms(plan.seed, _STREAM, np.array([scramble], np.uint64))[0] * 2.0**53)
    engine = Sobol(plan.drivers, scramble=True, rng=np.random.default_rng(word))
    if first:
        engine.fast_forward(first)
    with warnings.catch_warnings():  # a block is a part of a power of two
        warnings.simplefilter("ignore", UserWarning)
        points = np.asarray(engine.random(count))
    points.flags.writeable = False
    return points
