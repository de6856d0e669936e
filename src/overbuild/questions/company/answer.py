"""What does one company spend, owe and promise; what does another life of servers do; what does its price ask?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from overbuild.answer import Answer, Cell, Headline
from overbuild.company.case import CompanyCase, company_case
from overbuild.company.companies import companies_case
from overbuild.company.filed.calendar_quarters import RULE
from overbuild.company.life.plan import disclosed_against
from overbuild.company.measured_values import MetricValues, values_of_company
from overbuild.company.preset import OwnFigures, assumptions_of_companies, companies_preset
from overbuild.company.sensitivity import life_ranges, price_moves
from overbuild.facts.store import known_on
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.company import story
from overbuild.questions.company.pictures import pictures
from overbuild.questions.company.tables import CompanyAnswer, tables
from overbuild.questions.facts_used import used
from overbuild.world.sourced import Sourced

LIMITS = (
    "A change of life is modelled on the capex in the facts and a share of servers in it that is assumed. No company prints that "
    "share or the age of its servers. What is bought later comes on top.",
    "It moves when cost is booked, not cash, and says nothing of how long the servers earn.",
    "What a price asks rests on one margin, one rate of growth and one cost of capital: it is no forecast and no value.",
    RULE,
    "A figure that is not in the facts is left out, and so is what needs it; `overbuild facts add` brings filings.",
)


def company(
    ticker: str,
    *,
    period: str | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
    own: OwnFigures | None = None,
) -> Answer:
    """One company: its quarters on the calendar, its measures, a change of life of its servers, and what its price asks.

    All money in USD, shares as decimals. Raises as `company_case`.
    Source: ASC 250-10-45-17 for the change of life; our definitions, in `company/measures`; figures from the facts room.
    """
    preset, view = companies_preset(), known_on(as_of, workspace)
    case = company_case(view, preset, ticker, own, period)
    compared = companies_case(view, preset, (case.ticker,)).companies[0]
    changes = [one for one in preset.disclosed_changes if one.ticker == case.ticker]
    asked = CompanyAnswer(
        case, compared, life_ranges(case), disclosed_against(view, case.figures, preset, changes), price_moves(case)
    )
    found = _values(asked)
    facts = used((*case.facts, *(fact for one in asked.disclosed for _, fact in one.disclosed)))
    name = f"{case.ticker}.capex_to_operating_cash_flow_ttm@{case.known.at.label}"
    if found.values.get(name) is None:
        name = next((one for one, value in found.values.items() if value is not None), name)
    return Answer(
        question="company",
        headline=Headline(name, found.values.get(name), "decimal" if "_to_" in name else "", story.headline(asked)),
        values=found.values,
        status=found.status,
        tables=tables(asked),
        facts=facts,
        assumptions=assumptions_by_id(_assumed(case)),
        limits=LIMITS,
        as_of=case.view.day,
        notes=story.notes(asked),
        charts=pictures(asked, facts),
        screen=story.screen(asked),
    )


def _assumed(case: CompanyCase) -> dict[str, Sourced]:
    found = dict(assumptions_of_companies(case.preset))
    if case.life is not None:
        found["server_share"] = case.preset.servers_of(case.ticker)
    if any(one.ticker == case.ticker and one.scope != "all" for one in case.preset.disclosed_changes):
        found |= {f"ai_share.{one.year}": one.share for one in case.preset.ai_share}
    if case.price is not None:
        found |= {name: one for name, one in case.price.numbers.items() if isinstance(one, Sourced)}
    return found


def _values(asked: CompanyAnswer) -> MetricValues:
    """Every metric at every period, the change of life, what was disclosed of changes, and what the price asks."""
    found = values_of_company(asked.compared)
    for name, value, why in (*_computed(asked), *_of_life(asked), *_of_price(asked)):
        found.values[f"{asked.case.ticker}.{name}"] = value
        found.status[f"{asked.case.ticker}.{name}"] = why
    return found


Said: TypeAlias = tuple[str, Cell, str]
"""A value by its name, and where it comes from or why it is None."""


def _computed(asked: CompanyAnswer) -> Iterator[Said]:
    reported = asked.case.reported
    for name, value in reported.values.items():
        if name.startswith(("life_change.", "priced_in.")):
            yield name, value, reported.status.get(name, "computed on assumptions")


def _of_life(asked: CompanyAnswer) -> Iterator[Said]:
    plan = asked.case.life
    for one in asked.life:
        name = f"life_change.{one.central.name}.operating_income_change"
        yield f"{name}_low", one.low, "the share of servers in capex at an end of its range"
        yield f"{name}_high", one.high, "the share of servers in capex at an end of its range"
    if plan is not None:
        yield "life_change.life_before", plan.life_before, plan.lives[-1][2].key if plan.lives[-1][2] else "given"
        yield "life_change.life_years", plan.life_years, "the life that is tried"
    for one in asked.disclosed:
        name, of_model = f"disclosed_change.{one.change.start}", "the model on the company's capex, at its assumptions"
        yield f"{name}.low", one.low, of_model
        yield f"{name}.central", one.central, of_model
        yield f"{name}.high", one.high, of_model
        yield f"{name}.disclosed_first", one.disclosed[0][0], one.disclosed[0][1].key
        yield f"{name}.disclosed", one.disclosed[-1][0], one.disclosed[-1][1].key


def _of_price(asked: CompanyAnswer) -> Iterator[Said]:
    if asked.case.price is not None:
        growth = asked.case.price.growth
        found = "found so that the cash flows are worth the price"
        none = "no growth between -50% and 100% a year makes the cash flows worth the price"
        yield "priced_in.growth_per_year", growth, none if growth is None else found
