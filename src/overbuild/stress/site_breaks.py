"""What breaks a site: all its break-evens, the nearest of them, and the debt that it can carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Cell
from overbuild.old_site.run import SiteRun
from overbuild.old_site.sizing.debt_capacity import DebtCapacity, debt_capacity
from overbuild.stress.break_even import TARGETS, Found, break_evens
from overbuild.stress.departures import DRIVERS, LEAST, MOST, Driver

NOTHING_LEFT = "an offtaker that fails leaves nothing: recovery_share 0, claim_periods 0"
"""What is assumed of a failure where the case says nothing of one."""


class SiteBreaks(NamedTuple):
    """The break-evens by driver and target, and the debt that the site can carry.

    `first` is the driver whose least adverse change brings the minimum DSCR to 1, `why` says why there is none.
    `assumed` is what is assumed of a failure of the offtaker, empty where the case says it. `ranked` are the drivers,
    the one that breaks least cover soonest first.
    """

    found: Found
    capacity: DebtCapacity
    first: str | None
    why: str
    assumed: str
    ranked: tuple[Driver, ...]

    def values(self) -> dict[str, Cell]:
        """Every number by its id.

        `breakeven.price`, `utilisation`, `gpu_cost` and `power_price` are the constant multiples of the running case
        at which the minimum DSCR is 1 (with `.llcr` the loan life cover; with `.equity_npv` the owners' value at their
        hurdle is 0); `breakeven.delay` the most periods of delay in all, `breakeven.offtaker_default` the first
        operating period of failure, at which the target is still met. None where there is none: see `status`.
        """
        multiples: dict[str, Cell] = {
            f"breakeven.{name}{suffix}": one.value for (name, suffix), one in self.found.items()
        }
        return multiples | {"first_break": self.first, "debt_capacity": self.capacity.amount}

    def status(self) -> dict[str, str]:
        """Why a number does not exist, or what it rests on, by id."""
        said = {f"breakeven.{name}{suffix}": one.status for (name, suffix), one in self.found.items()}
        if self.assumed:
            for target in TARGETS:
                name = f"breakeven.offtaker_default{target.suffix}"
                said[name] = "; ".join(part for part in (said[name], self.assumed) if part)
        said |= {"first_break": self.why, "debt_capacity": self.capacity.status}
        return {name: words for name, words in said.items() if words}


def breaks_of(run: SiteRun) -> SiteBreaks:
    """The break-evens of a site as run, on the schedule of its sizing.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.run import run_site
    >>> breaks_of(run_site(PLAN)).first
    'price'
    """
    found = break_evens(run.plan, run.sizing)
    first, why = _first_break(run, found)
    assumed = NOTHING_LEFT if run.plan.offtake and not run.plan.offtaker_default else ""
    ranked = tuple(sorted(DRIVERS, key=lambda driver: _soonest(driver, found)))
    return SiteBreaks(found, debt_capacity(run.plan), first, why, assumed, ranked)


def _soonest(driver: Driver, found: Found) -> tuple[bool, float]:
    value = found[driver.id, ""].value
    return distance(driver, found) is None, float("inf") if value is None else abs(value - 1.0)


def _first_break(run: SiteRun, found: Found) -> tuple[str | None, str]:
    lines = run.lines
    if lines["debt"] <= 0.0 or lines["covered_periods"] <= 0.0:
        return None, "no debt"
    if lines["min_dscr"] < 1.0:
        return None, "missed already"
    ways = list(_ways(found))
    if not ways:
        return None, f"nothing between multiples {LEAST:g} and {MOST:g} brings min DSCR to 1"
    return min(ways)[1], ""


def _ways(found: Found) -> Iterator[tuple[float, str]]:
    for driver in DRIVERS:
        apart = distance(driver, found)
        if apart is not None:
            yield apart, driver.id


def distance(driver: Driver, found: Found) -> float | None:
    """The adverse relative change of a driver that brings the minimum DSCR to 1; None where none does."""
    value = found[driver.id, ""].value
    if value is None or (value - 1.0) * driver.adverse < 0.0:
        return None
    return abs(value - 1.0)
