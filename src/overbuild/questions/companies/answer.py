"""Who spends, out of which cash, under which definition of capex; and who diverges?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.company.companies import CompaniesCase, ComparedCompany, companies_case
from overbuild.company.filed.calendar_quarters import RULE
from overbuild.company.measured_values import MetricValues, metric_named, values_of_company
from overbuild.company.preset import assumptions_of_companies, companies_preset
from overbuild.errors import InputError
from overbuild.facts.store import known_on
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.companies import story
from overbuild.questions.companies.pictures import pictures
from overbuild.questions.companies.tables import tables
from overbuild.questions.facts_used import used

LIMITS = (
    "Cash capex is what a filing calls purchases of property and equipment. It holds no leases, nothing that customers or vendors pay for. "
    "Guidance counts by each company's own definition.",
    "What is not in the facts is left out; `overbuild facts add` brings filings.",
    "The score has no theory: it is a weighted mean over the measures that are known, and says who differs, not who is cheap.",
    RULE,
    "Leases that are signed and not started, and obligations of backlogs, are dated differently from company to company.",
)

FREQUENCIES = ("quarterly", "annual")


def companies(
    tickers: Sequence[str] = (),
    *,
    metric: str | None = None,
    frequency: str = "quarterly",
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """The companies side by side over the newest four quarters that each has filed, every period, and their ranks.

    Without tickers the spenders of `presets/companies.yaml`. `metric` shows one metric over the newest periods,
    `frequency` is `quarterly` (calendar quarters) or `annual` (fiscal years). All money in USD, shares as decimals.
    Raises FactError `unknown_name` for a ticker, `bad_period` for a day that is none; InputError `unknown_name` for a
    metric or a frequency.
    Source: our definitions, in `company/measures`; figures from the facts room.
    """
    if frequency not in FREQUENCIES:
        raise InputError("unknown_name", "frequency", frequency, f"one of {', '.join(FREQUENCIES)}")
    shown = None if metric is None else metric_named(metric)
    preset, annual = companies_preset(), frequency == "annual"
    case = companies_case(known_on(as_of, workspace), preset, tickers, annual=annual)
    found = _values(case)
    facts = used(case.facts)
    share = story.share_of_cash(case)
    return Answer(
        question="companies",
        headline=Headline("capex_to_operating_cash_flow_ttm", share, "decimal", story.headline(case)),
        values={"capex_to_operating_cash_flow_ttm": share, **found.values},
        status={**_status_of_sum(share), **found.status},
        tables=tables(case, shown, annual=annual),
        facts=facts,
        assumptions=assumptions_by_id(assumptions_of_companies(preset)),
        limits=LIMITS,
        as_of=case.view.day,
        notes=story.notes(case),
        charts=pictures(case, facts),
        screen=story.screen(case, shown),
    )


def _status_of_sum(share: float | None) -> dict[str, str]:
    name = "capex_to_operating_cash_flow_ttm"
    if share is None:
        return {name: "no company has four quarters of both in the facts"}
    return {name: "capex over operating cash flow, each summed over the companies that have four quarters of both"}


def _values(case: CompaniesCase) -> MetricValues:
    values: dict[str, Cell] = {}
    status: dict[str, str] = {}
    scores = {one.ticker: one for one in case.scores}
    for one in case.companies:
        found = values_of_company(one)
        values |= found.values
        status |= found.status
        score = scores[one.ticker]
        marks = {"score": score.score, "rank": score.rank, "rank_low": score.rank_low, "rank_high": score.rank_high}
        for name, value in marks.items():
            values[f"{one.ticker}.{name}"] = value
            status[f"{one.ticker}.{name}"] = _of_score(one, len(score.marks), len(case.preset.score), value)
    return MetricValues(values, status)


def _of_score(company: ComparedCompany, marks: int, of: int, value: float | None) -> str:
    if value is None:
        return f"not ranked: {marks} of {of} measures of {company.name} can be compared, fewer than half"
    return f"computed over {marks} of {of} measures, across the companies compared"
