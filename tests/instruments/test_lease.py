"""Leases of the lessee: value, the five tests, the liability, the first year, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.instruments import (
    LeaseContract,
    lease_schedule,
    lease_tests,
    lease_value,
    measure_lease,
    opening_liability,
)
from tests.instruments.refusals import assert_refused

HALL = LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)

rates = st.floats(-0.02, 0.15)


@given(st.floats(0.0, 0.3), st.floats(0.001, 0.2), st.integers(1, 40), st.sampled_from((0.0, 1.0)))
def test_the_liability_falls_with_the_rate(rate, more, periods, advance):
    cheap = HALL._replace(rate_per_year=rate, periods=float(periods), paid_in_advance=advance)
    dear = cheap._replace(rate_per_year=rate + more)
    assert opening_liability(dear) < opening_liability(cheap)


@given(rates, st.integers(1, 60), st.sampled_from((1.0, 4.0, 12.0)), st.sampled_from((0.0, 1.0)))
def test_the_payments_settle_the_liability(rate, periods, per_year, advance):
    """Rates are 0 or some basis points at least: the annuity factor loses digits at the smallest ones."""
    rate = rate if abs(rate) > 1e-4 else 0.0
    one = HALL._replace(rate_per_year=rate, periods=float(periods), periods_per_year=per_year, paid_in_advance=advance)
    rows = lease_schedule(one)
    assert rows[-1].closing == pytest.approx(0.0, abs=1e-5)
    paid = sum(row.payment for row in rows) + advance * one.payment
    assert paid == pytest.approx(100.0 * periods + 40.0)
    assert len(rows) == periods


def test_a_lease_paid_in_arrears_owes_its_whole_value():
    """100 * (1 - 1.08^-6) / 0.08 = 462.287966; the first year's interest is 8% of it."""
    found = measure_lease("hall", HALL._replace(paid_in_advance=0.0, guarantee_owed=0.0))
    assert found.liability == found.lease_value == pytest.approx(462.2879664)
    assert found.first_year_interest == pytest.approx(0.08 * found.lease_value)


def test_an_operating_lease_is_debt_to_a_rating_view_as_much_as_a_finance_lease():
    short = HALL._replace(economic_life_years=20.0, fair_value=2000.0)
    operating, finance = measure_lease("hall", short), measure_lease("hall", short._replace(specialised_asset=1.0))
    assert (operating.finance_lease, finance.finance_lease) == (0.0, 1.0)
    assert operating.debt_like == finance.debt_like > 0.0
    assert operating.first_year_expense.reported == pytest.approx(640.0 / 6)
    assert finance.first_year_expense.reported == finance.first_year_expense.finance


@pytest.mark.parametrize("word", ["ownership_transfers", "bargain_option"])
def test_an_asset_that_becomes_the_lessees_is_written_off_over_its_life(word):
    found = measure_lease("hall", HALL._replace(**{word: 1.0}))
    assert found.finance_lease == 1.0
    expected = found.first_year_interest + found.lease_value / 7
    assert found.first_year_expense.finance == pytest.approx(expected)


def test_tests_met_to_the_last_digit_are_met():
    assert lease_tests(HALL._replace(economic_life_years=8.0)).life == 1.0
    assert lease_tests(HALL._replace(economic_life_years=8.01)).life == 0.0
    level = lease_value(HALL) / 0.9
    assert lease_tests(HALL._replace(fair_value=level)).value == 1.0
    assert lease_tests(HALL._replace(fair_value=level + 0.01)).value == 0.0


def test_a_guarantee_unlikely_to_be_owed_counts_in_the_value_test_only():
    close = HALL._replace(guarantee_owed=0.0, fair_value=570.0)
    guaranteed = close._replace(guarantee_unlikely=40.0)
    assert (lease_tests(close).value, lease_tests(guaranteed).value) == (0.0, 1.0)
    assert lease_value(close) == lease_value(guaranteed)


def test_the_first_year_of_a_quarterly_lease_has_four_periods():
    found = measure_lease("hall", HALL._replace(payment=25.0, periods=24.0, periods_per_year=4.0))
    assert found.first_year_interest == pytest.approx(sum(row.interest for row in found.periods[:4]))
    assert found.first_year_expense.operating == pytest.approx(640.0 / 6)


REFUSALS = {
    "lease_tenor": (
        lambda: measure_lease("hall", HALL._replace(periods=2.5)),
        "bad_tenor",
        "leases.hall.periods",
        2.5,
        "whole periods",
    ),
    "lease_rate": (
        lambda: measure_lease("hall", HALL._replace(rate_per_year=-1.0)),
        "rate_le_minus1",
        "leases.hall.rate_per_year",
        -1.0,
        "above -1",
    ),
    "lease_payment": (
        lambda: measure_lease("hall", HALL._replace(payment=-1.0)),
        "negative",
        "leases.hall.payment",
        -1.0,
        "0 or more",
    ),
    "lease_life": (
        lambda: measure_lease("hall", HALL._replace(economic_life_years=0.0)),
        "negative",
        "leases.hall.economic_life_years",
        0.0,
        "longer than 0 years",
    ),
    "lease_year": (
        lambda: measure_lease("hall", HALL._replace(periods_per_year=3.0)),
        "bad_period",
        "leases.hall.periods_per_year",
        3.0,
        "1, 2, 4 or 12",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_lease_that_cannot_be_is_refused_with_its_place_and_what_was_allowed(name):
    assert_refused(*REFUSALS[name])
