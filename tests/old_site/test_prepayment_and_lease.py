"""A customer that prepays, and a shell that is leased: where the cash comes from, what is owed, who is hurt."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from overbuild.errors import InputError, InputErrors
from overbuild.instruments import LeaseContract, lease_value
from overbuild.old_site.case.plan import Lease, Loan, Offtake, Prepayment
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import (
    BASE,
    FAILED_STACK,
    LEASED,
    PREPAID,
    STACK,
    M,
    assert_books_close,
    random_plans,
    sized_then_run,
)
from tests.old_site.test_stack import PLAIN

CONTRACT = Offtake(3, 1.0, 1.0 / 8760.0, (0.5,) * 4)


def prepaid(**changes):
    """A contract for three of four years at 500 a year, 240 of it prepaid and credited over two years."""
    loans = (Loan("hall", 0.08, 4, "level_parts", amount=400.0),)
    return PLAIN._replace(offtake=CONTRACT, loans=loans, prepayment=Prepayment(240.0, (1.0,), 2), **changes)


def test_a_prepayment_pays_before_loans_and_owners():
    """1000 of uses less 240 prepaid: 400 lent, 360 from the owners."""
    run = run_site(prepaid())
    assert run.building["prepayment_received"] == [0.0, 240.0]
    assert run.building["uses_after_prepayment"] == [0.0, 760.0]
    assert run.building["draw"] == pytest.approx([0.0, 400.0])
    assert run.building["equity_draw"] == pytest.approx([0.0, 360.0])


def test_it_is_credited_in_equal_parts_from_opening_on():
    """Revenue stays 500; CFADS is 500 - 120, 500 - 120, 500, 500; what is owed 120, 0, 0, 0."""
    run = run_site(prepaid())
    assert run.operating["revenue"] == pytest.approx([500.0] * 4)
    assert run.operating["cfads"] == pytest.approx([380.0, 380.0, 500.0, 500.0])
    assert run.operating["prepayment_balance"] == pytest.approx([120.0, 0.0, 0.0, 0.0])
    assert run.operating["net_income"][0] == pytest.approx(500.0 - 250.0 - 32.0)
    assert run.project_irr_pre_tax == run_site(prepaid()._replace(prepayment=None)).project_irr_pre_tax


def test_the_credits_may_begin_later():
    """240 credited in years 2 and 3: CFADS 500, 500 - 120, 500 - 120, 500."""
    run = run_site(prepaid()._replace(prepayment=Prepayment(240.0, (1.0,), 2, 2)))
    assert run.operating["cfads"] == pytest.approx([500.0, 380.0, 380.0, 500.0])
    assert run.operating["prepayment_balance"] == pytest.approx([240.0, 120.0, 0.0, 0.0])


def test_tax_does_not_notice_a_prepayment():
    tax = PLAIN.tax._replace(rate=0.25)
    with_it, without = run_site(prepaid(tax=tax)), run_site(prepaid(tax=tax)._replace(prepayment=None))
    assert with_it.operating["tax"] == pytest.approx(without.operating["tax"])


def test_no_more_is_credited_than_the_contract_bills_and_the_rest_stays_owed():
    run = run_site(prepaid()._replace(offtake=CONTRACT._replace(price_per_gpu_hour=0.2 / 8760.0)))
    assert run.operating["prepayment_credit"] == pytest.approx([100.0, 100.0, 0.0, 0.0])
    assert run.operating["prepayment_balance"][-1] == pytest.approx(40.0)
    assert max(abs(gap) for gap in run.operating["balance_gap"]) < 1e-9


def test_what_is_not_credited_is_a_claim_beside_unsecured_senior_debt():
    """Chips pay the chip loan; what is then owed to hall loan, chip loan and customer shares the rest pro rata."""
    plan = FAILED_STACK._replace(prepayment=PREPAID.prepayment)
    run = run_site(plan, size(STACK._replace(prepayment=PREPAID.prepayment)))
    at = run.defaulted_in - 1
    row = {name: run.operating[name][at] for name in run.operating}
    assert row["prepayment_claim"] == pytest.approx(75 * M)
    paid = sum(row[f"{name}.recovered"] for name in ("hall", "gpu", "second")) + row["prepayment_recovered"]
    assert paid + row["default_surplus"] == pytest.approx(row["collateral_net"] + row["default_cash"])
    assert 0.0 <= row["prepayment_recovered"] <= row["prepayment_claim"]
    assert row["default_recovery"] == pytest.approx(paid - row["prepayment_recovered"])


def test_a_site_without_debt_can_be_prepaid():
    run = run_site(prepaid()._replace(loans=()))
    assert run.building["equity_draw"] == pytest.approx([0.0, 760.0])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(random_plans(), st.floats(0.0, 0.3), st.floats(0.3, 1.3), st.booleans())
def test_books_close_for_any_plan_that_is_prepaid_and_leased(plan, share, price, leased):
    assume(plan.offtake)
    cost = sum(one.cost for one in plan.components)
    received = tuple(1.0 / len(plan.components[0].spend) for _ in plan.components[0].spend)
    plan = plan._replace(
        prepayment=Prepayment(share * cost, received, plan.offtake.tenor),
        lease=Lease(0.01 * cost, 0.08, 0.02) if leased else None,
    )
    run = sized_then_run(plan, price, {"debt_exceeds_uses", "no_convergence", "overdraw"})
    assert_books_close(run)


def test_rent_is_an_operating_cost_that_rises_once_a_year():
    run = run_site(LEASED)
    assert run.operating["rent"][:3] == pytest.approx([40 * M, 40.8 * M, 41.616 * M])
    bare = run_site(LEASED._replace(lease=None), run.sizing)
    for place in range(8):
        assert run.operating["opex"][place] - bare.operating["opex"][place] == pytest.approx(
            run.operating["rent"][place]
        )
    assert run.operating["dscr"][0] == pytest.approx(1.4)


def test_a_level_rent_is_owed_what_the_lease_as_an_instrument_is_worth():
    run = run_site(LEASED._replace(lease=Lease(40 * M, 0.07)))
    alone = LeaseContract(40 * M, 8.0, 1.0, 0.07, 0.0, 20.0, 400 * M)
    assert run.results.lease_liability == pytest.approx(lease_value(alone), rel=1e-12)
    rising = sum(40 * M * 1.02 ** (year - 1) / 1.07**year for year in range(1, 9))
    assert run_site(LEASED).results.lease_liability == pytest.approx(rising, rel=1e-12)
    assert run_site(BASE).results.lease_liability is None


FAULTS = {
    "offtake: a prepayment is credited against a contract [missing]": prepaid()._replace(offtake=None),
    "prepayment.credited_periods: it is credited while the contract runs: 1 to 3 periods (got 4) [bad_tenor]": (
        prepaid()._replace(prepayment=Prepayment(240.0, (1.0,), 4))
    ),
    "prepayment.credited_from: it is credited while the contract runs: from 1 to 2 (got 3) [bad_period]": (
        prepaid()._replace(prepayment=Prepayment(240.0, (1.0,), 2, 3))
    ),
    "prepayment.received: one share a construction period: 1 (got 2) [length_mismatch]": prepaid()._replace(
        prepayment=Prepayment(240.0, (0.5, 0.5), 2)
    ),
    "prepayment.received: the shares of what is prepaid add up to 1 (got 0.9) [spend_profile]": prepaid()._replace(
        prepayment=Prepayment(240.0, (0.9,), 2)
    ),
    "prepayment.received: in construction period 1 1200 is prepaid and 1000 needed; let it come in later, or less of it "
    "(got 1200.0) [overdraw]": prepaid()._replace(prepayment=Prepayment(1200.0, (1.0,), 2), loans=()),
    "loans: the loans and prepayment together must stay below the uses of funds, 1000 (got 1000.0) [debt_exceeds_uses]": (
        prepaid()._replace(prepayment=Prepayment(600.0, (1.0,), 2))
    ),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_prepayment_that_cannot_be_is_refused_with_its_message(message):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[message])
    assert str(caught.value) == message
