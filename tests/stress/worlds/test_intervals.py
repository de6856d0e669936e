"""Intervals keep their promise: the known answer lies inside in at least 93 of 100 seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr

from overbuild.stress.worlds.distribution import RATIO_GRID, distribution_of
from overbuild.stress.worlds.intervals import mean_of, mean_of_scrambles, quantile_of, share_of
from overbuild.stress.worlds.run import HowMany, run_worlds
from overbuild.stress.worlds.sobol import sobol_plan, sobol_uniforms
from overbuild.stress.worlds.summaries import Asked, ScenarioMeasure
from tests.stress.worlds.toys import ASKED, HAZARD, HEADROOM, toy


@pytest.fixture(scope="module")
def seeds():
    return [run_worlds(toy(seed), ASKED, HowMany(2000)).summary for seed in range(100)]


def inside(exact, found):
    return sum(one.low <= exact <= one.high for one in found)


def test_a_default_of_known_hazard(seeds):
    assert inside(HAZARD, [share_of(int(one.ended[1].sum()), one.counted) for one in seeds]) >= 93


def test_a_gaussian_headroom(seeds):
    headrooms = [one.measures["headroom"] for one in seeds]
    assert inside(HEADROOM, [mean_of(one) for one in headrooms]) >= 93
    assert inside(HEADROOM, [quantile_of(one, 0.5) for one in headrooms]) >= 93
    assert inside(HEADROOM - 1.6448536269514722, [quantile_of(one, 0.05) for one in headrooms]) >= 93


def test_a_probability_of_a_gaussian_headroom():
    found = []
    for seed in range(100):
        values = toy(seed)(0, 2000)["headroom"]
        found.append(share_of(int((values < 0.0).sum()), len(values)))
    assert inside(float(ndtr(-HEADROOM)), found) >= 93


def test_sobol_scrambles_know_a_mean_better_and_say_so():
    asked = Asked((ScenarioMeasure("both", RATIO_GRID),))
    found = []
    for seed in range(100):
        plan = sobol_plan(seed, 2, 1024)

        def block(first, count, plan=plan):
            return {"both": sobol_uniforms(plan, first, count).prod(axis=0)}

        ran = run_worlds(block, asked, HowMany(1024, scramble=plan.points))
        assert len(ran.by_scramble) == 16
        found.append(mean_of_scrambles([one.measures["both"].mean for one in ran.by_scramble]))
    assert inside(0.25, found) >= 93
    independent = mean_of(distribution_of(np.random.default_rng(1).random((2, 1024)).prod(axis=0), RATIO_GRID))
    assert np.median([one.error for one in found]) < 0.2 * independent.error


def test_nothing_drawn_is_the_number_itself():
    found = run_worlds(toy(7, spread=0.0), ASKED, HowMany(5000))
    headroom = found.summary.measures["headroom"]
    assert {headroom.mean, *(headroom.quantile(one) for one in (0.01, 0.5, 0.99))} == {HEADROOM}
    assert headroom.deviation == 0.0
    assert np.array_equal(found.fan.rows["cover"][:, 0], HEADROOM + np.arange(4.0))


def test_a_number_that_no_scenario_has_does_not_exist():
    nothing = distribution_of(np.array([math.nan] * 4), RATIO_GRID)
    assert nothing.missing == 4
    assert all(math.isnan(one) for one in (nothing.mean, nothing.quantile(0.5), nothing.worst_mean(0.01)))
