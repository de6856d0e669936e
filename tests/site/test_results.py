"""Results of small sites, worked by hand: 338 of cash a year on USD 1,000m, 600 of it lent at 10% over four years."""

import pytest

from overbuild.errors import WithheldError
from overbuild.money.irr import irr
from overbuild.site.case.plan import (
    Component,
    CovenantTest,
    Cures,
    DebtReserve,
    GpuFleet,
    HoldcoDebt,
    JuniorDebt,
    Path,
    Refinancing,
    ShellLease,
)
from overbuild.site.examples import PLAN
from overbuild.site.identities import IDENTITIES, check_identities
from overbuild.site.results.reported import reported_of
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.plans import drawn_plan

M = 1e6
RUN = run_site(PLAN)


def price(*by_period):
    """The plan with its one price by period."""
    return PLAN._replace(contracts=(PLAN.contracts[0]._replace(price=Path("by_period", by_period=by_period)),))


def ended(plan, sized=PLAN):
    told = run_site(plan, size(sized)).values()
    amount = told.values["outcome_amount"]
    return told.values["outcome"], told.values["outcome_period"], amount and pytest.approx(amount / M)


def test_cover_of_the_loans():
    """Level cash of 338 is worth 338 * 3.169865 up to maturity and 338 * 3.790787 up to the end, of 600 owed."""
    told = RUN.values()
    worth = [sum(338.0 / 1.1**year for year in range(1, years + 1)) / 600.0 for years in (4, 5)]
    assert [told.values["llcr"], told.values["plcr"]] == pytest.approx(worth)
    assert told.values["min_dscr"] == told.values["min_dscr_12m"] == pytest.approx(338.0 / 210.0)
    assert told.values["min_dscr_period"] == "2"
    assert told.values["avg_dscr"] == pytest.approx(sum(338.0 / due for due in (210.0, 195.0, 180.0, 165.0)) / 4.0)
    assert told.values["wal_years"] == pytest.approx(2.5)
    assert (told.values["debt"] / M, told.values["debt_share"], told.values["uses"] / M) == (600.0, 0.6, 1000.0)


def test_a_balloon_is_owed_until_maturity():
    """A quarter after one, two and three years less a balloon of 40%: 120 * (1 + 2 + 3) + 240 * 3 of 600."""
    loan = PLAN.loans[0]._replace(maturity=4, balloon_share=0.4)
    told = run_site(PLAN._replace(loans=(loan,), tests=())).values()
    assert told.values["wal_years"] == pytest.approx((120.0 * 6.0 + 240.0 * 3.0) / 600.0)


def test_what_owners_pay_and_get():
    """400 paid, then 128, 143, 158, 173, 338: back after two years and 129 / 158 of the third."""
    told = RUN.values().values
    flows = [0.0, -400.0, 128.0, 143.0, 158.0, 173.0, 338.0]
    assert told["equity_payback_years"] == pytest.approx(2.0 + 129.0 / 158.0)
    assert told["equity_irr_per_year"] == pytest.approx(irr(flows).per_year)
    totals = [told[f"{name}_total"] / M for name in ("equity_paid_in", "equity_received", "net_cash_to_equity")]
    assert totals == pytest.approx([400.0, 940.0, 540.0])
    assert told["moic"] == pytest.approx(940.0 / 400.0)
    assert told["equity_npv"] / M == pytest.approx(540.0)


def test_the_site_without_debt_pays_tax_without_interest():
    """Tax of 20% on 338 less 200 of depreciation: 310.4 after tax for 1,000, though the run deducts its interest."""
    parts = tuple(one._replace(tax_class="SL5") for one in PLAN.components)
    run = run_site(PLAN._replace(components=parts, tax=PLAN.tax._replace(rate=0.2)))
    assert run.lines["tax"][2] / M == pytest.approx(0.2 * (138.0 - 60.0))
    told = run.values().values
    assert told["project_irr_per_year"] == pytest.approx(irr([0.0, -1000.0, *[310.4] * 5]).per_year)
    assert told["project_irr_pre_tax_per_year"] == pytest.approx(irr([0.0, -1000.0, *[338.0] * 5]).per_year)
    assert told["project_payback_years"] == pytest.approx(1000.0 / 310.4)


def test_the_site_without_debt_outlives_a_default():
    run = run_site(price(0.5, 0.5, 0.1, 0.5), size(PLAN))
    assert run.outcome == "payment"
    flows = [0.0, -1000.0, 338.0, -12.4, 338.0, 338.0, 338.0]
    assert run.values().values["project_irr_per_year"] == pytest.approx(irr(flows).per_year)


@pytest.mark.parametrize("seed", range(4000, 4012))
def test_the_site_without_debt_does_not_know_how_it_is_financed(seed):
    plan, _ = drawn_plan(seed)
    fleets = tuple(one for one in plan.fleets if one.at is None)
    bought = {one.component for one in plan.fleets} - {one.component for one in fleets}
    parts = tuple(one for one in plan.components if one.name not in bought)
    lent = plan._replace(fleets=fleets, components=parts, loans=tuple(_on(one, parts) for one in plan.loans))
    alone = lent._replace(
        loans=(),
        margins=(),
        mezzanine=None,
        prepayment=None,
        reserve=DebtReserve(),
        tests=(),
        cures=Cures(),
        sweep_always=0.0,
    )
    with_debt, without = run_site(lent).returns, run_site(alone).returns
    assert with_debt.project_irr == without.project_irr
    assert with_debt.project_irr_pre_tax == without.project_irr_pre_tax
    assert with_debt.project_payback == without.project_payback


def _on(loan, parts):
    names = {one.name for one in parts}
    held = loan.collateral and tuple(name for name in loan.collateral if name in names)
    return loan._replace(collateral=held, advances_on=tuple(name for name in loan.advances_on if name in names))


def later(cost):
    """The plan with GPUs for `cost` that replace the first at the end of period 4."""
    chips = Component("next", cost * M, 5.0, "SL5")
    fleets = (*PLAN.fleets, GpuFleet("second", "next", kw_per_gpu=1.0, performance=2.0, at=4))
    market = PLAN.market._replace(price=Path(value=0.1), utilisation=Path(value=1.0))
    return PLAN._replace(components=(*PLAN.components, chips), fleets=fleets, market=market)


def test_fleets_are_those_of_the_run_whatever_cash_there_is_without_debt():
    """After 180 of debt service 158 is left: 150 is paid, 200 is not, though the site without debt has 338."""
    bought, kept = run_site(later(150.0)), run_site(later(200.0))
    upkeep = later(200.0)._replace(costs=PLAN.costs._replace(maintenance_share_per_year=0.1))
    dear = tuple(one._replace(maintained=True) for one in upkeep.components)
    kept_up = run_site(upkeep._replace(components=dear))
    assert kept_up.returns.project_irr.per_year == pytest.approx(irr([0.0, -1000.0, *[238.0] * 5]).per_year)
    assert (bought.lines["second.funded"][4], kept.lines["second.funded"][4]) == (1.0, 0.0)
    more = 0.5 * 100e3 * 8760 / M
    paid = [0.0, -1000.0, 338.0, 338.0, 338.0 - 150.0, 338.0 + more, 338.0 + more]
    assert bought.returns.project_irr.per_year == pytest.approx(irr(paid).per_year)
    assert kept.returns.project_irr.per_year == pytest.approx(irr([0.0, -1000.0, *[338.0] * 5]).per_year)


def test_how_a_site_ends():
    """The word, the period, and what was missing in it."""
    assert ended(price(0.5, 0.5, 0.1, 0.5)) == ("payment", "3", 195.0 + 12.4)
    strict = PLAN._replace(tests=(CovenantTest("dscr_12m", 2.0, "default"),))
    assert ended(strict) == ("covenant", "2", 2.0 * 210.0 - 338.0)
    dearer = PLAN._replace(components=(PLAN.components[0]._replace(overrun=0.1), PLAN.components[1]))
    assert ended(dearer) == ("unfunded", "1", 40.0)
    bare = price(0.5, 0.5, 0.0, 0.5)._replace(loans=(), tests=())
    poor = bare._replace(owners=bare.owners._replace(support=50.0 * M))
    assert ended(poor, bare) == ("closed", "3", 100.0)
    told = RUN.values()
    words = ("outcome", "outcome_period", "outcome_amount")
    assert [told.values[word] for word in words] == [None, None, None]
    assert {told.status[word] for word in words} == {"the site runs to its end"}
    assert told.status["lgd"] == "no default"


def test_a_closing_is_no_default():
    bare = price(0.5, 0.5, 0.0, 0.5)._replace(loans=(), tests=())
    told = run_site(bare._replace(owners=bare.owners._replace(support=0.0)), size(bare)).values()
    assert (told.values["outcome"], told.values["lgd"]) == ("closed", None)
    assert told.status["llcr"] == "no debt"


def refinanced(dscr):
    new = Refinancing(rate=Path(value=0.0), tenor=2, dscr=dscr)
    loan = PLAN.loans[0]._replace(maturity=3, balloon_share=0.5, refinancing=new)
    return run_site(PLAN._replace(loans=(loan,), tests=()))


def test_a_balloon_that_is_not_refinanced_is_a_default_at_maturity():
    """Cash of 338 carries 338 / 6 a year, twice: 112.667 of 300; 143 is left after debt service."""
    told = refinanced(6.0).values()
    assert (told.values["outcome"], told.values["outcome_period"]) == ("maturity", "3")
    assert told.values["outcome_amount"] / M == pytest.approx(300.0 - 338.0 / 3.0 - 143.0)
    assert told.values["loan.senior.refinanced_share"] == pytest.approx(338.0 / 900.0)
    assert told.values["loan.senior.balloon_short"] / M == pytest.approx(300.0 - 338.0 / 3.0)
    assert told.status["llcr"].startswith("the loan does not live to its maturity")


def test_a_loan_that_refinances_another_has_results_of_its_own():
    """The new loan lends 225.333 and asks 112.667 a year of 338; LLCR looks to its maturity in period 5."""
    told = refinanced(3.0).values()
    assert told.values["tranche.senior.new.debt"] / M == pytest.approx(676.0 / 3.0)
    assert told.values["tranche.senior.new.dscr"] == pytest.approx(3.0)
    assert told.values["tranche.senior.dscr"] == pytest.approx(338.0 / 210.0)
    worth = [sum(338.0 / 1.1**year for year in range(1, years + 1)) / 600.0 for years in (2, 4)]
    assert [told.values["tranche.senior.llcr"], told.values["llcr"]] == pytest.approx(worth)
    assert "tranche.senior.new.llcr" not in told.values


def test_a_balloon_that_never_falls_due_has_no_share():
    new = Refinancing(rate=Path(value=0.0), tenor=2, dscr=3.0)
    loan = PLAN.loans[0]._replace(maturity=4, balloon_share=0.5, refinancing=new)
    base = PLAN._replace(loans=(loan,), tests=())
    told = run_site(base._replace(contracts=price(0.5, 0.0).contracts), size(base)).values()
    assert told.values["outcome"] == "payment"
    assert told.status["loan.senior.refinanced_share"] == "no balloon falls due"


def test_cash_is_discounted_at_the_rates_that_a_loan_pays():
    """10% in period 2, 20% in period 3, the last of the loan: 338 / 1.1 + 338 / (1.1 * 1.2) of 300."""
    rates = Path("by_period", by_period=(0.1, 0.1, 0.2))
    loan = PLAN.loans[0]._replace(amount=300.0 * M, maturity=3, rate=None, base_rate=rates, margin_per_year=0.0)
    told = run_site(PLAN._replace(loans=(loan,), tests=())).values().values
    assert told["llcr"] == told["tranche.senior.llcr"] == pytest.approx((338.0 / 1.1 + 338.0 / 1.32) / 300.0)


def test_loans_by_rank():
    """A: 300 in rank 1, B and C: 200 and 100 in rank 2, all at 10% over four years; due in period 2: 105, 70, 35."""
    one = PLAN.loans[0]
    loans = tuple(
        one._replace(name=name, amount=amount * M, rank=rank)
        for name, amount, rank in (("a", 300.0, 1), ("b", 200.0, 2), ("c", 100.0, 2))
    )
    told = run_site(PLAN._replace(loans=loans, tests=())).values().values
    assert told["tranche.a.dscr"] == told["tranche.a.rank_dscr"] == pytest.approx(338.0 / 105.0)
    assert told["tranche.b.dscr"] == pytest.approx((338.0 - 105.0) / 70.0)
    assert told["tranche.c.dscr"] == pytest.approx((338.0 - 105.0) / 35.0)
    assert told["tranche.b.rank_dscr"] == told["tranche.c.rank_dscr"] == pytest.approx((338.0 - 105.0) / 105.0)
    before = [(300.0 - 75.0 * year) * 0.1 + 75.0 for year in range(4)]
    worth = sum((338.0 - due) / 1.1 ** (year + 1) for year, due in enumerate(before))
    assert told["tranche.b.llcr"] == pytest.approx(worth / 200.0)


def test_the_mezzanine_as_a_loan():
    """100 at 8% cash and 2% PIK, due in period 6: cash after senior service is 128 in period 2, 8 is asked."""
    plan = PLAN._replace(mezzanine=JuniorDebt(0.08, 6, 0.02, amount=100.0 * M), tests=())
    run = run_site(plan)
    told = run.values().values
    assert told["tranche.mezzanine.debt"] / M == pytest.approx(100.0)
    owed = 100.0 * 1.02**4
    assert told["tranche.mezzanine.dscr"] == pytest.approx(338.0 / (owed * (0.08 + 1.02)))
    after = (128.0, 143.0, 158.0, 173.0, 338.0)
    assert told["tranche.mezzanine.llcr"] == pytest.approx(sum(c / 1.1 ** (y + 1) for y, c in enumerate(after)) / 100.0)
    hard = price(0.5, 0.5, 0.1, 0.5)._replace(mezzanine=plan.mezzanine, tests=())
    failed = run_site(hard, size(plan)).values()
    assert failed.values["tranche.mezzanine.lgd"] == 1.0
    assert 0.0 < failed.values["tranche.senior.lgd"] == pytest.approx(failed.values["lgd"])


def test_support_is_what_owners_pay_beyond_the_budget():
    plan = price(0.5, 0.5, 0.25, 0.5)._replace(tests=(), cures=Cures(1))
    run = run_site(plan._replace(owners=plan.owners._replace(walk_away=False)), size(PLAN))
    told = run.values().values
    assert [told[name] / M for name in ("cures_paid", "equity_support_total")] == pytest.approx([76.0, 76.0])
    assert told["equity_paid_in_total"] / M == pytest.approx(476.0)
    standing = PLAN._replace(funding=PLAN.funding._replace(standby=300.0 * M), tests=())
    late = standing._replace(phases=(standing.phases[0]._replace(delay=1),))
    told = run_site(late, size(standing)).values().values
    assert told["standby_used"] == told["equity_support_total"] == pytest.approx(210.0 * M)


def test_a_lease_is_debt_in_all_but_name():
    """Rent of 5 that grows by 10% a year, at 8%; a level rent of equal value is worth 90% of a hall for 27, not for 30."""
    liability = sum(5.0 * 1.1**year / 1.08 ** (year + 1) for year in range(5))
    lease = ShellLease(5.0 * M, 0.08, 0.1, fair_value=27.0 * M, economic_life_years=30.0)
    told = run_site(PLAN._replace(lease=lease)).values()
    assert told.values["lease_liability"] / M == pytest.approx(liability)
    assert told.values["debt_with_leases"] / M == pytest.approx(600.0 + liability)
    assert told.values["lease_class"] == ("finance" if liability >= 0.9 * 27.0 else "operating")
    cheap = run_site(PLAN._replace(lease=lease._replace(fair_value=30.0 * M))).values()
    assert cheap.values["lease_class"] == "operating"
    silent = run_site(PLAN._replace(lease=lease._replace(fair_value=None))).values()
    assert silent.values["lease_class"] is None and "fair_value" in silent.status["lease_class"]


def test_the_holding_company_is_paid_from_what_owners_get():
    """200 at 10% in two level payments of 115.238 from period 2, out of 128 and 143. A default in period 3 pays nothing."""
    plan, level = PLAN._replace(holdco=HoldcoDebt(200.0 * M, 0.1, 2)), 200.0 * 1.21 * 0.1 / 0.21
    run = run_site(plan)
    rows = run.rows["holdco"]
    assert [paid / M for paid in rows["holdco.paid"]] == pytest.approx([0.0, 0.0, level, level, 0.0, 0.0, 0.0])
    told = run.values().values
    assert (told["tranche.holdco.debt"] / M, told["tranche.holdco.dscr"]) == pytest.approx((200.0, 128.0 / level))
    assert rows["holdco.to_owners"][1] / M == pytest.approx(-400.0)
    hard = run_site(price(0.5, 0.5, 0.1, 0.5)._replace(holdco=plan.holdco), size(plan)).rows["holdco"]
    left = 220.0 - level
    assert [owed / M for owed in hard["holdco.balance"][1:5]] == pytest.approx([200.0, left, left * 1.1, left * 1.21])


def test_every_reported_result_is_told_or_says_why_it_is_not():
    plan = PLAN._replace(mezzanine=JuniorDebt(0.08, 6, amount=50.0 * M), holdco=HoldcoDebt(50.0 * M, 0.1, 2))
    told = run_site(plan).values()
    assert list(told.values) == [one.id for one in reported_of(plan)]
    assert {name for name, value in told.values.items() if value is None} <= set(told.status)


@pytest.mark.parametrize("gap", IDENTITIES)
def test_an_answer_is_withheld_where_an_identity_breaks(gap):
    check_identities(RUN.lines)
    row = [*RUN.lines[gap][:-1], 1.01]
    with pytest.raises(WithheldError, match=IDENTITIES[gap]):
        check_identities({**RUN.lines, gap: row})
    check_identities({**RUN.lines, gap: [*row[:-1], 0.99]})
