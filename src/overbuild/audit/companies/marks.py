"""A company's score and rank, and its guidance, as trees: the marks they are made of, each down to its filed figures."""

from __future__ import annotations

from collections.abc import Callable

from overbuild.audit.tree.leaves import of_fact
from overbuild.audit.tree.tree import Why
from overbuild.company.companies import companies_case, guided_capex, newest_line
from overbuild.company.measured_values import metrics
from overbuild.company.preset import CompaniesPreset
from overbuild.errors import FactError
from overbuild.facts.ledger import View

SCORED = ("score", "rank", "rank_low", "rank_high")
"""What is said of a company among others."""

GUIDED = ("capex_guided_low", "capex_guided_high")


def mark_why(view: View, preset: CompaniesPreset, ticker: str, name: str, tree_of: Callable[[str], Why]) -> Why:
    """The tree of a score or rank among the spenders of the preset: the mark of each measure over the measure's own tree."""
    tickers = dict.fromkeys((*preset.spenders, ticker))
    case = companies_case(view, preset, tuple(tickers))
    score = next(one for one in case.scores if one.ticker == ticker)
    by_line = {one.line: one for one in metrics()}
    below: list[Why] = []
    for mark in score.marks:
        metric, found = by_line[mark.measure], newest_line(case.company(ticker), mark.measure, preset)
        path = f"{ticker}.{metric.id}@{found[1] if found else ''}"
        below.append(tree_of(path)._replace(label=f"{metric.label}, mark {mark.z:+.2f}"))
    formula = f"{name} over the marks of {len(score.marks)} of {len(preset.score)} measures, among {', '.join(tickers)}"
    origin = "marks are standard deviations from the mean of those compared, weighed as the preset says"
    label = f"{name.replace('_', ' ').capitalize()} of {preset.name_of(ticker)}"
    value = {"score": score.score, "rank": score.rank, "rank_low": score.rank_low, "rank_high": score.rank_high}[name]
    return Why(f"company:{ticker}.{name}", label, value, "", "result", formula, origin, tuple(below))


def guided_why(view: View, ticker: str, name: str, period: str) -> Why:
    """The tree of an end of the capex that a company guides for a year. Raises FactError `no_fact` with the years guided."""
    guided = {one.period: one for one in guided_capex(view, ticker)}
    if period not in guided:
        hint = f"no guidance for this year was known; there is one for {', '.join(guided) or 'none'}"
        raise FactError("no_fact", f"{ticker}.{name}", period, hint)
    one = guided[period]
    fact = one.low if name == "capex_guided_low" or one.high is None else one.high
    leaf = of_fact(fact, view.ledger.sources[fact.source])
    label = f"Capex guided by {ticker} for {period}, {name.rpartition('_')[2]} end"
    return Why(f"company:{ticker}.{name}@{period}", label, fact.value_in_base_unit, "USD", "input", below=(leaf,))
