"""The same model on JAX, on XLA's CPU: the words drawn to the last bit, values and slopes as the kernel's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from overbuild.equations import Program, exp, line, maximum, quotient, trace, where
from overbuild.equations.kernel import DrawnInside, Fold, Lane, LaneColumn, Scaled, Scenarios, kernel_of
from overbuild.equations.kernel.draws import drawn_in_arrays
from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.equations.reverse import reverse
from overbuild.site.case_run import run_case
from overbuild.stress.functions.as_function import site_kernel
from tests.stress.slopes_by_reverse import ReverseSlopes

jax = pytest.importorskip("jax", reason="JAX is not installed")
gpu = pytest.importorskip("overbuild.stress.gpu.on_jax")

PLACES, SIZE, SEED = 6, 257, 2**63 + 5


def period(state, inputs, terms):
    """A balance that shocks move, with a floor, a trigger and a ratio that may not exist."""
    grown = line("grown", state * exp(inputs[0] * terms[0]) + inputs[1])
    line("uniform", inputs[2])
    line("flag", where(grown > terms[1], 1.0, 0.0))
    line("ratio", quotient(inputs[1], maximum(grown, 0.0), none=0.0))
    return line("left", maximum(grown - terms[1], 0.0))


def closing(state, terms):
    """What the last balance comes to."""
    return line("worth", state * terms * terms)


COLUMNS = ([0.0] * PLACES, [1.0, 2.0, 0.0, 1.0, 4.0, 2.0], [0.0] * PLACES)
MODEL = Model(
    (
        Stage("path", period, None, (0.2, 1.0), 2.0, COLUMNS, first=3),
        Stage("end", closing, None, 2.0, Left("path")),
    )
)
BINDINGS = {
    "path.inputs.0": DrawnInside(4),
    "path.inputs.1": Scaled(0),
    "path.inputs.2": DrawnInside(7, uniform=True),
    "path.terms.1": Lane(1),
    "end.terms": Scaled(2),
}
WANTED = (
    "end.worth",
    Fold("row_sum", "path", ("ratio",)),
    Fold("row_dot", "path", ("flag", "left")),
    Fold("row_min", "path", ("left", "flag")),
    RowOf("path", "uniform"),
    RowOf("path", "left"),
)


def scenarios():
    lanes = np.random.default_rng(1).uniform(0.5, 1.5, (3, SIZE))
    return Scenarios(SIZE, lanes, first=10**12, seed=SEED)


def test_drawn_words_are_the_same_to_the_last_bit():
    numbers, places = np.arange(10**12, 10**12 + SIZE, dtype=np.uint64), np.arange(3, 9, dtype=np.uint64)
    with jax.enable_x64(True):
        there = np.asarray(gpu.drawn_on_jax(numbers, places, np.uint64(SEED), 7, uniform=True))
    here = np.array([drawn_in_arrays(numbers, int(place), SEED, 7, uniform=True) for place in places])
    assert np.array_equal(there, here)


def test_values_are_those_of_the_kernel():
    prepared = kernel_of(MODEL, WANTED, BINDINGS).on(MODEL)
    here, there = prepared.run(scenarios()), gpu.OnJax(prepared).run(scenarios())
    for one in WANTED:
        np.testing.assert_allclose(there[one], here[one], rtol=1e-12, atol=1e-14, err_msg=str(one))
    assert len(np.unique(here["end.worth"])) > SIZE // 2


def test_slopes_over_a_run_are_those_of_a_nudge():
    prepared, given = kernel_of(MODEL, WANTED, BINDINGS).on(MODEL), scenarios()
    slopes = gpu.OnJax(prepared).slopes(given)
    worth = prepared.run(given)["end.worth"]
    # worth is a square of (2 x lane), so twice itself over the lane
    np.testing.assert_allclose(slopes["end.worth"][2], 2.0 * worth / given.lanes[2], rtol=1e-9)
    nudged = given.lanes.copy()
    nudged[0] += 1e-6
    moved = prepared.run(given._replace(lanes=nudged))
    for one in ("end.worth", RowOf("path", "left")):
        found = (moved[one] - prepared.run(given)[one]) / 1e-6
        assert np.median(np.abs(found - slopes[one][0])) < 1e-4


@pytest.fixture
def quickly():
    """XLA makes its code with little care: a third of the time less, and the same digits to what is held against them."""
    jax.config.update("jax_disable_most_optimizations", True)
    yield
    jax.config.update("jax_disable_most_optimizations", False)


def test_slopes_of_a_whole_site_are_those_of_reverse_mode(quickly):
    paths = ["power.price.value", "contracts.offtake.price", "market.utilisation"]
    prepared, results, inputs = site_kernel(
        run_case(Path("preset:single-loan-80-20")), ["equity_npv", "min_dscr"], paths
    )
    lanes = np.array([[one.at_case] for one in inputs]) * np.random.default_rng(3).uniform(0.9, 1.1, (3, 4))
    slopes = gpu.OnJax(prepared).slopes(Scenarios(4, lanes))
    values, bindings = prepared.run(Scenarios(4, lanes)), prepared.kernel.bindings
    for scenario in range(4):
        given = {key: one for key, one in prepared.given.items() if "#" not in key}
        for key, lane in bindings.items():
            base, slope = (np.asarray(prepared.given[f"{key}#{part}"]) for part in ("base", "slope"))
            given[key] = (base + slope * lanes[lane.row, scenario]).tolist()
        back = ReverseSlopes(prepared.model, given)
        for told in (f"results.{one.id}" for one in results):
            value, by_leaf = back.of(told)
            own = np.zeros(3)
            for key, lane in bindings.items():
                own[lane.row] += np.sum(np.asarray(prepared.given[f"{key}#slope"]) * by_leaf[key])
            assert value == pytest.approx(values[told][scenario], rel=1e-12)
            np.testing.assert_allclose(slopes[told][:, scenario], own, rtol=1e-9, atol=1e-12 * abs(value))
    assert np.all(slopes["results.equity_npv"] != 0.0)


def test_slopes_of_a_program_are_those_of_reverse_mode():
    program: Program = trace(period, 2.0, (0.3, 1.5, 0.5), (0.2, 1.0))
    values = dict(zip(program.inputs, (2.0, 0.3, 1.5, 0.5, 0.2, 1.0), strict=True))
    place = program.results["result"]
    with jax.enable_x64(True):
        there = jax.grad(lambda given: gpu.evaluated(program, given, [place])[place])(values)
    here = reverse(program).run_results({**values, "seed.result": 1.0})
    for name in values:
        assert float(there[name]) == pytest.approx(here[f"slope.{name}"], rel=1e-9, abs=1e-15)


def test_a_series_of_each_scenario_is_taken_too():
    bindings = {"path.inputs.1": LaneColumn(0)}
    prepared = kernel_of(MODEL, WANTED, bindings).on(MODEL)
    columns = np.random.default_rng(2).uniform(0.0, 3.0, (1, PLACES, SIZE))
    given = Scenarios(SIZE, None, columns)
    here, there = prepared.run(given), gpu.OnJax(prepared).run(given)
    np.testing.assert_allclose(there[WANTED[1]], here[WANTED[1]], rtol=1e-12)
