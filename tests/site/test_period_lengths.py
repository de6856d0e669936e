"""One site in periods of a year, a half, a quarter, a month: what is linear in time is the same, the rest drifts a little."""

from functools import cache
from itertools import pairwise

import pytest

from overbuild.site.case.plan import START, DebtReserve, IncomeTax, OperatingCosts, Path, SpotMarket
from overbuild.site.examples import PLAN
from overbuild.site.run import run_site
from tests.site.audited import M, audited

PERIODS = (1, 2, 4, 12)
TAX = {"untaxed": IncomeTax(), "taxed": IncomeTax(0.25, bonus_share=0.4, nol_share=0.8, interest_share=0.3)}


@cache
def told(repayment, tax, p):
    """Results of the site in periods of 1 / p years: a contract of six years, a reserve of one, two years of market."""
    plan = audited(p, years=8)
    lab = plan.contracts[0]._replace(tenor=6 * p, price=Path("growing", 1.8, 0.02, START))
    market = SpotMarket(Path("growing", 1.5, -0.08, 2 * p + 1, "smooth"), Path(value=0.7))
    loan = plan.loans[0]._replace(maturity=8 * p, repayment=repayment, commitment_fee_per_year=0.0)
    if repayment == "sculpted":
        loan = loan._replace(amount=None, dscr=(1.4,))
    run = run_site(plan._replace(contracts=(lab,), market=market, loans=(loan,), tax=TAX[tax], reserve=DebtReserve(p)))
    assert run.outcome is None
    values = run.values().values
    return {
        "min_dscr": values["min_dscr"],
        "equity_irr": values["equity_irr_per_year"],
        "project_irr": values["project_irr_per_year"],
        "npv_of_uses": values["equity_npv"] / values["uses"],
        "debt": values["debt"] / M,
        "tax": sum(run.lines["tax"]) / M,
    }


def steps(repayment, tax, result):
    """How far the result moves from each period length to the next shorter one."""
    found = [told(repayment, tax, p)[result] for p in PERIODS]
    return [other - one for one, other in pairwise(found)]


BANDS = {"min_dscr": 0.05, "equity_irr": 0.007, "project_irr": 0.003, "npv_of_uses": 0.006, "debt": 70.0, "tax": 7.0}
"""The most that a result moves between years and months."""


@pytest.mark.parametrize("tax", TAX)
@pytest.mark.parametrize("repayment", ["sculpted", "annuity", "straight_line"])
@pytest.mark.parametrize("result", BANDS)
def test_a_result_drifts_within_its_band_and_each_step_is_smaller(repayment, tax, result):
    moved = steps(repayment, tax, result)
    within = BANDS[result]
    assert abs(sum(moved)) <= within
    assert all(abs(other) <= abs(one) + 1e-3 * within for one, other in pairwise(moved))


@pytest.mark.parametrize("tax", TAX)
@pytest.mark.parametrize("repayment", ["sculpted", "annuity"])
@pytest.mark.parametrize(("result", "sign"), [("equity_irr", -1), ("project_irr", -1), ("debt", 1), ("min_dscr", 1)])
def test_the_drift_has_one_direction(repayment, tax, result, sign):
    """Cash that comes in parts earlier carries more debt at the same cover, and a return compounds in more parts."""
    assert all(sign * one >= -1e-9 for one in steps(repayment, tax, result))


YEARLY = PLAN._replace(
    loans=(PLAN.loans[0]._replace(amount=None, repayment="sculpted", dscr=(1.5,)),),
    tax=IncomeTax(0.25, interest_share=0.5, nol_share=0.8),
    tests=(),
)


def parted(plan, p):
    """The plan in periods of 1 / p years: counts times p, spending in equal parts; delays and dates are ends of years."""
    [phase], [loan], [contract] = plan.phases, plan.loans or (None,), plan.contracts
    return plan._replace(
        horizon=plan.horizon._replace(periods=plan.horizon.periods * p, periods_per_year=p),
        phases=(phase._replace(cod=phase.cod * p),),
        components=tuple(
            one._replace(spend=tuple(share / p for share in one.spend for _ in range(p))) for one in plan.components
        ),
        contracts=(contract._replace(tenor=contract.tenor * p),),
        loans=(loan._replace(first=p + 1, maturity=loan.maturity * p),) if loan else (),
        reserve=plan.reserve._replace(dsra_periods=plan.reserve.dsra_periods * p),
    )


@pytest.mark.parametrize("p", [2, 4, 12])
def test_what_is_linear_in_time_is_the_same_in_any_periods(p):
    plan = YEARLY._replace(loans=(), costs=OperatingCosts(Path(value=5e6), insurance_share_per_year=0.01))
    whole, parts = run_site(plan).lines, run_site(parted(plan, p)).lines
    for name in ("revenue", "opex", "ebitda", "book_depreciation", "tax_depreciation", "tax"):
        for year in range(1, 6):
            of_year = sum(parts[name][1 + year * p : 1 + (year + 1) * p])
            assert of_year == pytest.approx(whole[name][1 + year], rel=1e-12, abs=1e-3), (name, year)


@pytest.mark.parametrize("p", [2, 4, 12])
def test_in_shorter_periods_a_site_keeps_its_cover_and_its_books(p):
    plan = parted(YEARLY._replace(reserve=DebtReserve(1)), p)
    run = run_site(plan)
    assert run.outcome is None
    assert run.min_dscr == pytest.approx(1.5, abs=1e-9)
    for name in ("balance_gap", "cash_gap", "funding_gap"):
        assert max(map(abs, run.lines[name])) < 1e-9 * run.sizing.uses
