"""Which contracts tie whom in a study, and for how much: flows over the years looked at, debts and stakes as they stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.contagion.terms.yearly import last_day, yearly_of, years_between
from overbuild.ecosystem.derived_ranges import Range
from overbuild.lenders.network.records import DEBTS, FLOWS, GUARANTEES, ContractRow, EntityRow
from overbuild.world.sourced import Sourced

BUYERS = ("enterprise", "household")
"""Types whose payments are a lab's own revenue."""


class Tie(NamedTuple):
    """A contract in a study: its row, kind, amount in USD with its range, and what the amount rests on.

    `firm` is the range of the share of a flow that its buyer must pay whatever happens.
    """

    row: ContractRow
    kind: str
    amount: Range
    rests_on: str
    firm: Range


class Hole(NamedTuple):
    """Something that the tables do not say: whose it is, what, and what the study does without it."""

    party: str
    what: str
    instead: str


class Window(NamedTuple):
    """The day from which a study looks, how many years of payments it counts, and until when open contracts run."""

    today: datetime.date
    years: float
    until: datetime.date


class Ties(NamedTuple):
    """The contracts of a study, guarantees among them, the revenue of labs from outside, and what is not known."""

    ties: tuple[Tie, ...]
    guarantees: tuple[ContractRow, ...]
    revenue: Mapping[str, float]
    holes: tuple[Hole, ...]


_SURE = Range(1.0, 1.0, 1.0)


def enters(row: ContractRow) -> bool:
    """Whether a version in force enters totals: it says so, or was in force on the day and has been replaced since."""
    replaced_since = row.version_state == "superseded" and row.type != "equity_stake" and row.total_usd_bn is not None
    return row.counted == "yes" or replaced_since


def named_debt(contracts: tuple[ContractRow, ...]) -> dict[str, float]:
    """Debt of each borrower whose lenders are named, USD."""
    found: dict[str, float] = {}
    for row in contracts:
        if row.type in DEBTS and enters(row) and row.total_usd_bn is not None:
            found[row.payer] = found.get(row.payer, 0.0) + row.total_usd_bn * BN
    return found


def ties_of(
    entities: Mapping[str, EntityRow], contracts: tuple[ContractRow, ...], preset: EcosystemPreset, window: Window
) -> Ties:
    """The contracts in force on a day, as a study takes them.

    A lease of a vehicle stands for all that rests on it, the vehicle's debt and equity, whatever the rent; a lease of
    several halls together is less the vehicles and contracts inside it; contracts of a payer with a ceiling share what the
    ceiling leaves. So no money is counted at two of its stages.
    """
    debts = named_debt(contracts)
    holes: list[Hole] = []
    ties: list[Tie] = []
    revenue: dict[str, float] = {}
    for row in contracts:
        if row.type in FLOWS and entities[row.payer].type in BUYERS:
            if enters(row) and row.annual_usd_bn is not None:
                revenue[row.payee] = revenue.get(row.payee, 0.0) + row.annual_usd_bn * BN * window.years
        elif row.type in FLOWS:
            ties += _flow(row, entities, debts, preset, window, holes)
        elif row.type in DEBTS:
            ties += _stock(row, "debt", holes)
        elif row.type == "equity_stake" and row.rank != "contingent":
            ties += _stock(row, "stake", holes)
    guarantees = tuple(row for row in contracts if row.type in GUARANTEES and row.total_usd_bn is not None)
    whole = _under_ceilings(_less_inside(tuple(ties), contracts, window), preset, window)
    return Ties(whole, guarantees, revenue, tuple(holes))


def _flow(
    row: ContractRow,
    entities: Mapping[str, EntityRow],
    debts: Mapping[str, float],
    preset: EcosystemPreset,
    window: Window,
    holes: list[Hole],
) -> Iterator[Tie]:
    vehicle = entities[row.payee]
    if row.type == "lease" and vehicle.type == "spv":
        debt = debts.get(row.payee, 0.0)
        equity = vehicle.equity_book_usd_bn
        share = preset.vehicle_equity
        ends = [
            debt * float(end or 0.0) if equity is None else equity * BN for end in (share.low, share.value, share.high)
        ]
        if debt:
            amount = Range(debt + ends[0], debt + ends[1], debt + ends[2])
            yield Tie(row, "flow", amount, "the vehicle's debt and equity, which its rent pays", _SURE)
        return
    found = yearly_of(row, window.today, window.until).amount if enters(row) else None
    if found is None:
        if row.total_usd_bn is None and row.annual_usd_bn is None:
            holes.append(Hole(row.payer, f"what {row.payer} pays {row.payee} ({_said(row.type)})", "left out"))
        return
    amount = Range(*(end * window.years for end in found))
    yield Tie(row, "flow", amount, yearly_of(row, window.today, window.until).rests_on, _firm(row, preset.firm_share))


def _firm(row: ContractRow, unknown: Sourced) -> Range:
    """How firm a flow is: wholly, for ninety days, or not known."""
    if row.take_or_pay == "yes" or row.take_or_pay.startswith("yes ("):
        return _SURE
    if row.take_or_pay.startswith("no"):
        return Range(0.0, 0.0, 0.0)
    return Range(float(unknown.low or 0.0), float(unknown.value), float(unknown.high or 0.0))


def _stock(row: ContractRow, kind: str, holes: list[Hole]) -> Iterator[Tie]:
    if row.total_usd_bn is None:
        if row.counted == "no" and not row.overlaps:
            holes.append(Hole(row.payer, f"the {_said(row.type)} between {row.payer} and {row.payee}", "left out"))
    elif enters(row) and row.total_usd_bn > 0:
        amount = row.total_usd_bn * BN
        yield Tie(row, kind, Range(amount, amount, amount), "printed", _SURE)


def _less_inside(ties: tuple[Tie, ...], contracts: tuple[ContractRow, ...], window: Window) -> tuple[Tie, ...]:
    """Leases of many halls, less the vehicles' leases and the yearly contracts that they contain."""
    by_id = {one.row.id: one for one in ties}
    rows = {row.id: row for row in contracts}
    found: list[Tie] = []
    for tie in ties:
        inside = [
            by_id[other]
            for other in tie.row.overlaps.split()
            if other in by_id and by_id[other].kind == "flow" and rows[other].payer == tie.row.payer
        ]
        if tie.row.type == "lease" and inside and not _of_vehicle(tie):
            whole = (tie.row.total_usd_bn or 0.0) * BN
            of_vehicles = sum(one.amount.central for one in inside if _of_vehicle(one))
            others = sum(one.amount.central for one in inside if not _of_vehicle(one))
            high = tie.amount.high
            rest = max(0.0, high * (1.0 - (of_vehicles / whole if whole else 0.0)) - others)
            what = f"{tie.rests_on}, less {len(inside)} contracts inside it"
            tie = tie._replace(amount=Range(min(rest, tie.amount.low), rest, high), rests_on=what)
        found.append(tie)
    return tuple(found)


def _of_vehicle(tie: Tie) -> bool:
    return tie.rests_on.startswith("the vehicle's debt")


def _under_ceilings(ties: tuple[Tie, ...], preset: EcosystemPreset, window: Window) -> tuple[Tie, ...]:
    """Contracts for compute of a payer whose own total is below their sum: each between nothing and what it prints.

    Firm ones stay whole. In between, all that is not firm is cut by one share until the sum is the ceiling.
    """
    found = list(ties)
    for ceiling in preset.ceilings:
        mine = [
            place
            for place, one in enumerate(ties)
            if one.row.payer == ceiling.payer and one.row.type == "compute_offtake"
        ]
        totals = {place: (ties[place].row.total_usd_bn or 0.0) * BN for place in mine}
        firm = sum(totals[place] for place in mine if ties[place].firm == _SURE)
        loose = sum(totals.values()) - firm
        if loose <= 0 or firm + loose <= ceiling.total.value:
            continue
        share = max(0.0, ceiling.total.value - firm) / loose
        for place in mine:
            one = ties[place]
            if one.firm != _SURE:
                what = f"{one.rests_on}, cut to the payer's ceiling"
                found[place] = one._replace(amount=Range(0.0, share * one.amount.high, one.amount.high), rests_on=what)
    return tuple(found)


def yearly_limit(row: ContractRow, window: Window) -> float:
    """What a guarantee without a contract of its own pays at most within the window, USD: its total spread over its term."""
    total = (row.total_usd_bn or 0.0) * BN
    if not row.end:
        return total
    start = last_day(row.start) if row.start else window.today
    return total * window.years / max(1.0, years_between(start, last_day(row.end)))


def _said(kind: str) -> str:
    return kind.replace("_", " ")
