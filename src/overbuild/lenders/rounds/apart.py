"""Rounds of losses in many worlds, each by itself: the same digits whichever worlds are run beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import scipy.sparse

from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import (
    SETTLED,
    NetworkLayout,
    OwedThroughout,
    RoundsOutcome,
    Standing,
    layout,
    losses_from,
    moved_by,
    opening_standing,
    owed_in,
    standing_after,
)
from overbuild.lenders.rounds.study import Numbers, Study

_MOST_ROUNDS = 500


@lru_cache(maxsize=16)
def sparse_layout(study: Study) -> NetworkLayout:
    """The layout with its tables as sparse ones: they add up for each world in one order, which matrices do not."""
    dense = layout(study)
    tables: dict[str, Any] = {
        name: scipy.sparse.csr_array(table) for name, table in dense._asdict().items() if np.ndim(table) == 2
    }
    return dense._replace(**tables)


def run_apart(study: Study, numbers: Numbers) -> RoundsOutcome:
    """`run_rounds` world by world: each stops moving by itself, and is then set aside.

    `round` and `rounds` are those of each world. Source: as `run_rounds`.
    """
    links, worlds = sparse_layout(study), max(len(one) for one in numbers)
    whole = _blank(study, worlds)
    at, given = np.arange(worlds), numbers
    owed, now = owed_in(links, given), opening_standing(worlds, len(study.parties))
    for number in range(1, _MOST_ROUNDS + 1):
        found = losses_from(links, given, owed, now)
        following = standing_after(links, given, owed, found.loss)
        joining = (following.stops > 0) & (whole.round[at] == 0)
        whole.round[at] = np.where(joining, number, whole.round[at])
        moving = moved_by(now, following) > SETTLED
        done, left = np.flatnonzero(~moving), np.flatnonzero(moving)
        for field, rows in zip(_KEPT, (found.loss, *following, *found[1:]), strict=True):
            getattr(whole, field)[at[done]] = rows[done]
        if not left.size:
            return whole._replace(rounds=number)
        at, now = at[left], Standing(*(rows[left] for rows in following))
        given, owed = Numbers(*_rows(given, left)), OwedThroughout(*_rows(owed, left))
    raise ArithmeticError(f"{at.size} worlds have not settled after {_MOST_ROUNDS} rounds")


_KEPT = ("loss", "stops", "paid_senior", "paid_junior", "written", "edge_loss", "call")


def _rows(arrays: Any, left: Any) -> list[Any]:
    """The rows of worlds that are left; one row that holds for all stays."""
    return [one if len(one) == 1 else one[left] for one in arrays]


def _blank(study: Study, worlds: int) -> RoundsOutcome:
    parties, edges, covers = len(study.parties), len(study.edges), len(study.covers)

    def rows(width: int) -> Amounts:
        return np.empty((width, worlds)).T

    of_parties = (rows(parties) for _ in range(5))
    loss, stops, first, after, written = of_parties
    return RoundsOutcome(
        loss, stops, first, after, written, rows(edges), rows(covers), np.zeros((worlds, parties), int), 0
    )
