"""A unit through its ages: hand-worked numbers, what must hold of any unit, the book and the tree behind its numbers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.audit.book.case_book import case_book
from overbuild.audit.explained import ExplainedCase
from overbuild.audit.tree.case_tree import case_why
from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.errors import InputErrors, OverbuildError
from overbuild.fleet.book_value import AccountingLife
from overbuild.fleet.case import FLEETS, terms_of
from overbuild.fleet.examples import TERMS
from overbuild.fleet.model import unit_model
from overbuild.fleet.unit_run import breakeven_rent, run_unit, with_rent
from overbuild.world.case_record import case_of, read_case
from overbuild.world.overlay import overlay_of
from overbuild.world.presets import presets
from overbuild.world.tree import read_tree

H100 = Path("preset:h100")


def explained(file=H100, *sets):
    case = read_case(file, FLEETS, [overlay_of(text) for text in sets])
    age = case.record.greatest_age
    labels = tuple(str(one) for one in range(age, -1, -1))
    return ExplainedCase(case, lambda plan: unit_model(terms_of(plan), plan.greatest_age), labels, age)


def test_a_unit_bought_too_dear_is_worth_less_than_its_cost():
    run = run_unit(TERMS, 9)
    assert run.value == pytest.approx(26472.499111020064, rel=1e-12)
    assert run.totals["unit_npv"] == pytest.approx(-3527.5008889799356, rel=1e-11)
    assert run.economic_life == 7
    assert run.lines["economic_value"][2] == pytest.approx(10147.300274988567, rel=1e-12)
    assert run.lines["life_6.overstatement"][2] == pytest.approx(9852.699725011433, rel=1e-12)


def test_the_write_down_comes_when_flows_to_come_no_longer_carry_the_books():
    run = run_unit(TERMS, 9)
    age = round(run.totals["life_6.write_down_age"])
    flows, books = run.lines["flows_to_come"], run.lines["life_6.net_book_value"]
    assert flows[age] < books[age]
    assert all(flows[one] >= books[one] for one in range(age))
    assert run.totals["life_6.write_down"] == pytest.approx(books[age] - run.lines["economic_value"][age])


def test_flows_to_come_are_the_quasi_rents_and_the_resale_of_the_years_that_it_runs():
    run = run_unit(TERMS, 9)
    life = run.economic_life
    expected = sum(run.lines["quasi_rent"][:life]) + run.lines["resale_value"][life]
    assert run.lines["flows_to_come"][0] == pytest.approx(expected)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.0, 0.6), st.floats(0.0, 0.3), st.integers(1, 11), st.floats(0.0, 0.5))
def test_a_shorter_life_or_a_faster_fall_never_raises_the_value(decline, more, age, launch):
    market = TERMS.market._replace(rent_decline_per_year=decline, launch_fall=launch)
    unit = TERMS._replace(market=market)
    faster = unit._replace(market=market._replace(rent_decline_per_year=decline + more))
    value = run_unit(unit, age + 1).value
    assert run_unit(unit, age).value <= value + 1e-9
    assert run_unit(faster, age + 1).value <= value + 1e-9


@pytest.mark.parametrize("decline", [0.0, 0.15, 0.28, 0.6])
def test_at_the_break_even_rent_a_unit_is_worth_what_it_cost(decline):
    unit = TERMS._replace(market=TERMS.market._replace(rent_decline_per_year=decline))
    rent = breakeven_rent(unit, 9)
    assert run_unit(with_rent(unit, rent), 9).value == pytest.approx(unit.cost, rel=1e-9)
    assert run_unit(with_rent(unit, rent * 0.99), 9).value < unit.cost < run_unit(with_rent(unit, rent * 1.01), 9).value


def test_a_unit_that_resells_above_its_cost_needs_no_rent():
    with pytest.raises(OverbuildError, match="no rent is needed"):
        breakeven_rent(TERMS._replace(resale=TERMS.resale._replace(new=40000.0)), 9)


def test_a_model_of_other_numbers_is_the_same_model():
    other = TERMS._replace(
        cost=31000.0, discount_rate=0.11, lives=tuple(AccountingLife(one.name, one.years + 0.5) for one in TERMS.lives)
    )
    assert programs_of(unit_model(TERMS, 9))["ages"].steps == programs_of(unit_model(other, 7))["ages"].steps


def test_every_line_of_a_unit_has_a_row_and_every_row_of_the_room_is_a_line():
    lines = {line for program in programs_of(unit_model(TERMS, 9)).values() for line in program.lines}
    assert [line for line in lines if row_of(line) is None] == []
    assert {row_of(line).name for line in lines} == {row.name for row in line_rows() if row.room == "fleet"}


@pytest.mark.parametrize("name", sorted(presets("fleets")))
def test_every_unit_that_ships_says_where_each_of_its_numbers_comes_from(name):
    case = read_case(Path(f"preset:{name}"), FLEETS)
    assert {
        path
        for path, one in case.inputs.items()
        if one.origin == "case" and path not in ("name",) and not path.endswith(".name")
    } == set()
    assert {one.verdict for one in case.agreements} <= {"agrees", "derived", "within", "words", "cited", "document"}
    assert run_unit(terms_of(case.record), case.record.greatest_age).value > 0.0


def test_the_book_follows_every_number_but_the_count_of_ages_and_the_year():
    book = case_book(explained(), axis="Age, years")
    again = {row.id for row in book.inputs if not row.follows}
    assert again == {"bought", "greatest_age"}
    assert {row.id for row in book.results} >= {
        "value_at_purchase",
        "unit_npv",
        "economic_life_years",
        "life_6.write_down",
    }


def test_a_number_of_a_unit_is_followed_down_to_the_index_that_it_rests_on():
    tree = case_why(explained(), "quasi_rent@2", 2)
    found, waiting = set(), [tree]
    while waiting:
        one = waiting.pop()
        found.add(one.id)
        waiting += one.below
    assert "fleet:market.rent" in found
    assert any(one.startswith("fact:H100 SXM 80GB.rental_index") for one in found)


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (("market.cadence_years=0",), "the years from one generation to the next lies between 0.25 and 20"),
        (("greatest_age=0",), "the greatest age in whole years lies between 1 and 30"),
        (("market.rent_decline_per_year=28",), "did you mean 0.28?"),
        (("unit.pue=118",), "did you mean 1.18?"),
        (("lives.life_6.years=0.5",), "an accounting life lies between 1 and 30"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_place(sets, said):
    with pytest.raises(OverbuildError, match=said.replace("?", r"\?")) as error:
        explained(H100, *sets)
    assert error.value.path


def test_all_faults_are_told_at_once():
    tree = read_tree("name: x\nunit: {pue: 118}\nmarket: {cadence: 1}\n", "mine.yaml")
    with pytest.raises(InputErrors) as error:
        case_of(tree, FLEETS)
    assert len(error.value.errors) > 5
    assert all(dataclasses.is_dataclass(one) or one.line for one in error.value.errors)
