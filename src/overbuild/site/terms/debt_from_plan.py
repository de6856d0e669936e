"""From the debt of a plan to its shape and its terms: loans in a stack, rates that float, the mezzanine."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.instruments.delayed_draw import ContractMargin
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.terms.debt_terms import FloatingRate, MezzanineLoan, Tranche


def tranches_of(plan: SitePlan) -> tuple[Tranche, ...]:
    """The loans of a plan, statically, in their order.

    A claim on chips goes over to those that replace them.

    >>> from overbuild.site.examples import PLAN
    >>> [tranche.name for tranche in tranches_of(PLAN)]
    ['senior']
    """
    return tuple(
        Tranche(
            name=loan.name,
            rank=loan.rank,
            draw="scheduled" if loan.draws else "pro_rata" if loan.advance_rate is None else "advance",
            advances_on=loan.advances_on,
            collateral=_with_refreshed(loan.collateral, plan),
            rate="floating" if loan.base_rate_per_year else "fixed",
            margins=tuple(margin.name for margin in plan.margins if margin.loan == loan.name),
        )
        for loan in plan.loans
    )


def _with_refreshed(names: tuple[str, ...], plan: SitePlan) -> tuple[str, ...]:
    return (*names, plan.refresh.component) if plan.refresh and plan.refresh.replaces in names else names


def mezzanine_of(plan: SitePlan, amounts: Mapping[str, tuple[float, float]]) -> MezzanineLoan | None:
    """The terms of the mezzanine with what sizing found, amount and draw share by name; None without one.

    >>> from overbuild.site.examples import PLAN
    >>> mezzanine_of(PLAN, {}) is None
    True
    """
    junior = plan.mezzanine
    if junior is None:
        return None
    rates = (junior.cash_rate_per_year, junior.pik_rate_per_year, junior.pik_premium_per_year)
    return MezzanineLoan(*amounts["mezzanine"], *rates)


def floating_of(plan: SitePlan, loan: Loan) -> FloatingRate | None:
    """The terms of a floating rate; None for a fixed one.

    >>> from overbuild.site.examples import PLAN
    >>> floating_of(PLAN, Loan("gpu", tenor=5, base_rate_per_year=(0.04,), margin_per_year=0.06)).margin_per_year
    0.06
    """
    if not loan.base_rate_per_year:
        return None
    margins = [margin for margin in plan.margins if margin.loan == loan.name]
    return FloatingRate(
        floor_per_year=loan.floor_per_year,
        margin_per_year=None if margins else loan.margin_per_year or 0.0,
        margins=tuple(ContractMargin(one.name, one.contract_share, one.margin_per_year) for one in margins),
        swap_share=loan.swap_share,
        swap_fixed_per_year=loan.swap_fixed_per_year,
    )
