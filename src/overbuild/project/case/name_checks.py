"""Faults of names: those that stand nowhere, or twice, and contracts that follow each other in a ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from overbuild.errors import InputError, did_you_mean
from overbuild.project.case.plan import OfftakeContract, ProjectPlan


def names_missing(plan: ProjectPlan) -> Iterator[InputError]:
    """Names that stand nowhere, or twice; contracts that follow each other in a ring.

    >>> from overbuild.project.examples import PLAN
    >>> lost = PLAN._replace(contracts=(PLAN.contracts[0]._replace(phase="hal"),))
    >>> [fault.code for fault in names_missing(lost)]
    ['unknown_phase']
    """
    if not plan.phases:
        yield InputError("missing", "phases", None, "a project needs a phase")
        return
    for block in ("phases", "components", "fleets", "contracts", "loans"):
        found = [one.name for one in getattr(plan, block)]
        for name in sorted({name for name in found if found.count(name) > 1}):
            yield InputError("duplicate_name", f"{block}.{name}", name, "each needs a name of its own")
    yield from phases_missing(plan)
    yield from contracts_missing(plan)
    yield from components_missing(plan)


def phases_missing(plan: ProjectPlan) -> Iterator[InputError]:
    """Phases that something names and that stand nowhere.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.path for fault in phases_missing(PLAN._replace(fleets=(PLAN.fleets[0]._replace(phase="x"),)))]
    ['fleets.first.phase']
    """
    phases = [one.name for one in plan.phases]
    for block in ("components", "fleets", "contracts"):
        for one in getattr(plan, block):
            alone = one.phase == "" and len(phases) == 1
            if not alone and one.phase not in phases:
                yield unknown("unknown_phase", f"{block}.{one.name}.phase", one.phase, phases)


def contracts_missing(plan: ProjectPlan) -> Iterator[InputError]:
    """Contracts that something names and that stand nowhere, or that follow themselves.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.code for fault in contracts_missing(PLAN._replace(contracts=(PLAN.contracts[0]._replace(follows="x"),)))]
    ['unknown_contract']
    """
    contracts = [one.name for one in plan.contracts]
    for one in plan.contracts:
        if one.follows and (one.follows not in contracts or one.name in followed(plan, one)):
            yield unknown("unknown_contract", f"contracts.{one.name}.follows", one.follows, contracts)
    if plan.prepayment is not None and plan.prepayment.contract not in contracts:
        yield unknown("unknown_contract", "prepayment.contract", plan.prepayment.contract, contracts)


def components_missing(plan: ProjectPlan) -> Iterator[InputError]:
    """Components that a fleet or a loan names and that stand nowhere.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.code for fault in components_missing(PLAN._replace(components=PLAN.components[:1]))]
    ['unknown_name']
    """
    components = [one.name for one in plan.components]
    for fleet in plan.fleets:
        if fleet.component not in components:
            yield unknown("unknown_name", f"fleets.{fleet.name}.component", fleet.component, components)
    for loan in plan.loans:
        for name in (*(loan.collateral or ()), *loan.advances_on):
            if name not in components:
                yield unknown("unknown_name", f"loans.{loan.name}", name, components)


def unknown(code: str, path: str, value: str, known: Iterable[str]) -> InputError:
    """The fault of a name that stands nowhere.

    >>> unknown("unknown_phase", "fleets.f.phase", "hal", ("hall",)).hint
    'one of hall. Did you mean hall?'
    """
    known = list(known)
    return InputError(code, path, value, f"one of {', '.join(known)}.{did_you_mean(value, known)}")


def followed(plan: ProjectPlan, contract: OfftakeContract) -> list[str]:
    """Names of the contracts that come before one, the nearest first; a ring ends where it closes.

    >>> from overbuild.project.examples import PLAN
    >>> followed(PLAN, PLAN.contracts[0]._replace(follows="lab"))
    ['lab']
    """
    by_name = {one.name: one for one in plan.contracts}
    found: list[str] = []
    name = contract.follows
    while name in by_name and name not in found:
        found.append(name)
        name = by_name[name].follows
    return found
