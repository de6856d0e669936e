"""Dates that the checks of a plan ask for."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.project.case.plan import OfftakeContract, Phase, ProjectLoan, ProjectPlan


class ContractSpan(NamedTuple):
    """The agreed first period of a contract, and the first and last in which it runs with the delays of the plan."""

    agreed: int
    begins: int
    ends: int


def named_phase(plan: ProjectPlan, name: str) -> Phase | None:
    """The phase of this name, the only one where none is given; None where there is no such phase."""
    if not name:
        return plan.phases[0] if len(plan.phases) == 1 else None
    return next((phase for phase in plan.phases if phase.name == name), None)


def last_draw(plan: ProjectPlan) -> int:
    """The availability end: as agreed, or the last planned completion."""
    agreed = plan.funding.availability_end
    return max(phase.cod for phase in plan.phases) if agreed is None else agreed


def first_payment(plan: ProjectPlan, loan: ProjectLoan) -> int:
    """The first period of repayment of a loan: as agreed, or the one after the availability end."""
    return last_draw(plan) + 1 if loan.first is None else loan.first


def contract_span(plan: ProjectPlan, contract: OfftakeContract, seen: tuple[str, ...] = ()) -> ContractSpan | None:
    """When a contract runs; None where its phase or a contract that it follows is not there, or follows it."""
    phase = named_phase(plan, contract.phase)
    if phase is None or contract.name in seen:
        return None
    agreed = phase.cod + 1 if contract.start is None else contract.start
    if contract.follows:
        before = next((one for one in plan.contracts if one.name == contract.follows), None)
        span = contract_span(plan, before, (*seen, contract.name)) if before else None
        if span is None:
            return None
        agreed = span.ends + 1 if contract.start is None else contract.start
    begins = max(agreed, phase.cod + phase.delay + 1)
    return ContractSpan(agreed, begins, (agreed if contract.ends == "date" else begins) + contract.tenor - 1)
