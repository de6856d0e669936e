"""The least clearing payments: what is paid when nobody pays before it is paid."""

from __future__ import annotations

import numpy as np

from overbuild.errors import raise_all
from overbuild.lenders.clearing.greatest import ROUNDING, Clearing, cleared, mapped, share_faults
from overbuild.lenders.clearing.payment_system import Linked

_MOST_SWEEPS = 200_000


def clear_least(system: Linked, resources_share: float = 1.0, inflow_share: float = 1.0) -> Clearing:
    """The least payments that clear: from nothing paid upwards, each pays once it has been paid.

    It is below the greatest where some can pay only if they are paid by each other: rings without cash of their own, and
    failures that cost. `round` is 1 for all who fail. Raises InputError `alpha_beta_range`.
    Source: Rogers and Veraart 2013; Eisenberg and Noe 2001, whose two vectors are one where cash flows into every ring.

    >>> from overbuild.lenders.clearing.payment_system import linked, system_of
    >>> from overbuild.lenders.clearing.greatest import clear
    >>> ring = linked(system_of([[0, 1], [1, 0]], [0, 0]))
    >>> clear_least(ring).payments.tolist(), clear(ring).payments.tolist()
    ([0.0, 0.0], [1.0, 1.0])
    """
    raise_all(share_faults(resources_share, inflow_share))
    cash, owed = system.system.resources, system.owed
    paid, limit = np.zeros(len(owed)), ROUNDING / 10 * max(1.0, float(owed.max(initial=0.0)))
    for _ in range(_MOST_SWEEPS):
        following = np.maximum(mapped(system, cash, paid, resources_share, inflow_share), paid)
        moved = float(np.max(np.abs(following - paid), initial=0.0))
        paid = following
        if moved <= limit:
            break
    fails = (paid < owed * (1.0 - ROUNDING)).astype(int)
    return cleared(system, cash, paid, fails, resources_share, inflow_share)
