"""The gap as tables."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Row, Table
from overbuild.ecosystem.gap.beside_the_table import (
    capex_reported,
    leases_not_commenced,
    moves_since,
    overlap_of_doors,
    parts_of_doors,
    plans_on_one_definition,
    purchases,
    quarters_reported,
    uses_of_figures,
)
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.sensitivity import Sensitivity
from overbuild.facts.fact import Fact
from overbuild.questions.columns import column, itemised, range_columns, table, unprinted
from overbuild.questions.deciding import said, three
from overbuild.questions.gap.story import labels_of, why_of
from overbuild.questions.prose import capitalised, pct, spelled

_GAP = (
    unprinted("id", lambda one: one.name),
    column("category", "category", fill=lambda one: one.label),
    column("spend", "spend", "USD", lambda one: one.spend.central),
    column("revenue", "revenue", "USD", lambda one: one.revenue and one.revenue.central),
    column("gap", "gap", "USD"),
    column("spend_low", "spend, low", "USD", lambda one: one.spend.low),
    column("spend_high", "spend, high", "USD", lambda one: one.spend.high),
    column("revenue_low", "revenue, low", "USD", lambda one: one.revenue and one.revenue.low),
    column("revenue_high", "revenue, high", "USD", lambda one: one.revenue and one.revenue.high),
    column("basis", "spend rests on", fill=lambda one: one.spend.basis),
    column("revenue_basis", "revenue rests on", fill=lambda one: one.revenue.basis if one.revenue else None),
)
_SUMS = (unprinted("id"), column("item", "item"), column("amount", "amount", "USD"))
_ACTUALS = (
    column("company", "company", fill=lambda one: one.entity),
    column("period", "period"),
    column("capex", "cash capex", "USD", lambda one: one.value_in_base_unit),
    column("known_at", "known at"),
    column("source", "source"),
)
_SOURCES = (
    column("row", "row"),
    column("column", "column"),
    column("fact", "fact", fill=lambda one: f"{one.fact.entity} {one.fact.metric}"),
    column("figure", "figure", fill=lambda one: one.fact.value_text or f"{one.fact.value:.12g} {one.fact.unit}"),
    unprinted("amount", lambda one: one.fact.value_in_base_unit),
    unprinted("unit", lambda one: one.fact.base_unit),
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
    column("source", "source"),
)
_RANGE = (
    unprinted("id", lambda one: one[0]),
    column("item", "item", fill=lambda one: one[1]),
    *range_columns("USD", lambda one: one[2]),
)
_DERIVED = (
    column("door", "door", fill=lambda one: one.door),
    column("part", "of whom", fill=lambda one: one.part.label),
    *range_columns("USD", lambda one: one.ends),
    column("rests_on", "rests on", fill=lambda one: one.part.way.rests_on),
    column("why", "why", fill=lambda one: one.part.way.reason),
    unprinted("facts", lambda one: "; ".join(fact.key for fact in one.part.facts)),
)
_EVIDENCE = (
    column("figure", "figure", fill=lambda one: one.row.label),
    column("printed", "printed", "USD"),
    *range_columns("USD", lambda one: one.evidence, "evidence, "),
    unprinted("verdict"),
    column("said", "verdict", fill=lambda one: spelled(one.verdict)),
    column("why", "why", fill=why_of),
    unprinted("id", lambda one: one.row.name),
)
_VINTAGES = (
    column("year", "bought in", fill=lambda one: str(one.year)),
    column("spender", "spender", fill=lambda one: one.spender),
    column("capex", "capex", "USD", lambda one: one.capex),
    *range_columns("decimal", lambda one: one.ai_share, "AI share, "),
    column("basis", "rests on", fill=lambda one: one.basis),
)
_PLANS = (
    column("company", "company", fill=lambda one: one.name),
    column("own", "in its own words", "USD"),
    column("cash", "cash", "USD"),
    column("with_finance_leases", "with finance leases", "USD"),
    column("why_cash", "cash", fill=lambda one: one.why_cash),
    column("why_leases", "with finance leases", fill=lambda one: one.why_leases),
)


def tables(case: GapCase, article: GapCase | None, moves: Sequence[Sensitivity]) -> tuple[Table, ...]:
    """All tables of the answer; `article` is the case of the day the table was printed, if that is earlier."""
    return (
        _owners_gap(case),
        _doors(case),
        table("article_evidence", "The article's figures against the evidence", _EVIDENCE, case.evidence),
        _main(case),
        _two_sums(case),
        _sensitivity(case, moves),
        _vintages(case),
        _annualised(case),
        *_plans(case),
        *_moved(case, article),
        *_reported(case),
        table("sources", "Where the figures come from", _SOURCES, uses_of_figures(case)),
        _overlaps(case),
        *_leases(leases_not_commenced(case)),
    )


def _owners_gap(case: GapCase) -> Table:
    """Revenue at the owners' door, what the year costs over all vintages, and the gap."""
    year, doors, energy = case.results.annualised, case.results.doors, case.results.energy
    labels = {plan.name: plan.label for plan in case.preset.asset_classes}
    rows = [
        ("ai_revenue.owner", "Paid to the spenders for AI", doors.owner),
        *((f"charge_of_vintages.{one.name}", f"less charge: {labels[one.name]}", one.charge) for one in year.charges),
        ("energy_of_ai_sites", "less energy of AI sites", energy),
        ("annualised_cost", "Cost of the year", year.cost),
        ("annualised_gap", "Annualised gap at the owners' door", year.gap),
    ]
    note = "ends of the gap: low revenue against high cost, and the reverse"
    return table("owners_gap", f"What AI earns its owners and costs them, {case.year}", _RANGE, rows, note=note)


def _doors(case: GapCase) -> Table:
    """Both doors, each on lines of its own, and the figure known to stand in both."""
    total: list[Row] = [
        {"door": door, "part": "In all", "low": ends.low, "central": ends.central, "high": ends.high}
        for door, ends in (
            ("owners are paid", case.results.doors.owner),
            ("end users pay", case.results.doors.end_user),
        )
        if ends is not None
    ]
    overlap = overlap_of_doors(case)
    if overlap is not None:
        says = case.preset.overlap_of_doors.says
        total.append(
            {"door": "in both", "part": says, "central": overlap.value_in_base_unit, "rests_on": overlap.source}
        )
    note = "two measurements of one stream, never added; what labs pay clouds stands in both"
    return table("doors", "AI revenue by door", _DERIVED, parts_of_doors(case), total=total, note=note)


def _vintages(case: GapCase) -> Table:
    """What was bought in each year that is still in its life, by spender, and the share of it that is for AI."""
    title = "Purchases still in their life, and how much of them is for AI"
    return table("vintages", title, _VINTAGES, purchases(case))


def _plans(case: GapCase) -> tuple[Table, ...]:
    """Each spender's plan in its own words and on common definitions."""
    plans = plans_on_one_definition(case)
    found = case.results
    total: Row = {
        "company": "Sum",
        "own": case.capex.central,
        "cash": found.cash and found.cash.central,
        "with_finance_leases": found.with_finance_leases and found.with_finance_leases.central,
    }
    title = f"The plans for {case.year} by each company's definition and on one"
    return (table("definitions", title, _PLANS, plans, total=(total,)),) if plans else ()


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
            ("annualised_gap", "Annualised at the owners' door, all vintages alive", case.annualised_gap),
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
            "decline", "price decline", "decimal_per_year", lambda one: plans[one.name].price_decline_per_year.value
        ),
        column("charge", "charge, year 1", "USD"),
    )
    total: Row = {"id": "capital_charge", "asset": "Total", "cost": case.capex.central, "charge": case.capital_charge}
    title = "What this year's capex must earn before tax in its first year"
    return table("annualised", title, columns, case.charges, total=(total,))


def _sensitivity(case: GapCase, moves: Sequence[Sensitivity]) -> Table:
    """The annualised gap at the low and high end of each assumption, one at a time."""
    columns = (
        unprinted("assumption"),
        column("said", "assumption", fill=lambda one: capitalised(said(one.assumption, labels_of(case)))),
        *(unprinted(name) for name in ("unit", "low", "value", "high")),
        column("range", "low, used, high", fill=lambda one: three(one.low, one.value, one.high, one.unit)),
        column("gap_at_low", "annualised gap at low", "USD"),
        column("gap_at_high", "at high", "USD"),
    )
    note = "one at a time, the others as used; the largest first"
    return table("sensitivity", "What moves the annualised gap", columns, moves, note=note)


def _moved(case: GapCase, article: GapCase | None) -> tuple[Table, ...]:
    """How far the figures moved since the article; nothing when the answer is as of its day."""
    if article is None:
        return ()
    labels = {f"{row.name}.{part}": f"{row.label}: {part}" for row in case.rows for part in ("spend", "revenue")}
    columns = (
        unprinted("id"),
        column("item", "item", fill=lambda one: labels.get(one.id, one.id.replace("_", " ").capitalize())),
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
            "company": f"All four in {quarter.period} ({pct(quarter.share_of_year)} of the year's spend)",
            "period": quarter.period,
            "capex": quarter.capex,
        }
        for quarter in quarters_reported(case)
    ]
    note = "cash purchases; finance leases come on top; a quarter is summed once all four have reported it"
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
