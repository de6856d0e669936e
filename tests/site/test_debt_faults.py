"""Debt that cannot be is refused, with its code and the path of the field."""

import pytest

from overbuild.errors import OverbuildError
from overbuild.site.case.checks import check_plan
from overbuild.site.case.plan import GradeMargin, HoldcoDebt, IncomeTax, JuniorDebt, OfftakerPrepayment, Path
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.halls import GPU_LOAN, HALL, HALL_LOAN, LEVEL, LONG, gpu_loan

JUNIOR = JuniorDebt(0.08, maturity=3, amount=200.0)
BASE = Path(value=0.04)
FLOATS = {"rate": None, "base_rate": BASE, "margin_per_year": 0.06}
GRADED = GradeMargin("graded", "gpu", 1.0, 0.06)


def level(**changes):
    return HALL._replace(loans=(LEVEL._replace(**changes),))


def behind(**changes):
    return level()._replace(mezzanine=JUNIOR._replace(**changes))


def prepaid(**changes):
    paid = OfftakerPrepayment("lab", 240.0, (1.0,), 2, 2)._replace(**changes)
    return level()._replace(contracts=(LONG,), prepayment=paid)


FAULTS = [
    (
        "contradiction",
        "loans.hall.repayment",
        gpu_loan(repayment="sculpted", dscr=(2.0,), advance_rate=None, advances_on=()),
    ),
    ("unknown_name", "loans.gpu.collateral", gpu_loan(collateral=("chips",))),
    ("unknown_name", "loans.gpu.advances_on", gpu_loan(advances_on=("chips",))),
    ("missing", "loans.gpu.advances_on", gpu_loan(advances_on=())),
    ("bad_value", "loans.gpu.rank", gpu_loan(rank=0)),
    (
        "crossing_liens",
        "loans.gpu.collateral",
        HALL._replace(
            loans=(
                GPU_LOAN._replace(collateral=("it", "shell")),
                HALL_LOAN._replace(collateral=("shell",)),
                LEVEL._replace(name="third", amount=1.0, collateral=("it",)),
            )
        ),
    ),
    ("missing", "loans.gpu.rate", gpu_loan(rate=None)),
    ("contradiction", "loans.gpu.margin_per_year", gpu_loan(**FLOATS)._replace(margins=(GRADED,))),
    ("contradiction", "margins.graded.loan", gpu_loan()._replace(margins=(GRADED,))),
    ("unknown_name", "margins.graded.loan", gpu_loan()._replace(margins=(GRADED._replace(loan="gpus"),))),
    ("missing", "loans.gpu.margin_per_year", gpu_loan(**{**FLOATS, "margin_per_year": None})),
    ("missing", "loans.hall.debt_share", level(amount=None)),
    ("amort_sum", "loans.hall.shares", level(repayment="custom", shares=(0.25, 0.25, 0.25, 0.2))),
    ("length_mismatch", "loans.hall.dscr", HALL._replace(loans=(HALL_LOAN._replace(dscr=(1.4, 1.5)),))),
    ("unknown_name", "loans.hall.repayment", level(repayment="balloon")),
    ("unknown_name", "tax.loss_use", level()._replace(tax=IncomeTax(loss_use="sell"))),
    ("unknown_name", "loans.hall.sized_on", level(sized_on="after_taxes")),
    ("missing", "loans", behind()._replace(loans=())),
    ("duplicate", "loans.mezzanine", behind()._replace(loans=(LEVEL._replace(name="mezzanine"),))),
    ("bad_tenor", "mezzanine.maturity", behind(maturity=6)),
    ("missing", "mezzanine.amount", behind(amount=None)),
    ("contradiction", "mezzanine.amount", behind(debt_share=0.1)),
    ("negative", "mezzanine.cash_rate_per_year", behind(cash_rate_per_year=-0.01)),
    ("bad_tenor", "holdco.tenor", level()._replace(holdco=HoldcoDebt(100.0, 0.1, 5))),
    ("unknown_name", "holdco.repayment", level()._replace(holdco=HoldcoDebt(100.0, 0.1, 4, "bulet"))),
    ("duplicate", "loans.holdco", level(name="holdco")._replace(holdco=HoldcoDebt(100.0, 0.1, 4))),
    ("spend_profile", "prepayment.received", prepaid(received=(0.9,))),
]


@pytest.mark.parametrize(("code", "path", "plan"), FAULTS, ids=[f"{code}-{path}" for code, path, _ in FAULTS])
def test_what_cannot_be_is_refused_by_its_code_and_its_path(code, path, plan):
    with pytest.raises(OverbuildError) as caught:
        check_plan(plan)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_a_faulty_plan_is_refused_by_whoever_takes_it():
    faulty = level(repayment="balloon")
    for taken in (size, lambda plan: run_site(plan, size(level()))):
        with pytest.raises(OverbuildError) as caught:
            taken(faulty)
        assert caught.value.code == "unknown_name"


@pytest.mark.parametrize("plan", [behind(amount=601.0), prepaid(amount=700.0)])
def test_debt_that_leaves_no_place_for_what_stands_behind_it_is_refused(plan):
    with pytest.raises(OverbuildError) as caught:
        size(plan)
    assert caught.value.code == "debt_exceeds_uses"
