"""Slopes of whole periods of shipped sites: the program as it is traced, against central differences off ties."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.reverse import reverse
from overbuild.old_site.case.read import read_site_case
from overbuild.old_site.financing.construction import opening
from overbuild.old_site.period import period
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.funding import build

PRESETS = ("neocloud-100mw-gb300", "single-loan-80-20")
POINTS, STEP, CLOSE = 1000, 1e-5, 1e-7


def points_of(preset, generator):
    """The period program of a preset, and random inputs round those of its first period: one column a point."""
    run = run_site(read_site_case(Path(f"preset:{preset}")).plan)
    state = opening(run.shape, build(run.plan, run.terms).final, run.terms)
    columns = run.sizing.inputs(run.plan)
    inputs = rebuild(columns, [column[0] for column in flatten(columns).values()])
    program = trace(partial(period, run.shape), state, inputs, run.terms)
    point = {**flatten(state, "state"), **flatten(inputs, "inputs"), **flatten(run.terms, "terms")}
    moved = {
        name: number * generator.uniform(0.7, 1.3, POINTS) if number else generator.uniform(0.0, 0.02, POINTS)
        for name, number in point.items()
    }
    moved["terms.site.periods_per_year"] = np.full(POINTS, float(run.plan.site.periods_per_year))
    return program, moved


def rise(program, point, direction, weights, step):
    """The weighted sum of all results, by central difference along a direction."""
    above, below = (
        program.run_results({name: point[name] + shift * direction[name] for name in point}) for shift in (step, -step)
    )
    return sum(weight * (above[name] - below[name]) for name, weight in weights.items()) / (2.0 * step)


@pytest.mark.parametrize("preset", PRESETS)
def test_slopes_of_a_whole_period_are_what_central_differences_say(preset):
    generator = np.random.default_rng(7)
    program, point = points_of(preset, generator)
    now = program.run_results(point)
    weights = {name: generator.normal(size=POINTS) / (np.max(np.abs(one)) or 1.0) for name, one in now.items()}
    direction = {name: generator.normal(size=POINTS) * np.abs(one) for name, one in point.items()}
    direction["terms.site.periods_per_year"] = np.zeros(POINTS)
    seeds = {f"seed.{name}": weight for name, weight in weights.items()}
    found = reverse(program).run_results({**point, **seeds})
    parts = [found[f"slope.{name}"] * one for name, one in direction.items()]
    slope, size = np.sum(parts, axis=0), np.sum(np.abs(parts), axis=0) + 1.0
    by_hand, halved = (rise(program, point, direction, weights, step) for step in (STEP, STEP / 2.0))
    off_ties = np.abs(by_hand - halved) <= CLOSE * size
    assert np.mean(off_ties) > 0.9
    assert np.max(np.abs(slope - by_hand)[off_ties] / size[off_ties]) < CLOSE
    for name, one in now.items():
        np.testing.assert_array_equal(
            np.broadcast_to(found[f"value.{name}"], (POINTS,)), np.broadcast_to(one, (POINTS,))
        )
