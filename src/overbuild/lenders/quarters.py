"""Quarter after quarter: cash comes in, costs are paid, what is due is cleared, and who fails is out for good."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.lenders.clearing.greatest import ROUNDING, cleared, mapped
from overbuild.lenders.clearing.payment_system import Amounts, Marks, linked, system_of


class QuarterCleared(NamedTuple):
    """One quarter: who failed in it, cash at its end, what was paid of what was due, and what was not. USD."""

    fails: Marks
    cash: Amounts
    paid: Amounts
    shortfall: float


def quarter(
    cash: Amounts, alive: Marks, table: Any, revenue: Any, cost: Any, shares_kept: Any = (1.0, 1.0)
) -> QuarterCleared:
    """One quarter of clearing: outside costs first, then what is due among those alive.

    Who cannot pay its costs has failed, and pays only of what it is paid. The failed hold no cash afterwards; what they
    would owe or be owed later is void.
    Source: the model's own order of a quarter, a convention: costs, then clearing, then the failed are frozen.

    >>> now, alive = np.array([1.0, 5.0]), np.array([True, True])
    >>> quarter(now, alive, [[0, 4], [0, 0]], [0, 0], [0, 1]).cash.tolist()
    [0.0, 5.0]
    """
    owed = np.asarray(table, float) * alive[:, None] * alive[None, :]
    net = np.where(alive, cash + np.asarray(revenue, float) - np.asarray(cost, float), 0.0)
    bankrupt = alive & (net < -ROUNDING)
    system = linked(system_of(owed, np.maximum(net, 0.0)))
    paid = system.owed
    while True:
        following = mapped(system, system.system.resources, paid, *shares_kept)
        estate = shares_kept[1] * (system.shares @ paid)
        following = np.where(bankrupt, np.minimum(estate, system.owed), following)
        if np.max(np.abs(paid - following), initial=0.0) <= ROUNDING * max(1.0, float(system.owed.max(initial=0.0))):
            break
        paid = following
    fails = bankrupt | (paid < system.owed * (1.0 - ROUNDING))
    found = cleared(system, system.system.resources, paid, fails.astype(int), *shares_kept)
    return QuarterCleared(fails, found.equity, paid, float(np.sum(system.owed - paid)))
