"""Faults of contracts with offtakers: dates, shares, what follows what, and what is prepaid."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, did_you_mean
from overbuild.site.case.dates import ContractDates, availability_end
from overbuild.site.case.faults.building_faults import unknown_phase
from overbuild.site.case.faults.known_dates import known_dates, named_phase
from overbuild.site.case.plan import OfftakeContract, Phase, SitePlan
from overbuild.units import add_up_to_one

_SHARE_TOLERANCE = 1e-9


def contract_faults(plan: SitePlan) -> Iterator[CaseError]:
    """Faults of the contracts of a plan, one by one.

    >>> from overbuild.site.case.plan import Horizon, Path
    >>> contract = OfftakeContract("lab", 0.6, 5, Path(value=2.9))
    >>> both = (contract, contract._replace(name="cloud"))
    >>> plan = SitePlan(Horizon(10), (Phase("hall", 100, 4),), (), contracts=both)
    >>> [fault.code for fault in contract_faults(plan)]
    ['over_contracted']
    """
    for contract in plan.contracts:
        yield from _faults_of_one(plan, contract)
    for phase in plan.phases:
        yield from _share_faults(plan, phase)
    yield from _prepayment_faults(plan)


def unknown_contract(plan: SitePlan, name: str, path: str) -> Iterator[CaseError]:
    """The fault of a contract that is not there."""
    names = [one.name for one in plan.contracts]
    if name not in names:
        known = f"one of {', '.join(names)}.{did_you_mean(name, names)}" if names else "there are no contracts"
        yield CaseError("unknown_contract", path, name, known)


def _faults_of_one(plan: SitePlan, contract: OfftakeContract) -> Iterator[CaseError]:
    path = f"contracts.{contract.name}"
    yield from unknown_phase(plan, contract.phase, path)
    if contract.follows:
        yield from unknown_contract(plan, contract.follows, f"{path}.follows")
    if contract.tenor < 1:
        yield CaseError("bad_tenor", f"{path}.tenor", contract.tenor, "a contract runs for 1 period or more")
        return
    span = known_dates(plan, contract)
    if span is not None:
        yield from _date_faults(contract, span)
    elif contract.follows in [one.name for one in plan.contracts] and named_phase(plan, contract.phase):
        hint = "contracts follow each other in a circle, or one without dates; begin with one that follows none"
        yield CaseError("contradiction", f"{path}.follows", contract.follows, hint)


def _date_faults(contract: OfftakeContract, span: ContractDates) -> Iterator[CaseError]:
    path = f"contracts.{contract.name}"
    if span.agreed < 1:
        yield CaseError("bad_period", f"{path}.start", contract.start, "a contract starts after close: 1 or later")
    if contract.long_stop is not None and contract.long_stop < span.agreed:
        hint = f"the long stop lies on or after the agreed start, period {span.agreed}"
        yield CaseError("long_stop_before_start", f"{path}.long_stop", contract.long_stop, hint)


def _share_faults(plan: SitePlan, phase: Phase) -> Iterator[CaseError]:
    """The first contract of a phase with which those that run together take more than all; one that is stopped never runs."""
    here = [one for one in plan.contracts if named_phase(plan, one.phase) == phase]
    dates = [(one, known_dates(plan, one)) for one in here]
    spans = [(one, span) for one, span in dates if span is not None and span.stops is None]
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


def _prepayment_faults(plan: SitePlan) -> Iterator[CaseError]:
    prepayment, last = plan.prepayment, availability_end(plan)
    if prepayment is None:
        return
    yield from unknown_contract(plan, prepayment.contract, "prepayment.contract")
    if len(prepayment.received) > last:
        hint = f"it is received by the availability end: at most {last} shares, the first is period 1"
        yield CaseError("spend_after_availability", "prepayment.received", len(prepayment.received), hint)
    if not add_up_to_one(prepayment.received):
        hint = "the shares of what is prepaid add up to 1"
        yield CaseError("spend_profile", "prepayment.received", sum(prepayment.received), hint)
