"""Words and combinations of a case: what a choice may be, and which choices exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, InputError, did_you_mean
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.case.tax_tables import table
from overbuild.units import add_up_to_one

REPAYMENTS = ("sculpted", "annuity", "straight_line", "bullet", "level_parts", "custom")
SIZED_ON = ("after_tax", "pre_tax")
COVENANTS = ("flag", "cure", "sweep_all", "accelerate")
LOSS_USES = ("carry", "immediate")
PAYERS = ("project", "owners")
REFRESH_MODES = ("committed", "if_funded")
GUARANTORS = ("third_party", "offtaker")


def word_faults(plan: SitePlan) -> Iterator[CaseError]:
    """Choices that are none, and choices that contradict each other, one by one.

    >>> from overbuild.site.examples import PLAN
    >>> [fault.path for fault in word_faults(PLAN._replace(tax=PLAN.tax._replace(loss_use="sell")))]
    ['tax.loss_use']
    """
    yield from _one_of(plan.tax.loss_use, LOSS_USES, "tax.loss_use")
    if plan.refresh is not None:
        yield from _one_of(plan.refresh.paid_by, PAYERS, "refresh.paid_by")
        yield from _one_of(plan.refresh.mode, REFRESH_MODES, "refresh.mode")
    yield from _one_of(plan.site.residual_value_guarantor, GUARANTORS, "site.residual_value_guarantor")
    yield from _one_of(plan.waterfall.covenant, COVENANTS, "waterfall.covenant")
    if plan.waterfall.covenant != "flag" and plan.waterfall.default_dscr is None:
        yield CaseError("missing", "waterfall.default_dscr", None, "a covenant that acts needs the level it acts at")
    for component in plan.components:
        try:
            table(component.tax_class)
        except InputError as error:
            yield CaseError(error.code, f"components.{component.name}.tax_class", error.value, error.hint)
    for loan in plan.loans:
        yield from _loan_words(loan, f"loans.{loan.name}")


def _one_of(word: str, allowed: tuple[str, ...], path: str) -> Iterator[CaseError]:
    if word not in allowed:
        yield CaseError("unknown_name", path, word, f"one of {', '.join(allowed)}.{did_you_mean(word, allowed)}")


def _loan_words(loan: Loan, path: str) -> Iterator[CaseError]:
    yield from _one_of(loan.repayment, REPAYMENTS, f"{path}.repayment")
    yield from _one_of(loan.sized_on, SIZED_ON, f"{path}.sized_on")
    if loan.repayment not in REPAYMENTS:
        return
    sculpted = loan.repayment == "sculpted"
    for name, given, used in (
        ("debt_share", loan.debt_share is not None, not sculpted),
        ("amount", loan.amount is not None, not sculpted),
        ("advance_rate", loan.advance_rate is not None, not sculpted),
        ("draws", bool(loan.draws), not sculpted),
        ("target_dscr_merchant", bool(loan.target_dscr_merchant), sculpted),
        ("target_dscr", bool(loan.target_dscr), sculpted),
        ("max_debt_share", loan.max_debt_share is not None, sculpted),
        ("repayment_shares", bool(loan.repayment_shares), loan.repayment == "custom"),
    ):
        if given and not used:
            hint = f"a loan with {loan.repayment} repayment does not use it; leave it out or change the repayment"
            yield CaseError("contradiction", f"{path}.{name}", getattr(loan, name), hint)
    if loan.debt_share is not None and loan.amount is not None:
        yield CaseError(
            "contradiction", f"{path}.amount", loan.amount, "give the amount or the share of uses, not both"
        )
    if loan.advance_rate is not None and not loan.draws and (loan.debt_share, loan.amount) != (None, None):
        hint = (
            "the amount follows from the cost of what the loan advances on; leave out the amount and the share of uses"
        )
        yield CaseError("contradiction", f"{path}.advance_rate", loan.advance_rate, hint)
    if loan.repayment == "custom" and not add_up_to_one(loan.repayment_shares):
        hint = "the shares of the loan repaid in each period add up to 1"
        yield CaseError("amort_sum", f"{path}.repayment_shares", sum(loan.repayment_shares), hint)
