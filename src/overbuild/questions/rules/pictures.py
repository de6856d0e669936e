"""Rules on a firm, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.policy.rules.rules_run import RulesRun
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
from overbuild.questions.moving_inputs import MovedAnswer, moving_chart
from overbuild.questions.prose import capitalised, pct
from overbuild.questions.rules.story import PARTS, input_words, money, scale_of

_WIDTH = 560
DRAWN = tuple(1.0 - 0.5 * 500.0 ** (-place / 160) for place in range(161))
"""Levels at which the curve of fines is drawn: from one year in two to one in a thousand."""


def pictures(run: RulesRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Fines of a year by how often they are exceeded, the value of controls by part, what moves it."""
    foot = source_line(facts)
    return (_losses(run, foot), _parts(run, foot), _moves(run, foot))


def _losses(run: RulesRun, foot: str) -> Chart:
    without, held = "Without controls", "With controls"
    colours = {without: NAVY, held: TEAL}
    size, words = (1e9, "USD bn") if run.last.year.tail_value_at_risk >= 1e9 else (1e6, "USD m")
    points: Points = [
        {"line": name, "beyond": 1.0 - one.level, "amount": amount / size}
        for one in run.loss_curve(DRAWN)
        for name, amount in ((without, one.without), (held, one.with_controls))
    ]
    year, level = run.last.year, run.plan.grid.level
    told: Points = [
        {"amount": amount / size, "text": f"{word} {money(amount)}", "beyond": 1.0 - level, "kind": word}
        for word, amount in (("Value at risk", year.value_at_risk), ("Tail value at risk", year.tail_value_at_risk))
    ]
    how_often: Spec = {
        "field": "beyond",
        "type": "quantitative",
        "title": "share of years in which fines exceed this",
        "scale": {"type": "log", "reverse": True, "domain": [0.001, 0.5], "nice": False},
        "axis": {"format": "~%", "values": [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001], "grid": True},
    }
    shape: Spec = {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5}
    top = max(float(one["amount"]) for one in (*points, *told))
    scale: Spec = {"domain": [0.0, 1.08 * top or 1.0], "nice": False}
    layers = [
        mark(
            points,
            shape,
            x=how_often,
            y=amounts("amount", f"{words} a year", scale=scale),
            color=coloured("line", colours),
        )
    ]
    rule: Spec = {"type": "rule", "color": GREY, "strokeDash": [4, 3]}
    layers.append(mark(told[:1], rule, x=how_often))
    dot: Spec = {"type": "point", "filled": True, "size": 80, "color": RED, "opacity": 1}
    layers.append(mark(told, dot, x=how_often, y=amounts("amount")))
    told_at: Spec = {"type": "text", "align": "right", "dx": -9, "color": INK, "fontWeight": "bold", "dy": -7}
    text: Spec = {"field": "text", "type": "nominal"}
    layers.append(mark(told, told_at, x=how_often, y=amounts("amount"), text=text))
    finding = (
        f"One year in {1 / (1 - level):,.0f} brings fines above {money(year.value_at_risk)}, "
        f"on average {money(year.tail_value_at_risk)}"
    )
    measure = [
        f"Fines of the year to {run.labels[-1]} by how often they are exceeded; {pct(year.no_loss)} of years have none.",
        "Dots: value at risk and the mean of the years beyond it, without controls.",
    ]
    heading = headed(finding, measure)
    return chart("losses", finding, heading, width=_WIDTH, height=300, drawing={"layer": layers}, foot=foot)


def _parts(run: RulesRun, foot: str) -> Chart:
    rows = [*((words, run.lines[f"moat_{name}"]) for name, words in PARTS.items())]
    rows += [
        ("all parts", run.lines["moat_npv"]),
        ("without bids won and cheaper debt", run.lines["moat_npv_without_sales_effect"]),
    ]
    sums = {"all parts", "without bids won and cheaper debt"}
    points: Points = [
        {
            "label": capitalised(label),
            "kind": "sum" if label in sums else "cost" if amount < 0.0 else "part",
            "low": amount / scale_of(run).size,
            "central": amount / scale_of(run).size,
            "high": amount / scale_of(run).size,
            "text": f"{amount / scale_of(run).size:,.0f}",
        }
        for label, amount in rows
    ]
    without = run.lines["moat_npv_without_sales_effect"]
    pay = "pay for themselves" if without >= 0.0 else "do not pay for themselves"
    finding = f"Without any effect on sales or funding controls {pay}: {money(without)}"
    measure = f"Net present value of controls by part over {run.plan.years} years, {scale_of(run).words}."
    drawing = ranged_bars(points, title=scale_of(run).words, colours={"part": TEAL, "cost": ORANGE, "sum": NAVY})
    height = 28 * len(points)
    return chart("parts", finding, headed(finding, measure), width=_WIDTH, height=height, drawing=drawing, foot=foot)


def _moves(run: RulesRun, foot: str) -> Chart:
    scale = scale_of(run)

    def told(amount: float) -> str:
        return f"{amount / scale.size:,.0f}"

    moved = MovedAnswer(
        run.lines["moat_npv_without_sales_effect"],
        scale.size,
        told,
        scale.words,
        "decides whether controls pay for themselves",
        f"Net present value without any effect on sales or funding, {scale.words}",
    )
    return moving_chart(run.deciding, input_words, moved, foot)
