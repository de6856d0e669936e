"""Break-evens as tables and sentences."""

from __future__ import annotations

from collections.abc import Callable

from overbuild.questions.answer import Cell, Column, Row, Table
from overbuild.questions.breakeven.break_even import TARGETS, BreakEven, Found
from overbuild.questions.breakeven.drivers import DRIVERS, Driver

_SHORT = {"price": "price", "utilisation": "use", "gpu_cost": "cost of chips", "power_price": "price of power"}

ALONE = "each alone, on the schedule as sized"


def drivers_table(found: Found) -> Table:
    """The change of each driver at each target, the one that breaks least cover soonest first."""
    rows: list[Row] = []
    for driver in sorted(DRIVERS, key=lambda driver: _soonest(driver, found)):
        cells = {target.measure: found[driver.id, target.suffix] for target in TARGETS}
        changes: dict[str, Cell] = {name: None if one.value is None else one.value - 1.0 for name, one in cells.items()}
        rows.append({"driver": driver.id, "what": driver.label, **changes, "remark": _remark(driver.id, found)})
    columns = (
        Column("what", "change of"),
        *(Column(target.measure, target.label, "decimal") for target in TARGETS),
        Column("remark", "where there is none"),
    )
    return Table("breaks_first", "What breaks first", columns, tuple(rows), ALONE)


def counted_table(found: Found, label: Callable[[int], str], note: str) -> Table:
    """Delay and failure of the offtaker: counts of periods, and the calendar period of the failure."""
    rows: list[Row] = []
    for driver, what in (("delay", "most periods of delay"), ("offtaker_default", "first failure of the offtaker")):
        cells = {target.measure: found[driver, target.suffix].value for target in TARGETS}
        if driver == "offtaker_default":
            cells = {name: None if value is None else label(int(value)) for name, value in cells.items()}
        rows.append({"driver": driver, "what": what, **cells, "remark": _remark(driver, found)})
    columns = (
        Column("what", "still met with"),
        *(Column(target.measure, target.label) for target in TARGETS),
        Column("remark", "where there is none"),
    )
    return Table("breaks_in_time", "Delay and failure of the offtaker", columns, tuple(rows), note)


def _soonest(driver: Driver, found: Found) -> tuple[bool, float]:
    value = found[driver.id, ""].value
    return distance(driver, found) is None, float("inf") if value is None else abs(value - 1.0)


def _remark(driver: str, found: Found) -> str:
    said: dict[str, list[str]] = {}
    for target in TARGETS:
        status = found[driver, target.suffix].status
        if status:
            said.setdefault(status, []).append(target.label.partition(" =")[0])
    if len(said) == 1 and len(next(iter(said.values()))) == len(TARGETS):
        return next(iter(said))
    return "; ".join(f"{', '.join(labels)}: {status}" for status, labels in said.items())


def distance(driver: Driver, found: Found) -> float | None:
    """The adverse relative change of a driver that brings least cover to 1; None where none does."""
    value = found[driver.id, ""].value
    if value is None or (value - 1.0) * driver.adverse < 0.0:
        return None
    return abs(value - 1.0)


def change(driver: str, one: BreakEven) -> str | None:
    """A break-even in words.

    >>> change("price", BreakEven(0.918)), change("gpu_cost", BreakEven(None, "no debt"))
    ('price 8.2% lower', None)
    """
    if one.value is None:
        return None
    return f"{_SHORT[driver]} {abs(one.value - 1.0):.1%} {'lower' if one.value < 1.0 else 'higher'}"


def changes(found: Found, suffix: str, *, adverse: bool) -> str:
    """The multiples at which a target is just met, in words, the smallest change first.

    `adverse` takes those that hurt the site, else those that help it.
    """
    there: list[tuple[float, str]] = []
    for driver in DRIVERS:
        one = found[driver.id, suffix]
        words = change(driver.id, one)
        if one.value is not None and words and ((one.value - 1.0) * driver.adverse >= 0.0) == adverse:
            there.append((abs(one.value - 1.0), words))
    return "; ".join(words for _, words in sorted(there))
