"""Levers of a tariff over drawn worlds: known answers, roots that are run, what cannot be done, what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from overbuild.errors import CaseError, InputError
from overbuild.policy.tariff.deal_run import run_deal
from overbuild.policy.tariff.faults import TARIFFS
from overbuild.stress.tariff_levers.condition import condition_of
from overbuild.stress.tariff_levers.drawn import drawn_deal, outcomes, outcomes_in_arrays
from overbuild.stress.tariff_levers.frontier import frontier_of
from overbuild.stress.tariff_levers.levers import LEVERS, lever_of
from overbuild.stress.tariff_levers.solve import least_root, solve_lever
from overbuild.world.case_record import read_case
from overbuild.world.overlay import overlay_of

WORLDS = 512
FIXED = (
    "drivers={drawn: [{name: growth, input: tariff.charge_growth_per_year, how: adds, "
    "distribution: {family: uniform, low: 0.0, high: 1.0e-14}}]}"
)
WHOLE = condition_of("others_worse_off<=0@P95")


def case_of_preset(name, *sets):
    return read_case(Path(f"preset:{name}"), TARIFFS, [overlay_of(text) for text in sets])


def test_worlds_in_arrays_are_the_worlds_one_by_one_and_those_of_the_kernel():
    drawn = drawn_deal(case_of_preset("dominion-gs5"), 40, 3)
    together = outcomes_in_arrays(drawn, drawn.plan, "others_worse_off")
    assert drawn.kernel is not None
    assert outcomes(drawn, drawn.plan, "others_worse_off") == pytest.approx(together, rel=1e-9, abs=1.0)
    harder = LEVERS["min_take"].moved(drawn.plan, 0.97)
    arrays = outcomes_in_arrays(drawn, harder, "household_month")
    assert outcomes(drawn, harder, "household_month") == pytest.approx(arrays, rel=1e-9, abs=1e-9)
    for place, values in enumerate(drawn.values.T):
        alone = run_deal(drawn.worlds.bound.drawn.moved([float(one) for one in values])).others
        assert together[place] == pytest.approx(alone, rel=1e-11, abs=1e-3)


def test_a_lever_that_a_driver_moves_is_drawn_round_its_new_value():
    drawn = "drivers={drawn: [{name: fee, input: tariff.exit_fee_years, how: multiplies, "
    case = case_of_preset("aep-ohio", drawn + "distribution: {family: uniform, low: 0.5, high: 1.0}}]}")
    deal = drawn_deal(case, 30, 1)
    moved = LEVERS["exit_fee"].moved(deal.plan, 6.0)
    arrays = outcomes_in_arrays(deal, moved, "others_worse_off")
    assert outcomes(deal, moved, "others_worse_off") == pytest.approx(arrays, rel=1e-12)


def test_the_same_seed_draws_the_same_worlds_whatever_their_number():
    case = case_of_preset("aep-ohio")
    few, many = drawn_deal(case, 50, 9), drawn_deal(case, 400, 9)
    assert np.array_equal(few.values, many.values[:, :50])
    assert not np.array_equal(few.values, drawn_deal(case, 50, 10).values)


@pytest.mark.parametrize("name", ["dominion-gs5", "evergy-kansas"])
def test_the_take_that_is_found_keeps_others_whole_when_it_is_run(name):
    case = case_of_preset(name)
    found = solve_lever(case, LEVERS["min_take"], WHOLE, scenarios=WORLDS)
    assert found.feasible and 0.0 < found.value < 1.0
    run = outcomes(drawn_deal(case, WORLDS, 1), found.plan, "others_worse_off")
    assert float(np.quantile(run, 0.95)) == pytest.approx(0.0, abs=0.01 * found.as_is.p95)
    less = LEVERS["min_take"].moved(case.record, found.value * 0.999)
    assert float(np.quantile(outcomes(found.drawn, less, "others_worse_off"), 0.95)) > 0.0


def test_a_root_with_a_known_answer_is_found():
    """One world in which the load never comes: the take at which 12 years of minimum charges carry the cost."""
    case = case_of_preset("aep-ohio", "load.arrives_share=0", "load.leaves_after_years=12", "tariff.ramp=[1.0]", FIXED)
    plan, drawn = case.record, drawn_deal(case, 1, 1)
    mean = condition_of("others_worse_off<=0@mean")
    found = least_root(drawn, plan, LEVERS["min_take"], mean)
    one, none = (run_deal(LEVERS["min_take"].moved(plan, take)).others for take in (1.0, 0.0))
    assert one < 0.0 < none
    assert found == pytest.approx(none / (none - one), rel=1e-9)


def test_what_no_value_does_is_said_with_the_nearest():
    found = solve_lever(case_of_preset("aep-ohio"), LEVERS["min_take"], WHOLE, scenarios=WORLDS)
    assert not found.feasible and found.value == 1.0
    assert 0.0 < found.found.at_level == min(one.spread.at_level for one in found.looked_at)


def test_a_condition_that_holds_without_the_lever_needs_none_of_it():
    easy = condition_of("others_worse_off<=10bn@P95")
    assert solve_lever(case_of_preset("aep-ohio"), LEVERS["exit_fee"], easy, scenarios=64).value == 0.0


def test_the_two_levers_of_a_frontier_stand_for_each_other():
    drawn = drawn_deal(case_of_preset("dominion-gs5"), 256, 1)
    plan = drawn.plan
    frontier = frontier_of(drawn, LEVERS["min_take"], WHOLE)
    needed = [one.needed for one in frontier.points]
    assert np.all(np.diff(needed) <= 1e-9) and needed[0] == pytest.approx(1.0, abs=2e-3)
    middle = frontier.points[3]
    moved = frontier.other.moved(frontier.lever.moved(plan, middle.needed), middle.other)
    spread = outcomes(drawn, plan, "others_worse_off")
    assert abs(float(np.quantile(outcomes(drawn, moved, "others_worse_off"), 0.95))) < 0.01 * float(
        np.quantile(spread, 0.95)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("others_worse_off<0@P95", "bad_value"),
        ("others_worse_off<=0@P100", "bad_value"),
        ("others_worse_off<=0@95", "bad_value"),
        ("others_worse_off<=0 and household_month<=1", "bad_value"),
        ("__import__('os')<=0", "bad_value"),
        ("other_worse_off<=0@P95", "unknown_name"),
        ("others_worse_off<=0@P0", "bad_value"),
        ("", "bad_value"),
    ],
)
def test_a_condition_that_is_none_is_refused(text, code):
    with pytest.raises(InputError) as error:
        condition_of(text)
    assert error.value.code == code and error.value.path == "--such-that"


def test_a_condition_reads_amounts_signs_and_levels():
    found = condition_of("owners_worse_off >= -2.5bn @ P5")
    assert (found.amount, found.sign, found.level) == (-2.5e9, ">=", 0.05)
    amounts = np.array([-3e9, -1e9, 1e9])
    assert found.excess(amounts) > 0.0 and found.share_held(amounts) == pytest.approx(2 / 3)


def test_levers_and_worlds_that_cannot_be_are_refused():
    plan = case_of_preset("aep-ohio")
    with pytest.raises(InputError, match="Did you mean min_take"):
        lever_of("min_takes")
    for count in (0, -5, 10**9):
        with pytest.raises(InputError, match="must be a whole number"):
            drawn_deal(plan, count, 1)
    with pytest.raises(InputError, match="a frontier has two levers"):
        frontier_of(drawn_deal(plan, 8, 1), LEVERS["exit_fee"], WHOLE, "exit_fee")


def test_a_fee_beyond_the_collateral_asks_who_is_good_for_it():
    case = case_of_preset("aep-ohio-rider-2024", "load.paid_beyond_collateral=null", "tariff.term_years=12")
    with pytest.raises(CaseError, match="say what of the rest is paid"):
        solve_lever(case, LEVERS["exit_fee"], WHOLE, scenarios=32)


def test_a_case_that_draws_nothing_is_refused():
    with pytest.raises(CaseError, match="needs something that is drawn"):
        drawn_deal(case_of_preset("aep-ohio", "drivers={drawn: []}"), 32, 1)
