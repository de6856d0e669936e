"""What a delayed-draw loan lets draw: while it is available, within its commitment, against the GPUs delivered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations import maximum, minimum
from overbuild.errors import InputError
from overbuild.units import Flag01, Share, Usd, UsdStock

_TOLERANCE = 1e-9


class Draw(NamedTuple):
    """A draw as a case states it: the period it is made in, counted from close (0), and its amount."""

    period: int
    amount: Usd


def advance_room(drawn: UsdStock, delivered_cost: UsdStock, advance_rate: Share) -> Usd:
    """How much the GPUs delivered so far still let draw.

        advance_room = advance_rate * delivered_cost - drawn

    `drawn` are all draws so far, repaid or not: what is repaid is not lent again. USD; below 0 where too much is
    drawn. Source: ours, a simplification of a borrowing base: cost at delivery, not worth as it falls.

    >>> advance_room(1000.0, 2000.0, 0.75)
    500.0
    """
    return advance_rate * delivered_cost - drawn


def draw_allowed(wanted: Usd, undrawn: UsdStock, advance: Usd, available: Flag01) -> Usd:
    """The draw a lender grants: what is wanted, as far as commitment and delivered GPUs reach, while available.

        draw_allowed = available * max(0, min(wanted, undrawn, advance))

    `advance` is `advance_room`. USD. For a draw that must be refused, not cut, see `draw_faults`. Source: ours, the
    convention that a draw is cut to what its limits leave.

    >>> draw_allowed(600.0, 2000.0, 500.0, 1.0), draw_allowed(600.0, 2000.0, 500.0, 0.0)
    (500.0, 0.0)
    """
    return available * maximum(0.0, minimum(wanted, minimum(undrawn, advance)))


def draw_faults(
    draws: Sequence[Draw],
    commitment: UsdStock,
    availability_end: int,
    advance_rate: Share | None = None,
    gpu_cost_delivered: Sequence[Usd] = (),
    path: str = "draws",
) -> list[InputError]:
    """The draws that a loan does not allow, each with its first reason, in order of time.

        draw <= commitment - draws before
        draw <= advance_rate * sum of gpu_cost_delivered up to the period - draws before

    `availability_end` is the last period with a draw, `gpu_cost_delivered` the cost of what is delivered in each
    period from close on, USD; without an advance rate it does not limit. `path` is the place of the draws in a case.
    `draw_after_availability`: later than the last period with a draw. `overdraw`: more than the commitment has left.
    `advance_rate`: more than the delivered GPUs let draw. `negative`: below 0. `not_finite`: no number.
    `bad_period`: before close. A draw that is refused does not count against those after it; 1e-9 of the commitment
    is let pass. Source: ours, the conventions of a delayed-draw term loan.

    >>> str(draw_faults((Draw(0, 100.0), Draw(3, 50.0)), 200.0, 2, path="loans.gpu.draws")[0])
    'loans.gpu.draws.2: draws end with period 2, this one is in period 3 (got 50.0) [draw_after_availability]'
    """
    drawn, faults = 0.0, list[InputError]()
    slack = _TOLERANCE * commitment
    in_time = sorted(enumerate(draws, 1), key=lambda numbered: numbered[1].period)
    for place, draw in in_time:
        refusal = _no_draw(draw, availability_end) or _overdraw(draw, drawn, commitment, slack)
        if refusal is None and advance_rate is not None:
            delivered = sum(gpu_cost_delivered[: draw.period + 1])
            refusal = _over_advance(draw, drawn, delivered, advance_rate, slack)
        if refusal is None:
            drawn += draw.amount
        else:
            faults.append(InputError(refusal.code, f"{path}.{place}", draw.amount, refusal.hint))
    return faults


class _Refusal(NamedTuple):
    code: str
    hint: str


def _no_draw(draw: Draw, availability_end: int) -> _Refusal | None:
    """What is wrong with a draw whatever was drawn before."""
    if not math.isfinite(draw.amount):
        return _Refusal("not_finite", "a draw is a finite number")
    if draw.amount < 0.0:
        return _Refusal("negative", "a draw is 0 or more; repayment follows from the number of parts")
    if draw.period < 0:
        return _Refusal("bad_period", f"draws begin at close, period 0, this one is in period {draw.period}")
    if draw.period > availability_end:
        hint = f"draws end with period {availability_end}, this one is in period {draw.period}"
        return _Refusal("draw_after_availability", hint)
    return None


def _overdraw(draw: Draw, drawn: float, commitment: float, slack: float) -> _Refusal | None:
    if not draw.amount > commitment - drawn + slack:
        return None
    left = f"{commitment:g} committed less {drawn:g} drawn before leave {commitment - drawn:g}"
    return _Refusal("overdraw", f"{left} to draw in period {draw.period}")


def _over_advance(draw: Draw, drawn: float, delivered: float, advance_rate: float, slack: float) -> _Refusal | None:
    room = advance_room(drawn, delivered, advance_rate)
    if not draw.amount > room + slack:
        return None
    lent = f"{advance_rate:g} of the {delivered:g} of GPUs delivered by period {draw.period}"
    return _Refusal("advance_rate", f"{lent} less {drawn:g} drawn before leaves {max(0.0, room):g} to draw")
