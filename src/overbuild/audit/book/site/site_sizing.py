"""What sizing fixed, as rows, and which inputs it looked at: where one of those moves, the debt is that of before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from overbuild.audit.book.book import Row
from overbuild.audit.labels import words
from overbuild.audit.origins import SOLVED, Leaf, Origins
from overbuild.audit.site_inputs import FixedNumbers
from overbuild.equations import Program
from overbuild.equations.model import programs_of
from overbuild.site.run import SiteRun
from overbuild.site.sizing.sizing import base_model

_LENDERS_LOOK_AT = ("cfads", "tax", "revenue", "contract_revenue", "uses_of_funds", "interest", "principal", "balloon")
"""Lines of the base case from which amounts and schedules of loans are found."""


def fixed_rows(fixed: FixedNumbers) -> Iterator[Row]:
    """What sizing fixed for every run: commitments, the schedule of each loan, what the base case says of the periods."""
    yield Row("", "Found by sizing, fixed in this book")
    yield _number("uses", "Uses of funds when sized", fixed.uses)
    yield _number("equity", "Equity committed", fixed.equity)
    yield _number("cure_cap", "Debt service of the first twelve months, the most that cures may be", fixed.cure_cap)
    if fixed.mezzanine:
        yield _number("mezzanine", "Amount: mezzanine", fixed.mezzanine)
    for loan in fixed.loans:
        yield _number(f"{loan.name}.amount", f"Amount: {loan.name}", loan.amount)
        yield _row(f"{loan.name}.principal", f"Principal as scheduled: {loan.name}", loan.principal)
        if loan.capacity:
            yield _row(
                f"{loan.name}.capacity", f"Cash that carries the loan that refinances {loan.name}", loan.capacity
            )
    yield Row("", "The base case by period, fixed in this book: no tests, refinanced in full")
    rows: Any = fixed.base
    for name, row in zip(fixed.base._fields, rows, strict=True):
        yield _row(f"base.{name}", f"{words(name)}: base case", row)


def _number(name: str, label: str, value: Any) -> Row:
    return Row(f"{SOLVED}.{name}", label, "USD", {0: float(value)}, scalar=True)


def _row(name: str, label: str, values: Any) -> Row:
    return Row(f"{SOLVED}.{name}", label, "USD", {at: float(value) for at, value in enumerate(values)})


def looked_at(run: SiteRun, origins: Origins) -> set[str]:
    """Inputs on which the base case depends that loans are sized on. What only sizing reads is not among them.

    Followed in the traced base case: an input on which no line depends that lenders look at leaves the debt as it is.
    """
    model = base_model(run.plan, run.sizing)
    found: set[str] = set()
    for stage, program in programs_of(model).items():
        given = _reaching(program)
        for name, path in origins.base:
            if name == stage and path in given:
                found |= _inputs_of(origins, Leaf(name, path), origins.base[name, path])
    return found


def _inputs_of(origins: Origins, leaf: Leaf, value: Any) -> set[str]:
    """Ids of the inputs that a leaf, or an entry of it, copies."""
    places = range(len(cast("list[Any]", value))) if isinstance(value, list) else (-1,)
    leaves = [leaf._replace(place=at) for at in places]
    paths = {path for one in leaves for path in (origins.copy_of(one), origins.opposite_of(one))}
    return {origins.input_of[path] for path in paths if path in origins.input_of}


def _reaching(program: Program) -> set[str]:
    """Inputs of a period on which the lines depend that lenders look at, in the period or in an earlier one."""
    waiting = [program.lines[name] for name in _LENDERS_LOOK_AT]
    met: set[int] = set()
    while waiting:
        place = waiting.pop()
        if place in met:
            continue
        met.add(place)
        step = program.steps[place]
        waiting.extend(step.operands)
        before = step.name.removeprefix("state.") if step.kind == "input" and step.name.startswith("state.") else ""
        if before:
            waiting.append(program.results[before])
    return {program.steps[place].name for place in met if program.steps[place].kind == "input"}
