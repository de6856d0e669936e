"""Published sums, recomputed: does what somebody printed follow from the inputs he printed?

    missing given                        cannot_be_closed
    |recomputed - claimed| > tolerance   does_not_close
    an input was solved from the output  closes_by_construction
    else                                 closes

The tolerance is relative to the claimed result: half a unit of its last printed digit, wider only with a reason.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from overbuild.ecosystem.claim_arithmetic import Step, evaluate, names, parse
from overbuild.errors import ClaimError

VERDICTS = ("closes", "closes_by_construction", "does_not_close", "cannot_be_closed")

ROUNDING = 1e-12
"""A difference exactly at the tolerance is inside it, whatever the last bit says."""


class Claim(NamedTuple):
    """One published analysis, in the columns of its table. Numbers are in the claim's own unit, a label."""

    id: str
    author: str
    published: str
    known_at: str
    known_at_precision: str
    source: str
    source_class: str
    claim: str
    inputs: Mapping[str, float]
    formula: str
    expression: str
    output: float
    unit: str
    printed_step: float | None
    tolerance: float | None
    tolerance_reason: str
    back_solved: str
    missing: str
    note: str = ""
    file: str = ""
    line: int = 0


class Verdict(NamedTuple):
    """What became of a claim; `recomputed` and `difference` are None where it cannot be closed."""

    id: str
    claimed: float
    recomputed: float | None
    difference: float | None
    tolerance: float | None
    verdict: str
    why: str
    steps: tuple[Step, ...]


def verify(claim: Claim) -> Verdict:
    """Recompute a claim from its own inputs by its own expression and say whether it closes.

    The difference is recomputed less claimed, in the claim's unit; the tolerance is a share of the claim.
    Raises ClaimError as the arithmetic does.
    """
    if claim.missing:
        why = f"the source does not publish {claim.missing}"
        return Verdict(claim.id, claim.output, None, None, claim.tolerance, "cannot_be_closed", why, ())
    recomputed, steps = evaluate(parse(claim.expression), claim.inputs)
    difference = recomputed - claim.output
    allowed = (claim.tolerance or 0.0) * abs(claim.output)
    outside = abs(difference) > allowed + ROUNDING * max(abs(claim.output), abs(recomputed))
    if outside:
        verdict = "does_not_close"
        why = f"{_n(recomputed)} differs from the printed {_n(claim.output)} by {_n(difference)}, allowed {_n(allowed)}"
    elif claim.back_solved == "output":
        verdict = "closes_by_construction"
        why = "the source prints no result of its own; the claim is arithmetic on its inputs"
    elif claim.back_solved:
        verdict = "closes_by_construction"
        why = f"{claim.back_solved} was solved from the result, so that the sum closes proves nothing"
    else:
        verdict = "closes"
        why = f"{_n(recomputed)} is the printed {_n(claim.output)} within {_n(allowed)}"
    return Verdict(claim.id, claim.output, recomputed, difference, claim.tolerance, verdict, why, steps)


def _n(value: float) -> str:
    return f"{value:,.6g}"


COLUMNS = tuple(name for name in Claim._fields if name not in ("note", "file", "line"))
"""Columns a list of claims must have; `verdict` and `note` may stand beside them and are not read for the verdict."""


def claim_from_row(cells: Mapping[str, str], file: str, line: int) -> tuple[Claim | None, list[ClaimError]]:
    """A claim from one row of its table, or everything that is wrong with the row."""
    faults: list[ClaimError] = []
    who = cells.get("id") or "?"

    def add(code: str, name: str, value: object, hint: str) -> None:
        faults.append(ClaimError(code, f"{who}: {name}", value, hint, file=file, line=line))

    for name in ("id", "claim", "unit"):
        if not cells.get(name):
            add("missing", name, None, f"{name} is blank")
    inputs = _inputs(cells.get("inputs", ""), add)
    closable = not cells.get("missing")
    numbers = {
        "output": _number(cells.get("output", ""), "output", add, needed=True),
        "tolerance": _number(cells.get("tolerance", ""), "tolerance", add, needed=closable),
        "printed_step": _number(cells.get("printed_step", ""), "printed_step", add, needed=False),
    }
    if (numbers["tolerance"] or 0.0) < 0:
        add("negative", "tolerance", numbers["tolerance"], "a tolerance is never negative")
    _check_expression(cells.get("expression", ""), closable, inputs, add)
    if faults:
        return None, faults
    text = {name: cells.get(name, "") for name in Claim._fields if name not in ("inputs", "file", "line", *numbers)}
    return Claim(**text, **numbers, inputs=inputs, file=file, line=line), []  # pyright: ignore[reportArgumentType]


def _inputs(text: str, add: Any) -> dict[str, float]:
    try:
        found: Any = json.loads(text or "{}")
    except (json.JSONDecodeError, RecursionError) as error:
        add("syntax", "inputs", text, f"a JSON object of named numbers: {error}")
        return {}
    if not isinstance(found, dict):
        add("syntax", "inputs", text, "a JSON object of named numbers")
        return {}
    inputs: dict[str, float] = {}
    for name, value in found.items():  # pyright: ignore[reportUnknownVariableType]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value):  # pyright: ignore[reportUnknownArgumentType]
            add("not_finite", f"inputs.{name}", str(value), "an input is a finite number")  # pyright: ignore[reportUnknownArgumentType]
        else:
            inputs[str(name)] = float(value)  # pyright: ignore[reportUnknownArgumentType]
    return inputs


def _number(text: str, name: str, add: Any, *, needed: bool) -> float | None:
    if not text and not needed:
        return None
    try:
        value = float(text)
    except ValueError:
        add("bad_value", name, text or None, "a number is needed")
        return None
    if not math.isfinite(value):
        add("not_finite", name, text, "a finite number is needed")
        return None
    return value


def _check_expression(expression: str, closable: bool, inputs: Mapping[str, float], add: Any) -> None:
    if closable != bool(expression):
        hint = "give an expression, or say in `missing` what was not published; not both"
        add("missing", "expression", expression or None, hint)
    if not expression:
        return
    try:
        used = names(parse(expression))
    except ClaimError as error:
        add(error.code, "expression", expression[:80], error.hint)
        return
    for name in sorted(used - inputs.keys()):
        add("unknown_name", "expression", name, "the expression uses a name that `inputs` does not give")
    for name in sorted(inputs.keys() - used):
        add("unused", "inputs", name, "every input is used by the expression")
