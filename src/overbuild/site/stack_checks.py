"""Faults of a stack of loans: two that ask for the same cash, names that are no component, advances on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, did_you_mean
from overbuild.site.plan import Loan, SitePlan


def stack_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of the loans of a plan beside each other, one by one.

    >>> from overbuild.site.examples import STACK_PLAN
    >>> faulty = STACK_PLAN.loans[1]._replace(collateral=("shel",))
    >>> [str(fault) for fault in stack_faults(STACK_PLAN._replace(loans=(faulty,)))]
    ["loans.gpu.collateral: one of shell, it. Did you mean shell? (got 'shel') [unknown_name]"]
    """
    sculpted = [loan.name for loan in plan.loans if loan.repayment == "sculpted"]
    for name in sculpted[1:]:
        hint = f"one loan can take what cover leaves, {sculpted[0]} does; give this one a pattern of repayment"
        yield CaseError("contradiction", f"loans.{name}.repayment", "sculpted", hint)
    for loan in plan.loans:
        yield from _loan_faults(loan, tuple(component.name for component in plan.components))


def _loan_faults(loan: Loan, names: tuple[str, ...]) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    if loan.rank < 1:
        yield CaseError("bad_value", f"{path}.rank", loan.rank, "ranks count from 1, the first to be paid")
    for field, given in (("collateral", loan.collateral), ("advances_on", loan.advances_on)):
        for name in given:
            if name not in names:
                hint = f"one of {', '.join(names)}.{did_you_mean(name, names)}"
                yield CaseError("unknown_name", f"{path}.{field}", name, hint)
    if loan.advance_rate is not None and not loan.advances_on:
        yield CaseError("missing", f"{path}.advances_on", None, "say which components the loan advances on")
    if loan.advance_rate is None and loan.advances_on:
        yield CaseError("missing", f"{path}.advance_rate", None, "say which share of their cost the loan advances")
