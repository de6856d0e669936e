"""The gap as tables."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Row, Table
from overbuild.ecosystem.gap.beside_the_table import (
    capex_reported,
    leases_not_commenced,
    moves_since,
    quarters_reported,
    uses_of_figures,
)
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.sensitivity import sensitivities
from overbuild.facts.fact import Fact
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.prose import pct

_GAP = (
    unprinted("id", lambda one: one.name),
    column("category", "category", fill=lambda one: one.label),
    column("spend", "spend", "USD", lambda one: one.spend.central),
    column("revenue", "revenue", "USD", lambda one: one.revenue and one.revenue.central),
    column("gap", "gap", "USD"),
    column("spend_low", "spend, low", "USD", lambda one: one.spend.low),
    column("spend_high", "spend, high", "USD", lambda one: one.spend.high),
    column("revenue_low", "revenue, low", "USD", lambda one: one.revenue and one.revenue.low),
    unprinted("revenue_high", lambda one: one.revenue and one.revenue.high),
    unprinted("basis", lambda one: one.spend.basis),
)
_SUMS = (unprinted("id"), column("item", "item"), column("amount", "amount", "USD"))
_SENSITIVITY = (
    column("assumption", "assumption"),
    column("low", "low", "ratio"),
    column("value", "used", "ratio"),
    column("high", "high", "ratio"),
    column("gap_at_low", "annualised gap at low", "USD"),
    column("gap_at_high", "at high", "USD"),
)
_ACTUALS = (
    column("company", "company", fill=lambda one: one.entity),
    column("period", "period"),
    column("capex", "cash capex", "USD", lambda one: one.value_in_base_unit),
    column("known_at", "known at"),
    unprinted("precision", lambda one: one.known_at_precision),
    column("source", "source"),
)
_SOURCES = (
    column("row", "row"),
    column("column", "column"),
    column("fact", "fact", fill=lambda one: f"{one.fact.entity} {one.fact.metric}"),
    column("amount", "amount", "USD", lambda one: one.fact.value_in_base_unit),
    column("kind", "kind", fill=lambda one: one.fact.kind),
    column("known_at", "known at", fill=lambda one: one.fact.known_at),
    column("use", "use"),
    column("source", "source", fill=lambda one: one.fact.source),
)
_LEASES = (
    column("company", "company", fill=lambda one: one.entity),
    column("at", "at", fill=lambda one: one.period),
    column("amount", "not yet started", "USD", lambda one: one.value_in_base_unit),
    column("known_at", "known at"),
    column("class", "class", fill=lambda one: one.source_class),
    column("source", "source"),
)


def tables(case: GapCase, article: GapCase | None) -> tuple[Table, ...]:
    """All tables of the answer; `article` is the case of the day the table was printed, if that is earlier."""
    return (
        _main(case),
        _two_sums(case),
        _annualised(case),
        _sensitivity(case),
        *_moved(case, article),
        *_reported(case),
        table("sources", "Where the figures come from", _SOURCES, uses_of_figures(case)),
        _overlaps(case),
        *_leases(leases_not_commenced(case)),
    )


def _main(case: GapCase) -> Table:
    """The article's shape: one row a category, then the total and the sum of the column."""
    sums = case.table
    total: tuple[Row, ...] = (
        {
            "id": "total",
            "category": "Total (revenue less spend)",
            "spend": sums.total_spend,
            "revenue": sums.total_revenue,
            "gap": sums.total_gap,
        },
        {"id": "sum_of_category_gaps", "category": "Sum of the gap column", "gap": sums.sum_of_category_gaps},
    )
    note = "- where there is no such number; equal low and high: one source"
    return table("gap", f"Spend and AI revenue, {case.year}", _GAP, case.rows, total=total, note=note)


def _two_sums(case: GapCase) -> Table:
    """Why the total and the column differ."""
    sums, net = case.table, case.net_of_overlaps
    return itemised(
        "two_sums",
        "The two sums, reconciled",
        _SUMS,
        (
            ("sum_of_category_gaps", "Sum of the gap column", sums.sum_of_category_gaps),
            ("unmatched_cost", "less cost without revenue of its own", -sums.unmatched_cost),
            ("total_gap", "Total gap", sums.total_gap),
            ("net_of_overlaps.total_gap", "Total gap, revenue that may be counted twice removed", net),
            ("annualised_gap", "Annualised: capex replaced by its charge", case.annualised_gap),
        ),
    )


def _annualised(case: GapCase) -> Table:
    """What the year's capex must earn in its first year, by asset class."""
    plans = {plan.name: plan for plan in case.preset.asset_classes}
    columns = (
        unprinted("id", lambda one: f"capital_charge.{one.name}"),
        column("asset", "asset class", fill=lambda one: plans[one.name].label),
        column("cost", "cost", "USD"),
        column("life_years", "life", "years", lambda one: plans[one.name].life_years.value),
        column("residual_share", "residual", "decimal", lambda one: plans[one.name].residual_share.value),
        column(
            "price_decline",
            "price decline",
            "decimal_per_year",
            lambda one: plans[one.name].price_decline_per_year.value,
        ),
        column("charge", "charge, year 1", "USD"),
    )
    total: Row = {"id": "capital_charge", "asset": "Total", "cost": case.capex.central, "charge": case.capital_charge}
    title = "What this year's capex must earn before tax in its first year"
    return table("annualised", title, columns, case.charges, total=(total,))


def _sensitivity(case: GapCase) -> Table:
    """The annualised gap at the low and high end of each assumption, one at a time."""
    note = "one assumption at a time, the others as used"
    return table("sensitivity", "What moves the annualised gap", _SENSITIVITY, sensitivities(case), note=note)


def _moved(case: GapCase, article: GapCase | None) -> tuple[Table, ...]:
    """How far the figures moved since the article; nothing when the answer is as of its day."""
    if article is None:
        return ()
    labels = {f"{row.name}.{part}": f"{row.label}: {part}" for row in case.rows for part in ("spend", "revenue")}
    labels |= {
        "total_gap": "Total gap",
        "sum_of_category_gaps": "Sum of the gap column",
        "annualised_gap": "Annualised gap",
    }
    columns = (
        unprinted("id"),
        column("item", "item", fill=lambda one: labels[one.id]),
        column("article", f"known {article.view.day}", "USD", lambda one: one.then),
        column("now", "now", "USD"),
        column("change", "change", "USD"),
    )
    note = "a row that did not move has no newer figure in the tables, which is not the same as no change"
    moves = moves_since(article, case)
    return (table("moved", "How far the world moved since the article", columns, moves, note=note),)


def _reported(case: GapCase) -> tuple[Table, ...]:
    """Quarters of the year already reported, company by company."""
    reported = sorted(capex_reported(case), key=lambda fact: (fact.period, fact.entity))
    sums: list[Row] = [
        {
            "company": f"Sum ({pct(quarter.share_of_year)} of the year's spend)",
            "period": quarter.period,
            "capex": quarter.capex,
        }
        for quarter in quarters_reported(case)
    ]
    note = "cash purchases; finance leases come on top"
    found = table("actuals", "Capex already reported this year", _ACTUALS, reported, total=sums, note=note)
    return (found,) if reported else ()


def _overlaps(case: GapCase) -> Table:
    """The rows that may be counted twice."""
    columns = (
        column("row", "row"),
        column("column", "column"),
        column("may_be_inside", "may be inside", fill=lambda one: one.included_in),
        column("amount", "amount", "USD", lambda one: case.amount(one.row, one.column)),
        column("removed_share", "removed for the net total", "decimal", lambda one: one.share.value),
        column("why", "why", fill=lambda one: one.share.reason),
    )
    return table("overlaps", "What may be counted twice", columns, case.preset.overlaps)


def _leases(leases: Sequence[Fact]) -> tuple[Table, ...]:
    """Leases signed and not yet started: an obligation that no column of the table holds."""
    note = "off balance sheet until they start, paid over up to 20 or 30 years; dates differ, so the rows are not added"
    title = "The obligation the table misses: leases signed and not started"
    return (table("leases", title, _LEASES, leases, note=note),) if leases else ()
