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

SETTLED = 1e-13
"""A share that moves less in a round has settled."""

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
    payees: Amounts


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
        table(payee, np.ones(len(edges))),
    )


class Standing(NamedTuple):
    """Where parties stand after a round, a row a world: who has stopped, what creditors of each rank are paid, stakes lost."""

    stops: Amounts
    first: Amounts
    after: Amounts
    written: Amounts


class RoundLosses(NamedTuple):
    """What a round costs: of each party all losses, of each contract its payee's, of each guarantee what is called. USD."""

    loss: Amounts
    edge_loss: Amounts
    call: Amounts


class OwedThroughout(NamedTuple):
    """What stands through all rounds: the loss of the shock itself, debts of each rank. USD."""

    shock: Amounts
    senior: Amounts
    junior: Amounts


def owed_in(links: NetworkLayout, numbers: Numbers) -> OwedThroughout:
    """What stands through all rounds."""
    return OwedThroughout(
        own_loss(numbers.revenue, numbers.fallen, numbers.saved),
        numbers.amount @ links.senior_of,
        numbers.amount @ links.junior_of + numbers.unnamed,
    )


def at_ends(rows: Amounts, ends: Places) -> Amounts:
    """The entry of each edge's end: columns of parties as columns of edges."""
    return rows.T[ends].T


def losses_from(links: NetworkLayout, numbers: Numbers, owed: OwedThroughout, now: Standing) -> RoundLosses:
    """What a round costs where parties stand so."""
    paid = np.where(links.senior > 0, at_ends(now.first, links.payer), at_ends(now.after, links.payer))
    edge_loss = (
        links.flow * lost_revenue(numbers.amount, numbers.kept, at_ends(now.stops, links.payer), numbers.cut)
        + links.debt * unpaid(numbers.amount, paid)
        + links.stake * numbers.amount * at_ends(now.written, links.payee)
    )
    call = owed_under_guarantee(numbers.limit, edge_loss @ links.covered)
    loss = (
        owed.shock
        + edge_loss @ links.losers
        + call @ links.called_by
        - (call * at_ends(now.after, links.guarantor)) @ links.paid_to
    )
    return RoundLosses(loss, edge_loss, call)


def standing_after(links: NetworkLayout, numbers: Numbers, owed: OwedThroughout, loss: Amounts) -> Standing:
    """Where parties stand after such losses."""
    stopped = links.fails * stops_paying(loss, numbers.buffer, numbers.forced)
    pot = estate(loss, numbers.buffer, owed.senior + owed.junior, numbers.share)
    return Standing(
        stopped,
        paid_first(pot, owed.senior, stopped),
        paid_after(pot, owed.senior, owed.junior, stopped),
        links.fails * written_off(loss, numbers.worth, stopped),
    )


def opening_standing(worlds: int, parties: int) -> Standing:
    """Everyone stands."""
    nothing, all_of_it = np.zeros((worlds, parties)), np.ones((worlds, parties))
    return Standing(nothing, all_of_it, all_of_it, nothing)


def moved_by(before: Standing, now: Standing) -> Amounts:
    """How far anything of a world has moved in a round."""
    return np.max([np.abs(a - b).max(axis=1, initial=0.0) for a, b in zip(before, now, strict=True)], axis=0)


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
    owed, now = owed_in(links, numbers), opening_standing(worlds, len(study.parties))
    joined, number = np.zeros(now.stops.shape, int), 0
    while True:
        number += 1
        found = losses_from(links, numbers, owed, now)
        following = standing_after(links, numbers, owed, found.loss)
        joined = np.where((following.stops > 0) & (joined == 0), number, joined)
        moved = float(moved_by(now, following).max(initial=0.0))
        now = following
        if moved <= SETTLED or number >= most:
            return RoundsOutcome(*found[:1], *now, *found[1:], joined, number)


def saved_by(study: Study, amount: Amounts, cut: Amounts) -> Amounts:
    """What each party saves by buying less, in each world."""
    return (amount * cut) @ layout(study).buys


def world(numbers: Numbers, place: int) -> Numbers:
    """One world of many, as a batch of one."""
    return Numbers(*(one[place : place + 1] if len(one) > 1 else one for one in numbers))
