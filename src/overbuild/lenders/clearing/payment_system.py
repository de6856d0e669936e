"""Who owes whom how much now, as plain arrays, checked and linked for clearing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError, raise_all

Amounts: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
Marks: TypeAlias = NDArray[np.bool_]

_DENSE_UP_TO = 400
"""Entities up to which a full table of shares is faster than a sparse one."""


class PaymentSystem(NamedTuple):
    """What is due: edge k is `amount[k]` owed by `payer[k]` to `payee[k]`, both places of an entity.

    `resources` is the cash of each entity before it is paid, `outside` what it owes to others than these entities. USD.
    """

    payer: Places
    payee: Places
    amount: Amounts
    resources: Amounts
    outside: Amounts

    @property
    def size(self) -> int:
        """How many entities there are."""
        return len(self.resources)


class Linked(NamedTuple):
    """A payment system ready to clear: what each owes in all, the share of it that goes to whom, and the inflow if all pay.

    `shares` has a row for each payee and a column for each payer: a full table, or a sparse one where it is large.
    """

    system: PaymentSystem
    owed: Amounts
    shares: Any
    inflow_in_full: Amounts


def system_of(table: Any, resources: Any, outside: Any = None) -> PaymentSystem:
    """A payment system from a table of what the row owes the column.

    Raises every fault at once as InputError: `length_mismatch`, `not_finite`, `negative_entry`, `self_liability`.

    >>> system_of([[0, 4], [3, 0]], [1, 2]).amount
    array([4., 3.])
    """
    owed, cash = np.asarray(table, float), np.asarray(resources, float)
    others = np.zeros(len(cash)) if outside is None else np.asarray(outside, float)
    if owed.shape != (len(cash), len(cash)) or others.shape != cash.shape:
        hint = f"{len(cash)} resources need a table of {len(cash)} rows and columns, and as many debts to others"
        raise InputError("length_mismatch", "liabilities", owed.shape, hint)
    payer, payee = np.nonzero(owed)
    system = PaymentSystem(payer, payee, owed[payer, payee], cash, others)
    raise_all(list(faults_of(system)))
    return system


def faults_of(system: PaymentSystem) -> Iterator[InputError]:
    """Every fault of a payment system: numbers that are none, negative ones, and what somebody owes itself."""
    for name, amounts in (("liability", system.amount), ("resources", system.resources), ("outside", system.outside)):
        for place in np.flatnonzero(~np.isfinite(amounts)):
            yield InputError("not_finite", f"{name}[{place}]", float(amounts[place]), "an amount is a finite number")
        for place in np.flatnonzero(amounts < 0):
            yield InputError("negative_entry", f"{name}[{place}]", float(amounts[place]), "an amount is 0 or more")
    for edge in np.flatnonzero((system.payer == system.payee) & (system.amount != 0)):
        hint = "nobody owes itself; leave the entry out"
        yield InputError("self_liability", f"liability[{edge}]", int(system.payer[edge]), hint)


def linked(system: PaymentSystem) -> Linked:
    """A payment system with its shares laid out, as many clearings may use it.

    >>> linked(system_of([[0, 4], [3, 0]], [1, 2], [4, 0])).shares
    array([[0. , 1. ],
           [0.5, 0. ]])
    """
    owed = system.outside + np.bincount(system.payer, system.amount, system.size)
    share = system.amount / owed[system.payer]
    if system.size <= _DENSE_UP_TO:
        shares: Any = np.zeros((system.size, system.size))
        np.add.at(shares, (system.payee, system.payer), share)
    else:
        import scipy.sparse

        table: Any = scipy.sparse.csr_array
        shares = table((share, (system.payee, system.payer)), shape=(system.size, system.size))
    return Linked(system, owed, shares, shares @ owed)
