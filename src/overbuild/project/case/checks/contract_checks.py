"""Faults of contracts with offtakers: dates, shares, what follows what, and what is prepaid."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, did_you_mean
from overbuild.project.case.checks.building_checks import unknown_phase
from overbuild.project.case.checks.plan_dates import ContractSpan, contract_span, last_draw, named_phase
from overbuild.project.case.plan import OfftakeContract, Phase, ProjectPlan
from overbuild.units import add_up_to_one

_SHARE_TOLERANCE = 1e-9


def contract_faults(plan: ProjectPlan) -> Iterator[CaseError]:
    """Faults of the contracts of a plan, one by one.

    >>> from overbuild.project.case.plan import Horizon, Path
    >>> contract = OfftakeContract("lab", 0.6, 5, Path(value=2.9))
    >>> both = (contract, contract._replace(name="cloud"))
    >>> plan = ProjectPlan(Horizon(10), (Phase("hall", 100, 4),), (), contracts=both)
    >>> [fault.code for fault in contract_faults(plan)]
    ['missing', 'missing', 'over_contracted']
    """
    for contract in plan.contracts:
        yield from _faults_of_one(plan, contract)
    for phase in plan.phases:
        yield from _share_faults(plan, phase)
    yield from _prepayment_faults(plan)


def unknown_contract(plan: ProjectPlan, name: str, path: str) -> Iterator[CaseError]:
    """The fault of a contract that is not there."""
    names = [one.name for one in plan.contracts]
    if name not in names:
        known = f"one of {', '.join(names)}.{did_you_mean(name, names)}" if names else "there are no contracts"
        yield CaseError("unknown_contract", path, name, known)


def _faults_of_one(plan: ProjectPlan, contract: OfftakeContract) -> Iterator[CaseError]:
    path = f"contracts.{contract.name}"
    yield from unknown_phase(plan, contract.phase, path)
    if contract.follows:
        yield from unknown_contract(plan, contract.follows, f"{path}.follows")
    elif contract.renews != 1.0:
        hint = "only a contract that follows another renews it; say which under follows"
        yield CaseError("missing", f"{path}.follows", None, hint)
    if contract.tenor < 1:
        yield CaseError("bad_tenor", f"{path}.tenor", contract.tenor, "a contract runs for 1 period or more")
        return
    span = contract_span(plan, contract)
    if span is not None:
        yield from _date_faults(plan, contract, span)
    elif contract.follows in [one.name for one in plan.contracts] and named_phase(plan, contract.phase):
        hint = "contracts follow each other in a circle, or one without dates; begin with one that follows none"
        yield CaseError("contradiction", f"{path}.follows", contract.follows, hint)
    phase = named_phase(plan, contract.phase)
    if contract.unit == "gpu_hour" and phase is not None and not _has_fleet(plan, phase):
        hint = "hours of GPUs need a fleet in the phase; a hall without GPUs is let with unit: kw_month"
        yield CaseError("missing", f"{path}.unit", contract.unit, hint)


def _has_fleet(plan: ProjectPlan, phase: Phase) -> bool:
    """Whether a fleet stands in the phase, or in one that is not there, which is another fault."""
    return any(named_phase(plan, fleet.phase) in (phase, None) for fleet in plan.fleets)


def _date_faults(plan: ProjectPlan, contract: OfftakeContract, span: ContractSpan) -> Iterator[CaseError]:
    path, end = f"contracts.{contract.name}", plan.horizon.periods
    last = span.agreed + contract.tenor - 1
    if span.agreed < 1:
        yield CaseError("bad_period", f"{path}.start", contract.start, "a contract starts after close: 1 or later")
    elif last > end:
        hint = (
            f"it starts in period {span.agreed} and cannot outlive the project: at most {end - span.agreed + 1} periods"
        )
        yield CaseError("bad_tenor", f"{path}.tenor", contract.tenor, hint)
    if contract.long_stop is not None and contract.long_stop < span.agreed:
        hint = f"the long stop lies on or after the agreed start, period {span.agreed}"
        yield CaseError("long_stop_before_start", f"{path}.long_stop", contract.long_stop, hint)
    if contract.long_stop is None and contract.termination_payment:
        hint = "a termination payment is due at the long stop; say its period"
        yield CaseError("missing", f"{path}.long_stop", None, hint)
    if contract.fails_in is not None and not 1 <= contract.fails_in <= end:
        hint = f"a period from close to the end: 1 to {end}"
        yield CaseError("bad_period", f"{path}.fails_in", contract.fails_in, hint)


def _share_faults(plan: ProjectPlan, phase: Phase) -> Iterator[CaseError]:
    """The first contract of a phase with which those that run together take more than all of it."""
    here = [one for one in plan.contracts if named_phase(plan, one.phase) == phase]
    spans = [(one, span) for one in here if (span := contract_span(plan, one)) is not None]
    for _, span in sorted(spans, key=lambda both: both[1].begins):
        together = [
            (other.begins, place, one)
            for place, (one, other) in enumerate(spans)
            if other.begins <= span.begins <= other.ends
        ]
        share = sum(one.share for _, _, one in together)
        if share > 1.0 + _SHARE_TOLERANCE:
            names, latest = " and ".join(one.name for _, _, one in together), max(together)[2]
            hint = (
                f"in period {span.begins} {names} run together and take more than all of {phase.name}; lower a share, "
                "or let one follow the other (follows)"
            )
            yield CaseError("over_contracted", f"contracts.{latest.name}.share", round(share, 9), hint)
            return


def _prepayment_faults(plan: ProjectPlan) -> Iterator[CaseError]:
    prepayment, last = plan.prepayment, last_draw(plan)
    if prepayment is None:
        return
    yield from unknown_contract(plan, prepayment.contract, "prepayment.contract")
    if len(prepayment.received) > last:
        hint = f"it is received by the availability end: at most {last} shares, the first is period 1"
        yield CaseError("spend_after_availability", "prepayment.received", len(prepayment.received), hint)
    if not add_up_to_one(prepayment.received):
        hint = "the shares of what is prepaid add up to 1"
        yield CaseError("spend_profile", "prepayment.received", sum(prepayment.received), hint)
    contract = next((one for one in plan.contracts if one.name == prepayment.contract), None)
    span = contract_span(plan, contract) if contract else None
    if contract is None or span is None:
        return
    end = span.agreed + contract.tenor - 1
    if not 1 <= prepayment.credited_periods <= contract.tenor:
        hint = f"it is credited while the contract runs: 1 to {contract.tenor} periods"
        yield CaseError("bad_tenor", "prepayment.credited_periods", prepayment.credited_periods, hint)
    elif not span.agreed <= prepayment.credited_from <= end + 1 - prepayment.credited_periods:
        hint = f"it is credited while the contract runs: from {span.agreed} to {end + 1 - prepayment.credited_periods}"
        yield CaseError("bad_period", "prepayment.credited_from", prepayment.credited_from, hint)
