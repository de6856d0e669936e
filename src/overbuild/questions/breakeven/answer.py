"""At which price, use, cost, delay or failure do lenders and owners of a site stop being paid; what breaks first?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from overbuild.questions.answer import Assumption, Cell, Table
from overbuild.questions.breakeven import tables
from overbuild.questions.breakeven.break_even import TARGETS, Found, break_evens
from overbuild.questions.breakeven.capacity import ASSUMED_DSCR, DebtCapacity, debt_capacity
from overbuild.questions.breakeven.drivers import DRIVERS, LEAST, MOST

if TYPE_CHECKING:
    from overbuild.site.case_run import CaseRun

_NOTHING_LEFT = "an offtaker that fails leaves nothing: recovery_share 0, claim_periods 0"


class BreakEvens(NamedTuple):
    """Break-evens of a site: values by id with their statuses, tables, what was assumed, and sentences.

    `headline` is the shortest of them, empty where nothing breaks the site that is not broken yet.
    """

    values: dict[str, Cell]
    status: dict[str, str]
    tables: tuple[Table, ...]
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]
    headline: str


def breakeven(basis: CaseRun) -> BreakEvens:
    """The break-evens of a site as run, on the schedule of its sizing, and the debt that it can carry.

    `breakeven.price`, `utilisation`, `gpu_cost` and `power_price` are the constant multiples of the running case at
    which least cover is 1 (with `.llcr` loan life cover, with `.equity_npv` the owners' value at their hurdle is 0);
    `breakeven.delay` the most periods of delay in all, `breakeven.offtaker_default` the first operating period of
    failure, at which the target is still met. `first_break` is the driver whose least adverse change brings least
    cover to 1. A value that does not exist is None, and its status says why.
    """
    plan = basis.run.plan
    found, capacity = break_evens(plan, basis.sizing), debt_capacity(plan)
    values: dict[str, Cell] = {f"breakeven.{name}{suffix}": one.value for (name, suffix), one in found.items()}
    status = {f"breakeven.{name}{suffix}": one.status for (name, suffix), one in found.items() if one.status}
    assumed = _NOTHING_LEFT if plan.offtake and not plan.offtaker_default else ""
    if assumed:
        for target in TARGETS:
            name = f"breakeven.offtaker_default{target.suffix}"
            status[name] = "; ".join(said for said in (status.get(name), assumed) if said)
    first, why = _first_break(basis, found)
    values |= {"first_break": first, "debt_capacity": capacity.amount}
    status |= {name: said for name, said in (("first_break", why), ("debt_capacity", capacity.status)) if said}
    return BreakEvens(
        values=values,
        status=status,
        tables=(tables.drivers_table(found), tables.counted_table(found, basis.label, assumed)),
        assumptions=_assumptions(capacity),
        notes=_notes(basis, found, capacity),
        headline=f"Breaks first: {tables.change(first, found[first, ''])}." if first else "",
    )


def _first_break(basis: CaseRun, found: Found) -> tuple[str | None, str]:
    results = basis.run.results
    if float(results.debt) <= 0.0 or float(results.covered_periods) <= 0.0:
        return None, "no debt"
    if float(results.min_dscr) < 1.0:
        return None, "missed already"
    ways = [(apart, driver.id) for driver in DRIVERS if (apart := tables.distance(driver, found)) is not None]
    if not ways:
        return None, f"nothing between multiples {LEAST:g} and {MOST:g} brings min DSCR to 1"
    return min(ways)[1], ""


def _assumptions(capacity: DebtCapacity) -> tuple[Assumption, ...]:
    if not capacity.assumed:
        return ()
    reason = "The case asks for no cover; the debt that it can carry is sculpted to this."
    return (Assumption("debt_capacity.target_dscr", ASSUMED_DSCR, "ratio", None, None, "overbuild", reason),)


def _notes(basis: CaseRun, found: Found, capacity: DebtCapacity) -> tuple[str, ...]:
    said: list[str] = []
    results = basis.run.results
    pays = {"": float(results.min_dscr) >= 1.0, ".equity_npv": float(results.equity_npv) >= 0.0}
    for suffix, told, met in (("", "Least cover", "1.00x"), (".equity_npv", "The owners' net present value", "0")):
        changed = tables.changes(found, suffix, adverse=pays[suffix])
        if changed:
            said.append(f"{told} {'falls' if pays[suffix] else 'would rise'} to {met} with {changed}.")
    if capacity.amount is not None:
        cover = f"an assumed cover of {ASSUMED_DSCR:.2f}x" if capacity.assumed else "the cover that lenders ask for"
        said.append(f"At {cover}, the site can carry {capacity.amount / 1e6:,.0f}m USD of debt.")
    return tuple(said)
