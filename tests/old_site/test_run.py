"""Whole sites: the numbers of the golden cases, entered here in USD million, and what happens in them."""

import pytest

from overbuild.errors import WithheldError
from overbuild.old_site.case.plan import Component, Costs, Loan, Market, Owners, Site, SitePlan, Tax
from overbuild.old_site.identities import check_identities
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE, FAILED, STRESSED, M

SIZING = size(BASE)


def test_the_base_case_is_sized_to_its_cover():
    assert SIZING.debt == pytest.approx(2584.6419600005256 * M, rel=1e-10)
    assert SIZING.uses == pytest.approx(4254.08878307857 * M, rel=1e-10)
    assert SIZING.initial_dsra == pytest.approx(632.7817848805865 * M, rel=1e-10)
    assert SIZING.financing_cost == pytest.approx(121.30699819798248 * M, rel=1e-10)
    assert SIZING.uses_by_period == pytest.approx(
        [51.69283920001051 * M, 511.9758789121912 * M, 3690.4200649663676 * M], rel=1e-10
    )
    assert SIZING.passes < 20


def test_the_base_case_pays_everybody():
    run = run_site(BASE, SIZING)
    found = run.results
    assert run.operating["dscr"][:6] == pytest.approx([1.4] * 5 + [1.8], abs=1e-9)
    assert found.min_dscr == pytest.approx(1.4, abs=1e-9)
    assert found.avg_dscr == pytest.approx(1.466666666666469, abs=1e-9)
    assert found.llcr == pytest.approx(1.4414209619055747, abs=1e-9)
    assert found.plcr == pytest.approx(1.838490822932105, abs=1e-9)
    assert found.wal_years == pytest.approx(3.4565808264742413, abs=1e-9)
    assert found.equity_npv == pytest.approx(393.24030698891187 * M, rel=1e-9)
    assert found.moic == pytest.approx(2.4304294153768433, rel=1e-9)
    assert run.equity_irr.per_year == pytest.approx(0.17702493056383295, abs=1e-9)
    assert run.project_irr_pre_tax.per_year == pytest.approx(0.20873847226547726, abs=1e-9)
    assert run.project_irr_post_tax.per_year == pytest.approx(0.1624868245333091, abs=1e-9)
    assert run.defaulted_in is None
    flows = [-20.28600026440677, -200.91647074747033, -1448.244352066167, 93.17424082663626, 660.8590844787843]
    assert run.equity_cash_flows[:5] == pytest.approx([flow * M for flow in flows], rel=1e-9)


def test_under_stress_reserve_and_sweep_keep_the_loan_alive():
    run = run_site(STRESSED, SIZING)
    assert run.results.min_dscr == pytest.approx(1.0381821995476175, abs=1e-9)
    assert run.min_dscr_period == 4
    assert run.equity_irr.per_year == pytest.approx(-0.018315737279088085, abs=1e-9)
    assert run.operating["sweep"][1] == pytest.approx(429.1383 * M, rel=1e-6)
    assert run.operating["distribution"][:4] == pytest.approx([0.0] * 4, abs=1e-3)
    assert run.defaulted_in is None


def test_when_the_offtaker_fails_the_refresh_breaks_the_site():
    run = run_site(FAILED, SIZING)
    rows = run.operating
    assert run.defaulted_in == 5
    assert rows["dsra_draw"][2:4] == pytest.approx([27.782437736898146 * M, 386.0249368326279 * M], rel=1e-9)
    assert rows["default_claim"][4] == pytest.approx(1011.4547353737632 * M, rel=1e-9)
    assert rows["collateral_net"][4] == pytest.approx(139.70540760368667 * M, rel=1e-9)
    assert rows["default_cash"][4] == pytest.approx(2.7530522429262874 * M, rel=1e-8)
    assert run.results.loss_given_default == pytest.approx(0.8591548836894117, abs=1e-9)
    assert run.results.min_dscr == pytest.approx(-0.44328974223176176, abs=1e-9)
    assert run.results.covered_periods == 5
    assert run.equity_irr.per_year == pytest.approx(-0.33727886597977375, abs=1e-9)
    assert rows["alive"] == [1.0] * 5 + [0.0] * 3
    assert run.equity_cash_flows[7:] == (0.0,) * 4


def test_a_power_plant_financed_as_a_site_gives_what_a_published_program_gives():
    """NREL PySAM 7.1.1 Singleowner: losses refunded at once, fee outside the depreciable basis."""
    plan = SitePlan(
        Site(100.0, 1.0, 0, 12),
        (Component("plant", 205e6, (1.0,), 12.0, "MACRS5"),),
        Market(0.08, 0.0, (0.8,) * 12),
        costs=Costs(staff_per_year=12e6),
        tax=Tax(0.21, loss_use="immediate", financing_cost_in_basis=False),
        loans=(Loan("senior", 0.08, 8, target_dscr=(1.4,) * 8, upfront_fee_share=0.02, sized_on="pre_tax"),),
        owners=Owners(0.08),
    )
    run = run_site(plan)
    assert run.sizing.debt == pytest.approx(180871356.01165113, rel=1e-12)
    assert run.results.equity == pytest.approx(27746071.1085819, rel=1e-12)
    assert run.results.equity_npv == pytest.approx(100176664.36712062, rel=1e-12)
    assert run.equity_cash_flows[1:4] == pytest.approx((14984913.06671, 19865236.1691897, 14046305.1198677), rel=1e-12)
    assert run.equity_irr.per_year == pytest.approx(0.5350183720011572, abs=1e-12)


def test_an_answer_whose_books_do_not_close_is_withheld():
    built = {"uses_of_funds": [100.0], "funding_gap": [0.0]}
    rows = {"total_assets": [100.0, 90.0], "alive": [1.0, 1.0], "balance_gap": [0.0, 1e-6], "cash_gap": [0.0, 0.0]}
    with pytest.raises(WithheldError, match="balance_sheet_closes, operating period 2"):
        check_identities(BASE, built, rows)
    with pytest.raises(WithheldError, match="sources_equal_uses, construction period 0"):
        check_identities(BASE, {**built, "funding_gap": [-1.0]}, rows)
    check_identities(BASE, built, {**rows, "alive": [1.0, 0.0]})


def test_a_site_without_debt_is_paid_by_its_owners():
    run = run_site(BASE._replace(loans=(), reserves=BASE.reserves._replace(dsra_periods=0)))
    assert run.results.debt == 0.0
    assert run.results.covered_periods == 0
    assert run.min_dscr_period is None
    assert run.equity_cash_flows[1] == pytest.approx(-490 * M)
    assert run.results.uses == pytest.approx(3500 * M)
