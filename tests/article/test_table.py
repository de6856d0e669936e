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


def test_the_annualised_gap_is_the_charge_in_the_place_of_the_capex(article):
    charge = sum(article.values[f"capital_charge.{name}"] for name in ("shell", "power", "it"))
    assert article.values["capital_charge"] == pytest.approx(charge, rel=1e-15)
    assert article.values["annualised_gap"] == pytest.approx(280e9 - charge - (40e9 + 150e9), rel=1e-12)


def test_one_source_means_no_range(article):
    assert article.values["hyperscaler_capex.spend_low"] == article.values["hyperscaler_capex.spend_high"] == 527e9


def test_today_rests_on_the_guidance_of_all_four(today):
    # MSFT 190, GOOGL 180-190, AMZN 200, META 125-145
    assert today.values["hyperscaler_capex.spend"] == 190e9 + 185e9 + 200e9 + 135e9
    assert today.values["hyperscaler_capex.spend_low"] == 190e9 + 180e9 + 200e9 + 125e9
    assert today.values["hyperscaler_capex.spend_high"] == 190e9 + 190e9 + 200e9 + 145e9
    assert today.data_until > "2026-04-28"


def test_the_basket_gives_way_only_when_all_four_have_guided():
    before, after = gap(as_of="2026-04-28"), gap(as_of="2026-04-29")
    assert before.values["hyperscaler_capex.spend"] == 527e9
    assert after.values["hyperscaler_capex.spend"] > 600e9


def test_today_shows_the_quarter_reported_and_the_leases_not_started(today):
    # 44.2 + 35.67 + 19.0 + 30.88
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
