"""Clearing of one network in many scenarios at once: the same debts, other cash in each."""

from __future__ import annotations

import numpy as np

from overbuild.errors import raise_all
from overbuild.lenders.clearing.greatest import ROUNDING, share_faults
from overbuild.lenders.clearing.payment_system import Amounts, Linked

_BLOCK = 4096
"""Scenarios that are cleared together: few enough for the cache of a processor."""

_MOST_SWEEPS = 10_000
_QUIET = 8
"""Sweeps after which scenarios that have settled are set aside."""


def clear_many(system: Linked, resources: Amounts, resources_share: float = 1.0, inflow_share: float = 1.0) -> Amounts:
    """The greatest payments in each scenario: a row a scenario, as `resources`. USD.

    Swept down from full payment; a scenario is done once nothing in it moves. Raises InputError `alpha_beta_range`.
    Source: Rogers and Veraart 2013; Eisenberg and Noe 2001 where both shares are 1.

    >>> from overbuild.lenders.clearing.payment_system import linked, system_of
    >>> ring = linked(system_of([[0, 4, 0], [0, 0, 3], [2, 0, 0]], [18, 18, 9], [17, 18, 8]))
    >>> clear_many(ring, np.array([[18.0, 18.0, 9.0], [30.0, 18.0, 9.0]])).tolist()
    [[20.0, 21.0, 10.0], [21.0, 21.0, 10.0]]
    """
    raise_all(share_faults(resources_share, inflow_share))
    paid = np.empty_like(resources)
    for start in range(0, len(resources), _BLOCK):
        block = slice(start, start + _BLOCK)
        paid[block] = _block(system, np.ascontiguousarray(resources[block]), resources_share, inflow_share)
    return paid


def _block(system: Linked, cash: Amounts, of_resources: float, of_inflow: float) -> Amounts:
    """One block. What a scenario without a failure pays is known at once."""
    owed, into = system.owed, np.ascontiguousarray(system.shares.T)
    paid = np.broadcast_to(owed, cash.shape).copy()
    enough = owed * (1.0 - ROUNDING)
    rows = np.flatnonzero((cash + system.inflow_in_full < enough).any(axis=1))
    limit = ROUNDING / 10 * max(1.0, float(owed.max(initial=0.0)))
    kept, now, here = of_resources * cash[rows], paid[rows], cash[rows]
    inflow = np.broadcast_to(system.inflow_in_full, now.shape)
    for sweep in range(1, _MOST_SWEEPS):
        short = here + inflow < enough
        following = np.where(short, np.minimum(now, kept + of_inflow * inflow), owed)
        if sweep % _QUIET == 0 or sweep <= 2:
            moving = np.abs(now - following).max(axis=1) > limit
            paid[rows] = following
            if not moving.any():
                break
            rows, kept, here, following = rows[moving], kept[moving], here[moving], following[moving]
        now = following
        inflow = now @ into
    return paid
