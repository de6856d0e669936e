"""The same site in shorter periods: what is linear in time is the same, and the rest converges."""

import pytest

from overbuild.site.case.plan import DebtReserve, IncomeTax, OperatingCosts, Path
from overbuild.site.examples import PLAN
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size

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


def test_shorter_periods_converge():
    """Each halving moves the loan less than the one before."""
    debts = [size(parted(YEARLY, p)).debt for p in (1, 2, 4)]
    assert 0.0 < abs(debts[2] - debts[1]) < abs(debts[1] - debts[0]) < 0.05 * debts[0]
