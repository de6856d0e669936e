"""Between which amounts of a driver a target changes from met to missed: found on a grid, narrowed in joint passes.

The grid is fine near the case and coarse far from it. Where a measure comes near to its level between neighbours of the
grid, more is run there; two jumps between neighbours are not seen: there a target is taken to hold, or to be missed,
all the way between.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.site.case.plan import SitePlan
from overbuild.site.sizing.sizing import Sizing
from overbuild.stress.break_words import Beside, beside
from overbuild.stress.departures import Departure, Measured, Row, measured
from overbuild.stress.drivers import Driver
from overbuild.stress.targets import Target, margins

Places = NDArray[np.int_]

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


class Tried(NamedTuple):
    """The amounts of a driver that were run, in their order, and where each stands among what was measured."""

    driver: str
    amounts: Row
    places: Places


def tried_on(driver: str, amounts: Row, start: int) -> Tried:
    """Amounts of a driver that were run in their order, the first of them at `start`."""
    return Tried(driver, amounts, start + np.arange(len(amounts)))


def tried_more(tried: Tried, amounts: Row, start: int) -> Tried:
    """The same with more amounts, which were run in the order given, the first of them at `start`."""
    together = np.concatenate([tried.amounts, amounts])
    order = np.argsort(together, kind="stable")
    places = np.concatenate([tried.places, start + np.arange(len(amounts))])
    return Tried(tried.driver, together[order], places[order])


def dips(tried: Tried, target: Target, found: Measured) -> Row:
    """Amounts around which a measure comes so near to its level between its neighbours that it may pass it and return.

    An amount is looked at where its neighbours are farther from the level on the same side, by as much as is left.

    >>> found = Measured({"min_dscr": np.array([1.3, 1.1, 1.4])}, {}, np.zeros(3), np.zeros(3), {})
    >>> tried = tried_on("price", np.array([0.8, 0.9, 1.0]), 0)
    >>> len(dips(tried, Target("", "min_dscr", 1.0, "min DSCR = 1", "min DSCR"), found))
    14
    """
    none = np.array([])
    if target.is_flag or len(tried.amounts) < 3:
        return none
    row = margins(target, found)[tried.places]
    far = np.where(np.isfinite(row), np.abs(row), np.nan)
    left, here, right = far[:-2], far[1:-1], far[2:]
    alike = (row[:-2] >= 0.0) == (row[1:-1] >= 0.0)
    alike &= (row[2:] >= 0.0) == (row[1:-1] >= 0.0)
    near = alike & (here <= left) & (here <= right) & (here <= np.maximum(left, right) - here)
    parts = np.arange(1, _FEWEST) / _FEWEST
    sides = [
        tried.amounts[place] + (tried.amounts[place + 1] - tried.amounts[place]) * parts
        for one in np.flatnonzero(near)
        for place in (one, one + 1)
    ]
    return np.unique(np.concatenate(sides)) if sides else none


def brackets_on(tried: Tried, target: Target, found: Measured) -> Iterator[Bracket]:
    """All brackets between neighbours of the amounts of a driver that were run."""
    row = margins(target, found)[tried.places]
    met = row >= 0.0
    for one in map(int, np.flatnonzero(met[1:] != met[:-1])):
        low, high = (
            Edge(float(tried.amounts[place]), float(row[place]), beside(target, found, int(tried.places[place])))
            for place in (one, one + 1)
        )
        yield Bracket(tried.driver, target, low, high)


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
        tried: dict[str, Tried] = {}
        departures: list[Departure] = []
        for driver in dict.fromkeys(one.driver for one in wide):
            amounts = np.unique(np.concatenate([_points(one, passed) for one in wide if one.driver == driver]))
            tried[driver] = tried_on(driver, amounts, len(departures))
            departures += [Departure({driver: amount}) for amount in amounts]
        found = measured(plan, sizing, departures)
        wide = [part for one in wide for part in _narrowed(one, tried[one.driver], found)]
    return narrow + wide


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


def _narrowed(one: Bracket, tried: Tried, found: Measured) -> Iterator[Bracket]:
    """The brackets between neighbours inside a bracket, in which what was run shows a change."""
    row = margins(one.target, found)
    inside = np.flatnonzero((tried.amounts > one.low.amount) & (tried.amounts < one.high.amount))
    amounts = [one.low.amount, *tried.amounts[inside].tolist(), one.high.amount]
    reached = [one.low.margin, *row[tried.places[inside]].tolist(), one.high.margin]

    def edge(at: int) -> Edge:
        if at in (0, len(amounts) - 1):
            return one.high if at else one.low
        return Edge(amounts[at], reached[at], beside(one.target, found, int(tried.places[inside[at - 1]])))

    for at, (before, after) in enumerate(pairwise(reached)):
        if (before >= 0.0) != (after >= 0.0):
            yield one._replace(low=edge(at), high=edge(at + 1))
