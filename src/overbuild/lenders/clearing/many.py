"""Clearing of one network in many scenarios at once: the same debts, other cash in each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.errors import raise_all
from overbuild.lenders.clearing.greatest import ROUNDING, clear, share_faults
from overbuild.lenders.clearing.payment_system import Amounts, Linked, Places

_BLOCK = 320
"""Scenarios that are cleared together: few enough for the fast cache of a processor."""

_TOGETHER, _FIRST, _NEXT = 3, 10, 3
"""Sweeps of all entities, then of those that fail in some scenario until it is first looked who has settled, then between looks."""

_MOST_LOOKS = 60
"""Looks after which a scenario that has not settled is cleared alone, which solves for its payments."""

_FASTEST = 0.95
"""The greatest share of a sweep's step that is taken to be left to the next."""


def clear_many(system: Linked, resources: Amounts, resources_share: float = 1.0, inflow_share: float = 1.0) -> Amounts:
    """The greatest payments in each scenario: a row a scenario, as `resources`. USD.

    Swept down from full payment; a scenario is done once nothing in it moves. Networks whose table of shares is sparse are
    cleared one scenario after another. Raises InputError `alpha_beta_range`.
    Source: Rogers and Veraart 2013; Eisenberg and Noe 2001 where both shares are 1.

    >>> from overbuild.lenders.clearing.payment_system import linked, system_of
    >>> ring = linked(system_of([[0, 4, 0], [0, 0, 3], [2, 0, 0]], [18, 18, 9], [17, 18, 8]))
    >>> clear_many(ring, np.array([[18.0, 18.0, 9.0], [30.0, 18.0, 9.0]])).tolist()
    [[20.0, 21.0, 10.0], [21.0, 21.0, 10.0]]
    """
    raise_all(share_faults(resources_share, inflow_share))
    kept = _Kept(resources_share, inflow_share)
    if not isinstance(system.shares, np.ndarray):
        return np.array([clear(system, *kept, resources=cash).payments for cash in resources]).reshape(resources.shape)
    paid = np.empty(resources.shape)
    for start in range(0, len(resources), _BLOCK):
        cash, into = resources[start : start + _BLOCK], paid[start : start + _BLOCK]
        into[:] = system.owed
        short = cash + system.inflow_in_full < system.owed * (1.0 - ROUNDING)
        rows = np.flatnonzero(short.any(axis=1))
        if rows.size == len(cash):
            _block(system, cash, kept, into)
        elif rows.size:
            part = into[rows]
            _block(system, cash[rows], kept, part)
            into[rows] = part
    return paid


class _Kept(NamedTuple):
    """What a failed estate keeps of its resources, and of what comes in to it."""

    of_resources: float
    of_inflow: float

    @property
    def all(self) -> bool:
        """Whether failures cost nothing."""
        return self.of_resources == self.of_inflow == 1.0


class _Sweep(NamedTuple):
    """What a sweep takes for some entities: a row a scenario, a column an entity.

    `shares` is what each payee (column) is owed of what each payer (row) owes in all; `fixed` what each fails to pay of what
    it owes though all pay it, if it fails; `slack` what may be missing of its inflow before it fails.
    """

    shares: Amounts
    fixed: Amounts
    slack: Amounts
    kept: _Kept

    def of(self, places: Places) -> _Sweep:
        """The same for some of the entities alone."""
        shares, fixed = self.shares[np.ix_(places, places)], np.take(self.fixed, places, axis=1)
        return _Sweep(shares, fixed, fixed if self.kept.all else np.take(self.slack, places, axis=1), self.kept)

    def at(self, rows: Places) -> _Sweep:
        """The same in some of the scenarios alone."""
        fixed = self.fixed[rows]
        return self._replace(fixed=fixed, slack=fixed if self.kept.all else self.slack[rows])

    def unpaid(self, inflow: Amounts, before: Amounts, zero: Amounts) -> None:
        """Replace what is missing of each inflow by what is then missing of each payment, which never falls."""
        if self.kept.all:
            inflow += self.fixed
            np.maximum(inflow, zero, out=inflow)
        else:
            short = inflow > self.slack
            inflow *= self.kept.of_inflow
            inflow += self.fixed
            np.maximum(inflow, before, out=inflow)
            inflow *= short

    def swept(self, missing: Amounts, times: int) -> tuple[Amounts, Amounts]:
        """What is missing after some sweeps, and a sweep before; `missing` is overwritten."""
        spare, zero = np.empty_like(missing), np.zeros_like(missing)
        for _ in range(times):
            np.matmul(missing, self.shares, out=spare)
            self.unpaid(spare, missing, zero)
            missing, spare = spare, missing
        return missing, spare


def _block(system: Linked, cash: Amounts, kept: _Kept, paid: Amounts) -> None:
    """One block, into `paid`, which holds what is owed. Only those who fail in some of its scenarios are swept.

    Who they are shows after a few sweeps; whether nobody else fails is looked at when the payments of these are known.
    """
    owed, inflow = system.owed, system.inflow_in_full
    fixed = (owed - kept.of_inflow * inflow) - (cash if kept.all else kept.of_resources * cash)
    slack = fixed if kept.all else cash + (inflow - owed * (1.0 - ROUNDING))
    whole = _Sweep(np.ascontiguousarray(system.shares.T), fixed, slack, kept)
    limit = ROUNDING / 10 * max(1.0, float(owed.max(initial=0.0)))
    leaps = kept.all and bool((cash > 0).all())  # then only one set of payments clears
    missing = np.zeros_like(fixed)
    whole.unpaid(missing, missing.copy(), missing.copy())
    missing, _ = whole.swept(missing, _TOGETHER)
    failing = missing.max(axis=0) > 0
    while True:
        some, rest = np.flatnonzero(failing), np.flatnonzero(~failing)
        found, unsettled = _settled(whole.of(some), np.take(missing, some, axis=1), limit, leaps)
        missing[:, some] = found
        lost = found @ whole.shares[np.ix_(some, rest)]
        joining = (lost > -fixed[:, rest] if kept.all else lost > slack[:, rest]).any(axis=0)
        if not joining.any():
            break
        failing[rest[joining]] = True
    paid[:, some] = np.maximum(owed[some] - found, 0.0)
    for row in unsettled:
        paid[row] = clear(system, kept.of_resources, kept.of_inflow, cash[row]).payments


def _settled(sweep: _Sweep, missing: Amounts, limit: float, leaps: bool) -> tuple[Amounts, Places]:
    """What is missing once nothing moves, and the scenarios in which something still does.

    Where payments that clear are the only ones, each scenario that is slow leaps to where its steps, shrinking as they did
    since the last look, would lead; what it settles at is the same.
    """
    now, before = sweep.swept(missing, _FIRST)
    found, rows, last = now, np.arange(len(now)), None
    for look in range(_MOST_LOOKS):
        step = np.subtract(now, before, out=before)
        size = np.abs(step).max(axis=1)
        rate = np.zeros(len(size)) if last is None else np.minimum(_FASTEST, (size / last) ** (1.0 / _NEXT))
        ahead = rate / (1.0 - rate)
        moving = np.flatnonzero(size * np.maximum(1.0, ahead) > limit)
        if look:
            found[rows] = now
        rows = rows[moving]
        if not moving.size:
            break
        sweep, now, last = sweep.at(moving), now[moving], size[moving]
        if leaps and look:
            now = np.maximum(now + step[moving] * ahead[moving, None], 0.0)
        now, before = sweep.swept(now, _NEXT)
    return found, rows
