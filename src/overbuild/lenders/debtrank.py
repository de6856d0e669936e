"""DebtRank: how far a loss of equity travels along exposures before anybody fails."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import InputError, raise_all
from overbuild.lenders.clearing.payment_system import Amounts

_SETTLED = 1e-15
_MOST_STEPS = 100_000


class DebtRank(NamedTuple):
    """Relative loss of equity of each at the end, and the share of all economic value lost beyond the shock itself."""

    losses: Amounts
    rank: float


def leverage(exposures: Any, equity: Any) -> Amounts:
    """What each loses of its equity if the other loses all of its own: exposure over equity.

    `exposures[i][j]` is what i holds of j. Raises InputError `nonpositive_equity` for each that has none, `negative_entry`
    and `self_liability`, all at once.

    >>> leverage([[0, 3], [1, 0]], [10, 8]).tolist()
    [[0.0, 0.3], [0.125, 0.0]]
    """
    held, own = np.asarray(exposures, float), np.asarray(equity, float)
    hint = "a relative loss needs equity above 0; leave out who has none, or give it"
    faults = [
        InputError("nonpositive_equity", f"equity[{place}]", float(own[place]), hint)
        for place in np.flatnonzero(~(own > 0))
    ]
    faults += [
        InputError("negative_entry", f"exposures[{row}][{col}]", float(held[row, col]), "an exposure is 0 or more")
        for row, col in np.argwhere(held < 0)
    ]
    faults += [
        InputError("self_liability", f"exposures[{place}]", float(held[place, place]), "nobody holds its own paper")
        for place in np.flatnonzero(np.diagonal(held))
    ]
    raise_all(faults)
    return held / own[:, None]


def debtrank(exposures: Any, equity: Any, shock: Any, value: Any) -> DebtRank:
    """Losses passed on in proportion, again and again, until they settle (the differential version of 2015).

        h(t+1) = min(1, h(t) + sum over those not yet wiped out of leverage * (h(t) - h(t-1)))

    Source: Bardoscia, Battiston, Caccioli, Caldarelli, DebtRank: a microscopic foundation for shock propagation, PLoS ONE
    10(6), 2015.

    >>> found = debtrank([[0, 5], [0, 0]], [10, 10], [0, 0.5], [1, 1])
    >>> found.losses.tolist(), found.rank
    ([0.25, 0.5], 0.125)
    """
    passed, first = leverage(exposures, equity), np.asarray(shock, float)
    before, now = np.zeros(len(first)), first
    for _ in range(_MOST_STEPS):
        news = np.where(before < 1.0, now - before, 0.0)
        following = np.minimum(1.0, now + passed @ news)
        if np.max(following - now, initial=0.0) <= _SETTLED:
            break
        before, now = now, following
    return DebtRank(now, _rank(now, first, value))


def debtrank_2012(exposures: Any, equity: Any, shock: Any, value: Any) -> DebtRank:
    """Losses passed on once by each (the first version): who is distressed spreads its loss in the next step, then rests.

    Source: Battiston, Puliga, Kaushik, Tasca, Caldarelli, DebtRank: too central to fail?, Scientific Reports 2, 541, 2012.

    >>> debtrank_2012([[0, 5], [5, 0]], [10, 10], [0, 0.5], [1, 1]).losses.tolist()
    [0.25, 0.625]
    """
    impact, first = np.minimum(1.0, leverage(exposures, equity)), np.asarray(shock, float)
    losses, spent = first, np.zeros(len(first), bool)
    active = losses > 0
    while active.any():
        following = np.minimum(1.0, losses + impact @ np.where(active, losses, 0.0))
        spent = spent | active
        active, losses = (following > 0) & ~spent, following
    return DebtRank(losses, _rank(losses, first, value))


def _rank(losses: Amounts, first: Amounts, value: Any) -> float:
    shares = np.asarray(value, float) / np.sum(np.asarray(value, float))
    return float((losses - first) @ shares)
