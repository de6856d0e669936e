"""The mezzanine of a site: drawn after the senior loans, paid after the sweep, owed when it is not, recovered last."""

import pytest

from overbuild.instruments import MezzanineTerms, mezzanine_schedule
from overbuild.site.case.plan import CovenantTest, EnforcementCosts, IncomeTax, JuniorDebt
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.halls import HALL, LEVEL, at_prices, told

JUNIOR = JuniorDebt(0.08, maturity=3, pik_rate_per_year=0.04, pik_premium_per_year=0.015, amount=200.0)


def behind(price=1.0, mezzanine=JUNIOR, **changes):
    """The mezzanine behind a senior loan of 500 at 8%, level 125 a year; revenue is 500 * price, no tax, no cost."""
    plan = HALL._replace(loans=(LEVEL._replace(amount=500.0),), mezzanine=mezzanine, **changes)
    return at_prices(plan, price)


def test_the_mezzanine_is_a_source_of_funds_between_loans_and_owners():
    run = run_site(behind())
    assert run.lines["mezzanine.draw"][:2] == [0.0, 200.0]
    assert run.lines["equity_draw"][:2] == pytest.approx([0.0, 1000.0 - 500.0 - 200.0])
    assert told(run)["debt"] == pytest.approx(500.0)
    assert told(run)["tranche.mezzanine.debt"] == pytest.approx(200.0)


def test_while_the_site_is_built_its_interest_is_added_to_it():
    """Half of 1,000 is spent in each of two periods: 100 drawn, then 100 * 12% = 12 added and 100 drawn: 212."""
    plan = behind()
    late = plan._replace(
        horizon=plan.horizon._replace(periods=6),
        phases=(plan.phases[0]._replace(cod=2),),
        components=tuple(one._replace(spend=(0.5, 0.5)) for one in plan.components),
        loans=(plan.loans[0]._replace(maturity=6, construction_rate_per_year=0.0),),
        mezzanine=JUNIOR._replace(maturity=4),
    )
    run = run_site(late)
    assert run.lines["mezzanine.draw"][:3] == pytest.approx([0.0, 100.0, 100.0])
    assert run.lines["mezzanine.balance"][:3] == pytest.approx([0.0, 100.0, 212.0])
    assert run.sizing.uses == pytest.approx(1000.0)
    assert run.lines["mezzanine.cash_interest"][3] == pytest.approx(212.0 * 0.08)


def test_it_takes_its_interest_from_what_the_cascade_leaves():
    """CFADS 500 less 125 + 40 leaves 335: 16 of cash interest, 8 added, then the bullet of 208 * 1.04 = 216.32."""
    run = run_site(behind())
    lines = run.lines
    assert lines["mezzanine.cash_interest"][2:4] == pytest.approx([16.0, 208.0 * 0.08])
    assert lines["mezzanine.pik_interest"][2:4] == pytest.approx([8.0, 208.0 * 0.04])
    assert lines["mezzanine.principal"][2:] == pytest.approx([0.0, 208.0 * 1.04, 0.0, 0.0])
    assert lines["distribution"][2] == pytest.approx(500.0 - 165.0 - 16.0)
    worth = 335.0 / 1.12 + 345.0 / 1.12**2
    found = told(run)
    assert found["tranche.mezzanine.dscr"] == pytest.approx(345.0 / (208.0 * 0.08 + 208.0 * 1.04))
    assert found["tranche.mezzanine.llcr"] == pytest.approx(worth / 200.0)


@pytest.mark.parametrize("price", [0.34, 0.36, 0.5, 1.0])
def test_inside_the_site_it_is_the_instrument_on_the_cash_that_is_left(price):
    lines = run_site(behind(price, JUNIOR._replace(maturity=4))).lines
    left = [max(0.0, cash - due) for cash, due in zip(lines["cfads"], lines["debt_service"], strict=True)][2:]
    schedule = mezzanine_schedule("mezzanine", 200.0, 3, MezzanineTerms(0.08, 0.04, 0.015, 1.0), left)
    for place, one in enumerate(schedule, 2):
        assert lines["mezzanine.cash_interest"][place] == pytest.approx(one.cash_interest)
        assert lines["mezzanine.pik_interest"][place] == pytest.approx(one.pik_interest)
        assert lines["mezzanine.principal"][place] == pytest.approx(one.repaid)
        assert lines["mezzanine.balance"][place] == pytest.approx(one.closing)
        assert lines["distribution"][place] == pytest.approx(one.to_equity, abs=1e-9)


def test_what_it_misses_at_maturity_stays_owed_and_is_no_default():
    """CFADS 250 leaves 85, then 95: the bullet is not there; what is left repays it later, owners come after."""
    run = run_site(behind(0.5))
    lines = run.lines
    assert run.outcome is None
    assert lines["distribution"][3] == lines["distribution"][4] == pytest.approx(0.0, abs=1e-9)
    assert lines["mezzanine.cash_interest"][4] + lines["mezzanine.principal"][4] == pytest.approx(250.0 - 145.0)
    assert lines["mezzanine.balance"][5] < lines["mezzanine.balance"][4] < lines["mezzanine.balance"][3]


def test_under_lock_up_it_gets_no_cash_and_its_premium_is_added():
    """Cover of 500 / 165 = 3.03 breaches a lock-up at 4: 200 * (8% + 4% + 1.5%) = 27 is added."""
    lines = run_site(behind()._replace(tests=(CovenantTest("dscr_12m", 4.0, "lockup"),))).lines
    assert lines["mezzanine.cash_interest"][2] == 0.0
    assert lines["mezzanine.balance"][2] == pytest.approx(200.0 * 1.135)
    assert lines["trapped_cash"][2] == pytest.approx(335.0)


def test_without_tax_the_senior_loans_do_not_notice_it():
    with_it, without = run_site(behind(0.5)), run_site(behind(0.5, None))
    for name in ("cfads", "dscr", "debt_balance", "sweep", "default_recovered"):
        assert with_it.lines[name] == without.lines[name], name


def test_its_interest_is_deducted_for_tax_as_it_accrues():
    """30% tax: interest of 200 * 12% = 24 saves 7.2 in the first period, though 8 of it are not paid in cash."""
    tax = IncomeTax(0.3)
    with_it, without = run_site(behind(tax=tax)), run_site(behind(tax=tax, mezzanine=None))
    assert without.lines["tax"][2] - with_it.lines["tax"][2] == pytest.approx(0.3 * 24.0)


@pytest.mark.parametrize("share", [0.25, 0.6, 0.9])
def test_in_a_default_it_comes_after_every_senior_loan(share):
    """Revenue 100 against 165: the loan claims 540, the mezzanine 200 * 1.12 = 224, owners get what is left."""
    rich = behind()._replace(
        components=tuple(one._replace(liquidation_share=share) for one in HALL.components),
        enforcement=EnforcementCosts(0.0, 0.0),
    )
    run = run_site(at_prices(rich, 0.2), size(rich))
    assert (run.outcome, run.outcome_period) == ("payment", 2)
    brought, row = 1000.0 * share + 100.0, {name: line[2] for name, line in run.lines.items()}
    senior = min(540.0, brought)
    junior = min(224.0, brought - senior)
    assert row["default_recovered"] == pytest.approx(senior)
    assert row["mezzanine_recovered"] == pytest.approx(junior)
    assert row["surplus"] == pytest.approx(brought - senior - junior)
    assert told(run)["tranche.mezzanine.lgd"] == pytest.approx(1.0 - junior / 224.0)
