"""The loop over periods."""

from typing import NamedTuple

import numpy as np
import pytest

from overbuild.equations import line, quotient
from overbuild.errors import InputError
from overbuild.timeline.run import run_periods, stacked


class Flows(NamedTuple):
    paid: list
    rate: list


def loan(debt, flows, terms):
    interest = line("interest", debt * flows.rate)
    return line("debt", debt + interest - flows.paid)


FLOWS = Flows([10.0, 20.0, 30.0], [0.1, 0.1, 0.2])


def test_a_run_keeps_each_line_by_period():
    run = run_periods(loan, 100.0, FLOWS, None)
    assert run.rows == {"interest": [10.0, 10.0, 18.0], "debt": [100.0, 90.0, 78.0]}
    assert run.final == 78.0


def test_arrays_give_what_floats_give():
    openings = np.array([100.0, 50.0])
    run = run_periods(loan, openings, FLOWS, None, ["debt"])
    debt = stacked(run.rows["debt"], 2)
    for place, opening in enumerate(openings):
        np.testing.assert_allclose(debt[:, place], run_periods(loan, float(opening), FLOWS, None).rows["debt"])
    assert list(run.rows) == ["debt"]


def test_a_division_by_zero_is_raised_on_arrays_too():
    with pytest.raises(FloatingPointError):
        run_periods(lambda x, flow, t: x / (flow - 1.0), np.array([1.0, 2.0]), (1.0,), None)
    run_periods(lambda x, flow, t: quotient(x, flow - 1.0, none=0.0), np.array([1.0, 2.0]), (1.0,), None)


def test_columns_of_different_length_are_refused():
    with pytest.raises(InputError) as caught:
        run_periods(loan, 1.0, Flows([1.0], [1.0, 2.0]), None)
    assert caught.value.code == "length_mismatch"
