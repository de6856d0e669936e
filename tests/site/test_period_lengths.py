"""One site in periods of a year, a half, a quarter, a month: results drift, smoothly and a little."""

from functools import cache
from itertools import pairwise

import pytest

from overbuild.site.case.plan import START, DebtReserve, IncomeTax, Path, SpotMarket
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
