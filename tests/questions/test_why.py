"""Every number leads to its formula, its operands, and the documents behind its inputs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overbuild.audit.tree.rows import rows as rows_of
from overbuild.audit.tree.site_numbers import SiteNumbers
from overbuild.questions.gap import gap
from overbuild.questions.site import site
from overbuild.questions.why import why
from overbuild.site.case_run import run_case
from overbuild.world.presets import site_presets
from tests.surfaces.test_cli import ROOT, run

CASE = ROOT / "examples" / "contracted-100mw.yaml"
SHOCK = ROOT / "tests" / "site" / "whole-site-default.yaml"
WHOLE = ROOT / "tests" / "site" / "whole-site.yaml"
CAMPUS = ROOT / "tests" / "site" / "campus.yaml"


def rows(*arguments, **options):
    return why(*arguments, **options).table("why").rows


@pytest.fixture(scope="module")
def gap_values():
    return gap().values


@pytest.fixture(scope="module")
def case():
    return run_case(CASE)


def test_the_total_gap_leads_to_the_articles_page():
    answer = why("gap:total_gap", as_of="2026-01-17")
    assert answer.headline.text == "Total gap = -437bn USD a year (gap:total_gap)"
    assert answer.table("why").rows[0]["formula"] == "total_gap = total_revenue - total_spend"
    assert answer.values["gap:total_gap"] == -437e9
    assert {fact.source for fact in answer.facts} == {"creati-2026-reckoning"}
    assert any("https://creati.ai" in str(row["origin"]) for row in answer.table("why").rows)


@pytest.mark.parametrize(
    "name",
    [
        "total_gap",
        "sum_of_category_gaps",
        "coverage",
        "annualised_gap",
        "capital_charge.it",
        "hyperscaler_capex.spend",
        "energy.spend",
    ],
)
def test_why_shows_the_number_that_gap_prints(name, gap_values):
    assert why(f"gap:{name}").values[f"gap:{name}"] == gap_values[name]


def test_guidance_leads_to_eight_documents():
    found = [row for row in rows("gap:hyperscaler_capex.spend") if row["kind"] == "fact"]
    assert len(found) == 8 and all("known 2026-0" in str(row["origin"]) for row in found)


def test_an_assumption_ends_at_its_author_and_reason():
    leaves = {row["id"]: row for row in rows("gap:capital_charge.it", depth=3)}
    assert leaves["gap:hurdle_per_year"]["kind"] == "assumption"
    assert str(leaves["gap:hurdle_per_year"]["origin"]).startswith("overbuild: After-tax")


@pytest.mark.parametrize(
    "line", ["cfads", "revenue", "site.energy_cost", "dscr", "tax", "senior.interest", "dsra_balance", "total_assets"]
)
def test_a_line_of_a_period_has_the_value_of_the_run(line, case):
    for label in ("2027Q2", "2030Q1", "2038Q2"):
        found = why(f"site:{line}@{label}", CASE, depth=1).values[f"site:{line}@{label}"]
        assert found == pytest.approx(case.run.lines[line][case.calendar.place(label)], rel=1e-12, abs=1e-9)


@pytest.mark.parametrize(
    "path",
    [
        "site.pue",
        "site.kw_per_gpu",
        "power.price_per_mwh",
        "components.it.cost",
        "offtake.price_per_gpu_hour",
        "components.power.cost",
    ],
)
def test_an_input_reaches_a_source_with_its_date_and_page(path):
    leaves = [row for row in rows(path, CASE) if row["kind"] == "fact"]
    assert leaves and all("http" in str(one["origin"]) and "known 202" in str(one["origin"]) for one in leaves)


def test_a_line_reaches_the_fact_behind_its_input():
    found = rows("site:site.energy_cost@2030Q1", CASE)
    assert any(row["id"] == "fact:site_costs.pue_applied_digital_polaris_forge" for row in found)


def test_the_previous_period_is_named():
    found = rows("site:dsra_balance@2030Q1", CASE, depth=3)
    assert any(str(row["id"]).endswith("@2029Q4") for row in found)


def test_a_line_of_construction_is_found_by_its_period():
    assert why("site:uses_of_funds@2027Q2", CASE).values["site:uses_of_funds@2027Q2"] > 0


def test_results_and_solved_numbers_say_how_they_come_about():
    assert rows("site:min_dscr", CASE)[0]["formula"] == "min_dscr = row_min(dscr, debt_is_due)"
    assert "nearest 0" in rows("site:equity_irr_per_year", CASE)[0]["formula"]


def test_a_break_even_says_what_it_is_found_from():
    found = rows("site:breakeven.price", CASE)
    assert str(found[0]["origin"]).startswith(
        "found by running the case: the price (contracts and market) at which minimum"
    )
    assert {"site:market.price_per_gpu_hour", "site:offtake.price_per_gpu_hour", "site:min_dscr"} <= {
        row["id"] for row in found
    }


def test_what_breaks_first_is_told_with_every_driver():
    found = {row["id"]: row for row in rows("site:first_break", CASE)}
    assert found["site:first_break"]["value"] == "price"
    assert found["site:breakeven.utilisation"]["value"] is None
    assert found["site:breakeven.price"]["value"] == site(CASE).values["breakeven.price"]


def test_debt_capacity_is_told_with_what_lenders_ask():
    found = {row["id"]: row for row in rows("site:debt_capacity", CASE)}
    assert found["site:debt_capacity"]["value"] == site(CASE).values["debt_capacity"]
    assert found["site:loans.senior.target_dscr"]["value"] == 1.35


@pytest.mark.parametrize("name", ["breakeven.delay", "breakeven.failure.llcr", "breakeven.gpu_cost.equity_npv"])
def test_every_break_even_has_its_value_and_its_moved_inputs(name):
    found = rows(f"site:{name}", CASE)
    assert found[0]["value"] == site(CASE).values[name] and len(found) > 1


def test_a_shock_is_followed():
    base = why("site:market_price@2031", WHOLE).values["site:market_price@2031"]
    assert why("site:market_price@2031", WHOLE, shocks=(str(SHOCK),)).values["site:market_price@2031"] < base


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gap:total_gp"], "Did you mean total_gap"),
        (["gab:total_gap"], "Did you mean gap"),
        (["fact:MSFT.capx"], "no such fact"),
        (["site:cfads@2030Q1"], "needs its case"),
        (["site:cfads", str(CASE)], "one value a period"),
        (["site:cfad@2030Q1", str(CASE)], "Did you mean cfads"),
        (["site:cfads@2060Q1", str(CASE)], "runs from"),
        (["site:site.pu", str(CASE)], "Did you mean site.pue"),
        (["gap:total_gap", "--depth", "-1"], "0 or more"),
        (["site:min_dscrs", str(CASE)], "Did you mean min_dscr or min_dscr_12m or min_dscr_period?"),
        (["site:breakeven.prise", str(CASE)], "Did you mean breakeven.price"),
    ],
)
def test_an_unknown_id_is_refused_with_close_names(arguments, words):
    found = run("why", *arguments)
    assert found.returncode == 2 and words in found.stderr, found.stderr


def test_a_fact_is_shown_with_its_document():
    key = next(iter(gap(as_of="2026-01-17").facts)).id
    answer = json.loads(run("why", f"fact:{key}", "--json").stdout)
    assert answer["facts"] and answer["tables"]["why"][0]["kind"] == "fact"


def test_a_fleet_that_is_not_bought_says_what_decided(case):
    assert case.run.lines["refreshed_it.funded"][case.calendar.place("2034Q2")] == 0.0
    decided = {row["id"]: row for row in rows("site:refreshed_it.funded@2034Q2", CASE)}
    assert {"site:refresh.cost", "site:refresh.period", "site:site.construction_periods"} <= set(decided)
    parts = [
        row for row in decided.values() if str(row["what"]).strip().endswith(" of: The fleet is bought: refreshed it")
    ]
    assert len(parts) > 1 and all(isinstance(row["value"], float) and row["formula"] for row in parts)
    again = parts[0]
    assert why(str(again["id"]), CASE).values[str(again["id"])] == again["value"]


def test_what_a_period_hands_on_is_told_by_its_formula(case):
    found = {row["id"]: row for row in rows("site:senior.interest@2030Q1", CASE)}
    before = found["site:state.loans.senior.balance@2029Q4"]
    assert before["value"] == case.run.lines["senior.balance"][case.calendar.place("2029Q4")] > 1e9
    assert before["unit"] == "USD" and str(before["formula"]).startswith("loans.senior.balance = ")


def test_what_sizing_and_the_base_case_found_says_so(case):
    found = {row["id"]: row for row in rows("site:dsra_target@2030Q1", CASE, depth=1)}
    target = found["site:base.reserve_target@2030Q1"]
    assert target["value"] == pytest.approx(sum(case.sizing.base.due[14:16]), rel=1e-12)
    assert target["origin"] == "found by sizing the loans, before the run"
    scheduled = {row["id"]: row for row in rows("site:senior.principal@2030Q1", CASE)}[
        "site:loans.senior.scheduled@2030Q1"
    ]
    assert scheduled["value"] == case.sizing.loans[0].principal[13]
    assert scheduled["origin"] == "found by sizing the loans, before the run"


@pytest.mark.parametrize(
    ("line", "inputs"),
    [
        ("lab.revenue@2030Q1", {"contracts.lab.price", "contracts.lab.share", "contracts.lab.take_or_pay"}),
        ("cloud.price@2030Q1", {"contracts.cloud.price.value", "contracts.cloud.price.growth"}),
        ("market_price@2031Q1", {"market.price.by_year"}),
        ("test_1.breached@2031Q1", {"tests.1.level"}),
        ("senior.rate@2031Q1", {"loans.senior.base_rate.by_period", "loans.senior.margin_per_year"}),
        ("h2.gpu_hours@2031Q1", {"phases.h2.it_mw", "phases.h2.cod", "phases.h2.delay", "fleets.f2.kw_per_gpu"}),
    ],
)
def test_a_line_of_the_general_form_leads_to_the_inputs_of_its_file(line, inputs):
    found = {str(row["id"]).removeprefix("site:") for row in rows(f"site:{line}", CAMPUS, depth=4)}
    assert inputs <= found, sorted(found)


@pytest.mark.parametrize("name", sorted(site_presets()))
def test_a_preset_leads_to_documents_with_day_and_page(name):
    ran = run_case(Path(f"preset:{name}"))
    numbers = SiteNumbers(ran, None)
    cited = [path for path, one in ran.shocked.inputs.items() if one.facts]
    assert len(cited) >= 5
    for path in cited:
        facts = [row for row in rows_of(numbers.find(path, 3)) if row["kind"] == "fact"]
        assert facts and all("http" in str(row["origin"]) and "known 20" in str(row["origin"]) for row in facts), path
    place = next(at for at, cash in enumerate(ran.run.lines["cfads"]) if cash > 0.0)
    tree = rows_of(numbers.find(f"cfads@{ran.labels[place]}", 3))
    assert tree[0]["value"] == ran.run.lines["cfads"][place] and len(tree) > 20


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("need:required_of_vintages", "annualised_cost"),
        ("need:need_gap.vintages_low", "annualised_gap.low"),
        ("need:earned_revenue", "ai_revenue.owner.central"),
        ("gap:hyperscaler_capex.revenue_high", "ai_revenue.owner.high"),
        ("gap:energy.spend_low", "energy_of_ai_sites.low"),
    ],
)
def test_numbers_of_the_gap_open_under_every_name(number, same, gap_values):
    assert why(number).values[number] == gap_values[same]


def test_a_field_of_a_deal_leads_to_its_document():
    answer = why("fact:deals.iren_gpu_notes.coupon_pct")
    assert answer.values["fact:deals.iren_gpu_notes.coupon_pct"] == pytest.approx(0.0596)
    assert {fact.source for fact in answer.facts} == {"secwatch-2026-iren-gpu"}


def test_numbers_beside_the_model_of_the_gap_open_to_their_facts(gap_values):
    for name in ("total_gap_low", "total_gap_high", "article.total_gap", "actual_capex.2026Q1", "overlap_of_doors"):
        answer = why(f"gap:{name}")
        assert answer.values[f"gap:{name}"] == pytest.approx(gap_values[name]), name
        assert answer.facts, name
