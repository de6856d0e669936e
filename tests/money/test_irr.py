"""Internal rates of return: published numbers, several roots, none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import InputError
from overbuild.money.annuity import annuity_payment, present_value
from overbuild.money.irr import irr, npv, xirr


def test_xirr_gives_the_documented_example():
    days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    found = xirr([-10000, 2750, 4250, 3250, 2750], days)
    assert found.per_year == pytest.approx(0.373362535, abs=2e-9)
    assert found.status == "ok"


def test_of_three_roots_the_one_nearest_to_zero_is_reported_and_marked():
    found = irr([-100.0, 350.0, -300.0, 5.0])
    assert found.status == "nonconventional"
    assert found.roots == pytest.approx((-0.9829977143226878, 0.4381225369802745, 1.0448751773424134), abs=1e-9)
    assert found.per_year == found.roots[1]


@pytest.mark.parametrize("flows", [[-100.0, 30.0, 10.0, -40.0], [-1.0, 0.0], [0.0, 0.0], [1.0, 2.0]])
def test_a_rate_that_does_not_exist_is_none(flows):
    assert irr(flows) == (None, "no_root", ())


def test_roots_outside_the_range_are_none():
    assert irr([-1.0, 12.0]).status == "no_root"
    assert irr([-1.0, 10.5]).per_year == pytest.approx(9.5)


@pytest.mark.parametrize("p", [1, 2, 4, 12])
def test_periods_within_a_year_are_compounded(p):
    flows = [-100.0, *[0.0] * (2 * p - 1), 121.0]
    assert irr(flows, p).per_year == pytest.approx(0.1, abs=1e-12)


@given(st.floats(1.0, 1e12), st.floats(-0.6, 5.0), st.integers(1, 160))
def test_the_value_at_the_rate_is_nothing(outlay, rate, periods):
    payment = outlay * rate / (1 - (1 + rate) ** -periods) if abs(rate) > 1e-9 else outlay / periods
    flows = [-outlay, *[payment] * periods]
    found = irr(flows)
    assert found.per_year == pytest.approx(rate, abs=1e-7)
    assert len(found.roots) == 1
    if found.per_year > 0:
        assert npv(flows, found.per_year) == pytest.approx(0.0, abs=1e-9 * outlay)


def test_a_root_on_the_grid_is_found_once():
    assert len(irr([-100.0, 100.0]).roots) == 1


def test_flows_that_are_no_numbers_are_refused():
    with pytest.raises(InputError):
        irr([-1.0, float("nan")])
    with pytest.raises(InputError):
        xirr([-1.0], [])


def test_a_level_payment_repays_its_principal():
    payment = annuity_payment(500.0, 0.02, 24.0)
    assert present_value([payment] * 24, [0.02] * 24) == pytest.approx(500.0, rel=1e-13)
    assert annuity_payment(500.0, 0.0, 4.0) == 125.0
