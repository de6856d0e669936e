"""Faults of the rate of a loan: it is fixed or floats."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.project.case.plan import GradeMargin, ProjectLoan


def rate_faults(loan: ProjectLoan, margins: tuple[GradeMargin, ...]) -> Iterator[CaseError]:
    """What belongs to a floating rate cannot stand beside a fixed one, and the other way round.

    >>> [f"{fault.path} {fault.code}" for fault in rate_faults(ProjectLoan("senior", 9, margin_per_year=0.02), ())]
    ['loans.senior.rate missing', 'loans.senior.margin_per_year contradiction']
    """
    path = f"loans.{loan.name}"
    if loan.base_rate is not None:
        yield from _floating_faults(loan, margins)
        return
    if loan.rate is None:
        hint = "rate is required; a floating loan has base_rate in its place"
        yield CaseError("missing", f"{path}.rate", None, hint)
    hint = "a loan without a base rate has a fixed rate only"
    floats = {
        "margin_per_year": loan.margin_per_year is not None,
        "floor_per_year": loan.floor_per_year != 0.0,
        "swap_share": loan.swap_share != 0.0,
    }
    for name in (name for name, given in floats.items() if given):
        yield CaseError("contradiction", f"{path}.{name}", getattr(loan, name), hint)
    for margin in margins:
        yield CaseError("contradiction", f"margins.{margin.name}.loan", loan.name, hint)


def _floating_faults(loan: ProjectLoan, margins: tuple[GradeMargin, ...]) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    if loan.rate is not None:
        hint = "a floating loan has no fixed rate; leave out this or the base rate"
        yield CaseError("contradiction", f"{path}.rate", None, hint)
    if margins and loan.margin_per_year is not None:
        hint = "give one margin, or margins by contract"
        yield CaseError("contradiction", f"{path}.margin_per_year", loan.margin_per_year, hint)
    if not margins and loan.margin_per_year is None:
        hint = "a floating loan has a margin, 0 if need be"
        yield CaseError("missing", f"{path}.margin_per_year", None, hint)
    if loan.repayment == "annuity":
        hint = "a level payment needs one rate; choose straight_line, sculpted, bullet or custom"
        yield CaseError("contradiction", f"{path}.repayment", loan.repayment, hint)
