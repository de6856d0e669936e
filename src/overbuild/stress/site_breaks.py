"""What breaks a site: all its break-evens, the nearest of them, and the debt that it can carry."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Cell
from overbuild.site.case.plan import SitePlan
from overbuild.site.run import SiteRun
from overbuild.site.sizing.debt_capacity import DebtCapacity, debt_at_value, debt_capacity
from overbuild.stress.break_even import NO_DEBT, Found, Label, Measuring, break_evens
from overbuild.stress.counts import PeriodCount, counts_of
from overbuild.stress.departures import measured
from overbuild.stress.drivers import DRIVERS, LEAST, MOST, Driver
from overbuild.stress.targets import Target, targets_of

COMPARED = ("price", "utilisation", "gpu_cost", "power_price")
"""The drivers whose relative changes are compared: the whole of each, none of its parts."""


class SiteBreaks(NamedTuple):
    """The break-evens by driver (or count) and target, and the debt that the site can carry.

    `first` is the driver whose least adverse change brings the minimum DSCR to 1, `why` says why there is none.
    `ranked` are the drivers, the one that breaks least cover soonest first; `counts` and `targets` are those of the plan.
    """

    found: Found
    capacity: DebtCapacity
    at_value: DebtCapacity
    first: str | None
    why: str
    ranked: tuple[Driver, ...]
    counts: tuple[PeriodCount, ...]
    targets: tuple[Target, ...]

    def values(self) -> dict[str, Cell]:
        """Every number by its id.

        `breakeven.price`, `price.contract`, `price.market`, `utilisation`, `gpu_cost` and `power_price` are multiples of
        the running case up to which the minimum DSCR is 1 or more; `overrun` adds a share of cost, `base_rate` and
        `refinancing_rate` add to the rate a year. `breakeven.delay` are the most periods later than in the case,
        `breakeven.failure` the first period in which the offtaker may fail. With `.llcr` the loan life cover is 1 or
        more, with `.equity_npv` the owners' value at their hurdle 0 or more, with `.outcome` the site runs to its end,
        with `.test.NAME` the level of that test is kept. None where there is none: see `status`.
        """
        amounts: dict[str, Cell] = {
            f"breakeven.{name}{suffix}": one.value for (name, suffix), one in self.found.items()
        }
        sized: dict[str, Cell] = {"debt_capacity": self.capacity.amount, "debt_capacity.ltv": self.at_value.amount}
        return amounts | {"first_break": self.first} | sized

    def status(self) -> dict[str, str]:
        """Why a number does not exist, or what it rests on, by id."""
        notes = {one.id: one.note for one in self.counts}
        said: dict[str, str] = {}
        for (name, suffix), one in self.found.items():
            note = "" if one.status == NO_DEBT else notes.get(name, "")
            said[f"breakeven.{name}{suffix}"] = "; ".join(part for part in (one.status, note) if part)
        said |= {"first_break": self.why, "debt_capacity": self.capacity.status}
        said["debt_capacity.ltv"] = self.at_value.status
        return {name: words for name, words in said.items() if words}


def break_ids(plan: SitePlan) -> tuple[str, ...]:
    """The ids of all numbers of a plan that are found by running it again.

    >>> from overbuild.site.examples import PLAN
    >>> [one for one in break_ids(PLAN) if one.startswith("breakeven.failure")]
    ['breakeven.failure', 'breakeven.failure.llcr', 'breakeven.failure.equity_npv', 'breakeven.failure.outcome']
    """
    names = [*(one.id for one in DRIVERS), *(one.id for one in counts_of(plan))]
    ids = [f"breakeven.{name}{target.suffix}" for name in names for target in targets_of(plan)]
    return (*ids, "first_break", "debt_capacity", "debt_capacity.ltv")


def breaks_of(run: SiteRun, label: Label = "period {}".format, first: Measuring = measured) -> SiteBreaks:
    """The break-evens of a site as run, on the schedule of its sizing; `label` and `first` as of `break_evens`.

    >>> from overbuild.site.examples import RUN
    >>> breaks_of(RUN).first
    'price'
    """
    plan = run.plan
    found = break_evens(plan, run.sizing, label, first)
    soonest, why = _first_break(run, found)
    ranked = tuple(sorted(DRIVERS, key=lambda driver: _soonest(driver, found)))
    return SiteBreaks(
        found=found,
        capacity=debt_capacity(plan),
        at_value=capacity_at_value(run),
        first=soonest,
        why=why,
        ranked=ranked,
        counts=counts_of(plan),
        targets=targets_of(plan),
    )


def capacity_at_value(run: SiteRun) -> DebtCapacity:
    """The debt at the lowest loan to value that a test or a refinancing of the case asks for; None where none does.

    >>> from overbuild.site.examples import RUN
    >>> capacity_at_value(RUN).status
    'no test and no refinancing of the case names a loan to value'
    """
    levels = [one.level for one in run.plan.tests if one.test == "ltv"]
    levels += [one.refinancing.ltv for one in run.plan.loans if one.refinancing and one.refinancing.ltv is not None]
    if not levels or not run.plan.loans:
        none = "no test and no refinancing of the case names a loan to value" if run.plan.loans else NO_DEBT
        return DebtCapacity(None, none, False)
    lines, level = run.lines, min(levels)
    owed = [lines["ltv"][place] for place in range(run.last + 1) if lines["debt_is_due"][place] > 0.0]
    amount = debt_at_value(run.totals["debt"], owed, level)
    return DebtCapacity(amount, f"at a loan to value of {level:.0%}, repaid as the loans are", False)


def _soonest(driver: Driver, found: Found) -> tuple[bool, bool, float]:
    apart = distance(driver, found)
    return driver.id not in COMPARED, apart is None, float("inf") if apart is None else apart


def _first_break(run: SiteRun, found: Found) -> tuple[str | None, str]:
    if run.min_dscr is None:
        return None, "no debt service" if run.plan.loans else NO_DEBT
    if run.min_dscr < 1.0:
        return None, "missed by the case"
    ways = {one.id: apart for one in DRIVERS if one.id in COMPARED and (apart := distance(one, found)) is not None}
    if not ways:
        return None, f"nothing between {LEAST:g} and {MOST:g} times the case brings min DSCR to 1"
    first = min(ways, key=ways.__getitem__)
    return first, found[first, ""].status if found[first, ""].jumps else ""


def distance(driver: Driver, found: Found) -> float | None:
    """The adverse change of a driver that brings the minimum DSCR to 1, relative to the case; None where none does."""
    value = found[driver.id, ""].value
    if value is None or driver.change(value) * driver.adverse < 0.0:
        return None
    return abs(driver.change(value))
