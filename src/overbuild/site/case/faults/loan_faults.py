"""Faults of senior loans: dates, size, cover, rate, balloon; and what a loan says to no effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from overbuild.errors import CaseError, did_you_mean
from overbuild.site.case.choices import RepaymentWord
from overbuild.site.case.dates import first_instalment
from overbuild.site.case.faults.rate_faults import rate_faults
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.units import add_up_to_one


def loan_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of the senior loans of a plan, one by one.

    >>> from overbuild.site.case.plan import Horizon, Phase, Path
    >>> loan = Loan("senior", 12, rate=Path(value=0.08), amount=1e8, repayment="annuity")
    >>> plan = SitePlan(Horizon(10), (Phase("hall", 100, 4),), (), loans=(loan,))
    >>> [str(fault) for fault in loan_faults(plan)]
    ['loans.senior.maturity: a loan is repaid from its first instalment, 5, to the end, 10 (got 12) [bad_tenor]']
    """
    for loan in plan.loans:
        yield from _date_faults(plan, loan)
        if loan.repayment in get_args(RepaymentWord):
            yield from _size_faults(loan)
        yield from _repayment_faults(loan, max(0, loan.maturity - first_instalment(plan, loan) + 1))
        yield from _balloon_faults(loan)
        yield from _claim_faults(loan, tuple(component.name for component in plan.components))
        yield from rate_faults(loan, tuple(one for one in plan.margins if one.loan == loan.name))
    sculpted = [loan.name for loan in plan.loans if loan.repayment == "sculpted"]
    for name in sculpted[1:]:
        hint = f"one loan can take what cover leaves, {sculpted[0]} does; give this one a pattern of repayment"
        yield CaseError("contradiction", f"loans.{name}.repayment", "sculpted", hint)
    names = [loan.name for loan in plan.loans]
    for margin in plan.margins:
        if margin.loan not in names:
            hint = f"one of {', '.join(names)}.{did_you_mean(margin.loan, names)}"
            yield CaseError("unknown_name", f"margins.{margin.name}.loan", margin.loan, hint)
    if plan.reserve.dsra_periods and not plan.loans:
        yield CaseError("missing", "loans", None, "a reserve for debt service needs a loan")


def _date_faults(plan: SitePlan, loan: Loan) -> Iterator[CaseError]:
    path, first, end = f"loans.{loan.name}", first_instalment(plan, loan), plan.horizon.periods
    if loan.first is not None and not 1 <= first <= end:
        hint = f"repayment begins after close and by the end: 1 to {end}"
        yield CaseError("bad_tenor", f"{path}.first", loan.first, hint)
    elif not first <= loan.maturity <= end:
        hint = f"a loan is repaid from its first instalment, {first}, to the end, {end}"
        yield CaseError("bad_tenor", f"{path}.maturity", loan.maturity, hint)


def _size_faults(loan: Loan) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    sizes = {"amount": loan.amount, "debt_share": loan.debt_share, "advance_rate": loan.advance_rate}
    given = [name for name, size in sizes.items() if size is not None]
    if loan.repayment != "sculpted" and not given:
        yield CaseError("missing", f"{path}.debt_share", None, "give the share of uses, the amount, or an advance rate")
    if loan.repayment != "sculpted" and len(given) > 1:
        hint = f"one size: {' or '.join(given)}; leave out the others"
        yield CaseError("contradiction", f"{path}.{given[1]}", sizes[given[1]], hint)
    if loan.advance_rate is not None and not loan.advances_on:
        yield CaseError("missing", f"{path}.advances_on", None, "say which components the loan advances on")
    if loan.advance_rate is None and loan.advances_on:
        yield CaseError("missing", f"{path}.advance_rate", None, "say which share of their cost the loan advances")


def _repayment_faults(loan: Loan, periods: int) -> Iterator[CaseError]:
    """Cover asked for, and shares of a repayment of its own: one number a period."""
    path = f"loans.{loan.name}"
    asked = ("dscr",) if loan.repayment == "sculpted" else ()
    for name in ("dscr", "dscr_merchant"):
        levels: tuple[float, ...] = getattr(loan, name)
        if loan.repayment == "sculpted" and len(levels) not in (1, periods) and (levels or name in asked):
            hint = f"one cover for all periods, or one for each of the {periods}"
            code = "length_mismatch" if levels else "missing"
            yield CaseError(code, f"{path}.{name}", len(levels) or None, hint)
        if any(level <= 0.0 for level in levels):
            yield CaseError("dscr_le_zero", f"{path}.{name}", min(levels), "cover asked for is above 0")
    if loan.repayment == "custom" and len(loan.shares) != periods:
        hint = f"one share for each period of repayment: {periods}"
        yield CaseError("length_mismatch", f"{path}.shares", len(loan.shares), hint)
    if loan.repayment == "custom" and not add_up_to_one(loan.shares):
        hint = "the shares of the loan repaid in each period add up to 1"
        yield CaseError("amort_sum", f"{path}.shares", sum(loan.shares), hint)


def _balloon_faults(loan: Loan) -> Iterator[CaseError]:
    path, new = f"loans.{loan.name}", loan.refinancing
    if new is None:
        return
    if not loan.balloon_share and loan.repayment != "bullet":
        hint = "only a balloon is refinanced: give balloon_share, or repayment: bullet"
        yield CaseError("refinancing_without_balloon", f"{path}.refinancing", None, hint)
    if new.tenor < 1:
        yield CaseError("bad_tenor", f"{path}.refinancing.tenor", new.tenor, "a new loan runs for 1 period or more")
    if new.dscr <= 0.0:
        yield CaseError("dscr_le_zero", f"{path}.refinancing.dscr", new.dscr, "cover asked for is above 0")


def _claim_faults(loan: Loan, names: tuple[str, ...]) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    if loan.rank < 1:
        yield CaseError("bad_value", f"{path}.rank", loan.rank, "ranks count from 1, the first to be paid")
    for field, given in (("collateral", loan.collateral or ()), ("advances_on", loan.advances_on)):
        for name in given:
            if name not in names:
                hint = f"one of {', '.join(names)}.{did_you_mean(name, names)}"
                yield CaseError("unknown_name", f"{path}.{field}", name, hint)
