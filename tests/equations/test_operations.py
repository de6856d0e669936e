"""Each operation: floats, arrays and graph agree, and its slope is what central differences say."""

import math
import random

import numpy as np
import pytest

from overbuild.equations import trace
from overbuild.equations.operations import OPERATIONS, apply

AWKWARD = [-3.0, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.0, 2.0, 1e9]
POSITIVE = {"log", "sqrt", "power"}
NUMBERS = [kind for kind, row in OPERATIONS.items() if "row" not in row.takes]
ROWS = [kind for kind, row in OPERATIONS.items() if "row" in row.takes]


def operands(kind, seed):
    generator = random.Random(f"{kind}{seed}")
    row = OPERATIONS[kind]
    drawn = [
        generator.random() < 0.5 if sort == "flag" else generator.choice([*AWKWARD[:8], generator.uniform(-4, 4)])
        for sort in row.takes
    ]
    if kind in POSITIVE:
        drawn[0] = abs(drawn[0]) + 0.1
    if kind == "div":
        drawn[1] = abs(drawn[1]) + 0.1
    return drawn


def off_ties(kind, seed):
    drawn = zip(operands(kind, seed), OPERATIONS[kind].takes, strict=True)
    return [x if sort == "flag" else x + 0.0137 * place for place, (x, sort) in enumerate(drawn, 1)]


def traced(kind):
    """The operation as a program whose operands are numbers; flags are made by a comparison."""
    sorts = OPERATIONS[kind].takes
    names = [f"x{place}" for place in range(len(sorts))]

    def formula(*numbers):
        given = [number > 0.0 if sort == "flag" else number for number, sort in zip(numbers, sorts, strict=True)]
        made = apply(kind, *given)
        return apply("where", made, 1.0, 0.0) if OPERATIONS[kind].gives == "flag" else made

    source = f"lambda {', '.join(names)}: formula({', '.join(names)})"
    return trace(eval(source, {"formula": formula}), *[0.0 for _ in names])


@pytest.mark.parametrize("kind", NUMBERS)
def test_floats_arrays_and_graph_agree(kind):
    cases = [operands(kind, seed) for seed in range(60)]
    on_floats = [float(apply(kind, *case)) for case in cases]
    columns = [np.array(column) for column in zip(*cases, strict=True)]
    on_arrays = np.asarray(apply(kind, *columns), dtype=float)
    program = traced(kind)
    on_graph = [
        program.run_results({f"x{place}": float(operand) for place, operand in enumerate(case)})["result"]
        for case in cases
    ]
    assert on_graph == on_floats
    np.testing.assert_allclose(on_arrays, on_floats, rtol=4e-16, atol=0)


@pytest.mark.parametrize("kind", [kind for kind in NUMBERS if OPERATIONS[kind].slope])
def test_slopes_are_what_central_differences_say(kind):
    row = OPERATIONS[kind]
    for seed in range(40):
        case = off_ties(kind, seed)
        slopes = row.slope(1.0, apply(kind, *case), *case)
        for place, sort in enumerate(row.takes):
            if sort == "flag":
                assert slopes[place] is None
                continue
            step = 1e-6 * max(1.0, abs(case[place]))
            above, below = list(case), list(case)
            above[place] += step
            below[place] -= step
            difference = (apply(kind, *above) - apply(kind, *below)) / (2 * step)
            assert slopes[place] == pytest.approx(difference, rel=1e-6, abs=1e-6)


def test_at_a_tie_the_slope_of_a_minimum_is_shared():
    assert OPERATIONS["minimum"].slope(1.0, 2.0, 2.0, 2.0) == (0.5, 0.5)
    assert OPERATIONS["maximum"].slope(1.0, 2.0, 2.0, 2.0) == (0.5, 0.5)


@pytest.mark.parametrize("kind", ROWS)
def test_row_operations_agree_on_one_scenario_and_on_many(kind):
    generator = np.random.default_rng(1)
    for flags in (generator.integers(0, 2, (6, 5)).astype(float), np.zeros((6, 5))):
        three = [generator.normal(size=(6, 5)).round(0), flags]
        whole = [flags] if kind == "row_first" else three
        takes = OPERATIONS[kind].takes
        given = [whole.pop(0) if sort == "row" else generator.normal(size=5) for sort in takes]
        together = np.asarray(apply(kind, *given))
        apart = [apply(kind, *[one[..., place].tolist() for one in given]) for place in range(5)]
        np.testing.assert_allclose(together.T if together.ndim == 2 else together, apart, rtol=1e-15, atol=1e-15)


def test_rows_may_be_lists_of_arrays_and_of_plain_numbers():
    row = [np.array([1.0, 2.0]), 3.0, np.array([5.0, 7.0])]
    assert apply("row_sum", row).tolist() == [9.0, 12.0]
    assert apply("row_dot", row, [1.0, 0.0, 2.0]).tolist() == [11.0, 16.0]
    assert apply("row_dot", [1.0, 0.0, 2.0], row).tolist() == [11.0, 16.0]
    assert apply("row_min", row, [0.0, 1.0, 1.0]).tolist() == [3.0, 3.0]
    assert apply("row_first", [np.array([0.0, 1.0]), 0.0, 1.0]).tolist() == [3.0, 1.0]


def test_a_formula_on_floats_never_needs_numpy():
    assert type(apply("minimum", 1, 2.0)) is int
    assert math.isclose(apply("exp", 1.0), math.e)
