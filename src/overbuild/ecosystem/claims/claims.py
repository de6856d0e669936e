"""Published sums, recomputed: does what somebody printed follow from the inputs he printed?

    missing given                        cannot_be_closed
    |recomputed - claimed| > tolerance   does_not_close
    an input was solved from the output  closes_by_construction
    else                                 closes

The tolerance is relative to the claimed result: half a unit of its last printed digit, wider only with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.world.arithmetic import ArithmeticStep, evaluate, parse

VERDICTS = ("closes", "closes_by_construction", "does_not_close", "cannot_be_closed")

ROUNDING = 1e-12
"""A difference exactly at the tolerance is inside it, whatever the last bit says."""


class PublishedClaim(NamedTuple):
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
    steps: tuple[ArithmeticStep, ...]


def verify(claim: PublishedClaim) -> Verdict:
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
