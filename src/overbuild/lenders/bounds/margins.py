"""What is known of a network of debts: how much each owes and is owed in all, and some of the debts themselves."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import InputError, raise_all
from overbuild.lenders.clearing.payment_system import Amounts, Linked, linked, system_of
from overbuild.lenders.linear_program import Rule, least_cost

_AGREE = 1e-9
"""A sum that misses its total by less than this share of all debts agrees with it."""

_MOST_SWEEPS = 10_000


class Margins(NamedTuple):
    """Totals of debts between entities: owed by each, claimed by each, and `known` single debts (NaN where not known).

    `resources` is the cash of each, `outside` what it owes to others. USD.
    """

    owed: Amounts
    claimed: Amounts
    known: Amounts
    resources: Amounts
    outside: Amounts

    @property
    def size(self) -> int:
        """How many entities there are."""
        return len(self.owed)

    @property
    def due(self) -> Amounts:
        """All that each owes."""
        return self.owed + self.outside

    @property
    def most(self) -> Amounts:
        """The most that each debt can be: what is known of it, else the lesser of its two totals; nobody owes itself."""
        found = np.minimum(self.owed[:, None], self.claimed[None, :])
        np.fill_diagonal(found, 0.0)
        return np.where(np.isnan(self.known), found, self.known)


def margins_of(owed: Any, claimed: Any, resources: Any, outside: Any = None, known: Any = None) -> Margins:
    """Totals of debts, checked.

    Raises every fault at once: `length_mismatch`, `negative_entry`, `not_finite`; `margins_disagree` where what is owed is
    not what is claimed, or known debts exceed a total.

    >>> margins_of([1, 2], [2, 1], [0, 0]).most.tolist()
    [[0.0, 1.0], [2.0, 0.0]]
    """
    rows, columns, cash = (np.asarray(one, float) for one in (owed, claimed, resources))
    others = np.zeros(len(cash)) if outside is None else np.asarray(outside, float)
    debts = np.full((len(cash), len(cash)), np.nan) if known is None else np.array(known, float)
    if not (rows.shape == columns.shape == cash.shape == others.shape and debts.shape == (len(cash), len(cash))):
        raise InputError("length_mismatch", "margins", rows.shape, "one total of each kind an entity")
    faults: list[InputError] = []
    for name, one in (("owed", rows), ("claimed", columns), ("resources", cash), ("outside", others)):
        for place in np.flatnonzero(~(one >= 0)):
            faults.append(InputError("negative_entry", f"{name}[{place}]", float(one[place]), "a total is 0 or more"))
    scale = max(1.0, float(rows.sum()))
    if abs(float(rows.sum() - columns.sum())) > _AGREE * scale:
        hint = f"all that is owed ({rows.sum():g}) is all that is claimed ({columns.sum():g})"
        faults.append(InputError("margins_disagree", "owed", float(rows.sum()), hint))
    for name, totals, axis in (("owed", rows, 1), ("claimed", columns, 0)):
        for place in np.flatnonzero(np.nansum(debts, axis=axis) > totals + _AGREE * scale):
            hint = "known debts add up to more than the total"
            faults.append(InputError("margins_disagree", f"{name}[{place}]", float(totals[place]), hint))
    raise_all(faults)
    np.fill_diagonal(debts, 0.0)
    return Margins(rows, columns, debts, cash, others)


def maximum_entropy(given: Margins) -> Amounts:
    """The debts that say least beyond the totals: each in proportion to its row and its column (iterative fitting).

    Raises InputError `margins_disagree` where no network has these totals and known debts.
    Source: Upper and Worms, Estimating bilateral exposures in the German interbank market, European Economic Review 2004.

    >>> maximum_entropy(margins_of([1, 1, 1], [1, 1, 1], [0, 0, 0])).round(6).tolist()
    [[0.0, 0.5, 0.5], [0.5, 0.0, 0.5], [0.5, 0.5, 0.0]]
    """
    fixed = np.where(np.isnan(given.known), 0.0, given.known)
    free = np.isnan(given.known) & (given.most > 0)
    rows, columns = given.owed - fixed.sum(axis=1), given.claimed - fixed.sum(axis=0)
    found = free.astype(float)
    scale = max(1.0, float(given.owed.sum()))
    for _ in range(_MOST_SWEEPS):
        found = found * _ratio(rows, found.sum(axis=1))[:, None]
        found = found * _ratio(columns, found.sum(axis=0))[None, :]
        if np.max(np.abs(found.sum(axis=1) - rows), initial=0.0) <= _AGREE * scale:
            return fixed + found
    raise InputError(
        "margins_disagree", "known", None, "no network has these totals and known debts, or only a limit of some"
    )


def _ratio(wanted: Amounts, there: Amounts) -> Amounts:
    return np.where(there > 0, wanted / np.where(there > 0, there, 1.0), 0.0)


def some_network(given: Margins, costs: Amounts) -> Amounts | None:
    """The network that agrees with the totals and costs least, each debt at its own cost: an extreme one. None for none."""
    count = given.size
    places = np.arange(count * count).reshape(count, count)
    rules = [Rule(places[at].tolist(), [1.0] * count, float(given.owed[at]), just=True) for at in range(count)]
    rules += [Rule(places[:, at].tolist(), [1.0] * count, float(given.claimed[at]), just=True) for at in range(count)]
    rules += [
        Rule((int(places[a, b]),), (1.0,), float(given.known[a, b]), just=True)
        for a, b in np.argwhere(~np.isnan(given.known))
    ]
    found = least_cost(costs.ravel(), rules, given.most.ravel().tolist())
    return None if found is None else found.unknowns.reshape(count, count)


def with_debts(given: Margins, debts: Amounts) -> Linked:
    """The payment system of one network that agrees with the totals."""
    return linked(system_of(np.maximum(0.0, debts), given.resources, given.outside))
