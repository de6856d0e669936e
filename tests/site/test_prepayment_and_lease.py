"""An offtaker that prepays, and a shell that is leased: where the cash comes from, what is owed, who is hurt."""

import pytest

from overbuild.errors import OverbuildError
from overbuild.instruments import LeaseContract, lease_value
from overbuild.site.case.plan import EnforcementCosts, IncomeTax, OfftakerPrepayment, Path, ShellLease
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.halls import HALL, LEVEL, LONG, PRICE, told

PAID = OfftakerPrepayment("lab", 240.0, (1.0,), credited_from=2, credited_periods=2)
CONTRACT = LONG._replace(tenor=3, take_or_pay=0.5)


def prepaid(**changes):
    """A contract for three of four years at 500 a year, 240 of it prepaid and credited over two years."""
    given = {"contracts": (CONTRACT,), "loans": (LEVEL,), "prepayment": PAID}
    return HALL._replace(**{**given, **changes})


def test_a_prepayment_pays_before_loans_and_owners():
    """1,000 of uses less 240 prepaid: 400 lent, 360 from the owners."""
    run = run_site(prepaid())
    assert run.lines["prepayment_received"][:2] == [0.0, 240.0]
    assert run.lines["uses_of_funds"][:2] == [0.0, 760.0]
    assert run.lines["hall.draw"][:2] == pytest.approx([0.0, 400.0])
    assert run.lines["equity_draw"][:2] == pytest.approx([0.0, 360.0])


def test_it_is_credited_in_equal_parts():
    """Revenue stays 500; CFADS is 500 - 120, 500 - 120, 500, 500; what is owed 120, 0, 0, 0."""
    run = run_site(prepaid())
    assert run.lines["revenue"][2:] == pytest.approx([500.0] * 4)
    assert run.lines["cfads"][2:] == pytest.approx([380.0, 380.0, 500.0, 500.0])
    assert run.lines["prepaid"][1:] == pytest.approx([240.0, 120.0, 0.0, 0.0, 0.0])
    assert run.lines["net_income"][2] == pytest.approx(500.0 - 250.0 - 32.0)


def test_the_credits_may_begin_later():
    """240 credited in years 2 and 3: CFADS 500, 500 - 120, 500 - 120, 500."""
    run = run_site(prepaid(prepayment=PAID._replace(credited_from=3)))
    assert run.lines["cfads"][2:] == pytest.approx([500.0, 380.0, 380.0, 500.0])


def test_tax_does_not_notice_a_prepayment():
    with_it, without = (run_site(prepaid(tax=IncomeTax(0.25), prepayment=one)) for one in (PAID, None))
    assert with_it.lines["tax"] == pytest.approx(without.lines["tax"])


def test_what_is_prepaid_is_set_off_against_the_claim_of_a_failure():
    """The offtaker fails in period 3 with 120 prepaid: take-or-pay of one year claims 500, 380 of it is left at 30%."""
    failing = CONTRACT._replace(fails_in=3, recovery_share=0.3, claim_periods=1)
    run = run_site(prepaid(contracts=(failing,)), size(prepaid()))
    assert run.lines["set_off"][3] == pytest.approx(120.0)
    assert run.lines["offtaker_recovery"][3] == pytest.approx(0.3 * 380.0)
    assert run.lines["prepaid"][3] == pytest.approx(0.0)


def test_what_is_not_credited_is_a_claim_beside_what_collateral_does_not_pay():
    """In period 2 the contract brings a tenth: 50, and 120 are credited. The shell brings 200, the GPUs 150.

    The loan, owed 432, holds the shell; what it then lacks and the 120 still prepaid share what the GPUs bring.
    """
    held = LEVEL._replace(collateral=("shell",))
    base = prepaid(loans=(held,), enforcement=EnforcementCosts(0.0, 0.0))
    poor = CONTRACT._replace(price=Path(value=0.1 * PRICE))
    run = run_site(base._replace(contracts=(poor,)), size(base))
    assert (run.outcome, run.outcome_period) == ("payment", 2)
    row = {name: line[2] for name, line in run.lines.items()}
    assert row["cfads"] == pytest.approx(50.0 - 120.0)
    lack, owed = 432.0 - 200.0, 240.0 - 120.0
    assert row["default_recovered"] == pytest.approx(200.0 + 150.0 * lack / (lack + owed))
    assert row["prepayment_recovered"] == pytest.approx(150.0 * owed / (lack + owed))


def test_a_site_without_debt_can_be_prepaid():
    assert run_site(prepaid(loans=())).lines["equity_draw"][:2] == pytest.approx([0.0, 760.0])


def test_loans_beyond_what_the_prepayment_leaves_are_refused():
    with pytest.raises(OverbuildError) as caught:
        size(prepaid(prepayment=PAID._replace(amount=700.0)))
    assert caught.value.code == "debt_exceeds_uses"


def leased(**terms):
    """Half of the cost is a shell that is leased; the loan is level."""
    lease = ShellLease(**{"payment_per_year": 40.0, "rate_per_year": 0.07, **terms})
    return HALL._replace(components=HALL.components[1:], loans=(LEVEL._replace(amount=200.0),), lease=lease)


def test_rent_is_an_operating_cost_that_rises_once_a_year():
    """40, 40.8, 41.616, 42.44832 are costs, and nothing else changes before tax."""
    run, bare = run_site(leased(escalator_per_year=0.02)), run_site(leased()._replace(lease=None))
    rents = [40.0 * 1.02**year for year in range(4)]
    assert run.lines["rent"][2:] == pytest.approx(rents)
    for name, sign in (("opex", 1.0), ("cfads", -1.0)):
        moved = [one - other for one, other in zip(run.lines[name], bare.lines[name], strict=True)]
        assert moved[2:] == pytest.approx([sign * rent for rent in rents])


def test_a_lease_is_owed_what_it_is_worth_as_an_instrument():
    alone = LeaseContract(40.0, 4.0, 1.0, 0.07, 0.0, 20.0, 400.0)
    assert told(run_site(leased()))["lease_liability"] == pytest.approx(lease_value(alone), rel=1e-12)
    rising = sum(40.0 * 1.02 ** (year - 1) / 1.07**year for year in range(1, 5))
    assert told(run_site(leased(escalator_per_year=0.02)))["lease_liability"] == pytest.approx(rising, rel=1e-12)
    found = told(run_site(leased()))
    assert found["debt_with_leases"] == pytest.approx(200.0 + found["lease_liability"])
    assert "lease_liability" not in told(run_site(HALL))


def test_the_class_of_a_lease_follows_its_tests():
    """Four of five years are 80%: a finance lease; of twenty an operating one. Without a fair value none can be told."""
    assert told(run_site(leased(fair_value=400.0, economic_life_years=5.0)))["lease_class"] == "finance"
    assert told(run_site(leased(fair_value=400.0, economic_life_years=20.0)))["lease_class"] == "operating"
    assert told(run_site(leased()))["lease_class"] is None
