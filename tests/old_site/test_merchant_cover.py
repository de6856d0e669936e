"""Cover asked for by source: less of what the contract brings, more of what the market brings."""

import pytest

from overbuild.errors import InputError, InputErrors
from overbuild.old_site.case.plan import Loan, Offtake
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE
from tests.old_site.test_stack import PLAIN

CONTRACT = Offtake(4, 0.75, 1.0 / 8760.0, (0.5,) * 4)


def lent(**changes):
    """375 of 500 a year is contracted: at 1.5x it carries 250; 125 merchant at 2.5x carries 50."""
    loan = Loan("hall", 0.05, 4, target_dscr=(1.5,) * 4, target_dscr_merchant=(2.5,) * 4)
    return PLAIN._replace(offtake=CONTRACT, loans=(loan._replace(**changes),))


def test_merchant_cash_is_covered_by_more():
    """Debt service 250 + 50 = 300 a year, 300 / 1.05 + ... + 300 / 1.05^4 = 1063.8: capped at 60% of 1000 here."""
    assert size(lent(max_debt_share=0.6)).debt == pytest.approx(600.0)
    sizing = size(lent(target_dscr=(3.0,) * 4, target_dscr_merchant=(5.0,) * 4))
    assert sizing.debt_service == pytest.approx((375 / 3.0 + 125 / 5.0,) * 4)
    assert sizing.debt == pytest.approx(sum(150.0 / 1.05**year for year in range(1, 5)))


def test_in_a_stack_it_is_what_all_senior_loans_together_are_covered_by():
    """125 + 25 = 150 a year in all, 42 and 41 of it for a chip loan of 2 * 40 at 2.5%."""
    chips = Loan("gpu", 0.025, 2, "level_parts", amount=80.0)
    hall = lent(target_dscr=(3.0,) * 4, target_dscr_merchant=(5.0,) * 4).loans[0]
    sizing = size(lent()._replace(loans=(hall, chips)))
    assert sizing.loans[0].debt_service == pytest.approx((108.0, 109.0, 150.0, 150.0))


def test_one_cover_for_both_sources_is_the_plain_loan():
    same = BASE.loans[0]._replace(target_dscr_merchant=BASE.loans[0].target_dscr)
    assert size(BASE._replace(loans=(same,))).debt == pytest.approx(size(BASE).debt, rel=1e-9)


def test_more_cover_of_merchant_cash_lends_less():
    more = BASE.loans[0]._replace(target_dscr_merchant=(2.0,) * 6)
    run = run_site(BASE._replace(loans=(more,)))
    assert run.sizing.debt < size(BASE).debt
    share = run.operating["contract_revenue"][0] / run.operating["revenue"][0]
    assert run.operating["dscr"][0] == pytest.approx(1.0 / (share / 1.4 + (1.0 - share) / 2.0))
    assert run.operating["dscr"][5] == pytest.approx(2.0)


FAULTS = {
    "loans.hall.target_dscr_merchant: one cover a period of the tenor: 4 (got 2) [length_mismatch]": lent(
        target_dscr_merchant=(2.0, 2.0)
    ),
    "loans.hall.target_dscr_merchant: cover asked for is above 0 (got 0.0) [dscr_le_zero]": lent(
        target_dscr_merchant=(0.0,) * 4
    ),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_merchant_cover_that_cannot_be_is_refused_with_its_message(message):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[message])
    assert str(caught.value) == message
