"""What to ask for: which missing figure, once known, would bring the bounds closest together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.bounds.corners import Corners, class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import loss_shares, pieces
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, POINT, Studied
from overbuild.lenders.rounds.batch import Outcome


class Question(NamedTuple):
    """Something to ask for: what it is, its range as far as it is known, and how much closer the bounds come, USD.

    `lenders` is what the bounds on the lenders' loss come closer if the answer is the point, `total` those on all losses.
    """

    id: str
    what: str
    low: float
    high: float
    unit: str
    lenders: float
    total: float


class Width(NamedTuple):
    """How far apart bounds are: on what lenders lose, and on all losses. USD."""

    lenders: float
    total: float


def questions(given: Studied, named: dict[str, str]) -> tuple[Question, ...]:
    """Every open number of a study, by how much closer the bounds come once it is known to be what the point takes.

    One at a time; `named` says what an assumption is called. What brings nothing alone is left out.
    """
    before = width(given, corners(given))
    found = [one for one in _questions(given, named, before) if one.lenders > 0 or one.total > 0]
    return tuple(sorted(found, key=lambda one: (-one.lenders, -one.total)))


def width(given: Studied, both: Corners) -> Width:
    """How far apart the bounds of a study are."""
    ends, debts = class_ends(given, both), pieces(given)

    def unpaid(outcome: Outcome) -> float:
        return sum(one.amount * share for one, share in zip(debts, loss_shares(debts, given, outcome), strict=True))

    lenders = unpaid(both.harsh.outcome) - unpaid(both.gentle.outcome)
    return Width(lenders, lenders + sum(ends.high.values()) - sum(ends.low.values()))


def _questions(given: Studied, named: dict[str, str], before: Width) -> Iterator[Question]:
    for place, party in enumerate(given.study.parties):
        low, high = given.buffer[[LOW, HIGH], place]
        if low < high and not party.holds:
            known = given._replace(buffer=_known(given.buffer, place), worth=_known(given.worth, place))
            what = f"the capital of {party.label} that bears losses"
            yield _question(f"capital.{party.id}", what, (low, high), "USD", known, before)
    for place, tie in enumerate(given.ties):
        low, high = given.amount[[LOW, HIGH], place]
        payer, payee = (
            given.study.parties[end].label for end in (given.study.edges[place].payer, given.study.edges[place].payee)
        )
        if low < high:
            what = f"what {payer} pays {payee} a year ({tie.row.type.replace('_', ' ')})"
            known = given._replace(amount=_known(given.amount, place))
            yield _question(f"contract.{tie.row.id}", what, (low, high), "USD", known, before)
        if given.cut[LOW, place] < given.cut[HIGH, place]:
            what = f"how much of it {payer} must pay {payee} whatever happens"
            known = given._replace(cut=_known(given.cut, place))
            yield _question(f"firm.{tie.row.id}", what, (0.0, 1.0), "decimal", known, before)
    for name, field in (("kept", "kept"), ("estate_share", "share")):
        one = getattr(given, field)
        known = given._replace(**{field: one._replace(low=one.central, high=one.central)})
        yield _question(name, named[name], (one.low, one.high), "decimal", known, before)


def _known(rows: np.ndarray, place: int) -> np.ndarray:
    found = rows.copy()
    found[:, place] = rows[POINT, place]
    return found


def _question(name: str, what: str, ends: object, unit: str, known: Studied, before: Width) -> Question:
    low, high = (float(end) for end in ends)  # type: ignore[attr-defined]
    after = width(known, corners(known))
    return Question(name, what, low, high, unit, before.lenders - after.lenders, before.total - after.total)
