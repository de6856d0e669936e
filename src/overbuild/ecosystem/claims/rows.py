"""From a row of a table of published analyses to a claim, or everything that is wrong with the row."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from overbuild.ecosystem.claims.claims import PublishedClaim
from overbuild.errors import ClaimError
from overbuild.world.arithmetic import names, parse


class ClaimRow(NamedTuple):
    """A row as read: its claim, or None with the row's faults."""

    claim: PublishedClaim | None
    faults: tuple[ClaimError, ...]


def claim_from_row(cells: Mapping[str, str], file: str, line: int) -> ClaimRow:
    """A claim from one row of its table, or everything that is wrong with the row.

    `verdict` and `note` may stand in the row and are not read for the verdict. Where there is no `source`, its address
    (`source_url`) stands for it.
    """
    row = _Row(cells, file, line)
    for name in ("id", "claim", "unit"):
        if not row.text(name):
            row.fault("missing", name, None, f"{name} is blank")
    inputs, closable = row.inputs(), not row.text("missing")
    output = row.number("output", needed=True)
    tolerance = row.number("tolerance", needed=closable)
    printed_step = row.number("printed_step", needed=False)
    if (tolerance or 0.0) < 0:
        row.fault("negative", "tolerance", tolerance, "a tolerance is never negative")
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
            value = float(text)
        except ValueError:
            self.fault("bad_value", name, text or None, "a number is needed")
            return None
        if not math.isfinite(value):
            self.fault("not_finite", name, text, "a finite number is needed")
            return None
        return value

    def inputs(self) -> dict[str, float]:
        text = self.text("inputs")
        try:
            found: Any = json.loads(text or "{}")
        except (json.JSONDecodeError, RecursionError) as error:
            self.fault("syntax", "inputs", text, f"a JSON object of named numbers: {error}")
            return {}
        if type(found) is not dict:
            self.fault("syntax", "inputs", text, "a JSON object of named numbers")
            return {}
        numbers: dict[str, float] = {}
        for name, value in cast("dict[str, Any]", found).items():
            if type(value) not in (int, float) or not math.isfinite(value):
                self.fault("not_finite", f"inputs.{name}", str(value), "an input is a finite number")
            else:
                numbers[name] = float(value)
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
