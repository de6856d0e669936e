"""What a case file says to no effect, or that ends after the site: it could run, and would not mean what is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from overbuild.errors import CaseError
from overbuild.site.case.choices import RepaymentWord
from overbuild.site.case.faults.known_dates import known_dates, named_phase
from overbuild.site.case.plan import GpuFleet, Loan, OfftakeContract, Phase, SitePlan


def unused_faults(plan: SitePlan) -> Iterator[CaseError]:
    """What a plan says to no effect.

    >>> from overbuild.site.examples import PLAN
    >>> late = PLAN._replace(contracts=(PLAN.contracts[0]._replace(tenor=9, renews=0.5),), fleets=())
    >>> [f"{fault.path} {fault.code}" for fault in unused_faults(late)]
    ['contracts.lab.follows missing', 'contracts.lab.tenor bad_tenor', 'contracts.lab.unit missing']
    """
    for fleet in plan.fleets:
        yield from _of_a_fleet(fleet)
    for contract in plan.contracts:
        yield from _of_a_contract(plan, contract)
        phase = named_phase(plan, contract.phase)
        if contract.unit == "gpu_hour" and phase is not None and not _has_fleet(plan, phase):
            hint = "hours of GPUs need a fleet in the phase; a hall without GPUs is let with unit: kw_month"
            yield CaseError("missing", f"contracts.{contract.name}.unit", contract.unit, hint)
    yield from _of_a_guarantee(plan)
    yield from _of_a_prepayment(plan)
    for loan in plan.loans:
        yield from _of_a_repayment(loan)
        yield from _of_a_rate(loan)


def _of_a_fleet(fleet: GpuFleet) -> Iterator[CaseError]:
    if fleet.at is None and (fleet.proceeds or fleet.reserve_periods or fleet.owners_pay or fleet.owners_pay_all):
        hint = "the first GPUs replace none and are paid with the phase; say when they are bought"
        yield CaseError("missing", f"fleets.{fleet.name}.at", None, hint)


def _of_a_contract(plan: SitePlan, contract: OfftakeContract) -> Iterator[CaseError]:
    path, end = f"contracts.{contract.name}", plan.horizon.periods
    if contract.renews != 1.0 and not contract.follows:
        hint = "only a contract that follows another renews it; say which under follows"
        yield CaseError("missing", f"{path}.follows", None, hint)
    dates = known_dates(plan, contract)
    if dates is not None and dates.agreed >= 1 and dates.agreed + contract.tenor - 1 > end:
        hint = (
            f"it starts in period {dates.agreed} and cannot outlive the site: "
            f"at most {max(0, end - dates.agreed + 1)} periods"
        )
        yield CaseError("bad_tenor", f"{path}.tenor", contract.tenor, hint)
    grades = [margin.name for margin in plan.margins]
    if contract.grade and grades and contract.grade not in grades:
        hint = f"a grade names a row of margins: {', '.join(grades)}; leave it out or give its margin"
        yield CaseError("unknown_name", f"{path}.grade", contract.grade, hint)
    if contract.long_stop is None and contract.termination_payment:
        hint = "a termination payment is due at the long stop; say its period"
        yield CaseError("missing", f"{path}.long_stop", None, hint)
    if contract.fails_in is not None and not 1 <= contract.fails_in <= end:
        hint = f"a period from close to the end: 1 to {end}"
        yield CaseError("bad_period", f"{path}.fails_in", contract.fails_in, hint)


def _of_a_guarantee(plan: SitePlan) -> Iterator[CaseError]:
    """A guarantee of an offtaker where there is none."""
    if plan.horizon.residual_value_guarantor == "offtaker" and not plan.contracts:
        hint = "the guarantee of an offtaker holds while a contract is alive; give its contract, or name a third_party"
        yield CaseError("missing", "horizon.residual_value_guarantor", "offtaker", hint)


def _of_a_prepayment(plan: SitePlan) -> Iterator[CaseError]:
    """A credit in periods in which there are no bills."""
    paid = plan.prepayment
    contract = next((one for one in plan.contracts if paid is not None and one.name == paid.contract), None)
    dates = known_dates(plan, contract) if contract else None
    if paid is None or contract is None or dates is None:
        return
    last = dates.agreed + contract.tenor - paid.credited_periods
    if not 1 <= paid.credited_periods <= contract.tenor:
        hint = f"it is credited while the contract runs: 1 to {contract.tenor} periods"
        yield CaseError("bad_tenor", "prepayment.credited_periods", paid.credited_periods, hint)
    elif not dates.agreed <= paid.credited_from <= last:
        hint = f"it is credited while the contract runs: from {dates.agreed} to {last}"
        yield CaseError("bad_period", "prepayment.credited_from", paid.credited_from, hint)


def _has_fleet(plan: SitePlan, phase: Phase) -> bool:
    """Whether a fleet stands in the phase, or in one that is not there, which is another fault."""
    return any(named_phase(plan, fleet.phase) in (phase, None) for fleet in plan.fleets)


def _of_a_repayment(loan: Loan) -> Iterator[CaseError]:
    """Numbers that the repayment of a loan does not use."""
    sculpted = loan.repayment == "sculpted"
    if loan.repayment not in get_args(RepaymentWord):
        return
    for name, given, used in (
        ("debt_share", loan.debt_share is not None, not sculpted),
        ("amount", loan.amount is not None, not sculpted),
        ("advance_rate", loan.advance_rate is not None, not sculpted),
        ("dscr", bool(loan.dscr), sculpted),
        ("dscr_merchant", bool(loan.dscr_merchant), sculpted),
        ("max_debt_share", loan.max_debt_share is not None, sculpted),
        ("shares", bool(loan.shares), loan.repayment == "custom"),
    ):
        if given and not used:
            hint = f"a loan with {loan.repayment} repayment does not use it; leave it out or change the repayment"
            yield CaseError("contradiction", f"loans.{loan.name}.{name}", getattr(loan, name), hint)


def _of_a_rate(loan: Loan) -> Iterator[CaseError]:
    """What belongs to a floating rate beside a fixed one, and a level payment at a rate that moves."""
    path = f"loans.{loan.name}"
    if loan.base_rate is not None:
        if loan.repayment == "annuity":
            hint = "a level payment needs one rate; choose straight_line, sculpted, bullet or custom"
            yield CaseError("contradiction", f"{path}.repayment", loan.repayment, hint)
        return
    floats = {
        "margin_per_year": loan.margin_per_year is not None,
        "floor_per_year": loan.floor_per_year != 0.0,
        "swap_share": loan.swap_share != 0.0,
    }
    for name in (name for name, given in floats.items() if given):
        hint = "a loan without a base rate has a fixed rate only"
        yield CaseError("contradiction", f"{path}.{name}", getattr(loan, name), hint)
