"""A stack before and after shocks, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.demand.stack.stack_run import EACH, StackRun
from overbuild.questions.charts import (
    GREY,
    INK,
    NAVY,
    ORANGE,
    TEAL,
    Points,
    Spec,
    amounts,
    chart,
    coloured,
    headed,
    mark,
    source_line,
)
from overbuild.questions.moving_inputs import MOST_DRAWN, MovedAnswer, moving_chart
from overbuild.questions.prose import capitalised, listed, pct, spelled
from overbuild.questions.stack.story import input_words, points_words, shock_words
from overbuild.questions.stack.tables import margin_rows

_WIDTH = 560


def pictures(run: StackRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Margins before and after, who wins by which shock, what moves the value of owning."""
    foot = source_line(facts)
    return (_margins(run, foot), _winners(run, foot), _moves(run, foot))


def _grouped(points: Points, colours: dict[str, str], title: str) -> Spec:
    """Two bars beside each other for each label, each told at its end."""
    bar: Spec = {"field": "label", "type": "nominal", "title": None, "sort": None}
    bar["axis"] = {"labelLimit": 260, "labelFontSize": 12, "ticks": False, "domain": False, "labelPadding": 8}
    offset: Spec = {"field": "when", "type": "nominal", "sort": None}
    ends = [float(point["amount"]) for point in points]
    room = 0.14 * (max(*ends, 0.0) - min(*ends, 0.0))
    scale = {"domain": [min(*ends, 0.0) - (room if min(ends) < 0.0 else 0.0), max(*ends, 0.0) + room], "nice": False}
    x = amounts("amount", title, scale=scale, axis={"format": "%"})
    layers = [
        mark(points, {"type": "bar"}, y=bar, yOffset=offset, x=x, color=coloured("when", colours)),
    ]
    for positive, align, dx in ((True, "left", 5), (False, "right", -5)):
        told = [one for one in points if (float(one["amount"]) >= 0.0) == positive]
        if told:
            words: Spec = {"type": "text", "align": align, "dx": dx, "fontSize": 10, "color": INK}
            text: Spec = {"field": "text", "type": "nominal"}
            layers.append(mark(told, words, y=bar, yOffset=offset, x=amounts("amount"), text=text))
    return {"layer": layers}


def _margins(run: StackRun, foot: str) -> Chart:
    rows, before, after = margin_rows(run), "before", "after"
    points: Points = [
        {"label": row.label, "when": when, "amount": amount, "text": pct(amount, 1)}
        for row in rows
        for when, amount in ((before, row.margin), (after, row.shocked_margin))
    ]
    shock = listed(shock_words(run))
    finding = (
        f"{capitalised(spelled(run.winner))} comes out of {shock} better"
        if run.is_shocked
        else f"{run.plan.name}: margins without a shock"
    )
    measure = (
        f"Margin as a share of the price ({run.plan.layers[0].margin_kind}), before and after; layers, then firms."
    )
    drawing = _grouped(points, {before: GREY, after: NAVY}, "margin")
    heading = headed(finding, measure)
    return chart("margins", finding, heading, width=_WIDTH, height=38 * len(rows), drawing=drawing, foot=foot)


def _winners(run: StackRun, foot: str) -> Chart:
    of = run.plan.integration
    owner, buyer = spelled(of.owner), spelled(of.buyer)
    points: Points = [
        {"label": f"{one.layer} {one.kind}", "when": who, "amount": change, "text": points_words(change)}
        for one in run.single_shocks
        for who, change in ((owner, one.owner_change), (buyer, one.buyer_change))
    ]
    won = sum(one.winner == of.owner for one in run.single_shocks)
    finding = (
        f"{capitalised(owner)} comes out better of {won} of {len(run.single_shocks)} shocks, {buyer} of the others"
    )
    measure = f"Change of margin in points when one cost or price rises by {EACH:.0%}, all others as they were."
    drawing = _grouped(points, {owner: TEAL, buyer: ORANGE}, "change of margin")
    heading = headed(finding, measure)
    height = 34 * len(run.single_shocks)
    return chart("winners", finding, heading, width=_WIDTH, height=height, drawing=drawing, foot=foot)


def _moves(run: StackRun, foot: str) -> Chart:
    used, scale, unit = run.lines["integration_npv"], 1e9, "bn"
    shown = [one for one in run.deciding if one.swing][:MOST_DRAWN]
    if max([abs(used), *(max(abs(one.at_low), abs(one.at_high)) for one in shown)]) < 1e9:
        scale, unit = 1e6, "m"

    def told(amount: float) -> str:
        return f"{amount / scale:,.1f}"

    moved = MovedAnswer(
        used,
        scale,
        told,
        f"USD {unit}",
        "decides whether owning the layers pays",
        f"Net present value of owning, USD {unit}",
    )
    return moving_chart(run.deciding, input_words, moved, foot)
