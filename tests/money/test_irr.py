"""Internal rates of return: published numbers, several roots, none."""

import itertools
import time
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overbuild.errors import InputError
from overbuild.money.annuity import annuity_payment, present_value
from overbuild.money.irr import irr, npv, xirr

FLOWS = st.lists(st.integers(-1000, 1000).map(float), min_size=2, max_size=9)


def worth_of(flows, rate):
    """Value at a rate as a share of the values of all flows taken together."""
    return npv(flows, rate) / npv([abs(flow) for flow in flows], rate)


def roots_of_the_polynomial(flows):
    """Simple real rates above -1 by numpy's companion matrix, an independent computation; none where two are close."""
    found = np.roots(np.trim_zeros(flows)[::-1])
    real = sorted(one.real for one in found if abs(one.imag) <= 1e-9 * abs(one) and one.real > 0.0)
    near = any(min(abs(one - other) for other in found if other is not one) < 1e-3 * abs(one) for one in found)
    return None if near and len(found) > 1 else sorted(1.0 / one - 1.0 for one in real)


def test_xirr_gives_the_documented_example():
    days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    found = xirr([-10000, 2750, 4250, 3250, 2750], days)
    assert found.per_year == pytest.approx(0.373362535, abs=2e-9)
    assert found.status == "ok"


def test_of_three_roots_the_one_nearest_to_zero_is_reported_where_less_comes_back_than_is_paid_in():
    found = irr([-100.0, 350.0, -300.0, 5.0])
    assert found.status == "nonconventional"
    assert found.roots == pytest.approx((-0.9829977143226878, 0.4381225369802745, 1.0448751773424134), abs=1e-9)
    assert found.per_year == found.roots[1]
    assert found.others == (found.roots[0], found.roots[2])


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([0.0, -1000.0, *[1752.0] * 6, -48.0], 1.747859332861742),
        ([-1678.87, 771.96, 1814.05, 3520.30, 3552.95, 3584.99, 4789.91, -1.0], 1.004269848720547),
        ([-50.0, -100.0, 600.0, 300.0, -100.0], 1.854417828),
    ],
)
def test_where_more_comes_back_than_is_paid_in_the_rate_at_which_the_value_falls_is_reported(flows, rate):
    found = irr(flows)
    assert found.per_year == pytest.approx(rate, abs=1e-9)
    assert found.status == "nonconventional" and found.sign_changes == 2
    assert len(found.others) == 1 and -1.0 < found.others[0] < -0.7
    assert "the flows change sign 2 times" in found.remark and "solves them too" in found.remark


def test_a_value_that_touches_nothing_has_one_root():
    assert irr([-100.0, 220.0, -121.0]).roots == pytest.approx((0.1,), abs=1e-7)


def test_of_two_positive_roots_the_one_at_which_the_value_falls_is_reported():
    flows = [-100.0, 500.0, -600.0, 210.0]  # sums to more than nothing: falls, rises, falls
    found = irr(flows)
    falling = [root for root in found.roots if root > 0.0 and npv(flows, root - 1e-6) > 0.0 > npv(flows, root + 1e-6)]
    assert found.per_year == min(falling)


@pytest.mark.parametrize("flows", [[-100.0, 30.0, 10.0, -40.0], [-1.0, 0.0], [0.0, 0.0], [1.0, 2.0], []])
def test_a_rate_that_does_not_exist_is_none(flows):
    found = irr(flows)
    assert (found.per_year, found.status, found.roots) == (None, "no_root", ())


@pytest.mark.parametrize("rate", [9.5, 11.0, 1e3, 1e9, -0.9999999])
def test_no_rate_is_too_high_or_too_low(rate):
    assert irr([-1.0, 1.0 + rate]).per_year == pytest.approx(rate, rel=1e-9)


def test_rounding_changes_no_sign():
    found = irr([-1e9, 6e8, -1e-7, 7e8, 1e-8, -1e-8])
    assert found.status == "ok" and len(found.roots) == 1


@pytest.mark.parametrize("p", [1, 2, 4, 12])
def test_periods_within_a_year_are_compounded(p):
    flows = [-100.0, *[0.0] * (2 * p - 1), 121.0]
    assert irr(flows, p).per_year == pytest.approx(0.1, abs=1e-12)


@settings(deadline=None)
@given(st.floats(1.0, 1e12), st.floats(-0.6, 5.0), st.integers(1, 160))
def test_the_value_at_the_rate_is_nothing(outlay, rate, periods):
    payment = outlay * rate / (1 - (1 + rate) ** -periods) if abs(rate) > 1e-9 else outlay / periods
    flows = [-outlay, *[payment] * periods]
    found = irr(flows)
    assert found.per_year == pytest.approx(rate, abs=1e-7)
    assert len(found.roots) == 1
    if found.per_year > 0:
        assert npv(flows, found.per_year) == pytest.approx(0.0, abs=1e-9 * outlay)


@settings(deadline=None)
@given(FLOWS)
def test_the_value_at_every_root_is_nothing(flows):
    found = irr(flows)
    assert all(abs(worth_of(flows, root)) < 1e-9 for root in found.roots)
    assert len(found.roots) <= found.sign_changes


@settings(deadline=None)
@given(FLOWS, st.sampled_from([1e-6, 3.7, 1e9]), st.sampled_from([1, 2, 4, 12]))
def test_scaled_flows_have_the_same_rates(flows, scale, p):
    one, other = irr(flows, p), irr([scale * flow for flow in flows], p)
    assume(len(one.roots) == len(other.roots))  # a root that two flows touch is found or not by rounding
    assert other.roots == pytest.approx(one.roots, rel=1e-6, abs=1e-9)
    assert (one.status, one.sign_changes) == (other.status, other.sign_changes)


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40), st.lists(st.floats(1.0, 1e6), min_size=1, max_size=40))
def test_flows_with_one_change_of_sign_have_one_rate(outlays, receipts):
    assume(outlays[0] >= 1.0)
    found = irr([*(-outlay for outlay in outlays), *receipts])
    assert found.status == "ok" and len(found.roots) == 1 and found.per_year == found.roots[0]


@settings(deadline=None)
@given(FLOWS)
def test_the_roots_are_those_of_the_polynomial(flows):
    theirs = roots_of_the_polynomial(flows) if sum(flow != 0.0 for flow in flows) > 1 else None
    if theirs is None:
        return
    assert irr(flows).roots == pytest.approx(theirs, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(FLOWS)
def test_a_surplus_is_told_by_the_first_rate_at_which_its_value_falls(flows):
    found = irr(flows)
    if sum(flows) > 0.0:
        ends = (0.0, *(root for root in found.roots if root > 1e-9))
        inside = [(low + high) / 2.0 for low, high in itertools.pairwise(ends)]
        first = next(
            (root for root, before in zip(ends[1:], inside, strict=True) if worth_of(flows, before) > 0.0), None
        )
        if first is not None and flows[0] < 0.0 and worth_of(flows, first * 1.001) < -1e-9:
            assert found.per_year == pytest.approx(first, rel=1e-9)
    elif found.roots:
        assert abs(found.per_year) == min(map(abs, found.roots))


def test_flows_that_change_sign_often_are_solved_soon():
    noise = np.random.default_rng(7).normal(size=240).tolist()
    began = time.process_time()
    found = irr(noise, 12)
    assert found.sign_changes > 100 and time.process_time() - began < 5.0
    assert all(abs(worth_of(noise, (1.0 + root) ** (1 / 12) - 1.0)) < 1e-9 for root in found.roots)


def test_a_root_at_nothing_is_found_once():
    assert irr([-100.0, 100.0]).roots == (0.0,)


def test_flows_that_are_no_numbers_are_refused():
    with pytest.raises(InputError):
        irr([-1.0, float("nan")])
    with pytest.raises(InputError):
        xirr([-1.0], [])


def test_a_level_payment_repays_its_principal():
    payment = annuity_payment(500.0, 0.02, 24.0)
    assert present_value([payment] * 24, [0.02] * 24) == pytest.approx(500.0, rel=1e-13)
    assert annuity_payment(500.0, 0.0, 4.0) == 125.0
