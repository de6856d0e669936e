"""Debt instruments: floating loan and swap, delayed draws, mezzanine, lease; what holds for all of them."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.trace import unreached
from overbuild.errors import InputError, InputErrors
from overbuild.instruments import delayed_draw, draw_limits, floating_rate, lease, lease_liability, mezzanine
from overbuild.instruments.delayed_draw import (
    ContractMargin,
    DelayedDrawLoan,
    DrawInputs,
    DrawTerms,
    all_in_cost,
    delayed_draw_schedule,
)
from overbuild.instruments.draw_limits import Draw, draw_allowed
from overbuild.instruments.floating_rate import FloatingInputs, FloatingTerms, floating_coupon, floating_schedule
from overbuild.instruments.lease import LeaseContract, LeaseTests, lease_tests
from overbuild.instruments.lease_liability import lease_schedule, measure_lease
from overbuild.instruments.mezzanine import MezzanineTerms, mezzanine_period, mezzanine_return, mezzanine_schedule

DAYS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
FLOATING = FloatingTerms(2000.0, 0.0, 0.06)
GPU = DelayedDrawLoan(
    "gpu", (Draw(0, 1000.0), Draw(1, 1200.0), Draw(2, 500.0)), 20, 2, DrawTerms(3000.0, 0.079375, 0.005, 4.0)
)
MEZZ = MezzanineTerms(0.08, 0.04, 0.015, 1.0)
HALL = LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)

rates = st.floats(-0.02, 0.15)
amounts = st.floats(1.0, 1e10)
shares = st.floats(0.0, 1.0)


# One formula: floats, arrays, graph

FORMULAS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "floating_coupon": (floating_rate.floating_coupon, (0.041, 0.007, 0.061)),
    "swap_rate": (floating_rate.swap_rate, (0.041, 0.7, 0.038, 0.0035)),
    "money_market_interest": (floating_rate.money_market_interest, (1900.0, 0.097, 91.0)),
    "floating_period": (
        floating_rate.floating_period,
        (1900.0, FloatingInputs(91.0, 0.041, 0.05), FloatingTerms(2100.0, 0.003, 0.061, 0.7, 0.038, 0.0035)),
    ),
    "weighted_margin": (
        delayed_draw.weighted_margin,
        ((ContractMargin("graded", 0.7, 0.0625), ContractMargin("other", 0.35, 0.13)),),
    ),
    "advance_room": (draw_limits.advance_room, (1000.0, 2050.0, 0.75)),
    "draw_allowed": (draw_limits.draw_allowed, (600.0, 2000.0, 500.0, 0.9)),
    "draw_period": (
        delayed_draw.draw_period,
        (1050.0, 2000.0, DrawInputs(0.043, 1200.0, 50.0, 0.9), DrawTerms(3000.0, 0.06, 0.005, 3.0)),
    ),
    "mezzanine_period": (mezzanine.mezzanine_period, (208.0, 13.0, 0.3, MEZZ._replace(periods_per_year=1.1))),
    "lease_value": (lease.lease_value, (HALL._replace(paid_in_advance=0.9),)),
    "lease_tests": (lease.lease_tests, (HALL._replace(guarantee_unlikely=5.0, fair_value=565.0),)),
    "finance_lease": (lease.finance_lease, (LeaseTests(0.1, 0.2, 0.3, 0.4, 0.5),)),
    "opening_liability": (lease_liability.opening_liability, (HALL,)),
    "lease_period": (lease_liability.lease_period, (424.0, 100.0, HALL)),
    "first_year_expense": (lease_liability.first_year_expense, (33.9, HALL._replace(ownership_transfers=0.25))),
    "debt_with_leases": (lease_liability.debt_with_leases, (1000.0, 424.0)),
}


def named(formula, records):
    words = formula.__code__.co_varnames[: formula.__code__.co_argcount]
    return {
        path: number
        for word, record in zip(words, records, strict=True)
        for path, number in flatten(record, word).items()
    }


def results(returned):
    return {path or "result": number for path, number in flatten(returned).items()}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_the_same_on_floats_on_arrays_and_as_a_graph(name):
    formula, records = FORMULAS[name]
    floats = results(formula(*records))
    program = trace(formula, *records)
    assert program.run_results(named(formula, records)) == floats
    wide = [
        rebuild(record, [number * np.array([1.0, 0.5, 1.7]) for number in flatten(record).values()])
        for record in records
    ]
    arrays = results(formula(*wide))
    for scenario, scale in enumerate((1.0, 0.5, 1.7)):
        scaled = [rebuild(record, [number * scale for number in flatten(record).values()]) for record in records]
        for path, number in results(formula(*scaled)).items():
            assert arrays[path][scenario] == pytest.approx(number, rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_holds_no_number_of_its_case(name):
    formula, records = FORMULAS[name]
    other = [rebuild(record, [number * 1.37 + 0.011 for number in flatten(record).values()]) for record in records]
    assert trace(formula, *records) == trace(formula, *other)


@pytest.mark.parametrize("name", ["floating_period", "draw_period", "mezzanine_period", "first_year_expense"])
def test_every_number_of_a_period_counts(name):
    formula, records = FORMULAS[name]
    assert unreached(trace(formula, *records)) == set()


# Floating rate


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


# Delayed draws


def draw_loans(draw):
    parts = draw(st.integers(1, 24))
    draws = tuple(draw(st.lists(st.builds(Draw, st.integers(0, 6), st.floats(0.0, 1e9)), min_size=1, max_size=6)))
    commitment = sum(one.amount for one in draws) * 1.25 + 1.0
    terms = DrawTerms(commitment, 0.0625, 0.005, 4.0)
    return DelayedDrawLoan("gpu", draws, parts, 6, terms)


@given(st.composite(draw_loans)(), rates)
def test_what_is_drawn_is_repaid_and_the_balance_ends_at_zero(loan, base):
    rows = delayed_draw_schedule(loan, (base,) * (6 + loan.parts))
    drawn = sum(one.amount for one in loan.draws)
    size = loan.terms.commitment
    assert rows[-1].closing == 0.0
    assert sum(row.principal for row in rows) == pytest.approx(drawn, rel=1e-12, abs=2e-9 * size)
    assert sum(row.draw for row in rows) == pytest.approx(drawn, rel=1e-12)
    assert rows[-1].undrawn == pytest.approx(size - drawn, abs=1e-12 * size)
    assert all(row.closing >= 0.0 for row in rows)
    assert all(row.commitment_fee == 0.0 for row in rows[7:])
    assert rows[0].interest == rows[0].commitment_fee == rows[0].principal == 0.0


def test_the_fee_is_on_what_was_undrawn_at_the_opening_and_ends_with_availability():
    """2000 and 800 undrawn at 0.5% a year, by quarter: 2.5 and 1; nothing after period 2."""
    rows = delayed_draw_schedule(GPU, (0.04,) * 25)
    assert [row.commitment_fee for row in rows[:4]] == [0.0, 2.5, 1.0, 0.0]


def test_the_all_in_cost_is_above_the_coupon_by_fee_and_compounding():
    found = all_in_cost(delayed_draw_schedule(GPU, (0.04,) * 25), 4)
    free = all_in_cost(
        delayed_draw_schedule(GPU._replace(terms=GPU.terms._replace(commitment_fee_per_year=0.0)), (0.04,) * 25), 4
    )
    assert found.status == free.status == "ok"
    assert free.per_year == pytest.approx((1 + 0.119375 / 4) ** 4 - 1, rel=1e-12)
    assert found.per_year > free.per_year


def test_an_allowed_draw_passes_its_own_check():
    limited = GPU._replace(draws=(Draw(0, 700.0),), advance_rate=0.7, gpu_cost_delivered=(1000.0,))
    assert delayed_draw_schedule(limited, (0.04,) * 25)[0].draw == 700.0
    assert draw_allowed(800.0, 3000.0, draw_limits.advance_room(0.0, 1000.0, 0.7), 1.0) == 700.0


# Mezzanine


@given(st.floats(1.0, 1e9), st.floats(-1e9, 1e9), st.floats(0.0, 1e9), st.sampled_from((0.0, 1.0)), rates.map(abs))
def test_more_cash_never_raises_what_is_owed(opening, cash, more, matures, premium):
    terms = MEZZ._replace(pik_premium_per_year=premium)
    poor = mezzanine_period(opening, cash, matures, terms)
    rich = mezzanine_period(opening, cash + more, matures, terms)
    assert rich.closing <= poor.closing + 1e-9 * opening
    assert rich.to_equity >= poor.to_equity - 1e-9 * opening


@given(st.floats(1.0, 1e9), st.floats(-1e9, 1e9), st.sampled_from((0.0, 1.0)))
def test_the_cash_of_a_mezzanine_period_goes_to_somebody(opening, cash, matures):
    row = mezzanine_period(opening, cash, matures, MEZZ)
    assert row.cash_interest + row.repaid + row.to_equity == pytest.approx(max(0.0, cash), rel=1e-12, abs=1e-9)
    owed = opening + row.pik_interest - row.repaid
    assert row.closing == pytest.approx(owed, rel=1e-12, abs=2e-9 * opening)


def test_interest_not_paid_in_cash_grows_at_the_higher_rate():
    """208 at 8% asks 16.64, 10 is paid; PIK 208 * 4% + 6.64 / 16.64 * 208 * 9.5% = 8.32 + 7.885."""
    rows = mezzanine_schedule("mezz", 200.0, 3, MEZZ, (20.0, 10.0, 0.0))
    assert [row.pik_interest for row in rows[:2]] == pytest.approx([8.0, 16.205])
    assert rows[2].shortfall == rows[2].closing == pytest.approx(224.205 * 1.135)


def test_a_mezzanine_paid_in_full_earns_cash_rate_and_pik_rate():
    rows = mezzanine_schedule("mezz", 200.0, 5, MEZZ, (1e3,) * 5)
    assert rows[-1].shortfall == 0.0
    assert mezzanine_return(200.0, rows, 1).per_year == pytest.approx(0.12, rel=1e-12)


def test_a_mezzanine_without_a_cash_rate_only_accrues():
    rows = mezzanine_schedule("mezz", 100.0, 2, MEZZ._replace(cash_rate_per_year=0.0), (0.0, 0.0))
    assert rows[-1].closing == pytest.approx(100.0 * 1.04**2)


# Lease


@given(st.floats(0.0, 0.3), st.floats(0.001, 0.2), st.integers(1, 40), st.sampled_from((0.0, 1.0)))
def test_the_liability_falls_with_the_rate(rate, more, periods, advance):
    cheap = HALL._replace(rate_per_year=rate, periods=float(periods), paid_in_advance=advance)
    dear = cheap._replace(rate_per_year=rate + more)
    assert lease_liability.opening_liability(dear) < lease_liability.opening_liability(cheap)


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
    level = lease.lease_value(HALL) / 0.9
    assert lease_tests(HALL._replace(fair_value=level)).value == 1.0
    assert lease_tests(HALL._replace(fair_value=level + 0.01)).value == 0.0


def test_a_guarantee_unlikely_to_be_owed_counts_in_the_value_test_only():
    close = HALL._replace(guarantee_owed=0.0, fair_value=570.0)
    guaranteed = close._replace(guarantee_unlikely=40.0)
    assert (lease_tests(close).value, lease_tests(guaranteed).value) == (0.0, 1.0)
    assert lease.lease_value(close) == lease.lease_value(guaranteed)


def test_the_first_year_of_a_quarterly_lease_has_four_periods():
    found = measure_lease("hall", HALL._replace(payment=25.0, periods=24.0, periods_per_year=4.0))
    assert found.first_year_interest == pytest.approx(sum(row.interest for row in found.periods[:4]))
    assert found.first_year_expense.operating == pytest.approx(640.0 / 6)


# Refusals

FLAT = (0.5, 0.5)
LATE = GPU._replace(draws=(Draw(0, 1000.0), Draw(1, 1200.0), Draw(4, 100.0)))
OVER = GPU._replace(draws=(Draw(0, 1000.0), Draw(1, 1200.0), Draw(2, 900.0)))
AHEAD = GPU._replace(advance_rate=0.7, gpu_cost_delivered=(2000.0, 1000.0, 1000.0))
REFUSALS: dict[str, tuple[Any, str, str, Any, str]] = {
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
    "draw_after_availability": (
        lambda: delayed_draw_schedule(LATE, (0.04,) * 25),
        "draw_after_availability",
        "loans.gpu.draws.3",
        100.0,
        "draws end with period 2, this one is in period 4",
    ),
    "overdraw": (
        lambda: delayed_draw_schedule(OVER, (0.04,) * 25),
        "overdraw",
        "loans.gpu.draws.3",
        900.0,
        "3000 committed less 2200 drawn before leave 800 to draw in period 2",
    ),
    "advance_rate": (
        lambda: delayed_draw_schedule(AHEAD, (0.04,) * 25),
        "advance_rate",
        "loans.gpu.draws.2",
        1200.0,
        "0.7 of the 3000 of GPUs delivered by period 1 less 1000 drawn before leaves 1100 to draw",
    ),
    "negative_draw": (
        lambda: delayed_draw_schedule(GPU._replace(draws=(Draw(0, -5.0),)), (0.04,) * 25),
        "negative",
        "loans.gpu.draws.1",
        -5.0,
        "a draw is 0 or more",
    ),
    "draw_before_close": (
        lambda: delayed_draw_schedule(GPU._replace(draws=(Draw(-1, 5.0),)), (0.04,) * 25),
        "bad_period",
        "loans.gpu.draws.1",
        5.0,
        "draws begin at close, period 0",
    ),
    "infinite_draw": (
        lambda: delayed_draw_schedule(GPU._replace(draws=(Draw(0, float("inf")),)), (0.04,) * 25),
        "not_finite",
        "loans.gpu.draws.1",
        float("inf"),
        "a finite number",
    ),
    "parts": (
        lambda: delayed_draw_schedule(GPU._replace(parts=0), (0.04,) * 25),
        "bad_tenor",
        "loans.gpu.parts",
        0,
        "1 part or more",
    ),
    "outlived": (
        lambda: delayed_draw_schedule(GPU, (0.04,) * 21),
        "bad_tenor",
        "loans.gpu.parts",
        20,
        "the last part falls due in period 22; base rates end with period 21",
    ),
    "base_rate": (
        lambda: delayed_draw_schedule(GPU, (-5.0,) + (0.04,) * 25),
        "rate_le_minus1",
        "loans.gpu.base_rate.1",
        -5.0,
        "above -1",
    ),
    "advance_share": (
        lambda: delayed_draw_schedule(GPU._replace(advance_rate=1.2, gpu_cost_delivered=(9e3,)), (0.04,) * 25),
        "share_out_of_range",
        "loans.gpu.advance_rate",
        1.2,
        "0..1",
    ),
    "mezz_tenor": (
        lambda: mezzanine_schedule("mezz", 200.0, 3, MEZZ, (1.0, 1.0)),
        "bad_tenor",
        "loans.mezz.tenor",
        3,
        "1 to 2",
    ),
    "mezz_rate": (
        lambda: mezzanine_schedule("mezz", 200.0, 1, MEZZ._replace(pik_premium_per_year=-0.01), (1.0,)),
        "negative",
        "loans.mezz.pik_premium_per_year",
        -0.01,
        "0 or more",
    ),
    "mezz_cash": (
        lambda: mezzanine_schedule("mezz", 200.0, 1, MEZZ, (float("inf"),)),
        "not_finite",
        "loans.mezz.residual_cash.1",
        float("inf"),
        "finite",
    ),
    "mezz_year": (
        lambda: mezzanine_schedule("mezz", 200.0, 1, MEZZ._replace(periods_per_year=3.0), (1.0,)),
        "bad_period",
        "loans.mezz.periods_per_year",
        3.0,
        "1, 2, 4 or 12",
    ),
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
def test_what_cannot_be_is_refused_with_its_place_and_what_was_allowed(name):
    run, code, path, got, hint = REFUSALS[name]
    with pytest.raises(InputError) as caught:
        run()
    assert (caught.value.code, caught.value.path) == (code, path)
    assert caught.value.value == pytest.approx(got) if isinstance(got, float) else caught.value.value == got
    assert hint in caught.value.hint


def test_a_loan_without_a_payment_date_is_refused():
    with pytest.raises(InputErrors) as caught:
        floating_schedule("term", FLOATING, (1.0,), DAYS[:1], (0.04,))
    assert (caught.value.code, caught.value.path) == ("bad_tenor", "loans.term.dates")


def test_every_refused_draw_is_reported_and_none_counts_against_the_next():
    several = GPU._replace(draws=(Draw(0, 4000.0), Draw(5, 1.0), Draw(1, 3000.0)))
    with pytest.raises(InputErrors) as caught:
        delayed_draw_schedule(several, (0.04,) * 40)
    found = [(fault.code, fault.path) for fault in caught.value.errors]
    assert found == [("overdraw", "loans.gpu.draws.1"), ("draw_after_availability", "loans.gpu.draws.2")]
