"""Small sites whose numbers are worked by hand: 100,000 GPUs, 8,760 hours, USD 0.50, USD 100m of fixed costs."""

import pytest

from overbuild.site.case.plan import (
    CovenantTest,
    Cures,
    DebtReserve,
    GradeMargin,
    Loan,
    OfftakeContract,
    OperatingCosts,
    Path,
    PowerSupply,
    Refinancing,
    ShellLease,
    SpotMarket,
)
from overbuild.site.examples import PLAN
from overbuild.site.run import cost_of_delay, run_site
from overbuild.site.sizing.sizing import size

M = 1e6


def price(*by_period):
    """The plan with its one price by period."""
    return PLAN._replace(contracts=(PLAN.contracts[0]._replace(price=Path("by_period", by_period=by_period)),))


def millions(row):
    return [pytest.approx(entry / M, rel=1e-12, abs=1e-9) for entry in row]


def test_five_years_of_a_full_hall():
    """438 of revenue less 100 of costs, less 210, 195, 180, 165 of debt service."""
    assert millions(run_site(PLAN).equity_cash_flows) == [0.0, -400.0, 128.0, 143.0, 158.0, 173.0, 338.0]


def test_a_default_of_payment_is_shared_out():
    """In period 3 revenue is 87.6: cash is -12.4 against 195. Hall and GPUs bring (230.496 + 168.75) * 0.9."""
    run = run_site(price(0.5, 0.5, 0.1, 0.5), size(PLAN))
    assert (run.outcome, run.outcome_period) == ("payment", 3)
    assert run.lines["default_claim"][3] / M == pytest.approx(495.0)
    assert run.lines["default_recovered"][3] / M == pytest.approx(359.3214)
    assert millions(run.equity_cash_flows) == [0.0, -400.0, 128.0, 0.0, 0.0, 0.0, 0.0]


def test_a_balloon_is_refinanced_as_far_as_cash_carries_it():
    """Cash of 338 carries 338 / 3 a year, twice at a rate of 0: 225.333 of the balloon of 300."""
    new = Refinancing(rate=Path(value=0.0), tenor=2, dscr=3.0)
    loan = PLAN.loans[0]._replace(maturity=3, balloon_share=0.5, refinancing=new)
    run = run_site(PLAN._replace(loans=(loan,), tests=()))
    assert run.lines["balloon"][3] / M == pytest.approx(300.0)
    assert run.lines["refinanced"][3] / M == pytest.approx(676.0 / 3.0)
    flows = [0.0, -400.0, 128.0, 338.0 - 195.0 - 300.0 + 676.0 / 3.0, *[338.0 - 338.0 / 3.0] * 2, 338.0]
    assert [flow / M for flow in run.equity_cash_flows] == pytest.approx(flows)


def test_one_cure_pays_what_is_missing_and_comes_back_as_nothing():
    """In period 3 cash is 119 against 195: owners pay 76, and the loan goes on."""
    plan = price(0.5, 0.5, 0.25, 0.5)._replace(tests=(), cures=Cures(1))
    run = run_site(plan._replace(owners=plan.owners._replace(walk_away=False)), size(PLAN))
    assert run.outcome is None
    assert run.lines["cure"][3] / M == pytest.approx(76.0)
    assert run.equity_cash_flows[3] / M == pytest.approx(-76.0)


def test_a_letter_of_credit_stands_for_half_of_the_reserve():
    """Target 195 at the end of period 2, half of it cash. A default in period 3 calls the letter for what is missing."""
    plan = PLAN._replace(reserve=DebtReserve(1, 0.5), tests=())
    sizing = size(plan)
    assert sizing.initial_dsra / M == pytest.approx(105.0)
    hard = price(0.5, 0.5, 0.1, 0.5)._replace(reserve=plan.reserve, tests=())
    run = run_site(hard, sizing)
    assert run.lines["dsra_balance"][2] / M == pytest.approx(97.5)
    assert run.lines["shortfall"][3] / M == pytest.approx(195.0 + 12.4)
    assert run.outcome == "payment"
    assert run.lines["called"][3] / M == pytest.approx(495.0 - 359.3214 - 97.5)


def test_owners_stand_behind_the_letter_of_credit():
    """Period 3 lacks 119.8: 97.5 of the reserve, 22.3 of the letter. Period 4 fails: owners pay the 22.3 and the call.

    The loan claims 330; hall and GPUs bring (240 * 0.98^3 + 300 * 0.75^3) * 0.9, the call is the rest.
    """
    plan = PLAN._replace(reserve=DebtReserve(1, 0.5), tests=())
    hard = price(0.5, 0.5, 0.2, 0.0)._replace(reserve=plan.reserve, tests=())
    run = run_site(hard, size(plan))
    assert run.lines["lc_draw"][3] / M == pytest.approx(22.3)
    assert (run.outcome, run.outcome_period) == ("payment", 4)
    called = 330.0 - (240.0 * 0.98**3 + 300.0 * 0.75**3) * 0.9
    assert run.equity_cash_flows[4] / M == pytest.approx(-22.3 - called)


def test_payables_lend_a_tenth_of_a_year_of_costs_and_take_it_back_at_the_end():
    """36.5 days of 100 a year: 10 more in the first year of costs, 10 less in the last."""
    run = run_site(PLAN._replace(costs=OperatingCosts(payable_days=36.5)))
    assert [cash / M for cash in run.lines["cfads"][2:]] == pytest.approx([348.0, 338.0, 338.0, 338.0, 328.0])


def test_rent_and_property_tax_are_costs():
    """Rent 5, 5.5, ...; 1% of the opening book value 1,000, then less 20 and 120 a year."""
    costs = OperatingCosts(property_tax_share_per_year=0.01)
    run = run_site(PLAN._replace(costs=costs, lease=ShellLease(5.0 * M, 0.08, 0.1)))
    assert [cost / M for cost in run.lines["rent"][2:4]] == pytest.approx([5.0, 5.5])
    assert [cost / M for cost in run.lines["property_tax"][2:4]] == pytest.approx([10.0, 8.6])


def test_a_hall_without_gpus_is_let_by_the_kilowatt_and_its_power_is_passed_through():
    """100,000 kW * 12 * 100 = 120 of rent; 100 MW * 8,760 * 50 = 43.8 of energy, all of it passed through."""
    hall = OfftakeContract("hall", 1.0, 5, Path(value=100.0), unit="kw_month", pass_through=1.0)
    plan = PLAN._replace(fleets=(), contracts=(hall,), power=PowerSupply(Path(value=50.0)), loans=(), tests=())
    run = run_site(plan)
    assert run.lines["revenue"][2] / M == pytest.approx(163.8)
    assert run.lines["opex"][2] / M == pytest.approx(143.8)


def test_contracts_of_one_offtaker_fail_together():
    """From period 3 on neither half of the hall is paid for, and there is no market."""
    lab = PLAN.contracts[0]._replace(share=0.5, offtaker="lab")
    halves = (lab, lab._replace(name="other", fails_in=3))
    run = run_site(PLAN._replace(contracts=halves, loans=(), tests=()))
    assert [sales / M for sales in run.lines["revenue"][2:4]] == pytest.approx([438.0, 0.0])


def test_results_are_reported_by_their_ids():
    """Owners pay 400 and get 940: 2.35 times; the lock-up test at 1.2 is never breached."""
    told = run_site(PLAN).values()
    assert told.values["moic"] == pytest.approx(2.35)
    assert told.values["min_dscr"] == pytest.approx(338.0 / 210.0)
    assert told.status["test.test_1.first_period"] == "no breach"
    assert told.status["outcome_period"] == "the site runs to its end"
    failed = run_site(price(0.5, 0.5, 0.1, 0.5), size(PLAN)).values()
    assert failed.values["outcome_period"] == "3"
    assert failed.values["lgd"] == pytest.approx(1.0 - 359.3214 / 495.0)


def test_a_cost_overrun_facility_is_drawn_after_equity_and_repaid_by_what_was_drawn():
    """The hall costs 40 more: the facility of 50 lends 40, and takes 10 of principal and 4 of interest in period 2."""
    more = Loan(
        "overruns",
        maturity=5,
        rate=Path(value=0.1),
        amount=50.0 * M,
        repayment="straight_line",
        rank=2,
        draw="after_equity",
    )
    base = PLAN._replace(loans=(*PLAN.loans, more))
    sizing = size(base)
    assert (sizing.uses / M, sizing.equity / M) == pytest.approx((1000.0, 400.0))
    dearer = base._replace(components=(base.components[0]._replace(overrun=0.1), base.components[1]))
    run = run_site(dearer, sizing)
    assert run.lines["overruns.draw"][1] / M == pytest.approx(40.0)
    assert [flow / M for flow in run.equity_cash_flows[:3]] == pytest.approx([0.0, -400.0, 114.0])


def test_a_floating_loan_pays_base_margin_and_its_swap():
    """4% and a mean margin of 6%; half of it swapped at 5%: 10.5% on 600."""
    margins = (GradeMargin("a", "senior", 0.5, 0.05), GradeMargin("b", "senior", 0.5, 0.07))
    loan = PLAN.loans[0]._replace(rate=None, base_rate=Path(value=0.04), swap_share=0.5, swap_fixed_per_year=0.05)
    run = run_site(PLAN._replace(loans=(loan,), margins=margins))
    assert run.lines["interest"][2] / M == pytest.approx(63.0)


def test_too_few_contracts_trap_cash():
    """Four tenths of the hours are contracted, half of them are asked for: 438 - 100 - 210 stays."""
    plan = PLAN._replace(
        contracts=(PLAN.contracts[0]._replace(share=0.4),),
        market=SpotMarket(Path(value=0.5), Path(value=1.0)),
        tests=(CovenantTest("contracted_share", 0.5, "lockup"),),
    )
    run = run_site(plan)
    assert run.lines["contracted_share"][2] == pytest.approx(0.4)
    assert run.lines["trapped_cash"][2] / M == pytest.approx(128.0)


def test_a_delay_costs_a_year_of_cash_and_the_cover_of_it():
    """A year without revenue: standby of 300 pays 210 of it, the contract runs a year longer."""
    plan = PLAN._replace(funding=PLAN.funding._replace(standby=300.0 * M), tests=())
    late = plan._replace(phases=(plan.phases[0]._replace(delay=1),))
    cost = cost_of_delay(late, size(plan))
    assert cost.late.min_dscr == 0.0
    assert cost.on_time.min_dscr == pytest.approx(338.0 / 210.0)
    assert cost.lost / M == pytest.approx(338.0)


def test_an_instalment_of_tax_follows_the_year():
    """Half-years at 20%: income of 169 less 100 of depreciation (1,000 over five years) and interest of 30, then 26.25."""
    halves = PLAN._replace(
        horizon=PLAN.horizon._replace(periods=12, periods_per_year=2),
        phases=(PLAN.phases[0]._replace(cod=2),),
        components=tuple(one._replace(spend=(0.0, 1.0), tax_class="SL5") for one in PLAN.components),
        contracts=(PLAN.contracts[0]._replace(tenor=10),),
        loans=(PLAN.loans[0]._replace(first=3, maturity=10),),
        tax=PLAN.tax._replace(rate=0.2),
    )
    run = run_site(halves)
    paid = [tax / M for tax in run.lines["tax"][3:5]]
    assert paid == pytest.approx([0.2 * (169.0 - 100.0 - 30.0), 0.2 * (169.0 - 100.0 - 26.25)])
