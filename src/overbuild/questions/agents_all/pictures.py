"""The work that agents must take, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.questions.agents_all.asked import ProgrammesAsked
from overbuild.questions.agents_all.words import claim_words, input_words
from overbuild.questions.charts import GREY, NAVY, TEAL, Points, chart, headed, ranged_bars, source_line
from overbuild.questions.moving_inputs import MovedAnswer, moving_chart
from overbuild.questions.prose import pct

_WIDTH = 560


def pictures(asked: ProgrammesAsked, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The share needed against what can be addressed and what others say; what moves it; what workflows are worth."""
    foot = source_line(facts)
    return (_needed(asked, foot), _moves(asked, foot), _worth(asked, foot))


def _needed(asked: ProgrammesAsked, foot: str) -> Chart:
    run, ends = asked.run, asked.range
    needed, addressable = run.lines["share_of_tasks_needed"], run.case.inputs["work.addressable"]
    low, high = (needed, needed) if ends is None else (ends.low, ends.high)
    rows = [
        ("Needed", "needed", low, needed, high),
        ("Addressable, as used", "addressable", addressable.low or 0.0, addressable.value, addressable.high or 0.0),
        *((claim_words(one.name), "said", one.share, one.share, one.share) for one in run.plan.claims),
    ]
    points: Points = [
        {
            "label": label,
            "kind": kind,
            "low": low * 100,
            "central": central * 100,
            "high": high * 100,
            "text": f"{pct(central, 1)}" + (f" ({pct(low)} to {pct(high)})" if low != high else ""),
        }
        for label, kind, low, central, high in rows
    ]
    finding = f"Agents must take {pct(needed)} of paid work for {asked.need.year}'s spend to be earned"
    measure = [
        "Share of wages in the United States, %; lines are ranges: of what is needed the",
        "tenth to the ninetieth percentile.",
    ]
    colours = {"needed": NAVY, "addressable": TEAL, "said": GREY}
    drawing = ranged_bars(points, title="% of work", colours=colours)
    return chart(
        "needed", finding, headed(finding, measure), width=_WIDTH, height=38 * len(points), drawing=drawing, foot=foot
    )


def _moves(asked: ProgrammesAsked, foot: str) -> Chart:
    run = asked.run
    moved = MovedAnswer(
        run.lines["share_of_tasks_needed"],
        0.01,
        pct,
        "% of work",
        "decides what share is needed",
        "Share of paid work that agents must take",
    )
    return moving_chart(run.deciding, input_words, moved, foot, len(run.deciding))


def _worth(asked: ProgrammesAsked, foot: str) -> Chart:
    rows = sorted(asked.run.workflows, key=lambda one: -one.worth)
    chosen = asked.run.chosen.names
    points: Points = [
        {
            "label": one.plan.name,
            "kind": "chosen" if one.plan.name in chosen else "not",
            **dict.fromkeys(("low", "central", "high"), 0.0 if one.run.is_withheld else one.worth / 1e6),
            "text": "no verdict" if one.run.is_withheld else f"{one.worth / 1e6:,.2f}",
        }
        for one in rows
    ]
    finding = f"{len(chosen)} of {len(rows)} programmes are worth a place in the budget"
    measure = "Net present value, USD m; dark: chosen within the budget, one of each workflow."
    drawing = ranged_bars(points, title="USD m", colours={"chosen": NAVY, "not": GREY})
    return chart(
        "worth", finding, headed(finding, measure), width=_WIDTH, height=32 * len(points), drawing=drawing, foot=foot
    )
