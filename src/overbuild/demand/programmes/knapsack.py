"""Which programmes are worth a budget: the exact choice, found by branch and bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """A programme by its name, what it is worth, what it costs at the start; of one group at most one is chosen."""

    name: str
    group: str
    worth: float
    cost: float


class Choice(NamedTuple):
    """The names chosen, what they are worth and cost together."""

    names: tuple[str, ...]
    worth: float
    cost: float


def best_within(candidates: Sequence[Candidate], budget: float) -> Choice:
    """The programmes worth most together whose costs fit the budget, none that is worth nothing.

        maximise the sum of worth, where the sum of costs <= budget and at most one of each group is chosen

    Source: the 0-1 knapsack problem with groups; solved to optimality by HiGHS (scipy.optimize.milp).

    >>> found = best_within([Candidate("a", "a", 6.0, 5.0), Candidate("b", "b", 5.0, 4.0), Candidate("c", "c", 5.0, 4.0)], 8.0)
    >>> found.names, found.worth
    (('b', 'c'), 10.0)
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    paying = [one for one in candidates if one.worth > 0.0]
    if not paying:
        return Choice((), 0.0, 0.0)
    scale = max(*(one.worth for one in paying), *(one.cost for one in paying), 1.0)
    groups = sorted({one.group for one in paying})
    member = np.array([[float(one.group == group) for one in paying] for group in groups])
    costs = np.array([[one.cost / scale for one in paying]])
    solve: Any = milp
    found: Any = solve(
        c=np.array([-one.worth / scale for one in paying]),
        constraints=[LinearConstraint(costs, ub=[budget / scale]), LinearConstraint(member, ub=np.ones(len(groups)))],
        integrality=np.ones(len(paying)),
        bounds=Bounds(0.0, 1.0),
        options={"mip_rel_gap": 0.0},
    )
    taken: list[float] = list(found.x)
    chosen = [one for one, share in zip(paying, taken, strict=True) if share > 0.5]
    return Choice(tuple(one.name for one in chosen), sum(one.worth for one in chosen), sum(one.cost for one in chosen))
