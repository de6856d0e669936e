"""The gap as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.sensitivity import Sensitivity
from overbuild.questions.charts import GREY, NAVY, ORANGE, TEAL, chart, headed, ranged_bars, source_line, tornado
from overbuild.questions.deciding import ending, said
from overbuild.questions.gap.story import labels_of, span
from overbuild.questions.prose import BILLION, bn, capitalised

MOST_MOVES = 8
"""As many assumptions as the picture of what moves the gap shows."""


def pictures(case: GapCase, moves: Sequence[Sensitivity], facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """What the year costs against what it earns, what moves the gap, and the article's comparison."""
    foot = source_line(facts, case.view.day)
    return (_owners_gap(case, foot), _moves(case, moves, foot), _comparison(case, foot))


def _owners_gap(case: GapCase, foot: str) -> Chart:
    """Every part of the year's cost, their sum, and what both doors are paid, each with its range."""
    year, doors, labels = case.results.annualised, case.results.doors, labels_of(case)
    bars = [(f"Charge: {labels[one.name].lower()}", "part", one.charge) for one in reversed(year.charges)]
    bars += [("Energy of AI sites", "part", case.results.energy), ("Cost of the year", "cost", year.cost)]
    bars.append(("Paid to owners for AI", "owner", doors.owner))
    if doors.end_user is not None:
        bars.append(("Paid by end users for AI", "end_user", doors.end_user))
    finding = f"AI earns its owners {bn(doors.owner.central)} USD in {case.year} and costs them {bn(year.cost.central)}"
    measure = [
        f"USD bn a year, every purchase still in its life; the line is low to high. Gap {span(year.gap)}.",
        "Owners and end users are two measurements of one stream, never added.",
    ]
    drawing = ranged_bars(
        [_point(label, kind, ends) for label, kind, ends in bars],
        title="USD bn a year",
        colours={"part": GREY, "cost": NAVY, "owner": ORANGE, "end_user": TEAL},
    )
    return chart("gap", finding, headed(finding, measure), width=520, height=32 * len(bars), drawing=drawing, foot=foot)


def _moves(case: GapCase, moves: Sequence[Sensitivity], foot: str) -> Chart:
    """The gap at both ends of what moves it most."""
    labels, shown = labels_of(case), [one for one in moves if one.swing][:MOST_MOVES]
    points: list[dict[str, str | float]] = [
        {
            "label": capitalised(said(one.assumption, labels)),
            "at_low": one.gap_at_low / BILLION,
            "at_high": one.gap_at_high / BILLION,
            "low_text": f"{ending(one.low, one.unit)}: {one.gap_at_low / BILLION:,.0f}",
            "high_text": f"{ending(one.high, one.unit)}: {one.gap_at_high / BILLION:,.0f}",
        }
        for one in shown
    ]
    most = said(shown[0].assumption, labels) if shown else "nothing"
    finding = f"{capitalised(most)} moves the gap most"
    measure = [
        f"Annualised gap at the owners' door, {case.year}, USD bn; as used {bn(case.annualised_gap, 1)}.",
        "One at a time, dark at the low end of its range, light at the high end.",
    ]
    drawing = tornado(points, used=case.annualised_gap / BILLION, title="annualised gap, USD bn")
    return chart(
        "moves",
        finding,
        headed(finding, measure),
        width=520,
        height=30 * max(len(points), 1),
        drawing=drawing,
        foot=foot,
    )


def _comparison(case: GapCase, foot: str) -> Chart:
    """Spend and revenue of the year row by row, as the article sets them beside each other."""
    points: list[dict[str, str | float]] = []
    for row in case.rows:
        figures = [("spend", row.spend), *([("revenue", row.revenue)] if row.revenue else [])]
        for kind, one in figures:
            points.append(_point(_side_of(row.label, kind), kind, Range(one.low, one.central, one.high)))
    sums = case.table
    finding = f"Spend of {bn(sums.total_spend)} USD against revenue of {bn(sums.total_revenue)} in {case.year}"
    measure = [
        "USD bn, the article's comparison: purchases that serve for years against the revenue of one.",
        f"All revenue less all spend {bn(sums.total_gap)}; the column of gaps sums to {bn(sums.sum_of_category_gaps)}.",
    ]
    drawing = ranged_bars(points, title="USD bn", colours={"spend": NAVY, "revenue": ORANGE})
    heading = headed(finding, measure)
    return chart("comparison", finding, heading, width=520, height=32 * len(points), drawing=drawing, foot=foot)


def _side_of(label: str, kind: str) -> str:
    """One side of a row: a label that names both sides is parted.

    >>> _side_of("Hyperscaler capex, AI revenue", "revenue"), _side_of("Enterprise AI software", "spend")
    ('AI revenue', 'Enterprise AI software: spend')
    """
    spend, _, revenue = label.partition(", ")
    return f"{label}: {kind}" if not revenue else spend if kind == "spend" else revenue


def _point(label: str, kind: str, ends: Range) -> dict[str, str | float]:
    low, central, high = (float(end) / BILLION for end in ends)
    text = f"{central:,.1f}" if low == high else f"{central:,.1f} ({low:,.1f} to {high:,.1f})"
    return {"label": label, "kind": kind, "low": low, "central": central, "high": high, "text": text}
