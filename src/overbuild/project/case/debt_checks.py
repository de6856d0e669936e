"""Faults of the debt of a plan: dates, liens, balloons, and how each loan is sized."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import InputError
from overbuild.project.case.collateral import holders_of
from overbuild.project.case.dates import first_instalment
from overbuild.project.case.plan import ProjectLoan, ProjectPlan


def debt_faults(plan: ProjectPlan) -> Iterator[InputError]:
    """Everything that is wrong with the loans of a plan.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.code for fault in debt_faults(PLAN._replace(loans=(PLAN.loans[0]._replace(maturity=9),)))]
    ['bad_tenor']
    """
    for loan in plan.loans:
        yield from loan_faults(plan, loan)
    if sum(loan.repayment == "sculpted" for loan in plan.loans) > 1:
        yield InputError("contradictory_sizing", "loans", None, "one loan at most can be sculpted")
    yield from lien_faults(plan)
    for row, test in enumerate(plan.tests, 1):
        if test.test == "llcr" and not test.level > 0.0:
            yield InputError("negative", f"tests.{row}.level", test.level, "a cover of the loan's life must be above 0")


def loan_faults(plan: ProjectPlan, loan: ProjectLoan) -> Iterator[InputError]:
    """What is wrong with one loan.

    >>> from overbuild.project.examples import PLAN
    >>> from overbuild.project.case.plan import Path, Refinancing
    >>> new = Refinancing(Path(value=0.1), 2, 1.3)
    >>> [fault.code for fault in loan_faults(PLAN, PLAN.loans[0]._replace(refinancing=new))]
    ['refinancing_without_balloon']
    """
    path, first = f"loans.{loan.name}", first_instalment(plan, loan)
    if not 1 <= first <= loan.maturity <= plan.horizon.periods:
        hint = f"a loan is repaid from period {first}, its first, to a maturity up to period {plan.horizon.periods}"
        yield InputError("bad_tenor", f"{path}.maturity", loan.maturity, hint)
    if (loan.rate is None) is (loan.base_rate is None):
        yield InputError("contradictory_rate", path, None, "a loan has a rate, or a base rate and a margin")
    if loan.refinancing is not None and loan.balloon_share <= 0.0 and loan.repayment != "bullet":
        yield InputError(
            "refinancing_without_balloon", f"{path}.refinancing", None, "without a balloon nothing is left"
        )
    if loan.refinancing is not None and loan.refinancing.tenor < 1:
        yield InputError("bad_tenor", f"{path}.refinancing.tenor", loan.refinancing.tenor, "one period or more")
    yield from sizing_faults(loan)


def sizing_faults(loan: ProjectLoan) -> Iterator[InputError]:
    """A loan that is sized in no way, or in two.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.code for fault in sizing_faults(PLAN.loans[0]._replace(debt_share=0.6))]
    ['contradictory_sizing']
    """
    path = f"loans.{loan.name}"
    sizes = [loan.amount, loan.debt_share, loan.advance_rate]
    given = sum(size is not None for size in sizes)
    if loan.repayment == "sculpted":
        if given:
            yield InputError("contradictory_sizing", path, None, "a sculpted loan is sized by cover alone")
        if not loan.dscr or min((*loan.dscr, *loan.dscr_merchant)) <= 0.0:
            yield InputError("dscr_le_zero", f"{path}.dscr", loan.dscr, "the cover asked for must be above 0")
    elif given != 1:
        yield InputError("contradictory_sizing", path, given, "a loan has one of amount, debt_share, advance_rate")


def lien_faults(plan: ProjectPlan) -> Iterator[InputError]:
    """Sets of lenders of a component that are neither nested nor disjoint: which pays first would be arbitrary.

    >>> from overbuild.project.examples import PLAN
    >>> held = {"a": ("shell",), "b": ("shell", "it"), "c": ("it",)}
    >>> loans = tuple(PLAN.loans[0]._replace(name=name, collateral=names) for name, names in held.items())
    >>> [fault.code for fault in lien_faults(PLAN._replace(loans=loans))]
    ['crossing_liens']
    """
    pots = {frozenset(holders_of(plan, one.name)) for one in plan.components} - {frozenset()}
    for one in sorted(pots, key=sorted):
        for other in sorted(pots, key=sorted):
            crossing = one & other and not (one <= other or other <= one)
            if crossing and sorted(one) < sorted(other):
                hint = "the lenders of one component must hold all, or none, of what the lenders of another hold"
                yield InputError("crossing_liens", f"loans.{min(one & other)}.collateral", sorted(one | other), hint)
