"""What no shared case covers, each computed twice: by the equations, and by a few lines of arithmetic here.

The site of `test_by_hand`: 438 of revenue less 100 of costs, 600 at 10% repaid in four parts from period 2.
"""

import pytest

from overbuild.site.case.plan import (
    CovenantTest,
    Funding,
    GradeMargin,
    IncomeTax,
    JuniorDebt,
    Loan,
    OfftakeContract,
    OfftakerPrepayment,
    OperatingCosts,
    Path,
    ShellLease,
    SpotMarket,
)
from overbuild.site.examples import PLAN
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size

M = 1e6
SENIOR, LAB, HALL = PLAN.loans[0], PLAN.contracts[0], PLAN.phases[0]


def priced(*by_period):
    return (LAB._replace(price=Path("by_period", by_period=by_period)),)


def in_millions(row):
    return [entry / M for entry in row]


def limited_tax(rows, rate, share, losses):
    """Tax, interest carried and losses carried, year by year: rows of income, depreciation and interest."""
    carry, lost, found = 0.0, 0.0, []
    for income, depreciation, interest in rows:
        allowed = min(interest + carry, share * max(0.0, income))
        carry = interest + carry - allowed
        taxable = income - depreciation - allowed
        used = min(lost, losses * max(0.0, taxable))
        lost += max(0.0, -taxable) - used
        found.append(rate * (max(0.0, taxable) - used))
    return found


@pytest.mark.parametrize("share", [0.05, 0.15, 0.25])
def test_interest_of_two_loans_is_limited_together(share):
    """Interest of 60 and 36 in the first year against a share of 338: what is not allowed is carried, of both alike."""
    second = Loan("second", maturity=4, first=2, rate=Path(value=0.12), amount=300.0 * M, repayment="straight_line")
    shell, gpus = (one._replace(tax_class=kind) for one, kind in zip(PLAN.components, ("SL39", "SL5"), strict=True))
    plan = PLAN._replace(
        loans=(SENIOR, second._replace(rank=2)),
        components=(shell, gpus),
        tax=IncomeTax(0.25, nol_share=0.8, interest_share=share),
        tests=(),
    )
    interest = [0.1 * (600.0 - 150.0 * year) + 0.12 * max(0.0, 300.0 - 100.0 * year) for year in range(4)] + [0.0]
    yearly = 400.0 / 39 + 120.0
    rows = [(338.0, yearly, one) for one in interest[:4]] + [(338.0 - (400.0 - 5 * 400.0 / 39), yearly, 0.0)]
    run = run_site(plan)
    assert in_millions(run.lines["interest"][2:]) == pytest.approx(interest)
    assert in_millions(run.lines["tax"][2:]) == pytest.approx(limited_tax(rows, 0.25, share, 0.8))
    free = sum(limited_tax(rows, 0.25, 1.0, 0.8))
    assert (sum(in_millions(run.lines["tax"])) > free + 1.0) == (share < 0.25)


def test_a_prepayment_is_refunded_at_the_long_stop():
    """The hall is two years late; the offtaker ends in period 3: 50 go back, 7 are paid on top, 5 for each year late."""
    lab = LAB._replace(long_stop=3, termination_payment=7.0 * M, ld_per_period=5.0 * M)
    plan = PLAN._replace(
        contracts=(lab,),
        prepayment=OfftakerPrepayment("lab", 50.0 * M, (1.0,), 2, 2),
        funding=Funding(standby=900.0 * M),
        owners=PLAN.owners._replace(walk_away=False),
        tests=(),
    )
    sizing = size(plan)
    assert (sizing.uses / M, sizing.equity / M) == pytest.approx((950.0, 350.0))
    run = run_site(plan._replace(phases=(HALL._replace(delay=2),)), sizing)
    rows = run.lines
    assert in_millions(rows["prepaid"][:5]) == pytest.approx([0.0, 50.0, 50.0, 0.0, 0.0])
    assert rows["prepayment_refund"][3] / M == pytest.approx(50.0)
    assert in_millions(rows["offtaker_damages"][:5]) == pytest.approx([0.0, 0.0, 5.0, 12.0, 0.0])
    assert in_millions(rows["standby_draw"][1:4]) == pytest.approx([0.0, 210.0 + 5.0, 195.0 + 12.0 + 50.0])
    assert rows["revenue"][4] == 0.0


@pytest.mark.parametrize(
    ("liquidation", "junior", "owners"), [(0.5, 2.619, 0.0), (0.8, 93.744, 0.0), (0.9, 110.0, 14.119)]
)
def test_a_mezzanine_in_a_default_comes_after_the_loans_and_before_the_owners(liquidation, junior, owners):
    """In period 3 cash is -12.4 against 195. Loans claim 495, the mezzanine 100 and the 10 of the year.

    The hall brings 400 * 0.98^2 and the GPUs 600 * 0.75^2 times their share in haste, less a tenth.
    """
    shell, gpus = PLAN.components
    parts = (shell._replace(liquidation_share=1.0), gpus._replace(liquidation_share=liquidation))
    plan = PLAN._replace(components=parts, mezzanine=JuniorDebt(0.1, 5, amount=100.0 * M), tests=())
    sizing = size(plan)
    assert (sizing.uses / M, sizing.equity / M) == pytest.approx((1000.0, 300.0))
    run = run_site(plan._replace(contracts=priced(0.5, 0.5, 0.1, 0.5)), sizing)
    rows = run.lines
    brought = (400.0 * 0.98**2 + liquidation * 600.0 * 0.75**2) * 0.9
    assert (run.outcome, run.outcome_period) == ("payment", 3)
    assert rows["mezzanine.cash_interest"][2] / M == pytest.approx(10.0)
    assert rows["default_recovered"][3] / M == pytest.approx(495.0)
    assert rows["mezzanine_recovered"][3] / M == pytest.approx(min(110.0, brought - 495.0)) == pytest.approx(junior)
    assert rows["surplus"][3] / M == pytest.approx(max(0.0, brought - 605.0), abs=1e-9) == pytest.approx(owners)


def test_a_mezzanine_has_nothing_where_the_loans_are_not_paid():
    run = run_site(
        PLAN._replace(mezzanine=JuniorDebt(0.1, 5, amount=100.0 * M), tests=(), contracts=priced(0.5, 0.5, 0.1, 0.5)),
        size(PLAN._replace(mezzanine=JuniorDebt(0.1, 5, amount=100.0 * M))),
    )
    assert run.lines["default_recovered"][3] / M == pytest.approx(359.3214)
    assert run.lines["mezzanine_recovered"][3] == run.lines["surplus"][3] == 0.0


def test_property_tax_rent_and_payables_in_one_year_of_cash():
    """1% of 1,000 and of 860; rent of 5, 5.5; a tenth of a year of costs is owed."""
    costs = OperatingCosts(property_tax_share_per_year=0.01, payable_days=36.5)
    run = run_site(PLAN._replace(costs=costs, lease=ShellLease(5.0 * M, 0.08, 0.1)))
    opex = [100.0 + 5.0 + 10.0, 100.0 + 5.5 + 8.6]
    assert in_millions(run.lines["opex"][2:4]) == pytest.approx(opex)
    cash = [438.0 - opex[0] + 0.1 * opex[0], 438.0 - opex[1] + 0.1 * (opex[1] - opex[0])]
    assert in_millions(run.lines["cfads"][2:4]) == pytest.approx(cash)


def test_a_swap_and_two_grades_year_by_year():
    """Base of 4% rising to 6%, at least 5%; margins of 5% on 0.25 and 7% on 0.75; half is swapped at 5.5%."""
    loan = SENIOR._replace(
        rate=None,
        base_rate=Path("by_period", by_period=(0.04, 0.04, 0.045, 0.055, 0.06)),
        floor_per_year=0.05,
        swap_share=0.5,
        swap_fixed_per_year=0.055,
    )
    margins = (GradeMargin("a", "senior", 0.25, 0.05), GradeMargin("b", "senior", 0.75, 0.07))
    run = run_site(PLAN._replace(loans=(loan,), margins=margins, tests=()))
    rates = [max(base, 0.05) + 0.065 + 0.5 * (0.055 - max(base, 0.05)) for base in (0.04, 0.045, 0.055, 0.06)]
    paid = [rate * balance for rate, balance in zip(rates, (600.0, 450.0, 300.0, 150.0), strict=True)]
    assert in_millions(run.lines["interest"][2:6]) == pytest.approx(paid)


def test_a_test_on_the_contracted_share_follows_its_contracts():
    """0.6 of the hall until period 3, 0.3 afterwards: below 0.5 the free cash of period 4 is trapped, to period 5."""
    long, short = LAB._replace(share=0.3), LAB._replace(name="short", share=0.3, tenor=2)
    plan = PLAN._replace(
        contracts=(long, short),
        market=SpotMarket(Path(value=0.5), Path(value=1.0)),
        tests=(CovenantTest("contracted_share", 0.5, "lockup"),),
    )
    rows = run_site(plan).lines
    assert rows["contracted_share"][2:6] == pytest.approx([0.6, 0.6, 0.3, 0.3])
    assert in_millions(rows["trapped_cash"][2:6]) == pytest.approx([0.0, 0.0, 158.0, 0.0])
    assert rows["distribution"][5] / M == pytest.approx(158.0 + 338.0 - 165.0)


def test_offtakers_of_one_name_fail_together_and_are_claimed_each():
    """Take-or-pay of 219 a year each, two years claimed, 40% recovered; receivables of 36.5 days lose 60%."""
    half = LAB._replace(share=0.5, offtaker="lab", recovery_share=0.4, claim_periods=2)
    halves = (half, half._replace(name="other", fails_in=4))
    plan = PLAN._replace(contracts=halves, loans=(), tests=(), costs=OperatingCosts(receivable_days=36.5))
    rows = run_site(plan._replace(owners=plan.owners._replace(walk_away=False))).lines
    assert in_millions(rows["revenue"][3:5]) == pytest.approx([438.0, 0.0])
    assert rows["offtaker_recovery"][4] / M == pytest.approx(0.4 * 2 * 438.0)
    assert rows["bad_debt"][4] / M == pytest.approx(0.6 * 43.8)
    assert rows["cfads"][4] / M == pytest.approx(0.4 * 876.0 - 100.0 + 0.4 * 43.8)


def test_a_facility_for_overruns_is_drawn_when_equity_is_at_its_end():
    """The hall costs 100 more: the facility lends 60, standby 40; in period 2 it takes 15 of principal and 6 of interest."""
    facility = Loan(
        "overruns",
        maturity=5,
        rate=Path(value=0.1),
        amount=60.0 * M,
        repayment="straight_line",
        rank=2,
        draw="after_equity",
    )
    base = PLAN._replace(loans=(SENIOR, facility), funding=Funding(standby=50.0 * M), tests=())
    shell, gpus = base.components
    run = run_site(base._replace(components=(shell._replace(overrun=0.25), gpus)), size(base))
    rows = run.lines
    draws = [rows[f"{name}.draw"][1] for name in ("senior", "overruns")] + [rows["standby_draw"][1]]
    assert in_millions(draws) == pytest.approx([600.0, 60.0, 40.0])
    assert in_millions(rows["net_cash_to_equity"][:3]) == pytest.approx([0.0, -440.0, 338.0 - 210.0 - 21.0])


def test_a_hall_let_by_the_kilowatt_follows_its_first_tenant():
    """A renewal of weight 0.5 on 100,000 kW at 100 a month: 120 a year, then 60."""
    first = OfftakeContract("hall", 1.0, 2, Path(value=100.0), unit="kw_month")
    again = OfftakeContract("again", 1.0, 3, Path(value=100.0), unit="kw_month", follows="hall", renews=0.5)
    plan = PLAN._replace(fleets=(), contracts=(first, again), loans=(), tests=())
    assert in_millions(run_site(plan).lines["revenue"][2:6]) == pytest.approx([120.0, 120.0, 60.0, 60.0])
