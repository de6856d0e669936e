"""What must be earned, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.need.case import NeedCase
from overbuild.ecosystem.need.sensitivity import NeedSensitivity
from overbuild.questions.charts import NAVY, ORANGE, chart, headed, lines, ranged_bars, source_line, tornado
from overbuild.questions.deciding import ending, said
from overbuild.questions.need.story import labels_of
from overbuild.questions.prose import BILLION, bn, capitalised, pct

MOST_MOVES = 8
"""As many assumptions as the picture of what moves the requirement shows."""

YEARS_AFTER = 3
"""Years that the path is drawn beyond the year in which the two lines meet."""


def pictures(case: NeedCase, moves: Sequence[NeedSensitivity], facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The path to break-even, both doors, and what moves what must be earned."""
    foot = source_line(facts, case.view.day)
    return (_path(case, foot), _doors(case, foot), _moves(case, moves, foot))


def _path(case: NeedCase, foot: str) -> Chart:
    """Required against earned over time, with the crossing marked."""
    required, earned, met = "required", "earned", case.breakeven_year
    shown = [one for one in case.path if met is None or one.year <= met + YEARS_AFTER]
    points = [
        {"year": str(one.year), "line": line, "usd_bn": amount / BILLION}
        for one in shown
        for line, amount in ((required, one.required), (earned, one.earned))
    ]
    crossings = [
        {"year": str(one.year), "usd_bn": one.earned / BILLION, "text": f"meet in {one.year}"}
        for one in case.path
        if one.year == met
    ]
    horizon = case.year + case.preset.horizon_years
    finding = (
        f"AI revenue meets what must be earned in {met}" if met else f"AI revenue does not meet the need by {horizon}"
    )
    growth, hurdle = case.preset.growth_per_year.value, case.gap_preset.hurdle_per_year.value
    measure = [
        "USD bn a year at the owners' door, every purchase still in its life, for the part of it that is for AI.",
        f"Return of {pct(hurdle)} after tax; revenue grows {pct(growth)} a year; spending kept at {bn(case.capex.central, 1)}.",
    ]
    drawing = lines(
        points,
        x="year",
        line="line",
        amount="usd_bn",
        title="USD bn a year",
        colours={required: NAVY, earned: ORANGE},
        crossings=crossings,
    )
    return chart("need", finding, headed(finding, measure), width=560, height=280, drawing=drawing, foot=foot)


def _doors(case: NeedCase, foot: str) -> Chart:
    """What must be earned and what is, at both doors."""
    required, vintages = case.required, case.required_of_vintages
    owner, end_user = case.gap.results.doors.owner, case.earned_end_user
    bars = [
        ("Owners, all vintages: required", "required", vintages),
        ("Owners, this year's capex: required", "required", _one(required.owner)),
        ("Owners: paid", "earned", owner),
        ("End users, this year's capex: required", "required", _one(required.end_user)),
    ]
    if case.gap.known.end_user:
        bars.append(("End users: pay", "earned", end_user))
    finding = f"Owners must earn {bn(vintages.central)} USD in {case.year} and are paid {bn(owner.central)}"
    measure = "USD bn a year; the line is low to high. Owners and end users are two measurements of one stream."
    points: list[dict[str, str | float]] = []
    for label, kind, ends in bars:
        low, central, high = (float(end) / BILLION for end in ends)
        text = f"{central:,.1f}" if low == high else f"{central:,.1f} ({low:,.1f} to {high:,.1f})"
        points.append({"label": label, "kind": kind, "low": low, "central": central, "high": high, "text": text})
    drawing = ranged_bars(points, title="USD bn a year", colours={"required": NAVY, "earned": ORANGE})
    heading = headed(finding, measure)
    return chart("doors", finding, heading, width=520, height=32 * len(points), drawing=drawing, foot=foot)


def _one(amount: float) -> Range:
    return Range(amount, amount, amount)


def _moves(case: NeedCase, moves: Sequence[NeedSensitivity], foot: str) -> Chart:
    """What the year's capex must earn at both ends of what moves it most."""
    labels, shown = labels_of(case), [one for one in moves if one.swing][:MOST_MOVES]
    points: list[dict[str, str | float]] = [
        {
            "label": capitalised(said(one.assumption, labels)),
            "at_low": one.at_low.owner / BILLION,
            "at_high": one.at_high.owner / BILLION,
            "low_text": f"{ending(one.low, one.unit)}: {one.at_low.owner / BILLION:,.0f}",
            "high_text": f"{ending(one.high, one.unit)}: {one.at_high.owner / BILLION:,.0f}",
        }
        for one in shown
    ]
    most = said(shown[0].assumption, labels) if shown else "nothing"
    finding = f"{capitalised(most)} moves what must be earned most"
    measure = [
        f"Required of this year's capex at the owners' door, USD bn a year; as used {bn(case.required.owner, 1)}.",
        "One at a time, dark at the low end of its range, light at the high end.",
    ]
    drawing = tornado(points, used=case.required.owner / BILLION, title="required in the first year, USD bn")
    heading = headed(finding, measure)
    return chart("moves", finding, heading, width=520, height=30 * max(len(points), 1), drawing=drawing, foot=foot)
