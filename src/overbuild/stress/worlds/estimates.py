"""Probabilities and means of a run with their intervals, and the worlds in which a driver is lowest and highest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.stress.worlds.distribution import ValueDistribution
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.intervals import SampleEstimate, mean_of, mean_of_scrambles, share_of
from overbuild.stress.worlds.run import WorldsRun

_FEWEST = 16


class Hits(NamedTuple):
    """How many scenarios have something, of how many."""

    had: int
    counted: int


def by_scramble(worlds: WorldsRun) -> bool:
    """Whether the error of a run is that of independent scrambles of Sobol points."""
    return len(worlds.by_scramble) > 1 and not worlds.stopped


def estimated(worlds: WorldsRun, hits: Sequence[Hits]) -> SampleEstimate:
    """A probability, from what each scramble has of it.

    Where hardly any scenario has it, or lacks it, scrambles say nothing of its error.

    >>> from overbuild.stress.worlds.run import HowMany, run_worlds
    >>> from overbuild.stress.worlds.distribution import RATIO_GRID
    >>> from overbuild.stress.worlds.summaries import Asked, ScenarioMeasure
    >>> found = run_worlds(lambda first, count: {"x": np.ones(count)}, Asked((ScenarioMeasure("x", RATIO_GRID),)), HowMany(100))
    >>> estimated(found, [Hits(10, 100)]).value
    0.1
    """
    had, counted = (sum(one) for one in zip(*hits, strict=True))
    if not by_scramble(worlds) or min(had, counted - had) < _FEWEST:
        return share_of(had, counted)
    found = mean_of_scrambles([one / of for one, of in hits])
    return found._replace(low=max(0.0, found.low), high=min(1.0, found.high))


def mean_in(worlds: WorldsRun, name: str) -> SampleEstimate:
    """The mean of a measure of a run."""
    if by_scramble(worlds):
        return mean_of_scrambles([one.measures[name].mean for one in worlds.by_scramble])
    return mean_of(worlds.summary.measures[name])


def above_zero(found: ValueDistribution) -> Hits:
    """How many values are above 0."""
    return Hits(int(found.counts[found.greatest > 0.0].sum()), found.size)


def below_zero(found: ValueDistribution) -> Hits:
    """How many values are below 0."""
    return Hits(int(found.counts[found.least < 0.0].sum()), found.size)


class Fifths(NamedTuple):
    """The scenarios in which a number is lowest, a fifth of all, and those in which it is highest."""

    lowest: NDArray[np.intp]
    highest: NDArray[np.intp]


def fifths(row: Row) -> Fifths:
    """The fifths of a number; of equal numbers the first scenarios count as lower.

    >>> found = fifths(np.array([3.0, 1.0, 2.0, 5.0, 4.0]))
    >>> found.lowest.tolist(), found.highest.tolist()
    ([1], [3])
    """
    order = np.argsort(row, kind="stable")
    fifth = max(1, len(order) // 5)
    return Fifths(order[:fifth], order[-fifth:])
