"""The form of each operation as machine code over lanes of scenarios: a column of the table of operations.

An operation gets the emitter of a kernel and the values of its operands, on one number or on lanes alike, and gives the
value of what it emitted. A row operation is a fold: its row is never kept.
"""

# pyright: reportUnknownLambdaType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false
# (the rows of the table are lambdas over whatever an operation takes)

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple


class RowFold(NamedTuple):
    """A row operation place by place: what is reached before the first, after each, and what the last makes of it.

    `step` gets the emitter, what was reached, the number of the place from 1, and the entries of the rows.
    """

    start: float
    step: Callable[..., Any]
    last: Callable[..., Any] = lambda e, reached: reached


LANES: dict[str, Callable[..., Any] | RowFold] = {
    "add": lambda e, a, b: e.arithmetic("fadd", a, b),
    "sub": lambda e, a, b: e.arithmetic("fsub", a, b),
    "mul": lambda e, a, b: e.arithmetic("fmul", a, b),
    "div": lambda e, a, b: e.arithmetic("fdiv", a, b),
    "neg": lambda e, a: e.negated(a),
    "lt": lambda e, a, b: e.compared("olt", a, b),
    "le": lambda e, a, b: e.compared("ole", a, b),
    "gt": lambda e, a, b: e.compared("ogt", a, b),
    "ge": lambda e, a, b: e.compared("oge", a, b),
    "and": lambda e, a, b: e.bits("and", a, b),
    "or": lambda e, a, b: e.bits("or", a, b),
    "where": lambda e, flag, yes, no: e.select(flag, yes, no),
    "minimum": lambda e, a, b: e.select(b < a, b, a),
    "maximum": lambda e, a, b: e.select(b > a, b, a),
    "exp": lambda e, a: e.exponential(a),
    "log": lambda e, a: e.logarithm(a),
    "sqrt": lambda e, a: e.intrinsic("sqrt", a),
    "power": lambda e, a, b: e.exponential(b * e.logarithm(a)),
    "floor": lambda e, a: e.intrinsic("floor", a),
    "logistic": lambda e, a: 1.0 / (1.0 + e.exponential(e.join("minimum", (-a, 700.0)))),
    "breached": lambda e, headroom, scale: e.select(headroom + scale * 1e-9 < 0.0, 1.0, 0.0),
    "present": lambda e, amount, scale: e.select(amount > scale * 1e-9, 1.0, 0.0),
    "row_sum": RowFold(0.0, lambda e, reached, number, entry: reached + entry),
    "row_dot": RowFold(0.0, lambda e, reached, number, a, b: reached + a * b),
    "row_min": RowFold(
        math.inf,
        lambda e, reached, number, entry, flag: e.select(flag > 0.0, e.join("minimum", (reached, entry)), reached),
        lambda e, reached: e.select(reached < math.inf, reached, 0.0),
    ),
    "row_first": RowFold(
        0.0, lambda e, reached, number, flag: e.select((flag > 0.0) & (reached <= 0.0), number, reached)
    ),
}
"""Forms by kind. `row_spread` and its like make rows of rows: a kernel has none."""
