"""Stories of the cascade: lock-up, sweeps, covenants, support without debt, long stop, guarantee."""

import pytest

from overbuild.site.case.plan import CovenantTest, Cures, Owners, Path
from overbuild.site.examples import PLAN, SIZING
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size

M = 1e6
BARE = PLAN._replace(tests=())
"""338 a year; debt service of 210, 195, 180, 165 in periods 2 to 5: cover of 1.61, 1.73, 1.88, 2.05."""


def at(*prices):
    """The plan of the examples with its price by period, without tests: 876 a year for each dollar, less 100."""
    path = Path("by_period", by_period=prices)
    return BARE._replace(contracts=(PLAN.contracts[0]._replace(price=path),))


POOR = at(0.5, 0.5, 0.36, 0.5)
"""In period 3 cash is 215.36 against 195: cover of 1.104."""


def millions(run, name):
    return [entry / M for entry in run.lines[name]]


def covenant(action, level=1.2, share=1.0, **changes):
    tests = (CovenantTest("dscr_12m", level, action, share),)
    return run_site(POOR._replace(tests=tests, **changes), SIZING)


def test_lockup_stops_distributions_but_not_principal_and_gives_the_cash_back():
    run, free = covenant("lockup"), run_site(POOR, SIZING)
    assert millions(run, "trapped_cash") == pytest.approx([0.0, 0.0, 0.0, 20.36, 0.0, 0.0, 0.0])
    assert millions(run, "distribution")[2:5] == pytest.approx([128.0, 0.0, 158.0 + 20.36])
    assert run.lines["principal"] == free.lines["principal"]


def test_a_sweep_takes_its_share_and_prepays_the_last_instalments_first():
    """Half of 20.36 is prepaid: interest falls by a tenth of it a year, and the last instalment by all of it."""
    run = covenant("sweep", share=0.5)
    assert millions(run, "sweep")[2:5] == pytest.approx([0.0, 10.18, 0.0])
    assert millions(run, "principal")[4:6] == pytest.approx([150.0, 150.0 - 10.18])
    assert millions(run, "interest")[4] == pytest.approx(30.0 - 1.018)


def test_a_sweep_without_a_test_always_takes_its_share():
    run = run_site(BARE._replace(sweep_always=0.5), SIZING)
    assert run.lines["sweep"][2] == run.lines["distribution"][2] == pytest.approx(64.0 * M)


def test_a_test_that_only_reports_changes_nothing():
    told, plain = covenant("report"), run_site(POOR, SIZING)
    assert told.lines["test_1.breached"] == [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]
    assert told.lines["net_cash_to_equity"] == plain.lines["net_cash_to_equity"]


def test_a_covenant_that_cannot_be_cured_calls_the_loan():
    run = covenant("default")
    assert (run.outcome, run.outcome_period) == ("covenant", 3)
    assert run.lines["alive"] == [1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert sum(run.lines["net_cash_to_equity"][4:]) == 0.0


def test_a_cure_of_a_covenant_restores_the_ratio_and_prepays():
    """120% of 195 is 234: 18.64 is paid in, and as cash pays what is due, all of it prepays."""
    run = covenant("default", cures=Cures(1))
    assert run.outcome is None
    assert millions(run, "cure")[3] == pytest.approx(18.64)
    assert millions(run, "debt_balance")[3] == pytest.approx(300.0 - 18.64)
    assert run.lines["equity_support"][3] == run.lines["cure"][3]


def test_owners_who_think_the_site_worth_less_than_the_cure_walk_away():
    """Prices fall for good: the outlook is a third of the base case's, and nothing is left over debt service there."""
    hopeless = at(0.5, 0.5, 0.2)._replace(tests=(CovenantTest("dscr_12m", 1.0, "default"),), cures=Cures(9, 9))
    assert run_site(hopeless, SIZING).outcome == "payment"
    bound = hopeless._replace(owners=Owners(walk_away=False))
    assert run_site(bound, SIZING).lines["cure"][3] > 0.0


def test_owners_carry_a_loss_without_debt_while_more_is_ahead():
    """In period 3 nothing is earned: 100 of costs are the owners', who stay for 338 a year."""
    run = run_site(at(0.5, 0.5, 0.0, 0.5)._replace(loans=()))
    assert run.outcome is None
    assert millions(run, "support")[3] == pytest.approx(100.0)
    assert run.lines["equity_support"][3] == run.lines["support"][3] == -run.lines["net_cash_to_equity"][3]


def test_past_its_long_stop_the_offtaker_leaves():
    contract = PLAN.contracts[0]._replace(long_stop=2, termination_payment=7.0 * M)
    plan = BARE._replace(contracts=(contract,), loans=(), owners=Owners(walk_away=False))
    late = plan._replace(phases=(plan.phases[0]._replace(delay=2),))
    on_time, left = run_site(plan), run_site(late, size(plan))
    assert on_time.lines["contract_revenue"][2] > 0.0
    assert max(left.lines["contract_revenue"]) == 0.0
    assert left.lines["offtaker_damages"][2] / M == pytest.approx(7.0)


def test_the_promise_of_a_failed_offtaker_is_worth_nothing():
    """The site sells for 50 less 20 of clearing it; 90 are guaranteed. A third party pays whatever happens."""
    ends = {"terminal_proceeds": 50.0 * M, "decommissioning": 20.0 * M, "residual_value_guarantee": 90.0 * M}
    fails = {"contracts": (PLAN.contracts[0]._replace(fails_in=6),), "loans": (), "owners": Owners(walk_away=False)}
    third = BARE._replace(horizon=PLAN.horizon._replace(**ends))
    theirs = third._replace(horizon=third.horizon._replace(residual_value_guarantor="offtaker"))
    for plan, brought in (
        (third, 70.0),
        (theirs, 70.0),
        (third._replace(**fails), 70.0),
        (theirs._replace(**fails), 30.0),
    ):
        assert run_site(plan).lines["terminal_proceeds"][6] / M == pytest.approx(brought)
