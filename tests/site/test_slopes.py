"""Slopes of whole periods: the program as it is traced, against central differences away from ties."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from overbuild.equations import flatten, trace
from overbuild.equations.model import entry
from overbuild.equations.reverse import reverse
from overbuild.site.case.read import read_site_case
from overbuild.site.model import model_of
from overbuild.site.period import period
from overbuild.site.sizing.sizing import size
from tests.site.plans import drawn_plan

PRESETS = ("neocloud-100mw-gb300", "single-loan-80-20")
POINTS, STEP, CLOSE = 500, 1e-5, 1e-7
COUNTS = "terms.horizon.periods_per_year"


def program_at(plan, place):
    """The program of a period, and its inputs as they stand in one of the places."""
    stage = model_of(plan, size(plan)).stage("site")
    state = stage.opening
    for before in range(place):
        state = period(stage.shape, state, entry(stage.columns, before), stage.terms)
    inputs = entry(stage.columns, place)
    program = trace(partial(period, stage.shape), state, inputs, stage.terms)
    return program, {**flatten(state, "state"), **flatten(inputs, "inputs"), **flatten(stage.terms, "terms")}


def rise(program, point, direction, weights, step):
    """The weighted sum of all results, by central difference along a direction."""
    above, below = (
        program.run_results({name: point[name] + shift * direction[name] for name in point}) for shift in (step, -step)
    )
    return sum(weight * (above[name] - below[name]) for name, weight in weights.items()) / (2.0 * step)


@pytest.mark.parametrize("preset", PRESETS)
def test_slopes_of_a_whole_period_are_what_central_differences_say(preset):
    """Random inputs round those of the third operating period, one column a point; points at a tie are left out."""
    generator = np.random.default_rng(7)
    plan = read_site_case(Path(f"preset:{preset}")).plan
    program, numbers = program_at(plan, plan.phases[0].cod + 3)
    point = {
        name: number * generator.uniform(0.7, 1.3, POINTS) if number else generator.uniform(0.0, 0.02, POINTS)
        for name, number in numbers.items()
    }
    point[COUNTS] = np.full(POINTS, numbers[COUNTS])
    now = program.run_results(point)
    scales = {name: np.max(np.abs(one)) for name, one in now.items()}
    largest = max(scales.values())
    # what the case does not have is an amount of nearly nothing: it weighs as the largest does
    weights = {n: generator.normal(size=POINTS) / (one if one > 0.1 else largest) for n, one in scales.items()}
    direction = {name: generator.normal(size=POINTS) * np.abs(one) for name, one in point.items()}
    direction[COUNTS] = np.zeros(POINTS)
    found = reverse(program).run_results({**point, **{f"seed.{name}": weight for name, weight in weights.items()}})
    parts = [found[f"slope.{name}"] * one for name, one in direction.items()]
    slope, scale = np.sum(parts, axis=0), np.sum(np.abs(parts), axis=0) + 1.0
    by_hand, halved = (rise(program, point, direction, weights, step) for step in (STEP, STEP / 2.0))
    off_ties = np.abs(by_hand - halved) <= CLOSE * scale
    assert np.mean(off_ties) > 0.9
    assert np.max(np.abs(slope - by_hand)[off_ties] / scale[off_ties]) < CLOSE
    for name, one in now.items():
        np.testing.assert_array_equal(
            np.broadcast_to(found[f"value.{name}"], (POINTS,)), np.broadcast_to(one, (POINTS,))
        )


LINES = ("cfads", "tax", "distribution", "dscr", "debt_balance", "default_recovered", "collateral_value")


@pytest.mark.parametrize("seed", range(3000, 3001))
def test_slopes_of_a_line_are_what_central_differences_say(seed):
    """By every number of the terms, in a period of a random site; those at a tie, where the two sides differ, apart.

    What is 0 is moved off it: an amount that is the least and the most of two at once has a slope by convention only.
    """
    plan = drawn_plan(seed)[0]
    program, point = program_at(plan, max(phase.cod for phase in plan.phases) + 2)
    point = {name: (number or 1e-3) * (1.0 + 0.003 * (place % 7)) for place, (name, number) in enumerate(point.items())}
    point[COUNTS] = float(plan.horizon.periods_per_year)
    for line in LINES:
        slopes = reverse(program, [line]).run_results({**point, f"seed.{line}": 1.0})
        at = program.lines[line]
        level, ties = abs(program.run(point)[at]) + 1.0, 0
        names = [name for name in point if name.startswith("terms.") and name != COUNTS]
        for name in names:
            step = 1e-5 * max(abs(point[name]), 1e-2)
            below, here, above = (program.run({**point, name: point[name] + by})[at] for by in (-step, 0.0, step))
            off = 1e-9 * level / step
            if abs(above - here - (here - below)) / step > 1e-3 * abs(above - below) / step + 2 * off:
                ties += 1
                continue
            by_hand = (above - below) / (2.0 * step)
            assert slopes[f"slope.{name}"] == pytest.approx(by_hand, rel=1e-4, abs=off), (line, name)
        assert ties < 0.1 * len(names)
