"""What the break-evens of a site, the first thing that breaks it and the debt it can carry are found from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from overbuild.audit.site_inputs import input_of, inputs_as_one
from overbuild.audit.tree.leaves import Leaves
from overbuild.audit.tree.tree import Why
from overbuild.equations import flatten
from overbuild.old_site.case.plan import SitePlan
from overbuild.old_site.case_run import CaseRun
from overbuild.stress.break_even import TARGETS, VARIED, Target
from overbuild.stress.departures import DRIVERS, Departure, departed
from overbuild.stress.site_breaks import SiteBreaks, breaks_of

BREAKS = (
    *(f"breakeven.{name}{target.suffix}" for name in VARIED for target in TARGETS),
    "first_break",
    "debt_capacity",
)
"""Ids of the numbers of a site that are found by running it again."""

_GOALS = {"": "minimum DSCR is 1", ".llcr": "LLCR is 1", ".equity_npv": "the NPV of equity is 0"}
_UNITS = {"delay": "periods", "offtaker_default": "period"}
_SIZED = ("target_dscr", "target_dscr_merchant", "max_debt_share", "debt_share", "amount", "advance_rate")


class BreakNumbers:
    """The numbers that are found by running a case again; `line` gives the tree of a result of the case itself."""

    def __init__(self, case: CaseRun, leaves: Leaves, line: Callable[[str], Why]) -> None:
        self.case, self.leaves, self.line = case, leaves, line

    @cached_property
    def _breaks(self) -> SiteBreaks:
        return breaks_of(self.case.run)

    def find(self, name: str) -> Why:
        """The number with what it is found from. Raises KeyError for a name that is none of `BREAKS`."""
        if name == "first_break":
            return self._first_break()
        if name == "debt_capacity":
            return self._debt_capacity()
        _, driver, *rest = name.split(".")
        return self._break_even(driver, next(one for one in TARGETS if one.suffix == ".".join(["", *rest])))

    def _break_even(self, driver: str, target: Target) -> Why:
        name, goal = f"breakeven.{driver}{target.suffix}", _GOALS[target.suffix]
        below = (*self._moved(driver), self.line(target.measure))
        how = f"found by running the case: {_asked(driver, goal)}"
        return self._found(name, _called(driver, goal), _UNITS.get(driver, "times the case"), how, below)

    def _found(self, name: str, label: str, unit: str, how: str, below: tuple[Why, ...]) -> Why:
        value, status = self._breaks.values()[name], self._breaks.status().get(name, "")
        origin = "; ".join(part for part in (how, status) if part)
        return Why(f"site:{name}", label, value, "" if value is None else unit, "result", origin=origin, below=below)

    def _first_break(self) -> Why:
        how = "found by running the case: what brings minimum DSCR to 1 with the least adverse change of it"
        below = tuple(self._break_even(driver.id, TARGETS[0])._replace(below=()) for driver in DRIVERS)
        return self._found("first_break", "What breaks first", "", how, below)

    def _debt_capacity(self) -> Why:
        how = "found by sizing the loans again: their sum at the DSCR asked for, the sculpted loan free of its caps"
        below = tuple(
            self.leaves.input(path)
            for path in self.case.shocked.inputs
            if path.startswith("loans.") and path.split(".")[2] in _SIZED
        )
        return self._found("debt_capacity", "Debt capacity", "USD", how, (*below, self.line("debt")))

    def _moved(self, driver: str) -> Iterator[Why]:
        """The inputs of the case that a driver moves: those that differ in the plan that it makes."""
        plan, inputs = self.case.run.plan, self.case.shocked.inputs
        before, after = flatten(plan), flatten(departed(plan, _departure(driver, plan)))
        single = inputs_as_one(self.case.shocked)
        moved = dict.fromkeys(input_of(path, single) for path, value in after.items() if before.get(path) != value)
        yield from (self.leaves.input(path) for path in dict.fromkeys(map(_series_of, moved)) if path in inputs)


def _series_of(path: str) -> str:
    """The input that an entry of a series stands in, or the input itself."""
    block, _, last = path.rpartition(".")
    return block if last.isdigit() else path


_LABELS = {driver.id: driver.label for driver in DRIVERS}


def _called(driver: str, goal: str) -> str:
    """What a break-even is called."""
    if driver == "delay":
        return f"Most delay while {goal} or more"
    if driver == "offtaker_default":
        return f"First failure of the offtaker while {goal} or more"
    what = _LABELS[driver].partition(",")[0]
    return f"{what[:1].upper()}{what[1:]} at which {goal}"


def _asked(driver: str, goal: str) -> str:
    """What a break-even is, in full."""
    if driver == "delay":
        return f"the most periods of delay in all while {goal} or more"
    if driver == "offtaker_default":
        return f"the first operating period in which the offtaker can fail while {goal} or more"
    what, _, which = _LABELS[driver].partition(", ")
    return f"the {what}{which and f' ({which})'} at which {goal}, as a multiple of the case"


_HALVED = {
    "price": Departure(price=0.5),
    "utilisation": Departure(utilisation=0.5),
    "gpu_cost": Departure(gpu_cost=0.5),
    "power_price": Departure(power_price=0.5),
}


def _departure(driver: str, plan: SitePlan) -> Departure:
    """A departure in which a driver differs from the plan."""
    if driver == "delay":
        return Departure(delay=plan.site.delay_periods + 1)
    if driver == "offtaker_default":
        fails = plan.offtaker_default
        return Departure(offtaker_default=1 if fails is None or fails.period != 1 else 2)
    return _HALVED[driver]
