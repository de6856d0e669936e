"""A spender's chips by vintage: known sums, identities with a unit alone, what falls must do, the book, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.audit.book.case_book import case_book
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.audit.tree.case_tree import case_why
from overbuild.company.vintages.all_spenders import all_spenders
from overbuild.company.vintages.case import SPENDERS
from overbuild.company.vintages.spender_run import fall_of, read_spender, run_spender
from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import row_of
from overbuild.errors import OverbuildError
from overbuild.fleet.book_value import AccountingLife, depreciation_of_year, left_of_cost
from overbuild.fleet.case import terms_of
from overbuild.fleet.unit_run import run_unit
from overbuild.timeline.compiled_run import run_compiled
from overbuild.timeline.run import run_model
from overbuild.world.case_record import case_of
from overbuild.world.tree import read_tree

MSFT = Path("company:MSFT")


@pytest.fixture(scope="module")
def msft():
    return read_spender(MSFT)


def falling(plan, decline):
    return plan._replace(
        generations=tuple(
            one._replace(market=one.market._replace(rent_decline_per_year=decline)) for one in plan.generations
        )
    )


def test_a_vintage_is_as_many_units_as_its_cost_buys(msft):
    plan, newest = msft.plan, max(msft.plan.vintages, key=lambda one: one.year)
    generation = next(one for one in plan.generations if one.name == newest.generation)
    unit = run_unit(terms_of(generation.fleet), generation.greatest_age)
    cost = newest.capex * plan.server_share * newest.ai_share
    for age in (0, 2, 5):
        worth = msft.central.at(f"{newest.name}.worth", newest.year + age)
        assert worth == pytest.approx(cost / generation.cost * unit.lines["economic_value"][age], rel=1e-12)


def test_capex_of_a_year_is_the_sum_of_its_filed_quarters(msft):
    bought = {one.year: one.capex for one in msft.plan.vintages}
    assert bought[2024] == pytest.approx((10.952 + 13.873 + 14.923 + 15.804) * 1e9)
    assert bought[2025] == pytest.approx((16.745 + 17.079 + 19.394 + 29.876) * 1e9)


def test_books_are_the_sum_over_vintages_of_straight_lines(msft):
    plan = msft.plan
    for year in msft.central.years:
        held = [one for one in plan.vintages if one.year <= year]
        expected = sum(
            one.capex * plan.server_share * one.ai_share * max(0.0, 1 - (year - one.year) / plan.life_years)
            for one in held
        )
        assert msft.central.at("books", year) == pytest.approx(expected)


@pytest.mark.parametrize("life", [1.0, 3.0, 5.5, 6.0])
def test_depreciation_of_a_year_is_what_the_books_lose_in_it(life):
    booked = AccountingLife("any", life)
    for age in range(1, 9):
        lost = left_of_cost(booked, 600.0, age - 1.0) - left_of_cost(booked, 600.0, float(age))
        assert depreciation_of_year(booked, 600.0, float(age)) == pytest.approx(lost)


def test_write_downs_by_year_are_those_by_vintage(msft):
    high = msft.ends["high"]
    by_year = sum(high.totals[f"write_down_in.{year}"] for year in high.years)
    by_vintage = sum(high.totals[f"{one.name}.vintage_write_down"] for one in msft.plan.vintages)
    assert by_year == pytest.approx(high.write_down) == pytest.approx(by_vintage) and high.write_down > 0.0
    assert high.totals[f"write_down_in.{high.write_down_year}"] > 0.0


def test_a_write_down_is_books_less_worth_in_its_year(msft):
    high = msft.ends["high"]
    for one in msft.plan.vintages:
        if high.totals[f"{one.name}.vintage_is_written_down"]:
            year = round(high.totals[f"{one.name}.vintage_write_down_year"])
            gap = high.at(f"{one.name}.books", year) - high.at(f"{one.name}.worth", year)
            assert high.totals[f"{one.name}.vintage_write_down"] == pytest.approx(gap)


@settings(max_examples=15, deadline=None)
@given(st.floats(-0.1, 0.3), st.floats(0.0, 0.2))
def test_a_faster_fall_never_makes_the_chips_of_today_worth_more(decline, more):
    plan = read_spender(MSFT).plan
    year = max(one.year for one in plan.vintages)
    slow, fast = (run_spender(falling(plan, one)) for one in (decline, decline + more))
    for later in range(year, year + 8):
        assert fast.at("worth", later) <= slow.at("worth", later) * (1 + 1e-9)
        assert fast.at("books", later) == slow.at("books", later)


def test_the_fall_that_must_be_believed_is_where_books_meet_worth(msft):
    plan, fall = msft.plan, msft.right_up_to
    launches = 1 - (1 - fall_of(plan)) / (1 - plan.generations[-1].market.rent_decline_per_year)
    decline = 1 - (1 - fall) / (1 - launches)
    assert fall_of(falling(plan, decline)) == pytest.approx(fall)
    assert (
        run_spender(falling(plan, decline - 0.002)).peak[0] <= 0.0 < run_spender(falling(plan, decline + 0.002)).peak[0]
    )


def test_a_longer_life_puts_depreciation_off_and_its_sum_stays(msft):
    central = msft.central
    sums = {
        life.years: sum(central.at(f"depreciation.{life.name}", year) for year in central.years)
        for life in msft.plan.lives
    }
    cost = sum(one.capex * msft.plan.server_share * one.ai_share for one in msft.plan.vintages)
    assert list(sums.values()) == pytest.approx([cost] * len(sums))
    year = msft.looked_at - 1
    at_year = [central.at(f"depreciation.{life.name}", year) for life in msft.plan.lives]
    assert at_year == sorted(at_year, reverse=True)
    assert central.at("net_income_change.life_6", year) == 0.0 > central.at("net_income_change.life_4", year)


def test_compiled_and_plain_runs_leave_the_same(msft):
    model = msft.ends["high"].model
    plain = run_model(model)
    for _ in range(2):
        ran = run_compiled(model)
        assert ran.left["years"] == plain.left["years"]
        assert ran.rows["write_downs"]["write_down"] == pytest.approx(plain.rows["write_downs"]["write_down"])


def test_drivers_of_the_newest_unit_move_every_generation():
    case = read_spender(MSFT).case
    assert {one.input for one in case.drivers.drawn} >= {"generations.*.market.rent", "generations.*.unit.utilisation"}


def test_every_spender_stands_on_its_own_filings():
    found = all_spenders()
    assert [one.ticker for one in found.spenders] == ["AMZN", "GOOGL", "META", "MSFT", "ORCL", "CRWV"]
    assert any(one.startswith("Nebius: no useful life") for one in found.left_out)
    lives = {one.ticker: one.run.plan.life_years for one in found.spenders}
    assert (lives["AMZN"], lives["META"], lives["MSFT"]) == (5.0, 5.5, 6.0)
    assert found.write_down("high") == pytest.approx(sum(one.run.ends["high"].write_down for one in found.spenders))


def test_what_was_not_known_on_a_day_is_not_in_it():
    early = read_spender(MSFT, as_of="2025-03-01")
    assert max(one.year for one in early.plan.vintages) == 2024


def test_every_line_has_a_row(msft):
    lines = {line for program in programs_of(msft.central.model).values() for line in program.lines}
    assert [line for line in lines if row_of(line) is None] == []


def test_the_book_follows_and_a_number_is_traced_to_its_filings():
    explained = EXPLAINED["vintages"].explain(MSFT, (), None)
    book = case_book(explained, axis="End of year")
    again = {row.id for row in book.inputs if not row.follows}
    assert again <= {
        row.id for row in book.inputs if row.id.endswith(("greatest_age", ".year", ".bought", ".generation"))
    }
    tree = case_why(explained, "bought_2024.chips_at_cost@2026", 2)
    found, waiting = set(), [tree]
    while waiting:
        one = waiting.pop()
        found.add(one.id)
        waiting += one.below
    assert any(one.startswith("fact:MSFT.capex@2024") for one in found)


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (("life_years=0.5",), "an accounting life lies between 1 and 30"),
        (("server_share=50",), "did you mean 0.5?"),
        (("vintages.bought_2024.generation=h200",), "no such generation. Did you mean h100?"),
        (("generations.gb300.market.cadence_years=0",), "the years from one generation to the next lies between"),
        (("vintages.bought_2019.capex=1e9",), "no item of this name"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_place(sets, said):
    with pytest.raises(OverbuildError) as error:
        read_spender(MSFT, sets)
    assert said in str(error.value) and error.value.path


@pytest.mark.parametrize(("ticker", "said"), [("NBIS", "no useful life of servers"), ("MSFX", "no such company")])
def test_a_company_of_which_too_little_is_known_is_refused(ticker, said):
    with pytest.raises(OverbuildError, match=said):
        read_spender(Path(f"company:{ticker}"))


def test_a_case_of_ones_own_has_the_same_form():
    tree = read_tree(
        "name: mine\nvintages: []\ngenerations: []\nlives: []\nlife_years: 6\nserver_share: 0.5\ntax_rate: 0.2\n",
        "m.yaml",
    )
    with pytest.raises(OverbuildError, match="at least one year of purchases"):
        case_of(tree, SPENDERS)
