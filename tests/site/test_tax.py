"""Tax by tax year: limits on interest and losses, tables, instalments."""

import pytest

from overbuild.site.accounts.books import tax_charge
from overbuild.site.accounts.tax import tax_of_period
from overbuild.site.case.tax_tables import MACRS, depreciation_table
from overbuild.site.examples import SHAPE, TERMS
from overbuild.site.terms.opening import before_close

TAX = TERMS.tax._replace(federal_rate=0.21, nol_share=0.8, interest_share=0.3)
EBITDA, INTEREST = (150.0, 300.0, 340.0, 320.0, 280.0, 240.0, 200.0), (95.0, 100.0, 80.0, 60.0, 40.0, 20.0, 0.0)


def test_interest_is_limited_and_losses_are_carried_forward():
    """1,000 of 5-year property with 40% bonus: 1,000 * (0.4 + 0.6 * 0.2) = 520 in the first year."""
    table = (*depreciation_table("MACRS5"), 0.0)
    charges = [tax_charge(1000.0, 0.4, float(year == 0), share) for year, share in enumerate(table)]
    assert charges[0] == pytest.approx(520.0)
    year, taxes, carries, losses = before_close(SHAPE).tax, [], [], []
    for earned, charge, accrued in zip(EBITDA, charges, INTEREST, strict=True):
        found = tax_of_period(SHAPE, year, TAX, 1.0, earned, charge, accrued)
        year = found.year
        taxes.append(found.tax)
        carries.append(year.interest_carry)
        losses.append(year.nol)
    assert taxes == pytest.approx([0.0, 0.756, 5.1576, 6.50496, 7.09296, 29.83848, 42.0], abs=1e-9)
    assert carries == pytest.approx([50.0, 60.0, 38.0, 2.0, 0.0, 0.0, 0.0], abs=1e-9)
    assert losses == pytest.approx([415.0, 400.6, 302.36, 178.456, 43.352, 0.0, 0.0], abs=1e-9)
    assert sum(taxes) == pytest.approx(91.35)


def test_instalments_of_a_year_add_up_to_its_tax_whatever_their_order():
    """Four quarters pay what the year pays; after a good first quarter and a bad last one, tax comes back."""
    before = before_close(SHAPE).tax
    whole = tax_of_period(SHAPE, before, TAX, 1.0, 300.0, 120.0, 100.0)
    year, paid = before, []
    for quarter, earned in enumerate((200.0, 100.0, 50.0, -50.0)):
        found = tax_of_period(SHAPE, year, TAX, float(quarter == 0), earned, 30.0, 25.0)
        year = found.year
        paid.append(found.tax)
    assert sum(paid) == pytest.approx(whole.tax)
    assert (year.nol, year.interest_carry) == pytest.approx((whole.year.nol, whole.year.interest_carry))
    assert paid[0] > 0.0 > paid[3]


@pytest.mark.parametrize("name", MACRS)
def test_a_tax_table_writes_off_the_whole_cost(name):
    assert sum(depreciation_table(name)) == pytest.approx(1.0, abs=1e-12)
