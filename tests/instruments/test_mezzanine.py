"""Mezzanine by itself: cash interest as far as there is cash, PIK for the rest, a bullet, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.instruments import MezzanineTerms, mezzanine_period, mezzanine_return, mezzanine_schedule
from tests.instruments.refusals import assert_refused

MEZZ = MezzanineTerms(0.08, 0.04, 0.015, 1.0)

rates = st.floats(-0.02, 0.15)


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


REFUSALS = {
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
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_mezzanine_that_cannot_be_is_refused_with_its_place_and_what_was_allowed(name):
    assert_refused(*REFUSALS[name])
