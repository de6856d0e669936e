"""The companies in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Screen
from overbuild.company.companies import CompaniesCase, ComparedCompany
from overbuild.company.measured_values import Metric, metrics
from overbuild.company.score import Mark, Score
from overbuild.questions.companies.tables import companies_table, metric_table, printed
from overbuild.questions.prose import bn, listed, pct, times


def share_of_cash(case: CompaniesCase) -> float | None:
    """Capex over operating cash flow, each summed over the companies that have four quarters of both."""
    both = _with_both(case)
    cash = sum(one.line("trailing_operating_cash_flow") or 0.0 for one in both)
    return sum(one.line("trailing_capex") or 0.0 for one in both) / cash if cash > 0 else None


def _with_both(case: CompaniesCase) -> list[ComparedCompany]:
    return [one for one in case.companies if one.line("trailing_capex") and one.line("trailing_operating_cash_flow")]


def headline(case: CompaniesCase) -> str:
    """How much of their cash they spend, who spends more than it has, and who leads and trails."""
    both, share = _with_both(case), share_of_cash(case)
    day = f"On the facts known on {case.view.day}: " if case.view.day else ""
    if share is None:
        return f"{day}No company has four quarters of capex and operating cash flow in the facts."
    capex = sum(one.line("trailing_capex") or 0.0 for one in both)
    cash = sum(one.line("trailing_operating_cash_flow") or 0.0 for one in both)
    who = times(len(both), "company").replace("companys", "companies")
    said = [
        f"{day}Over the newest four quarters that each has filed, {who} paid {bn(capex)} USD in cash for property and "
        f"equipment, {pct(share)} of operating cash flow of {bn(cash)}."
    ]
    beyond = [one for one in both if (one.line("trailing_free_cash_flow") or 0.0) < 0]
    if beyond:
        shares = [f"{one.name} ({pct(one.line('trailing_capex_to_operating_cash_flow') or 0.0)})" for one in beyond]
        said.append(f"{listed(shares)} {'pays' if len(beyond) == 1 else 'pay'} more than operations bring.")
    ranked = _ranked(case)
    if len(ranked) > 1:
        first, last = ranked[0], ranked[-1]
        said.append(
            f"By {len(case.preset.score)} measures {_name(case, first)} ranks {_rank(first)} and {_name(case, last)} {_rank(last)}."
        )
    return " ".join(said)


def _ranked(case: CompaniesCase) -> list[Score]:
    return [one for one in case.scores if one.rank is not None]


def _name(case: CompaniesCase, score: Score) -> str:
    return case.company(score.ticker).name


def _rank(score: Score) -> str:
    return f"{score.rank:g} ({score.rank_low:g} to {score.rank_high:g})"


SPARE = ("rpo", "free_cash_flow")
"""Columns that a narrow screen leaves out."""


def screen(case: CompaniesCase, shown: Metric | None) -> Screen:
    """What is printed first: the companies, or one metric of them; who differs; what decides it."""
    annual = any(one.known.at.fiscal_year for company in case.companies for one in company.periods)
    table = companies_table(case)._replace(spare=SPARE) if shown is None and not annual else "metric"
    if shown is not None:
        table = metric_table(case, shown, annual=annual)
    return Screen(table, tuple(_differ(case)), tuple(_decides(case)), "Who diverges, and by what")


def _differ(case: CompaniesCase) -> Iterator[str]:
    ranked = _ranked(case)
    if len(ranked) > 1:
        yield f"{_name(case, ranked[0])} leads: {_evidence(case, ranked[0].marks, best=True)}."
        yield f"{_name(case, ranked[-1])} trails: {_evidence(case, ranked[-1].marks, best=False)}."
    leases = [(one, one.stock("lease_commitments_not_commenced")) for one in case.companies]
    known = sorted(((one, found) for one, found in leases if found), key=lambda pair: -pair[1].value)
    if known:
        most = known[:3]
        said = [f"{one.name} {bn(found.value)} ({found.end})" for one, found in most]
        yield f"On no balance sheet yet, leases signed and not started: {listed(said)}."
    absent = [_name(case, one) for one in case.scores if one.rank is None]
    if absent:
        yield f"Not ranked, fewer than half of the measures are in the facts: {listed(absent)}."


def _evidence(case: CompaniesCase, marks: Sequence[Mark], *, best: bool) -> str:
    """The two measures on which a company does best, or worst, with their values."""
    by_line = {one.line: one for one in metrics()}
    chosen = sorted(marks, key=lambda mark: -mark.z if best else mark.z)[:2]
    return ", ".join(
        f"{_measure(by_line[mark.measure])} {printed(mark.value, by_line[mark.measure].unit)}" for mark in chosen
    )


def _measure(metric: Metric) -> str:
    said = metric.label.removesuffix(", four quarters")
    return said if said[:3].isupper() else f"{said[:1].lower()}{said[1:]}"


def _decides(case: CompaniesCase) -> Iterator[str]:
    wide = [one for one in case.scores if one.rank_low is not None and (one.rank_high or 0) - one.rank_low >= 1]
    if wide:
        said = [f"{_name(case, one)} {one.rank_low:g} to {one.rank_high:g}" for one in wide]
        yield f"The weights: under 80% of other weights the ranks are {listed(said)}."
    both = {"filed_capex", "filed_capex_with_finance_leases"}
    newest = {one.name: period for one in case.companies for period in one.periods if both <= set(period.lines)}
    said = [
        f"{name} {bn(period.lines['filed_capex'], 1)} in cash, {bn(period.lines['filed_capex_with_finance_leases'], 1)} with "
        f"finance leases ({period.known.at.label})"
        for name, period in newest.items()
    ]
    if said:
        yield f"The definition of capex: {'; '.join(said)}."
    lives = [one for one in case.view.in_force if one.metric == "server_useful_life_years" and one.value]
    in_force = {one.entity: one for one in sorted(lives, key=lambda one: one.period_start)}
    shown = [f"{one.name} {in_force[one.ticker].value:g}" for one in case.companies if one.ticker in in_force]
    if shown:
        yield f"The life of servers, in years: {', '.join(shown)}."


def notes(case: CompaniesCase) -> tuple[str, ...]:
    """What the tables mean."""
    derived = sorted(
        f"{company.ticker}.{figure.concept}@{figure.label}"
        for company in case.companies
        for series in company.figures.quarters.values()
        for figure in series.values()
        if figure.less
    )
    said = [
        "Free cash flow is operating cash flow less cash capex; a company that nets proceeds off its capex prints more.",
        "Profit added over the capex of the year before is operating income after tax of four quarters less that of the four before, "
        "over the capex of the four that they lag behind: all added profit counts as its. The return on net investment takes "
        "depreciation off that capex; Amazon's and Microsoft's lines of depreciation hold more than property, which flatters it.",
    ]
    if derived:
        said.append(
            f"Nobody printed these quarters; they are a filed longer period less its known quarters: {', '.join(derived)}."
        )
    return tuple(said)
