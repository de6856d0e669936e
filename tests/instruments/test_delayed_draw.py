"""Delayed draws: repaid draw by draw, paid for while undrawn, within availability, commitment and delivered GPUs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import InputErrors
from overbuild.instruments import (
    DelayedDrawLoan,
    Draw,
    DrawTerms,
    advance_room,
    all_in_cost,
    delayed_draw_schedule,
    draw_allowed,
)
from tests.instruments.refusals import assert_refused

DRAWS = (Draw(0, 1000.0), Draw(1, 1200.0), Draw(2, 500.0))
GPU = DelayedDrawLoan("gpu", DRAWS, 20, 2, DrawTerms(3000.0, 0.079375, 0.005, 4.0))

rates = st.floats(-0.02, 0.15)


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
    assert draw_allowed(800.0, 3000.0, advance_room(0.0, 1000.0, 0.7), 1.0) == 700.0


LATE = GPU._replace(draws=(Draw(0, 1000.0), Draw(1, 1200.0), Draw(4, 100.0)))
OVER = GPU._replace(draws=(Draw(0, 1000.0), Draw(1, 1200.0), Draw(2, 900.0)))
AHEAD = GPU._replace(advance_rate=0.7, gpu_cost_delivered=(2000.0, 1000.0, 1000.0))
REFUSALS = {
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
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_draw_or_a_loan_that_cannot_be_is_refused_with_its_place_and_what_was_allowed(name):
    assert_refused(*REFUSALS[name])


def test_every_refused_draw_is_reported_and_none_counts_against_the_next():
    several = GPU._replace(draws=(Draw(0, 4000.0), Draw(5, 1.0), Draw(1, 3000.0)))
    with pytest.raises(InputErrors) as caught:
        delayed_draw_schedule(several, (0.04,) * 40)
    found = [(fault.code, fault.path) for fault in caught.value.errors]
    assert found == [("overdraw", "loans.gpu.draws.1"), ("draw_after_availability", "loans.gpu.draws.2")]
