"""Debt of the holding company: paid from distributions, never from the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.equations.model import Model
from overbuild.site.case.plan import HoldcoDebt, Path
from overbuild.site.debt.holdco import holdco_stages
from overbuild.site.examples import PLAN, SIZING
from overbuild.site.run import run_site
from overbuild.timeline.run import run_model

M = 1e6


def paid_from(holdco, flows):
    """The lines of the loan on what a site pays its owners from its first year of service on, and its results."""
    plan = PLAN._replace(holdco=holdco, horizon=PLAN.horizon._replace(periods=1 + len(flows)))
    stages = holdco_stages(plan)
    columns = stages[0].columns._replace(net_cash_to_equity=[0.0, 0.0, *flows])
    ran = run_model(Model((stages[0]._replace(columns=columns), stages[1])))
    return {name: row[2:] for name, row in ran.rows["holdco"].items()}, ran.left["holdco_results"]


def test_a_level_payment_out_of_distributions():
    """100 at 10% over 2 years asks 57.62 a year: 80 received covers it 1.39x, 22.38 goes on."""
    rows, results = paid_from(HoldcoDebt(100.0, 0.1, 2), [80.0, 80.0, 80.0])
    asked = 100.0 * 0.1 / (1.0 - 1.1**-2)
    assert rows["holdco.debt_service"] == pytest.approx([asked, asked, 0.0])
    assert rows["holdco.to_owners"] == pytest.approx([80.0 - asked, 80.0 - asked, 80.0])
    assert results.min_dscr == pytest.approx(80.0 / asked)
    assert results.covered_periods == 2.0


def test_what_distributions_do_not_pay_stays_owed_with_interest():
    """A bullet of 100 at 10%: 4 of 10 paid leaves 106; the next year asks 106 * 1.1, 50 of it paid; then what is left."""
    rows, _ = paid_from(HoldcoDebt(100.0, 0.1, 2, "bullet"), [4.0, 50.0, 50.0])
    assert rows["holdco.balance"] == pytest.approx([106.0, 66.6, 66.6 * 1.1 - 50.0])
    assert rows["holdco.unpaid"][:2] == pytest.approx([6.0, 106.0 * 1.1 - 50.0])


def test_money_that_owners_pay_in_serves_no_holding_company():
    rows, _ = paid_from(HoldcoDebt(100.0, 0.1, 1, "bullet"), [-20.0])
    assert rows["holdco.paid"] == [0.0]
    assert rows["holdco.to_owners"] == [-20.0]


flows = st.lists(st.floats(-100.0, 200.0), min_size=3, max_size=3)


@given(flows, st.floats(0.0, 0.2), st.integers(1, 3), st.sampled_from(["annuity", "bullet"]))
def test_cash_of_the_holding_company_conserves(received, rate, tenor, repayment):
    rows, _ = paid_from(HoldcoDebt(100.0, rate, tenor, repayment), received)
    paid = sum(rows["holdco.paid"])
    assert paid + sum(rows["holdco.to_owners"]) == pytest.approx(sum(received), abs=1e-6)
    assert 100.0 + sum(rows["holdco.interest"]) - paid == pytest.approx(rows["holdco.balance"][-1], abs=1e-6)


def test_the_site_does_not_notice_it():
    with_it, without = run_site(PLAN._replace(holdco=HoldcoDebt(200.0 * M, 0.12, 4))), run_site(PLAN)
    assert with_it.lines == without.lines
    assert with_it.results == without.results
    assert "holdco" not in without.rows
    rows, values = with_it.rows["holdco"], with_it.values().values
    assert values["tranche.holdco.debt"] == 200 * M
    pairs = zip(rows["holdco.received"], rows["holdco.debt_service"], strict=True)
    worst = min(received / due for received, due in pairs if due > 0.0)
    assert values["tranche.holdco.dscr"] == pytest.approx(worst)


def test_after_a_default_of_the_site_nothing_comes_up():
    price = Path("by_period", by_period=(0.5, 0.5, 0.1, 0.5))
    plan = PLAN._replace(contracts=(PLAN.contracts[0]._replace(price=price),), holdco=HoldcoDebt(100 * M, 0.1, 4))
    run = run_site(plan, SIZING)
    assert run.outcome_period == 3
    assert run.rows["holdco"]["holdco.received"][3:] == [0.0] * 4
    assert run.values().values["tranche.holdco.dscr"] == 0.0
