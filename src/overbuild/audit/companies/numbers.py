"""The numbers that a company's page is made of: filed figures, the asker's, assumptions, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from overbuild.audit.companies.marks import GUIDED, SCORED, guided_why, mark_why
from overbuild.audit.tree.leaves import of_assumption, of_fact
from overbuild.audit.tree.tree import Why
from overbuild.audit.tree.year_tree import year_why
from overbuild.audit.year_numbers import YearNumbers
from overbuild.company.case import CompanyCase, company_case, spelled_ticker
from overbuild.company.filed.calendar_quarters import quarter_label
from overbuild.company.model import company_model, declared
from overbuild.company.preset import OwnFigures, assumptions_of_companies, companies_preset
from overbuild.equations.model import Model
from overbuild.errors import InputError, did_you_mean, raise_all
from overbuild.facts.fact import Fact
from overbuild.facts.store import known_on
from overbuild.world.sourced import Sourced, assumption

QUESTION = "company"
_FIGURE = re.compile(r"period\.(?:flows|stocks)\.(\w+)\.\w+\.(?:added|less)\.(\w+)\.value")
"""The path of a filed figure among the terms: its concept, and the label of its period."""


def company_numbers(case: CompanyCase) -> YearNumbers:
    """The numbers of a company's page, each with its papers."""
    sources = case.view.ledger.sources
    papers: dict[str, Why] = {}
    numbers: dict[str, float] = {}
    for name, fact in case.facts_by_number.items():
        papers[name] = of_fact(fact, sources[fact.source])
        numbers[name] = fact.value_in_base_unit or 0.0
    for name, assumed in _assumed(case).items():
        papers[name], numbers[name] = of_assumption(name, assumed), float(assumed.value)
    if case.price is not None and case.price.growth is not None:
        said = "found so that the cash flows are worth the price"
        growth = case.price.growth
        papers["growth_per_year"] = Why(
            "", "Growth of revenue that the price asks", growth, "decimal_per_year", "schedule", origin=said
        )
        numbers["growth_per_year"] = growth
    lines = frozenset(case.lines)

    def remade(changed: Mapping[str, float]) -> Model:
        return company_model(case.shape, case.terms_with(changed), lines)

    return YearNumbers(QUESTION, case.model, numbers, papers, remade)


def _assumed(case: CompanyCase) -> dict[str, Sourced]:
    found = dict(assumptions_of_companies(case.preset))
    plan = case.life
    if plan is not None:
        found["server_share"] = case.preset.servers_of(case.ticker)
        why = "The life that is tried."
        found["life_years"] = assumption(plan.life_years, "years", author="asker", reason=why)
        if isinstance(plan.shares, float):
            found["shares"] = assumption(plan.shares, "count", author="asker", reason="Given for this answer.")
        given = "Given for this answer: the life in force before."
        found |= {
            f"life.{quarter_label(start)}": assumption(life, "years", author="asker", reason=given)
            for start, life, fact in plan.lives
            if fact is None
        }
    if case.price is not None:
        found |= {name: one for name, one in case.price.numbers.items() if not isinstance(one, Fact)}
    return found


@dataclass
class _Named:
    """The tree under the ids by which `why` knows its numbers: ticker, metric and period."""

    ticker: str
    period: str
    ids: Mapping[str, str]
    kept: dict[int, Why] = field(default_factory=dict[int, Why])

    def of(self, node: Why) -> Why:
        """A node and all below it; a part that several numbers are made of stays one object."""
        if id(node) not in self.kept:
            below = tuple(self.of(one) for one in node.below)
            formula = _FIGURE.sub(r"\1 \2", node.formula)
            self.kept[id(node)] = node._replace(id=self._named(node), below=below, formula=formula)
        return self.kept[id(node)]

    def _named(self, node: Why) -> str:
        question, _, name = node.id.partition(":")
        if question != QUESTION or node.kind not in ("line", "result"):
            return node.id
        return f"{QUESTION}:{self.ticker}.{self.ids.get(name, name)}@{self.period}"


def own_figures(shocks: Iterable[str]) -> OwnFigures:
    """What the asker gives of a company, as `life=4` or `price=500`. Raises every fault at once (`unknown_name`, `bad_value`).

    >>> own_figures(["life=4", "life_from=2027Q1"])[4:]
    (4.0, None, '2027Q1')
    """
    found: dict[str, float | str] = {}
    faults: list[InputError] = []
    for shock in shocks:
        name, _, value = shock.partition("=")
        if name not in OwnFigures._fields:
            hint = f"of a company one gives {', '.join(OwnFigures._fields)}.{did_you_mean(name, OwnFigures._fields)}"
            faults.append(InputError("unknown_name", "shock", shock, hint))
            continue
        try:
            found[name] = value if name == "life_from" else float(value)
        except ValueError:
            faults.append(InputError("bad_value", name, value, f"a number is needed: {name}=4"))
    raise_all(faults)
    return OwnFigures(**cast("dict[str, Any]", found))


def company_why(
    path: str, depth: int, *, shocks: tuple[str, ...] = (), as_of: str | None, workspace: Path | str | None
) -> Why:
    """The tree of a number of a company: `TICKER.METRIC@PERIOD` (`MSFT.capex_ttm@2025Q3`, `ORCL.capex@FY2025`).

    Without a period it is the newest; `shocks` are what the asker gives (`life=4`, `price=500`).
    Raises InputError `unknown_name` with close names; FactError as `company_case`.
    """
    ticker, dot, rest = path.partition(".")
    metric, _, period = rest.partition("@")
    if not dot or not metric:
        hint = "a number of a company is TICKER.METRIC@PERIOD, such as company:MSFT.capex@2025Q3"
        raise InputError("unknown_name", "id", f"{QUESTION}:{path}", hint)
    view, preset = known_on(as_of, workspace), companies_preset()
    named = spelled_ticker(view, ticker)
    if metric in GUIDED:
        return guided_why(view, named, metric, period)
    if metric in SCORED:
        return mark_why(
            view, preset, named, metric, lambda of: company_why(of, depth, as_of=as_of, workspace=workspace)
        )
    own = own_figures(shocks)
    if metric.startswith("priced_in.") and own.price is None:
        hint = "no price is given: overbuild why ID --shock price=500 --shock shares=7.43e9"
        raise InputError("missing", f"{QUESTION}:{path}", None, hint)
    case = company_case(view, preset, ticker, own, period or None)
    if metric in {one.id for one in declared()}:
        case = case._replace(life=None)
    numbers = company_numbers(case)
    ids = {one.line: one.id for one in numbers.model.reported}
    found = year_why(numbers, metric, depth)
    tree = _Named(case.ticker, case.known.at.label, ids).of(found)
    return tree._replace(id=f"{QUESTION}:{case.ticker}.{metric}@{case.known.at.label}")
