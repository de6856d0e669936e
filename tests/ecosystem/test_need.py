"""Required revenue, payback, returns and ranges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.company.measures.returns import CompanyYear, returns
from overbuild.ecosystem.capital_charges import AssetCharge
from overbuild.ecosystem.need.estimates import Estimate, lognormal, moments, sum_of_estimates
from overbuild.ecosystem.need.multiplier_chain import check_multiplier, multiplier_chain
from overbuild.ecosystem.need.payback import (
    NOT_WITHIN_HORIZON,
    QuarterlyPath,
    payback,
    quarterly_path,
    upward_crossings,
)
from overbuild.ecosystem.need.required_revenue import required_revenue
from overbuild.errors import InputError, InputErrors

CHARGES = (AssetCharge("it", 300.0, 65.0), AssetCharge("shell", 100.0, 10.0))


def test_margins_of_layers_raise_what_the_end_user_pays():
    found = required_revenue(CHARGES, 25.0, (0.5, 0.2))
    assert found.capital_charge == 65 + 10
    assert found.owner == 75 + 25
    assert found.after_layers == (200.0, 250.0)
    assert found.end_user == 100 / 0.5 / 0.8


@given(st.lists(st.just(0.0), max_size=4))
def test_margins_of_zero_change_nothing(margins):
    found = required_revenue(CHARGES, 25.0, tuple(margins))
    assert found.end_user == found.owner == 100.0


def test_the_multiplier_chain_doubles_twice():
    chain = multiplier_chain(150.0, 0.5, 0.5, 100.0)
    assert (chain.datacentre_cost, chain.required_revenue, chain.hole, chain.multiplier) == (300, 600, 500, 4)


@pytest.mark.parametrize("shares", [(0.0, 0.5), (0.5, 1.0), (1.5, 0.5), (math.nan, 0.5)])
def test_shares_outside_the_open_unit_interval_are_refused(shares):
    with pytest.raises(InputError) as found:
        check_multiplier(*shares)
    assert found.value.code == "share_out_of_range"


WAVE = QuarterlyPath(20.0, 0.09, 0.55, (60.0, 80.0, 100.0, 100.0, 80.0, 60.0, 40.0, 20.0), 0.9)


def test_a_wave_of_capex_pays_back():
    found = payback(WAVE, 0.11, 40)
    assert found.operating_breakeven_quarter == 7
    assert found.payback_quarters == pytest.approx(22.730128461262442, rel=1e-12)
    assert found.discounted_payback_quarters == pytest.approx(26.01319528057417, rel=1e-12)
    assert found.cumulative[-1] == pytest.approx(2600.706895487585, rel=1e-12)
    assert found.status == {}


def test_a_path_that_never_crosses_has_no_payback_and_says_so():
    found = payback(WAVE._replace(growth_per_quarter=0.0), 0.11, 40)
    assert found.payback_quarters is None and found.discounted_payback_quarters is None
    assert found.status["payback_quarters"] == NOT_WITHIN_HORIZON


def test_several_crossings_give_the_first_and_the_last():
    assert upward_crossings([-1.0, 1.0, -1.0, 3.0]) == [0.5, 2.25]
    assert upward_crossings([1.0, 2.0]) == []


def test_a_year_divides_into_quarters():
    path = quarterly_path(200.0, 0.4, 0.6, 400.0, 1.0)
    assert path.capex == (100.0,) * 4 and path.first_revenue == 50.0
    assert (1 + path.growth_per_quarter) ** 4 == pytest.approx(1.4, rel=1e-14)


@settings(max_examples=50)
@given(st.floats(0.01, 100))
def test_payback_does_not_depend_on_the_unit_of_money(k):
    path = WAVE._replace(first_revenue=20.0 * k, capex=tuple(k * amount for amount in WAVE.capex))
    assert payback(path, 0.11, 40).payback_quarters == pytest.approx(22.730128461262442, rel=1e-9)


def test_bad_paths_are_refused_together():
    with pytest.raises(InputErrors) as found:
        payback(WAVE._replace(capex=(), growth_per_quarter=-1.0), -1.0, 0)
    codes = [error.code for error in found.value.errors]
    assert codes == ["missing", "share_out_of_range", "bad_period", "hurdle_le_minus1"]


def test_returns_at_the_margin_fall_before_the_average_does():
    found = returns(CompanyYear(128.5, 365.0), CompanyYear(136.0, 520.0), 0.18, 0.09)
    assert found.roic == pytest.approx(136 * 0.82 / ((365 + 520) / 2))
    assert found.marginal == pytest.approx((136 - 128.5) * 0.82 / (520 - 365))
    assert found.eva == pytest.approx(136 * 0.82 - 0.09 * (365 + 520) / 2)
    assert found.marginal < found.roic


def test_a_marginal_return_needs_capital_that_moved():
    found = returns(CompanyYear(1.0, 10.0), CompanyYear(2.0, 10.0), 0.2, 0.1)
    assert found.marginal_exists == 0.0 and found.marginal == 0.0


FOUR = [Estimate("w", 110.0, 150.0), Estimate("x", 95.0, 135.0), Estimate("y", 60.0, 72.0), Estimate("z", 120.0, 200.0)]


def test_the_sum_of_ranges_that_move_together():
    mean, sd = moments(FOUR, 0.4)
    assert mean == pytest.approx(467.6330840357117, rel=1e-12)
    assert sd == pytest.approx(52.492022909045254, rel=1e-12)
    assert lognormal(FOUR[0]).median == pytest.approx(math.sqrt(110 * 150))


def test_the_simulated_points_lie_round_the_closed_form_and_repeat():
    first, again = sum_of_estimates(FOUR, 0.4), sum_of_estimates(FOUR, 0.4)
    assert first == again
    assert first.low < first.median < first.high
    assert first.high - first.low == pytest.approx(2 * 1.2816 * first.sd, rel=0.03)


def test_correlation_widens_the_sum():
    assert moments(FOUR, 0.9)[1] > moments(FOUR, 0.0)[1] > moments(FOUR, -0.3)[1]


def test_an_exact_figure_has_no_spread():
    assert moments([Estimate("AMZN", 200.0, 200.0)], 0.5) == (pytest.approx(200.0), 0.0)


@pytest.mark.parametrize(
    ("estimates", "rho", "code"),
    [
        ([Estimate("a", 0.0, 1.0)], 0.0, "bad_interval"),
        ([Estimate("a", 2.0, 1.0)], 0.0, "bad_interval"),
        (FOUR, -0.34, "rho_out_of_range"),
        (FOUR, 1.1, "rho_out_of_range"),
        ([], 0.0, "missing"),
    ],
)
def test_bad_ranges_are_refused(estimates, rho, code):
    with pytest.raises(InputError) as found:
        moments(estimates, rho)
    assert found.value.code == code
