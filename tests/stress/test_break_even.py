"""Break-evens: they agree with runs on floats, are met on one side and missed on the other, and none is overlooked."""

from __future__ import annotations

import math

import numpy as np
import pytest

from overbuild.site.run import OUTCOMES, run_site
from overbuild.site.sizing.sizing import size
from overbuild.stress.break_even import break_evens
from overbuild.stress.counts import counts_of
from overbuild.stress.departures import Departure, OfftakerFails, committed, measured
from overbuild.stress.drivers import BY_ID, DRIVERS
from overbuild.stress.targets import OUTCOME, TARGETS, margins, targets_of
from tests.stress.cases import FILES, PLANS, sized_case

CASES = (*PLANS, *FILES, "seed 4", "seed 11", "seed 17")
NEAR = 3e-6


@pytest.fixture(scope="module")
def found_of():
    kept = {}

    def found(name):
        if name not in kept:
            kept[name] = break_evens(*sized_case(name))
        return kept[name]

    return found


def ran(case, by):
    return run_site(committed(case.plan, case.sizing, by), case.sizing)


def margin(case, by, target):
    """What a run on floats says of a target, money in shares of the uses; -1 or 1 for what is met or missed."""
    run = ran(case, by)
    if target.measure in ("min_dscr", "llcr", "equity_npv"):
        value = run.values().values[target.measure]
        if value is None or run.outcome == "unfunded":
            return math.nan
        return (value - target.level) / (case.sizing.uses if target.measure == "equity_npv" else 1.0)
    breached = 0.0 if target.measure == OUTCOME else run.totals[f"{target.measure}.periods"]
    return 1.0 if run.outcome is None and not breached else -1.0


@pytest.mark.parametrize("name", [name for name in CASES if name != "campus"])
def test_a_run_on_floats_at_a_break_even_is_at_its_level_or_beside_a_jump(name, found_of):
    case, found = sized_case(name), found_of(name)
    checked = 0
    for target in targets_of(case.plan):
        for driver in DRIVERS:
            one = found[driver.id, target.suffix]
            if one.value is None:
                continue
            checked += 1
            there = margin(case, Departure({driver.id: one.value}), target)
            if one.jumps:
                assert there >= 0.0, (driver.id, target.suffix, one)
            else:
                assert abs(there) < 1e-6, (driver.id, target.suffix, one)
    assert checked >= 4


@pytest.mark.parametrize("name", CASES)
def test_a_break_even_is_met_on_one_side_and_missed_on_the_other(name, found_of):
    case, found = sized_case(name), found_of(name)
    targets = {target.suffix: target for target in targets_of(case.plan)}
    asked = [(key, one) for key, one in found.items() if key[0] in BY_ID and one.value is not None]
    beside = [
        Departure({key[0]: one.value + side * NEAR * max(1.0, abs(one.value))})
        for key, one in asked
        for side in (-1.0, 1.0)
    ]
    measures = measured(case.plan, case.sizing, beside)
    for place, (key, one) in enumerate(asked):
        if one.value == 0.0 and key[0] == "overrun":
            continue
        low, high = margins(targets[key[1]], measures)[2 * place : 2 * place + 2] >= 0.0
        assert low != high, (key, one)


@pytest.mark.parametrize("name", CASES)
def test_counts_of_periods_agree_with_runs_on_floats(name, found_of):
    case, found = sized_case(name), found_of(name)
    for count in counts_of(case.plan):
        for target in targets_of(case.plan):
            one = found[count.id, target.suffix]
            if one.value is None or one.status == "no debt":
                continue
            place = count.numbers.index(one.value)
            assert margin(case, count.departures[place], target) >= 0.0, (count.id, target.suffix)
            assert not margin(case, count.departures[place + 1], target) >= 0.0, (count.id, target.suffix)


@pytest.mark.parametrize(
    "name", ["tested", "stood by", "balloon", "merchant", "renewed", "campus", "seed 11", "seed 23"]
)
def test_arrays_say_what_floats_say(name):
    case = sized_case(name)
    later = (1, *(0 for _ in case.plan.phases[1:]))
    departures = [
        Departure(),
        Departure({"price": 0.7}),
        Departure({"gpu_cost": 1.4, "power_price": 0.5, "utilisation": 0.6}),
        Departure({"base_rate": 0.02, "refinancing_rate": 0.03}),
        Departure({"overrun": 0.05, "price.market": 0.8}),
        Departure(late=later),
        Departure({"price": 1.1, "base_rate": -0.01}, late=later),
        *(
            Departure({"price.contract": 0.9}, fails=OfftakerFails(one.name, case.plan.horizon.periods - 2))
            for one in case.plan.contracts
        ),
    ]
    found = measured(case.plan, case.sizing, departures)
    for place, by in enumerate(departures):
        run = ran(case, by)
        word = "" if not found.outcome[place] else OUTCOMES[int(found.outcome[place]) - 1].partition("_")[2]
        assert word == (run.outcome or "")
        assert run.outcome is None or found.ended_in[place] == run.outcome_period
        for target in TARGETS[:3]:
            alone = margin(case, by, target)
            scale = case.sizing.uses if target.measure == "equity_npv" else 1.0
            together = (found.values[target.measure][place] - target.level) / scale
            assert together == pytest.approx(alone, rel=1e-9, abs=1e-9, nan_ok=True), (target.measure, by)


SEEDS = range(100, 120)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_driver_grids_find_no_root_that_the_answer_missed(seed):
    """Where an answer says that a target holds it holds, and elsewhere not, on amounts that no search has seen."""
    case, draw = sized_case(f"seed {seed}"), np.random.default_rng(seed)
    found = break_evens(*case)
    there = [driver for driver in DRIVERS if driver.reach(case.plan) is not None]
    for driver in (there[place] for place in draw.choice(len(there), 3, replace=False)):
        reach = driver.reach(case.plan)
        low, high = (max(0.4, reach.low), min(2.5, reach.high)) if driver.kind == "multiple" else (reach.low, 0.1)
        amounts = np.sort(draw.uniform(low, high, 60))
        measures = measured(case.plan, case.sizing, [Departure({driver.id: amount}) for amount in amounts])
        for target in targets_of(case.plan):
            spans = [
                (-np.inf if span.low is None else span.low, np.inf if span.high is None else span.high)
                for span in found[driver.id, target.suffix].holds
            ]
            holds = np.array([any(low <= amount <= high for low, high in spans) for amount in amounts])
            apart = np.array([all(abs(amount - end) > NEAR for span in spans for end in span) for amount in amounts])
            met = margins(target, measures) >= 0.0
            assert not (apart & (holds != met)).any(), (driver.id, target.suffix, amounts[holds != met])


def test_a_measure_that_lies_at_its_level_over_a_range_is_met_there():
    """The owners of this plan get nothing below a tenth of the GPUs' cost: their value is 0 but for rounding."""
    case = sized_case("seed 299")
    low = measured(*case, [Departure({"gpu_cost": amount}) for amount in (0.0752, 0.0771, 0.0931, 0.1009)])
    assert set(margins(TARGETS[2], low)) == {0.0}
    (span,) = break_evens(*case)["gpu_cost", ".equity_npv"].holds
    assert span.low == pytest.approx(0.0753, abs=0.005) and span.high is not None


def test_break_evens_worked_by_hand(found_of):
    """Revenue is 438 at a price of 0.5, fixed costs 100; 150 and interest on 600 fall due in period 2."""
    found = found_of("by hand")
    assert found["price", ""].value == pytest.approx((210.0 + 100.0) / 438.0, abs=1e-12)
    assert found["base_rate", ""].value == pytest.approx((338.0 - 150.0) / 600.0 - 0.1, abs=1e-12)
    assert found["gpu_cost", ".equity_npv"].value == pytest.approx(1.0 + 540.0 / 600.0, abs=1e-12)
    assert found_of("stood by")["overrun", ""].value == pytest.approx((20.0 + 90.0) / 1000.0, abs=2e-6)
    assert found["delay", ""].value == 0 and found["failure", ".outcome"].value == 6


def test_the_crossing_found_is_the_one_nearest_to_the_case(found_of):
    case, value = sized_case("renewed"), found_of("renewed")["price", ""].value
    assert 0.0 < value < 1.0
    between = [value + (1.0 - value) * step / 20 for step in range(1, 21)]
    assert all(margin(case, Departure({"price": multiple}), TARGETS[0]) >= 0.0 for multiple in between)


def test_a_higher_contract_price_lowers_the_multiple_and_more_debt_raises_it(found_of):
    base = found_of("by hand")
    plan, sizing = sized_case("by hand")
    rich = plan._replace(contracts=(plan.contracts[0]._replace(price=plan.contracts[0].price._replace(value=0.55)),))
    deep = plan._replace(loans=(plan.loans[0]._replace(amount=700e6),))
    richer, deeper = break_evens(rich, sizing), break_evens(deep, size(deep))
    for suffix in ("", ".equity_npv", ".outcome"):
        assert richer["price", suffix].value < base["price", suffix].value
    for suffix in ("", ".llcr"):
        assert deeper["price", suffix].value > base["price", suffix].value
