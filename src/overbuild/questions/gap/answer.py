"""How big is the gap between AI spend and AI revenue, on the facts known on a day?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.ecosystem import gap as table_of
from overbuild.ecosystem.gap import GapTable
from overbuild.errors import FactError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.store import known_on
from overbuild.questions.answer import Answer, Assumption, Cell, Headline
from overbuild.questions.facts import used
from overbuild.questions.gap import tables, words
from overbuild.questions.gap.basis import Basis, categories, measure
from overbuild.questions.gap.figures import (
    leases_not_commenced,
    quarters_spent,
    run_rates,
)
from overbuild.world.gap_preset import Assumed, GapPreset, gap_preset

LIMITS = (
    "Capex buys assets that serve several years and revenue is the flow of one year: the gap is a shortfall of "
    "cash, not a loss. The annualised version is the fairer comparison; it charges this year's purchases only, "
    "not those of earlier years.",
    "AI revenue is not a reported line of any of the four spenders. The 200bn and 80bn are the article's "
    "round figures; run rates that a spender states itself are undefined, cover only some of them and may overlap.",
    "Capex is not all for AI, and the companies define it differently: some count finance leases or the principal "
    "paid on them, others only cash purchases.",
    "Hurdle, lives, shares by asset class, tax and price decline were set by the authors in November 2026. "
    "A question asked as of an earlier day sees no later fact, but it does see these.",
)


def gap(*, year: int | None = None, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """The table of spend and revenue for a year with both of its sums, and the annualised version beside it.

    `as_of` (YYYY-MM-DD) hides every fact known later; `workspace` adds the user's own facts. All money in USD.
    Raises FactError `no_fact` when a row has no figure for the year or the day, `bad_period` for a bad day;
    WithheldError when the two sums and the reconciling item do not agree.
    Source: [creati-2026-reckoning] for the table; the reconciling item and the capital charge are ours.
    """
    preset = gap_preset()
    year = preset.year if year is None else year
    view = known_on(as_of, workspace)
    basis = measure(view, preset, year)
    article = _article(view, preset, year)
    return _answer(basis, article, preset, year)


def _article(view: View, preset: GapPreset, year: int) -> Basis | None:
    """The same table on the day the article appeared, if that day is before the view's."""
    printed = view.ledger.about(*preset.printed_total_gap)
    day = min((fact.known_at for fact in printed if fact.period == str(year)), default=None)
    if day is None or (view.day is not None and view.day <= day):
        return None
    try:
        return measure(view.ledger.as_of(day), preset, year)
    except FactError:
        return None


def _answer(basis: Basis, article: Basis | None, preset: GapPreset, year: int) -> Answer:
    view, table = basis.view, basis.table
    spent = quarters_spent(view, preset, year)
    leases = leases_not_commenced(view, preset)
    widest = _widest(preset, basis)
    values, status = _values(basis, widest, preset, spent, leases)
    shown = (
        tables.main_table(basis, preset, year),
        tables.two_sums(basis),
        tables.annualised_table(basis, preset),
        tables.sensitivity_table(preset, basis),
        *tables.moved_table(basis, article, preset),
        *tables.spent_table(spent, basis, preset),
        tables.views_table(basis, preset, year),
        tables.overlap_table(basis, preset),
        *tables.lease_table(leases),
    )
    return Answer(
        question="gap",
        headline=Headline("total_gap", table.total_gap, "USD", words.headline(basis, year)),
        values=values,
        status=status,
        tables=shown,
        facts=used(
            [
                *_facts_of(basis),
                *spent,
                *leases,
                *tables.views_facts(basis, preset, year),
                *(_facts_of(article) if article else ()),
            ]
        ),
        assumptions=_assumptions(preset),
        limits=LIMITS,
        as_of=view.day,
        notes=words.notes(basis, article, preset, year),
        charts=(words.chart(basis, preset, year),),
    )


def _widest(preset: GapPreset, basis: Basis) -> tuple[GapTable, GapTable]:
    """The table at its worst (high spend, low revenue) and at its best."""
    worst = table_of.gap_table(*categories(preset, basis.figures, "high", "low"))
    best = table_of.gap_table(*categories(preset, basis.figures, "low", "high"))
    return worst, best


def _values(
    basis: Basis, widest: tuple[GapTable, GapTable], preset: GapPreset, spent: Sequence[Fact], leases: Sequence[Fact]
) -> tuple[dict[str, Cell], dict[str, str]]:
    values: dict[str, Cell] = {}
    status: dict[str, str] = {}
    gaps = iter(basis.table.category_gaps)
    for row in preset.rows:
        spend, revenue = basis.figures[row.name]
        values[f"{row.name}.spend"] = spend.central
        values[f"{row.name}.spend_low"], values[f"{row.name}.spend_high"] = spend.low, spend.high
        values[f"{row.name}.revenue"] = revenue.central if revenue else None
        values[f"{row.name}.gap"] = next(gaps) if revenue else None
        if revenue is None:
            status[f"{row.name}.revenue"] = "a cost without revenue of its own"
            status[f"{row.name}.gap"] = "a cost without revenue of its own has no gap; it is the unmatched cost"
        else:
            values[f"{row.name}.revenue_low"], values[f"{row.name}.revenue_high"] = revenue.low, revenue.high
    table, (worst, best) = basis.table, widest
    values |= {
        "total_spend": table.total_spend,
        "total_revenue": table.total_revenue,
        "total_gap": table.total_gap,
        "total_gap_low": worst.total_gap,
        "total_gap_high": best.total_gap,
        "sum_of_category_gaps": table.sum_of_category_gaps,
        "unmatched_cost": table.unmatched_cost,
        "coverage": table.coverage if table.total_spend > 0 else None,
        "net_of_overlaps.total_gap": basis.net_of_overlaps,
        "capital_charge": basis.charge,
        "annualised_gap": basis.annualised,
    }
    if table.total_spend <= 0:
        status["coverage"] = "nothing was spent"
    values |= {f"capital_charge.{one.name}": one.charge for one in basis.charges}
    values |= tables.spent_values(spent, preset)
    group = [fact for fact in leases if fact.entity == preset.lease_group.entity]
    values["leases_not_commenced"] = group[-1].value_in_base_unit if group else None
    if not group:
        status["leases_not_commenced"] = "no sum over the companies was known; the table lists those that were"
    disclosed = run_rates(basis.view, preset, preset.year)
    if not disclosed:
        status[f"{preset.disclosed_run_rates.row}.revenue_low"] = "no run rate was known; one source, no range"
    return values, status


def _facts_of(basis: Basis) -> list[Fact]:
    facts: list[Fact] = []
    for spend, revenue in basis.figures.values():
        facts += [*spend.facts, *(revenue.facts if revenue else ())]
    return facts


def _assumptions(preset: GapPreset) -> tuple[Assumption, ...]:
    named: list[tuple[str, Assumed]] = [("hurdle_per_year", preset.hurdle_per_year), ("tax_rate", preset.tax_rate)]
    tax: list[Assumption] = []
    for asset in preset.asset_classes:
        named += [
            (f"{asset.name}.share", asset.share),
            (f"{asset.name}.life_years", asset.life_years),
            (f"{asset.name}.residual_share", asset.residual_share),
            (f"{asset.name}.price_decline_per_year", asset.price_decline_per_year),
        ]
        years = float(asset.tax_straight_line_years)
        tax.append(
            Assumption(
                f"{asset.name}.tax_straight_line_years",
                years,
                "years",
                None,
                None,
                asset.share.author,
                asset.tax_reason,
            )
        )
    return (*(Assumption(name, a.value, a.unit, a.low, a.high, a.author, a.reason) for name, a in named), *tax)
