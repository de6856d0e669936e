"""A sweep with interest on the average balance: no iteration, and nothing below 0 or above what is owed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.instruments import average_balance_sweep

amounts = st.floats(0.0, 1e9)


def test_interest_on_average_balances_with_a_sweep_needs_no_iteration():
    balance, interests = 500.0, []
    for cash in (140.0, 120.0, 95.0, 160.0, 150.0, 120.0):
        swept = average_balance_sweep(balance, 0.09, 0.25, 0.75, cash, 60.0)
        assert swept.interest == pytest.approx(0.09 * (balance + swept.closing) / 2)
        interests.append(swept.interest)
        balance = swept.closing
    expected = [40.62840654, 32.35068992, 25.20122271, 16.29535483, 5.316415498, 0.0]
    assert interests == pytest.approx(expected, abs=1e-8)


@given(amounts, st.floats(0.0, 0.2), st.floats(0.0, 0.4), st.floats(0.0, 1.0), st.floats(-1e9, 1e9), amounts)
def test_cash_pays_interest_principal_and_sweep_and_is_free_then(opening, rate, tax, share, cash, due):
    swept = average_balance_sweep(opening, rate, tax, share, cash, due)
    principal = min(opening, due)
    size = 1.0 + opening + abs(cash)
    assert 0.0 <= swept.sweep <= opening - principal
    assert swept.interest == pytest.approx(rate * (opening + swept.closing) / 2, abs=1e-12 * size)
    assert swept.closing == pytest.approx(opening - principal - swept.sweep, abs=1e-12 * size)
    assert swept.free == pytest.approx(cash - (1.0 - tax) * swept.interest - principal - swept.sweep, abs=1e-12 * size)
