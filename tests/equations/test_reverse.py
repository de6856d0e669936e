"""Slopes of whole programs, and triggers made smooth."""

import numpy as np
import pytest

from overbuild.equations import (
    blend,
    breached,
    clip,
    exp,
    line,
    log,
    maximum,
    minimum,
    power,
    quotient,
    row_dot,
    row_first,
    row_min,
    row_sum,
    trace,
)
from overbuild.equations.errors import TraceError
from overbuild.equations.reverse import reverse, soften
from overbuild.units import HOURS_PER_YEAR


def formula(a, b, c):
    mixed = line("mixed", minimum(a * b, c) + maximum(a, b / c) * exp(-a / 4.0))
    grown = line("grown", power(1.0 + b, c) + log(1.0 + a) * HOURS_PER_YEAR)
    return line("whole", blend(breached(a - 1.0, 1.0), mixed, grown) + clip(quotient(b, c, none=0.0), 0.0, 2.0))


PLACES = [(0.7, 2.3, 1.9), (1.4, 0.6, 3.1), (2.2, 5.3, 0.8)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["result", "mixed", "grown"])
def test_slopes_are_what_central_differences_say(place, name):
    program = trace(formula, 0.0, 0.0, 0.0)
    point = dict(zip("abc", place, strict=True))
    slopes = reverse(program, [name]).run_results({**point, f"seed.{name}": 1.0})
    at = program.results.get(name, program.lines.get(name))
    for word, number in point.items():
        step = 1e-6 * number
        above, below = (program.run({**point, word: number + shift})[at] for shift in (step, -step))
        assert slopes[f"slope.{word}"] == pytest.approx((above - below) / (2 * step), rel=1e-6, abs=1e-6)


def test_weights_add_up_over_what_is_asked_for():
    program = trace(formula, 0.0, 0.0, 0.0)
    point = dict(zip("abc", PLACES[0], strict=True))
    both = reverse(program, ["mixed", "grown"]).run_results({**point, "seed.mixed": 2.0, "seed.grown": 3.0})
    one = reverse(program, ["mixed"]).run_results({**point, "seed.mixed": 2.0})
    other = reverse(program, ["grown"]).run_results({**point, "seed.grown": 3.0})
    slopes = [name for name in both if name.startswith("slope.")]
    assert {name: one[name] + other[name] for name in slopes} == pytest.approx({name: both[name] for name in slopes})


def test_the_slopes_of_slopes_come_free():
    twice = reverse(reverse(trace(lambda a: a * a * a, 0.0)), ["slope.a"])
    found = twice.run_results({"a": 2.0, "seed.result": 1.0, "seed.slope.a": 1.0})
    assert (found["value.slope.a"], found["slope.a"]) == (pytest.approx(12.0), pytest.approx(12.0))


def test_a_smooth_trigger_has_a_slope_and_tends_to_the_hard_one():
    hard = trace(lambda headroom, scale: line("hit", breached(headroom, scale)), 0.0, 0.0)
    smooth = soften(hard)
    assert list(smooth.lines) == ["hit"]
    assert reverse(hard).run_results({"headroom": 0.0, "scale": 1.0, "seed.result": 1.0})["slope.headroom"] == 0.0
    found = reverse(smooth).run_results({"headroom": 0.0, "scale": 1.0, "width": 0.1, "seed.result": 1.0})
    assert found["slope.headroom"] == pytest.approx(-2.5)
    assert smooth.run_results({"headroom": -1.0, "scale": 1.0, "width": 1e-3})["result"] == pytest.approx(1.0)


def over_rows(rows):
    values, flags, weights = rows
    least = line("least", row_min(values, flags))
    return line("whole", row_sum(values) * least + row_dot(values, weights) + row_first(flags) * row_sum(weights))


ROWS = {"rows.0": [4.0, 1.5, 2.0, 1.0], "rows.1": [1.0, 1.0, 0.0, 0.0], "rows.2": [0.5, 3.0, -1.0, 2.0]}


@pytest.mark.parametrize("name", ["rows.0", "rows.2"])
def test_slopes_of_whole_rows_are_rows(name):
    program = trace(over_rows, (0.0, 0.0, 0.0))
    found = reverse(program).run_results({**ROWS, "seed.result": 1.0})
    assert found["value.result"] == program.run_results(ROWS)["result"]
    for place, entry in enumerate(ROWS[name]):
        moved = [
            {**ROWS, name: [*ROWS[name][:place], entry + step, *ROWS[name][place + 1 :]]} for step in (1e-6, -1e-6)
        ]
        above, below = (program.run_results(rows)["result"] for rows in moved)
        assert found[f"slope.{name}"][place] == pytest.approx((above - below) / 2e-6, rel=1e-6, abs=1e-6)


def test_slopes_of_rows_are_the_same_on_many_scenarios():
    slopes = reverse(trace(over_rows, (0.0, 0.0, 0.0)))
    alone = slopes.run_results({**ROWS, "seed.result": 1.0})
    many = {name: [np.array([entry, entry]) for entry in row] for name, row in ROWS.items()}
    together = slopes.run_results({**many, "seed.result": np.array([1.0, 2.0])})
    for name in ("slope.rows.0", "slope.rows.2"):
        np.testing.assert_allclose(together[name], np.array([alone[name], [2.0 * one for one in alone[name]]]).T)


def test_a_least_entry_that_stands_twice_shares_its_slope():
    slopes = reverse(trace(lambda rows: row_min(rows[0], rows[1]), (0.0, 0.0)))
    found = slopes.run_results({"rows.0": [2.0, 1.0, 1.0], "rows.1": [1.0, 1.0, 1.0], "seed.result": 1.0})
    assert found["slope.rows.0"] == [0.0, 0.5, 0.5]


def test_a_minimum_of_triggers_has_a_slope():
    """What a slope compares for itself is no comparison of the formula."""
    hard = trace(lambda a, b: minimum(breached(a, 1.0), breached(b, 1.0)) * a, 0.0, 0.0)
    found = reverse(hard).run_results({"a": -1.0, "b": -2.0, "seed.result": 1.0})
    assert (found["value.result"], found["slope.a"], found["slope.b"]) == (-1.0, 1.0, 0.0)


def test_the_slope_of_a_slope_of_a_row_is_refused():
    with pytest.raises(TraceError, match="slopes of results once"):
        reverse(reverse(trace(lambda rows: row_dot(rows[0], rows[1]), (0.0, 0.0))), ["slope.rows.0"])
