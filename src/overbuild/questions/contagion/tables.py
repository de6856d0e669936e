"""Who is hurt, in tables: classes, parties, contracts, channels and holders."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Cell, Table
from overbuild.ecosystem.contagion.case import SHOWN, ContagionCase
from overbuild.ecosystem.contagion.terms.balances import BN, NO_END
from overbuild.ecosystem.contagion.told.contracts import carried
from overbuild.ecosystem.contagion.told.marks import marked
from overbuild.ecosystem.contagion.told.parties import entity_rows
from overbuild.lenders.rounds.bearers import CHANNELS
from overbuild.questions.columns import column, table, unprinted

CLASS_LABELS = {
    "total": "All, each loss once",
    "lenders": "Lenders",
    "banks": "  banks",
    "private_credit": "  private credit",
    "insurers": "  insurers",
    "bond_holders": "  bond funds, others",
    "equity": "Owners of companies",
    "vendors": "Vendors of chips",
    "landlords": "Landlords",
    "utilities": "Utilities",
    "enterprises": "Enterprises",
    "households": "Households, directly",
    "public": "Public purse",
}
CHANNEL_LABELS = {
    "failure": "own capital or revenue",
    "lost_revenue": "customers who stop paying",
    "unpaid_debt": "debt that is not paid",
    "stakes": "stakes written off",
    "guarantees": "guarantees called",
    "next_year": "capex cut in the year after",
}


class LossRow(NamedTuple):
    """One class as it is shown."""

    id: str
    label: str
    low: Cell
    point: Cell
    high: Cell
    attained: Cell
    through: str


def no_end(amount: float | None) -> Cell:
    """An amount, or none where a range has no upper end."""
    return None if amount is None or amount >= NO_END / 2 else amount


def loss_rows(case: ContagionCase, structure: str) -> tuple[LossRow, ...]:
    """Every class with what it loses under a structure."""
    bounds = structure == "all"
    rows: list[LossRow] = []
    for name in SHOWN:
        one = case.losses[name]
        point = one.known if structure == "known" else one.point
        rows.append(
            LossRow(
                name,
                CLASS_LABELS[name],
                one.low if bounds else None,
                point,
                no_end(one.high) if bounds else None,
                no_end(one.found_high) if bounds else None,
                main_channel(case, name),
            )
        )
    return tuple(rows)


def main_channel(case: ContagionCase, name: str) -> str:
    """How most of a class's loss at the point arrives."""
    if name in ("banks", "private_credit", "insurers", "bond_holders", "lenders"):
        return CHANNEL_LABELS["unpaid_debt"] if case.losses[name].point else ""
    by = {channel: _through(case, name, channel) for channel in CHANNELS}
    if name in ("vendors", "total"):
        by["next_year"] = case.next_year.point
    most = max(by, key=lambda channel: by[channel])
    return CHANNEL_LABELS[most] if by[most] > 0 else ""


def _through(case: ContagionCase, name: str, channel: str) -> float:
    if name == "total":
        return float(case.borne.through(channel)[0])
    return float(case.borne.by_channel[name][channel][0])


def losses_table(case: ContagionCase, structure: str, *, first: bool = False) -> Table:
    """What each class loses; on the first screen without those that lose nothing in any network."""
    rows = loss_rows(case, structure)
    if first:
        rows = tuple(one for one in rows if one.id in ("total", "lenders") or case.losses[one.id].high > 0)
    columns = [unprinted("id"), column("label", "who bears it")]
    if structure == "all":
        columns += [column("low", "at least", "USD"), column("point", "point", "USD"), column("high", "at most", "USD")]
        columns += [column("attained", "found", "USD")]
    else:
        columns += [column("point", "loss", "USD")]
    columns += [column("through", "mostly through")]
    note = "bounds hold for every network that agrees, capex cut included; found: the worst one met"
    return table("losses", "What each class loses", columns, rows, note=note if structure == "all" else "")


def entities_table(case: ContagionCase) -> Table:
    """Party by party."""
    columns = (
        unprinted("id"),
        column("label", "party"),
        column("round", "stops in round"),
        column("round_harsh", "in the worst"),
        column("owed", "owed", "USD"),
        column("paid", "paid", "USD"),
        column("recovery", "debt paid", "decimal"),
        column("before", "capital before", "USD"),
        column("after", "after", "USD"),
        column("loss", "loses", "USD"),
        column("loss_low", "at least", "USD"),
        column("loss_high", "at most", "USD"),
    )
    note = "owed: debt, and payments of the years looked at; capital: what it can lose before it stops, at the point"
    return table("entities", "Who pays what, and what is left", columns, entity_rows(case), note=note)


def carried_table(case: ContagionCase) -> Table:
    """The contracts that carry the loss, with their sources."""
    columns = (
        unprinted("id"),
        column("payer", "payer"),
        column("payee", "payee"),
        column("kind", "contract"),
        column("amount", "about", "USD"),
        column("loss", "lost", "USD"),
        column("low", "at least", "USD"),
        column("high", "at most", "USD"),
        column("rests_on", "amount"),
        column("status", "page"),
        column("source", "source"),
    )
    note = "of a stake the payer, who invested, loses; gross losses along a chain, which are not to be added up"
    return table("contracts", "The contracts that carry the loss", columns, carried(case), note=note)


def channels_table(case: ContagionCase) -> Table:
    """All losses at the point by how they arrive."""
    amounts = {name: float(case.borne.through(name)[0]) for name in CHANNELS} | {"next_year": case.next_year.point}
    columns = (
        unprinted("id", lambda name: name),
        column("channel", "how it arrives", fill=lambda name: CHANNEL_LABELS[name]),
        column("loss", "loss", "USD", lambda name: amounts[name]),
    )
    beyond = float(case.borne.beyond[0])
    note = f"beside it {beyond / BN:,.1f} USD bn of lost revenue falls on nobody's known capital{_marked(case)}"
    return table("channels", "All losses at the point, by channel", columns, amounts, note=note)


def _marked(case: ContagionCase) -> str:
    """What companies mark down before anybody fails, as the end of a note."""
    found = marked(case)
    if found is None or not found.lost:
        return ""
    named, most = found.lost[0]
    return (
        f"; marked down by companies before anybody fails (DebtRank 2015, in none of the sums): {found.rank:.1%} of their "
        f"capital, most by {named}, {most / BN:,.1f} USD bn"
    )


def holders_table(case: ContagionCase) -> Table:
    """Classes of holders: what of their loss is named, and the two ways to place the rest."""
    columns = (
        unprinted("id", lambda item: item[0]),
        column("label", "holders", fill=lambda item: CLASS_LABELS[item[0]].strip()),
        column("low", "at least", "USD", lambda item: item[1].low),
        column("known", "named only", "USD", lambda item: item[1].known),
        column("point", "spread by room", "USD", lambda item: item[1].point),
        column("high", "at most", "USD", lambda item: item[1].high),
    )
    named = sum(one.known for one in case.held.values())
    rest = max(0.0, case.losses["lenders"].known - named)
    note = f"of the lenders' loss {rest / BN:,.1f} USD bn is on debt of which no page names the holder"
    return table("holders", "Debt of which no page names the holder", columns, case.held.items(), note=note)
