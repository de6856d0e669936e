"""The owners' account: rates of return with several roots, payback, both sides of their cash, lenders that pay in."""

from pathlib import Path

import pytest

from overbuild.site.case.plan import Cures, Owners
from overbuild.site.case_run import run_case
from overbuild.site.examples import PLAN, SIZING
from overbuild.site.run import run_site
from tests.site.plans import drawn_plan

HERE = Path(__file__).parent
PRESETS = sorted((HERE.parents[1] / "src" / "overbuild" / "world" / "presets" / "sites").glob("*.yaml"))
LATE, PAYS_IN, GIGAWATT = (HERE / f"{name}.yaml" for name in ("late-negative-flow", "lenders-pay-in", "one-gigawatt"))

RATE = 1.747859332861742
"""Flows of -1000, six times 1752, -48 are worth nothing at it, and at -0.97333."""


@pytest.mark.parametrize("name", ["equity_irr_per_year", "project_irr_per_year", "project_irr_pre_tax_per_year"])
def test_where_the_last_flow_is_below_nothing_the_rate_is_said_with_the_other(name):
    told = run_case(LATE).results
    assert told.values[name] == pytest.approx(RATE, rel=1e-12)
    assert "change sign 2 times" in told.status[name] and "-97.3%" in told.status[name]


def test_a_gigawatt_is_paid_back_in_the_fifth_year():
    """30bn less than 7,739.008m of EBITDA less 395.85m of tax a year: 4.085 years."""
    found = run_case(GIGAWATT).results.values
    assert found["project_payback_years"] == pytest.approx(30000.0 / (7739.008 - 395.8512), rel=1e-9)
    assert found["equity_payback_years"] == pytest.approx(4.0854, abs=5e-5)


def test_what_is_not_paid_back_says_so():
    told = run_case(GIGAWATT, sets=["market.price_per_gpu_hour=0.5"]).results
    for name in ("project_payback_years", "equity_payback_years"):
        assert told.values[name] is None and told.status[name] == "not paid back within the life"


def test_payback_counts_from_opening_in_years_whatever_the_periods():
    case = run_case(PRESETS[-1])
    run, years = case.run, case.results.values["equity_payback_years"]
    assert run.plan.horizon.periods_per_year == 4
    flows, opening = run.lines["net_cash_to_equity"], run.plan.phases[0].cod + 1
    periods = years * 4
    whole = int(periods)
    before = sum(flows[: opening + whole])
    assert before + (periods - whole) * flows[opening + whole] == pytest.approx(0.0, abs=1.0)


@pytest.mark.parametrize("seed", range(4000, 4012))
def test_both_sides_of_the_owners_cash_add_up(seed):
    base, stressed = drawn_plan(seed)
    run = run_site(stressed, run_site(base).sizing)
    sides = (run.lines[name] for name in ("equity_received", "equity_paid_in", "net_cash_to_equity"))
    for received, paid, net in zip(*sides, strict=True):
        assert received - paid == net and paid >= 0.0
    found = run.values().values
    for name in ("equity_paid_in", "equity_received", "net_cash_to_equity", "equity_support"):
        assert found[f"{name}_total"] == pytest.approx(sum(run.lines[name]), rel=1e-12, abs=1e-6)


def test_support_is_what_owners_pay_beyond_the_budget():
    """In period 3 cash of 119 lacks 76 of what is due; a standby pays 210 of a year's delay."""
    assert run_site(PLAN).values().values["equity_support_total"] == 0.0
    poor = PLAN.contracts[0]._replace(
        price=PLAN.contracts[0].price._replace(kind="by_period", by_period=(0.5, 0.5, 0.25, 0.5))
    )
    cured = PLAN._replace(contracts=(poor,), tests=(), cures=Cures(1), owners=Owners(walk_away=False))
    found = run_site(cured, SIZING).values().values
    assert found["equity_support_total"] == found["cures_paid"] == pytest.approx(76e6)
    late = PLAN._replace(
        phases=(PLAN.phases[0]._replace(delay=1),), funding=PLAN.funding._replace(standby=300e6), tests=()
    )
    found = run_site(late, SIZING._replace(plan=late)).values().values
    assert found["equity_support_total"] == found["standby_used"] == pytest.approx(210e6)


def test_lenders_that_pay_in_are_owed_nothing():
    """630m drawn: 2028 asks 37.8m of interest less 42m of principal added, so the lender pays 4.2m in."""
    run = run_case(PAYS_IN, (), ("components.it.cost=900e6",)).run
    lines = run.lines
    assert run.outcome is None and run.values().values["lgd"] is None
    assert lines["debt_service"][2] == pytest.approx(-4.2e6)
    assert lines["dsra_draw"][2] == lines["shortfall"][2] == lines["equity_support"][2] == 0.0
    assert lines["net_cash_to_equity"][2] <= 4.2e6 * (1 + 1e-9)
    assert [one / 1e6 for one in lines["debt_service"][3:6]] == pytest.approx([80.402, 94.502, 108.602], abs=5e-4)
    assert run.min_dscr == pytest.approx(1.467, abs=5e-4)


@pytest.mark.parametrize("shock", [f"components.it.cost={share * 1e9}" for share in (0.3, 0.8, 0.99, 0.9999999)])
def test_cheaper_gpus_never_turn_a_paying_case_into_a_default(shock):
    assert run_case(PAYS_IN, (), (shock,)).run.outcome is None


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.0599999999])
def test_a_lower_rate_never_turns_a_paying_case_into_a_default(rate):
    assert run_case(PAYS_IN, (), (f"loans.senior.rate_per_year={rate}",)).run.outcome is None


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_a_shipped_site_has_one_rate_or_says_that_it_has_none(path):
    """However often the flows change sign: of the presets none has a second root that would need a choice."""
    case = run_case(path)
    found, told = case.run.equity_irr, case.results
    assert told.values["equity_irr_per_year"] == found.per_year
    assert (found.per_year is None) == (found.roots == ()) or len(found.roots) == 1
