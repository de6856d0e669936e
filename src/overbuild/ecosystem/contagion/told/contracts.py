"""Contract by contract: what it is about, what it rests on, and the loss that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW
from overbuild.facts.sources import shipped_sources
from overbuild.lenders.network.records import ContractRow


class Carried(NamedTuple):
    """A contract and the loss that it carries."""

    id: str
    payer: str
    payee: str
    kind: str
    amount: float
    low: float
    loss: float
    high: float
    rests_on: str
    status: str
    source: str


def carried(case: ContagionCase) -> tuple[Carried, ...]:
    """Contracts that carry a loss in some network, the greatest at the point first."""
    given = case.given
    rows: list[Carried] = []
    for place, (edge, tie) in enumerate(zip(given.study.edges, given.ties, strict=True)):
        low, loss, high = (
            float(run.edge_loss[0, place])
            for run in (case.corners.gentle.outcome, case.outcome, case.corners.harsh.outcome)
        )
        if high > 0:
            payer, payee = (given.study.parties[end].label for end in (edge.payer, edge.payee))
            kind = tie.row.type.replace("_", " ")
            amount = float(case.numbers.amount[0, place])
            rows.append(
                Carried(
                    edge.id,
                    payer,
                    payee,
                    kind,
                    amount,
                    low,
                    loss,
                    high,
                    tie.rests_on,
                    tie.row.status.replace("_", " "),
                    cited(tie.row),
                )
            )
    return tuple(sorted(rows, key=lambda one: (-one.loss, -one.high)))


def cited(row: ContractRow) -> str:
    """The document that shows a contract, by title and date; the key of a source that does not ship."""
    source = shipped_sources().get(row.source)
    return (
        row.source
        if source is None
        else f"{source.title}{f', {source.date_published}' if source.date_published else ''}"
    )


class CeilingRow(NamedTuple):
    """A contract of a payer with a ceiling, over its whole term."""

    id: str
    payer: str
    payee: str
    total: float
    low: float
    point: float
    high: float


def ceiling_rows(case: ContagionCase) -> Iterator[CeilingRow]:
    """Contracts of each payer that names a total of its own, and their sum against it."""
    given = case.given
    for ceiling in case.preset.ceilings:
        mine = [
            (place, tie)
            for place, tie in enumerate(given.ties)
            if tie.row.payer == ceiling.payer and tie.row.type == "compute_offtake" and tie.row.total_usd_bn
        ]
        limit = float(ceiling.total.value)
        firm = sum((tie.row.total_usd_bn or 0.0) * BN for _, tie in mine if tie.amount.low == tie.amount.high)
        points = 0.0
        for place, tie in mine:
            total = (tie.row.total_usd_bn or 0.0) * BN
            most = float(given.amount[HIGH, place])
            sure = tie.amount.low == tie.amount.high
            point = total * tie.amount.central / most if most else 0.0
            points += point
            high = total if sure else min(total, max(0.0, limit - firm))
            low = total * float(given.amount[LOW, place]) / most if most else 0.0
            payer, payee = (
                given.study.parties[end].label
                for end in (given.study.edges[place].payer, given.study.edges[place].payee)
            )
            yield CeilingRow(tie.row.id, payer, payee, total, low, point, high)
        if mine:
            total = sum((tie.row.total_usd_bn or 0.0) * BN for _, tie in mine)
            yield CeilingRow(f"{ceiling.payer}.sum", "together", "", total, firm, points, min(total, limit))
