"""Parts of the period: tax of an asset, interest on average balances, the reserve alone, liens."""

import pytest

from overbuild.instruments.cash_sweep import average_balance_sweep
from overbuild.instruments.recovery import CollateralPool, CreditorClaim, Lien, enforce_liens
from overbuild.site.accounts.tax import taxed
from overbuild.site.case.tax_tables import MACRS, table
from overbuild.site.examples import OPENING, SHAPE, TERMS
from overbuild.site.waterfall.dsra import dsra_draw, dsra_refill


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


def test_interest_on_average_balances_with_a_sweep_needs_no_iteration():
    balance, interests = 500.0, []
    for cash in (140.0, 120.0, 95.0, 160.0, 150.0, 120.0):
        swept = average_balance_sweep(balance, 0.09, 0.25, 0.75, cash, 60.0)
        assert swept.interest == pytest.approx(0.09 * (balance + swept.closing) / 2)
        interests.append(swept.interest)
        balance = swept.closing
    expected = [40.62840654, 32.35068992, 25.20122271, 16.29535483, 5.316415498, 0.0]
    assert interests == pytest.approx(expected, abs=1e-8)


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


def test_liens_come_first_and_deficiencies_share_the_rest():
    """828 net pays the term loan 780 and mezz 48; 127.5 the vendor; 60 is shared by 132.5 and 40."""
    pools = (
        CollateralPool(900.0, 0.08, (Lien("term_loan", 1), Lien("mezz", 2))),
        CollateralPool(150.0, 0.15, (Lien("vendor_finance", 1),)),
    )
    claims = (
        CreditorClaim("term_loan", 780.0, 1, 0.09),
        CreditorClaim("mezz", 220.0, 2, 0.14),
        CreditorClaim("vendor_finance", 260.0, 1, 0.1),
        CreditorClaim("trade", 40.0, 1, 0.0),
    )
    found, left = enforce_liens(pools, 60.0, claims, 1.5)
    assert [one.paid for one in found] == pytest.approx([780.0, 48.0, 173.58695652, 13.91304348])
    assert found[0].loss_given_default == pytest.approx(1 - 1.09**-1.5)
    assert left == 0.0
    plenty, left = enforce_liens(pools, 6000.0, claims, 0.0)
    assert all(one.paid_share == pytest.approx(1.0) for one in plenty)
    assert left == pytest.approx(6000.0 + 828.0 + 127.5 - 1300.0)
