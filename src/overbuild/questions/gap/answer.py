"""How big is the gap between AI spend and AI revenue, on the facts known on a day?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.ecosystem.gap.beside_the_table import (
    capex_reported,
    leases_not_commenced,
    other_views,
    overlap_of_doors,
    quarters_reported,
)
from overbuild.ecosystem.gap.case import GapCase, case_when_printed, gap_case, range_of_total_gap
from overbuild.ecosystem.gap.figures import rests_on_evidence
from overbuild.ecosystem.gap.preset import assumptions_of, gap_preset, tax_years_of
from overbuild.ecosystem.gap.sensitivity import sensitivities
from overbuild.facts.fact import Fact
from overbuild.facts.store import known_on
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.facts_used import after_the_newest, used
from overbuild.questions.gap import story
from overbuild.questions.gap.pictures import pictures
from overbuild.questions.gap.tables import tables
from overbuild.questions.outside_ranges import beyond_other_sources
from overbuild.world.bands import check_year

LIMITS = (
    "No spender reports AI revenue or the share of its capex that is for AI. Two of four state run rates, which are lower "
    "bounds; the rest is outside estimate or assumption.",
    "Hurdle, lives, shares, tax and price decline are assumptions of the authors. They were set in November 2026, AI shares of "
    "earlier years and shares by class among them, and stand also where an earlier day is asked for.",
    "Low and high are corner cases, not quantiles. All growth of revenue after the last statement is outside estimate or "
    "assumption, and the scopes of the run rates are not defined by those who state them.",
    "End users' revenue is one author's, and owners' and end users' revenue are two measurements of one stream: never add them.",
    "Running cost is the energy of AI sites only; staff, maintenance, the making of models and leases are not in it. "
    "Capex before the first vintage listed counts as not for AI; that of earlier years is cash, that of the year is the plan "
    "in each company's words.",
    "The stock comparison sets a purchase that serves for years against the revenue of one: a shortfall of cash, not a loss. "
    "The companies define capex differently.",
)


def gap(*, year: int | None = None, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """Revenue at the owners' door less the year's cost of every vintage alive, and the article's comparison beside it.

    `as_of` (YYYY-MM-DD) hides every fact known later; `workspace` adds the user's own facts. All money in USD.
    Raises InputError `bad_value` for a year that is none; FactError `no_fact` when a row has no figure for the year or the
    day, `bad_period` for a bad day;
    WithheldError when the two sums of the comparison and the reconciling item do not agree.
    Source: [creati-2026-reckoning] for the article's table; the annualised gap is our definition on the charge of
    [jorgenson-1963], revenue derived as `presets/gap.yaml` says.
    """
    check_year("year", year)
    preset, view = gap_preset(), known_on(as_of, workspace)
    case = gap_case(view, preset, preset.year if year is None else year)
    article = case_when_printed(case)
    values, status = _values(case, article)
    moves = sensitivities(case)
    shown = [*_facts(case), *(_facts(article) if article else ())]
    facts = used(shown)
    return Answer(
        question="gap",
        headline=Headline("annualised_gap", case.annualised_gap, "USD", story.headline(case)),
        values=values,
        status=status,
        tables=tables(case, article, moves),
        facts=facts,
        assumptions=assumptions_by_id(assumptions_of(preset) | tax_years_of(preset)),
        limits=(*after_the_newest(view), *beyond_other_sources(view, case.facts), *LIMITS),
        as_of=case.view.day,
        notes=story.notes(case, article, shown),
        charts=pictures(case, moves, facts),
        screen=story.screen(case, article, moves),
    )


def _facts(case: GapCase) -> tuple[Fact, ...]:
    """Every fact that the answer leans on or shows."""
    overlap = overlap_of_doors(case)
    return (
        *case.facts,
        *capex_reported(case),
        *leases_not_commenced(case),
        *(one.fact for one in other_views(case)),
        *(fact for one in case.evidence for fact in one.facts),
        *((overlap,) if overlap else ()),
    )


def _values(case: GapCase, article: GapCase | None) -> tuple[dict[str, Cell], dict[str, str]]:
    values, status = _row_values(case)
    found, ends = case.reported, range_of_total_gap(case)
    values |= {**found.values, "total_gap_low": ends.low, "total_gap_high": ends.high}
    status |= found.status
    values["vintages.first_year"] = min(one.year for one in case.known.vintages)
    printed = (article or case).table
    values |= {
        "article.total_gap": printed.total_gap,
        "article.sum_of_category_gaps": printed.sum_of_category_gaps,
    }
    values |= {f"actual_capex.{one.period}": one.capex for one in quarters_reported(case)}
    group = [fact for fact in leases_not_commenced(case) if fact.entity == case.preset.leases.group.entity]
    values["leases_not_commenced"] = group[-1].value_in_base_unit if group else None
    if not group:
        status["leases_not_commenced"] = "no sum over the companies was known; the table lists those that were"
    overlap = overlap_of_doors(case)
    values["overlap_of_doors"] = overlap.value_in_base_unit if overlap else None
    _say_what_is_not_known(case, values, status)
    return values, status


def _say_what_is_not_known(case: GapCase, values: dict[str, Cell], status: dict[str, str]) -> None:
    """None, and why, for what cannot be derived on the day."""
    if values["overlap_of_doors"] is None:
        status["overlap_of_doors"] = "no filing gave a figure by this day"
    if not case.known.end_user:
        for end in ("low", "central", "high"):
            values[f"ai_revenue.end_user.{end}"] = None
            status[f"ai_revenue.end_user.{end}"] = "no estimate of what end users pay was known on this day"
    for name, parts in (("capex.cash", case.known.cash), ("capex.with_finance_leases", case.known.with_finance_leases)):
        if not parts:
            values[name] = None
            status[name] = "the plans of all four spenders on this definition were not known on this day"
    if not rests_on_evidence(case.known.owner):
        status["ai_revenue.owner.low"] = (
            "the article's figure stands: no evidence for every spender was known on this day"
        )


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
