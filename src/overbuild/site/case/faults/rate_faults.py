"""Faults of the rate of a loan: it has a rate, or a base rate with margin."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.site.case.plan import GradeMargin, Loan


def rate_faults(loan: Loan, margins: tuple[GradeMargin, ...]) -> Iterator[CaseError]:
    """A loan without a rate, with two, or with two margins.

    >>> [f"{fault.path} {fault.code}" for fault in rate_faults(Loan("senior", 9), ())]
    ['loans.senior.rate missing']
    """
    path = f"loans.{loan.name}"
    if loan.base_rate is None:
        if loan.rate is None:
            hint = "rate is required; a floating loan has base_rate in its place"
            yield CaseError("missing", f"{path}.rate", None, hint)
        for margin in margins:
            hint = "a loan without a base rate has a fixed rate only"
            yield CaseError("contradiction", f"margins.{margin.name}.loan", loan.name, hint)
        return
    if loan.rate is not None:
        hint = "a floating loan has no fixed rate; leave out this or the base rate"
        yield CaseError("contradiction", f"{path}.rate", None, hint)
    if margins and loan.margin_per_year is not None:
        hint = "give one margin, or margins by contract"
        yield CaseError("contradiction", f"{path}.margin_per_year", loan.margin_per_year, hint)
    if not margins and loan.margin_per_year is None:
        hint = "a floating loan has a margin, 0 if need be"
        yield CaseError("missing", f"{path}.margin_per_year", None, hint)
