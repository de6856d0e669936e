"""From a row of a table of published analyses to a claim, or everything that is wrong with the row."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from overbuild.ecosystem.claims.claims import PublishedClaim
from overbuild.ecosystem.claims.measures import MEASURES
from overbuild.ecosystem.claims.preset import declared_measures
from overbuild.ecosystem.claims.tolerance import tolerance_faults
from overbuild.errors import ClaimError, did_you_mean
from overbuild.foreign.numbers import number_of
from overbuild.world.arithmetic import names, parse


class ClaimRow(NamedTuple):
    """A row as read: its claim, or None with the row's faults."""

    claim: PublishedClaim | None
    faults: tuple[ClaimError, ...]


def claim_from_row(cells: Mapping[str, str], file: str, line: int) -> ClaimRow:
    """A claim from one row of its table, or everything that is wrong with the row.

    `verdict` and `note` may stand in the row and are not read for the verdict. Where there is no `source`, its address
    (`source_url`) stands for it. What inputs measure may stand in a column `measures`, a JSON object of words by name
    of input; for the rows that ship the preset of claims says it.
    """
    row = _Row(cells, file, line)
    for name in ("id", "claim", "unit"):
        if not row.text(name):
            row.fault("missing", name, None, f"{name} is blank")
    inputs, closable = row.inputs(), not row.text("missing")
    output = row.number("output", needed=True)
    tolerance = row.number("tolerance", needed=False)
    printed_step = row.number("printed_step", needed=False)
    if closable:
        row.check_tolerance(output, printed_step, tolerance)
    measures = row.measures(inputs)
    row.check_expression(closable, inputs)
    if row.faults or output is None:
        return ClaimRow(None, tuple(row.faults))
    claim = PublishedClaim(
        id=row.text("id"),
        author=row.text("author"),
        published=row.text("published"),
        known_at=row.text("known_at"),
        known_at_precision=row.text("known_at_precision"),
        source=cells.get("source", row.text("source_url")),
        source_class=row.text("source_class"),
        claim=row.text("claim"),
        inputs=inputs,
        formula=row.text("formula"),
        expression=row.text("expression"),
        output=output,
        unit=row.text("unit"),
        printed_step=printed_step,
        tolerance=tolerance,
        tolerance_reason=row.text("tolerance_reason"),
        back_solved=row.text("back_solved"),
        missing=row.text("missing"),
        note=row.text("note"),
        file=file,
        line=line,
        measures={**declared_measures(row.text("id")), **measures},
    )
    return ClaimRow(claim, ())


class _Row:
    """A row while it is read: its cells, and its faults so far."""

    def __init__(self, cells: Mapping[str, str], file: str, line: int) -> None:
        self.cells, self.file, self.line = cells, file, line
        self.faults: list[ClaimError] = []

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def fault(self, code: str, name: str, value: object, hint: str) -> None:
        path = f"{self.text('id') or '?'}: {name}"
        self.faults.append(ClaimError(code, path, value, hint, file=self.file, line=self.line))

    def number(self, name: str, *, needed: bool) -> float | None:
        text = self.text(name)
        if not text and not needed:
            return None
        try:
            value = number_of(text)
        except ValueError as error:
            self.fault("bad_value", name, text or None, str(error) if text else "a number is needed")
            return None
        if not math.isfinite(value):
            self.fault("not_finite", name, text, "a finite number is needed")
            return None
        return value

    def check_tolerance(self, output: float | None, printed_step: float | None, tolerance: float | None) -> None:
        unread = [name for name in ("printed_step", "tolerance") if self.text(name)]
        if len(unread) > (printed_step is not None) + (tolerance is not None):
            return
        for one in tolerance_faults(output, printed_step, tolerance, self.text("tolerance_reason")):
            self.fault(one.code, one.column, one.value, one.hint)

    def block(self, column: str, of_what: str) -> dict[str, Any]:
        text = self.text(column)
        try:
            found: Any = json.loads(text or "{}")
        except (ValueError, RecursionError) as error:
            self.fault("syntax", column, text, f"a JSON object of {of_what}: {error}")
            return {}
        if type(found) is not dict:
            self.fault("syntax", column, text, f"a JSON object of {of_what}")
            return {}
        return cast("dict[str, Any]", found)

    def measures(self, inputs: Mapping[str, float]) -> dict[str, str]:
        found = self.block("measures", "what inputs measure, by their names")
        for name, word in found.items():
            path = f"measures.{name}"
            if name not in inputs:
                self.fault("unknown_name", path, name, f"no such input.{did_you_mean(name, inputs)}")
            if word not in MEASURES:
                hint = f"not a measure.{did_you_mean(str(word), MEASURES)} Possible: {', '.join(MEASURES)}"
                self.fault("unknown_name", path, str(word), hint)
        return found

    def inputs(self) -> dict[str, float]:
        numbers: dict[str, float] = {}
        for name, value in self.block("inputs", "named numbers").items():
            number = _finite(value)
            if number is None:
                self.fault("not_finite", f"inputs.{name}", str(value), "an input is a finite number")
            else:
                numbers[name] = number
        return numbers

    def check_expression(self, closable: bool, inputs: Mapping[str, float]) -> None:
        expression = self.text("expression")
        if closable != bool(expression):
            hint = "give an expression, or say in `missing` what was not published; not both"
            self.fault("missing", "expression", expression or None, hint)
        if not expression:
            return
        try:
            used = names(parse(expression))
        except ClaimError as error:
            self.fault(error.code, "expression", expression[:80], error.hint)
            return
        for name in sorted(used - inputs.keys()):
            self.fault("unknown_name", "expression", name, "the expression uses a name that `inputs` does not give")
        for name in sorted(inputs.keys() - used):
            self.fault("unused", "inputs", name, "every input is used by the expression")


def _finite(value: Any) -> float | None:
    """A number of JSON as it is computed with; None for what is no number, or too large for one."""
    if type(value) not in (int, float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
