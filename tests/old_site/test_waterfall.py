"""Stories of the waterfall: cures, sweeps, lock-up, covenants, delay, guarantee."""

import pytest

from overbuild.old_site.case.plan import Waterfall
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE, FAILED, STRESSED, M

SIZING = size(BASE)


def run_with(plan, **water):
    return run_site(plan._replace(waterfall=Waterfall(**water)), SIZING)


def test_without_sweep_or_lockup_owners_get_what_is_left():
    rows = run_with(STRESSED).operating
    assert max(rows["sweep"]) == 0.0
    assert max(rows["trapped_cash"]) == 0.0
    free = rows["cash_available"][1] - rows["debt_service"][1] + rows["dsra_release"][1] - rows["dsra_topup"][1]
    assert rows["distribution"][1] == pytest.approx(free)


def test_lockup_stops_distributions_but_not_principal_and_gives_the_cash_back():
    run = run_with(STRESSED, lockup_dscr=1.3)
    rows = run.operating
    assert rows["lockup"][:3] == [1.0, 1.0, 1.0]
    assert rows["distribution"][:3] == [0.0, 0.0, 0.0]
    assert rows["principal"][:3] == pytest.approx(SIZING.loans[0].principal[:3])
    assert rows["cash_available"][2] == pytest.approx(rows["cfads"][2] + rows["trapped_cash"][1])
    assert sum(rows["distribution"]) > 0.0


def test_a_sweep_prepays_the_last_instalments_first():
    rows = run_with(STRESSED, sweep_trigger=1.2, sweep_share=1.0).operating
    assert rows["sweep"][1] > 0.0
    assert rows["principal"][2] == pytest.approx(SIZING.loans[0].principal[2])
    assert rows["debt_balance"][4] == 0.0


def test_a_sweep_without_a_trigger_always_takes_its_share():
    rows = run_with(BASE, sweep_share=0.5).operating
    assert rows["sweep"][0] == pytest.approx(rows["distribution"][0])
    assert rows["sweep"][0] > 0.0


def test_an_equity_cure_pays_the_whole_shortfall_once_and_the_second_time_nobody_does():
    run = run_with(FAILED, cures=1)
    rows = run.operating
    assert rows["equity_cure"][4] == pytest.approx(rows["shortfall"][4] - rows["dsra_draw"][4])
    assert rows["unpaid_debt_service"][4] == 0.0
    assert run.defaulted_in == 6
    assert run.equity_cash_flows[7] == pytest.approx(-rows["equity_cure"][4])


def test_cures_in_any_four_periods_are_counted():
    twice = run_with(FAILED, cures=9, cures_in_four=1)
    assert run_with(FAILED, cures=9).defaulted_in is None
    assert twice.operating["equity_cure"][4] > 0.0
    assert twice.defaulted_in == 6


def test_in_a_default_lenders_stay_unpaid_and_owners_get_nothing_more():
    run = run_with(FAILED)
    rows = run.operating
    assert run.defaulted_in == 5
    assert rows["unpaid_debt_service"][4] == pytest.approx(rows["debt_service"][4] - rows["dsra_draw"][4])
    assert rows["arrears"][4] == pytest.approx(-rows["cash_available"][4])
    assert sum(run.equity_cash_flows[7:]) == 0.0


def test_a_flagged_covenant_changes_nothing():
    plain, flagged = run_with(STRESSED), run_with(STRESSED, default_dscr=1.05, covenant="flag")
    assert max(flagged.operating["covenant_breach"]) == 1.0
    assert flagged.equity_cash_flows == plain.equity_cash_flows


def test_a_covenant_cure_restores_the_ratio_and_is_paid_by_owners():
    rows = run_with(STRESSED, default_dscr=1.15, covenant="cure", cures=4).operating
    assert rows["covenant_breach"][:4] == [0.0, 1.0, 1.0, 1.0]
    assert (rows["cfads"][1] + rows["covenant_cure"][1]) / rows["debt_service"][1] == pytest.approx(1.15)


def test_a_covenant_that_can_no_longer_be_cured_calls_the_loan():
    assert run_with(STRESSED, default_dscr=1.15, covenant="cure", cures=1).defaulted_in == 3
    assert run_with(STRESSED, default_dscr=1.15, covenant="accelerate").defaulted_in == 2
    assert run_with(STRESSED, default_dscr=1.15, covenant="flag").defaulted_in is None


def test_a_breached_covenant_can_sweep_all():
    rows = run_with(STRESSED, default_dscr=1.15, covenant="sweep_all").operating
    assert rows["sweep"][1] > 0.0
    assert rows["distribution"][1] == 0.0


def test_a_surplus_of_the_collateral_goes_to_the_owners():
    rich = STRESSED._replace(components=tuple(one._replace(liquidation_share=1.0) for one in STRESSED.components))
    run = run_with(rich, default_dscr=1.15, covenant="accelerate")
    assert run.results.loss_given_default == 0.0
    assert run.equity_cash_flows[4] == pytest.approx(run.operating["default_surplus"][1])


def test_a_delay_costs_interest_fees_and_time():
    late = BASE._replace(site=BASE.site._replace(delay_periods=1, delay_cost_per_period=10 * M))
    run, on_time = run_site(late, SIZING), run_site(BASE, SIZING)
    assert len(run.building["uses_of_funds"]) == 4
    interest = run.building["senior.capitalised_interest"][3]
    assert interest == pytest.approx(run.sizing.debt * 0.09, rel=0.3)
    assert run.results.uses > on_time.results.uses + 10 * M + interest * 0.99
    assert run.results.debt <= SIZING.debt * (1 + 1e-12)
    assert run.equity_irr.per_year < on_time.equity_irr.per_year
    assert len(run.equity_cash_flows) == len(on_time.equity_cash_flows) + 1


def test_past_its_long_stop_date_the_offtaker_leaves():
    offtake = BASE.offtake._replace(long_stop_periods=0)
    late = BASE._replace(site=BASE.site._replace(delay_periods=1), offtake=offtake)
    assert max(run_site(late, SIZING).operating["contract_revenue"]) == 0.0
    assert run_site(BASE._replace(offtake=offtake), SIZING).operating["contract_revenue"][0] > 0.0


def test_a_residual_value_guarantee_lifts_the_end_only():
    guaranteed = BASE._replace(site=BASE.site._replace(residual_value_guarantee=800 * M))
    run, plain = run_site(guaranteed, SIZING), run_site(BASE, SIZING)
    assert run.operating["terminal_cash"][-1] - plain.operating["terminal_cash"][-1] == pytest.approx(280 * M)
    assert run.operating["cfads"][:-1] == plain.operating["cfads"][:-1]


def test_owners_carry_a_loss_when_no_debt_is_left():
    poor = BASE._replace(market=BASE.market._replace(utilisation=(0.5, 0.6, 0.7, 0.7, 0.7, 0.0, 0.0, 0.0)))
    paid = poor._replace(loans=(BASE.loans[0]._replace(tenor=4, target_dscr=(1.4,) * 4),), refresh=None)
    rows = run_site(paid).operating
    assert rows["owner_support"][6] > 0.0
    assert rows["to_owners"][6] == pytest.approx(-rows["owner_support"][6])
    assert max(rows["payment_default"]) == 0.0
