"""A stack of thousands of units over the hours of a year, on arrays: what `merit_order` gives, hour by hour.

Units are sorted once; an hour is then one look into the running sum of their MW.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError

Row = NDArray[np.float64]


class StackArrays(NamedTuple):
    """Units by columns: available MW, cost of a MWh with its carbon, emission factor; equals stand in the order given."""

    mw: Row
    cost: Row
    ef: Row


class HoursCleared(NamedTuple):
    """By hour: price in USD a MWh, MW that nobody serves, emissions in t."""

    price: Row
    unserved: Row
    emissions: Row


def clear_hours(stack: StackArrays, load: Row, voll: float) -> HoursCleared:
    """Every hour of a load on a stack, uniform prices; the value of lost load where some is not served.

    Raises InputError: `length_mismatch`, `empty_stack`, `negative`, `not_finite`.

    >>> stack = StackArrays(np.array([4.0, 3.0]), np.array([30.0, 25.0]), np.array([0.4, 1.0]))
    >>> found = clear_hours(stack, np.array([5.0, 8.0, 0.0]), 5000.0)
    >>> found.price.tolist(), found.unserved.tolist(), found.emissions.tolist()
    ([30.0, 5000.0, 0.0], [0.0, 1.0, 0.0], [3.8, 4.6, 0.0])
    """
    _check(stack, load)
    order = np.argsort(stack.cost, kind="stable")
    order = order[stack.mw[order] > 0.0]
    mw, cost, ef = stack.mw[order], stack.cost[order], stack.ef[order]
    after = np.cumsum(mw)
    emitted = np.concatenate(([0.0], np.cumsum(mw * ef)))
    served = np.minimum(load, after[-1])
    at = np.minimum(np.searchsorted(after, served * (1.0 - 1e-9)), len(mw) - 1)
    price = np.where(load > 0.0, cost[at], 0.0)
    unserved = load - served
    emissions = emitted[at] + (served - (after[at] - mw[at])) * ef[at]
    return HoursCleared(np.where(unserved > load * 1e-9, voll, price), unserved, emissions)


def _check(stack: StackArrays, load: Row) -> None:
    if not len(stack.mw) or not np.any(stack.mw > 0.0):
        raise InputError("empty_stack", "stack", None, "a stack has at least one unit with MW")
    if not len(stack.mw) == len(stack.cost) == len(stack.ef):
        raise InputError(
            "length_mismatch", "stack", len(stack.cost), f"{len(stack.mw)} units have a cost and a factor each"
        )
    for name, row in (*stack._asdict().items(), ("load", load)):
        if not np.all(np.isfinite(row)):
            raise InputError("not_finite", name, None, "every entry is a finite number")
    if np.any(stack.mw < 0.0) or np.any(load < 0.0):
        raise InputError("negative", "mw", None, "MW of units and of load are not below 0")
