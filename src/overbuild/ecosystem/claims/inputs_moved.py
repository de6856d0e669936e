"""What decides a published sum: each of its inputs moved, the others as printed; and its tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.ecosystem.claims.case import CheckedClaim
from overbuild.ecosystem.claims.claims import PublishedClaim
from overbuild.errors import ClaimError
from overbuild.world.arithmetic import evaluate, names, parse

MOVED_BY = 0.1
"""The share by which an input is moved."""


class MovedInput(NamedTuple):
    """An input as printed, and the sum with it a tenth lower and a tenth higher; None where there is no such sum."""

    name: str
    value: float
    at_low: float | None
    at_high: float | None

    @property
    def swing(self) -> float:
        """How far the sum moves; 0 where an end has none."""
        return abs(self.at_high - self.at_low) if self.at_low is not None and self.at_high is not None else 0.0


def moved_inputs(claim: PublishedClaim) -> tuple[MovedInput, ...]:
    """Every input of the claim's expression moved by itself, the one that moves the sum most first.

    None for a claim whose inputs were not published.
    """
    if claim.missing:
        return ()
    used = [name for name in claim.inputs if name in names(parse(claim.expression))]
    found = [
        MovedInput(name, claim.inputs[name], _at(claim, name, 1 - MOVED_BY), _at(claim, name, 1 + MOVED_BY))
        for name in used
    ]
    return tuple(sorted(found, key=lambda one: -one.swing))


def _at(claim: PublishedClaim, name: str, times: float) -> float | None:
    try:
        value, _ = evaluate(parse(claim.expression), {**claim.inputs, name: claim.inputs[name] * times})
    except ClaimError:
        return None
    return value


def within(checked: Sequence[CheckedClaim], times: float) -> tuple[CheckedClaim, ...]:
    """The claims whose difference lies within their tolerance times a number; those without either are left out."""
    return tuple(
        one
        for one in checked
        if one.verdict.difference is not None
        and one.verdict.tolerance is not None
        and abs(one.verdict.difference) <= times * one.verdict.tolerance * abs(one.verdict.claimed) * (1 + 1e-9)
    )
