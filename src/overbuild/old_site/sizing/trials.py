"""Sizing by trial: all loans at once, each by its own rule, until nothing moves.

Loans stated as shares of uses follow the uses, uses follow fees, interest and DSRA of all loans; a sculpted loan
follows the cash that the others leave.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.instruments.repayment import principals, unit_debt_service
from overbuild.instruments.sculpting import CappedDebt, capped_debt, sculpted_beside
from overbuild.old_site.case.plan import Loan, SitePlan
from overbuild.old_site.financing.interest_rates import floating_rate
from overbuild.old_site.sizing.funding import Funded, check_draws, fund, geared_uses
from overbuild.old_site.sizing.targets import targets
from overbuild.old_site.terms.from_plan import floating_of
from overbuild.timeline.series import padded

_SETTLED = 1e-11
_MOST_PASSES = 200


class Trial(NamedTuple):
    """The loans on trial: amount, debt service by period of the tenor, and the cut by the cap on debt, by loan."""

    amounts: dict[str, float]
    services: dict[str, tuple[float, ...]]
    scales: dict[str, float]

    def service(self, periods: int) -> tuple[float, ...]:
        """Debt service of all loans in each of so many periods."""
        rows = [padded(service, periods) for service in self.services.values()]
        return tuple(sum(entries) for entries in zip(*rows, strict=True)) if rows else (0.0,) * periods


class LendersCash(NamedTuple):
    """What lenders size on, by period of operation: CFADS, and the contract's share of revenue."""

    cfads: tuple[float, ...]
    contracted: tuple[float, ...]


class Sized(NamedTuple):
    """The loans as sized and funded, and the number of passes."""

    trial: Trial
    initial_dsra: float
    funded: Funded
    passes: int


def size_by_trial(plan: SitePlan, lenders_cash: Callable[[Funded, Trial], LendersCash]) -> Sized:
    """Size all loans of a plan; `lenders_cash` runs the site on a trial as funded.

    Raises InputError `infeasible_gearing`, `debt_exceeds_uses`, `overdraw` (with its period), `no_convergence`.

    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> sized = size_by_trial(STACK_PLAN, lambda funded, trial: LendersCash((0.0,) * 6, (1.0,) * 6))
    >>> {name: round(amount / 1e6, 6) for name, amount in sized.trial.amounts.items()}
    {'senior': 1000.0, 'gpu': 600.0}
    """
    sculpted = any(loan.repayment == "sculpted" for loan in plan.loans)
    trial = _first(plan)
    for passed in range(1, _MOST_PASSES + 1):
        funded = fund(plan, trial.amounts, _reserve(plan, trial))
        wanted = _next(plan, trial, funded.uses, lenders_cash(funded, trial) if sculpted else None)
        moved = _moved(trial, wanted)
        trial = wanted
        if moved <= _SETTLED * sum(trial.amounts.values()):
            reserve = _reserve(plan, trial)
            funded = fund(plan, trial.amounts, reserve)
            check_draws(plan, funded)
            return Sized(trial, reserve, funded, passed)
    hint = f"sizing has not settled in {_MOST_PASSES} passes"
    raise InputError("no_convergence", "loans", None, hint)


def advanced(plan: SitePlan, loan: Loan) -> float:
    """Borrowing base: the most that a loan lends on its components.

        amount = advance_rate * sum of their cost

    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> advanced(STACK_PLAN, STACK_PLAN.loans[1]) / 1e6
    600.0
    """
    return (loan.advance_rate or 0.0) * sum(one.cost for one in plan.components if one.name in loan.advances_on)


def _reserve(plan: SitePlan, trial: Trial) -> float:
    """The initial funding of the DSRA."""
    return sum(trial.service(plan.site.operating_periods)[: plan.reserves.dsra_periods])


def _first(plan: SitePlan) -> Trial:
    """The first trial: loans by share of uses from one affine solve, sculpted loans at 0."""
    none = {loan.name: (0.0,) * loan.tenor for loan in plan.loans}
    start = Trial(dict.fromkeys((*none, "mezzanine") if plan.mezzanine else none, 0.0), none, dict.fromkeys(none, 1.0))
    per_debt = {
        loan.name: sum(_unit_service(plan, loan)[: plan.reserves.dsra_periods])
        for loan in plan.loans
        if loan.repayment != "sculpted"
    }
    return _next(plan, start, geared_uses(plan, per_debt), None)


def _next(plan: SitePlan, trial: Trial, uses: float, cash: LendersCash | None) -> Trial:
    """The next trial: what each rule gives on the uses and the cash of the last."""
    amounts, services, scales = dict(trial.amounts), dict(trial.services), dict(trial.scales)
    for loan in plan.loans:
        if loan.repayment != "sculpted":
            amounts[loan.name] = _amount(plan, loan, uses)
            services[loan.name] = tuple(amounts[loan.name] * one for one in _unit_service(plan, loan))
    junior = plan.mezzanine
    if junior is not None:
        amounts["mezzanine"] = (junior.debt_share or 0.0) * uses if junior.amount is None else junior.amount
    for loan in plan.loans:
        if loan.repayment == "sculpted" and cash is not None:
            others = Trial(amounts, {name: one for name, one in services.items() if name != loan.name}, scales)
            beside = others.service(plan.site.operating_periods)
            found = _sculpted(plan, loan, cash, beside, uses)
            amounts[loan.name], services[loan.name] = found.amount, found.debt_service
            scales[loan.name] = found.scale
    return Trial(amounts, services, scales)


def _unit_service(plan: SitePlan, loan: Loan) -> tuple[float, ...]:
    """Debt service of a loan that is repaid by a pattern, for each USD lent."""
    rates = period_rates(plan, loan)
    return unit_debt_service(loan.repayment, loan.tenor, rates, loan.repayment_shares, path=f"loans.{loan.name}")


def period_rates(plan: SitePlan, loan: Loan) -> tuple[float, ...]:
    """Interest rate of a loan in each period of its tenor, per period, as the equations find it.

    >>> from overbuild.old_site.examples import PLAN
    >>> period_rates(PLAN, Loan("gpu", tenor=2, base_rate_per_year=(0.04, 0.05), margin_per_year=0.06))
    (0.1, 0.11)
    """
    p, terms = plan.site.periods_per_year, floating_of(plan, loan)
    if terms is None:
        return ((loan.rate_per_year or 0.0) / p,) * loan.tenor
    return tuple(float(floating_rate(base, terms)) / p for base in loan.base_rate_per_year[: loan.tenor])


def _amount(plan: SitePlan, loan: Loan, uses: float) -> float:
    if loan.draws:
        return sum(loan.draws)
    if loan.advance_rate is not None:
        return advanced(plan, loan)
    return (loan.debt_share or 0.0) * uses if loan.amount is None else loan.amount


def _sculpted(plan: SitePlan, loan: Loan, cash: LendersCash, beside: tuple[float, ...], uses: float) -> CappedDebt:
    """Amount, debt service and cut of the sculpted loan: cover is asked for the debt service of all loans."""
    rates = period_rates(plan, loan)
    asked = tuple(
        float(sculpted_beside(cfads, level, others))
        for cfads, others, level in zip(cash.cfads, beside, targets(loan, cash.contracted), strict=False)
    )
    return capped_debt(asked, rates, None if loan.max_debt_share is None else loan.max_debt_share * uses)


def _moved(trial: Trial, wanted: Trial) -> float:
    """How far two trials are apart: all amounts, and the largest move in debt service."""
    by_amount = sum(abs(amount - trial.amounts[name]) for name, amount in wanted.amounts.items())
    moves = [
        abs(one - other)
        for name, service in wanted.services.items()
        for one, other in zip(service, trial.services[name], strict=True)
    ]
    return by_amount + max(moves, default=0.0)


def principal_of(plan: SitePlan, loan: Loan, trial: Trial) -> tuple[float, ...]:
    """Principal of a loan by period of its tenor, on a trial.

    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> trial = Trial({"gpu": 600.0}, {"gpu": (360.0, 330.0)}, {"gpu": 1.0})
    >>> principal_of(STACK_PLAN, STACK_PLAN.loans[1]._replace(tenor=2), trial)
    (300.0, 300.0)
    """
    rates = period_rates(plan, loan)
    return principals(trial.amounts[loan.name], trial.services[loan.name], rates)
