"""The words a formula is written with, beside Python's operators: they run on floats, NumPy arrays and graph nodes.

A comparison gives a flag, good only as the first operand of `where` and for `&` and `|` with brackets round each
side. `where` evaluates both branches, so what may be undefined is guarded first (`quotient`, `maximum`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from overbuild.equations.line import literal
from overbuild.equations.operations import apply
from overbuild.units import Scalar


def where(flag: Any, yes: Scalar, no: Scalar) -> Any:
    """`yes` where the flag holds, else `no`.

    >>> where(3.0 > 2.0, 10.0, 20.0)
    10.0
    """
    return apply("where", flag, yes, no)


def minimum(a: Scalar, b: Scalar) -> Any:
    """The lesser of two numbers; at a tie its slope is the mean of both.

    >>> minimum(3.0, 2.0)
    2.0
    """
    if type(a) is float and type(b) is float:
        return b if b < a else a
    return apply("minimum", a, b)


def maximum(a: Scalar, b: Scalar) -> Any:
    """The greater of two numbers; at a tie its slope is the mean of both.

    >>> maximum(3.0, 2.0)
    3.0
    """
    if type(a) is float and type(b) is float:
        return b if b > a else a
    return apply("maximum", a, b)


def clip(amount: Scalar, low: Scalar, high: Scalar) -> Any:
    """The amount kept between `low` and `high`.

    >>> clip(7.0, 0.0, 5.0)
    5.0
    """
    return minimum(maximum(amount, low), high)


def exp(exponent: Scalar) -> Any:
    """The exponential, e to the exponent.

    >>> exp(0.0)
    1.0
    """
    return apply("exp", exponent)


def log(amount: Scalar) -> Any:
    """Natural logarithm of an amount > 0: guard it by `maximum`.

    >>> log(1.0)
    0.0
    """
    return apply("log", amount)


def sqrt(amount: Scalar) -> Any:
    """Square root of an amount >= 0: guard it by `maximum`.

    >>> sqrt(4.0)
    2.0
    """
    return apply("sqrt", amount)


def power(base: Scalar, exponent: Scalar) -> Any:
    """A base > 0 to any exponent.

    >>> power(2.0, 4.0)
    16.0
    """
    return apply("power", base, exponent)


def floor(amount: Scalar) -> Any:
    """The greatest whole number not above the amount.

    >>> floor(2.5)
    2.0
    """
    return apply("floor", amount)


def logistic(amount: Scalar) -> Any:
    """1 / (1 + e^-amount).

    >>> logistic(0.0)
    0.5
    """
    return apply("logistic", amount)


def quotient(amount: Scalar, by: Scalar, *, none: Scalar) -> Any:
    """The ratio amount / by, and `none` where `by` is zero, so that 0/0 never arises.

    >>> quotient(6.0, 2.0, none=0.0), quotient(6.0, 0.0, none=0.0)
    (3.0, 0.0)
    """
    exists = (by > 0.0) | (by < 0.0)
    return where(exists, amount / where(exists, by, 1.0), none)


def present(amount: Scalar, scale: Scalar) -> Any:
    """1 when the amount exceeds 1e-9 of its scale, else 0: the only test that a debt, a due or a loss exists.

    >>> present(4e-13, 100.0), present(0.5, 100.0)
    (0.0, 1.0)
    """
    return apply("present", amount, scale)


def breached(headroom: Scalar, scale: Scalar) -> Any:
    """1 when headroom + 1e-9 * scale is negative, else 0: the only trigger.

    The scale is of the size of the amounts compared: 1 for ratios, for money the amount due (1 where nothing is).

    >>> breached(-0.01, 1.0), breached(-1e-12, 1.0)
    (1.0, 0.0)
    """
    return apply("breached", headroom, scale)


def blend(flag: Scalar, yes: Scalar, no: Scalar) -> Any:
    """`yes` weighted by a flag of 0..1 and `no` by the rest: flag * yes + (1 - flag) * no.

    >>> blend(1.0, 10.0, 20.0), blend(0.5, 10.0, 20.0)
    (10.0, 15.0)
    """
    return flag * yes + (1.0 - flag) * no


def total(amounts: Iterable[Any]) -> Any:
    """The amounts added one after the other, from the first to the last; 0 for none.

    >>> total([1.0, 2.0, 4.0]), total([])
    (7.0, 0.0)
    """
    supply = iter(amounts)
    reached = next(supply, None)
    if reached is None:
        return literal(0.0)
    for amount in supply:
        reached = reached + amount
    return reached


def row_sum(row: Sequence[Any] | Any) -> Any:
    """Sum of a whole row of periods.

    >>> row_sum([1.0, 2.0, 4.0])
    7.0
    """
    return apply("row_sum", row)


def row_dot(a: Sequence[Any] | Any, b: Sequence[Any] | Any) -> Any:
    """Sum over the periods of the product of two rows.

    >>> row_dot([1.0, 2.0], [4.0, 12.0])
    28.0
    """
    return apply("row_dot", a, b)


def row_min(row: Sequence[Any] | Any, flags: Sequence[Any] | Any) -> Any:
    """Least entry among the periods whose flag is 1; 0 when there is none (its count is `row_sum(flags)`).

    >>> row_min([4.0, 1.0, 2.0], [1.0, 0.0, 1.0])
    2.0
    """
    return apply("row_min", row, flags)


def row_first(flags: Sequence[Any] | Any) -> Any:
    """The first period, counted from 1, whose flag is 1; 0 when there is none.

    >>> row_first([0.0, 1.0, 1.0])
    2.0
    """
    return apply("row_first", flags)
