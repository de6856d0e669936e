"""Party by party: when it stops, what it owes and pays, what it had and has left."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.balances import NO_END
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import layout


class EntityLoss(NamedTuple):
    """One party: in which round it stops, what it owed and paid, what it had and has left; None where nobody knows that."""

    id: str
    label: str
    round: int | None
    round_harsh: int | None
    owed: float
    paid: float
    recovery: float | None
    before: float | None
    after: float | None
    loss: float
    loss_low: float
    loss_high: float


def entity_rows(case: ContagionCase) -> tuple[EntityLoss, ...]:
    """Everyone who loses something in some network, the greatest loss first."""
    given, run, links = case.given, case.outcome, layout(case.given.study)
    flows = (links.flow * case.numbers.amount)[0]
    debts = (links.debt * case.numbers.amount)[0]
    first, after = run.paid_senior[0][links.payer], run.paid_junior[0][links.payer]
    paid_of: Amounts = debts * (links.senior * first + (1.0 - links.senior) * after)
    rows: list[EntityLoss] = []
    for place, party in enumerate(given.study.parties):
        mine = links.payer == place
        owed_debt = float(debts[mine].sum() + given.unnamed[place])
        paid_debt = float(paid_of[mine].sum() + given.unnamed[place] * run.paid_junior[0, place])
        running = float(flows[mine].sum())
        loss, before = float(run.loss[0, place]), float(case.numbers.buffer[0, place])
        harsh = case.corners.harsh.outcome
        if loss > 0 or harsh.loss[0, place] > 0 or given.forced[place]:
            stops, known = float(run.stops[0, place]), party.holds or before < NO_END / 2
            rows.append(
                EntityLoss(
                    party.id,
                    party.label,
                    int(run.round[0, place]) or None,
                    int(harsh.round[0, place]) or None,
                    owed_debt + running,
                    paid_debt + running * (1.0 - stops),
                    paid_debt / owed_debt if owed_debt else None,
                    (0.0 if party.holds else before) if known else None,
                    (0.0 if party.holds or stops else max(0.0, before - loss)) if known else None,
                    loss,
                    float(case.corners.gentle.outcome.loss[0, place]),
                    float(harsh.loss[0, place]),
                )
            )
    return tuple(sorted(rows, key=lambda one: (one.round or 99, one.round_harsh or 99, -one.loss)))
