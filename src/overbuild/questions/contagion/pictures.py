"""Who is hurt, as pictures: losses with bounds, the ways of the loss, the rounds, and money that goes round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.market.circular_flows import circular_flows
from overbuild.ecosystem.contagion.market.segments import flows_of
from overbuild.ecosystem.contagion.terms.balances import BN, NO_END
from overbuild.ecosystem.contagion.told.rounds import losses_by_round
from overbuild.ecosystem.contagion.told.ways import placed, ways
from overbuild.questions.charts import (
    GREY,
    INK,
    NAVY,
    ORANGE,
    RED,
    TEAL,
    Spec,
    amounts,
    chart,
    coloured,
    headed,
    mark,
    ranged_bars,
    source_line,
)
from overbuild.questions.contagion.market_tables import DEPENDENCE
from overbuild.questions.contagion.story import loss_finding, short_label
from overbuild.questions.contagion.tables import CLASS_LABELS
from overbuild.questions.prose import bn, capitalised, times

_BARS = ("lenders", "banks", "private_credit", "insurers", "bond_holders", "equity", "vendors", "landlords")
_WIDEST = 14
_LEAST = 5


def pictures(case: ContagionCase, structure: str, facts: Sequence[FactUsed], day: str | None) -> tuple[Chart, ...]:
    """All pictures of a study."""
    foot = source_line(facts, day)
    return (_losses(case, structure, foot), *_ways(case, foot), _rounds(case, foot), *_circular(case, foot))


def _losses(case: ContagionCase, structure: str, foot: str) -> Chart:
    points: list[dict[str, str | float]] = []
    for name in _BARS:
        one = case.losses[name]
        bounded = structure == "all" and one.high < NO_END / 2
        point = one.known if structure == "known" else one.point
        low, high = (one.low, one.high) if bounded else (point, point)
        text = f"{point / BN:,.1f} ({low / BN:,.1f} to {high / BN:,.1f})" if bounded else f"{point / BN:,.1f}"
        kind = "lenders" if name in ("lenders", "banks", "private_credit", "insurers", "bond_holders") else "others"
        label = CLASS_LABELS[name].strip()
        label = f"of them {label}" if CLASS_LABELS[name].startswith(" ") else label
        points.append(
            {"label": label, "kind": kind, "low": low / BN, "central": point / BN, "high": high / BN, "text": text}
        )
    lenders = case.losses["lenders"]
    finding = loss_finding(lenders, structure)
    measure = [
        "USD bn; the bar is the point, the line runs over every network that agrees with the tables.",
        "Each loss is counted at the last hand it reaches.",
    ]
    drawing = ranged_bars(points, title="USD bn", colours={"lenders": NAVY, "others": TEAL})
    heading, height = headed(finding, measure), 30 * len(points)
    return chart("losses", finding, heading, width=520, height=height, drawing=drawing, foot=foot)


def _ways(case: ContagionCase, foot: str) -> tuple[Chart, ...]:
    """The widest ways of the loss at the point, or where few contracts carry any, at the worst."""
    found, where = ways(case, case.outcome, _WIDEST), "at the point"
    if case.corners.harsh.outcome.stops.sum() > case.outcome.stops.sum() + 1 or len(found) < _LEAST:
        found, where = ways(case, case.corners.harsh.outcome, _WIDEST), "with every open figure at its worst end"
    if not found:
        return ()
    parties = case.given.study.parties
    first = tuple(place for place in range(len(parties)) if case.given.forced[place])
    steps = {one.place: one.step for one in placed(found, first)}
    columns: dict[int, list[int]] = defaultdict(list)
    for place, step in steps.items():
        columns[step].append(place)
    lost: dict[int, float] = defaultdict(float)
    for way in found:
        lost[way.loser] += way.amount
    spots: dict[int, tuple[float, float]] = {}
    for step, places in columns.items():
        places.sort(key=lambda place: -lost[place])
        for at, place in enumerate(places):
            spots[place] = (float(step), (at + 0.5) / len(places))
    lines = [
        {
            "x": spots[way.source][0], "y": spots[way.source][1], "x2": spots[way.loser][0], "y2": spots[way.loser][1],
            "width": max(1.0, 26.0 * way.amount / found[0].amount),
        }
        for way in found
    ]  # fmt: skip
    failed = {int(place) for place in case.outcome.round[0].nonzero()[0]}
    if where != "at the point":
        failed = {int(place) for place in case.corners.harsh.outcome.round[0].nonzero()[0]}
    nodes: list[dict[str, str | float]] = [
        {
            "x": x, "y": y, "kind": "stops" if place in failed else "stands",
            "text": short_label(parties[place].label) + (f"  {lost[place] / BN:,.1f}" if lost[place] and place not in first else ""),
        }
        for place, (x, y) in spots.items()
    ]  # fmt: skip
    last = max(x for x, _ in spots.values())
    scale: Spec = {"domain": [-0.15, last + 0.8], "nice": False}
    across: Spec = {"scale": scale, "axis": None}
    down: Spec = {"scale": {"domain": [0, 1], "reverse": True, "nice": False}, "axis": None}
    width: Spec = {"field": "width", "type": "quantitative", "scale": None, "legend": None}
    ends: Spec = {"x": amounts("x", **across), "y": amounts("y", **down)}
    layers = [
        mark(lines, {"type": "rule", "color": GREY, "opacity": 0.8, "strokeCap": "butt"}, **ends,
             x2={"field": "x2"}, y2={"field": "y2"}, strokeWidth=width),
        mark(nodes, {"type": "point", "filled": True, "size": 130, "opacity": 1}, **ends,
             color={**coloured("kind", {"stops": RED, "stands": NAVY}), "legend": {"orient": "top", "title": None}}),
        mark(nodes, {"type": "text", "align": "left", "dx": 10, "fontSize": 11, "color": INK}, **ends,
             text={"field": "text", "type": "nominal"}),
    ]  # fmt: skip
    widest = found[0]
    source, loser = (short_label(parties[end].label) for end in (widest.source, widest.loser))
    head = "The widest way" if where == "at the point" else "At worst the widest way"
    finding = f"{head} of the loss runs from {source} to {loser}, {bn(widest.amount, 1)} USD"
    measure = [
        f"Losses by contract {where}, USD bn: from who stops, on the left, to who loses; the number is what reaches each.",
        f"The {times(len(found), 'widest way')}; losses along a chain are not to be added up.",
    ]
    height = 46 * max(len(places) for places in columns.values())
    return (
        chart(
            "ways",
            finding,
            headed(finding, measure),
            width=620,
            height=max(200, height),
            drawing={"layer": layers},
            foot=foot,
        ),
    )


_GROUPS = {"lenders": NAVY, "equity": TEAL, "vendors": ORANGE, "landlords": GREY}


def _rounds(case: ContagionCase, foot: str) -> Chart:
    """What is lost by each round at the point and at the worst, as a cascade."""
    labels = {"lenders": "lenders", "equity": "owners", "vendors": "vendors", "landlords": "landlords"}
    points: list[dict[str, str | float]] = []
    for name, harsh in (("point", False), ("worst", True)):
        before: tuple[float, ...] = ()
        for one in losses_by_round(case, harsh=harsh):
            if before == one[2:]:
                continue
            before = one[2:]
            for group in _GROUPS:
                points.append(
                    {
                        "round": f"{name}, round {one.number}",
                        "group": labels[group],
                        "usd_bn": float(getattr(one, group)) / BN,
                    }
                )
    count = int((case.outcome.round[0] > 0).sum())
    worst = int((case.corners.harsh.outcome.round[0] > 0).sum())
    finding = f"{capitalised(times(count, 'party'))} stop at the point, {worst} at the worst".replace(
        "partys", "parties"
    )
    measure = [
        "USD bn lost so far, round after round, before capex is cut; 'worst' puts every open figure at its worst end.",
        "Owners lose at most what capital they have, which is least there: their own bound is wider.",
    ]
    colours = {labels[name]: colour for name, colour in _GROUPS.items()}
    row: Spec = {
        "field": "round",
        "type": "nominal",
        "title": None,
        "sort": None,
        "axis": {"labelFontSize": 12, "ticks": False},
    }
    drawing = mark(
        points, {"type": "bar", "height": 20}, y=row, x=amounts("usd_bn", "USD bn"), color=coloured("group", colours)
    )
    height = 30 * len({str(point["round"]) for point in points})
    return chart("rounds", finding, headed(finding, measure), width=520, height=height, drawing=drawing, foot=foot)


def _circular(case: ContagionCase, foot: str) -> tuple[Chart, ...]:
    """What goes round through each vendor's sales."""
    flows = flows_of(case.network)
    found = circular_flows(flows)
    labels = {one.id: one.label for one in case.network.entities}
    going: dict[str, float] = defaultdict(float)
    for flow, amount in zip(flows, found.flows, strict=True):
        if not flow.finance:
            going[flow.payee] += amount
    sold = {one.vendor: one.revenue for one in found.vendors}
    rows = sorted((name for name in going if going[name] > 0), key=lambda name: -going[name])
    if not rows:
        return ()
    points: list[dict[str, str | float]] = []
    for name in rows:
        points.append({"label": labels[name], "part": "goes round", "usd_bn": going[name] / BN})
        points.append(
            {"label": labels[name], "part": "comes from elsewhere", "usd_bn": (sold[name] - going[name]) / BN}
        )
    finding = f"{found.share:.0%} of what is under contract goes round"
    measure = ["Sales under contract, whole terms, USD bn; stakes and finance at what they cost.", DEPENDENCE]
    bar: Spec = {
        "field": "label",
        "type": "nominal",
        "title": None,
        "sort": None,
        "axis": {"labelFontSize": 12, "ticks": False},
    }
    colours = {"goes round": ORANGE, "comes from elsewhere": GREY}
    drawing = mark(
        points, {"type": "bar", "height": 20}, y=bar, x=amounts("usd_bn", "USD bn"), color=coloured("part", colours)
    )
    heading, height = headed(finding, measure), 32 * len(rows)
    return (chart("circular", finding, heading, width=520, height=height, drawing=drawing, foot=foot),)
