"""Equations: the words that formulas are written with, the table of operations, and the graph behind a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from overbuild.equations.graph import Node as Node
from overbuild.equations.graph import Program as Program
from overbuild.equations.line import collecting as collecting
from overbuild.equations.line import line as line
from overbuild.equations.line import within as within
from overbuild.equations.number import number as number
from overbuild.equations.records import flatten as flatten
from overbuild.equations.records import rebuild as rebuild
from overbuild.equations.trace import trace as trace
from overbuild.equations.vocabulary import (
    blend,
    breached,
    clip,
    exp,
    floor,
    log,
    logistic,
    maximum,
    minimum,
    power,
    present,
    quotient,
    row_dot,
    row_first,
    row_min,
    row_sum,
    sqrt,
    total,
    where,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number: TypeAlias = float | NDArray[np.float64] | Node
    Flag: TypeAlias = bool | NDArray[np.bool_] | Node
else:
    Number = Any
    Flag = Any

__all__ = [
    "Flag",
    "Node",
    "Number",
    "Program",
    "blend",
    "breached",
    "clip",
    "collecting",
    "exp",
    "flatten",
    "floor",
    "line",
    "log",
    "logistic",
    "maximum",
    "minimum",
    "number",
    "power",
    "present",
    "quotient",
    "rebuild",
    "row_dot",
    "row_first",
    "row_min",
    "row_sum",
    "sqrt",
    "total",
    "trace",
    "where",
]
