"""The one table of operations: all that a formula of the package may do, and all that anything derived needs to know.

Each row says what an operation takes and gives, its value on floats and on NumPy arrays, its slope written with the
operations themselves, its form in a spreadsheet cell, and its form as machine code over lanes. `apply` chooses between
floats, arrays and symbols (nodes of a graph, values of a kernel).
"""

# pyright: reportUnknownLambdaType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false
# (the rows of the table are lambdas over whatever an operation takes)

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from overbuild.equations.operations import rows
from overbuild.equations.operations.lanes import LANES
from overbuild.equations.operations.lanes import RowFold as RowFold

Slope: TypeAlias = Callable[..., tuple[Any, ...]]


class Symbol:
    """Something that stands for a number, a node or a machine value; `graph.join(kind, operands)` makes the next one."""

    __slots__ = ()
    graph: Any


class Operation(NamedTuple):
    """One row: `gives` and `takes` are sorts (number, flag, row); `arrays` gets NumPy first; `slope` gets (g, y, ...).

    `slope` returns the part of g that goes to each operand, None where an operand is a flag or a row without one.
    `lanes` gets the emitter of a kernel first; of a row operation it is the fold of places, None where there is none.
    """

    gives: str
    takes: tuple[str, ...]
    floats: Callable[..., Any]
    arrays: Callable[..., Any]
    slope: Slope | None
    cell: str
    lanes: Callable[..., Any] | RowFold | None = None


def apply(kind: str, *operands: Any) -> Any:
    """The operation `kind` on floats, on NumPy arrays, or as a node of the graph that an operand belongs to."""
    on_floats = True
    for operand in operands:
        sort = type(operand)
        if sort is float or sort is bool or sort is int:
            continue
        if isinstance(operand, Symbol):
            return operand.graph.join(kind, operands)
        if isinstance(operand, list | tuple):
            on_floats = on_floats and all(isinstance(entry, float | int) for entry in operand)
        elif not isinstance(operand, float):
            on_floats = False
    row = OPERATIONS[kind]
    if on_floats:
        return row.floats(*operands)
    import numpy as np

    return row.arrays(np, *operands)


def _where(flag: Any, yes: Any, no: Any) -> Any:
    return apply("where", flag, yes, no)


def _lesser_share(g: Any, a: Any, b: Any) -> Any:
    """The part of g that goes to a in minimum(a, b): at a tie, half."""
    return _where(a < b, g, _where(b < a, 0.0, g / 2.0))


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(min(-x, 700.0)))


N, F, R = "number", "flag", "row"

_ROWS: dict[str, Operation] = {
    "add": Operation(N, (N, N), lambda a, b: a + b, lambda np, a, b: a + b, lambda g, y, a, b: (g, g), "({0}+{1})"),
    "sub": Operation(N, (N, N), lambda a, b: a - b, lambda np, a, b: a - b, lambda g, y, a, b: (g, -g), "({0}-{1})"),
    "mul": Operation(
        N, (N, N), lambda a, b: a * b, lambda np, a, b: a * b, lambda g, y, a, b: (g * b, g * a), "({0}*{1})"
    ),
    "div": Operation(
        N, (N, N), lambda a, b: a / b, lambda np, a, b: a / b, lambda g, y, a, b: (g / b, -(g * y / b)), "({0}/{1})"
    ),
    "neg": Operation(N, (N,), lambda a: -a, lambda np, a: -a, lambda g, y, a: (-g,), "(-({0}))"),
    "lt": Operation(F, (N, N), lambda a, b: a < b, lambda np, a, b: a < b, None, "({0}<{1})"),
    "le": Operation(F, (N, N), lambda a, b: a <= b, lambda np, a, b: a <= b, None, "({0}<={1})"),
    "gt": Operation(F, (N, N), lambda a, b: a > b, lambda np, a, b: a > b, None, "({0}>{1})"),
    "ge": Operation(F, (N, N), lambda a, b: a >= b, lambda np, a, b: a >= b, None, "({0}>={1})"),
    "and": Operation(F, (F, F), lambda a, b: a & b, lambda np, a, b: a & b, None, "AND({0},{1})"),
    "or": Operation(F, (F, F), lambda a, b: a | b, lambda np, a, b: a | b, None, "OR({0},{1})"),
    "where": Operation(
        N,
        (F, N, N),
        lambda flag, yes, no: yes if flag else no,
        lambda np, flag, yes, no: np.where(flag, yes, no),
        lambda g, y, flag, yes, no: (None, _where(flag, g, 0.0), _where(flag, 0.0, g)),
        "IF({0},{1},{2})",
    ),
    "minimum": Operation(
        N,
        (N, N),
        lambda a, b: b if b < a else a,
        lambda np, a, b: np.minimum(a, b),
        lambda g, y, a, b: (_lesser_share(g, a, b), _lesser_share(g, b, a)),
        "MIN({0},{1})",
    ),
    "maximum": Operation(
        N,
        (N, N),
        lambda a, b: b if b > a else a,
        lambda np, a, b: np.maximum(a, b),
        lambda g, y, a, b: (_lesser_share(g, b, a), _lesser_share(g, a, b)),
        "MAX({0},{1})",
    ),
    "exp": Operation(N, (N,), math.exp, lambda np, a: np.exp(a), lambda g, y, a: (g * y,), "EXP({0})"),
    "log": Operation(N, (N,), math.log, lambda np, a: np.log(a), lambda g, y, a: (g / a,), "LN({0})"),
    "sqrt": Operation(N, (N,), math.sqrt, lambda np, a: np.sqrt(a), lambda g, y, a: (g / (2.0 * y),), "SQRT({0})"),
    "power": Operation(
        N,
        (N, N),
        math.pow,
        lambda np, a, b: np.power(a, b),
        lambda g, y, a, b: (g * b * y / a, g * y * apply("log", a)),
        "(({0})^({1}))",
    ),
    "floor": Operation(
        N, (N,), lambda a: float(math.floor(a)), lambda np, a: np.floor(a), lambda g, y, a: (0.0 * g,), "INT({0})"
    ),
    "logistic": Operation(
        N,
        (N,),
        _logistic,
        lambda np, a: 1.0 / (1.0 + np.exp(np.minimum(-a, 700.0))),
        lambda g, y, a: (g * y * (1.0 - y),),
        "(1/(1+EXP(MIN(-({0}),700))))",
    ),
    "breached": Operation(
        N,
        (N, N),
        lambda headroom, scale: 1.0 if headroom + 1e-9 * scale < 0.0 else 0.0,
        lambda np, headroom, scale: np.where(headroom + 1e-9 * scale < 0.0, 1.0, 0.0),
        lambda g, y, headroom, scale: (0.0 * g, 0.0 * g),
        "IF(({0}+0.000000001*{1})<0,1,0)",
    ),
    "present": Operation(
        N,
        (N, N),
        lambda amount, scale: 1.0 if amount > 1e-9 * scale else 0.0,
        lambda np, amount, scale: np.where(amount > 1e-9 * scale, 1.0, 0.0),
        lambda g, y, amount, scale: (0.0 * g, 0.0 * g),
        "IF({0}>(0.000000001*{1}),1,0)",
    ),
    "row_sum": Operation(
        N,
        (R,),
        math.fsum,
        lambda np, r: np.sum(rows.stacked(np, r), axis=0),
        lambda g, y, r: (apply("row_spread", g, r),),
        "SUM({0})",
    ),
    "row_dot": Operation(
        N,
        (R, R),
        lambda a, b: math.fsum(x * y for x, y in zip(a, b, strict=True)),
        lambda np, a, b: np.sum(np.multiply(*rows.aligned(np, a, b)), axis=0),
        lambda g, y, a, b: (apply("row_scaled", g, b), apply("row_scaled", g, a)),
        "SUMPRODUCT({0},{1})",
    ),
    "row_min": Operation(
        N,
        (R, R),
        rows.least,
        rows.least_arrays,
        lambda g, y, values, flags: (apply("row_scaled", g, apply("row_least", values, flags)), None),
        "IF(SUM({1})>0,SUMPRODUCT(MIN({0}+(1-{1})*1E+300)),0)",
    ),
    "row_first": Operation(
        N, (R,), rows.first, rows.first_arrays, lambda g, y, flags: (None,), "IFERROR(MATCH(1,{0},0),0)"
    ),
    "row_spread": Operation(
        R,
        (N, R),
        lambda g, row: [g] * len(row),
        rows.spread_arrays,
        None,
        "",
    ),
    "row_scaled": Operation(
        R,
        (N, R),
        lambda g, row: [g * entry for entry in row],
        lambda np, g, row: np.multiply(*rows.along(np, g, row)),
        None,
        "",
    ),
    "row_added": Operation(
        R,
        (R, R),
        lambda a, b: [one + other for one, other in zip(a, b, strict=True)],
        lambda np, a, b: np.add(*rows.aligned(np, a, b)),
        None,
        "",
    ),
    "row_least": Operation(R, (R, R), rows.least_places, rows.least_places_arrays, None, ""),
}

OPERATIONS: dict[str, Operation] = {kind: row._replace(lanes=LANES.get(kind)) for kind, row in _ROWS.items()}
"""All operations by kind. A graph has four kinds more: `input`, `literal`, `constant` and `line`."""
