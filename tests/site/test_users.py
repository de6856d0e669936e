"""Cases as users wrote them: what each one showed of the former site, as what is right now."""

from itertools import pairwise
from pathlib import Path as File

import pytest

from overbuild.errors import InputErrors, OverbuildError
from overbuild.site.case.read import site_case
from overbuild.site.case_run import run_case
from overbuild.world.tree import read_tree

FOLDER = File(__file__).parent
MONTHLY = FOLDER / "monthly.yaml"


def ran(name, sets=(), shocks=()):
    return run_case(FOLDER / f"{name}.yaml", sets, shocks).run


def messages(text):
    with pytest.raises(OverbuildError) as found:
        site_case(read_tree(text, "users.yaml"))
    return [str(one) for one in (found.value.errors if isinstance(found.value, InputErrors) else (found.value,))]


def test_of_two_roots_the_one_next_to_zero_on_the_falling_side_is_the_rate():
    """0, -1000m, 6 x 1752m, -48m: 174.8% and -97.3% solve it; 9,464m come in all, so the rate is positive."""
    run = ran("late-negative-flow")
    flows = [0.0, -1000.0, *[1752.0] * 6, 1752.0 - 1800.0]
    assert [flow / 1e6 for flow in run.lines["net_cash_to_equity"]] == pytest.approx(flows)
    values = run.values().values
    assert values["equity_irr_per_year"] == pytest.approx(1.747859332861742)
    assert sorted(run.equity_irr.roots) == pytest.approx([-0.973333333, 1.747859332861742], rel=1e-6)
    assert values["moic"] == pytest.approx((6 * 1752.0) / 1048.0)


STARGATE = File(__file__).parent / "short_forms" / "stargate-1gw.yaml"


@pytest.mark.parametrize("file", [STARGATE, File("preset:hyperscaler-campus")], ids=lambda file: file.stem)
def test_one_root_is_told_although_signs_change_more_than_once(file):
    """Owners pay for the building, and again for new GPUs: the one rate that solves this is told."""
    run = run_case(file, ["refresh.paid_by=owners"]).run
    signs = [flow > 0.0 for flow in run.lines["net_cash_to_equity"] if abs(flow) > 1.0]
    assert sum(one != other for one, other in pairwise(signs)) == 3
    assert len(run.equity_irr.roots) == 1
    assert run.values().values["equity_irr_per_year"] == run.equity_irr.roots[0]


@pytest.mark.parametrize("shock", ["components.it.cost=900e6", "loans.senior.rate_per_year=0.05"])
def test_a_payment_of_the_lenders_is_no_default(shock):
    """Cheaper chips or a lower rate turn a year without debt service into one in which lenders pay in."""
    base, run = ran("lenders-pay-in"), ran("lenders-pay-in", (), (shock,))
    assert base.outcome is run.outcome is None
    assert run.lines["interest"][2] + run.lines["principal"][2] < -1e6
    assert run.lines["dsra_draw"][2] == 0.0
    assert run.totals["equity_npv"] > base.totals["equity_npv"] > -57e6
    assert run.min_dscr > base.min_dscr


def test_what_lenders_pay_in_is_paid_out_and_later_service_is_as_agreed():
    run = ran("lenders-pay-in", (), ("components.it.cost=900e6",))
    assert run.lines["distribution"][2] == pytest.approx(4.2e6)
    due = [one + other for one, other in zip(run.lines["interest"], run.lines["principal"], strict=True)]
    assert [round(one / 1e6, 3) for one in due[3:6]] == [80.402, 94.502, 108.602]
    assert run.min_dscr == pytest.approx(1.467, abs=5e-4)


def test_a_landlord_has_his_rent_from_opening():
    """50 MW at USD 90 a kW-month, rising 3%: 54.0, 55.62, 57.29; 9.468% and 2.0087 times."""
    run = ran("landlord")
    assert [round(rent / 1e6, 4) for rent in run.lines["revenue"][1:5]] == [0.0, 54.0, 55.62, 57.2886]
    assert run.equity_irr.per_year == pytest.approx(0.09468, abs=5e-6)
    assert run.values().values["moic"] == pytest.approx(2.0087, abs=5e-5)


@pytest.mark.parametrize(
    "blocks",
    [
        "relet: {period: 0, rent_per_kw_month: 90, rent_escalator_per_year: 0.03, let_share: 1.0}",
        "market: {price_per_gpu_hour: 0, decline_per_year: 0, utilisation: 0}\n"
        "relet: {period: 1, rent_per_kw_month: 90, rent_escalator_per_year: 0.03, let_share: 1.0}",
        "market: {price_per_gpu_hour: 0, decline_per_year: 0, utilisation: 0}\n"
        "offtake: {tenor: 15, contract_share: 1.0, price_per_gpu_hour: 0.123, utilisation: 1.0}",
    ],
    ids=["let from opening", "let from the second year", "let by the GPU-hour"],
)
def test_a_landlord_in_other_words_is_told_the_form(blocks):
    text = f"""name: landlord
close: 2026
site: {{it_mw: 50, kw_per_gpu: 1, construction_periods: 1, operating_periods: 15, periods_per_year: 1}}
components:
  - {{name: shell, cost: 500e6, spend: [1.0], book_life_years: 25, tax_class: SL39}}
owners: {{hurdle_per_year: 0.08}}
{blocks}
"""
    (told,) = messages(text)
    assert "phases: [{name: hall" in told and "unit: kw_month" in told


def test_a_gigawatt_earns_what_a_calculator_says():
    """12bn a GW at 70%, 5 cents a kWh at a PUE of 1.2: 8,400 of revenue, 431 of energy, 395.85 of tax."""
    lines = ran("one-gigawatt").lines
    millions = {name: lines[name][2] / 1e6 for name in ("revenue", "power_cost", "ebitda", "tax")}
    assert millions == pytest.approx({"revenue": 8400.0, "power_cost": 430.992, "ebitda": 7739.008, "tax": 395.8512})


def test_costs_may_follow_revenue():
    """A tenth of a rent of 54, 55.62, 57.29."""
    run = ran("landlord", ("phases.hall.share_of_revenue=0.1",))
    assert [cost / 1e6 for cost in run.lines["opex"][2:5]] == pytest.approx([5.4, 5.562, 5.72886])


@pytest.mark.parametrize("shocks", [(), (str(FOLDER.parents[1] / "examples" / "shocks" / "glut.yaml"),)])
def test_there_is_no_default_after_the_loan_is_repaid(shocks):
    """The covenant accelerates, and the glut comes: the loan is repaid before, and cover is not tested without debt."""
    run = ran("accelerated", (), shocks)
    repaid = run.plan.loans[0].maturity
    assert run.outcome in (None, "closed")
    assert run.lines["debt_balance"][repaid:] == [0.0] * (len(run.lines["alive"]) - repaid)
    assert sum(run.lines["default"]) == sum(run.lines["test_3.breached"]) == 0.0


def test_a_bullet_that_nobody_refinances_is_a_default_at_maturity():
    """8,500 fall due in month 72 of the calendar; owners may cure once, and never a balloon."""
    run = ran("monthly", ("loans.gpu.repayment=bullet",))
    assert (run.outcome, run.outcome_period) == ("maturity", run.plan.loans[0].maturity)
    assert run.lines["balloon"][72] == pytest.approx(0.8947 * 9500e6)
    assert run.totals["cures_paid"] == 0.0
    assert run.lines["shortfall"][72] == pytest.approx(
        run.lines["balloon"][72] + run.lines["interest"][72] - run.lines["cash"][72]
    )
    assert run.lines["net_cash_to_equity"][72:] == [0.0] * (len(run.lines["alive"]) - 72)


def test_a_monthly_case_with_an_advance_rate_runs_to_its_dates():
    """8.5 of 9.5 is lent, in 57 parts from opening; the years of the owners' cash add up to its months."""
    told = run_case(MONTHLY)
    run = told.run
    assert run.sizing.debt == pytest.approx(0.8947 * 9500e6)
    assert run.lines["principal"][16:73] == pytest.approx([run.sizing.debt / 57] * 57)
    assert run.lines["debt_balance"][72] == 0.0
    flows = run.lines["net_cash_to_equity"]
    years = {}
    for place, flow in enumerate(flows):
        year = told.calendar.label(place)[:4]
        years[year] = years.get(year, 0.0) + flow
    assert (min(years), max(years)) == ("2026", "2035")
    assert sum(years.values()) == pytest.approx(sum(flows))


def test_several_contracts_in_the_words_of_one_are_told_their_form():
    one = "tenor: 60, contract_share: 1.0, price_per_gpu_hour: 4.5, utilisation: 0.9, take_or_pay_share: 1.0}"
    text = MONTHLY.read_text().replace(f"offtake: {{{one}", f"offtake:\n  - {{name: a, {one}\n  - {{name: b, {one}")
    told = messages(text)
    assert "offtake: several contracts stand beside phases" in told[0] and "contracts: [{name: a" in told[0]
    assert "over_contracted" in told[1] and "(got 2.0)" in told[1]
    assert [message.split(":")[1] for message in told] == ["7", "8"]


def test_phases_beside_a_site_are_told_their_form():
    told = messages(f"{MONTHLY.read_text()}phases:\n  - {{name: p1, it_mw: 100, opens: 2027-01}}\n")
    assert "phases stand in place of `site`" in told[0] and "phases: [{name: hall, it_mw: 100, cod: 6}]" in told[0]
    assert "phases.p1.opens: say `cod`" in told[1]


def test_a_shock_to_the_value_of_a_path_leaves_what_the_file_said_of_the_former_one():
    plan = run_case(
        File("preset:neocloud-100mw-gb300"), (), ["power.price.value=0", "contracts.offtake.price.value=2"]
    ).run.plan
    assert plan.power.price.value == 0.0 and plan.power.price.growth_per_year == 0.025 and plan.power.price.since == 7
    assert plan.contracts[0].price.value == 2.0
