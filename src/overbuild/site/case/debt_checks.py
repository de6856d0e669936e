"""Faults of a stack of loans: two that ask for the same cash, names that are no component, advances on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, did_you_mean
from overbuild.instruments.delayed_draw import DelayedDrawLoan, DrawTerms, draw_faults
from overbuild.site.case.plan import Loan, Margin, SitePlan
from overbuild.units import add_up_to_one

HOLDCO_REPAYMENTS = ("annuity", "bullet")


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
        margins = [margin for margin in plan.margins if margin.loan == loan.name]
        yield from _rate_faults(loan, margins, plan.site.operating_periods)
        yield from _draw_faults(plan, loan)
    yield from _mezzanine_faults(plan)
    yield from _prepayment_faults(plan)
    yield from _holdco_faults(plan)
    names = [loan.name for loan in plan.loans]
    for margin in plan.margins:
        if margin.loan not in names:
            hint = f"one of {', '.join(names)}.{did_you_mean(margin.loan, names)}"
            yield CaseError("unknown_name", f"margins.{margin.name}.loan", margin.loan, hint)


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
        hint = "a level payment needs one rate; choose level_parts, sculpted, straight_line, bullet or custom"
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
    terms = DrawTerms(sum(loan.draws) if loan.amount is None else loan.amount, 0.0, 0.0, plan.site.periods_per_year)
    pairs = tuple(enumerate(loan.draws))
    stated = DelayedDrawLoan(loan.name, pairs, max(1, loan.tenor), end, terms, loan.advance_rate, tuple(cost))
    for fault in draw_faults(stated):
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


def _prepayment_faults(plan: SitePlan) -> Iterator[CaseError]:
    prepayment, periods = plan.prepayment, plan.site.construction_periods or 1
    if prepayment is None:
        return
    if plan.offtake is None:
        yield CaseError("missing", "offtake", None, "a prepayment is credited against a contract")
        return
    if not 1 <= prepayment.credited_periods <= plan.offtake.tenor:
        hint = f"it is credited while the contract runs: 1 to {plan.offtake.tenor} periods"
        yield CaseError("bad_tenor", "prepayment.credited_periods", prepayment.credited_periods, hint)
    elif not 1 <= prepayment.credited_from <= plan.offtake.tenor + 1 - prepayment.credited_periods:
        hint = (
            f"it is credited while the contract runs: from 1 to {plan.offtake.tenor + 1 - prepayment.credited_periods}"
        )
        yield CaseError("bad_period", "prepayment.credited_from", prepayment.credited_from, hint)
    if len(prepayment.received) != periods:
        hint = f"one share a construction period: {periods}"
        yield CaseError("length_mismatch", "prepayment.received", len(prepayment.received), hint)
    if not add_up_to_one(prepayment.received):
        hint = "the shares of what is prepaid add up to 1"
        yield CaseError("spend_profile", "prepayment.received", sum(prepayment.received), hint)


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
    if holdco.repayment not in HOLDCO_REPAYMENTS:
        hint = f"one of {', '.join(HOLDCO_REPAYMENTS)}.{did_you_mean(holdco.repayment, HOLDCO_REPAYMENTS)}"
        yield CaseError("unknown_name", "holdco.repayment", holdco.repayment, hint)
