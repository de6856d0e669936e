"""Slopes of whole programs, and triggers made smooth."""

import pytest

from overbuild.equations import blend, breached, clip, exp, line, log, maximum, minimum, power, quotient, row_sum, trace
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
    assert {name: one[name] + other[name] for name in one} == pytest.approx(both)


def test_the_slopes_of_slopes_come_free():
    twice = reverse(reverse(trace(lambda a: a * a * a, 0.0)), ["slope.a"])
    found = twice.run_results({"a": 2.0, "seed.result": 1.0, "seed.slope.a": 1.0})
    assert found["slope.a"] == pytest.approx(12.0)


def test_a_smooth_trigger_has_a_slope_and_tends_to_the_hard_one():
    hard = trace(lambda headroom, scale: line("hit", breached(headroom, scale)), 0.0, 0.0)
    smooth = soften(hard)
    assert list(smooth.lines) == ["hit"]
    assert reverse(hard).run_results({"headroom": 0.0, "scale": 1.0, "seed.result": 1.0})["slope.headroom"] == 0.0
    found = reverse(smooth).run_results({"headroom": 0.0, "scale": 1.0, "width": 0.1, "seed.result": 1.0})
    assert found["slope.headroom"] == pytest.approx(-2.5)
    assert smooth.run_results({"headroom": -1.0, "scale": 1.0, "width": 1e-3})["result"] == pytest.approx(1.0)


def test_a_whole_row_has_no_slope_inside_a_period():
    with pytest.raises(TraceError, match="row operation"):
        reverse(trace(lambda rows: row_sum(rows), 0.0))
