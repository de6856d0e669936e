"""Rounds of losses in many worlds at once: the same formulas as `rounds.round`, on arrays."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from overbuild.lenders.clearing.payment_system import Amounts, Places
from overbuild.lenders.rounds.losses import (
    estate,
    lost_revenue,
    owed_under_guarantee,
    own_loss,
    paid_after,
    paid_first,
    stops_paying,
    unpaid,
    written_off,
)
from overbuild.lenders.rounds.study import Numbers, Study

_SETTLED = 1e-13
_MOST_ROUNDS = 500


class RoundsOutcome(NamedTuple):
    """What became of everyone: one row a world; columns are parties, edges or covers. USD, shares, and rounds.

    `round` is the round in which a party stops, 0 for never; `loss` is all it lost, `edge_loss` what each contract cost
    its payee (of a stake, its investor), `call` what each guarantor owes: it pays of it what its junior creditors are paid.
    """

    loss: Amounts
    stops: Amounts
    paid_senior: Amounts
    paid_junior: Amounts
    written: Amounts
    edge_loss: Amounts
    call: Amounts
    round: Places
    rounds: int


class NetworkLayout(NamedTuple):
    """Where each edge ends, by kind, and tables that add edges up for parties."""

    payer: Places
    payee: Places
    flow: Amounts
    debt: Amounts
    senior: Amounts
    stake: Amounts
    losers: Amounts
    covered: Amounts
    guarantor: Places
    called_by: Amounts
    paid_to: Amounts
    buys: Amounts
    senior_of: Amounts
    junior_of: Amounts
    fails: Amounts


@lru_cache(maxsize=64)
def layout(study: Study) -> NetworkLayout:
    """The layout of a study."""
    edges, count = study.edges, len(study.parties)
    payer, payee = (np.array([getattr(one, name) for one in edges], int) for name in ("payer", "payee"))
    kinds = {name: np.array([float(one.kind == name) for one in edges]) for name in ("flow", "debt", "stake")}
    senior = np.array([float(one.senior) for one in edges])
    places = np.arange(len(edges))

    def table(ends: Places, weights: Amounts) -> Amounts:
        found = np.zeros((len(edges), count))
        found[places, ends] = weights
        return found

    covered = np.zeros((len(edges), len(study.covers)))
    called_by, paid_to = (np.zeros((len(study.covers), count)) for _ in range(2))
    for place, one in enumerate(study.covers):
        covered[list(one.edges), place] = 1.0
        called_by[place, one.guarantor] = paid_to[place, one.beneficiary] = 1.0
    loser = np.where(kinds["stake"] > 0, payer, payee)
    return NetworkLayout(
        payer,
        payee,
        kinds["flow"],
        kinds["debt"],
        senior,
        kinds["stake"],
        table(loser, np.ones(len(edges))),
        covered,
        np.array([one.guarantor for one in study.covers], int),
        called_by,
        paid_to,
        table(payer, kinds["flow"]),
        table(payer, kinds["debt"] * senior),
        table(payer, kinds["debt"] * (1.0 - senior)),
        np.array([float(not one.holds) for one in study.parties]),
    )


def run_rounds(study: Study, numbers: Numbers, most: int = _MOST_ROUNDS) -> RoundsOutcome:
    """Losses round after round until nothing moves. The first round knows only the shock and who is taken to fail.

    Losses never fall from one round to the next, so that the rounds come to the least losses that hold together.

    >>> from overbuild.lenders.rounds.study import ContractEdge, Party
    >>> pair = Study((Party("a", "A", "lab", False), Party("b", "B", "bank", True)), (ContractEdge("x", "debt", 0, 1),), ())
    >>> one = np.array([[1.0]])
    >>> given = Numbers(*(np.array([row]) for row in ([2.0, 0.0], [2.0, 0.0], [0.0] * 2, [0.0] * 2, [0.0] * 2, [0.0] * 2, [1.0, 0.0])),
    ...                 10.0 * one, 0.0 * one, np.zeros((1, 0)), 0.0 * one, 0.6 * one)
    >>> run_rounds(pair, given).edge_loss.tolist()
    [[4.0]]
    """
    links = layout(study)
    worlds = max(len(one) for one in numbers)
    fails = links.fails
    senior = numbers.amount @ links.senior_of
    junior = numbers.amount @ links.junior_of + numbers.unnamed
    shock = own_loss(numbers.revenue, numbers.fallen, numbers.saved)
    stops = written = np.zeros((worlds, len(study.parties)))
    first = after = np.ones_like(stops)
    loss, joined = np.zeros_like(stops), np.zeros(stops.shape, int)
    number = 0
    while True:
        number += 1
        paid = np.where(links.senior > 0, first[:, links.payer], after[:, links.payer])
        edge_loss = (
            links.flow * lost_revenue(numbers.amount, numbers.kept, stops[:, links.payer], numbers.cut)
            + links.debt * unpaid(numbers.amount, paid)
            + links.stake * numbers.amount * written[:, links.payee]
        )
        call = owed_under_guarantee(numbers.limit, edge_loss @ links.covered)
        now = (
            shock
            + edge_loss @ links.losers
            + call @ links.called_by
            - (call * after[:, links.guarantor]) @ links.paid_to
        )
        stopped = fails * stops_paying(now, numbers.buffer, numbers.forced)
        joined = np.where((stopped > 0) & (joined == 0), number, joined)
        pot = estate(now, numbers.buffer, senior + junior, numbers.share)
        before = (stops, first, after, written, loss)
        first, after = paid_first(pot, senior, stopped), paid_after(pot, senior, junior, stopped)
        written = fails * written_off(now, numbers.worth, stopped)
        stops, loss = stopped, now
        moved = max(
            float(np.max(np.abs(a - b), initial=0.0))
            for a, b in zip(before[:4], (stops, first, after, written), strict=True)
        )
        if moved <= _SETTLED or number >= most:
            return RoundsOutcome(loss, stops, first, after, written, edge_loss, call, joined, number)


def saved_by(study: Study, amount: Amounts, cut: Amounts) -> Amounts:
    """What each party saves by buying less, in each world."""
    return (amount * cut) @ layout(study).buys


def world(numbers: Numbers, place: int) -> Numbers:
    """One world of many, as a batch of one."""
    return Numbers(*(one[place : place + 1] if len(one) > 1 else one for one in numbers))
