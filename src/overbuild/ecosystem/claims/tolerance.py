"""How far a recomputed result may lie from the printed one.

The default is half a unit of the last printed digit. The author of a row may ask for less; for more he says why:
the source rounds in words ("nearly half"), or an input is printed so coarsely that its rounding moves the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Context, Decimal
from typing import NamedTuple

ROUNDING = 1e-12
"""A difference exactly at the tolerance is inside it, whatever the last bit says."""


class ToleranceFault(NamedTuple):
    """What is wrong with the tolerance of a row: the column, a code, what was met, and what to do."""

    column: str
    code: str
    value: float | None
    hint: str


def default_tolerance(output: float, printed_step: float) -> float | None:
    """Half a printed step as a share of the result; None for a result of 0, which has no shares.

    >>> default_tolerance(650.0, 10.0)
    0.007692307692307693
    """
    return printed_step / 2 / abs(output) if output else None


def is_wider(tolerance: float, output: float, printed_step: float) -> bool:
    """Whether a tolerance is more than half a printed step.

    One that is the half step rounded up to the digits it is written with is not: a table prints 5 / 650 as 0.0077.

    >>> is_wider(0.0077, 650.0, 10.0), is_wider(0.008, 650.0, 10.0), is_wider(0.0078, 650.0, 10.0)
    (False, False, True)
    """
    if output == 0 or printed_step <= 0:
        return False
    written = Decimal(repr(tolerance)).normalize()
    up = Context(prec=max(len(written.as_tuple().digits), 1), rounding=ROUND_CEILING)
    half = Decimal(repr(printed_step)) / 2 / abs(Decimal(repr(output)))
    return tolerance > float(up.plus(half)) * (1 + ROUNDING)


def allowed_difference(output: float, printed_step: float | None, tolerance: float | None, reason: str) -> float:
    """The greatest difference that still closes, in the unit of the result.

    Without a reason never more than half a printed step, so that the rounding up of a tolerance lets nothing close.

    >>> allowed_difference(650.0, 10.0, None, ""), allowed_difference(650.0, 10.0, 0.0077, "")
    (5.0, 5.0)
    >>> allowed_difference(650.0, 10.0, 0.5, "a source that rounds in words"), allowed_difference(650.0, 10.0, 0.001, "")
    (325.0, 0.65)
    """
    if tolerance is None:
        return (printed_step or 0.0) / 2
    asked = tolerance * abs(output)
    return asked if reason or printed_step is None else min(asked, printed_step / 2)


def tolerance_faults(
    output: float | None, printed_step: float | None, tolerance: float | None, reason: str
) -> Iterator[ToleranceFault]:
    """What is wrong with the tolerance of a sum that can be recomputed: each fault with what to do about it.

    >>> [fault.column for fault in tolerance_faults(650.0, 10.0, 0.5, "")]
    ['tolerance_reason']
    """
    if tolerance is not None and tolerance < 0:
        yield ToleranceFault("tolerance", "negative", tolerance, "a tolerance is never negative")
        return
    if printed_step is not None and printed_step <= 0:
        hint = "the value of one unit of the last printed digit is greater than 0: 10 for 650 rounded to tens"
        yield ToleranceFault("printed_step", "bad_value", printed_step, hint)
    elif printed_step is None and tolerance is None:
        hint = (
            "give the value of one unit of the last printed digit (10 for 650 rounded to tens): half of it is the "
            "tolerance; or give a `tolerance` with its `tolerance_reason`"
        )
        yield ToleranceFault("printed_step", "missing", None, hint)
    elif printed_step is None and not reason:
        hint = f"a tolerance of {tolerance:.6g} without a `printed_step` needs its reason here; or give `printed_step`"
        yield ToleranceFault("tolerance_reason", "missing", None, hint)
    elif not reason and output and tolerance is not None and printed_step and is_wider(tolerance, output, printed_step):
        half = f"{printed_step / 2:.6g} / {abs(output):.6g} = {printed_step / 2 / abs(output):.4g}"
        hint = (
            f"a tolerance of {tolerance:.6g} is wider than half the printed step, {half}: say why here, or leave "
            "`tolerance` blank"
        )
        yield ToleranceFault("tolerance_reason", "missing", None, hint)
