"""Between which amounts of a driver a target changes from met to missed: found on a grid, narrowed in joint passes.

The grid is fine near the case and coarse far from it. Where a measure comes near to its level between neighbours of the
grid, more is run there; two jumps between neighbours are not seen: there a target is taken to hold, or to be missed,
all the way between.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.site.case.plan import SitePlan
from overbuild.site.sizing.sizing import Sizing
from overbuild.stress.break_words import Beside, beside
from overbuild.stress.departures import Departure, Measured, Row, joined, measured
from overbuild.stress.drivers import BY_ID, Driver
from overbuild.stress.targets import Target, margins, targets_of

Places = NDArray[np.int_]

STEPS = 64
"""Amounts of the grid on each side of the case."""

_CLOSED, _CLOSED_JUMP, _STEEPEST, _SHEER = 1e-10, 1e-6, 1e4, 50.0
_AROUND = np.array([sign * 10.0**-power for power in (2, 3.5, 5, 7, 9) for sign in (-1.0, 1.0)])
_MOST_NARROWED = 24
_FEWEST, _FIRST, _EVEN, _LOOKS, _PASSES, _MOST_PASSES = 8, 56, 48, 1, 3, 40


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
        jumps = self.leap(uses) > _STEEPEST * self.width
        return self.width <= _CLOSED or (self.width <= _CLOSED_JUMP and jumps)

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


def brackets_of(plan: SitePlan, sizing: Sizing, tried: Sequence[Tried], found: Measured) -> list[Bracket]:
    """The brackets of all drivers and targets, narrowed to where a target changes.

    One in which it changes three times becomes three. `tried` are the amounts run so far, `found` what they measured.
    What is run for a driver narrows all its brackets. In the first pass a second look is taken where a measure may pass
    its level and return.
    """
    targets, brackets = targets_of(plan), list[Bracket]()
    for passed in range(_MOST_PASSES):
        brackets = [bracket for one in tried for target in targets for bracket in brackets_on(one, target, found)]
        wide = _nearest_few([one for one in brackets if not one.is_closed(sizing.uses)])
        asked = {one.driver: list[Row]() for one in tried}
        for bracket in wide:
            asked[bracket.driver].append(_points(bracket, sizing.uses, passed))
        if not passed:
            for one in tried:
                asked[one.driver] += [dips(one, target, found) for target in targets]
        amounts = {driver: np.unique(np.concatenate([np.array([]), *rows])) for driver, rows in asked.items()}
        departures = [Departure({driver: amount}) for driver, row in amounts.items() for amount in row]
        if not departures:
            return brackets
        start, more = len(found.outcome), list[Tried]()
        for one in tried:
            more.append(tried_more(one, amounts[one.driver], start))
            start += len(amounts[one.driver])
        tried, found = more, joined(found, measured(plan, sizing, departures))
    return brackets


def _nearest_few(wide: Sequence[Bracket]) -> list[Bracket]:
    """The brackets of each driver and target that are nearest to the case: what changes more often is told no nearer."""
    ranked = sorted(wide, key=lambda one: abs(BY_ID[one.driver].change(one.low.amount)))
    met = Counter[tuple[str, str]]()
    found: list[Bracket] = []
    for one in ranked:
        met[one.driver, one.target.suffix] += 1
        found += [one] if met[one.driver, one.target.suffix] <= _MOST_NARROWED else []
    return found


def _points(one: Bracket, uses: float, passed: int) -> Row:
    """Amounts inside a bracket: around where a line through its ends would cross, and evenly, done in a few passes."""
    shares = np.array([])
    parts = _FEWEST if passed < _PASSES else _EVEN
    if one.crossing is not None:
        shares = one.crossing + _AROUND
    if one.crossing is None or (passed and one.leap(uses) > _SHEER * one.width):
        needed = math.ceil((one.width / _CLOSED_JUMP) ** (1.0 / max(1, _PASSES - passed))) + 1
        parts = max(parts, needed, _FIRST if passed < _LOOKS else 0)
    shares = np.concatenate([np.arange(1, parts) / parts, shares])
    inside = one.low.amount + (one.high.amount - one.low.amount) * shares[(shares > 0.0) & (shares < 1.0)]
    return inside[(inside > one.low.amount) & (inside < one.high.amount)]
