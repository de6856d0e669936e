"""Edges of a site: a loan of nothing, a base case that fails, owners who promise all."""

from pathlib import Path as FilePath

import pytest

from overbuild.site.case.plan import Component, Cures, DebtReserve, GpuFleet, IncomeTax, Path, SpotMarket
from overbuild.site.case_run import run_case
from overbuild.site.examples import PLAN
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.audited import M, audited, falling, lends, merchant


@pytest.mark.parametrize("price", [0.0, 0.35, 0.7])
def test_a_loan_that_cash_does_not_carry_is_a_site_without_a_loan(price):
    """No cash, no loan: rounding of what construction needs is not a need that nobody pays."""
    sculpted = {"repayment": "sculpted", "amount": None, "dscr": (1.4,), "maturity": 8}
    plan = lends(merchant(audited(reserve=DebtReserve(1)), 0.0, 0.9), **sculpted)
    plan = plan._replace(horizon=plan.horizon._replace(terminal_proceeds=0.0))
    sizing = size(plan)
    bare = plan._replace(loans=(), reserve=DebtReserve())
    market = SpotMarket(falling(price, 0.1, 2), Path(value=0.9))
    run, alone = (run_site(one._replace(market=market), size(one)) for one in (plan, bare))
    assert sizing.debt == 0.0
    assert run.outcome == alone.outcome
    assert run.lines["net_cash_to_equity"] == pytest.approx(alone.lines["net_cash_to_equity"], rel=1e-9, abs=1e-3)


def test_a_run_that_does_better_than_a_base_case_that_fails_keeps_its_reserve():
    """The base case cannot pay 195 in period 3; at the full price the reserve still holds what is due next."""
    poor = PLAN.contracts[0]._replace(price=Path("by_period", by_period=(0.5, 0.5, 0.1, 0.5)))
    plan = PLAN._replace(contracts=(poor,), reserve=DebtReserve(1), tests=(), cures=Cures())
    sizing = size(plan)
    base, run = run_site(plan, sizing), run_site(plan._replace(contracts=PLAN.contracts), sizing)
    assert (base.outcome, base.outcome_period) == ("payment", 3)
    assert run.outcome is None
    assert [held / M for held in run.lines["dsra_balance"][1:6]] == pytest.approx([210.0, 195.0, 180.0, 165.0, 0.0])


@pytest.mark.parametrize(("promise", "bought"), [(True, 1.0), (False, 0.0)])
def test_owners_who_pay_all_pay_the_tax_on_the_sale(promise, bought):
    """GPUs written off for tax sell at 900, which brings 225 of tax: more than the 121 that the site earns.

    Owners pay 1,000 less 900, and of the tax what cash does not pay; those who promise an amount are not asked.
    """
    plan = merchant(audited(), 0.6, 0.5)._replace(loans=(), power=audited().power._replace(price=Path()))
    plan = plan._replace(
        tax=IncomeTax(0.25, loss_use="immediate"),
        components=(*plan.components, Component("new", 1000.0 * M, 5.0, "MACRS5")),
        fleets=(
            *plan.fleets,
            GpuFleet("new", "new", 1.4, at=5, proceeds=900.0 * M, owners_pay_all=promise, owners_pay=500.0 * M),
        ),
        owners=plan.owners._replace(walk_away=False),
    )
    quick = tuple(one._replace(tax_class="SL1") if one.spend else one for one in plan.components)
    run = run_site(plan._replace(components=quick))
    rows = run.lines
    assert rows["new.funded"][5] == bought
    cash, tax = rows["operating_cash"][5], rows["tax"][5]
    assert tax == pytest.approx(0.25 * (cash + bought * 900.0 * M))
    if bought:
        assert tax > cash
        assert rows["paid_by_owners"][5] == pytest.approx(1000.0 * M - 900.0 * M + tax - cash)
        assert rows["support"][5] == rows["distribution"][5] == 0.0
    else:
        assert rows["paid_by_owners"][5] == 0.0


def test_the_former_numbers_of_two_sites_whose_owners_pay_for_new_gpus():
    """What these sites were worth as the model of one hall computed it, before there were phases."""
    stargate = FilePath(__file__).parent / "short_forms" / "stargate-1gw.yaml"
    for file, worth in ((stargate, -347563368.71), ("preset:hyperscaler-campus", -2826544405.65)):
        run = run_case(file, ["refresh.paid_by=owners"]).run
        assert run.lines["refreshed_it.funded"][32] == 1.0
        assert run.totals["equity_npv"] == pytest.approx(worth, abs=1.0)


def test_owners_pay_for_new_gpus_of_a_campus_without_debt():
    """The tax on the sale of the old GPUs is more than the cash of the quarter: owners pay it, and the GPUs come."""
    run = run_case("preset:hyperscaler-campus").run
    rows = run.lines
    assert rows["refreshed_it.funded"][32] == 1.0
    assert rows["tax"][32] > rows["operating_cash"][32]
    missing = rows["fleet_cost"][32] - rows["replaced_gpu_proceeds"][32]
    assert rows["paid_by_owners"][32] == pytest.approx(missing + rows["tax"][32] - rows["operating_cash"][32])


def test_new_gpus_are_maintained_as_those_that_they_replace():
    plan = run_case("preset:hyperscaler-campus").run.plan
    assert [one.maintained for one in plan.components if one.name in ("it", "refreshed_it")] == [True, True]
