"""What cannot be run is refused, with its code and its path."""

import pytest

from overbuild.errors import OverbuildError
from overbuild.site.case.checks import check_plan
from overbuild.site.case.plan import OfftakerPrepayment, Path, Refinancing
from overbuild.site.examples import PLAN
from overbuild.site.sizing.sizing import size

PHASE, [SHELL, IT], [FLEET], [LAB], [LOAN] = (
    PLAN.phases[0],
    PLAN.components,
    PLAN.fleets,
    PLAN.contracts,
    PLAN.loans,
)
NEW = Refinancing(Path(value=0.1), 2, 1.3)
FAULTS = {
    "unknown_phase": PLAN._replace(contracts=(LAB._replace(phase="annex"),)),
    "unknown_contract": PLAN._replace(prepayment=OfftakerPrepayment("nobody", 1.0, (1.0,), 2, 1)),
    "unknown_name": PLAN._replace(loans=(LOAN._replace(collateral=("grid",)),)),
    "duplicate": PLAN._replace(contracts=(LAB._replace(share=0.5), LAB._replace(share=0.5))),
    "over_contracted": PLAN._replace(contracts=(LAB, LAB._replace(name="cloud", share=0.1))),
    "spend_after_availability": PLAN._replace(components=(SHELL._replace(spend=(0.5, 0.5)), IT)),
    "spend_profile": PLAN._replace(components=(SHELL._replace(spend=(0.5,)), IT)),
    "bad_tenor": PLAN._replace(loans=(LOAN._replace(maturity=7),)),
    "fleet_order": PLAN._replace(fleets=(FLEET, FLEET._replace(name="second"))),
    "long_stop_before_start": PLAN._replace(contracts=(LAB._replace(long_stop=1),)),
    "bad_path": PLAN._replace(contracts=(LAB._replace(price=Path("by_year")),)),
    "refinancing_without_balloon": PLAN._replace(loans=(LOAN._replace(refinancing=NEW),)),
    "contradiction": PLAN._replace(loans=(LOAN._replace(debt_share=0.5),)),
    "dscr_le_zero": PLAN._replace(loans=(LOAN._replace(repayment="sculpted", amount=None, dscr=(0.0,)),)),
}


NUMBERS = {
    "components.shell.decay_per_year": PLAN._replace(components=(SHELL._replace(decay_per_year=1.0), IT)),
    "enforcement.decay_per_year": PLAN._replace(enforcement=PLAN.enforcement._replace(decay_per_year=1.5)),
    "horizon.attrition_per_year": PLAN._replace(horizon=PLAN.horizon._replace(attrition_per_year=1.0)),
    "fleets.first.kw_per_gpu": PLAN._replace(fleets=(FLEET._replace(kw_per_gpu=0.0),)),
    "tests.1.level": PLAN._replace(tests=(PLAN.tests[0]._replace(level=0.0),)),
}


@pytest.mark.parametrize("path", NUMBERS)
def test_a_number_that_no_formula_takes_is_refused(path):
    with pytest.raises(OverbuildError) as raised:
        check_plan(NUMBERS[path])
    assert (raised.value.code, raised.value.path) == ("bad_value", path)


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_refused_by_its_name(code):
    with pytest.raises(OverbuildError) as raised:
        check_plan(FAULTS[code])
    assert raised.value.code == code


def test_a_loan_has_one_rate():
    with pytest.raises(OverbuildError) as raised:
        check_plan(PLAN._replace(loans=(LOAN._replace(base_rate=Path(value=0.04), margin_per_year=0.02),)))
    assert (raised.value.code, raised.value.path) == ("contradiction", f"loans.{LOAN.name}.rate")


def test_debt_beyond_the_uses_is_refused_at_the_solution():
    with pytest.raises(OverbuildError) as raised:
        size(PLAN._replace(loans=(LOAN._replace(amount=2e9),)))
    assert raised.value.code == "debt_exceeds_uses"


def test_all_faults_are_told_at_once():
    broken = PLAN._replace(loans=(LOAN._replace(maturity=9),), contracts=(LAB._replace(price=Path("by_year")),))
    with pytest.raises(OverbuildError, match=r"(?s)bad_path.*bad_tenor"):
        check_plan(broken)


def test_a_delay_that_lets_contracts_meet_is_refused():
    agreed = (LAB._replace(tenor=2), LAB._replace(name="cloud", start=4, tenor=2))
    assert check_plan(PLAN._replace(contracts=agreed))
    with pytest.raises(OverbuildError, match="over_contracted"):
        check_plan(PLAN._replace(contracts=agreed, phases=(PHASE._replace(delay=1),)))
