"""A large load under a tariff, as pictures: who pays by what becomes of it, the years, what moves it."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.policy.tariff.tariff_run import TariffRun
from overbuild.questions.charts import (
    NAVY,
    ORANGE,
    TEAL,
    Points,
    chart,
    headed,
    lines,
    ranged_bars,
    source_line,
)
from overbuild.questions.moving_inputs import MovedAnswer, moving_chart
from overbuild.questions.prose import capitalised, m
from overbuild.questions.tariff.words import input_words, worse_off

_WIDTH = 560
_YEARS = 20
"""As many years as the picture of the years shows."""


def pictures(run: TariffRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Who pays by story, cost against what is paid year by year, what moves it."""
    foot = source_line(facts)
    return (_stories(run, foot), _years(run, foot), _moves(run, foot))


def _stories(run: TariffRun, foot: str) -> Chart:
    worse, better = "worse off", "better off"
    points: Points = [
        {
            "label": capitalised(one.story.words),
            "kind": worse if one.run.others > 0.0 else better,
            "low": one.run.others / 1e6,
            "central": one.run.others / 1e6,
            "high": one.run.others / 1e6,
            "text": f"{one.run.others / 1e6:,.0f}",
        }
        for one in run.stories
    ]
    worst = max(run.stories, key=lambda one: one.run.others)
    finding = (
        f"{run.plan.name}: others are {worse_off(worst.run.others, f'{m(abs(worst.run.others))} USD')} where the load "
        f"{worst.story.words}"
    )
    measure = "Other customers worse off (right of 0) or better off, USD m of present value"
    drawing = ranged_bars(points, title="USD million", colours={worse: ORANGE, better: TEAL})
    return chart("stories", finding, headed(finding, measure), width=_WIDTH, height=210, drawing=drawing, foot=foot)


def _years(run: TariffRun, foot: str) -> Chart:
    cost, paid = "Cost to serve", "Load pays"
    points: Points = [
        {"year": label, "line": name, "amount": run.run.lines[row][place] / 1e6}
        for place, label in enumerate(run.labels[:_YEARS])
        for name, row in ((cost, "cost_to_serve"), (paid, "paid_by_load"))
    ]
    first = next((place for place, one in enumerate(run.run.lines["borne_by_others"]) if one < 0.0), None)
    finding = (
        f"The load pays its cost from {run.labels[first]} on"
        if first is not None
        else "The load does not pay its cost in any year"
    )
    measure = "USD m a year, as the case says; the gap is borne by other customers or lowers their bills"
    drawing = lines(
        points, x="year", line="line", amount="amount", title="USD million", colours={cost: NAVY, paid: ORANGE}
    )
    return chart("years", finding, headed(finding, measure), width=_WIDTH, height=260, drawing=drawing, foot=foot)


def _moves(run: TariffRun, foot: str) -> Chart:
    def told(amount: float) -> str:
        return f"{amount / 1e6:,.0f}"

    moved = MovedAnswer(
        run.run.others,
        1e6,
        told,
        "others worse off, USD million",
        "decides what other customers bear",
        "Others worse off, USD m of present value",
    )
    return moving_chart(run.deciding, input_words, moved, foot)
