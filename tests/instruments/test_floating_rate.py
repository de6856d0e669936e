"""Floating loans: days over 360, a floor under SOFR, a swap into fixed, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import InputErrors
from overbuild.instruments import FloatingTerms, floating_coupon, floating_schedule
from tests.instruments.refusals import assert_refused

DAYS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
FLOATING = FloatingTerms(2000.0, 0.0, 0.06)
FLAT = (0.5, 0.5)

rates = st.floats(-0.02, 0.15)
amounts = st.floats(1.0, 1e10)
shares = st.floats(0.0, 1.0)


def test_interest_counts_days_over_360_and_the_floor_is_under_sofr_not_under_the_coupon():
    """2000 * 0.0966 * 91 / 360 = 48.8366...; SOFR of -0.1% counts as 0, so the coupon is the margin."""
    rows = floating_schedule("term", FLOATING, (0.05, 0.95), DAYS, (0.0366, -0.001))
    assert rows[0].interest == pytest.approx(48.836666666666666, rel=1e-14)
    assert rows[1].coupon_per_year == 0.06
    assert rows[1].interest == pytest.approx(1900.0 * 0.06 * 92 / 360, rel=1e-14)


@given(rates, rates, rates)
def test_a_floor_never_lowers_the_coupon(sofr, floor, margin):
    assert floating_coupon(sofr, floor, margin) >= floating_coupon(sofr, -1.0, margin)
    assert floating_coupon(sofr, floor, margin) >= floor + margin


@given(amounts, rates, rates, st.lists(rates, min_size=1, max_size=12))
def test_a_loan_swapped_as_a_whole_at_its_own_floor_pays_a_fixed_rate(amount, floor, fixed, sofr):
    periods = len(sofr)
    dates = [date(2026, 1, 31) + timedelta(days=91 * place) for place in range(periods + 1)]
    terms = FloatingTerms(amount, floor, 0.05, 1.0, fixed, floor)
    rows = floating_schedule("term", terms, (1.0 / periods,) * periods, dates, sofr)
    balance = amount
    for row in rows:
        assert row.all_in_per_year == pytest.approx(fixed + 0.05, abs=1e-14)
        assert row.interest + row.swap_payment == pytest.approx(balance * (fixed + 0.05) * 91 / 360, abs=1e-12 * amount)
        balance = row.closing
    assert balance == 0.0
    assert sum(row.principal for row in rows) == pytest.approx(amount, rel=1e-12)


def test_a_swap_without_the_floor_of_the_loan_leaves_the_borrower_paying_for_negative_sofr():
    """SOFR -1%: the loan counts 0, the swap pays -1%, so the all-in rate is 4% + 6% + 1%."""
    terms = FLOATING._replace(swap_share=1.0, swap_fixed_per_year=0.04, swap_floor_per_year=-1.0)
    rows = floating_schedule("term", terms, (0.5, 0.5), DAYS, (-0.01, 0.02))
    assert [row.all_in_per_year for row in rows] == pytest.approx([0.11, 0.10])


@given(shares, rates)
def test_a_swap_at_the_rate_that_sofr_takes_costs_nothing(share, sofr):
    terms = FLOATING._replace(swap_share=share, swap_fixed_per_year=max(sofr, 0.0))
    rows = floating_schedule("term", terms, (1.0,), DAYS[:2], (sofr,))
    assert rows[0].swap_payment == 0.0


REFUSALS = {
    "amort_sum": (
        lambda: floating_schedule("term", FLOATING, (0.5, 0.4), DAYS, (0.04, 0.04)),
        "amort_sum",
        "loans.term.repayment_shares",
        0.9,
        "the shares add up to 1",
    ),
    "rate": (
        lambda: floating_schedule("term", FLOATING, FLAT, DAYS, (0.04, -1.0)),
        "rate_le_minus1",
        "loans.term.sofr.2",
        -1.0,
        "above -1; decimals a year",
    ),
    "sofr_short": (
        lambda: floating_schedule("term", FLOATING, FLAT, DAYS, (0.04,)),
        "length_mismatch",
        "loans.term.sofr",
        1,
        "one number a period: 2",
    ),
    "days": (
        lambda: floating_schedule("term", FLOATING, FLAT, (DAYS[0], DAYS[2], DAYS[1]), (0.04, 0.04)),
        "bad_period",
        "loans.term.dates.2",
        "2026-06-30",
        "later than the one before, 2026-09-30",
    ),
    "share": (
        lambda: floating_schedule("term", FLOATING, (1.5, -0.5), DAYS, (0.04, 0.04)),
        "negative",
        "loans.term.repayment_shares.2",
        -0.5,
        "never lent again",
    ),
    "amount": (
        lambda: floating_schedule("term", FLOATING._replace(amount=-1.0), FLAT, DAYS, (0.04, 0.04)),
        "negative",
        "loans.term.amount",
        -1.0,
        "a loan is 0 or more",
    ),
    "swap": (
        lambda: floating_schedule("term", FLOATING._replace(swap_share=1.2), FLAT, DAYS, (0.04, 0.04)),
        "share_out_of_range",
        "loans.term.swap_share",
        1.2,
        "lies in 0..1",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_floating_loan_that_cannot_be_is_refused_with_its_place_and_what_was_allowed(name):
    assert_refused(*REFUSALS[name])


def test_a_loan_without_a_payment_date_is_refused():
    with pytest.raises(InputErrors) as caught:
        floating_schedule("term", FLOATING, (1.0,), DAYS[:1], (0.04,))
    assert (caught.value.code, caught.value.path) == ("bad_tenor", "loans.term.dates")
