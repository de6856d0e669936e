"""What the break-evens of a site, the first thing that breaks it and the debt it can carry are found from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from overbuild.audit.tree.leaves import Leaves
from overbuild.audit.tree.tree import Why
from overbuild.equations import flatten
from overbuild.site.case.plan import SitePlan
from overbuild.site.case_run import CaseRun
from overbuild.stress.counts import PeriodCount, counts_of
from overbuild.stress.departures import RESULTS, Departure, OfftakerFails, departed
from overbuild.stress.drivers import DRIVERS, Driver
from overbuild.stress.site_breaks import COMPARED, SiteBreaks, break_ids, breaks_of
from overbuild.stress.targets import OUTCOME, Target, targets_of

_GOALS = {
    "": "minimum DSCR is 1",
    ".llcr": "LLCR is 1",
    ".equity_npv": "the NPV of equity is 0",
    ".outcome": "the site still runs to its end",
}
_UNITS = {
    "multiple": "times the case",
    "share": "of cost, added",
    "per_year": "decimal per year, added",
    "more": "periods more than in the case",
    "failure": "period from close",
}
_SIZED = (
    "target_dscr",
    "target_dscr_merchant",
    "dscr",
    "dscr_merchant",
    "max_debt_share",
    "debt_share",
    "amount",
    "advance_rate",
)


class AskedBreak(NamedTuple):
    """A break-even that is asked for: what is varied, and what must be met."""

    varied: Driver | PeriodCount
    target: Target


class BreakNumbers:
    """The numbers that are found by running a case again; `line` gives the tree of a result of the case itself."""

    def __init__(self, case: CaseRun, leaves: Leaves, line: Callable[[str], Why]) -> None:
        self.case, self.leaves, self.line = case, leaves, line

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of them."""
        return break_ids(self.case.run.plan)

    @cached_property
    def _asked(self) -> dict[str, AskedBreak]:
        plan = self.case.run.plan
        varied: tuple[Driver | PeriodCount, ...] = (*DRIVERS, *counts_of(plan))
        return {
            f"breakeven.{one.id}{target.suffix}": AskedBreak(one, target)
            for one in varied
            for target in targets_of(plan)
        }

    @cached_property
    def _breaks(self) -> SiteBreaks:
        return breaks_of(self.case.run, self.case.calendar.label)

    def find(self, name: str) -> Why:
        """The number with what it is found from. Raises KeyError for a name that is none of `ids`."""
        if name == "first_break":
            return self._first_break()
        if name == "debt_capacity":
            return self._debt_capacity()
        if name == "debt_capacity.ltv":
            how = "debt times the loan to value asked for, over the highest that the loans reach"
            return self._found(name, "Debt capacity at a loan to value", "USD", how, (self.line("debt"),))
        return self._break_even(name, self._asked[name])

    def _break_even(self, name: str, asked: AskedBreak) -> Why:
        varied, target = asked
        below = tuple(self._moved(varied))
        if target.measure in RESULTS:
            below = (*below, self.line(target.measure))
        elif target.measure != OUTCOME:
            below = (*below, self.line(f"test.{target.measure}.first_period"))
        how = f"found by running the case: {_asked_in_full(varied, target)}"
        return self._found(name, _called(varied, target), _UNITS[varied.kind], how, below)

    def _found(self, name: str, label: str, unit: str, how: str, below: tuple[Why, ...]) -> Why:
        value, status = self._breaks.values()[name], self._breaks.status().get(name, "")
        origin = "; ".join(part for part in (how, status) if part)
        return Why(f"site:{name}", label, value, "" if value is None else unit, "result", origin=origin, below=below)

    def _first_break(self) -> Why:
        how = "found by running the case: what ends a minimum DSCR of 1 with the least adverse change of it"
        names = [f"breakeven.{driver.id}" for driver in DRIVERS if driver.id in COMPARED]
        below = tuple(self._break_even(name, self._asked[name])._replace(below=()) for name in names)
        return self._found("first_break", "What breaks first", "", how, below)

    def _debt_capacity(self) -> Why:
        how = "found by sizing the loans again: their sum at the DSCR asked for, the sculpted loan free of its caps"
        below = tuple(
            self.leaves.input(path)
            for path in self.case.shocked.inputs
            if path.startswith("loans.") and path.split(".")[2] in _SIZED
        )
        return self._found("debt_capacity", "Debt capacity", "USD", how, (*below, self.line("debt")))

    def _moved(self, varied: Driver | PeriodCount) -> Iterator[Why]:
        """The inputs of the case that are varied: those that differ in the plan that a departure makes."""
        plan, inputs = self.case.run.plan, self.case.shocked.inputs
        before, after = flatten(plan), flatten(departed(plan, _departure(varied, plan)))
        moved = (path for path, value in after.items() if before.get(path) != value)
        written = dict.fromkeys(self._series_of(self.case.shocked.written.of(path)) for path in moved)
        yield from (self.leaves.input(path) for path in written if path in inputs)

    def _series_of(self, path: str) -> str:
        """The input that an entry of a series stands in, or the input itself."""
        block, _, last = path.rpartition(".")
        return block if last.isdigit() and path not in self.case.shocked.inputs else path


def _goal(target: Target) -> str:
    return _GOALS.get(target.suffix, f"{target.label} is kept ({target.measure})")


def _called(varied: Driver | PeriodCount, target: Target) -> str:
    """What a break-even is called.

    >>> from overbuild.stress.drivers import BY_ID
    >>> from overbuild.stress.targets import TARGETS
    >>> _called(BY_ID["price"], TARGETS[0])
    'Price at which minimum DSCR is 1'
    """
    goal = _goal(target)
    if isinstance(varied, PeriodCount):
        still = goal if target.is_flag else f"{goal} or more"
        return f"Most {varied.label} while {still}" if varied.kind == "more" else f"First {varied.label} while {still}"
    return f"{varied.word[:1].upper()}{varied.word[1:]} {'to which' if target.is_flag else 'at which'} {goal}"


def _asked_in_full(varied: Driver | PeriodCount, target: Target) -> str:
    """What a break-even is, in full.

    >>> from overbuild.stress.drivers import BY_ID
    >>> from overbuild.stress.targets import TARGETS
    >>> _asked_in_full(BY_ID["price"], TARGETS[1])
    'the price (contracts and market) at which LLCR is 1, as a multiple of the case'
    """
    goal = _goal(target)
    if isinstance(varied, PeriodCount):
        still = goal if target.is_flag else f"{goal} or more"
        if varied.kind == "more":
            return f"the most periods of {varied.label}, beyond those of the case, while {still}"
        return f"the first period of a {varied.label} from which on {still}"
    measured = {"multiple": "as a multiple of the case", "share": "added to the case's", "per_year": "added a year"}
    what, _, which = varied.label.partition(", ")
    at_which = "to which" if target.is_flag else "at which"
    return f"the {what}{which and f' ({which})'} {at_which} {goal}, {measured[varied.kind]}"


def _departure(varied: Driver | PeriodCount, plan: SitePlan) -> Departure:
    """A departure in which what is varied differs from the plan."""
    if isinstance(varied, Driver):
        return Departure({varied.id: varied.neutral + 0.5})
    departures = varied.departures or (Departure(),)
    failing = {one.name: one.fails_in for one in plan.contracts}
    fails = departures[-1].fails
    if fails is not None and failing[fails.contract] == fails.period:
        return Departure(fails=OfftakerFails(fails.contract, fails.period + 1))
    return departures[-1]
