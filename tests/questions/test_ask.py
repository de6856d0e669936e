"""Questions asked in Python: each function of `overbuild.ask` takes all that its question takes, and says so."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from overbuild import ask
from overbuild.ecosystem.need.preset import OwnAssumptions
from overbuild.questions import (
    agents,
    agents_all,
    basket,
    check,
    claims,
    companies,
    company,
    compare,
    contagion,
    fact_quality,
    facts,
    fleet,
    gap,
    glossary,
    grid,
    need,
    portfolio,
    rules,
    site,
    stack,
    stress,
    tariff,
    tariff_solve,
    vintages,
    why,
)
from overbuild.questions.stress.function import as_function
from overbuild.surfaces.reference.python_page import questions

ASKED = {
    "gap": gap.gap,
    "need": need.need,
    "claims": claims.claims,
    "explain_claim": claims.explain,
    "add_claims": claims.add,
    "companies": companies.companies,
    "company": company.company,
    "site": site.site,
    "stress": stress.stress,
    "as_function": as_function,
    "portfolio": portfolio.portfolio,
    "contagion": contagion.contagion,
    "basket": basket.basket,
    "check": check.check,
    "compare": compare.compare,
    "why": why.why,
    "fleet": fleet.fleet,
    "agents": agents.agents,
    "agents_all": agents_all.agents_all,
    "grid": grid.grid,
    "stack": stack.stack,
    "rules": rules.rules,
    "tariff": tariff.tariff,
    "solve_tariff": tariff_solve.solve_tariff,
    "vintages": vintages.vintages,
    "spenders": vintages.spenders,
    "list_facts": facts.list_facts,
    "show_facts": facts.show_facts,
    "search_facts": facts.search_facts,
    "show_source": facts.show_source,
    "check_facts": facts.check_facts,
    "fact_quality": fact_quality.fact_quality,
    "add_facts": facts.add_facts,
    "pull_facts": facts.pull_facts,
    "fact_log": facts.fact_log,
    "reconcile_facts": facts.reconcile_facts,
    "glossary": glossary.glossary,
}
"""Each function of `ask` and the question behind it."""


def test_every_question_is_asked_in_python():
    assert [name for name, _ in questions()] == list(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_a_function_takes_all_that_its_question_takes(name):
    taken = [{"file": "case"}.get(one, one) for one in inspect.signature(ASKED[name]).parameters]
    if name == "need":
        taken = [*OwnAssumptions._fields, *taken[:-1]]
    if name in ("add_claims", "add_facts", "reconcile_facts", "portfolio"):
        taken[0] = "file"
    offered = inspect.signature(getattr(ask, name)).parameters
    assert list(offered) == taken


@pytest.mark.parametrize("name", ASKED)
def test_a_function_is_typed_and_says_what_it_asks_and_shows_how(name):
    question = getattr(ask, name)
    found = inspect.signature(question)
    assert found.return_annotation == ("CaseFunction" if name == "as_function" else "Answer")
    assert all(one.annotation is not one.empty for one in found.parameters.values())
    told = inspect.getdoc(question)
    assert f"ask.{name}(" in told and "Raises" in told


def test_what_is_asked_in_python_is_the_questions_own_answer():
    day = "2026-01-17"
    assert ask.gap(as_of=day) == gap.gap(as_of=day)
    given = OwnAssumptions(hurdle=0.12, life=5.0, margins=(0.4, 0.5), price_decline=0.1, growth=0.3)
    asked = ask.need(hurdle=0.12, life=5.0, margins=[0.4, 0.5], price_decline=0.1, growth=0.3, as_of="2026-06-30")
    assert asked == need.need(given=given, as_of="2026-06-30")
    case, shocks = "preset:single-loan-80-20", ["site.pue=1.4"]
    assert ask.site(case, shocks=shocks).values == site.site(case, shocks=shocks).values
    assert ask.why("site.pue", case) == why.why("site.pue", case)


def test_a_workspace_may_be_named_in_words(tmp_path):
    source = "creati-2026-reckoning"
    header = "entity,metric,period_start,period_end,value,unit,kind,source_class,source,known_at\n"
    row = f"MSFT,capex,2026-01-01,2026-03-31,31.5,USD_bn,reported,filing,{source},2026-06-01\n"
    (tmp_path / "mine.csv").write_text(header + row)
    place = str(tmp_path / "workspace")
    assert ask.add_facts(str(tmp_path / "mine.csv"), place).values["added"] == 1
    assert len(ask.show_source(source, workspace=place).facts) == len(ask.show_source(source).facts) + 1
    for question in (ask.gap, ask.need, ask.claims, ask.list_facts, ask.check_facts):
        assert question(workspace=place).tables
    assert ask.search_facts("capex", workspace=place).tables and ask.show_facts("MSFT", "capex", workspace=place).tables


def test_asking_is_found_from_the_root_by_itself():
    code = "import overbuild; print(overbuild.ask.gap(as_of='2026-01-17').values['total_gap'])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "-437000000000.0\n"
