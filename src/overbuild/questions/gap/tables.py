"""The gap as tables, sentences and a picture."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.ecosystem.gap_year import gap_of_year
from overbuild.facts.fact import Fact
from overbuild.questions.answer import Cell, Column, Row, Table
from overbuild.questions.gap.basis import Basis, terms_of
from overbuild.questions.gap.figures import run_rates, year_fact
from overbuild.world.gap_preset import GapPreset


def main_table(basis: Basis, preset: GapPreset, year: int) -> Table:
    """The article's shape: one row a category, then the total and the sum of the column."""
    gaps = iter(basis.table.category_gaps)
    rows: list[Row] = []
    for row in preset.rows:
        spend, revenue = basis.figures[row.name]
        rows.append(
            {
                "id": row.name,
                "category": row.label,
                "spend": spend.central,
                "revenue": revenue.central if revenue else None,
                "gap": next(gaps) if revenue else None,
                "spend_low": spend.low,
                "spend_high": spend.high,
                "revenue_low": revenue.low if revenue else None,
                "revenue_high": revenue.high if revenue else None,
                "basis": spend.basis,
            }
        )
    table = basis.table
    rows.append(
        {
            "id": "total",
            "category": "Total (revenue less spend)",
            "spend": table.total_spend,
            "revenue": table.total_revenue,
            "gap": table.total_gap,
        }
    )
    rows.append({"id": "sum_of_category_gaps", "category": "Sum of the gap column", "gap": table.sum_of_category_gaps})
    columns = (
        Column("category", "category"),
        Column("spend", "spend", "USD"),
        Column("revenue", "revenue", "USD"),
        Column("gap", "gap", "USD"),
        Column("spend_low", "spend, low", "USD"),
        Column("spend_high", "spend, high", "USD"),
        Column("revenue_low", "revenue, low", "USD"),
    )
    return Table(
        "gap",
        f"Spend and AI revenue, {year}",
        columns,
        tuple(rows),
        "- where there is no such number; equal low and high: one source",
    )


def two_sums(basis: Basis) -> Table:
    """Why the total and the column differ."""
    table = basis.table
    rows: tuple[Row, ...] = (
        {"id": "sum_of_category_gaps", "item": "Sum of the gap column", "amount": table.sum_of_category_gaps},
        {"id": "unmatched_cost", "item": "less cost without revenue of its own", "amount": -table.unmatched_cost},
        {"id": "total_gap", "item": "Total gap", "amount": table.total_gap},
        {
            "id": "net_of_overlaps.total_gap",
            "item": "Total gap, revenue that may be counted twice removed",
            "amount": basis.net_of_overlaps,
        },
        {"id": "annualised_gap", "item": "Annualised: capex replaced by its charge", "amount": basis.annualised},
    )
    return Table(
        "two_sums", "The two sums, reconciled", (Column("item", "item"), Column("amount", "amount", "USD")), rows
    )


def annualised_table(basis: Basis, preset: GapPreset) -> Table:
    """What the year's capex must earn in its first year, by asset class."""
    plans = {plan.name: plan for plan in preset.asset_classes}
    rows: list[Row] = [
        {
            "id": f"capital_charge.{one.name}",
            "asset": plans[one.name].label,
            "cost": one.cost,
            "life_years": plans[one.name].life_years.value,
            "residual_share": plans[one.name].residual_share.value,
            "price_decline": plans[one.name].price_decline_per_year.value,
            "charge": one.charge,
        }
        for one in basis.charges
    ]
    capex = basis.figures[preset.guidance.row][0].central
    rows.append({"id": "capital_charge", "asset": "Total", "cost": capex, "charge": basis.charge})
    columns = (
        Column("asset", "asset class"),
        Column("cost", "cost", "USD"),
        Column("life_years", "life", "years"),
        Column("residual_share", "residual", "decimal"),
        Column("price_decline", "price decline", "decimal_per_year"),
        Column("charge", "charge, year 1", "USD"),
    )
    return Table("annualised", "What this year's capex must earn before tax in its first year", columns, tuple(rows))


def sensitivity_table(preset: GapPreset, basis: Basis) -> Table:
    """The annualised gap at the low and high end of each assumption, one at a time."""

    def at(changed: GapPreset) -> float:
        shape, terms = terms_of(changed, basis.figures)
        return gap_of_year(shape, terms).annualised_gap

    rows: list[Row] = []
    for name in ("hurdle_per_year", "tax_rate"):
        assumed = getattr(preset, name)
        low, high = (preset._replace(**{name: assumed._replace(value=end)}) for end in (assumed.low, assumed.high))
        rows.append(
            {
                "assumption": name,
                "low": assumed.low,
                "value": assumed.value,
                "high": assumed.high,
                "gap_at_low": at(low),
                "gap_at_high": at(high),
            }
        )
    for position, plan in enumerate(preset.asset_classes):
        for name in ("life_years", "residual_share", "price_decline_per_year"):
            assumed = getattr(plan, name)
            if assumed.low is None or assumed.high is None:
                continue
            ends: list[float] = []
            for end in (assumed.low, assumed.high):
                plans = list(preset.asset_classes)
                plans[position] = plan._replace(**{name: assumed._replace(value=end)})
                ends.append(at(preset._replace(asset_classes=tuple(plans))))
            rows.append(
                {
                    "assumption": f"{plan.name}.{name}",
                    "low": assumed.low,
                    "value": assumed.value,
                    "high": assumed.high,
                    "gap_at_low": ends[0],
                    "gap_at_high": ends[1],
                }
            )
    columns = (
        Column("assumption", "assumption"),
        Column("low", "low", "ratio"),
        Column("value", "used", "ratio"),
        Column("high", "high", "ratio"),
        Column("gap_at_low", "annualised gap at low", "USD"),
        Column("gap_at_high", "at high", "USD"),
    )
    return Table(
        "sensitivity",
        "What moves the annualised gap",
        columns,
        tuple(rows),
        "one assumption at a time, the others as used",
    )


def moved_table(basis: Basis, article: Basis | None, preset: GapPreset) -> tuple[Table, ...]:
    """How far the figures moved since the article; nothing when the answer is as of its day."""
    if article is None:
        return ()
    rows: list[Row] = []

    def add(name: str, item: str, then: float | None, now: float | None) -> None:
        change = None if then is None or now is None else now - then
        rows.append({"id": name, "item": item, "article": then, "now": now, "change": change})

    for row in preset.rows:
        for column, position in (("spend", 0), ("revenue", 1)):
            then, now = article.figures[row.name][position], basis.figures[row.name][position]
            if then is not None and now is not None:
                add(f"{row.name}.{column}", f"{row.label}: {column}", then.central, now.central)
    add("total_gap", "Total gap", article.table.total_gap, basis.table.total_gap)
    add(
        "sum_of_category_gaps",
        "Sum of the gap column",
        article.table.sum_of_category_gaps,
        basis.table.sum_of_category_gaps,
    )
    add("annualised_gap", "Annualised gap", article.annualised, basis.annualised)
    columns = (
        Column("item", "item"),
        Column("article", f"known {article.view.day}", "USD"),
        Column("now", "now", "USD"),
        Column("change", "change", "USD"),
    )
    note = "a row that did not move has no newer figure in the tables, which is not the same as no change"
    return (Table("moved", "How far the world moved since the article", columns, tuple(rows), note),)


def spent_values(spent: Sequence[Fact], preset: GapPreset) -> dict[str, Cell]:
    """Reported capex by quarter, for quarters that all spenders have reported."""
    values: dict[str, Cell] = {}
    for period in sorted({fact.period for fact in spent}):
        of_period = [fact for fact in spent if fact.period == period]
        if len(of_period) == len(preset.actuals):
            values[f"actual_capex.{period}"] = sum(fact.value_in_base_unit or 0.0 for fact in of_period)
    return values


def spent_table(spent: Sequence[Fact], basis: Basis, preset: GapPreset) -> tuple[Table, ...]:
    """Quarters of the year already reported, company by company."""
    if not spent:
        return ()
    rows: list[Row] = [
        {
            "company": f.entity,
            "period": f.period,
            "capex": f.value_in_base_unit,
            "known_at": f.known_at,
            "precision": f.known_at_precision,
            "source": f.source,
        }
        for f in sorted(spent, key=lambda fact: (fact.period, fact.entity))
    ]
    capex = basis.figures[preset.guidance.row][0].central
    for name, value in spent_values(spent, preset).items():
        share = float(value or 0.0) / capex
        rows.append(
            {"company": f"Sum ({share:.0%} of the year's spend)", "period": name.rpartition(".")[2], "capex": value}
        )
    columns = (
        Column("company", "company"),
        Column("period", "period"),
        Column("capex", "cash capex", "USD"),
        Column("known_at", "known at"),
        Column("source", "source"),
    )
    return (
        Table(
            "actuals",
            "Capex already reported this year",
            columns,
            tuple(rows),
            "cash purchases; finance leases come on top",
        ),
    )


def views_facts(basis: Basis, preset: GapPreset, year: int) -> list[Fact]:
    """The facts shown beside those in force."""
    found = [year_fact(basis.view, view.subject, year) for view in preset.other_views]
    return [fact for fact in found if fact is not None]


def views_table(basis: Basis, preset: GapPreset, year: int) -> Table:
    """Every source for the rows: the figures used, and those that stand beside them."""
    rows: list[Row] = []

    def add(row: str, column: str, fact: Fact, use: str) -> None:
        rows.append(
            {
                "row": row,
                "column": column,
                "fact": f"{fact.entity} {fact.metric}",
                "amount": fact.value_in_base_unit,
                "kind": fact.kind,
                "known_at": fact.known_at,
                "use": use,
                "source": fact.source,
            }
        )

    for row in preset.rows:
        spend, revenue = basis.figures[row.name]
        for fact in spend.facts:
            add(row.name, "spend", fact, "used")
        stated = {fact.key for fact in run_rates(basis.view, preset, year)}
        for fact in revenue.facts if revenue else ():
            add(row.name, "revenue", fact, "floor" if fact.key in stated else "used")
        replaced = year_fact(basis.view, row.spend, year)
        if replaced is not None and replaced not in spend.facts:
            add(row.name, "spend", replaced, "replaced by guidance")
    for view in preset.other_views:
        fact = year_fact(basis.view, view.subject, year)
        if fact is not None:
            add(view.row, view.column, fact, view.says)
    columns = (
        Column("row", "row"),
        Column("column", "column"),
        Column("fact", "fact"),
        Column("amount", "amount", "USD"),
        Column("kind", "kind"),
        Column("known_at", "known at"),
        Column("use", "use"),
        Column("source", "source"),
    )
    return Table("sources", "Where the figures come from", columns, tuple(rows))


def overlap_table(basis: Basis, preset: GapPreset) -> Table:
    """The rows that may be counted twice."""
    rows: list[Row] = []
    for one in preset.overlaps:
        spend, revenue = basis.figures[one.row]
        figure = spend if one.column == "spend" else revenue
        rows.append(
            {
                "row": one.row,
                "column": one.column,
                "may_be_inside": one.included_in,
                "amount": figure.central if figure else None,
                "removed_share": one.share,
                "why": one.reason,
            }
        )
    columns = (
        Column("row", "row"),
        Column("column", "column"),
        Column("may_be_inside", "may be inside"),
        Column("amount", "amount", "USD"),
        Column("removed_share", "removed for the net total", "decimal"),
        Column("why", "why"),
    )
    return Table("overlaps", "What may be counted twice", columns, tuple(rows))


def lease_table(leases: Sequence[Fact]) -> tuple[Table, ...]:
    """Leases signed and not yet started: an obligation that no column of the table holds."""
    if not leases:
        return ()
    rows = tuple(
        {
            "company": fact.entity,
            "at": fact.period,
            "amount": fact.value_in_base_unit,
            "known_at": fact.known_at,
            "class": fact.source_class,
            "source": fact.source,
        }
        for fact in leases
    )
    columns = (
        Column("company", "company"),
        Column("at", "at"),
        Column("amount", "not yet started", "USD"),
        Column("known_at", "known at"),
        Column("class", "class"),
        Column("source", "source"),
    )
    note = "off balance sheet until they start, paid over up to 20 or 30 years; dates differ, so the rows are not added"
    return (Table("leases", "The obligation the table misses: leases signed and not started", columns, rows, note),)
