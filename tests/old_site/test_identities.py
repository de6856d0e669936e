"""What must hold for any site: books close, cash conserves, money scales, cover falls with the price."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overbuild.old_site.case.plan import OfftakerDefault
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE, FAILED, STRESSED, assert_books_close, random_plans, sized_then_run, split


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(random_plans(), st.floats(0.2, 1.5), st.integers(0, 6), st.integers(0, 3))
def test_books_close_and_cash_conserves_for_any_plan_and_any_departure_from_it(plan, price, dsra_periods, fails):
    plan = plan._replace(reserves=plan.reserves._replace(dsra_periods=dsra_periods if plan.loans else 0))
    failure = OfftakerDefault(fails, 0.3, 2) if fails and plan.offtake else None
    run = sized_then_run(
        plan, price, {"debt_exceeds_uses", "infeasible_gearing", "no_convergence"}, offtaker_default=failure
    )
    assert_books_close(run)
    assert min(run.operating["debt_balance"], default=0.0) >= -1e-6 * run.results.uses
    assert min(run.operating["dsra_balance"]) >= 0.0
    assert min(run.operating["distribution"]) >= -1e-9 * run.results.uses


@pytest.mark.parametrize("plan", [BASE, STRESSED, FAILED], ids=["base", "stressed", "failed"])
def test_the_balance_sheet_closes_to_a_billionth_of_its_assets(plan):
    run = run_site(plan, size(BASE))
    for gap, assets, alive in zip(*(run.operating[n] for n in ("balance_gap", "total_assets", "alive")), strict=True):
        assert abs(gap) <= 1e-9 * assets + 1e-5 * (assets == 0.0) or alive == 0.0


def money_scaled(plan, k):
    return plan._replace(
        site=plan.site._replace(
            terminal_proceeds=plan.site.terminal_proceeds * k, decommissioning=plan.site.decommissioning * k
        ),
        components=tuple(component._replace(cost=component.cost * k) for component in plan.components),
        market=plan.market._replace(price_per_gpu_hour=plan.market.price_per_gpu_hour * k),
        offtake=plan.offtake._replace(price_per_gpu_hour=plan.offtake.price_per_gpu_hour * k),
        power=plan.power._replace(price_per_mwh=plan.power.price_per_mwh * k),
        costs=plan.costs._replace(staff_per_year=plan.costs.staff_per_year * k),
        refresh=plan.refresh._replace(cost=plan.refresh.cost * k, old_it_proceeds=plan.refresh.old_it_proceeds * k),
    )


@pytest.mark.parametrize("k", [1e-3, 7.3])
def test_scaling_money_scales_money_and_leaves_ratios(k):
    sizing, scaled_sizing = size(BASE), size(money_scaled(BASE, k))
    run, scaled = run_site(STRESSED, sizing), run_site(money_scaled(STRESSED, k), scaled_sizing)
    for name in ("debt", "uses", "equity", "equity_npv"):
        assert getattr(scaled.results, name) == pytest.approx(k * getattr(run.results, name), rel=1e-9)
    for name in ("min_dscr", "avg_dscr", "llcr", "plcr", "wal_years", "moic"):
        assert getattr(scaled.results, name) == pytest.approx(getattr(run.results, name), rel=1e-9)
    assert scaled.equity_irr.per_year == pytest.approx(run.equity_irr.per_year, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.3, 1.0), st.floats(0.3, 1.0))
def test_cover_falls_when_the_price_falls(one, other):
    sizing = size(BASE)
    low, high = sorted((one, other))
    runs = [
        run_site(BASE._replace(market=BASE.market._replace(price_per_gpu_hour=2.3 * factor)), sizing)
        for factor in (low, high)
    ]
    assert runs[0].results.min_dscr <= runs[1].results.min_dscr + 1e-9


def test_sculpted_to_one_cover_the_loan_life_cover_is_that_cover():
    loan = BASE.loans[0]._replace(target_dscr=(1.5,) * 6)
    run = run_site(BASE._replace(loans=(loan,)))
    assert run.results.llcr == pytest.approx(1.5, abs=1e-9)
    assert run.operating["debt_balance"][5:] == [0.0, 0.0, 0.0]


def test_the_cap_on_debt_scales_the_whole_debt_service():
    capped = BASE.loans[0]._replace(max_debt_share=0.5)
    sizing = size(BASE._replace(loans=(capped,)))
    assert sizing.debt == pytest.approx(0.5 * sizing.uses, rel=1e-10)
    assert sizing.loans[0].scale < 1.0
    run = run_site(BASE._replace(loans=(capped,)), sizing)
    assert run.operating["dscr"][:5] == pytest.approx([1.4 / sizing.loans[0].scale] * 5, rel=1e-8)


@pytest.mark.parametrize("p", [2, 4, 12])
def test_a_site_in_shorter_periods_closes_its_books_and_keeps_its_cover(p):
    plan = BASE._replace(costs=BASE.costs._replace(receivable_days=0.0, payable_days=0.0))
    run = run_site(split(plan, p))
    assert run.results.min_dscr == pytest.approx(1.4, abs=1e-8)
    assert len(run.operating["cfads"]) == 8 * p
    assert 2.5 < run.results.wal_years < 3.5
    assert run.defaulted_in is None


def test_splitting_periods_converges():
    """Each halving moves the answer less than the one before."""
    plan = BASE._replace(costs=BASE.costs._replace(receivable_days=0.0, payable_days=0.0))
    plan = plan._replace(reserves=plan.reserves._replace(dsra_periods=0))
    debts = [size(split(plan, p)).debt for p in (1, 2, 4)]
    assert 0.0 < abs(debts[2] - debts[1]) < abs(debts[1] - debts[0]) < 0.05 * debts[0]


@pytest.mark.parametrize("p", [2, 4, 12])
def test_splitting_changes_nothing_that_is_linear_in_time(p):
    still = BASE._replace(
        site=BASE.site._replace(attrition_per_year=0.0),
        market=BASE.market._replace(decline_per_year=0.0),
        costs=BASE.costs._replace(property_tax_share_per_year=0.0),
    )
    bare = {"loans": (), "reserves": BASE.reserves._replace(dsra_periods=0)}
    whole, parts = run_site(still._replace(**bare)), run_site(split(still, p)._replace(**bare))
    for name in ("revenue", "opex", "ebitda", "book_depreciation", "tax_depreciation"):
        for year in range(8):
            of_year = sum(parts.operating[name][year * p : (year + 1) * p])
            assert of_year == pytest.approx(whole.operating[name][year], rel=1e-12), (name, year)
