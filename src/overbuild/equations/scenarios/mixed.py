"""Operations of which an operand is a float where it is the same in all scenarios, and an array where it is not.

What comes out is what the operation gives on arrays: a float where all scenarios agree and that costs nothing to know. So
what multiplies by 0, adds 0, or chooses alike in all scenarios is not computed scenario by scenario. Only the sign of a
zero may differ. Flags are `bool` where all scenarios agree.
"""

# pyright: reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from overbuild.equations.operations import OPERATIONS

_count = np.count_nonzero


def settled(flag: Any) -> Any:
    """A flag as a bool where all scenarios agree.

    >>> settled(np.array([True, True])), settled(np.array([True, False]))
    (True, array([ True, False]))
    """
    if type(flag) is bool:
        return flag
    hits = _count(flag)
    return True if hits == flag.size else flag if hits else False


def alike(row: Any) -> Any:
    """A number as a float where it is the same in all scenarios.

    >>> alike(np.array([2.0, 2.0])), alike(np.array([2.0, 3.0])), alike(5)
    (2.0, array([2., 3.]), 5.0)
    """
    if isinstance(row, float | int):
        return float(row)
    first = row[:1]
    return float(first[0]) if row.ndim and row.size and bool(np.all(row == first)) else row


def add(a: Any, b: Any) -> Any:
    """The sum."""
    if type(a) is float:
        return b if a == 0.0 else a + b
    return a if type(b) is float and b == 0.0 else a + b


def sub(a: Any, b: Any) -> Any:
    """The difference."""
    return a if type(b) is float and b == 0.0 else a - b


def mul(a: Any, b: Any) -> Any:
    """The product."""
    if type(a) is float:
        return b if a == 1.0 else 0.0 if a == 0.0 else a * b
    if type(b) is float:
        return a if b == 1.0 else 0.0 if b == 0.0 else a * b
    return a * b


def div(a: Any, b: Any) -> Any:
    """The quotient; NumPy raises on a division by 0 in any scenario."""
    if type(b) is float:
        return a if b == 1.0 else a / b
    return 0.0 if type(a) is float and a == 0.0 and b.all() else a / b


def both(a: Any, b: Any) -> Any:
    """Whether both flags are set."""
    if a is True or b is False:
        return b
    return a if a is False or b is True else settled(a & b)


def either(a: Any, b: Any) -> Any:
    """Whether one of two flags is set."""
    if a is False or b is True:
        return b
    return a if a is True or b is False else settled(a | b)


def where(flag: Any, yes: Any, no: Any) -> Any:
    """One number where the flag is set, another where it is not.

    >>> where(np.array([True, False]), 1.0, 0.0), where(True, 4.0, np.array([1.0, 2.0]))
    (array([1., 0.]), 4.0)
    """
    if flag is True or yes is no:
        return yes
    if flag is False:
        return no
    if type(yes) is float and type(no) is float:
        if yes == no:
            return yes
        if yes == 1.0 and no == 0.0:
            return flag.astype(float)
    return np.where(flag, yes, no)


def minimum(a: Any, b: Any) -> Any:
    """The lesser of two numbers."""
    if type(a) is float and type(b) is float:
        return b if b < a else a
    return np.minimum(a, b)


def maximum(a: Any, b: Any) -> Any:
    """The greater of two numbers."""
    if type(a) is float and type(b) is float:
        return b if b > a else a
    return np.maximum(a, b)


def breached(headroom: Any, scale: Any) -> Any:
    """1 where headroom is below 0 by more than dust.

    >>> breached(-1.0, 5.0), breached(np.array([-1.0, -1e-9]), 5.0)
    (1.0, array([1., 0.]))
    """
    return _as_number(headroom + 1e-9 * scale < 0.0)


def present(amount: Any, scale: Any) -> Any:
    """1 where an amount is more than dust.

    >>> present(np.array([1.0, 2.0]), 5.0), present(0.0, 5.0)
    (1.0, 0.0)
    """
    return _as_number(amount > 1e-9 * scale)


def _as_number(flag: Any) -> Any:
    if type(flag) is bool:
        return 1.0 if flag else 0.0
    hits = _count(flag)
    return 1.0 if hits == flag.size else flag.astype(float) if hits else 0.0


def _of_table(kind: str) -> Callable[..., Any]:
    """The operation of the table: on floats where all operands are, and all entries of those that are rows."""
    floats, arrays = OPERATIONS[kind].floats, OPERATIONS[kind].arrays

    def apply(*operands: Any) -> Any:
        return floats(*operands) if all(map(_is_plain, operands)) else arrays(np, *operands)

    return apply


def _is_plain(operand: Any) -> bool:
    if isinstance(operand, list):
        return set(map(type, cast("list[Any]", operand))) <= {float}
    return type(operand) is float


MIXED: dict[str, Callable[..., Any]] = {
    **{kind: _of_table(kind) for kind in OPERATIONS},
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "and": both,
    "or": either,
    "where": where,
    "breached": breached,
    "present": present,
    "minimum": minimum,
    "maximum": maximum,
    "lt": lambda a, b: settled(a < b),
    "le": lambda a, b: settled(a <= b),
    "gt": lambda a, b: settled(a > b),
    "ge": lambda a, b: settled(a >= b),
}
"""Every operation of the table on floats and arrays mixed."""
