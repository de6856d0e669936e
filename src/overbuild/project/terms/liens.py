"""Liens: which loans hold which components, and the pots that follow from it."""

from __future__ import annotations

from overbuild.project.case.plan import ProjectLoan, ProjectPlan
from overbuild.project.terms.shape import PotShape


def collateral_of(plan: ProjectPlan, loan: ProjectLoan) -> tuple[str, ...]:
    """Components that a loan holds: those that it names, all where it names none.

    >>> from overbuild.project.examples import PLAN
    >>> collateral_of(PLAN, PLAN.loans[0])
    ('shell', 'it')
    """
    return tuple(one.name for one in plan.components) if loan.collateral is None else loan.collateral


def holders_of(plan: ProjectPlan, component: str) -> tuple[str, ...]:
    """Loans that hold a component, sorted by name.

    >>> from overbuild.project.examples import PLAN
    >>> holders_of(PLAN, "it")
    ('senior',)
    """
    return tuple(sorted(loan.name for loan in plan.loans if component in collateral_of(plan, loan)))


def pots_of(plan: ProjectPlan) -> tuple[PotShape, ...]:
    """Components by the set of loans that hold them, fewest holders first; the new loan of a holder holds them too.

    Nested or disjoint sets have one such order, however components and loans are listed.

    >>> from overbuild.project.examples import PLAN
    >>> pots_of(PLAN)
    (PotShape(name='senior', components=('shell', 'it'), holders=('senior',)),)
    """
    held: dict[tuple[str, ...], list[str]] = {}
    for component in plan.components:
        holders = holders_of(plan, component.name)
        if holders:
            held.setdefault(holders, []).append(component.name)
    new = {loan.name: f"{loan.name}.new" for loan in plan.loans if loan.refinancing is not None}
    return tuple(
        PotShape("+".join(holders), tuple(held[holders]), (*holders, *(new[one] for one in holders if one in new)))
        for holders in sorted(held, key=lambda names: (len(names), names))
    )
