"""What is not known of a study, what a payer's own ceiling leaves, and what to ask for first, in tables."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Table
from overbuild.ecosystem.contagion.bounds.asked import Question
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.balances import BN, NO_END
from overbuild.ecosystem.contagion.told.contracts import ceiling_rows
from overbuild.questions.columns import column, table, unprinted


def ceilings_table(case: ContagionCase) -> Table:
    """Contracts of a payer against the total that it names itself."""
    rows = tuple(ceiling_rows(case))
    columns = (
        unprinted("id"),
        column("payer", "payer"),
        column("payee", "supplier"),
        column("total", "contract", "USD"),
        column("low", "at least", "USD"),
        column("point", "point", "USD"),
        column("high", "at most", "USD"),
    )
    note = "over the whole terms; what a payer says it will pay in all bounds each contract, and their sum"
    return table("ceilings", "Contracts against the payer's own ceiling", columns, rows, note=note)


def holes_table(case: ContagionCase) -> Table:
    """What the tables do not say, and what stands in its place."""
    columns = (
        unprinted("party"),
        column("what", "not known"),
        column("instead", "in its place at the point"),
    )
    return table("holes", "What is not known", columns, dict.fromkeys(case.given.holes))


def asked_table(found: Sequence[Question]) -> Table:
    """What to ask for, by how much closer the bounds come."""
    columns = (
        unprinted("id"),
        column("what", "what to ask for"),
        column("from", "from", fill=lambda one: _said(one.low, one.unit)),
        column("to", "to", fill=lambda one: _said(one.high, one.unit)),
        column("lenders", "lenders' bounds closer", "USD"),
        column("total", "all bounds closer", "USD"),
    )
    note = "one figure at a time, taken to be what the point holds; closer by what both bounds move together"
    return table("ask", "What to ask for first", columns, found, note=note)


def _said(value: float, unit: str) -> str:
    if value >= NO_END / 2:
        return "no end"
    return f"{value:.0%}" if unit == "decimal" else f"{value / BN:,.1f}bn"
