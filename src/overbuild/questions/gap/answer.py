"""How big is the gap between AI spend and AI revenue, on the facts known on a day?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.ecosystem.gap.beside_the_table import (
    capex_reported,
    leases_not_commenced,
    other_views,
    quarters_reported,
)
from overbuild.ecosystem.gap.case import GapCase, case_when_printed, gap_case, range_of_total_gap
from overbuild.ecosystem.gap.figures import run_rates
from overbuild.ecosystem.gap.preset import assumptions_of, gap_preset, tax_years_of
from overbuild.facts.store import known_on
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.facts_used import used
from overbuild.questions.gap import story
from overbuild.questions.gap.tables import tables

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
    Source: [creati-2026-reckoning] for the table; the reconciling item is our identity, the annualised version our
    simplification: the charge of the year's purchases stands for that of all vintages.
    """
    preset = gap_preset()
    case = gap_case(known_on(as_of, workspace), preset, preset.year if year is None else year)
    article = case_when_printed(case)
    values, status = _values(case)
    return Answer(
        question="gap",
        headline=Headline("total_gap", case.table.total_gap, "USD", story.headline(case)),
        values=values,
        status=status,
        tables=tables(case, article),
        facts=used(
            [
                *case.facts,
                *capex_reported(case),
                *leases_not_commenced(case),
                *(one.fact for one in other_views(case)),
                *(article.facts if article else ()),
            ]
        ),
        assumptions=assumptions_by_id(assumptions_of(preset) | tax_years_of(preset)),
        limits=LIMITS,
        as_of=case.view.day,
        notes=story.notes(case, article),
        charts=(story.picture(case),),
    )


def _values(case: GapCase) -> tuple[dict[str, Cell], dict[str, str]]:
    values, status = _row_values(case)
    found, ends = case.reported, range_of_total_gap(case)
    values |= {**found.values, "total_gap_low": ends.low, "total_gap_high": ends.high}
    status |= found.status
    values |= {f"actual_capex.{one.period}": one.capex for one in quarters_reported(case)}
    group = [fact for fact in leases_not_commenced(case) if fact.entity == case.preset.leases.group.entity]
    values["leases_not_commenced"] = group[-1].value_in_base_unit if group else None
    if not group:
        status["leases_not_commenced"] = "no sum over the companies was known; the table lists those that were"
    if not run_rates(case.view, case.preset, case.year):
        status[f"{case.preset.disclosed_run_rates.row}.revenue_low"] = "no run rate was known; one source, no range"
    return values, status


def _row_values(case: GapCase) -> tuple[dict[str, Cell], dict[str, str]]:
    values: dict[str, Cell] = {}
    status: dict[str, str] = {}
    for row in case.rows:
        values[f"{row.name}.spend"] = row.spend.central
        values[f"{row.name}.spend_low"], values[f"{row.name}.spend_high"] = row.spend.low, row.spend.high
        values[f"{row.name}.revenue"] = row.revenue.central if row.revenue else None
        values[f"{row.name}.gap"] = row.gap
        if row.revenue is None:
            status[f"{row.name}.revenue"] = "a cost without revenue of its own"
            status[f"{row.name}.gap"] = "a cost without revenue of its own has no gap; it is the unmatched cost"
        else:
            values[f"{row.name}.revenue_low"], values[f"{row.name}.revenue_high"] = row.revenue.low, row.revenue.high
    return values, status
