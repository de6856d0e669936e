"""What to ask for: which missing figure, once known, would bring the bounds closest together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.contagion.bounds.corners import Corners, class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import loss_shares, pieces
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, POINT, Studied
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import RoundsOutcome


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


class OpenFigure(NamedTuple):
    """A figure with a range: what it is, its ends and unit, and the study in which it is known to be the point."""

    id: str
    what: str
    low: float
    high: float
    unit: str
    known: Studied


def questions(given: Studied, named: dict[str, str]) -> tuple[Question, ...]:
    """Every open number of a study, by how much closer the bounds come once it is known to be what the point takes.

    One at a time; `named` says what an assumption is called. What brings nothing alone is left out.
    """
    before, found = width(given, corners(given)), list[Question]()
    for one in _open_figures(given, named):
        after = width(one.known, corners(one.known))
        lenders, total = before.lenders - after.lenders, before.total - after.total
        if lenders > 0 or total > 0:
            found.append(Question(one.id, one.what, one.low, one.high, one.unit, lenders, total))
    return tuple(sorted(found, key=lambda one: (-one.lenders, -one.total)))


def width(given: Studied, both: Corners) -> Width:
    """How far apart the bounds of a study are."""
    ends, debts = class_ends(given, both), pieces(given)

    def unpaid(outcome: RoundsOutcome) -> float:
        return sum(one.amount * share for one, share in zip(debts, loss_shares(debts, given, outcome), strict=True))

    lenders = unpaid(both.harsh.outcome) - unpaid(both.gentle.outcome)
    return Width(lenders, lenders + sum(ends.high.values()) - sum(ends.low.values()))


def _open_figures(given: Studied, named: dict[str, str]) -> Iterator[OpenFigure]:
    for place, party in enumerate(given.study.parties):
        low, high = (float(given.buffer[end, place]) for end in (LOW, HIGH))
        if low < high and not party.holds:
            known = given._replace(buffer=_known(given.buffer, place), worth=_known(given.worth, place))
            what = f"the capital of {party.label} that bears losses"
            yield OpenFigure(f"capital.{party.id}", what, low, high, "USD", known)
    for place, tie in enumerate(given.ties):
        low, high = (float(given.amount[end, place]) for end in (LOW, HIGH))
        edge = given.study.edges[place]
        payer, payee = (given.study.parties[end].label for end in (edge.payer, edge.payee))
        if low < high:
            what = f"what {payer} pays {payee} a year ({tie.row.type.replace('_', ' ')})"
            known = given._replace(amount=_known(given.amount, place))
            yield OpenFigure(f"contract.{tie.row.id}", what, low, high, "USD", known)
        if given.cut[LOW, place] < given.cut[HIGH, place]:
            what = f"how much {payer} must pay {payee} whatever happens"
            known = given._replace(cut=_known(given.cut, place))
            yield OpenFigure(f"firm.{tie.row.id}", what, tie.firm.low, tie.firm.high, "decimal", known)
    for name, one in (("kept", given.kept), ("estate_share", given.share)):
        sure = one._replace(low=one.central, high=one.central)
        known = given._replace(kept=sure) if name == "kept" else given._replace(share=sure)
        yield OpenFigure(name, named[name], one.low, one.high, "decimal", known)


def _known(rows: Amounts, place: int) -> Amounts:
    found = rows.copy()
    found[:, place] = rows[POINT, place]
    return found
