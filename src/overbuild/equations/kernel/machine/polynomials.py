"""Exponential and logarithm of a kernel: polynomials on the bits of a number, exact at 0, infinity and for what is no number.

Written with the operators of values, so they stand on one number and on lanes alike. Source: the reductions and
coefficients are those of the FreeBSD libm, e_exp.c and e_log.c, by Sun Microsystems, 1993,
https://cgit.freebsd.org/src/tree/lib/msun/src ; the polynomial of the exponential is its series to the 12th power.
"""

from __future__ import annotations

import math
import struct
from typing import Any

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_PER_LN2 = 1.4426950408889634
_SHIFT = 6755399441055744.0
"""2^52 * 1.5: added to a number it leaves the nearest whole number in the last bits."""
_SHIFT_BITS = struct.unpack("<q", struct.pack("<d", _SHIFT))[0]
_HALF_ROOT_BITS = 0x3FE6A09E00000000
"""Bits of sqrt(1/2), cut."""
_SERIES = tuple(1.0 / math.factorial(power) for power in range(13))
_LOG = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)


def polynomial(x: Any, coefficients: tuple[float, ...]) -> Any:
    """Coefficients from the constant on, two at a time.

    >>> polynomial(2.0, (1.0, 1.0, 4.0))
    19.0
    """
    square = x * x
    pairs: list[Any] = [
        coefficients[at] + coefficients[at + 1] * x if at + 1 < len(coefficients) else coefficients[at]
        for at in range(0, len(coefficients), 2)
    ]
    reached = pairs.pop()
    while pairs:
        reached = pairs.pop() + reached * square
    return reached


def exponential(e: Any, x: Any) -> Any:
    """The exponential of x, within 3 units of the last place: 0 below -708, infinite above 709.7."""
    kept = e.join("minimum", (e.join("maximum", (x, -708.0)), 709.0))
    shifted = e.rounded("fadd", e.rounded("fmul", kept, _PER_LN2), _SHIFT)
    times = e.rounded("fsub", shifted, _SHIFT)
    rest = kept - times * _LN2_HIGH - times * _LN2_LOW
    power = e.bits("shl", e.cast(shifted, "i64"), e.word(52))
    made = e.cast(e.bits("add", e.cast(polynomial(rest, _SERIES), "i64"), power), "double")
    made = e.select(x > 709.7, math.inf, e.select(x < -708.0, 0.0, made))
    return e.select(e.compared("uno", x, x), x, made)


def logarithm(e: Any, x: Any) -> Any:
    """Natural logarithm, within 1 unit of the last place: -infinite at 0, no number below. Not for x below 1e-307."""
    bits = e.cast(x, "i64")
    power = e.bits("ashr", e.bits("sub", bits, e.word(_HALF_ROOT_BITS)), e.word(52))
    mantissa = e.cast(e.bits("sub", bits, e.bits("shl", power, e.word(52))), "double")
    times = e.rounded("fsub", e.cast(e.bits("add", power, e.word(_SHIFT_BITS)), "double"), _SHIFT)
    f = mantissa - 1.0
    s = f / (f + 2.0)
    w = s * s
    half = 0.5 * (f * f)
    low = s * (half + w * polynomial(w, _LOG)) + times * _LN2_LOW
    made = times * _LN2_HIGH - (half - low - f)
    made = e.select(x > 0.0, made, e.select(e.compared("oeq", x, 0.0), -math.inf, math.nan))
    return e.select(e.compared("oeq", x, math.inf), x, made)
