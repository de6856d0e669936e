"""Clearing with debts of several ranks, and with owners who hold each other's equity."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import InputError, raise_all
from overbuild.instruments.recovery import Seniority, pay_by_rank
from overbuild.lenders.clearing.greatest import ROUNDING, share_faults
from overbuild.lenders.clearing.payment_system import Amounts, Linked, Marks, linked, system_of

_MOST_SWEEPS = 200_000


class RankedSystem(NamedTuple):
    """Debts by rank, the first paid first, and who owns which share of whom: `stakes[i][j]` is i's share of j.

    The resources are those of the first rank. USD.
    """

    ranks: tuple[Linked, ...]
    stakes: Amounts

    @property
    def resources(self) -> Amounts:
        """The cash of each before it is paid."""
        return self.ranks[0].system.resources


class RankedClearing(NamedTuple):
    """Payments of each rank, equity, and who does not pay in full; `value` is what each has before it pays. USD."""

    payments: tuple[Amounts, ...]
    equity: Amounts
    value: Amounts
    defaults: Marks


def ranked_system(tables: Any, resources: Any, outside: Any = None, stakes: Any = None) -> RankedSystem:
    """Debts by rank from a table for each, the senior first; `outside` has a row for each rank.

    Raises every fault at once: those of `system_of`, and `ownership` for an entity of which 100% or more is owned.

    >>> ranked_system([[[0, 4], [0, 0]], [[0, 2], [0, 0]]], [5, 0]).ranks[1].owed.tolist()
    [2.0, 0.0]
    """
    count = len(resources)
    others = np.zeros((len(tables), count)) if outside is None else np.asarray(outside, float)
    held = np.zeros((count, count)) if stakes is None else np.asarray(stakes, float)
    hint = "owners hold less than 100% together, each 0 or more, and nobody owns itself"
    faults = [
        InputError("ownership", f"stakes in {place}", float(held[:, place].sum()), hint)
        for place in range(count)
        if held[:, place].sum() >= 1 or held[:, place].min() < 0 or held[place, place] != 0
    ]
    raise_all(faults)
    ranks = tuple(linked(system_of(table, resources, row)) for table, row in zip(tables, others, strict=True))
    return RankedSystem(ranks, held)


def clear_ranked(system: RankedSystem, resources_share: float = 1.0, inflow_share: float = 1.0) -> RankedClearing:
    """The greatest payments rank by rank, together with the equity of everyone.

        value  = resources + what is paid to it + stakes * equity
        equity = max(0, value - all it owes)
        each rank is paid from what the ranks before it leave, of the value or of what a failure keeps of it

    Stakes count with what is paid to an entity. Raises InputError `alpha_beta_range`.
    Source: Elsinger, Financial networks, cross holdings, and limited liability, Oesterreichische Nationalbank, 2009, for
    both shares at 1; failures that cost as in Rogers and Veraart 2013.

    >>> found = clear_ranked(ranked_system([[[0, 4], [0, 0]], [[0, 2], [0, 0]]], [5, 0]))
    >>> [paid.tolist() for paid in found.payments], found.equity.tolist()
    ([[4.0, 0.0], [1.0, 0.0]], [0.0, 5.0])
    """
    raise_all(share_faults(resources_share, inflow_share))
    cash = system.resources
    owed = [rank.owed for rank in system.ranks]
    whole = np.asarray(sum(owed))
    limit = ROUNDING / 10 * max(1.0, float(whole.max(initial=0.0)), float(cash.max(initial=0.0)))
    paid = [one.copy() for one in owed]
    in_full = cash + sum(rank.inflow_in_full for rank in system.ranks) - whole
    equity: Amounts = np.asarray(np.linalg.solve(np.eye(len(cash)) - system.stakes, np.maximum(0.0, in_full)), float)
    value, fails = in_full, in_full < 0
    for _ in range(_MOST_SWEEPS):
        inflow = np.asarray(sum(rank.shares @ one for rank, one in zip(system.ranks, paid, strict=True)))
        inflow = inflow + system.stakes @ equity
        value = cash + inflow
        fails = value < whole * (1.0 - ROUNDING)
        pot = np.where(fails, resources_share * cash + inflow_share * inflow, np.maximum(value, whole))
        following = _by_rank(pot, owed)
        left = np.where(fails, 0.0, np.maximum(0.0, value - whole))
        moved = max(
            float(np.max(np.abs(a - b), initial=0.0)) for a, b in zip((*paid, equity), (*following, left), strict=True)
        )
        paid, equity = following, left
        if moved <= limit:
            break
    return RankedClearing(tuple(paid), equity, value, fails)


def _by_rank(pot: Amounts, owed: list[Amounts]) -> list[Amounts]:
    """Pots paid out rank by rank."""
    names = [str(rank) for rank in range(len(owed))]
    owing = dict(zip(names, owed, strict=True))
    after = pay_by_rank(pot, owing, tuple(Seniority(name, rank) for rank, name in enumerate(names)))
    return [amount - after.owing[name] for name, amount in zip(names, owed, strict=True)]
