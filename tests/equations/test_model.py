"""A model: stages on one axis, run on floats and on arrays, traced once for a shape, its results declared."""

from typing import NamedTuple

import numpy as np
import pytest

from overbuild.equations import line, maximum, row_dot, row_sum
from overbuild.equations.model import Left, Model, RowOf, Stage, programs_of
from overbuild.equations.reported import Condition, Reported, Solved, values_of
from overbuild.timeline.run import evaluate, run_model


class Shape(NamedTuple):
    name: str


class Owed(NamedTuple):
    balance: float


class Terms(NamedTuple):
    amount: float
    rate: float


class Paid(NamedTuple):
    cash: float


class Rows(NamedTuple):
    interest: float
    paid: float


class Found(NamedTuple):
    interest: float
    covered: float


def drawn(shape: Shape, terms: Terms) -> Owed:
    return Owed(line("drawn", terms.amount))


def period(shape: Shape, state: Owed, inputs: Paid, terms: Terms) -> Owed:
    interest = line("interest", state.balance * terms.rate)
    paid = line("paid", maximum(0.0, inputs.cash))
    return Owed(line(f"{shape.name}.balance", state.balance + interest - paid))


def results(rows: Rows, terms: Terms) -> Found:
    return Found(line("sum_of_interest", row_sum(rows.interest)), line("covered", row_dot(rows.interest, rows.paid)))


REPORTED = (
    Reported("interest", "sum_of_interest", (Condition("covered", "nothing is paid"),)),
    Reported("rate", solved="the rate of return"),
)


def loan(amount=100.0, rate=0.5, cash=(20.0, 30.0), name="loan"):
    terms = Terms(amount, rate)
    stages = (
        Stage("opening", drawn, Shape(name), terms),
        Stage("operation", period, Shape(name), terms, Left("opening"), Paid(list(cash)), 1),
        Stage("results", results, None, terms, Rows(RowOf("operation", "interest"), RowOf("operation", "paid"))),
    )
    return Model(stages, REPORTED)


def test_a_model_runs_its_stages_in_order_and_keeps_their_lines():
    ran = run_model(loan())
    assert ran.rows["operation"] == {"interest": [50.0, 65.0], "paid": [20.0, 30.0], "loan.balance": [130.0, 165.0]}
    assert ran.left["results"] == Found(115.0, 50.0 * 20.0 + 65.0 * 30.0)


def test_only_the_lines_that_are_asked_for_or_taken_are_kept():
    assert list(run_model(loan(), ()).rows["operation"]) == ["interest", "paid"]
    assert list(run_model(loan(), ("loan.balance",)).rows["operation"]) == ["interest", "paid", "loan.balance"]


def test_a_model_runs_on_arrays_as_it_does_on_floats():
    together = run_model(loan(amount=np.array([100.0, 40.0])))
    apart = [run_model(loan(amount=amount)) for amount in (100.0, 40.0)]
    for place, alone in enumerate(apart):
        assert [row[place] for row in together.rows["operation"]["loan.balance"]] == (
            alone.rows["operation"]["loan.balance"]
        )
        assert together.left["results"].interest[place] == alone.left["results"].interest


def test_every_step_of_every_program_is_that_of_the_run():
    ran, stages = run_model(loan()), evaluate(loan())
    assert (stages["operation"].first, stages["operation"].last) == (1, 2)
    for name, rows in ran.rows.items():
        for one, row in rows.items():
            assert stages[name].row(one) == row
    assert stages["results"].value("sum_of_interest") == 115.0


def test_a_second_model_of_one_shape_takes_the_traces_of_the_first():
    first, second = programs_of(loan()), programs_of(loan(amount=7.0, cash=(1.0, 2.0, 3.0)))
    assert all(first[name] is second[name] for name in first)
    other = programs_of(loan(name="other"))
    assert other["operation"] is not first["operation"] and "other.balance" in other["operation"].lines


def test_a_stage_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        loan().stage("construction")


def test_a_result_is_what_its_line_is_where_its_conditions_hold():
    lines = {name: row[0] for name, row in run_model(loan()).rows["results"].items()}
    found = values_of(REPORTED, lines, {"rate": Solved(None, "none")})
    assert found.values == {"interest": 115.0, "rate": None} and found.status == {"rate": "none"}
    nothing = values_of(REPORTED, {**lines, "covered": 0.0}, {"rate": Solved(0.1)})
    assert nothing.values == {"interest": None, "rate": 0.1} and nothing.status == {"interest": "nothing is paid"}
