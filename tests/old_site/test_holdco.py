"""Debt of the holding company: paid from distributions, never from the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.equations.model import Model
from overbuild.errors import InputError, InputErrors
from overbuild.old_site.case.plan import Holdco, Loan
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.old_site.stages import holdco_stages
from overbuild.timeline.run import run_model
from tests.old_site.cases import BASE, FAILED, M
from tests.old_site.test_stack import PLAIN


def paid_from(holdco, flows):
    """The lines of the loan on what a site pays its owners, a year a period, and its results."""
    stages = holdco_stages(BASE._replace(holdco=holdco, site=BASE.site._replace(operating_periods=len(flows))))
    stages = (stages[0]._replace(columns=stages[0].columns._replace(net_cash_to_equity=flows)), stages[1])
    ran = run_model(Model(stages))
    return ran.rows["holdco"], ran.left["holdco_results"]


def test_a_level_payment_out_of_distributions():
    """100 at 10% over 2 years asks 57.62 a year: 80 received covers it 1.39x, 22.38 goes on."""
    rows, results = paid_from(Holdco(100.0, 0.1, 2), [80.0, 80.0, 80.0])
    asked = 100.0 * 0.1 / (1.0 - 1.1**-2)
    assert rows["holdco.debt_service"] == pytest.approx([asked, asked, 0.0])
    assert rows["holdco.to_owners"] == pytest.approx([80.0 - asked, 80.0 - asked, 80.0])
    assert results.min_dscr == pytest.approx(80.0 / asked)
    assert results.covered_periods == 2.0


def test_what_distributions_do_not_pay_stays_owed_with_interest():
    """A bullet of 100 at 10%: 4 of 10 paid leaves 106; the next year asks 106 * 1.1, 50 of it paid; then what is left."""
    rows, _ = paid_from(Holdco(100.0, 0.1, 2, "bullet"), [4.0, 50.0, 50.0])
    assert rows["holdco.balance"] == pytest.approx([106.0, 66.6, 66.6 * 1.1 - 50.0])
    assert rows["holdco.unpaid"][:2] == pytest.approx([6.0, 106.0 * 1.1 - 50.0])


def test_money_that_owners_pay_in_serves_no_holding_company():
    rows, _ = paid_from(Holdco(100.0, 0.1, 1, "bullet"), [-20.0])
    assert rows["holdco.paid"] == [0.0]
    assert rows["holdco.to_owners"] == [-20.0]


flows = st.lists(st.floats(-100.0, 200.0), min_size=3, max_size=3)


@given(flows, st.floats(0.0, 0.2), st.integers(1, 3), st.sampled_from(["annuity", "bullet"]))
def test_cash_of_the_holding_company_conserves(received, rate, tenor, repayment):
    rows, _ = paid_from(Holdco(100.0, rate, tenor, repayment), received)
    paid = sum(rows["holdco.paid"])
    assert paid + sum(rows["holdco.to_owners"]) == pytest.approx(sum(received), abs=1e-6)
    assert 100.0 + sum(rows["holdco.interest"]) - paid == pytest.approx(rows["holdco.balance"][-1], abs=1e-6)


def test_the_site_does_not_notice_it():
    plan = BASE._replace(holdco=Holdco(300 * M, 0.12, 5))
    with_it, without = run_site(plan), run_site(BASE)
    assert with_it.operating == without.operating
    assert with_it.results == without.results
    assert without.holdco == {}
    values = with_it.values().values
    assert values["tranche.holdco.debt"] == 300 * M
    worst = min(
        received / due
        for received, due in zip(with_it.holdco["holdco.received"], with_it.holdco["holdco.debt_service"], strict=True)
        if due > 0.0
    )
    assert values["tranche.holdco.dscr"] == pytest.approx(worst)


def test_after_a_default_of_the_site_nothing_comes_up():
    run = run_site(FAILED._replace(holdco=Holdco(100 * M, 0.1, 8)), size(BASE))
    assert run.defaulted_in == 5
    assert run.holdco["holdco.received"][5:] == [0.0, 0.0, 0.0]
    assert run.lines["holdco.min_dscr"] == 0.0


DEBT = PLAIN._replace(loans=(Loan("hall", 0.05, 4, "bullet", amount=100.0),), holdco=Holdco(100.0, 0.1, 4))
FAULTS = {
    "holdco.tenor: the debt of the holding company is repaid within operation: 1 to 4 periods (got 5) [bad_tenor]": (
        DEBT._replace(holdco=Holdco(100.0, 0.1, 5))
    ),
    "holdco.repayment: one of annuity, bullet. Did you mean bullet? (got 'bulet') [unknown_name]": DEBT._replace(
        holdco=Holdco(100.0, 0.1, 4, "bulet")
    ),
    "loans.holdco: the debt of the holding company has this name; call the senior loan otherwise (got 'holdco') "
    "[duplicate]": DEBT._replace(loans=(DEBT.loans[0]._replace(name="holdco"),)),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_holding_company_that_cannot_be_is_refused_with_its_message(message):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[message])
    assert str(caught.value) == message
