"""Clearing of one network in many scenarios at once: the same debts, other cash in each."""

from __future__ import annotations

import numpy as np

from overbuild.errors import raise_all
from overbuild.lenders.clearing.greatest import ROUNDING, share_faults
from overbuild.lenders.clearing.payment_system import Amounts, Linked

_BLOCK = 512
"""Scenarios that are cleared together: few enough for the fast cache of a processor."""

_MOST_SWEEPS = 10_000
_LEAP = 6
"""Sweeps between two leaps, after each of which scenarios that have settled are set aside."""

_FASTEST = 0.95
"""The greatest share of a sweep's step that is taken to be left to the next."""


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
    """One block. What a scenario without a failure pays is known at once.

    Where payments that clear are the only ones (failures cost nothing and all have cash), each scenario leaps now and then
    to where its steps, shrinking as the last two did, would lead; what it settles at is the same.
    """
    owed, into = system.owed, np.ascontiguousarray(system.shares.T)
    paid = np.broadcast_to(owed, cash.shape).copy()
    enough = owed * (1.0 - ROUNDING)
    rows = np.flatnonzero((cash + system.inflow_in_full < enough).any(axis=1))
    limit = ROUNDING / 10 * max(1.0, float(owed.max(initial=0.0)))
    plain = of_resources == of_inflow == 1.0
    leaps = plain and bool((cash > 0).all())
    here, now = cash[rows], paid[rows]
    steps: list[Amounts] = []
    for sweep in range(1, _MOST_SWEEPS):
        following = now @ into
        if plain:
            following += here
            np.minimum(following, owed, out=following)
        else:
            short = here + following < enough
            estate = np.minimum(now, of_resources * here + of_inflow * following)
            following = np.where(short, estate, owed)
        if sweep % _LEAP >= _LEAP - 2:
            steps.append(np.abs(now - following).max(axis=1))
        now = following
        if len(steps) == 2:
            moving = steps[1] > limit
            paid[rows] = now
            if not moving.any():
                break
            rate = np.minimum(_FASTEST, steps[1] / np.maximum(steps[0], 1e-300))[moving]
            rows, here, now, steps = rows[moving], here[moving], now[moving], []
            if leaps:
                further = here + now @ into
                np.minimum(further, owed, out=further)
                further += (further - now) * (rate / (1.0 - rate))[:, None]
                now = np.clip(further, 0.0, owed)
    return paid
