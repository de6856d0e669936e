"""A zone with a large load, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.power.case import AuctionPlan
from overbuild.power.reported import CHANNELS
from overbuild.power.zone_run import BILL, ZoneRun
from overbuild.questions.charts import (
    GREY,
    INK,
    NAVY,
    ORANGE,
    RED,
    TEAL,
    Points,
    Spec,
    amounts,
    chart,
    coloured,
    headed,
    mark,
    ranged_bars,
    source_line,
)
from overbuild.questions.grid.tables import in_order
from overbuild.questions.grid.words import BASES, gw, signed, tonnes, zone_words
from overbuild.questions.grid.words import CHANNELS as SAID
from overbuild.questions.prose import capitalised

_WIDTH = 560
_TEXT: Spec = {"field": "text", "type": "nominal"}


def pictures(run: ZoneRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The bill by channel, the stack with the load, the auction of the bill's year, emissions by basis."""
    foot = source_line(facts)
    found = [_bill(run, foot), _stack(run, foot)]
    year = next((one for one in run.plan.auctions if one.name == run.plan.year), None)
    if year is not None:
        found.append(_auction(run, year, foot))
    return (*found, _emissions(run, foot))


def _bill(run: ZoneRun, foot: str) -> Chart:
    values = run.found.values
    points: list[dict[str, str | float]] = []
    for channel in (*CHANNELS, "total"):
        name = BILL if channel == "total" else f"{BILL}.{channel}"
        amount, end = values[name], run.ends.get(name)
        assert isinstance(amount, float)
        low, high = (end.low, end.high) if end is not None else (amount, amount)
        points.append(
            {
                "label": capitalised(SAID.get(channel, channel)),
                "kind": "total" if channel == "total" else "more" if amount >= 0.0 else "less",
                "low": low,
                "central": amount,
                "high": high,
                "text": f"{signed(amount)} ({signed(low)} to {signed(high)})" if low != high else signed(amount),
            }
        )
    total = values[BILL]
    assert isinstance(total, float)
    way = "raise" if total >= 0.0 else "lower"
    month = f"{abs(total):,.2f} USD a month{f' in {run.plan.year}' if run.plan.auctions else ''}"
    finding = f"{zone_words(run.plan.name)}: {gw(run.plan.load.mw)} {way} the bill of a household by {month}"
    measure = ["USD a month, by channel; lines from low to high.", run.ends_said]
    colours = {"more": ORANGE, "less": TEAL, "total": NAVY}
    drawing = ranged_bars(points, title="USD a month", colours=colours)
    return chart("bill", finding, headed(finding, measure), width=_WIDTH, height=190, drawing=drawing, foot=foot)


def _stack(run: ZoneRun, foot: str) -> Chart:
    rows = run.lines.hours
    shifts = [
        after - before
        for after, before in zip(rows["block.with.paid_by_others"], rows["block.without.paid_by_others"], strict=True)
    ]
    place = max(range(len(shifts)), key=shifts.__getitem__)
    block = run.plan.energy.blocks[place]
    load, adds = block.load / 1e3, rows["load.block_mw"][place] / 1e3
    needed = max(one.load for one in run.plan.energy.blocks) / 1e3 + run.plan.load.mw / 1e3
    shown = [one for one in in_order(run) if one.before / 1e3 <= needed and one.mw > 0.0]
    top = max(*(one.cost for one in shown if one.before / 1e3 <= load + adds), 1.0) * 1.6
    points: Points = [
        {
            "from": one.before / 1e3,
            "to": (one.before + one.mw) / 1e3,
            "cost": min(one.cost, top),
            "zero": 0.0,
            "kind": "no carbon" if one.ef == 0.0 else "below 0.7 t" if one.ef < 0.7 else "above 0.7 t",
        }
        for one in shown
    ]
    without, given = rows["block.without.price"][place], rows["block.with.price"][place]
    moved = f"from {without:,.1f} to {given:,.1f} USD in {block.hours:,.0f} hours"
    finding = f"{zone_words(run.plan.name)}: {gw(run.plan.load.mw)} move the price {moved}"
    measure = [
        "Cost of a MWh in USD by unit of the stack, in GW from the cheapest; dearer ones are cut off above.",
        f"Lines: load of the hours that cost others most, without ({load:,.1f} GW) and with what is added ({load + adds:,.1f} GW).",
    ]
    x: Spec = amounts("from", "GW", scale={"nice": False})
    bar: Spec = {"type": "rect", "stroke": "white", "strokeWidth": 0.5}
    colours = {"no carbon": TEAL, "below 0.7 t": GREY, "above 0.7 t": NAVY}
    stack = mark(
        points,
        bar,
        x=x,
        x2={"field": "to"},
        y=amounts("cost", "USD a MWh"),
        y2={"field": "zero"},
        color=coloured("kind", colours),
    )
    rules = [{"at": load, "text": "without"}, {"at": load + adds, "text": "with"}]
    line = mark(rules, {"type": "rule", "color": RED, "strokeWidth": 2}, x=amounts("at"))
    words: list[Spec] = [
        mark(
            [one],
            {"type": "text", "color": RED, "align": align, "dx": dx, "y": 8, "fontWeight": "bold"},
            x=amounts("at"),
            text=_TEXT,
        )
        for one, align, dx in zip(rules, ("right", "left"), (-5, 5), strict=True)
    ]
    heading = headed(finding, measure)
    return chart(
        "merit_order", finding, heading, width=_WIDTH, height=280, drawing={"layer": [stack, line, *words]}, foot=foot
    )


def _auction(run: ZoneRun, plan: AuctionPlan, foot: str) -> Chart:
    lines, name = run.by_year[plan.name].results, plan.name
    supply: list[dict[str, str | float]] = []
    offers = sorted(plan.offers, key=lambda one: (one.price, one.name))
    right = lines[f"auction.{name}.with.requirement"] * plan.curve[-1].requirements / 1e3
    reach = 0.0
    for one in offers:
        supply += [
            {"q": reach, "price": one.price, "line": "Supply"},
            {"q": reach + one.mw / 1e3, "price": one.price, "line": "Supply"},
        ]
        reach += one.mw / 1e3
    top = max(point.price for point in plan.curve) * 1.15
    supply.append({"q": reach, "price": top, "line": "Supply"})
    curves: list[dict[str, str | float]] = []
    for side, said in (("without", "Demand without the load"), ("with", "Demand with it")):
        requirement = lines[f"auction.{name}.{side}.requirement"] / 1e3
        curves.append({"q": 0.9 * requirement, "price": plan.curve[0].price, "line": said})
        curves += [{"q": point.requirements * requirement, "price": point.price, "line": said} for point in plan.curve]
    cleared = [
        {"q": lines[f"auction.{name}.{side}.quantity"] / 1e3, "price": lines[f"auction.{name}.{side}.price"]}
        for side in ("without", "with")
    ]
    price, short = lines[f"auction.{name}.with.price"], lines[f"auction.{name}.with.short"]
    kept = "stays at" if price == lines[f"auction.{name}.without.price"] else "goes to"
    left = f"{gw(abs(short))} are {'missing' if short > 0.0 else 'to spare'}"
    finding = f"{zone_words(run.plan.name)}, {name}: the price {kept} {price:,.0f} USD a MW-day; {left}"
    measure = [
        "USD a MW-day by GW of capacity. Circles: where it clears, under the collar.",
        "Most offers are taken at 0; their prices are not published.",
    ]
    axis: Spec = amounts("q", "GW", scale={"domain": [0.88 * right, 1.02 * right], "zero": False, "nice": False})
    colours = {"Supply": TEAL, "Demand without the load": GREY, "Demand with it": NAVY}
    shape: Spec = {"type": "line", "strokeWidth": 2.5, "clip": True}
    ordered: Points = [{**point, "at": at} for at, point in enumerate([*supply, *curves])]
    lined: Spec = {"x": axis, "y": amounts("price", "USD a MW-day"), "order": {"field": "at"}}
    layers = [mark(ordered, shape, **lined, color=coloured("line", colours))]
    if plan.collar is not None:
        caps = [{"price": plan.collar.cap, "text": "cap"}, {"price": plan.collar.floor, "text": "floor"}]
        layers.append(mark(caps, {"type": "rule", "color": INK, "strokeDash": [4, 3]}, y=amounts("price")))
        layers.append(mark(caps, {"type": "text", "align": "left", "x": 4, "dy": -6}, y=amounts("price"), text=_TEXT))
    layers.append(
        mark(
            cleared,
            {"type": "point", "size": 180, "color": RED, "strokeWidth": 2, "clip": True},
            x=axis,
            y=amounts("price"),
        )
    )
    return chart(
        "auction", finding, headed(finding, measure), width=_WIDTH, height=300, drawing={"layer": layers}, foot=foot
    )


def _emissions(run: ZoneRun, foot: str) -> Chart:
    lines = run.lines.results
    points: Points = [
        {
            "label": capitalised(said),
            "kind": "marginal" if basis == "marginal" else "counted",
            "low": amount / 1e6,
            "central": amount / 1e6,
            "high": amount / 1e6,
            "text": tonnes(amount),
        }
        for basis, said in BASES.items()
        for amount in (lines["emissions.marginal" if basis == "marginal" else f"emissions.scope2.{basis}"],)
    ]
    ratio = lines["emissions.marginal"] / max(lines["emissions.scope2.market"], 1.0)
    finding = f"{zone_words(run.plan.name)}: what the system emits more is {ratio:,.0f} times what contracts leave on the books"
    measure = f"Mt of CO2 a year of {gw(run.plan.load.mw)}, scope 2 by how it is counted"
    drawing = ranged_bars(points, title="Mt of CO2 a year", colours={"counted": NAVY, "marginal": RED})
    return chart("emissions", finding, headed(finding, measure), width=_WIDTH, height=150, drawing=drawing, foot=foot)
