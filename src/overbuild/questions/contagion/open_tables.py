"""What is not known of a study, what a payer's own ceiling leaves, and what to ask for first, in tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.answer import Table
from overbuild.ecosystem.contagion.bounds.asked import Question
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.market.absorption import absorption_rows
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


class _SecondRow(NamedTuple):
    case: str
    label: str
    quarter: int
    loss: float
    buffer: float


def second_table(case: ContagionCase) -> Table:
    """Who stops in the year after, when capex is cut."""
    labels = [one.label for one in case.given.study.parties]
    rows = [
        _SecondRow(name, labels[one.place], one.quarter, one.loss, one.buffer)
        for name, second in (("at the point", case.second), ("worst case", case.second_harsh))
        for one in second.stopped
    ]
    columns = (
        column("case", "case"),
        column("label", "stops"),
        column("quarter", "in quarter", "count"),
        column("loss", "loses in both periods", "USD"),
        column("buffer", "capital", "USD"),
    )
    added = [one.beside_vendors / BN for one in (case.second, case.second_harsh)]
    note = (
        "quarters after that of the shock; vendors share the sales that are lost by their revenue; it costs others than "
        f"vendors {added[0]:,.1f} USD bn more at the point, which no point above counts, and {added[1]:,.1f} at worst, which "
        "the bounds count"
    )
    return table("second_period", "Who stops in the year after, when capex is cut", columns, rows, note=note)


def absorption_table(case: ContagionCase) -> Table:
    """Who could take a failing lab over, and with which probability anybody does."""
    columns = (
        unprinted("id", lambda one: f"{one.target}.{one.taker}"),
        column("target", "failing lab", fill=lambda one: one.target_label),
        column("taker", "taken over by", fill=lambda one: one.taker_label),
        column("needs", "needs it", "decimal"),
        column("able", "can pay", "decimal"),
        column("allowed", "is allowed", "decimal"),
        column("chance", "chance", "decimal"),
        column("low", "at least", "decimal"),
        column("high", "at most", "decimal"),
        column("before", "HHI", "count", lambda one: None if one.before is None else round(one.before)),
        column("after", "after", "count", lambda one: None if one.after is None else round(one.after)),
    )
    note = (
        "needs: the part of the lab's promises that it is paid, or the market it sells in; can pay: cash over a year of what "
        "the lab's revenue does not cover; anybody: takers decide by themselves; at least the likeliest of them, at most the sum"
    )
    return table("absorption", "Who would take a failing lab over", columns, absorption_rows(case), note=note)


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
