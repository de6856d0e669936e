"""The article's own table (creati-2026-reckoning): every figure it prints, and the two sums it leaves unexplained."""

from __future__ import annotations

import pytest

from overbuild.questions.gap import gap


@pytest.fixture(scope="module")
def article():
    return gap(as_of="2026-01-17")


@pytest.fixture(scope="module")
def today():
    return gap()


def test_the_table_is_the_articles_to_the_dollar(article):
    expected = {
        "hyperscaler_capex.spend": 527e9,
        "hyperscaler_capex.revenue": 200e9,
        "hyperscaler_capex.gap": -327e9,
        "energy.spend": 40e9,
        "energy.revenue": None,
        "energy.gap": None,
        "enterprise_software.spend": 150e9,
        "enterprise_software.revenue": 80e9,
        "enterprise_software.gap": -70e9,
        "total_spend": 717e9,
        "total_revenue": 280e9,
        "total_gap": -437e9,
        "sum_of_category_gaps": -397e9,
        "unmatched_cost": 40e9,
    }
    assert {name: article.values[name] for name in expected} == expected
    assert article.values["coverage"] == pytest.approx(0.3905160390516039, rel=1e-15)


def test_the_printed_figures_agree_with_the_computed_ones(article):
    from overbuild.facts.store import load_ledger

    view = load_ledger().as_of("2026-01-17")
    printed = {
        ("HYPERSCALERS", "gap"): "hyperscaler_capex.gap",
        ("ENTERPRISE_AI_SOFTWARE", "gap"): "enterprise_software.gap",
        ("ECOSYSTEM", "total_spend"): "total_spend",
        ("ECOSYSTEM", "total_revenue"): "total_revenue",
        ("ECOSYSTEM", "total_gap"): "total_gap",
    }
    for subject, name in printed.items():
        fact = view.find(*subject, "2026-01-01", "2026-12-31")
        assert fact is not None and fact.value_in_base_unit == article.values[name]


def test_the_answer_says_why_the_two_sums_differ(article):
    assert "cost without revenue of its own" in article.headline.text
    assert "-437bn" in article.headline.text and "-397bn" in article.headline.text
    assert article.status["energy.gap"]


def test_no_fact_known_after_the_day_is_used(article):
    assert article.facts
    assert all(fact.known_at <= "2026-01-17" for fact in article.facts)
    assert article.data_until == "2026-01-17"


def test_the_annualised_gap_of_the_articles_day_rests_on_its_revenue_and_energy(article):
    values = article.values
    for end in ("low", "central", "high"):
        assert values[f"ai_revenue.owner.{end}"] == 200e9 and values[f"energy_of_ai_sites.{end}"] == 40e9
    charges = sum(values[f"charge_of_vintages.{name}"] for name in ("shell", "power", "it"))
    assert values["annualised_cost"] == pytest.approx(charges + 40e9, rel=1e-12)
    assert values["annualised_gap"] == pytest.approx(200e9 - values["annualised_cost"], rel=1e-12)
    assert values["ai_revenue.end_user.central"] is None and article.status["ai_revenue.end_user.central"]


def test_what_was_not_known_of_earlier_years_is_said(article):
    basis = {(row["year"], row["spender"]): row["basis"] for row in article.table("vintages").rows}
    assert basis["2025", "MSFT"] == "held from 2024" and basis["2025", "GOOGL"] == "midpoint of guidance"
    assert any("do not date by then" in note and "MSFT 2025" in note for note in article.notes)


def test_one_source_means_no_range(article):
    assert article.values["hyperscaler_capex.spend_low"] == article.values["hyperscaler_capex.spend_high"] == 527e9


def test_today_rests_on_the_guidance_of_all_four(today):
    # MSFT 175, GOOGL 195-205, AMZN 220, META 130-145
    assert today.values["hyperscaler_capex.spend"] == 175e9 + 200e9 + 220e9 + 137.5e9
    assert today.values["hyperscaler_capex.spend_low"] == 175e9 + 195e9 + 220e9 + 130e9
    assert today.values["hyperscaler_capex.spend_high"] == 175e9 + 205e9 + 220e9 + 145e9
    assert today.data_until > "2026-08-31"


def test_both_doors_are_ranges_that_are_never_added(today):
    values = today.values
    owner = [values[f"ai_revenue.owner.{end}"] / 1e9 for end in ("low", "central", "high")]
    assert owner == pytest.approx([71.5, 98.5, 133.3], abs=0.15)
    end_user = [values[f"ai_revenue.end_user.{end}"] / 1e9 for end in ("low", "central", "high")]
    assert end_user == [140.0, 207.5, 229.0]
    assert values["hyperscaler_capex.revenue"] == values["ai_revenue.owner.central"]
    assert values["total_revenue"] == pytest.approx(values["ai_revenue.owner.central"] + 80e9)
    assert values["overlap_of_doors"] == 24.1e9


def test_every_company_is_derived_as_its_arithmetic_says(today):
    parts = {row["part"]: row for row in today.table("doors").rows if row["door"] == "owners are paid"}
    growth = 2.23
    assert parts["Microsoft"]["central"] == pytest.approx(9.25e9 * sum(growth ** (k / 8) for k in range(4)))
    assert parts["Amazon (AWS)"]["high"] == pytest.approx((3.75 + 6.25 * (1 + 5 / 3 + 25 / 9)) * 1e9)
    assert parts["Alphabet (Cloud)"]["high"] == pytest.approx((7.5 + 3 * (7.5 + 24.768 - 20.0)) * 1e9)
    assert [parts["Meta"][end] for end in ("low", "central", "high")] == [0.0, 0.0, 0.0]


def test_the_headline_leads_with_the_annualised_range(today):
    values, headline = today.values, today.headline
    assert headline.id == "annualised_gap" and headline.value == values["annualised_gap.central"]
    low, central, high = (values[f"annualised_gap.{end}"] for end in ("low", "central", "high"))
    assert low < central < high < 0
    assert low == pytest.approx(values["ai_revenue.owner.low"] - values["annualised_cost.high"])
    assert high == pytest.approx(values["ai_revenue.owner.high"] - values["annualised_cost.low"])
    assert values["vintages.first_year"] == 2023
    assert "-160.1bn (-215.2 to -97.9)" in headline.text
    moved = today.notes[0]
    assert (
        "spending is up 205.5bn" in moved
        and "732.5bn (720.0 to 745.0)" in moved
        and "207.5bn (140.0 to 229.0)" in moved
    )


def test_what_decides_the_gap_is_named_by_its_effect(today):
    swings = [abs(row["gap_at_high"] - row["gap_at_low"]) for row in today.table("sensitivity").rows]
    assert swings == sorted(swings, reverse=True)
    price, paid, share = today.screen.decides
    assert price == "Price decline of servers, chips and network, 25% a year: gap -111.9bn at 0%, -193.1bn at 40%."
    assert paid.startswith("Owners' AI revenue, 98.4bn USD: ") and share.startswith(
        "Share of capex that is for AI, 69.4%: "
    )
    closes = today.screen.moves[0]
    assert f"{today.values['annualised_cost'] / 1e9:.1f}bn" in closes


def test_revenue_moves_with_the_day():
    assert gap(as_of="2026-05-01").values["ai_revenue.owner.central"] == 200e9
    june = gap(as_of="2026-06-30").values
    assert june["ai_revenue.owner.low"] == pytest.approx(37e9 + 15e9 + 12e9)
    assert june["ai_revenue.end_user.low"] == 110e9


def test_the_plans_stand_on_one_definition_beside_their_own(today):
    assert today.values["capex.with_finance_leases"] == 747.5e9
    assert (
        today.values["capex.cash"] < today.values["hyperscaler_capex.spend"] < today.values["capex.with_finance_leases"]
    )
    assert any("longer lives from fiscal 2027" in note for note in today.notes)


def test_the_articles_figures_meet_the_evidence(today, article):
    rows = {row["id"]: row for row in today.table("article_evidence").rows}
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "capex": "supported",
        "ai_revenue": "wrong_door",
        "energy": "other_scope",
        "software_spend": "no_support",
        "software_revenue": "no_support",
        "total_spend": "does_not_add_up",
        "total_revenue": "does_not_add_up",
        "total_gap": "does_not_add_up",
        "yearly_300": "other_scope",
    }
    assert all(row["why"] for row in rows.values())
    assert rows["capex"]["printed"] == 527e9 and rows["capex"]["central"] == 732.5e9
    then = {row["id"]: row["verdict"] for row in article.table("article_evidence").rows}
    assert then["capex"] == "supported" and then["ai_revenue"] == "no_support"
    assert today.values["article.total_gap"] == -437e9 and today.values["article.sum_of_category_gaps"] == -397e9


def test_a_cell_without_newer_evidence_says_so(today):
    rows = {row["id"]: row for row in today.table("gap").rows}
    assert "no newer figure" in rows["enterprise_software"]["basis"]
    assert "no newer figure" in rows["enterprise_software"]["revenue_basis"]
    assert rows["hyperscaler_capex"]["revenue_basis"].startswith("derived: MSFT")


def test_the_basket_gives_way_only_when_all_four_have_guided():
    before, after = gap(as_of="2026-04-28"), gap(as_of="2026-04-29")
    assert before.values["hyperscaler_capex.spend"] == 527e9
    assert after.values["hyperscaler_capex.spend"] > 600e9


def test_today_shows_the_quarter_reported_and_the_leases_not_started(today):
    # 44.2 + 35.674 + 19.0 + 30.876
    assert today.values["actual_capex.2026Q1"] == pytest.approx(129.75e9)
    assert today.values["leases_not_commenced"] == 850e9
    assert {row["company"] for row in today.table("leases").rows} >= {"MSFT", "META", "ORCL", "BIG6"}


def test_the_answer_names_its_limits_and_assumptions(today):
    assert len(today.limits) >= 2
    assert {one.id for one in today.assumptions} >= {"hurdle_per_year", "tax_rate", "it.life_years"}
    assert all(one.reason and one.author for one in today.assumptions)


def test_the_sensitivity_ends_straddle_the_annualised_gap(today):
    for row in today.table("sensitivity").rows:
        low, high = sorted((row["gap_at_low"], row["gap_at_high"]))
        assert low <= today.values["annualised_gap"] <= high
