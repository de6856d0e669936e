"""Faults of the debt of a plan: of each loan, of loans beside each other, and what a loan says that a run would not use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from overbuild.errors import CaseError, did_you_mean
from overbuild.instruments.draw_limits import Draw, draw_faults
from overbuild.old_site.case.choices import Repayment
from overbuild.old_site.case.plan import Loan, Margin, SitePlan
from overbuild.units import add_up_to_one


def debt_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of the debt of a plan, one by one.

    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> faulty = STACK_PLAN.loans[1]._replace(collateral=("shel",))
    >>> [str(fault) for fault in debt_faults(STACK_PLAN._replace(loans=(faulty,)))]
    ["loans.gpu.collateral: one of shell, it. Did you mean shell? (got 'shel') [unknown_name]"]
    """
    for loan in plan.loans:
        yield from _loan_faults(loan, plan.site.operating_periods)
    sculpted = [loan.name for loan in plan.loans if loan.repayment == "sculpted"]
    for name in sculpted[1:]:
        hint = f"one loan can take what cover leaves, {sculpted[0]} does; give this one a pattern of repayment"
        yield CaseError("contradiction", f"loans.{name}.repayment", "sculpted", hint)
    for loan in plan.loans:
        yield from _claim_faults(loan, tuple(component.name for component in plan.components))
        margins = [margin for margin in plan.margins if margin.loan == loan.name]
        yield from _rate_faults(loan, margins, plan.site.operating_periods)
        yield from _draw_faults(plan, loan)
    yield from _mezzanine_faults(plan)
    yield from _holdco_faults(plan)
    names = [loan.name for loan in plan.loans]
    for margin in plan.margins:
        if margin.loan not in names:
            hint = f"one of {', '.join(names)}.{did_you_mean(margin.loan, names)}"
            yield CaseError("unknown_name", f"margins.{margin.name}.loan", margin.loan, hint)


def _loan_faults(loan: Loan, operating_periods: int) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    if loan.tenor == 0:
        yield CaseError("missing", f"{path}.tenor", None, "tenor is required")
    elif not 1 <= loan.tenor <= operating_periods:
        hint = f"a loan is repaid within operation: 1 to {operating_periods} periods"
        yield CaseError("bad_tenor", f"{path}.tenor", loan.tenor, hint)
    if loan.repayment == "sculpted":
        yield from _cover_faults(loan, path)
    elif loan.amount is None and loan.debt_share is None and loan.advance_rate is None and not loan.draws:
        yield CaseError("missing", f"{path}.debt_share", None, "give the share of uses, or the amount")
    if loan.rate_per_year is not None and loan.rate_per_year <= -1.0:
        yield CaseError("rate_le_minus1", f"{path}.rate_per_year", loan.rate_per_year, "a rate is above -1")


def _cover_faults(loan: Loan, path: str) -> Iterator[CaseError]:
    """Cover asked for, and of merchant cash: one number a period, above 0."""
    for name, levels in (("target_dscr", loan.target_dscr), ("target_dscr_merchant", loan.target_dscr_merchant)):
        if len(levels) != loan.tenor and (levels or name == "target_dscr"):
            hint = f"one cover a period of the tenor: {loan.tenor}"
            yield CaseError("length_mismatch", f"{path}.{name}", len(levels), hint)
        if any(level <= 0.0 for level in levels):
            yield CaseError("dscr_le_zero", f"{path}.{name}", min(levels), "cover asked for is above 0")


def _claim_faults(loan: Loan, names: tuple[str, ...]) -> Iterator[CaseError]:
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


def _rate_faults(loan: Loan, margins: list[Margin], periods: int) -> Iterator[CaseError]:
    """A loan is fixed or floats: what belongs to the one cannot stand beside the other."""
    path = f"loans.{loan.name}"
    if loan.base_rate_per_year:
        yield from _floating_faults(loan, margins, periods)
        return
    if loan.rate_per_year is None:
        hint = "rate_per_year is required; a floating loan has base_rate_per_year in its place"
        yield CaseError("missing", f"{path}.rate_per_year", None, hint)
    floats = {
        "margin_per_year": loan.margin_per_year is not None,
        "floor_per_year": loan.floor_per_year != 0.0,
        "swap_share": loan.swap_share != 0.0,
    }
    hint = "a loan without a base rate has a fixed rate only"
    for name in (name for name, given in floats.items() if given):
        yield CaseError("contradiction", f"{path}.{name}", getattr(loan, name), hint)
    for margin in margins:
        yield CaseError("contradiction", f"margins.{margin.name}.loan", loan.name, hint)


def _floating_faults(loan: Loan, margins: list[Margin], periods: int) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    if len(loan.base_rate_per_year) != periods:
        hint = f"one rate an operating period: {periods}"
        yield CaseError("length_mismatch", f"{path}.base_rate_per_year", len(loan.base_rate_per_year), hint)
    if loan.rate_per_year is not None:
        hint = "a floating loan has no fixed rate; leave out this or the base rate"
        yield CaseError("contradiction", f"{path}.rate_per_year", loan.rate_per_year, hint)
    if margins and loan.margin_per_year is not None:
        hint = "give one margin, or margins by contract"
        yield CaseError("contradiction", f"{path}.margin_per_year", loan.margin_per_year, hint)
    if not margins and loan.margin_per_year is None:
        yield CaseError("missing", f"{path}.margin_per_year", None, "a floating loan has a margin, 0 if need be")
    if loan.repayment == "annuity":
        others = [word for word in get_args(Repayment) if word not in ("annuity", "level_parts")]
        hint = f"a level payment needs one rate; choose level_parts, {', '.join(others[:-1])} or {others[-1]}"
        yield CaseError("contradiction", f"{path}.repayment", loan.repayment, hint)


def _draw_faults(plan: SitePlan, loan: Loan) -> Iterator[CaseError]:
    """Draws as stated against availability, commitment and advance rate, each refused with its place."""
    if not loan.draws:
        return
    end = plan.site.construction_periods if loan.availability_end is None else loan.availability_end
    cost = [0.0] * (plan.site.construction_periods + 1)
    for component in plan.components:
        if component.name in loan.advances_on:
            spend = (0.0, *component.spend) if plan.site.construction_periods else (1.0,)
            cost = [so_far + component.cost * share for so_far, share in zip(cost, spend, strict=False)]
    faults = draw_faults(
        draws=[Draw(period, amount) for period, amount in enumerate(loan.draws)],
        commitment=sum(loan.draws) if loan.amount is None else loan.amount,
        availability_end=end,
        advance_rate=loan.advance_rate,
        gpu_cost_delivered=cost,
        path=f"loans.{loan.name}.draws",
    )
    for fault in faults:
        yield CaseError(fault.code, fault.path, fault.value, fault.hint)


def _mezzanine_faults(plan: SitePlan) -> Iterator[CaseError]:
    junior, periods = plan.mezzanine, plan.site.operating_periods
    if junior is None:
        return
    if not plan.loans:
        yield CaseError("missing", "loans", None, "a mezzanine stands behind a senior loan")
    if "mezzanine" in [loan.name for loan in plan.loans]:
        hint = "the mezzanine has this name; call the senior loan otherwise"
        yield CaseError("duplicate", "loans.mezzanine", "mezzanine", hint)
    if not 1 <= junior.tenor <= periods:
        hint = f"the mezzanine matures within operation: 1 to {periods} periods"
        yield CaseError("bad_tenor", "mezzanine.tenor", junior.tenor, hint)
    if (junior.amount is None) == (junior.debt_share is None):
        hint = "give the amount or the share of uses, one of them"
        code = "missing" if junior.amount is None else "contradiction"
        yield CaseError(code, "mezzanine.amount", junior.amount, hint)
    for name in ("cash_rate_per_year", "pik_rate_per_year"):
        if getattr(junior, name) < 0.0:
            yield CaseError("negative", f"mezzanine.{name}", getattr(junior, name), "this rate is 0 or more")


def _holdco_faults(plan: SitePlan) -> Iterator[CaseError]:
    holdco, periods = plan.holdco, plan.site.operating_periods
    if holdco is None:
        return
    if "holdco" in [loan.name for loan in plan.loans]:
        hint = "the debt of the holding company has this name; call the senior loan otherwise"
        yield CaseError("duplicate", "loans.holdco", "holdco", hint)
    if not 1 <= holdco.tenor <= periods:
        hint = f"the debt of the holding company is repaid within operation: 1 to {periods} periods"
        yield CaseError("bad_tenor", "holdco.tenor", holdco.tenor, hint)


def unused_debt_faults(plan: SitePlan) -> Iterator[CaseError]:
    """What the loans of a plan say to no effect: numbers that their repayment or their sizing does not use.

    >>> from overbuild.old_site.examples import PLAN
    >>> sculpted = PLAN.loans[0]._replace(repayment="sculpted")
    >>> [fault.path for fault in unused_debt_faults(PLAN._replace(loans=(sculpted,)))]
    ['loans.senior.amount']
    """
    for loan in plan.loans:
        if loan.repayment in get_args(Repayment):
            yield from _unused_faults(loan, f"loans.{loan.name}")


def _unused_faults(loan: Loan, path: str) -> Iterator[CaseError]:
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
        hint = "give the amount or the share of uses, not both"
        yield CaseError("contradiction", f"{path}.amount", loan.amount, hint)
    if loan.advance_rate is not None and not loan.draws and (loan.debt_share, loan.amount) != (None, None):
        hint = (
            "the amount follows from the cost of what the loan advances on; leave out the amount and the share of uses"
        )
        yield CaseError("contradiction", f"{path}.advance_rate", loan.advance_rate, hint)
    if loan.repayment == "custom" and not add_up_to_one(loan.repayment_shares):
        hint = "the shares of the loan repaid in each period add up to 1"
        yield CaseError("amort_sum", f"{path}.repayment_shares", sum(loan.repayment_shares), hint)
