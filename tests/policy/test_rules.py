"""Rules on a firm: ceilings, dates, scope, burdens, what controls are worth, what is refused."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import row_of
from overbuild.errors import CaseError, InputError, InputErrors
from overbuild.policy.rules.burdens import MergerRule, PlannedMerger, merger_presumed
from overbuild.policy.rules.fines import FinedFirm, FineRule, fine_ceiling
from overbuild.policy.rules.rule import RuleScope, RuleStart, has_started, in_scope, share_in_force, years_in_force
from overbuild.policy.rules.rules_run import run_rules
from overbuild.policy.rules.terms import touches
from overbuild.world.overlay import overlay_of

SHIPPED = Path("preset:ai-rules-2026")


def run(*sets):
    return run_rules(SHIPPED, sets)


def act(fixed, share):
    return FineRule("act", RuleScope(1.0, 0.0, 0.0), RuleStart(1.0, 0.0, 0.0), fixed, 0.0, share, 1.0, 0.0, 0.0, (), ())


@pytest.mark.parametrize(
    ("fixed", "share", "turnover", "small", "ceiling"),
    [
        (35e6, 0.07, 1e9, 0.0, 70e6),
        (35e6, 0.07, 100e6, 0.0, 35e6),
        (35e6, 0.07, 100e6, 1.0, 7e6),
        (15e6, 0.03, 2e9, 0.0, 60e6),
        (20e6, 0.04, 500e6, 0.0, 20e6),
    ],
)
def test_the_ceiling_is_the_greater_and_of_a_small_firm_the_lesser(fixed, share, turnover, small, ceiling):
    assert fine_ceiling(act(fixed, share), FinedFirm(turnover, small, 0.0, 1.0)) == pytest.approx(ceiling)


@settings(max_examples=60, deadline=None)
@given(turnover=st.floats(1e3, 1e12), fixed=st.floats(1.0, 1e9), share=st.floats(0.0, 0.2))
def test_a_small_firm_is_never_fined_more(turnover, fixed, share):
    large, small = (fine_ceiling(act(fixed, share), FinedFirm(turnover, one, 0.0, 1.1)) for one in (0.0, 1.0))
    assert small <= large and large >= share * turnover and large >= fixed * 1.1 - 1e-6


@settings(max_examples=60, deadline=None)
@given(earliest=st.floats(-3.0, 8.0), width=st.sampled_from([0.0, 0.25, 1.0, 4.0]))
def test_shares_of_years_add_up_to_the_time_in_force(earliest, width):
    start = RuleStart(1.0, earliest, earliest + width)
    found = [share_in_force(start, float(year)) for year in range(1, 13)]
    assert sum(found) == pytest.approx(years_in_force(start, 12.0) - years_in_force(start, 0.0), abs=1e-9)
    assert all(-1e-12 <= one <= 1 + 1e-12 for one in found)
    assert all(later >= one - 1e-12 for one, later in pairwise(found))
    by_hand = sum(max(12.0 - max(earliest + width * (k + 0.5) / 400, 0.0), 0.0) for k in range(400)) / 400
    assert sum(found) == pytest.approx(by_hand, abs=1e-3)


def test_a_rule_of_one_day_starts_on_it():
    start = RuleStart(1.0, 2.0, 2.0)
    assert [has_started(start, one) for one in (1.999, 2.0, 3.0)] == [0.0, 1.0, 1.0]


def test_scope_is_turnover_power_and_place():
    scope = RuleScope(1.0, 0.0, 75.0)
    assert [in_scope(scope, 1e9, power) for power in (74.9, 75.0, 300.0)] == [0.0, 1.0, 1.0]
    assert in_scope(scope._replace(in_jurisdiction=0.0), 1e9, 300.0) == 0.0
    assert touches(("US OH",), "US TX") is False and touches(("US",), "US TX") and not touches(("USA",), "US")


def test_the_ceiling_of_a_company_counts_on_its_turnover_in_the_facts():
    values = run().values().values
    assert values["fine_ceiling.ai_act_prohibited"] == pytest.approx(0.07 * 331.839e9)
    assert values["fine_ceiling.gdpr_upper"] == pytest.approx(0.04 * 331.839e9)


def test_a_small_firm_has_the_lesser_ceiling_in_euro():
    small = run("firm.is_small_or_medium=true", "firm.turnover=20e6", "firm.usd_per_eur=1.2").values().values
    assert small["fine_ceiling.ai_act_prohibited"] == pytest.approx(1.4e6)
    assert small["fine_ceiling.gdpr_upper"] == pytest.approx(24e6)
    large = run("firm.turnover=20e6", "firm.usd_per_eur=1.2").values().values
    assert large["fine_ceiling.ai_act_prohibited"] == pytest.approx(42e6)


def test_the_grid_and_the_formula_give_one_mean():
    found = run()
    for losses, fines, held in zip(
        found.losses, found.years["expected_fines"], found.years["expected_fines_with_controls"], strict=True
    ):
        assert losses.year.mean == pytest.approx(fines, rel=1e-9)
        assert losses.year_with_controls.mean == pytest.approx(held, rel=1e-9)
    assert found.two_ways_apart < 1e-10


def test_a_rule_that_has_not_come_is_not_fined():
    found = run()
    first, second, third = found.years["ai_act_high_risk.expected_fines"][:3]
    assert (first, second) == (0.0, pytest.approx(third * 364 / 365, rel=1e-3))


def test_a_firm_outside_a_jurisdiction_is_not_touched():
    abroad = run("firm.operates_in=[US]")
    assert all(not any(abroad.years[f"{fine.name}.exposure"]) for fine in abroad.plan.fines)
    assert abroad.values().values["expected_loss"] == 0.0 and abroad.values().values["tvar_99"] == 0.0
    assert not any(abroad.years["ireland_on_site_power.burden"]) and any(abroad.years["texas_large_load.burden"])


def test_a_site_below_the_threshold_owes_nothing_to_texas():
    assert not any(run("firm.power=74").years["texas_large_load.burden"])


def test_a_rule_in_force_asks_once_in_the_first_year():
    found = run().years["texas_large_load.burden"]
    assert found[0] == pytest.approx(0.1e6 + 50000 * 300) and not any(found[1:])


def test_a_delay_costs_the_margin_of_its_months_by_its_probability():
    found = run().years["us_state_moratoria.burden"]
    assert sum(found) == pytest.approx(0.15 * 200 * 5e6 * 12 / 12, rel=1e-9)


def test_a_cap_costs_what_may_not_run():
    cap = '[{name: cap, jurisdiction: US, when: {starts: "2026-12-01", probability: 0.5}, planned: 300, most: 100}]'
    found = run(f"caps={cap}")
    assert found.years["cap.burden"] == [pytest.approx(0.5 * 200 * 5e6)] * 5


def test_the_parts_add_up_and_the_sales_effect_is_what_lies_between():
    values = run().values().values
    parts = [values[f"moat.{name}"] for name in ("loss", "capital", "wins", "speed", "funding", "cost")]
    assert sum(parts) == pytest.approx(values["moat_npv"], rel=1e-12)
    between = values["moat_npv"] - values["moat_npv_without_sales_effect"]
    assert between == pytest.approx(values["moat.wins"] + values["moat.funding"], rel=1e-9)


def test_at_the_uplift_of_break_even_controls_are_worth_nothing():
    uplift = run().values().values["breakeven_uplift"]
    assert run(f"controls.win_uplift={uplift!r}").values().values["moat_npv"] == pytest.approx(0.0, abs=1.0)


def test_the_value_without_the_sales_effect_is_that_of_no_effect():
    bare = run("controls.win_uplift=0", "controls.spread_saving_per_year=0").values().values
    assert bare["moat_npv"] == pytest.approx(run().values().values["moat_npv_without_sales_effect"], rel=1e-12)


def test_nothing_sold_to_regulated_buyers_leaves_no_break_even():
    found = run("controls.regulated_share=0").values()
    assert found.values["breakeven_uplift"] is None and "regulated" in found.status["breakeven_uplift"]


def test_money_scales_with_the_turnover_where_shares_are_the_ceiling():
    one, two = run().values().values, run("firm.turnover=663.678e9").values().values
    for name in ("expected_loss", "var_99", "tvar_99", "moat_npv"):
        assert two[name] == pytest.approx(2 * one[name], rel=1e-9)
    assert two["breakeven_uplift"] == pytest.approx(one["breakeven_uplift"], rel=1e-9)


def test_a_merger_is_presumed_above_its_thresholds():
    rule = MergerRule("us", 1800.0, 100.0, 0.3)
    told = [
        merger_presumed(rule, PlannedMerger(*one))
        for one in ((0.3, 0.02, 1900.0), (0.2, 0.02, 1900.0), (0.2, 0.05, 1500.0), (0.28, 0.03, 1500.0))
    ]
    assert told == [1.0, 0.0, 0.0, 1.0]


def test_the_share_at_the_threshold_is_where_the_rise_is_its_threshold():
    at = run().values().values["merger.us_2023.target_share_at_threshold"]
    assert run(f"merger.target_share={at!r}").values().values["merger.us_2023.hhi_rise"] == pytest.approx(100.0)


FINE = "fines.gdpr_upper"


@pytest.mark.parametrize(
    ("sets", "code", "said"),
    [
        ((f"{FINE}.fine_probabilities=[0.5, 0.3, 0.13, 0.05, 0.03]",), "pmf_not_one", "come to 1.01"),
        ((f"{FINE}.fine_probabilities=[0.5, 0.5]",), "length_mismatch", "5 sizes and 2 probabilities"),
        ((f"{FINE}.fine_probabilities=[1.5, -0.5, 0, 0, 0]",), "probability_out_of_range", "between 0 and 1"),
        ((f"{FINE}.when.probability=60",), "probability_out_of_range", "did you mean 0.6?"),
        ((f"{FINE}.when.probability=1.2",), "probability_out_of_range", "the probability that a rule comes"),
        ((f"{FINE}.when.starts=soon",), "bad_period", "such as 2027-12-02"),
        (("delays.us_state_moratoria.when.latest='2026-01-01'",), "bad_interval", "before the earliest"),
        ((f"{FINE}.share_of_turnover=4",), "bad_value", "did you mean 0.04?"),
        ((f"{FINE}.breaches_per_year=-0.3",), "bad_value", "did you mean 0.3?"),
        (("firm.usd_per_eur=115",), "bad_value", "did you mean 1.15?"),
        (("grid.level=99",), "bad_value", "did you mean 0.99?"),
        (("costs.texas_large_load.name=gdpr_upper",), "duplicate", "two rules"),
        (("fines=[]",), "missing", "at least one rule"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(sets, code, said):
    with pytest.raises((CaseError, InputErrors)) as raised:
        run(*sets)
    faults = getattr(raised.value, "errors", [raised.value])
    assert any(fault.code == code and said in fault.hint and fault.line for fault in faults), str(raised.value)


def test_a_grid_that_losses_run_off_is_refused_by_name():
    with pytest.raises(InputError, match="grid_too_short"):
        run("grid.points=256")


def test_another_turnover_takes_the_place_of_that_of_the_file():
    found = run_rules(SHIPPED, (), (overlay_of("firm.turnover=1e9"),))
    assert found.values().values["fine_ceiling.ai_act_prohibited"] == pytest.approx(70e6)


def test_every_line_has_its_row_in_the_room():
    names = [name for program in programs_of(run().model).values() for name in program.lines]
    assert {row.room if (row := row_of(name)) else None for name in names} == {"policy"}


def test_inputs_that_decide_are_those_that_move_the_answer_most():
    found = run("years=2").deciding
    assert found[0].input.path == "fines.gdpr_upper.breaches_per_year" and found[0].at_high > found[0].at_low
    assert all(math.isfinite(one.swing) for one in found)


def test_a_turnover_in_billions_is_asked_about():
    with pytest.raises(CaseError) as raised:
        run("firm.turnover=332")
    assert "332 billion is 332e9" in raised.value.hint


def test_a_small_provider_needs_sales_to_pay_for_controls():
    values = run_rules(Path("preset:small-provider-2026")).values().values
    assert values["moat_npv_without_sales_effect"] < 0.0 and values["breakeven_uplift"] > 0.02
    assert values["fine_ceiling.ai_act_prohibited"] == pytest.approx(0.07 * 40e6)
    assert values["fine_ceiling.gdpr_upper"] == pytest.approx(20e6 * 1.15)
