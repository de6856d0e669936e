"""Whatever happens to a site, nothing goes beyond what was agreed: commitments, caps, balances, accounts."""

import pytest

from overbuild.site.case.dates import availability_end
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.plans import drawn_plan

SEEDS = range(3000, 3060)
NEVER_NEGATIVE = (
    "capex",
    "fees",
    "distribution",
    "sweep",
    "to_prepay",
    "cure",
    "support",
    "standby_draw",
    "equity_draw",
    "dsra_draw",
    "lc_draw",
    "dsra_balance",
    "trapped_cash",
    "lc_balance",
    "debt_balance",
    "refinanced",
    "called",
    "surplus",
    "closing",
    "prepaid",
    "power_cost",
    "staff_cost",
    "property_tax",
    "contracted_share",
    "fleet_reserve_balance",
    "book_value",
    "ltv",
)


@pytest.fixture(params=SEEDS, scope="module")
def told(request):
    base, stressed = drawn_plan(request.param)
    sizing = size(base)
    return sizing, run_site(stressed, sizing)


def counting(run, name):
    """Entries of a line up to the outcome."""
    return run.lines[name][: run.last + 1]


def test_no_amount_that_has_a_direction_is_negative(told):
    sizing, run = told
    names = [*NEVER_NEGATIVE, *(f"{loan.name}.balance" for loan in run.plan.loans)]
    names += [f"{loan.name}.draw" for loan in run.plan.loans]
    for name in names:
        assert min(counting(run, name)) >= -1e-9 * sizing.uses, name


def test_what_was_committed_is_the_most_that_is_drawn(told):
    sizing, run = told
    dust = 1e-9 * sizing.uses
    for loan in run.plan.loans:
        assert sum(run.lines[f"{loan.name}.draw"]) <= sizing.amounts[loan.name] + dust
    assert sum(run.lines["equity_draw"]) <= sizing.equity + dust
    assert sum(run.lines["standby_draw"]) <= run.plan.funding.standby + dust
    assert sum(run.lines["mezzanine.draw"]) <= sizing.mezzanine + dust
    if run.plan.owners.support is not None:
        paid = counting(run, "support")
        assert sum(paid[: run.plan.horizon.periods]) <= run.plan.owners.support + dust


def test_cures_stay_within_their_number_their_year_and_their_cap(told):
    sizing, run = told
    cures, p = run.plan.cures, run.plan.horizon.periods_per_year
    made = [place for place, cure in enumerate(run.lines["cure"]) if cure > 1e-9 * sizing.debt]
    assert len(made) <= cures.number
    assert all(sum(place - p < one <= place for one in made) <= cures.in_year for place in made)
    cap = sizing.cure_cap if cures.cap is None else cures.cap
    assert sum(run.lines["cure"]) <= cap + 1e-9 * sizing.uses


def test_damages_stay_within_their_cap_and_end_with_the_contract(told):
    _, run = told
    capped = [one for one in run.plan.contracts if one.ld_per_period]
    most = sum(
        one.termination_payment
        + (one.ld_cap if one.ld_cap is not None else one.ld_per_period * run.plan.horizon.periods)
        for one in run.plan.contracts
        if one in capped or one.long_stop is not None
    )
    assert sum(counting(run, "offtaker_damages")) <= most + 1e-3


def test_a_loan_is_repaid_at_its_maturity_or_the_site_ends(told):
    sizing, run = told
    for loan in run.plan.loans:
        if loan.maturity < run.last or (loan.maturity == run.last and run.outcome is None):
            assert run.lines[f"{loan.name}.balance"][loan.maturity] <= 1e-9 * sizing.uses, loan.name


def test_nothing_is_paid_after_the_end(told):
    _, run = told
    for name in ("net_cash_to_equity", "project_cash_flow", "debt_balance", "equity_paid_in", "equity_received"):
        assert not any(run.lines[name][run.last + 1 :]), name


def test_nothing_is_distributed_before_completion_or_under_a_lock_up(told):
    sizing, run = told
    end = availability_end(run.plan)
    last = max(end, max(phase.cod + phase.delay for phase in run.plan.phases))
    for place in range(run.last + 1):
        owed = run.lines["debt_balance"][place] > 1e-9 * sizing.debt
        early = place <= end or (place <= last and owed)
        if early or (run.lines["lockup"][place] and place > end):
            assert run.lines["distribution"][place] == pytest.approx(0.0, abs=1e-9 * sizing.uses), place
            assert run.lines.get("mezzanine.cash_interest", [0.0] * (place + 1))[place] <= 1e-9 * sizing.uses


def test_the_reserve_holds_its_target_at_most(told):
    sizing, run = told
    share, end = 1.0 - run.plan.reserve.lc_share, availability_end(run.plan)
    for place in range(end + 1, run.last + (run.outcome is None)):
        target = run.lines["dsra_target"][place]
        assert run.lines["dsra_balance"][place] <= share * target + 1e-9 * sizing.uses
        assert target <= sizing.schedules.base.reserve_target[place] + 1e-9 * sizing.uses
