"""The greatest clearing payments: default set by default set, each round named by who fails in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import InputError, raise_all
from overbuild.lenders.clearing.payment import destroyed, equity_left, payment, recovery
from overbuild.lenders.clearing.payment_system import Amounts, Linked, Marks, Places

ROUNDING = 1e-12
"""A shortfall below this share of what is owed is rounding, no default."""

_SWEEPS = 60
"""Sweeps of the defaulters' payments before they are solved for at once."""


class Clearing(NamedTuple):
    """What everyone pays: `round` is the round in which an entity fails, 1 if it would fail though all others pay; 0 never.

    Amounts are USD, one entry an entity. `destroyed` is what failures keep from all creditors, `shortfall` what stays
    unpaid of all that is owed.
    """

    payments: Amounts
    inflow: Amounts
    equity: Amounts
    recovery: Amounts
    round: Places
    destroyed: Amounts

    @property
    def defaults(self) -> Marks:
        """Who does not pay in full."""
        return self.round > 0

    def shortfall(self, owed: Amounts) -> float:
        """What stays unpaid of what is owed."""
        return float(np.sum(owed - self.payments))


def share_faults(resources_share: float, inflow_share: float) -> list[InputError]:
    """What is wrong with the shares that a failed estate keeps."""
    shares = {"resources_share": resources_share, "inflow_share": inflow_share}
    hint = "what creditors get of a failed estate is a share from 0 to 1"
    return [InputError("alpha_beta_range", name, share, hint) for name, share in shares.items() if not 0 <= share <= 1]


def clear(
    system: Linked, resources_share: float = 1.0, inflow_share: float = 1.0, resources: Amounts | None = None
) -> Clearing:
    """The greatest payments such that all who can pay do so in full, and the rest pay what their estates bring.

    All pay in full at first; who then cannot joins the set of the failed, whose payments are solved for together, until
    nobody joins. `resources` replace those of the system, so that one linking serves many shocks.
    Raises InputError `alpha_beta_range`.
    Source: Rogers and Veraart 2013; Eisenberg and Noe 2001 where both shares are 1.

    >>> from overbuild.lenders.clearing.payment_system import linked, system_of
    >>> found = clear(linked(system_of([[0, 4, 0], [0, 0, 3], [2, 0, 0]], [18, 18, 9], [17, 18, 8])))
    >>> found.payments.tolist(), found.round.tolist()
    ([20.0, 21.0, 10.0], [1, 0, 0])
    """
    raise_all(share_faults(resources_share, inflow_share))
    cash = system.system.resources if resources is None else resources
    owed, missing, number = system.owed, np.zeros(len(cash)), 0
    joined: Any = np.zeros(len(cash), int)
    inflow = system.inflow_in_full
    while True:
        short = (joined == 0) & (cash + inflow < owed * (1.0 - ROUNDING))
        if not short.any():
            return cleared(system, cash, owed - missing, joined, resources_share, inflow_share)
        number += 1
        joined[short] = number
        missing = _missing(system, cash, np.flatnonzero(joined), missing, (resources_share, inflow_share))
        inflow = system.inflow_in_full - system.shares @ missing


def _missing(system: Linked, cash: Amounts, failed: Places, before: Amounts, kept: Any) -> Amounts:
    """What the failed leave unpaid, given that all others pay: swept from the former answer, then solved if it must be.

    With x missing of owed, x = owed - kept of resources - kept of (inflow in full - what of it is missing).
    """
    of_resources, of_inflow = kept
    fixed = system.owed[failed] - of_resources * cash[failed] - of_inflow * system.inflow_in_full[failed]
    rows = system.shares[failed][:, failed]
    found, limit = before[failed], ROUNDING / 10 * max(1.0, float(system.owed[failed].max()))
    found = np.where(found > 0, found, np.maximum(fixed, 0.0))
    for _ in range(_SWEEPS):
        following = fixed + of_inflow * (rows @ found)
        moved = float(np.max(np.abs(following - found)))
        found = following
        if moved <= limit:
            break
    else:
        found = solved(rows, of_inflow, fixed)
    whole = np.zeros(len(cash))
    whole[failed] = np.clip(found, 0.0, system.owed[failed])
    return whole


def solved(rows: Any, factor: float, fixed: Amounts) -> Amounts:
    """The x of x = fixed + factor * rows x, by elimination."""
    if isinstance(rows, np.ndarray):
        table: Any = np.eye(len(fixed)) - factor * rows
        return np.asarray(np.linalg.lstsq(table, fixed)[0] if _closed(table) else np.linalg.solve(table, fixed), float)
    import scipy.sparse
    import scipy.sparse.linalg

    one: Any = scipy.sparse.eye_array
    solve: Any = scipy.sparse.linalg.spsolve
    return np.asarray(solve((one(len(fixed)) - factor * rows).tocsc(), fixed), float)


def _closed(table: Amounts) -> bool:
    """Whether some of the failed owe only each other, so that what they pay is not determined by what they have."""
    return bool(np.linalg.cond(table) > 1.0 / ROUNDING)


def cleared(
    system: Linked, cash: Amounts, payments: Amounts, joined: Places, resources_share: float, inflow_share: float
) -> Clearing:
    """What follows from payments: inflow, equity, recoveries and what failures destroy."""
    inflow = system.shares @ payments
    fails = (joined > 0).astype(float)
    lost = destroyed(cash, inflow, fails, resources_share, inflow_share)
    left = (1.0 - fails) * equity_left(cash, inflow, payments)
    return Clearing(payments, inflow, left, recovery(payments, system.owed), joined, lost)


def mapped(system: Linked, cash: Amounts, payments: Amounts, resources_share: float, inflow_share: float) -> Amounts:
    """What everyone would pay if it were paid `payments`: a clearing is what this leaves as it is."""
    owed = system.owed
    inflow = np.asarray(system.shares @ payments)
    inflow = np.where(np.abs(cash + inflow - owed) <= ROUNDING * owed, np.maximum(owed - cash, 0.0), inflow)
    return payment(cash, inflow, owed, resources_share, inflow_share)
