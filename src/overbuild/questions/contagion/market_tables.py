"""Markets, money that goes round, runways, and remedies, in tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from overbuild.answer import Table
from overbuild.ecosystem.contagion.market.circular_flows import CircularFlows, Flow, Round
from overbuild.ecosystem.contagion.market.runway import Runway, Takeover
from overbuild.ecosystem.contagion.market.segments import Segment
from overbuild.ecosystem.contagion.remedies.backstop import Backstop
from overbuild.ecosystem.contagion.remedies.too_big import TooBig
from overbuild.ecosystem.contagion.terms.balances import NO_END
from overbuild.ecosystem.contagion.told.published import Published
from overbuild.ecosystem.contagion.told.rounds import RoundLoss
from overbuild.questions.columns import column, table, unprinted

DEPENDENCE = "It measures how much of a vendor's sales rests on finance from itself. Dependence is no impropriety."


class VendorRow(NamedTuple):
    """A vendor: what it sells, what it finances of that itself, and what goes round through its sales."""

    id: str
    label: str
    revenue: float
    self_financed: float
    share: float
    circulating: float
    without: float


def vendor_rows(found: CircularFlows, flows: Sequence[Flow], labels: dict[str, str]) -> tuple[VendorRow, ...]:
    """Every vendor with its sales, the greatest first."""
    round_trip: dict[str, float] = {}
    for flow, going in zip(flows, found.flows, strict=True):
        if not flow.finance:
            round_trip[flow.payee] = round_trip.get(flow.payee, 0.0) + going
    rows = [
        VendorRow(
            one.vendor,
            labels.get(one.vendor, one.vendor),
            one.revenue,
            one.self_financed,
            one.share,
            round_trip.get(one.vendor, 0.0),
            one.revenue - round_trip.get(one.vendor, 0.0),
        )
        for one in found.vendors
    ]
    return tuple(sorted(rows, key=lambda one: (-one.circulating, -one.revenue)))


def circular_table(rows: Sequence[VendorRow]) -> Table:
    """What vendors finance of their own sales, and their sales without what goes round."""
    columns = (
        unprinted("id"),
        column("label", "vendor"),
        column("revenue", "sold under contract", "USD"),
        column("self_financed", "financed by itself", "USD"),
        column("share", "share", "decimal"),
        column("circulating", "goes round", "USD"),
        column("without", "without it", "USD"),
    )
    return table(
        "circular", "Money that goes round", columns, rows, note=f"whole terms of contracts in force. {DEPENDENCE}"
    )


def cycles_table(found: CircularFlows, labels: dict[str, str]) -> Table:
    """The rounds that money goes."""

    def told(one: Round) -> str:
        return " -> ".join(labels.get(name, name) for name in (*one.through, one.through[0]))

    columns = (column("through", "round", fill=told), column("amount", "all the way", "USD"))
    return table("cycles", "The rounds behind it", columns, found.rounds)


def segments_table(found: Sequence[Segment]) -> Table:
    """Concentration of each market."""
    columns = (
        unprinted("id"),
        column("label", "market"),
        column("measure", "sizes by"),
        column("firms", "firms known", "count", lambda one: len(one.sizes)),
        column("hhi", "HHI", "count", lambda one: round(one.found.hhi)),
        column("effective", "like so many equal firms", "ratio", lambda one: one.found.effective_firms),
        column("largest", "largest", fill=lambda one: max(one.sizes, key=lambda name: one.sizes[name])),
    )
    note = "of the firms whose size is known; those that are not are left out, which puts the index too high"
    return table("concentration", "Concentration", columns, found, note=note)


def runways_table(found: Sequence[Runway]) -> Table:
    """Labs against what they have promised to pay for compute."""
    columns = (
        unprinted("id", lambda one: one.lab),
        column("label", "lab"),
        column("revenue", "paid by end users", "USD_per_year"),
        column("committed", "promised a year", "USD_per_year", lambda one: one.committed.central),
        column("low", "at least", "USD_per_year", lambda one: one.committed.low),
        column("high", "at most", "USD_per_year", lambda one: one.committed.high),
        column("cash", "cash", "USD"),
        column("years", "lasts", "years"),
        column("status", "because"),
    )
    note = "running rates of contracts in force, whenever they begin; staff, power and taxes come on top, new money is not counted"
    return table("runways", "How long cash lasts against promises for compute", columns, found, note=note)


def takeovers_table(found: Sequence[Takeover], labels: dict[str, str], retention: float) -> Table:
    """The market of labs after the largest other lab has taken one over."""
    columns = (
        unprinted("id", lambda one: one.target),
        column("target", "lab taken over", fill=lambda one: labels[one.target]),
        column("acquirer", "by", fill=lambda one: labels[one.acquirer]),
        column("before", "HHI before", "count", lambda one: round(one.before)),
        column("after", "after", "count", lambda one: round(one.after.hhi)),
        column("presumed", "presumed harmful", fill=lambda one: "yes" if one.after.presumed else "no"),
    )
    note = (
        f"{retention:.0%} of customers stay; above 1,800 points after a rise of more than 100 (Merger Guidelines 2023)"
    )
    return table("takeovers", "A failing lab taken over by another", columns, found, note=note)


def too_big_table(found: Sequence[TooBig]) -> Table:
    """What the failure of each costs others."""
    columns = (
        unprinted("id", lambda one: one.party),
        column("label", "fails"),
        column("low", "others lose at least", "USD"),
        column("point", "point", "USD"),
        column("high", "at most", "USD", lambda one: None if one.high >= NO_END / 2 else one.high),
        column("share", "of all capital", "decimal"),
        column("lenders", "of it lenders", "USD"),
        column("bearer", "mostly"),
        column("rank", "rank", fill=lambda one: f"{one.first}-{one.last}" if one.first != one.last else str(one.first)),
    )
    note = "losses of everybody but the owners of the one that fails; rank: best and worst that the bounds leave"
    return table("too_big", "Too big to fail", columns, found, note=note)


def backstop_table(point: Backstop, harsh: Backstop) -> Table:
    """The least money that keeps everyone else standing, at the point and in the worst case."""
    amounts = {one.party: [one.label, 0.0, one.amount] for one in harsh.injections}
    for one in point.injections:
        amounts.setdefault(one.party, [one.label, 0.0, 0.0])[1] = one.amount
    columns = (
        unprinted("id", lambda item: item[0]),
        column("label", "capital for", fill=lambda item: item[1][0]),
        column("point", "at the point", "USD", lambda item: item[1][1]),
        column("harsh", "in the worst case", "USD", lambda item: item[1][2]),
    )
    total = {"id": "total", "label": "together", "point": point.total, "harsh": harsh.total}
    note = (
        "a rescue that is expected makes the next one dearer: who counts on it lends on worse terms and promises more, and "
        "nothing of that is in these sums"
    )
    return table(
        "backstop", "The least money that stops the cascade", columns, amounts.items(), total=(total,), note=note
    )


def rounds_table(found: Sequence[RoundLoss], harsh: Sequence[RoundLoss], labels: Sequence[str]) -> Table:
    """Round by round, at the point and in the worst case."""
    rows = [("at the point", one) for one in found] + [("worst case", one) for one in harsh]

    def stopped(row: Any) -> str:
        return ", ".join(labels[int(place)] for place in row[1].stopped)

    columns = (
        column("case", "case", fill=lambda row: row[0]),
        column("round", "round", "count", lambda row: row[1].number),
        column("stopped", "stop in it", fill=stopped),
        column("lenders", "lenders so far", "USD", lambda row: row[1].lenders),
        column("equity", "owners", "USD", lambda row: row[1].equity),
        column("vendors", "vendors", "USD", lambda row: row[1].vendors),
        column("landlords", "landlords", "USD", lambda row: row[1].landlords),
    )
    return table("rounds", "Round by round", columns, rows)


def published_table(found: Sequence[Published]) -> Table:
    """Published scenarios beside ours."""
    columns = (
        unprinted("id"),
        column("publisher", "publisher"),
        column("outcome", "figure"),
        column("figure", "theirs", "ratio"),
        column("ours", "ours", "ratio"),
        column("ours_high", "at most", "ratio"),
        column("unit", "in"),
        column("why", "why they differ"),
    )
    note = "no authority has printed a loss of lenders in a fall of AI: these are the nearest figures"
    return table("published", "Published scenarios beside this one", columns, found, note=note)
