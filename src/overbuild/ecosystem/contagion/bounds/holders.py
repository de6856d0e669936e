"""Who holds the debt of which no page names the holder: the most and the least that each class can, by linear programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.bounds.corners import Corners
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.contagion.terms.studied import Studied
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.linear_program import Rule, least_cost
from overbuild.lenders.rounds.batch import RoundsOutcome
from overbuild.lenders.rounds.bearers import class_of

HOLDING = ("banks", "private_credit", "insurers", "bond_holders")
"""Classes that may hold debt."""

_ALLOWED = {"bank_loan": HOLDING[:3], "bonds": HOLDING[1:], "unnamed": HOLDING, "named": ()}


class DebtPiece(NamedTuple):
    """A debt of one borrower: to whom it was lent as far as it is named, what of it may be held by whom, and its amount.

    `kind` is `bank_loan` (some of it sold on), `bonds` (bought by nobody named), `unnamed` (no page says a lender) or
    `named` (held by `holder`).
    """

    borrower: str
    contract: str
    kind: str
    holder: str
    amount: float
    edge: int


class HeldLoss(NamedTuple):
    """What a class of holders loses, USD: the least, what is named, the point, and the most."""

    low: float
    known: float
    point: float
    high: float


def pieces(given: Studied) -> tuple[DebtPiece, ...]:
    """Every debt of a study by who may hold it."""
    return tuple(_pieces(given))


def _pieces(given: Studied) -> Iterator[DebtPiece]:
    parties = given.study.parties
    for place, (edge, tie) in enumerate(zip(given.study.edges, given.ties, strict=True)):
        if edge.kind != "debt":
            continue
        lender = parties[edge.payee]
        holder, amount = class_of(lender.id, lender.type), tie.amount.central
        if holder in (*HOLDING, "unnamed"):
            kind = "bonds" if holder == "unnamed" else "bank_loan" if lender.id == "BANK_SECTOR" else "named"
            yield DebtPiece(parties[edge.payer].id, edge.id, kind, holder, amount, place)
    for place, amount in enumerate(given.unnamed):
        if amount > 0:
            yield DebtPiece(parties[place].id, "", "unnamed", "unnamed", float(amount), -1 - place)


def loss_shares(found: tuple[DebtPiece, ...], given: Studied, outcome: RoundsOutcome) -> list[float]:
    """What share of each piece is lost in a run of one world, after guarantees that cover it."""
    return [float(one) for one in lost_shares(found, given, outcome)[:, 0]]


def lost_shares(found: tuple[DebtPiece, ...], given: Studied, outcome: RoundsOutcome) -> Amounts:
    """What share of each piece is lost in each world, (piece, world), after guarantees that cover it."""
    shares = np.zeros((len(found), len(outcome.loss)))
    for at, one in enumerate(found):
        if one.edge < 0:
            shares[at] = 1.0 - outcome.paid_junior[:, -1 - one.edge]
        elif one.amount:
            lost = outcome.edge_loss[:, one.edge] - _covered(given, outcome, one.edge)
            shares[at] = np.maximum(0.0, lost) / one.amount
    return shares


def _covered(given: Studied, outcome: RoundsOutcome, edge: int) -> Amounts:
    """What guarantees pay of the loss on one edge: in proportion to the losses they cover together."""
    paid = np.zeros(len(outcome.loss))
    for place, cover in enumerate(given.study.covers):
        if edge in cover.edges:
            losses = np.zeros(len(paid))
            for other in cover.edges:
                losses = losses + outcome.edge_loss[:, other]
            ratio = np.where(losses > 0, outcome.edge_loss[:, edge] / np.where(losses > 0, losses, 1.0), 0.0)
            paid = paid + outcome.call[:, place] * outcome.paid_junior[:, cover.guarantor] * ratio
    return paid


def held_losses(
    given: Studied, preset: EcosystemPreset, found: Corners, point: RoundsOutcome
) -> Mapping[str, HeldLoss]:
    """What each class of holders loses over all ways to hold the debt that agree with what is named and with its totals.

    The most of a class is a linear program at the harsh losses of every debt, the least one at the gentle. The point holds
    what is not named in proportion to what each class may still hold (maximum entropy relative to that). Losses are those
    on debt; what holders lose as owners or under guarantees stands elsewhere.
    """
    debts = pieces(given)
    gentle = loss_shares(debts, given, found.gentle.outcome)
    harsh = loss_shares(debts, given, found.harsh.outcome)
    middle = loss_shares(debts, given, point)
    spread = spread_by_room(debts, preset)
    losses: dict[str, HeldLoss] = {}
    for name in HOLDING:
        known = sum(one.amount * share for one, share in zip(debts, middle, strict=True) if one.holder == name)
        central = sum(amount * share for amount, share in zip(spread[name], middle, strict=True))
        low, high = (
            extreme(debts, preset, name, shares, most=most) for shares, most in ((gentle, False), (harsh, True))
        )
        losses[name] = HeldLoss(min(low, known, central), known, central, max(high, known, central))
    return losses


def extreme(
    debts: tuple[DebtPiece, ...], preset: EcosystemPreset, name: str, shares: list[float], *, most: bool
) -> float:
    """The most, or least, that one class can lose given what share of each debt is lost, USD."""
    places = [(at, holder) for at, one in enumerate(debts) for holder in _ALLOWED[one.kind]]
    sold = float((preset.sold_on.high if name != "banks" or not most else preset.sold_on.low) or 0.0)
    rules: list[Rule] = []
    for at, one in enumerate(debts):
        mine = [place for place, (piece, _) in enumerate(places) if piece == at]
        if mine:
            rules.append(Rule(mine, [1.0] * len(mine), one.amount, just=True))
        if one.kind == "bank_loan":
            gone = [place for place in mine if places[place][1] != "banks"]
            rules.append(Rule(gone, [1.0] * len(gone), float(preset.sold_on.high or 0.0) * one.amount))
            if name == "banks" and most:
                rules.append(Rule(gone, [-1.0] * len(gone), -sold * one.amount))
    for margin in preset.margins:
        fixed = sum(one.amount for one in debts if one.kind == "named" and one.holder == margin.holder)
        mine = [place for place, (_, holder) in enumerate(places) if holder == margin.holder]
        rules.append(Rule(mine, [1.0] * len(mine), max(0.0, margin.total.value - fixed)))
    sign = -1.0 if most else 1.0
    costs = np.array([sign * shares[at] * float(holder == name) for at, holder in places])
    found = least_cost(costs, rules, [debts[at].amount for at, _ in places])
    named = sum(
        one.amount * share
        for one, share in zip(debts, shares, strict=True)
        if one.kind == "named" and one.holder == name
    )
    return named if found is None else named + sign * found.cost


def spread_by_room(debts: tuple[DebtPiece, ...], preset: EcosystemPreset) -> dict[str, list[float]]:
    """Every debt spread over the classes that may hold it, in proportion to the room that each has left, USD."""
    room = {one.holder: max(0.0, one.total.value - _named(debts, one.holder)) for one in preset.margins}
    found: dict[str, list[float]] = {name: [] for name in HOLDING}
    for one in debts:
        kept = {one.holder: 1.0} if one.kind == "named" else {}
        if one.kind == "bank_loan":
            sold = float(preset.sold_on.value)
            kept = {"banks": 1.0 - sold, **_shares(room, HOLDING[1:3], sold)}
        elif one.kind in ("bonds", "unnamed"):
            kept = _shares(room, _ALLOWED[one.kind], 1.0)
        for name in HOLDING:
            found[name].append(one.amount * kept.get(name, 0.0))
    return found


def _named(debts: tuple[DebtPiece, ...], holder: str) -> float:
    return sum(one.amount for one in debts if one.kind in ("named", "bank_loan") and one.holder == holder)


def _shares(room: Mapping[str, float], names: tuple[str, ...], whole: float) -> dict[str, float]:
    total = sum(room.get(name, 0.0) for name in names)
    return {name: whole * room.get(name, 0.0) / total if total else whole / len(names) for name in names}
