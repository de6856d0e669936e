"""Liens: which loans hold which components."""

from __future__ import annotations

from overbuild.site.case.plan import Loan, SitePlan


def collateral_of(plan: SitePlan, loan: Loan) -> tuple[str, ...]:
    """Components that a loan holds: those that it names, all where it names none.

    >>> from overbuild.site.examples import PLAN
    >>> collateral_of(PLAN, PLAN.loans[0])
    ('shell', 'it')
    """
    return tuple(one.name for one in plan.components) if loan.collateral is None else loan.collateral


def holders_of(plan: SitePlan, component: str) -> tuple[str, ...]:
    """Loans that hold a component, sorted by name.

    >>> from overbuild.site.examples import PLAN
    >>> holders_of(PLAN, "it")
    ('senior',)
    """
    return tuple(sorted(loan.name for loan in plan.loans if component in collateral_of(plan, loan)))
