"""New GPUs that come only where they are paid, and a hall that is let after them."""

import pytest

from overbuild.site.case.plan import Component, GpuFleet, OfftakeContract, OperatingCosts, Path
from overbuild.site.case.read import read_site_case
from overbuild.site.examples import PLAN
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size

M = 1e6
AT = 4
NEW = Component("new_it", 500.0 * M, 5.0, "MACRS5", liquidation_share=0.5, decay_per_year=0.25)
SECOND = GpuFleet("second", "new_it", 1.0, performance=2.0, at=AT, proceeds=40.0 * M, reserve_periods=2)
"""At the end of period 4 new GPUs of 500 replace the old ones, which bring 40; two periods save for them."""


def renewed(cost=500.0, **changes):
    """The hall of the examples: 338 a year before debt service of 210, 195, 180, 165; new GPUs yield twice as much."""
    new = NEW._replace(cost=cost * M)
    return PLAN._replace(
        components=(*PLAN.components, new), fleets=(*PLAN.fleets, SECOND._replace(**changes)), tests=()
    )


def millions(row):
    return [entry / M for entry in row]


def test_saving_comes_after_debt_service_and_cash_after_it_buys():
    """128 is saved, as nothing more is left; then 143; 158 in period 4: 271 + 158 less 460 lacks 31."""
    lines = run_site(renewed()).lines
    assert millions(lines["fleet_reserve_balance"][2:5]) == pytest.approx([128.0, 271.0, 0.0])
    assert lines["second.funded"][AT] == 0.0
    bought = run_site(renewed(460.0)).lines
    assert bought["second.funded"][AT] == 1.0
    assert millions(bought["distribution"][4:5]) == pytest.approx([271.0 + 158.0 - 420.0])
    assert millions(bought["cfads"]) == pytest.approx([*millions(lines["cfads"][:5]), 776.0, 776.0])


@pytest.mark.parametrize(("cost", "comes"), [(468.9, 1.0), (469.0, 1.0), (469.1, 0.0)])
def test_they_come_where_reserve_and_cash_after_debt_service_pay_them(cost, comes):
    assert run_site(renewed(cost)).lines["second.funded"][AT] == comes


def test_those_that_do_not_come_leave_the_site_as_it_was():
    skipped, without = run_site(renewed(9000.0, reserve_periods=0)), run_site(PLAN._replace(tests=()))
    for name in ("cfads", "distribution", "it.book_value", "debt_balance", "collateral_value", "net_cash_to_equity"):
        assert skipped.lines[name] == without.lines[name], name
    assert skipped.lines["new_it.book_value"] == [0.0] * 7


def test_what_was_saved_comes_back():
    run, without = run_site(renewed()), run_site(PLAN._replace(tests=()))
    assert sum(run.lines["net_cash_to_equity"]) == pytest.approx(sum(without.lines["net_cash_to_equity"]))
    assert millions(run.lines["distribution"][2:6]) == pytest.approx([0.0, 0.0, 158.0 + 271.0, 173.0])


def test_owners_pay_what_they_promise_and_debt_service_does_not_feel_it():
    """460 less 271 saved and 158 of the period: 31 by the owners, who get nothing of the period."""
    run = run_site(renewed(owners_pay_all=True))
    assert run.lines["second.funded"][AT] == 1.0
    assert run.lines["paid_by_owners"][AT] / M == pytest.approx(31.0)
    assert run.lines["net_cash_to_equity"][AT] / M == pytest.approx(-31.0)
    assert run.lines["dscr"][AT] == pytest.approx(338.0 / 180.0)


def test_old_gpus_leave_both_books_and_new_ones_enter():
    lines = run_site(renewed(460.0)).lines
    assert millions(lines["it.book_value"]) == pytest.approx([0.0, 600.0, 480.0, 360.0, 0.0, 0.0, 0.0])
    assert millions(lines["new_it.book_value"]) == pytest.approx([0.0] * 4 + [460.0, 368.0, 0.0])


def test_new_gpus_are_collateral_at_once():
    """In period 5 nothing is earned; the loan holds shell and new GPUs a year old: 40% and 25% of decay, 10% of costs."""
    plan = renewed(460.0)
    price = Path("by_period", by_period=(0.5, 0.5, 0.5, 0.5, 0.0))
    run = run_site(plan._replace(contracts=(plan.contracts[0]._replace(price=price),)), size(plan))
    assert (run.outcome, run.outcome_period) == ("payment", 5)
    brought = (400.0 * 0.6 * 0.98**4 + 460.0 * 0.5 * 0.75) * 0.9
    assert run.lines["collateral_value"][5] / M == pytest.approx(brought)


def test_sizing_on_gpus_that_do_not_come_is_sizing_without_them():
    sculpted = PLAN.loans[0]._replace(amount=None, repayment="sculpted", dscr=(2.5,))
    unmet, none = (size(plan._replace(loans=(sculpted,))) for plan in (renewed(9000.0), PLAN))
    assert unmet.debt == pytest.approx(none.debt, rel=1e-12)


LET = OfftakeContract("tenant", 0.9, 2, Path(value=150.0), unit="kw_month", start=5, utilisation=Path())
COSTS = OperatingCosts(maintenance_share_per_year=0.02, inflation=Path(value=1.0))


def test_once_let_the_hall_earns_rent_and_gpus_neither_earn_nor_cost():
    """From period 5 on 100 MW * 1,000 kW * 90% * 150 USD * 12 months; GPUs left for 40 at the end of period 4."""
    fleet = PLAN.fleets[0]._replace(until=4, sale=40.0 * M)
    it = PLAN.components[1]._replace(maintained=True)
    lab = PLAN.contracts[0]._replace(tenor=3)
    plan = PLAN._replace(
        components=(PLAN.components[0], it), fleets=(fleet,), contracts=(lab, LET), costs=COSTS, loans=(), tests=()
    )
    lines = run_site(plan).lines
    assert millions(lines["tenant.revenue"]) == pytest.approx([0.0] * 5 + [162.0, 162.0])
    assert millions(lines["maintenance_cost"]) == pytest.approx([0.0, 0.0, 12.0, 12.0, 12.0, 0.0, 0.0])
    assert lines["hall.gpu_hours"][5:] == [0.0, 0.0]
    assert millions(lines["it.book_value"][3:6]) == pytest.approx([360.0, 0.0, 0.0])
    assert lines["fleet_sale"][4] / M == pytest.approx(40.0)


def test_new_gpus_of_the_short_form_are_maintained_as_those_they_replace(tmp_path):
    """2% of 600 until they are replaced, then of the 100 that the new ones cost."""
    file = tmp_path / "case.yaml"
    file.write_text(SHORT)
    run = run_site(read_site_case(file).plan)
    assert run.lines["refreshed_it.funded"][3] == 1.0
    assert millions(run.lines["maintenance_cost"][2:]) == pytest.approx([12.0, 12.0, 2.0, 2.0])


SHORT = """
name: renewed
close: 2027
site: {it_mw: 100, kw_per_gpu: 1, construction_periods: 1, operating_periods: 4}
components: [{name: it, cost: 600e6, spend: [1.0], book_life_years: 5, tax_class: SL5}]
market: {price_per_gpu_hour: 0.5, decline_per_year: 0, utilisation: 1.0}
costs: {maintenance_share_per_year: 0.02}
refresh: {period: 2, cost: 100e6}
"""
