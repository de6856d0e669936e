"""Searching the break-evens of a site: the multiple, or the count of periods, at which a target is just met.

A target need not be met on one side of a multiple only: a refresh falls due, a sweep begins, a cure is spent. The
crossing nearest to multiple 1 is the one that is found, on a grid that is fine near 1 and coarse far from it; two
crossings between neighbours of the grid are not seen.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from overbuild.old_site.case.plan import SitePlan
from overbuild.old_site.sizing.sizing import Sizing
from overbuild.stress.departures import DRIVERS, Departure, Row, absent, measured, reach

_STEPS = 32
_CLOSED = 1e-10
_JUMP = 1e-6
_DELAY_YEARS = 5
_POINTS = 256
_AROUND = np.array([sign * 10.0**-power for power in (1.5, 2, 3, 4, 5, 7, 9, 11) for sign in (-1.0, 1.0)])


class Target(NamedTuple):
    """What must be met: a result and its level; `suffix` is appended to the id of a break-even."""

    suffix: str
    measure: str
    level: float
    label: str


TARGETS = (
    Target("", "min_dscr", 1.0, "min DSCR = 1"),
    Target(".llcr", "llcr", 1.0, "LLCR = 1"),
    Target(".equity_npv", "equity_npv", 0.0, "equity NPV = 0"),
)


VARIED = ("price", "utilisation", "gpu_cost", "delay", "power_price", "offtaker_default")
"""Everything that is varied, in the order of its ids."""


class BreakEven(NamedTuple):
    """A break-even, or None; and what there is to say about it."""

    value: float | int | None
    status: str = ""


class _Bracket(NamedTuple):
    """Two multiples between which a target changes from met to missed or back; `near` is the one nearer to 1."""

    driver: str
    target: Target
    near: float
    far: float
    near_margin: float
    far_margin: float


Found = dict[tuple[str, str], BreakEven]
"""Break-evens by driver and suffix of the target."""


def break_evens(plan: SitePlan, sizing: Sizing) -> Found:
    """Every break-even of a plan on a sizing.

    Price, use, cost of chips and price of power are multiples, the case itself is 1; loans keep their amounts, so
    the owners pay an overrun (and a saving draws less). `delay` is the most periods of delay, `offtaker_default` the
    first period of failure, at which the target is still met.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.sizing.sizing import size
    >>> round(break_evens(PLAN, size(PLAN))["price", ""].value, 4)
    0.8387
    """
    grids = {driver.id: _grid(*reach(plan, driver.id)) for driver in DRIVERS if absent(plan, driver.id) is None}
    delays = _delays(plan)
    failures = range(plan.offtake.tenor, 0, -1) if plan.offtake else range(0)
    departures = [Departure(**{name: multiple}) for name, grid in grids.items() for multiple in grid]
    departures += [Departure(delay=count) for count in delays]
    departures += [Departure(offtaker_default=number) for number in failures]
    everything = measured(plan, sizing, departures)
    found: Found = {}
    brackets: list[_Bracket] = []
    for target in TARGETS:
        margins: Row = getattr(everything, target.measure) - target.level
        place = 0
        for driver in DRIVERS:
            key = (driver.id, target.suffix)
            if driver.id not in grids:
                found[key] = BreakEven(None, absent(plan, driver.id) or "")
                continue
            grid = grids[driver.id]
            bracket = _bracket(driver.id, target, grid, margins[place : place + len(grid)])
            place += len(grid)
            if bracket is None:
                found[key] = BreakEven(None, _never(plan, driver.id, grid, met=margins[place - 1] >= 0.0))
            else:
                brackets.append(bracket)
        late = place + len(delays)
        found["delay", target.suffix] = _delay(delays, margins[place:late])
        found["offtaker_default", target.suffix] = _failure(failures, margins[late:], margins[place])
    for bracket in _closed(plan, sizing, brackets):
        found[bracket.driver, bracket.target.suffix] = _settled(bracket, sizing.uses)
    if not plan.loans:
        found |= {key: BreakEven(None, "no debt") for key in found if key[1] != ".equity_npv"}
    return {(driver, target.suffix): found[driver, target.suffix] for driver in VARIED for target in TARGETS}


def _grid(least: float, most: float) -> Row:
    """Multiples from least to most through 1, near to each other around 1."""
    steps = (np.arange(1, _STEPS + 1) / _STEPS) ** 2
    above = np.minimum(most, np.exp(math.log(most) * steps)) if most > 1.0 else np.array([])
    below = np.maximum(least, np.exp(math.log(least) * steps))
    return np.concatenate([below[::-1], [1.0], above])


def _bracket(driver: str, target: Target, grid: Row, margins: Row) -> _Bracket | None:
    met = margins >= 0.0
    centre = int(np.flatnonzero(grid == 1.0)[0])
    others = np.flatnonzero(met != met[centre])
    if not len(others):
        return None
    far = int(min(others, key=lambda place: abs(float(grid[place]) - 1.0)))
    near = far + (1 if far < centre else -1)
    ends = (float(grid[near]), float(grid[far]), float(margins[near]), float(margins[far]))
    return _Bracket(driver, target, *ends)


def _never(plan: SitePlan, driver: str, grid: Row, *, met: bool) -> str:
    said = f"{'met' if met else 'missed'} at every multiple from {grid[0]:.3g} to {grid[-1]:.3g}"
    return f"{said} (a use of 1)" if driver == "utilisation" else said


def _closed(plan: SitePlan, sizing: Sizing, brackets: list[_Bracket]) -> list[_Bracket]:
    """The brackets narrowed, all in the same passes: each at least sixteenfold, the last few ever faster."""
    closed: list[_Bracket] = []
    while brackets:
        parts = max(16, _POINTS // len(brackets))
        points = [_points(bracket, parts) for bracket in brackets]
        departures = [
            Departure(**{bracket.driver: multiple})
            for bracket, inside in zip(brackets, points, strict=True)
            for multiple in inside
        ]
        everything, place, narrowed = measured(plan, sizing, departures), 0, list[_Bracket]()
        for bracket, inside in zip(brackets, points, strict=True):
            measures: Row = getattr(everything, bracket.target.measure)[place : place + len(inside)]
            place += len(inside)
            narrowed.append(_narrowed(bracket, inside, measures - bracket.target.level))
        closed += [one for one in narrowed if abs(one.far - one.near) <= _CLOSED * one.near]
        brackets = [one for one in narrowed if abs(one.far - one.near) > _CLOSED * one.near]
    return closed


def _points(bracket: _Bracket, parts: int) -> Row:
    """Multiples inside a bracket from its near to its far end: evenly, and close around where a line would cross."""
    width, crossing = bracket.far - bracket.near, _crossing(bracket)
    shares = np.arange(1, parts) / parts
    if crossing is not None:
        shares = np.unique(np.concatenate([shares, crossing + _AROUND]))
    inside = bracket.near + width * shares[(shares > 0.0) & (shares < 1.0)]
    return inside[(inside != bracket.near) & (inside != bracket.far)]


def _crossing(bracket: _Bracket) -> float | None:
    """Share of the bracket at which a line through its ends crosses the target; None where an end has no measure."""
    rise = bracket.near_margin - bracket.far_margin
    return bracket.near_margin / rise if math.isfinite(rise) and rise != 0.0 else None


def _narrowed(bracket: _Bracket, inside: Row, margins: Row) -> _Bracket:
    multiples = [bracket.near, *inside.tolist(), bracket.far]
    values = [bracket.near_margin, *margins.tolist(), bracket.far_margin]
    met = [value >= 0.0 for value in values]
    far = next(place for place, flag in enumerate(met) if flag != met[0])
    return bracket._replace(
        near=multiples[far - 1], far=multiples[far], near_margin=values[far - 1], far_margin=values[far]
    )


def _settled(bracket: _Bracket, uses: float) -> BreakEven:
    """The crossing of a narrow bracket; where the measure jumps, the multiple on the side that meets the target."""
    near, far, measure = bracket.near_margin, bracket.far_margin, bracket.target.measure
    crossing, level = _crossing(bracket), bracket.target.level
    at = bracket.near if near >= 0.0 else bracket.far
    if crossing is None:
        return BreakEven(None, _lost(bracket))
    if abs(near - far) <= _JUMP * (uses if measure == "equity_npv" else 1.0):
        return BreakEven(bracket.near + crossing * (bracket.far - bracket.near))
    return BreakEven(at, f"a jump from {level + near:.6g} to {level + far:.6g}")


def _lost(bracket: _Bracket) -> str:
    """That a measure ends at a multiple, on one side of which the loan defaults, and what the measure is there."""
    measure, level = bracket.target.label.partition(" =")[0], bracket.target.level
    if math.isnan(bracket.near_margin):
        return f"the loan lives from multiple {bracket.far:.4g}, with {measure} at {level + bracket.far_margin:.3g}"
    side = "below" if bracket.far < bracket.near else "above"
    still = level + bracket.near_margin
    return f"the loan defaults {side} multiple {bracket.near:.4g}, with {measure} at {still:.3g} up to there"


def _delays(plan: SitePlan) -> range:
    first = plan.site.delay_periods
    return range(first, first + _DELAY_YEARS * plan.site.periods_per_year + 1)


def _delay(delays: range, margins: Row) -> BreakEven:
    missed = np.flatnonzero(~(margins >= 0.0))
    if not len(missed):
        return BreakEven(None, f"met up to {delays[-1]} periods of delay")
    return BreakEven(delays[int(missed[0]) - 1]) if missed[0] else BreakEven(None, "missed already")


def _failure(failures: range, margins: Row, running: float) -> BreakEven:
    """The earliest of the failures, latest first, up to which all meet the target; `running` is without a change."""
    if not len(failures):
        return BreakEven(None, "no contract")
    missed = np.flatnonzero(~(margins >= 0.0))
    if not len(missed):
        return BreakEven(None, f"met in whichever of {len(failures)} periods")
    if missed[0]:
        return BreakEven(failures[int(missed[0]) - 1])
    return BreakEven(None, "missed in whichever period" if running >= 0.0 else "missed already")
