"""Two windows of a panel set against each other: three measures, their intervals, and what chance alone would show."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.basket.bootstrap import drawn_days, interval, p_value, shown
from overbuild.ecosystem.basket.comovement import (
    Floats,
    average_correlation,
    correlations,
    dispersion,
    pc1_share,
    volatility,
)
from overbuild.ecosystem.basket.settings import CONFIDENCE, LEVEL

MEASURES = ("average_correlation", "pc1_share", "dispersion")
TOGETHER = (-1.0, -1.0, 1.0)
"""The direction in which each measure goes where a basket no longer moves together."""

_AT_ONCE = 200_000
"""Numbers of a block of draws that are measured at once."""


class Estimated(NamedTuple):
    """A number with the ends of its interval."""

    value: float
    low: float
    high: float


class MeasureChange(NamedTuple):
    """A measure before and after the day, and whether its change is shown."""

    measure: str
    before: Estimated
    after: Estimated
    change: Estimated
    p_value: float
    shown: bool

    @property
    def rose(self) -> bool:
        """Whether it is higher after the day."""
        return self.change.value > 0.0


class Compared(NamedTuple):
    """The three measures of two windows; beside them the volatility of a name, which dispersion grows with."""

    changes: tuple[MeasureChange, ...]
    volatility_before: float
    volatility_after: float
    undefined: float
    """Share of draws in which a measure does not exist, such as where a name stood still."""

    def of(self, measure: str) -> MeasureChange:
        """A measure by its name."""
        return self.changes[MEASURES.index(measure)]

    @property
    def no_longer_together(self) -> bool:
        """Correlation and PC1 share fell, dispersion rose, each by more than chance shows.

        Source: the model's specification A.7. All three must hold, so none needs to be adjusted for the others.
        """
        signs = zip(self.changes, TOGETHER, strict=True)
        return all(one.change.value * sign > 0.0 and one.p_value <= LEVEL for one, sign in signs)

    @property
    def dispersion_by_volatility(self) -> float:
        """Dispersion after the day, had only volatility changed.

            dispersion before x volatility after / volatility before

        Source: ours, an identity: returns of one shape, all twice as large, are twice as dispersed.
        """
        return self.of("dispersion").before.value * self.volatility_after / self.volatility_before


def measured(returns: Floats) -> Floats:
    """The three measures of a window, along a new last axis.

    >>> measured(np.array([[0.01, -0.02], [0.03, 0.01], [0.02, -0.01]])).round(4).tolist()
    [0.982, 0.991, 0.0189]
    """
    pairs = correlations(returns)
    return np.stack([average_correlation(pairs), pc1_share(pairs), dispersion(returns)], axis=-1)


def compare_windows(before: Floats, after: Floats, *, block: int, draws: int, seed: int) -> Compared:
    """Measures before and after, intervals from days drawn within each window, p values from days drawn from both.

    For the intervals, each window is drawn again from its own days. For the p values, both are drawn from the days of both
    together, so that nothing but chance tells them apart: the same windows, the same names, the same blocks.
    Source: the model's specification A.7, a block bootstrap of the difference of two windows.
    """
    first, then = measured(before), measured(after)
    own = _Draws(np.random.default_rng([seed, 1]), len(before), block, draws)
    drawn_first, drawn_then = own.measured(before), own.measured(after)
    change = then - first
    p_values = p_values_of(before, after, block=block, draws=draws, seed=seed)
    marks = shown(p_values, LEVEL)
    changes = tuple(
        MeasureChange(
            name,
            _estimated(first[at], drawn_first[:, at]),
            _estimated(then[at], drawn_then[:, at]),
            _estimated(change[at], drawn_then[:, at] - drawn_first[:, at]),
            p_values[at],
            marks[at],
        )
        for at, name in enumerate(MEASURES)
    )
    undefined = float(np.isnan(drawn_first + drawn_then).any(axis=-1).mean())
    return Compared(changes, float(volatility(before)), float(volatility(after)), undefined)


def p_values_of(before: Floats, after: Floats, *, block: int, draws: int, seed: int) -> list[float]:
    """How often two windows, both drawn from the days of both together, differ by as much, for each measure.

    Source: the model's specification A.7.
    """
    both = np.concatenate([before, after])
    pooled = _Draws(np.random.default_rng([seed, 2]), len(before), block, draws)
    by_chance = pooled.measured(both) - pooled.measured(both)
    change = measured(after) - measured(before)
    return [p_value(float(change[at]), by_chance[:, at]) for at in range(len(MEASURES))]


def _estimated(value: float, drawn: Floats) -> Estimated:
    low, high = interval(float(value), drawn, CONFIDENCE)
    return Estimated(float(value), float(low), float(high))


class _Draws(NamedTuple):
    """Windows drawn again from days, and measured."""

    generator: np.random.Generator
    length: int
    block: int
    draws: int

    def measured(self, days: Floats) -> Floats:
        """The three measures of each draw, one row a draw."""
        at_once = max(_AT_ONCE // (self.length * days.shape[1]), 1)
        places = drawn_days(self.generator, length=self.length, of=len(days), block=self.block, draws=self.draws)
        return np.concatenate([measured(days[places[at : at + at_once]]) for at in range(0, self.draws, at_once)])
