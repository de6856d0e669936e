"""Statements add up to the run that they tell of, whatever happens to a site."""

import pytest

from overbuild.site.case.plan import START, CovenantTest, OfftakeContract, Path, Refinancing
from overbuild.site.examples import PLAN
from overbuild.site.parts import balloons_of, contract_years, contracts_of, phase_years, phases_of
from overbuild.site.run import run_site
from overbuild.site.sizing.debt_capacity import debt_capacity
from overbuild.site.sizing.sizing import size
from overbuild.site.statements import FLOWS, calendar_years, headroom, sources_and_uses, support_of
from overbuild.timeline.calendar import Calendar
from tests.site.plans import drawn_plan

M = 1e6
SEEDS = range(3000, 3030)


def calendar(plan):
    p = plan.horizon.periods_per_year
    return Calendar(p, 2027 * p, plan.horizon.periods + 1)


@pytest.fixture(scope="module", params=SEEDS)
def run(request):
    base, stressed = drawn_plan(request.param)
    return run_site(stressed, size(base))


def until_the_outcome(run, name):
    return sum(run.lines[name][: run.last + 1])


def test_sources_are_uses(run):
    funds = list(sources_and_uses(run))
    uses, sources = (one.amount for one in funds if not one.side)
    scale = max(run.sizing.uses, 1.0)
    assert abs(uses - sources) < 1e-9 * scale
    assert uses == pytest.approx(sum(one.amount for one in funds if one.side == "use"))
    assert all(one.amount > -1e-6 * scale for one in funds)


def test_years_add_up_to_the_life(run):
    years = list(calendar_years(run, calendar(run.plan)))
    for name in FLOWS:
        told = sum(one.flows[name] for one in years)
        assert told == pytest.approx(until_the_outcome(run, name), rel=1e-9, abs=1.0)
    assert sum(one.flows["net_cash_to_equity"] for one in years) == pytest.approx(sum(run.equity_cash_flows), abs=1.0)
    covers = [one.least for one in years if one.least is not None]
    assert min(covers, default=None) == run.min_dscr


def test_parts_add_up_to_revenue(run):
    of_phases = sum(one.flows["revenue"] for one in phase_years(run, calendar(run.plan)))
    assert of_phases == pytest.approx(until_the_outcome(run, "revenue"), rel=1e-9, abs=1.0)
    of_contracts = sum(one.flows["revenue"] for one in contract_years(run, calendar(run.plan)))
    assert of_contracts == pytest.approx(until_the_outcome(run, "contract_revenue"), rel=1e-9, abs=1.0)


def test_support_is_the_result_of_that_name(run):
    told = run.values().values["equity_support_total"]
    assert support_of(run).total == pytest.approx(told, rel=1e-9, abs=1.0)


def test_headroom_is_below_nothing_where_a_test_is_breached(run):
    found = {one.covenant: one for one in headroom(run)}
    assert ("Debt service" in found) == (run.min_dscr is not None)
    rows = iter(headroom(run))
    if run.min_dscr is not None:
        assert next(rows).worst == run.min_dscr
    for row, test in enumerate(run.plan.tests, 1):
        counts = run.lines[f"test_{row}.counts"][: run.last + 1]
        if not any(counts):
            continue
        one = next(rows)
        broken = any(run.lines[f"test_{row}.breached"][: run.last + 1])
        assert one.level == test.level
        if one.may_fall is not None and abs(one.may_fall) > 1e-6:
            assert (one.may_fall < 0.0) == broken


def test_a_balloon_is_what_is_lent_and_what_is_short(run):
    told = run.values().values
    for one in balloons_of(run):
        limits = [one.balloon, one.by_cash, *([] if one.by_value is None else [one.by_value])]
        assert one.lent == pytest.approx(min(limits), rel=1e-9, abs=1.0)
        assert one.lent + one.short == pytest.approx(one.balloon)
        assert told[f"loan.{one.loan}.balloon_short"] == pytest.approx(one.short, abs=1.0)


def test_contingency_and_standby_are_shown():
    """A contingency of 20 in the budget of 1,000; the hall costs 40 more, 20 of it standby."""
    funding = PLAN.funding._replace(contingency=20.0 * M, standby=50.0 * M)
    plan = PLAN._replace(funding=funding, tests=())
    dearer = plan._replace(components=(PLAN.components[0]._replace(overrun=0.1), PLAN.components[1]))
    told = {one.item: round(one.amount / M, 9) for one in sources_and_uses(run_site(dearer, size(plan)))}
    assert told == {
        "Capex": 980.0,
        "Contingency, in the budget": 20.0,
        "Overruns beyond the contingency": 20.0,
        "Total uses": 1020.0,
        "Loan senior": 600.0,
        "Equity": 400.0,
        "Standby equity": 20.0,
        "Total sources": 1020.0,
        "Standby equity not drawn": 30.0,
    }
    planned = {one.item: round(one.amount / M, 9) for one in sources_and_uses(run_site(plan))}
    assert planned["Contingency that overruns did not take"] == 20.0


def test_headroom_of_each_kind_of_test():
    """Debt of 450 on (400 * 0.98 + 600 * 0.75) at the end of period 2; cash of 338 ahead, worth 338 * 2.48685."""
    tests = (
        CovenantTest("ltv", 0.9, "lockup"),
        CovenantTest("llcr", 1.2, "report"),
        CovenantTest("dscr_ahead", 1.3, "sweep"),
        CovenantTest("contracted_share", 0.8, "report"),
    )
    found = list(headroom(run_site(PLAN._replace(tests=tests))))[1:]
    assert [one.of for one in found] == ["value", "cash", "cash", "hours"]
    worst = [one.worst for one in found]
    ltv = 450.0 / (400.0 * 0.98 + 600.0 * 0.75)
    llcr = sum(338.0 / 1.1**year for year in (1, 2, 3)) / 450.0
    assert worst == pytest.approx([ltv, llcr, 338.0 / 195.0, 1.0])
    assert [one.place for one in found] == [2, 2, 2, 2]
    falls = [one.may_fall for one in found]
    assert falls == pytest.approx([1.0 - ltv / 0.9, 1.0 - 1.2 / llcr, 1.0 - 1.3 * 195.0 / 338.0, 0.2])


def test_interest_of_a_delay():
    """A year late: interest of 60 falls due in it, standby pays that and the principal of 150."""
    plan = PLAN._replace(funding=PLAN.funding._replace(standby=300.0 * M), tests=())
    late = plan._replace(phases=(plan.phases[0]._replace(delay=1),))
    found = support_of(run_site(late, size(plan)))
    assert (found.standby / M, found.interest_while_late / M) == pytest.approx((210.0, 60.0))


def test_phases_and_contracts_by_year():
    """Half the hall is contracted for two years, then free; the market pays nothing."""
    half = OfftakeContract("half", 0.5, 2, Path("growing", 0.5, growth_per_year=0.1, since=START), take_or_pay=1.0)
    owners = PLAN.owners._replace(walk_away=False)
    run = run_site(PLAN._replace(contracts=(half,), loans=(), tests=(), owners=owners))
    assert phases_of(run)[0].in_service == 2
    assert [(one.begins, one.ends) for one in contracts_of(run)] == [(2, 3)]
    years = list(contract_years(run, calendar(run.plan)))
    assert [(one.year, one.price) for one in years] == [("2029", 0.5), ("2030", pytest.approx(0.55))]
    assert [one.flows["revenue"] / M for one in years] == pytest.approx([219.0, 240.9])
    of_phase = list(phase_years(run, calendar(run.plan)))
    assert [one.flows["revenue"] / M for one in of_phase] == pytest.approx([219.0, 240.9, 0.0, 0.0, 0.0])
    assert of_phase[0].flows["own_cost"] / M == pytest.approx(100.0)


def test_the_balloon_by_cash_and_by_value():
    """Cash carries 2 * 338 / 3, 60% of the value of 392 * 0.98 + 450 * 0.75 more: all of it by cash of 225.333."""
    new = Refinancing(rate=Path(value=0.0), tenor=2, dscr=3.0, ltv=0.6, available=0.9)
    loan = PLAN.loans[0]._replace(maturity=3, balloon_share=0.5, refinancing=new)
    (one,) = balloons_of(run_site(PLAN._replace(loans=(loan,), tests=())))
    value = 0.6 * (400.0 * 0.98**2 + 600.0 * 0.75**2)
    assert (one.place, one.balloon / M) == (3, pytest.approx(300.0))
    assert [one.by_cash / M, one.by_value / M] == pytest.approx([0.9 * 676.0 / 3.0, 0.9 * value])
    assert one.lent / M == pytest.approx(0.9 * 676.0 / 3.0)


def test_debt_capacity():
    """338 a year over four years at 10% and 1.3x; a cap on the share of uses does not count."""
    loan = PLAN.loans[0]._replace(repayment="sculpted", amount=None, dscr=(1.3,), max_debt_share=0.2)
    found = debt_capacity(PLAN._replace(loans=(loan,)))
    worth = sum(338.0 / 1.3 / 1.1**year for year in (1, 2, 3, 4))
    assert (found.amount / M, found.status, found.assumed) == (pytest.approx(worth), "", False)
    assert debt_capacity(PLAN._replace(loans=())).status == "no debt"
    shares = loan._replace(repayment="custom", shares=(0.25,) * 4, dscr=(), amount=600.0 * M, max_debt_share=None)
    assert debt_capacity(PLAN._replace(loans=(shares,))).assumed
    broke = PLAN._replace(loans=(loan._replace(dscr=(0.5,)),))
    assert debt_capacity(broke).amount is None and debt_capacity(broke).status.startswith("debt_exceeds_uses")
