"""Parts of the period: tax of an asset, the reserve alone."""

import pytest

from overbuild.old_site.accounts.tax import taxed
from overbuild.old_site.case.tax_tables import MACRS, table
from overbuild.old_site.examples import OPENING, SHAPE, TERMS
from overbuild.old_site.waterfall.dsra import dsra_draw, dsra_refill


def test_tax_with_interest_limit_and_losses_carried_forward():
    """1000 of 5-year property with 40% bonus: 1000 * (0.4 + 0.6 * 0.2) = 520 in the first year."""
    charges = [1000.0 * (0.4 * (year == 0) + 0.6 * share) for year, share in enumerate((*table("MACRS5"), 0.0))]
    assert charges[0] == pytest.approx(520.0)
    ebitda, interest = (150, 300, 340, 320, 280, 240, 200), (95, 100, 80, 60, 40, 20, 0)
    terms = TERMS.tax._replace(rate=0.21, nol_share=0.8, interest_share=0.3)
    state, taxes, carries, losses = OPENING, [], [], []
    for earned, charge, accrued in zip(ebitda, charges, interest, strict=True):
        tax = taxed(float(earned), (0.0, charge, float(accrued)), state, terms, SHAPE)
        state = state._replace(interest_carry=tax.interest_carry, nol=tax.nol)
        taxes.append(tax.tax)
        carries.append(tax.interest_carry)
        losses.append(tax.nol)
    assert taxes == pytest.approx([0.0, 0.756, 5.1576, 6.50496, 7.09296, 29.83848, 42.0], abs=1e-9)
    assert carries == pytest.approx([50.0, 60.0, 38.0, 2.0, 0.0, 0.0, 0.0], abs=1e-9)
    assert losses == pytest.approx([415.0, 400.6, 302.36, 178.456, 43.352, 0.0, 0.0], abs=1e-9)
    assert sum(taxes) == pytest.approx(91.35)


@pytest.mark.parametrize("name", MACRS)
def test_a_tax_table_writes_off_the_whole_cost(name):
    assert sum(table(name)) == pytest.approx(1.0, abs=1e-12)


def test_the_reserve_is_drawn_filled_and_released():
    """Debt service 50, 50, 55, 55, 40, 30; cash 70, 30, 45, 95, 60, 60; one period looked ahead."""
    due, cash, targets = (50, 50, 55, 55, 40, 30), (70, 30, 45, 95, 60, 60), (50, 55, 55, 40, 30, 0)
    balance, draws, balances, free = 50.0, [], [], []
    for asked, earned, target in zip(due, cash, targets, strict=True):
        draws.append(dsra_draw(balance, max(0.0, float(asked - earned)), float(asked)))
        balance, left = dsra_refill(balance, draws[-1], max(0.0, float(earned - asked)), float(target))
        balances.append(balance)
        free.append(left)
    assert draws == [0.0, 20.0, 10.0, 0.0, 0.0, 0.0]
    assert balances == [50.0, 30.0, 20.0, 40.0, 30.0, 0.0]
    assert free == [20.0, 0.0, 0.0, 20.0, 30.0, 60.0]
