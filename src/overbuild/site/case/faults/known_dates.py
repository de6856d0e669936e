"""Dates of a plan whose names may be wrong."""

from __future__ import annotations

from overbuild.site.case.dates import ContractDates, contract_dates
from overbuild.site.case.plan import OfftakeContract, Phase, SitePlan


def named_phase(plan: SitePlan, name: str) -> Phase | None:
    """The phase of this name, the only one where none is given; None where there is no such phase.

    >>> from overbuild.site.examples import PLAN
    >>> named_phase(PLAN, "annex") is None, named_phase(PLAN, "").name
    (True, 'hall')
    """
    if not name:
        return plan.phases[0] if len(plan.phases) == 1 else None
    return next((phase for phase in plan.phases if phase.name == name), None)


def known_dates(plan: SitePlan, contract: OfftakeContract) -> ContractDates | None:
    """When a contract runs; None where a phase or a contract that its dates rest on is not there, or in a circle.

    >>> from overbuild.site.examples import PLAN
    >>> known_dates(PLAN, PLAN.contracts[0]._replace(follows="lab")) is None
    True
    """
    by_name, one, met = {each.name: each for each in plan.contracts}, contract, list[str]()
    while True:
        if named_phase(plan, one.phase) is None or one.name in met:
            return None
        if not one.follows:
            return contract_dates(plan, contract)
        met.append(one.name)
        if one.follows not in by_name:
            return None
        one = by_name[one.follows]
