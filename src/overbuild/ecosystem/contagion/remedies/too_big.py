"""Too big to fail: what the failure of each costs everybody else, with its range, and who bears it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.bounds.corners import POINTS, class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import loss_shares, pieces
from overbuild.ecosystem.contagion.terms.balances import NO_END, is_known
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, POINT, Studied, numbers_of, taken_to_fail, worlds_at
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import layout, run_rounds
from overbuild.lenders.rounds.bearers import LENDERS, absorbed, borne


class TooBig(NamedTuple):
    """What the failure of one costs others, USD: low, point, high; who bears most of it.

    `share` is the point over the capital of all companies, None where no capital is known; `lenders` the part of it that
    lenders bear. `first` and `last` are the best and the worst rank that the ranges leave it, 1 for the greatest loss of others.
    """

    party: str
    label: str
    low: float
    point: float
    high: float
    share: float | None
    lenders: float
    bearer: str
    first: int
    last: int


def too_big(calm: Studied) -> tuple[TooBig, ...]:
    """Everyone who may fail and pays somebody, by what that costs others at the point; the calm study has no shock.

    The share is the marginal loss of others over the sum of all companies' capital at the point.
    """
    capital = float(
        np.sum(np.where((layout(calm.study).fails > 0) & is_known(calm.buffer[POINT]), calm.buffer[POINT], 0.0))
    )
    found = [_of(calm, place, capital) for place in payers(calm)]
    found = [one for one in found if one.high > 0]
    ranked = [
        one._replace(
            first=1 + sum(other.low > one.high for other in found),
            last=sum(other.high >= one.low for other in found),
        )
        for one in found
    ]
    return tuple(sorted(ranked, key=lambda one: -one.point))


def payers(calm: Studied) -> list[int]:
    """Places of those who may fail and owe, pay, or are owned by, somebody."""
    owing = {edge.payer for edge in calm.study.edges if edge.kind != "stake"} | {
        edge.payee for edge in calm.study.edges if edge.kind == "stake"
    }
    return sorted(place for place in owing if not calm.study.parties[place].holds)


def _of(calm: Studied, place: int, capital: float) -> TooBig:
    party = calm.study.parties[place]
    given = taken_to_fail(calm, (party.id,))
    numbers = numbers_of(given, worlds_at(given, POINTS))
    outcome = run_rounds(given.study, numbers)
    found = borne(given.study, numbers, outcome)
    both = corners(given)
    ends, debts = class_ends(given, both), pieces(given)
    unpaid = [
        sum(one.amount * share for one, share in zip(debts, loss_shares(debts, given, run), strict=True))
        for run in (both.gentle.outcome, both.harsh.outcome)
    ]
    own = [_own(given, place, run.outcome.loss[0], row) for run, row in ((both.gentle, LOW), (both.harsh, HIGH))]
    point = float(found.of("total")[0]) - _own(given, place, outcome.loss[0], POINT)
    low = max(0.0, sum(ends.low.values()) + unpaid[0] - own[0])
    high = sum(ends.high.values()) + unpaid[1] - own[1]
    classes = {name: float(found.of(name)[0]) for name in ("lenders", "equity", "vendors", "landlords")}
    classes["equity"] -= min(classes["equity"], _own(given, place, outcome.loss[0], POINT))
    bearer = max(classes, key=lambda name: classes[name]) if any(classes.values()) else ""
    high = max(min(high, NO_END), point)
    lenders = sum(float(found.of(name)[0]) for name in LENDERS)
    share = point / capital if capital > 0 else None
    return TooBig(party.id, party.label, min(low, point), point, high, share, lenders, bearer, 0, 0)


def _own(given: Studied, place: int, loss: Amounts, row: int) -> float:
    """What the owners of the failed lose who are no parties themselves: not a loss of others."""
    links = layout(given.study)
    insiders = sum(
        float(given.amount[row, at])
        for at, one in enumerate(given.study.edges)
        if one.kind == "stake" and one.payee == place
    )
    own = float(absorbed(loss, given.buffer[row], given.forced)[place])
    return max(0.0, own - insiders) if links.fails[place] else 0.0
