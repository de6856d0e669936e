"""Between which amounts of a driver a target changes from met to missed: found on a grid, narrowed in joint passes.

The grid is fine near the case and coarse far from it. Two changes of a target between neighbours of the grid are not
seen: there a target is taken to hold, or to be missed, all the way between.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from overbuild.site.case.plan import SitePlan
from overbuild.site.sizing.sizing import Sizing
from overbuild.stress.break_words import Beside, beside
from overbuild.stress.departures import Departure, Measured, Row, measured
from overbuild.stress.drivers import Driver
from overbuild.stress.targets import Target, margins

STEPS = 64
"""Amounts of the grid on each side of the case."""

_CLOSED, _CLOSED_JUMP, _STEEP = 1e-10, 1e-7, 1e-3
_AROUND = np.array([sign * 10.0**-power for power in (2, 3.5, 5, 7, 9) for sign in (-1.0, 1.0)])
_FEWEST, _EVEN, _PASSES, _MOST_PASSES = 8, 48, 3, 40


class Edge(NamedTuple):
    """An amount that was run: the margin of a target there, and what the scenario shows."""

    amount: float
    margin: float
    shows: Beside


class Bracket(NamedTuple):
    """Two amounts of a driver, `low` below `high`: a target is met at one of them and missed at the other."""

    driver: str
    target: Target
    low: Edge
    high: Edge

    @property
    def low_met(self) -> bool:
        """Whether the target is met at the low amount, so missed at the high one."""
        return self.low.margin >= 0.0

    @property
    def crossing(self) -> float | None:
        """Share of the bracket at which a line through its ends meets the target; None where there is no such line."""
        rise = self.high.margin - self.low.margin
        return None if self.target.is_flag or not math.isfinite(rise) else -self.low.margin / rise

    @property
    def width(self) -> float:
        """How far its ends are apart, in units of the amount where that is above 1."""
        return (self.high.amount - self.low.amount) / max(1.0, abs(self.low.amount))

    def is_closed(self, uses: float) -> bool:
        """Whether it is as narrow as it need be: a jump, which no passage is as steep as, is closed sooner."""
        return self.width <= _CLOSED or (self.width <= _CLOSED_JUMP and self.leap(uses) > _STEEP)

    def leap(self, uses: float) -> float:
        """How far the measure moves between its ends, money in shares of the uses; infinite where it is none at one."""
        if self.crossing is None:
            return math.inf
        return abs(self.high.margin - self.low.margin) / (
            max(1.0, uses) if self.target.measure == "equity_npv" else 1.0
        )


def grid_of(driver: Driver, plan: SitePlan) -> Row:
    """Amounts in the reach of a driver, through the case, near to each other around it; empty where it has nothing.

    Multiples are even in the square root of their logarithm, additions in their own square root.

    >>> from overbuild.site.examples import PLAN
    >>> from overbuild.stress.drivers import BY_ID
    >>> grid = grid_of(BY_ID["price"], PLAN)
    >>> len(grid), *(round(float(grid[place]), 9) for place in (0, 64, 128))
    (129, 0.05, 1.0, 20.0)
    """
    reach = driver.reach(plan)
    if reach is None:
        return np.array([])
    steps, none = (np.arange(1, STEPS + 1) / STEPS) ** 2, np.array([])
    if driver.kind == "multiple":
        below = np.maximum(reach.low, np.exp(math.log(reach.low) * steps)) if reach.low < 1.0 else none
        above = np.minimum(reach.high, np.exp(math.log(reach.high) * steps)) if reach.high > 1.0 else none
    else:
        below = reach.low * steps if reach.low < 0.0 else none
        above = reach.high * steps if reach.high > 0.0 else none
    return np.concatenate([below[::-1], [driver.neutral], above])


def brackets_on(driver: str, target: Target, amounts: Row, found: Measured, start: int) -> Iterator[Bracket]:
    """All brackets between neighbours of the amounts of a driver, which were run in their order from `start` on."""
    row = margins(target, found)[start : start + len(amounts)]
    met = row >= 0.0
    for place in map(int, np.flatnonzero(met[1:] != met[:-1])):
        yield Bracket(
            driver,
            target,
            *(
                Edge(float(amounts[one]), float(row[one]), beside(target, found, start + one))
                for one in (place, place + 1)
            ),
        )


def closed(plan: SitePlan, sizing: Sizing, brackets: Sequence[Bracket]) -> list[Bracket]:
    """The brackets narrowed to where a target changes; one in which it changes three times becomes three.

    What is run for a driver narrows all its brackets.
    """
    narrow: list[Bracket] = []
    wide = list(brackets)
    for passed in range(_MOST_PASSES):
        narrow += [one for one in wide if one.is_closed(sizing.uses)]
        wide = [one for one in wide if not one.is_closed(sizing.uses)]
        if not wide:
            break
        inside = {
            driver: np.unique(np.concatenate([_points(one, passed) for one in wide if one.driver == driver]))
            for driver in dict.fromkeys(one.driver for one in wide)
        }
        found = measured(
            plan, sizing, [Departure({driver: amount}) for driver, row in inside.items() for amount in row]
        )
        starts = _starts(inside)
        wide = [part for one in wide for part in _narrowed(one, inside[one.driver], starts[one.driver], found)]
    return narrow + wide


def _starts(inside: Mapping[str, Row]) -> dict[str, int]:
    starts, place = dict[str, int](), 0
    for driver, row in inside.items():
        starts[driver], place = place, place + len(row)
    return starts


def _points(one: Bracket, passed: int) -> Row:
    """Amounts inside a bracket: around where a line through its ends would cross, and evenly, done in a few passes."""
    if one.crossing is not None:
        parts = _FEWEST if passed < _PASSES - 1 else _EVEN
        shares = np.concatenate([np.arange(1, parts) / parts, one.crossing + _AROUND])
    else:
        parts = max(_FEWEST, math.ceil((one.width / _CLOSED_JUMP) ** (1.0 / max(1, _PASSES - passed))) + 1)
        shares = np.arange(1, parts) / parts
    inside = one.low.amount + (one.high.amount - one.low.amount) * shares[(shares > 0.0) & (shares < 1.0)]
    return inside[(inside > one.low.amount) & (inside < one.high.amount)]


def _narrowed(one: Bracket, amounts: Row, start: int, found: Measured) -> Iterator[Bracket]:
    """The brackets between neighbours inside a bracket, in which what was run shows a change."""
    inside = np.flatnonzero((amounts > one.low.amount) & (amounts < one.high.amount))
    row = margins(one.target, found)
    edges = [one.low]
    edges += [
        Edge(float(amounts[place]), float(row[start + place]), beside(one.target, found, start + place))
        for place in map(int, inside)
    ]
    edges.append(one.high)
    for low, high in pairwise(edges):
        if (low.margin >= 0.0) != (high.margin >= 0.0):
            yield one._replace(low=low, high=high)
