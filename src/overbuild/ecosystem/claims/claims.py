"""Published sums, recomputed: does what somebody printed follow from the inputs he printed?

    missing given                        cannot_be_closed
    |recomputed - claimed| > tolerance   does_not_close
    an input was solved from the output  closes_by_construction
    else                                 closes

The tolerance is half a unit of the last printed digit of the claimed result, wider only with a reason (`tolerance.py`).
Beside the verdict stands whether the sum mixes measurements that are not one (`measures.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from overbuild.ecosystem.claims.measures import mixtures_in
from overbuild.ecosystem.claims.tolerance import ROUNDING, allowed_difference
from overbuild.errors import ClaimError
from overbuild.world.arithmetic import ArithmeticStep, evaluate, parse

VERDICTS = ("closes", "closes_by_construction", "does_not_close", "cannot_be_closed")


class PublishedClaim(NamedTuple):
    """One published analysis, in the columns of its table. Numbers are in the claim's own unit, a label.

    `measures` says of inputs what they measure, where the table says so.
    """

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
    measures: Mapping[str, str] = {}


class Verdict(NamedTuple):
    """What became of a claim; `recomputed` and `difference` are None where it cannot be closed.

    `tolerance` is what was allowed as a share of the claim, None for a claim of 0. `mixes` names, in sentences, the
    measurements that the sum mixes; empty also where the table does not say what its inputs measure.
    """

    id: str
    claimed: float
    recomputed: float | None
    difference: float | None
    tolerance: float | None
    verdict: str
    why: str
    steps: tuple[ArithmeticStep, ...]
    mixes: tuple[str, ...] = ()


def verify(claim: PublishedClaim) -> Verdict:
    """Recompute a claim from its own inputs by its own expression and say whether it closes.

    The difference is recomputed less claimed, in the claim's unit; the tolerance is a share of the claim.
    Raises ClaimError as the arithmetic does, and `not_finite` for a difference that is too large for a number.
    """
    if claim.missing:
        why = f"the source does not publish {claim.missing}"
        return Verdict(claim.id, claim.output, None, None, claim.tolerance, "cannot_be_closed", why, ())
    expression = parse(claim.expression)
    recomputed, steps = evaluate(expression, claim.inputs)
    difference = recomputed - claim.output
    if not math.isfinite(difference):
        raise ClaimError("not_finite", "output", claim.output, "its difference to the recomputed result is too large")
    allowed = allowed_difference(claim.output, claim.printed_step, claim.tolerance, claim.tolerance_reason)
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
    tolerance = allowed / abs(claim.output) if claim.output else None
    mixes = mixtures_in(expression, claim.measures)
    return Verdict(claim.id, claim.output, recomputed, difference, tolerance, verdict, why, steps, mixes)


def _n(value: float) -> str:
    return f"{value:,.6g}"
