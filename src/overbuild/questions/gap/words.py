"""The gap in sentences and as a picture."""

from __future__ import annotations

from overbuild.facts.fact import Fact
from overbuild.questions.answer import Chart
from overbuild.questions.gap.basis import Basis
from overbuild.world.gap_preset import GapPreset

_BN = 1e9


def _bn(amount: float) -> str:
    return f"{amount / _BN:,.0f}bn"


def headline(basis: Basis, year: int) -> str:
    """Both sums and the item between them, in one sentence each."""
    table = basis.table
    day = f" on the facts known on {basis.view.day}" if basis.view.day else ""
    return (
        f"{year}{day}: spend of {_bn(table.total_spend)} USD against AI revenue of {_bn(table.total_revenue)}: "
        f"a total gap of {_bn(table.total_gap)}. The column of gaps sums to {_bn(table.sum_of_category_gaps)}; "
        f"the difference of {_bn(table.unmatched_cost)} is a cost without revenue of its own, which the total "
        f"counts and the column does not. Revenue covers {table.coverage:.1%} of spend. "
        f"Spread over the life of the assets the gap is {_bn(basis.annualised)} a year."
    )


def notes(basis: Basis, article: Basis | None, preset: GapPreset, year: int) -> tuple[str, ...]:
    """What each of the numbers means, in sentences."""
    table = basis.table
    unmatched = ", ".join(row.label.lower() for row in preset.rows if row.revenue is None)
    said = [
        f"Total gap {_bn(table.total_gap)}: all revenue less all spend, {unmatched} included. "
        f"Sum of the column {_bn(table.sum_of_category_gaps)}: only categories that have revenue. "
        f"They differ by {_bn(table.unmatched_cost)} ({unmatched}).",
        f"Annualised {_bn(basis.annualised)}: revenue less the other rows' spend less {_bn(basis.charge)}, "
        "the charge that this year's capex must earn before tax in its first year to return "
        f"{preset.hurdle_per_year.value:.0%} after tax over its life. "
        "The charge on chips is front-loaded because the price of what they rent for falls.",
        "If all of the enterprise software revenue is already inside the spenders' AI revenue, "
        f"the total gap is {_bn(basis.net_of_overlaps)}.",
    ]
    inexact = sorted({fact.key for fact in _every_fact(basis) if fact.known_at_precision != "day"})
    if inexact:
        said.append(
            f"{len(inexact)} of the figures used are dated only to the month or year or by inference: "
            f"{', '.join(inexact)}."
        )
    if article is not None:
        now, then = basis.figures[preset.guidance.row][0], article.figures[preset.guidance.row][0]
        said.append(
            f"Since the article the spenders' {year} capex went from {_bn(then.central)} to {_bn(now.central)} "
            f"({now.basis}; {_bn(now.low)} to {_bn(now.high)}). Revenue, energy and software figures have no newer "
            "source here and stand as the article prints them."
        )
    return tuple(said)


def _every_fact(basis: Basis) -> list[Fact]:
    return [
        fact
        for spend, revenue in basis.figures.values()
        for fact in (*spend.facts, *(revenue.facts if revenue else ()))
    ]


def chart(basis: Basis, preset: GapPreset, year: int) -> Chart:
    """Spend, its annual charge and revenue as bars."""
    capex = basis.figures[preset.guidance.row][0].central
    other = basis.table.total_spend - capex
    bars: list[dict[str, str | float]] = []

    def bar(name: str, part: str, amount: float) -> None:
        bars.append({"bar": name, "part": part, "usd_bn": amount / _BN})

    bar("Spend of the year", "Hyperscaler capex", capex)
    bar("Spend of the year", "Energy and enterprise software", other)
    bar("Cost of the year, capex as a charge", "Capital charge on the capex", basis.charge)
    bar("Cost of the year, capex as a charge", "Energy and enterprise software", other)
    bar("AI revenue", "Revenue", basis.table.total_revenue)
    day = f", known on {basis.view.day}" if basis.view.day else ""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"AI spend against AI revenue, {year}{day}",
            "subtitle": (
                f"Total gap {_bn(basis.table.total_gap)}; sum of the column "
                f"{_bn(basis.table.sum_of_category_gaps)}; annualised {_bn(basis.annualised)} USD"
            ),
            "anchor": "start",
        },
        "width": 560,
        "height": 170,
        "data": {"values": bars},
        "mark": {"type": "bar", "height": 34},
        "encoding": {
            "y": {"field": "bar", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 260}},
            "x": {"field": "usd_bn", "type": "quantitative", "title": "USD bn", "stack": "zero"},
            "color": {
                "field": "part",
                "type": "nominal",
                "title": None,
                "sort": None,
                "scale": {
                    "domain": [
                        "Hyperscaler capex",
                        "Capital charge on the capex",
                        "Energy and enterprise software",
                        "Revenue",
                    ],
                    "range": ["#1f4e79", "#2e8b9a", "#9aa5b1", "#d9822b"],
                },
                "legend": {"orient": "bottom", "columns": 2, "labelLimit": 260},
            },
        },
        "config": {"view": {"stroke": None}, "font": "sans-serif"},
    }
    return Chart("gap", f"AI spend against AI revenue, {year}", spec)
