"""What an audit of the former site found, each fault as what is right now."""

from pathlib import Path as File

import pytest

from overbuild.errors import OverbuildError
from overbuild.site.case.plan import (
    Component,
    CovenantTest,
    Cures,
    DebtReserve,
    Funding,
    GpuFleet,
    IncomeTax,
    OfftakerPrepayment,
    OperatingCosts,
    Path,
    PowerSupply,
    SpotMarket,
)
from overbuild.site.case_run import run_case
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.audited import M, audited, falling, lends, merchant

EXAMPLE = File(__file__).parents[2] / "examples" / "contracted-100mw.yaml"


def late(plan, periods, **changes):
    """The plan with its hall so many periods late."""
    return plan._replace(phases=(plan.phases[0]._replace(delay=periods, **changes),))


@pytest.mark.parametrize("rate", [0.083, 0.0831, 0.08, 0.077, 0.0777])
def test_a_year_without_debt_service_is_no_default(rate):
    """A sculpted loan asks for nothing in a year without cash: rounding of what is due is no default."""
    use = Path("by_period", by_period=(0.9, 0.9, 0.9, 0.9, 0.0, 0.9, 0.9, 0.9))
    lab = audited().contracts[0]._replace(share=1.0, tenor=6, price=Path(value=2.0), utilisation=use, take_or_pay=0.0)
    plan = audited(contracts=(lab,), market=SpotMarket(), costs=OperatingCosts(), power=PowerSupply())
    sculpted = {"repayment": "sculpted", "amount": None, "dscr": (1.4,), "allow_negative_amortisation": True}
    run = run_site(lends(plan, **sculpted, maturity=8, rate=Path(value=rate)))
    assert run.outcome is None
    assert run.lines["cfads"][5] == pytest.approx(0.0, abs=1.0)
    assert run.lines["interest"][5] == pytest.approx(-run.lines["principal"][5], rel=1e-9)
    assert run.min_dscr == pytest.approx(1.4)


@pytest.mark.parametrize("covenant", ["flag", "accelerate", "cure", "sweep_all"])
def test_a_covenant_is_not_tested_when_the_loan_is_repaid(covenant):
    """Without saving ahead, the new GPUs of 2033 come after the loan: no cover is breached, no cure is paid for them."""
    run = run_case(EXAMPLE, ["refresh.reserve_periods=0", f"waterfall.covenant={covenant}"]).run
    assert run.outcome is None
    assert run.lines["debt_balance"][run.plan.loans[0].maturity] == 0.0
    assert sum(run.lines["test_3.breached"]) == 0.0
    assert run.totals["cures_paid"] == 0.0


def test_the_reserve_of_a_loan_that_a_sweep_has_repaid_is_free():
    """All free cash is swept: the loan ends in period 4, and 350 of reserve with the cash of that year go out."""
    lab = audited().contracts[0]._replace(tenor=6, share=1.0, price=Path(value=3.2), utilisation=Path(value=0.95))
    plan = audited(contracts=(lab,), sweep_always=1.0, reserve=DebtReserve(1))
    run = run_site(lends(plan, maturity=8))
    assert run.lines["debt_balance"][3] > 0.0
    assert run.lines["debt_balance"][4:] == run.lines["dsra_balance"][4:] == [0.0] * 5
    paid = run.lines["interest"][4] + run.lines["principal"][4]
    assert run.lines["dsra_balance"][3] == pytest.approx(350.0 * M)
    assert run.lines["distribution"][4] == pytest.approx(run.lines["cfads"][4] + 350.0 * M - paid)


def half_used_quarter():
    """A merchant site of quarters, and the same with a quarter that is little used."""
    use = [0.9] * 32
    use[15] = 0.55
    good = lends(merchant(audited(4), 1.55, 0.9), repayment="annuity", amount=1900.0 * M, maturity=28)
    return good, merchant(good, 1.55, use)


def test_one_bad_quarter_takes_one_cure_that_stays_in_the_loan():
    """The cure of period 16 pays what is missing; it counts in the next three tests, and never comes back."""
    good, bad = half_used_quarter()
    run = run_site(bad._replace(tests=(CovenantTest("dscr_12m", 1.42, "default"),), cures=Cures(4, 4)), size(good))
    rows = run.lines
    due = [interest + principal for interest, principal in zip(rows["interest"], rows["principal"], strict=True)]
    assert next(place for place, cure in enumerate(rows["cure"]) if cure) == 16
    assert rows["cure"][16] == pytest.approx(due[16] - rows["cfads"][16])
    assert rows["distribution"][16] == 0.0
    counted = sum(rows["cfads"][14:18]) + rows["cure"][16]
    assert sum(rows["cfads"][14:18]) / sum(due[14:18]) < 1.42
    assert rows["dscr_12m"][17] == pytest.approx(counted / sum(due[14:18]))
    assert rows["dscr_12m"][17] > 1.42
    assert rows["cure"][17:20] == [0.0] * 3


@pytest.mark.parametrize(("cures", "outcome"), [(1, None), (0, "payment")])
def test_a_cure_is_whole_or_is_nobodys_money(cures, outcome):
    """In a default no cure is among what lenders recover; a cure pays all of 435 that 242.6 does not, whatever it trips."""
    good = lends(merchant(audited(), 1.6, 0.9), maturity=6)
    bad = merchant(good, 1.6, [0.9, 0.9, 0.9, 0.9, 0.35, 0.9, 0.9, 0.9])
    run = run_site(bad._replace(tests=(CovenantTest("dscr_12m", 0.6, "default"),), cures=Cures(cures)), size(good))
    rows = run.lines
    missing = 435.0 * M - rows["cfads"][5]
    assert run.outcome == outcome
    if outcome is None:
        assert rows["cure"][5] == pytest.approx(missing)
        assert rows["net_cash_to_equity"][5] == pytest.approx(-missing)
        return
    assert rows["cure"][5] == rows["net_cash_to_equity"][5] == 0.0
    assert rows["pledged_accounts"][5] == pytest.approx(rows["cfads"][5])
    collateral = 1450.0 * M * 0.75**3 * 0.92 / 1.08
    assert rows["collateral_value"][5] == pytest.approx(collateral)
    assert rows["default_recovered"][5] == pytest.approx(collateral + rows["cfads"][5])


def test_a_commitment_fee_ends_with_the_availability():
    """1% a year on what is undrawn of 1,000, in the four quarters of building; none in those of a delay."""
    plan = lends(audited(4, built=1), maturity=24, commitment_fee_per_year=0.01, amount=1000.0 * M)
    plan = plan._replace(funding=Funding(standby=900.0 * M))
    run = run_site(late(plan, 2), size(plan))
    drawn = 0.0
    for place, (fee, draw) in enumerate(zip(run.lines["senior.fees"], run.lines["senior.draw"], strict=True)):
        within = 1 <= place <= 4
        upfront = 20.0 * M if place == 0 else 0.0
        assert fee == pytest.approx(upfront + (within * 0.01 / 4 * (1000.0 * M - drawn)), abs=1e-3)
        drawn += draw
    assert run.lines["senior.fees"][5:7] == [0.0, 0.0]


def test_gpus_that_are_not_paid_are_not_bought_in_a_default():
    """What was saved for new GPUs is cash of the lenders; the old GPUs stay, and are the collateral."""
    new = Component("new", 900.0 * M, 5.0, "MACRS5", (), liquidation_share=0.5)
    good = lends(merchant(audited(), 1.6, 0.9), maturity=7)
    fleet = GpuFleet("new", "new", 1.4, 1.5, at=5, proceeds=100.0 * M, reserve_periods=1)
    good = good._replace(components=(*good.components, new), fleets=(*good.fleets, fleet))
    run = run_site(merchant(good, 1.6, [0.9, 0.9, 0.9, 0.9, 0.0, 0.9, 0.9, 0.9]), size(good))
    rows = run.lines
    assert (run.outcome, run.outcome_period) == ("payment", 5)
    assert rows["new.funded"][5] == rows["fleet_cost"][5] == rows["replaced_gpu_proceeds"][5] == 0.0
    saved = rows["fleet_reserve_balance"][4]
    assert saved > 300.0 * M
    assert rows["pledged_accounts"][5] == pytest.approx(rows["cfads"][5] + saved)
    assert rows["collateral_value"][5] == pytest.approx(1450.0 * M * 0.75**3 * 0.92 / 1.08)


@pytest.mark.parametrize("quarters", [3, 8])
def test_a_delay_moves_service_and_nothing_else(quarters):
    """Market price and wages are those of the calendar, repayment keeps its dates, and the owners lose."""
    costs = OperatingCosts(Path("growing", 18.0 * M, 0.03, 9), 0.02, 0.003)
    plan = lends(merchant(audited(4, costs=costs), 2.4, 0.8, 0.25), repayment="annuity", maturity=28)
    plan = plan._replace(funding=Funding(standby=2000.0 * M))
    sizing = size(plan)
    on_time, run = run_site(plan, sizing), run_site(late(plan, quarters), sizing)
    first = 9 + quarters
    assert run.lines["revenue"][first - 1] == 0.0 < run.lines["revenue"][first]
    assert run.lines["market_price"][first] == pytest.approx(2.4 * 0.75 ** (quarters / 4))
    assert run.lines["staff_cost"][first] * 4 == pytest.approx(18.0 * M * 1.03 ** (quarters // 4))
    assert run.lines["principal"][:first] == on_time.lines["principal"][:first]
    assert run.lines["principal"][9] > 0.0
    assert run.totals["equity_npv"] < on_time.totals["equity_npv"]


def test_what_a_delay_costs_is_in_the_return_of_the_site():
    plan = lends(audited(4, funding=Funding(standby=2000.0 * M)), repayment="annuity", maturity=28)
    sizing = size(plan)
    free = run_site(late(plan, 3), sizing)
    dear = run_site(late(plan, 3, delay_cost_per_period=100.0 * M), sizing)
    assert dear.lines["delay_cost"][9:13] == [100.0 * M] * 3 + [0.0]
    paid = [one - other for one, other in zip(free.lines["cfads"], dear.lines["cfads"], strict=True)]
    assert paid[9:12] == pytest.approx([100.0 * M] * 3)
    assert sum(dear.lines["project_cash_flow"]) < sum(free.lines["project_cash_flow"])


@pytest.mark.parametrize("amount", [2890.0, 2905.0, 2950.0])
def test_debt_is_held_against_the_uses_at_the_solution(amount):
    """Uses are 2,900 and the interest of the second year on the first draw: a share of 0.98 still solves it."""
    low, high = 0.0, 1.2
    for _ in range(100):
        share = (low + high) / 2.0
        first = share * 1450.0
        low, high = (share, high) if first + share * (1450.0 + 0.08 * first) < amount else (low, share)
    sizing = size(lends(audited(), amount=amount * M, upfront_fee_share=0.0, commitment_fee_per_year=0.0, maturity=8))
    assert sizing.uses / M == pytest.approx(2900.0 + 0.08 * low * 1450.0)
    assert sizing.debt / sizing.uses == pytest.approx(low)


def test_debt_beyond_the_uses_is_refused():
    with pytest.raises(OverbuildError) as raised:
        size(lends(audited(), amount=3050.0 * M, upfront_fee_share=0.0, commitment_fee_per_year=0.0, maturity=8))
    assert raised.value.code == "debt_exceeds_uses"


@pytest.mark.parametrize(("cost", "bought"), [(560.0, 1.0), (580.0, 1.0), (600.0, 0.0), (690.0, 0.0), (700.0, 0.0)])
def test_new_gpus_are_bought_where_cash_after_tax_and_debt_service_pays_them(cost, bought):
    """993 of cash less 111 of tax, 58 of interest and 240 of principal pay new GPUs of 584.6 at most."""
    plan = lends(merchant(audited(), 2.0, 0.9), amount=1200.0 * M, maturity=7)
    plan = plan._replace(
        tax=IncomeTax(0.25, bonus_share=1.0, nol_share=0.8, interest_share=0.3),
        components=(*plan.components, Component("new", cost * M, 5.0, "MACRS5", (), maintained=True)),
        fleets=(*plan.fleets, GpuFleet("new", "new", 1.4, 1.5, at=5)),
    )
    run = run_site(plan)
    assert run.outcome is None
    assert run.lines["new.funded"][5] == bought
    left = run.lines["cfads"][5] - run.lines["interest"][5] - run.lines["principal"][5]
    assert left / M == pytest.approx(584.6, abs=0.1)


@pytest.mark.parametrize("prepaid", [False, True])
def test_a_prepayment_has_no_share_in_the_reserve_of_the_lenders(prepaid):
    """The offtaker fails in period 4, the loan in period 5: lenders get the same with and without a prepayment."""
    lab = audited().contracts[0]._replace(share=1.0, tenor=6, price=Path(value=2.0), utilisation=Path(value=0.9))
    plan = lends(audited(reserve=DebtReserve(1)), amount=1300.0 * M, maturity=7)
    plan = plan._replace(contracts=(lab,), market=SpotMarket(falling(0.6, 0.2, 2), Path(value=0.5)))
    if prepaid:
        plan = plan._replace(prepayment=OfftakerPrepayment("lab", 300.0 * M, (0.0, 1.0), 4, 4))
    run = run_site(plan._replace(contracts=(lab._replace(fails_in=4, take_or_pay=0.0),)), size(plan))
    rows = run.lines
    assert (run.outcome, run.outcome_period) == ("payment", 5)
    collateral = 1450.0 * M * 0.75**3 * 0.92 / 1.08
    assert rows["pledged_accounts"][5] == pytest.approx(rows["cfads"][5] + rows["dsra_balance"][4])
    assert rows["default_recovered"][5] == pytest.approx(collateral + rows["pledged_accounts"][5])
    assert rows["prepayment_recovered"][5] == 0.0


def test_owners_without_debt_close_a_site_that_loses_money():
    """They pay no loss to the end. Sites that close in one year are worth more to them at a higher price.

    One that closes a year later may be worth less: it is closed when its cash fails, not when it is worth most.
    """
    plan = merchant(audited(years=10), 2.0, 0.8, 0.3)._replace(loans=())
    sizing, worth = size(plan), {}
    for price in (0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0, 2.4):
        run = run_site(plan._replace(market=plan.market._replace(price=falling(price, 0.3, 2))), sizing)
        assert run.outcome == "closed"
        assert min(run.lines["net_cash_to_equity"][3:]) >= 0.0
        age = run.outcome_period - 2
        brought = 1450.0 * M * 0.75**age * 0.92 + run.lines["cash"][run.outcome_period]
        assert run.lines["closing"][run.outcome_period] == pytest.approx(brought)
        worth.setdefault(run.outcome_period, []).append(run.totals["equity_npv"])
    assert len(worth) > 4
    assert all(found == sorted(found) for found in worth.values())
