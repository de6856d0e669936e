"""The one door to the solver of linear programs (HiGHS, through SciPy)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import WithheldError
from overbuild.lenders.clearing.payment_system import Amounts


class Rule(NamedTuple):
    """A line of a linear program: the sum of `factors` times the unknowns at `places` is at most, or just, `limit`."""

    places: Sequence[int]
    factors: Sequence[float]
    limit: float
    just: bool = False


class Solution(NamedTuple):
    """The least cost that the rules allow, and the unknowns there."""

    cost: float
    unknowns: Amounts


def least_cost(
    costs: Sequence[float] | Amounts, rules: Sequence[Rule], most: Sequence[float | None]
) -> Solution | None:
    """The unknowns from 0 to `most` (None for no end) that keep all rules at the least cost; None where none keep them.

    Raises WithheldError where the solver gives up.

    >>> found = least_cost([-1.0, -2.0], [Rule((0, 1), (1.0, 1.0), 3.0)], [2.0, 2.0])
    >>> found.cost, found.unknowns.tolist()
    (-5.0, [1.0, 2.0])
    """
    if not len(costs):
        return Solution(0.0, np.zeros(0))
    import scipy.optimize

    program: Any = scipy.optimize.linprog
    upper, upper_limits = _table([rule for rule in rules if not rule.just], len(costs))
    equal, equal_limits = _table([rule for rule in rules if rule.just], len(costs))
    ends = [(0.0, end) for end in most]
    found: Any = program(
        np.asarray(costs), A_ub=upper, b_ub=upper_limits, A_eq=equal, b_eq=equal_limits, bounds=ends, method="highs"
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise WithheldError("not_solved", "linear program", found.status, f"the solver gave up: {found.message}")
    return Solution(float(found.fun), np.asarray(found.x, float))


def _table(rules: Sequence[Rule], count: int) -> tuple[Any, Amounts | None]:
    """Rules as a sparse table and their limits; None and None for no rules."""
    if not rules:
        return None, None
    import scipy.sparse

    sparse: Any = scipy.sparse.csr_array
    rows = np.repeat(np.arange(len(rules)), [len(rule.places) for rule in rules])
    places = np.concatenate([np.asarray(rule.places, int) for rule in rules])
    factors = np.concatenate([np.asarray(rule.factors, float) for rule in rules])
    limits = np.asarray([rule.limit for rule in rules])
    return sparse((factors, (rows, places)), shape=(len(rules), count)), limits
