"""The break-evens of a site: the amount of a driver, or the count of periods, up to which a target holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from overbuild.site.case.plan import SitePlan
from overbuild.site.sizing.sizing import Sizing
from overbuild.stress.brackets import Bracket, Tried, brackets_of, grid_of, tried_on
from overbuild.stress.break_words import Sides, Span, beside, changes_between, holds_between, jump, jumps_in, starts_at
from overbuild.stress.counts import counted, counts_of
from overbuild.stress.departures import Departure, Measured, Row, measured
from overbuild.stress.drivers import DRIVERS, Driver
from overbuild.stress.targets import Target, margins, targets_of

Label = Callable[[int], str]
"""The name of a period."""

Measuring = Callable[[SitePlan, Sizing, Sequence[Departure]], Measured]
"""Runs departures from a plan, as `measured` does."""

NO_DEBT = "no debt"

_JUMP, _SAME = 1e-7, 1e-6


class BreakEven(NamedTuple):
    """The nearest adverse end of where a target holds, or None; what there is to say; all amounts where it holds.

    `jumps` says that the measure does not pass through its level there, but leaps over it.
    """

    value: float | int | None
    status: str = ""
    holds: tuple[Span, ...] = ()
    jumps: bool = False


class Root(NamedTuple):
    """An amount at which a target changes from met to missed or back.

    `sides` are what is shown where it is met, and where it is missed, if the measure jumps; None where it passes through
    its level.
    """

    amount: float
    low_met: bool
    sides: Sides | None = None


Found = dict[tuple[str, str], BreakEven]
"""Break-evens by driver (or count) and suffix of the target."""


def break_evens(
    plan: SitePlan, sizing: Sizing, label: Label = "period {}".format, first: Measuring = measured
) -> Found:
    """Every break-even of a plan on a sizing; `label` names a period, `first` runs the first and largest pass.

    Price, use and costs are multiples of the case, overrun and rates additions to it; loans keep their amounts and
    schedules. Counts are periods later than in the case, and the first period in which an offtaker may fail.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> round(break_evens(PLAN, SIZING)["price", ""].value, 4)
    0.7078
    """
    targets, counts = targets_of(plan), counts_of(plan)
    grids = {driver.id: grid_of(driver, plan) for driver in DRIVERS}
    departures = [Departure()]
    tried: list[Tried] = []
    for name, grid in grids.items():
        tried.append(tried_on(name, grid, len(departures)))
        departures += [Departure({name: amount}) for amount in grid]
    counted_from = len(departures)
    departures += [departure for count in counts for departure in count.departures]
    everything = first(plan, sizing, departures)
    met = {target.suffix: bool(margins(target, everything)[0] >= 0.0) for target in targets}
    roots = _roots(brackets_of(plan, sizing, tried, everything), sizing.uses)
    found: Found = {}
    for driver in DRIVERS:
        for target in targets:
            key = (driver.id, target.suffix)
            found[key] = _told(driver, target, roots.get(key, []), met[target.suffix], grids[driver.id], label)
    place = counted_from
    for count in counts:
        for target in targets:
            row = margins(target, everything)[place : place + len(count.departures)]
            sides = [beside(target, everything, place + one) for one in range(len(row))]
            told = counted(count, target, row, sides, label, met=met[target.suffix])
            found[count.id, target.suffix] = BreakEven(told.value, told.status, told.holds)
        place += len(count.departures)
    return found if plan.loans else _without_debt(found, targets)


def _without_debt(found: Found, targets: Sequence[Target]) -> Found:
    lenders = {target.suffix for target in targets if target.lenders}
    return {key: BreakEven(None, NO_DEBT) if key[1] in lenders else one for key, one in found.items()}


def _roots(brackets: Sequence[Bracket], uses: float) -> dict[tuple[str, str], list[Root]]:
    """The changes of each driver and target, in the order of their amounts."""
    roots: dict[tuple[str, str], list[Root]] = {}
    for one in sorted(brackets, key=lambda bracket: bracket.low.amount):
        met, missed = (one.low, one.high) if one.low_met else (one.high, one.low)
        if one.leap(uses) <= _JUMP:
            amount = one.low.amount + (one.crossing or 0.0) * (one.high.amount - one.low.amount)
            root = Root(amount, one.low_met)
        else:
            root = Root(met.amount, one.low_met, Sides(met.shows, missed.shows))
        roots.setdefault((one.driver, one.target.suffix), []).append(root)
    return roots


def _spans(roots: Sequence[Root], met: bool) -> tuple[Span, ...]:
    """Where a target holds, from its changes in order; `met` where it never changes."""
    if not roots:
        return (Span(None, None),) if met else ()
    edges: list[float | None] = [None] if roots[0].low_met else []
    edges += [root.amount for root in roots]
    if not roots[-1].low_met:
        edges.append(None)
    return tuple(Span(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True))


def _told(driver: Driver, target: Target, roots: Sequence[Root], met: bool, grid: Row, label: Label) -> BreakEven:
    if not len(grid):
        return BreakEven(None, driver.absent)
    spans = _spans(roots, met)
    if not roots:
        between = changes_between(driver, float(grid[0]), float(grid[-1]))
        return BreakEven(None, f"{'holds' if met else 'missed'} {between}", spans)
    root = _nearest(driver, roots, met)
    value = driver.neutral if met and abs(driver.change(root.amount)) <= _SAME else root.amount
    said: list[str] = [] if met else [starts_at(driver, value)]
    if root.sides is not None and met:
        said.append(jump(driver, target, value, root.sides, label, upwards=root.low_met))
    elif root.sides is not None:
        said.append(jumps_in(target, root.sides, label))
    reversed_way = met and root.sides is None and root.low_met != (driver.adverse > 0)
    if len(roots) > 1 or reversed_way:
        said.append(holds_between(driver, spans))
    return BreakEven(value, "; ".join(said), spans, root.sides is not None)


def _nearest(driver: Driver, roots: Sequence[Root], met: bool) -> Root:
    """The change nearest to the case on the side where the driver hurts, or, for a case that misses, where it helps.

    Where there is none on that side, the nearest on the other.
    """
    side = driver.adverse if met else -driver.adverse

    def rank(root: Root) -> tuple[bool, float]:
        change = driver.change(root.amount)
        return change * side < 0.0, abs(change)

    return min(roots, key=rank)
