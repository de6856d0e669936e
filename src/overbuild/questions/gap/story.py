"""The gap in sentences and as a picture."""

from __future__ import annotations

from overbuild.answer import Chart
from overbuild.ecosystem.gap.case import GapCase
from overbuild.questions.charts import GREY, NAVY, ORANGE, TEAL, bars, chart
from overbuild.questions.facts_used import dated_inexactly
from overbuild.questions.prose import BILLION, bn, pct


def headline(case: GapCase) -> str:
    """Both sums and the item between them, in one sentence each."""
    sums = case.table
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    return (
        f"{case.year}{day}: spend of {bn(sums.total_spend)} USD against AI revenue of {bn(sums.total_revenue)}: "
        f"a total gap of {bn(sums.total_gap)}. The column of gaps sums to {bn(sums.sum_of_category_gaps)}; "
        f"the difference of {bn(sums.unmatched_cost)} is a cost without revenue of its own, which the total "
        f"counts and the column does not. Revenue covers {pct(sums.coverage, 1)} of spend. "
        f"Spread over the life of the assets the gap is {bn(case.annualised_gap)} a year."
    )


def notes(case: GapCase, article: GapCase | None) -> tuple[str, ...]:
    """What each of the numbers means, in sentences."""
    sums = case.table
    unmatched = ", ".join(row.label.lower() for row in case.rows if row.revenue is None)
    said = [
        f"Total gap {bn(sums.total_gap)}: all revenue less all spend, {unmatched} included. "
        f"Sum of the column {bn(sums.sum_of_category_gaps)}: only categories that have revenue. "
        f"They differ by {bn(sums.unmatched_cost)} ({unmatched}).",
        f"Annualised {bn(case.annualised_gap)}: revenue less the other rows' spend less {bn(case.capital_charge)}, "
        "the charge that this year's capex must earn before tax in its first year to return "
        f"{pct(case.preset.hurdle_per_year.value)} after tax over its life. "
        "The charge on chips is front-loaded because the price of what they rent for falls.",
        "If all of the enterprise software revenue is already inside the spenders' AI revenue, "
        f"the total gap is {bn(case.net_of_overlaps)}.",
    ]
    inexact = dated_inexactly(case.facts)
    if inexact:
        said.append(
            f"{len(inexact)} of the figures used are dated only to the month or year or by inference: "
            f"{', '.join(inexact)}."
        )
    if article is not None:
        now, then = case.capex, article.capex
        said.append(
            f"Since the article the spenders' {case.year} capex went from {bn(then.central)} to {bn(now.central)} "
            f"({now.basis}; {bn(now.low)} to {bn(now.high)}). Revenue, energy and software figures have no newer "
            "source here and stand as the article prints them."
        )
    return tuple(said)


def picture(case: GapCase) -> Chart:
    """Spend, its annual charge and revenue as bars."""
    capex, charge = "Hyperscaler capex", "Capital charge on the capex"
    other, revenue = "Energy and enterprise software", "Revenue"
    spend, cost = "Spend of the year", "Cost of the year, capex as a charge"
    amounts = (
        (spend, capex, case.capex.central),
        (spend, other, case.other_spend),
        (cost, charge, case.capital_charge),
        (cost, other, case.other_spend),
        ("AI revenue", revenue, case.table.total_revenue),
    )
    points = [{"bar": bar, "part": part, "usd_bn": amount / BILLION} for bar, part, amount in amounts]
    day = f", known on {case.view.day}" if case.view.day else ""
    heading = {
        "text": f"AI spend against AI revenue, {case.year}{day}",
        "subtitle": (
            f"Total gap {bn(case.table.total_gap)}; sum of the column "
            f"{bn(case.table.sum_of_category_gaps)}; annualised {bn(case.annualised_gap)} USD"
        ),
    }
    colours = {capex: NAVY, charge: TEAL, other: GREY, revenue: ORANGE}
    drawing = bars(points, bar="bar", part="part", amount="usd_bn", title="USD bn", colours=colours)
    title = f"AI spend against AI revenue, {case.year}"
    return chart("gap", title, heading, width=560, height=170, drawing=drawing)
