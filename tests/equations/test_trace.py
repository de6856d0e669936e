"""Tracing: what it keeps, what it refuses and how it says so."""

from typing import NamedTuple

import numpy as np
import pytest

from overbuild.equations import blend, breached, flatten, line, minimum, quotient, rebuild, trace, where
from overbuild.equations.errors import TraceError
from overbuild.equations.trace import unreached
from overbuild.units import HOURS_PER_YEAR

CLOSED_OVER = 0.35
ONE = 1.0000001


class Loan(NamedTuple):
    name: str
    balance: float
    due: float


class State(NamedTuple):
    cash: float
    loans: tuple[Loan, ...]


STATE = State(5.0, (Loan("senior", 100.0, 10.0), Loan("mezz", 20.0, 1.0)))


def waterfall(state, income):
    cash = line("cash_available", state.cash + income)
    loans = []
    for loan in state.loans:
        paid = line(f"{loan.name}.paid", minimum(cash, loan.due))
        cash = cash - paid
        loans.append(loan._replace(balance=loan.balance - paid))
    return State(line("cash_left", cash), tuple(loans))


def test_the_graph_gives_what_the_floats_give():
    program = trace(waterfall, STATE, 0.0)
    floats = flatten(waterfall(STATE, 4.0))
    assert program.run_results({**flatten(STATE, "state"), "income": 4.0}) == floats
    assert list(program.lines) == ["cash_available", "senior.paid", "mezz.paid", "cash_left"]


def test_two_cases_with_different_numbers_leave_the_same_graph():
    other = rebuild(STATE, [7.0, 1.5, 2.5, 3.5, 4.5])
    assert trace(waterfall, STATE, 0.0) == trace(waterfall, other, 9.0)


def planted_floor_division(a, b):
    return line("share_of_a", a // b)


def planted_modulo(a, b):
    rest = a % b
    return line("rest", rest)


def planted_test(a, b):
    greater = a if a > b else b
    return line("greater", greater)


def planted_chain(a, b):
    return line("chained", where(0.0 < a < b, a, b))


def planted_min(a, b):
    return line("least", min(a, b))


def planted_constant(a, b):
    return line("scaled", a * CLOSED_OVER + b)


def planted_one(a, b):
    return line("scaled", a * ONE + b)


def planted_numpy_constant(a, b):
    return line("scaled", a * np.float64(0.35) + b)


def planted_numpy(a, b):
    return line("grown", np.exp(a) + b)


def planted_round(a, b):
    return line("rounded", round(a) + b)


def planted_power(a, b):
    return line("raised", a**2 + b)


@pytest.mark.parametrize(
    ("formula", "code", "name"),
    [
        (planted_floor_division, "not_traceable", "share_of_a"),
        (planted_modulo, "not_traceable", "rest"),
        (planted_test, "not_traceable", "greater"),
        (planted_chain, "not_traceable", "chained"),
        (planted_min, "not_traceable", "least"),
        (planted_constant, "literal", "scaled"),
        (planted_one, "literal", "scaled"),
        (planted_numpy_constant, "literal", "scaled"),
        (planted_numpy, "not_traceable", "grown"),
        (planted_round, "not_traceable", "rounded"),
        (planted_power, "not_traceable", "raised"),
    ],
)
def test_a_planted_fault_is_refused_naming_its_line(formula, code, name):
    with pytest.raises(TraceError) as caught:
        trace(formula, 1.0, 2.0)
    assert caught.value.code == code
    assert f'line "{name}"' in str(caught.value)
    assert caught.value.file == __file__


def test_the_message_says_what_to_do():
    with pytest.raises(TraceError, match=r"// works on floats only; use floor\(a / b\)"):
        trace(planted_floor_division, 1.0, 2.0)


def test_a_flag_is_refused_as_a_number_and_a_trigger_is_not_compared():
    with pytest.raises(TraceError, match="a flag is good only for"):
        trace(lambda a: (a > 0.0) * a, 1.0)
    with pytest.raises(TraceError, match="where takes a flag"):
        trace(lambda a: where(a, 1.0, 0.0), 1.0)
    with pytest.raises(TraceError, match="blended") as caught:
        trace(lambda a: where(line("lockup", breached(a, 1.0)) > 0.0, a, 0.0), 1.0)
    assert caught.value.code == "tested_flag"


def test_a_line_name_is_used_once():
    with pytest.raises(TraceError) as caught:
        trace(lambda a: line("cash", a + 1.0) + line("cash", a + 2.0), 1.0)
    assert caught.value.code == "line_twice"


def test_named_constants_and_the_six_literals_are_welcome():
    program = trace(lambda mw: line("energy", mw * HOURS_PER_YEAR / 12.0 + 1e-9), 1.0)
    assert program.run_results({"mw": 2.0})["result"] == 2.0 * 8760.0 / 12.0 + 1e-9
    assert any(step.kind == "constant" and step.name == "hours_per_year" for step in program.steps)


def test_a_row_enters_row_operations_only():
    with pytest.raises(TraceError, match="element by element"):
        trace(lambda a: __import__("overbuild.equations", fromlist=["row_sum"]).row_sum(a + 1.0), 1.0)
    with pytest.raises(TraceError, match="row only for the row operations"):
        trace(lambda rows: rows + 1.0, 1.0)


def test_an_input_that_reaches_nothing_is_found():
    def period(state, inputs):
        line("copied", inputs.due)
        return State(state.cash + inputs.balance, state.loans)

    assert unreached(trace(period, STATE, Loan("", 1.0, 2.0))) == {
        "inputs.due", "inputs.balance", "state.cash",
        "state.loans.senior.balance", "state.loans.senior.due", "state.loans.mezz.balance", "state.loans.mezz.due",
    }  # fmt: skip


def test_arrays_run_the_program_too():
    program = trace(lambda a, b, w: line("mixed", blend(w, quotient(a, b, none=0.0), a)), 1.0, 2.0, 0.5)
    got = program.run_results({"a": np.array([1.0, 2.0]), "b": np.array([0.0, 4.0]), "w": 0.5})["result"]
    np.testing.assert_array_equal(got, [0.5, 1.25])


def test_records_refuse_a_wrong_number_of_leaves():
    with pytest.raises(ValueError, match="fewer"):
        rebuild(STATE, [1.0])
    with pytest.raises(ValueError, match="more"):
        rebuild(STATE, [1.0] * 6)
