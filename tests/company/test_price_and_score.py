"""What a price asks, and who ranks where."""

from __future__ import annotations

import pytest

from overbuild.company.case import company_case
from overbuild.company.companies import companies_case
from overbuild.company.preset import OwnFigures, companies_preset
from overbuild.company.priced_in import PricedFrom, PricedTerms, growth_priced_in, priced_in
from overbuild.company.score import ranks, scored, z_scores
from overbuild.company.sensitivity import price_moves
from overbuild.errors import OverbuildError
from overbuild.facts.store import known_on

PRESET = companies_preset()
VIEW = known_on(None)
START = PricedFrom(revenue=20.0, operating_margin=0.3, net_debt=4.0)


def terms(**more):
    usual = {"price": 10.0, "shares": 5.0, "net_debt": 4.0, "operating_margin": None, "tax_rate": 0.2, "wacc": 0.09}
    return PricedTerms(
        **usual | {"terminal_growth_per_year": 0.03, "capital_per_revenue": 0.5, "growth_per_year": 0.1} | more
    )


def test_the_value_is_the_sum_one_writes_out():
    found = priced_in(3, START, terms())
    revenue = [20.0 * 1.1**n for n in range(4)]
    cash = [revenue[n] * 0.24 - (revenue[n] - revenue[n - 1]) * 0.5 for n in (1, 2, 3)]
    after = revenue[3] * 1.03 * 0.24 - revenue[3] * 0.03 * 0.5
    value = sum(one / 1.09 ** (n + 1) for n, one in enumerate(cash)) + after / 0.06 / 1.09**3
    assert found.value == pytest.approx(value)
    assert found.enterprise_value == 54.0
    assert found.revenue_asked == pytest.approx(revenue[3])


@pytest.mark.parametrize("price", [2.0, 10.0, 40.0])
def test_the_growth_found_makes_the_value_the_price(price):
    growth = growth_priced_in(10, START, terms(price=price))
    found = priced_in(10, START, terms(price=price, growth_per_year=growth))
    assert found.value == pytest.approx(found.enterprise_value, rel=1e-9)


def test_a_dearer_share_asks_more_and_some_price_nothing_explains():
    cheap, dear = (growth_priced_in(10, START, terms(price=price)) for price in (5.0, 20.0))
    assert cheap < dear
    assert growth_priced_in(10, START, terms(price=1e9)) is None


def test_microsofts_price_asks_a_growth_and_its_assumptions_move_it():
    case = company_case(VIEW, PRESET, "MSFT", OwnFigures(price=500.0, shares=7.43e9))
    assert case.price.growth == pytest.approx(0.1219, abs=5e-4)
    assert case.reported.values["priced_in.value"] == pytest.approx(
        case.reported.values["priced_in.enterprise_value"], rel=1e-8
    )
    assert "four quarters to 2026Q1" in case.price.numbers["operating_margin"].reason
    moves = {one.assumption: one for one in price_moves(case)}
    assert moves["wacc_per_year"].asked_at_low < moves["wacc_per_year"].asked_at_high


@pytest.mark.parametrize(
    ("own", "codes"),
    [
        (OwnFigures(life=0.0), {"life_nonpositive"}),
        (OwnFigures(life=float("nan")), {"not_finite"}),
        (OwnFigures(price=-3.0, shares=0.0), {"negative"}),
        (OwnFigures(price=10.0, margin=1.5), {"share_out_of_range"}),
        (OwnFigures(margin=0.3), {"missing"}),
        (OwnFigures(life_from="2027Q9"), {"bad_period"}),
        (OwnFigures(price=100.0), {"missing"}),
    ],
)
def test_numbers_that_cannot_be_are_refused(own, codes):
    with pytest.raises(OverbuildError) as caught:
        company_case(VIEW, PRESET, "MSFT", own)
    assert {one.code for one in getattr(caught.value, "errors", (caught.value,))} == codes


@pytest.mark.parametrize(
    ("ticker", "period", "code", "said"),
    [
        ("MSTF", None, "unknown_name", "Did you mean MSFT?"),
        ("META", "2035Q1", "no_fact", "figures run from"),
        ("META", "FY1999", "no_fact", "nothing is known"),
        ("META", "Q3 2025", "bad_period", "2025Q3"),
    ],
)
def test_companies_and_periods_that_are_not_there(ticker, period, code, said):
    with pytest.raises(OverbuildError) as caught:
        company_case(VIEW, PRESET, ticker, None, period)
    assert caught.value.code == code and said in str(caught.value)


def test_net_debt_is_the_filed_one_where_it_is_known():
    alphabet = company_case(VIEW, PRESET, "GOOGL", OwnFigures(price=300.0, shares=12.1e9))
    net_cash = (79.499 - 38.063 - 88.777) * 1e9
    assert "net_debt" not in alphabet.price.numbers
    assert alphabet.page.priced.enterprise_value == pytest.approx(300.0 * 12.1e9 + net_cash)
    given = company_case(VIEW, PRESET, "GOOGL", OwnFigures(price=300.0, shares=12.1e9, net_debt=0.0))
    assert given.page.priced.enterprise_value == pytest.approx(300.0 * 12.1e9)


def test_z_scores_are_cut_and_equal_values_say_nothing():
    values = {str(n): 0.0 for n in range(20)} | {"far": 100.0}
    assert z_scores(values, 3.0)["far"] == 3.0
    assert z_scores({"a": 1.0, "b": 1.0}, 3.0) == {} and z_scores({"a": 1.0}, 3.0) == {}


def test_ties_share_the_mean_rank():
    assert ranks({"a": 1.0, "b": 2.0, "c": 1.0, "d": 0.0}) == {"b": 1.0, "a": 2.5, "c": 2.5, "d": 4.0}


def test_fewer_than_half_of_the_measures_is_no_rank():
    measured = {"a": {"x": 1.0, "y": 2.0, "z": 1.0}, "b": {"x": 2.0, "y": 1.0, "z": 2.0}, "c": {"x": 3.0}}
    weights = dict.fromkeys("xyz", 1.0)
    found = {
        one.ticker: one for one in scored(measured, dict.fromkeys("xyz", 1), weights, winsor_sd=3.0, draws=50, seed=1)
    }
    assert found["c"].rank is None and found["c"].rank_low is None
    assert {found["a"].rank, found["b"].rank} == {1.0, 2.0}


def test_a_rank_is_certain_where_a_company_is_better_in_everything_and_the_seed_fixes_it():
    measured = {"a": {"x": 3.0, "y": 3.0}, "b": {"x": 2.0, "y": 1.0}, "c": {"x": 1.0, "y": 2.0}}
    asked = dict(better={"x": 1, "y": 1}, weights={"x": 1.0, "y": 1.0}, winsor_sd=3.0, draws=400)
    found = {one.ticker: one for one in scored(measured, seed=7, **asked)}
    assert (found["a"].rank_low, found["a"].rank_high) == (1.0, 1.0)
    assert (found["b"].rank_low, found["b"].rank_high) == (2.0, 3.0)
    assert scored(measured, seed=7, **asked) == scored(measured, seed=7, **asked)


def test_the_spenders_of_today():
    found = {one.ticker: one for one in companies_case(VIEW, PRESET).scores}
    order = [ticker for ticker, one in found.items() if one.rank is not None]
    assert order == ["GOOGL", "MSFT", "META", "AMZN", "ORCL"]
    assert (found["ORCL"].rank_low, found["ORCL"].rank_high) == (4.0, 5.0)
    assert found["CRWV"].rank is None
