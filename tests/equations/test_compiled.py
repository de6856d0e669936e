"""A compiled program is the formula on floats, to the last bit."""

import itertools
import math
from typing import NamedTuple

import pytest

from overbuild.equations import line, maximum, power, present, quotient, trace
from overbuild.equations.compiled import WRITTEN, Given, compiled
from overbuild.equations.operations import OPERATIONS
from overbuild.timeline.run import run_periods

AWKWARD = [0.0, -0.0, 1.0, -1.0, 1e-9, 1e-300, 1e300, math.inf, -math.inf, math.nan, 0.3, -7.25]
PARAMETERS = ("state", "inputs", "terms")


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b)) if isinstance(a, float) else a is b


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_operation_is_written_as_the_table_has_it(kind):
    takes = OPERATIONS[kind].takes
    names = [f"x{place}" for place in range(len(takes))]
    written = eval(f"lambda {', '.join(names)}: {WRITTEN[kind].format(*names)}", {"pow_": math.pow})
    for operands in itertools.product(*([False, True] if sort == "flag" else AWKWARD for sort in takes)):
        try:
            expected = OPERATIONS[kind].floats(*operands)
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            with pytest.raises(type(error)):
                written(*operands)
        else:
            found = written(*operands)
            assert same(found, expected), operands
            assert not isinstance(found, float) or math.copysign(1.0, found) == math.copysign(1.0, expected)


def period(state, inputs, terms):
    balance, unused = state
    grown = line("grown", balance * power(1.0 + terms, 2.0))
    ratio = line("ratio", quotient(grown, inputs, none=0.0))
    line("fee", terms * terms)
    line("flag", present(ratio, 1.0))
    return maximum(0.0, grown - inputs), line("twice", unused * 2.0)


OPENING, PAID = (100.0, 1.0), [20.0, 0.0, 500.0, 3.0]
PROGRAM = trace(period, OPENING, 0.0, 0.0)


def test_all_lines_and_the_last_state():
    ran = run_periods(period, OPENING, PAID, 0.1)
    found = compiled(PROGRAM, PARAMETERS).run(Given(OPENING, [PAID], [0.1]))
    assert found.rows == ran.rows
    assert tuple(found.final.values()) == ran.final


@pytest.mark.parametrize("names", [("ratio",), ("fee", "twice"), ("flag", "grown"), ()])
def test_some_lines_are_those_of_all(names):
    ran = run_periods(period, OPENING, PAID, 0.1)
    found = compiled(PROGRAM, PARAMETERS, names, final=False).run(Given(OPENING, [PAID], [0.1]))
    assert found.rows == {name: row for name, row in ran.rows.items() if name in names}
    assert found.final == {}


def test_what_no_wanted_line_needs_is_not_computed():
    broken = trace(
        lambda state, inputs, terms: (line("ratio", 1.0 / inputs), line("owed", state - inputs))[1], 1.0, 0.0, 0.0
    )
    given = Given([5.0], [[0.0, 1.0]], [0.0])
    assert compiled(broken, PARAMETERS, ("owed",), final=False).run(given).rows == {"owed": [5.0, 4.0]}
    with pytest.raises(ZeroDivisionError):
        compiled(broken, PARAMETERS).run(given)


def test_no_periods_leave_the_opening():
    found = compiled(PROGRAM, PARAMETERS).run(Given(OPENING, [[]], [0.1]))
    assert found.rows == {name: [] for name in PROGRAM.lines}
    assert tuple(found.final.values()) == OPENING


def test_columns_of_unlike_length_are_refused():
    program = trace(lambda state, inputs, terms: line("owed", state + inputs[0] - inputs[1]), 1.0, (0.0, 0.0), 0.0)
    with pytest.raises(ValueError, match="shorter"):
        compiled(program, PARAMETERS).run(Given([1.0], [[1.0, 2.0], [1.0]], [0.0]))


class Owed(NamedTuple):
    owed: float
    paid: float


def test_a_state_that_no_period_reads_is_left_as_it_became():
    def grown(state, inputs, terms):
        return Owed(line("owed_then", state.owed * (1.0 + terms) - inputs), line("paid_last", inputs * 1.0))

    program = trace(grown, Owed(9.0, 0.0), 0.0, 0.0)
    found = compiled(program, ("state", "inputs", "terms")).run(Given([100.0, 0.0], [[20.0, 30.0]], [0.5]))
    assert found.final == {"owed": 165.0, "paid": 30.0}
