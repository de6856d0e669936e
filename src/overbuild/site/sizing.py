"""Sizing: how much a site can borrow, and by which schedule. Done once; its result enters the runs as inputs.

After-tax sculpting is a circle: debt service follows CFADS, CFADS tax, tax interest, interest the debt; and the
reserve and the financing cost follow the debt too. It is closed by repeating the pass until nothing moves. The first
pass has no debt, so a refresh that waits for its funding counts as funded where it is funded with some debt.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from overbuild.equations import total
from overbuild.errors import InputError
from overbuild.site.case import Amounts, shape_of, terms_of
from overbuild.site.construction import opening
from overbuild.site.funding import Funded, facility_for_share, fund
from overbuild.site.inputs import operating_inputs
from overbuild.site.junior_debt import junior_scheduled
from overbuild.site.period import cash_before_debt
from overbuild.site.plan import Loan, SitePlan
from overbuild.site.plan_checks import check_plan
from overbuild.site.repayment import capped, contracted_shares, principals, sculpted, targets, unit_service
from overbuild.site.stack_case import tranches_of
from overbuild.site.stack_funding import FundedStack, check_received
from overbuild.site.stack_sizing import Trial, period_rates, principal_of, size_stack
from overbuild.site.state import BuildState, LoanState, State
from overbuild.site.terms import Inputs, Shape, Terms
from overbuild.timeline.run import run_periods
from overbuild.timeline.series import padded

_SETTLED = 1e-11
_MOST_PASSES = 200
_LINES = ("cfads", "tax", "contract_revenue", "revenue")


class LoanSizing(NamedTuple):
    """One loan as sized: principal and debt service by period of its tenor.

    `scale` is what its debt service was cut to by the cap on debt (1 where the cap does not bind).
    """

    name: str
    amount: float
    draw_share: float
    principal: tuple[float, ...]
    debt_service: tuple[float, ...]
    scale: float


class Sizing(NamedTuple):
    """What sizing found: the loans, the first filling of the reserve, the uses and how many passes it took."""

    loans: tuple[LoanSizing, ...]
    initial_dsra: float
    uses: float
    need: tuple[float, ...]
    financing_cost: float
    passes: int
    mezzanine: Amounts | None = None

    @property
    def debt(self) -> float:
        """Sum of the senior loans."""
        return sum(loan.amount for loan in self.loans)

    @property
    def debt_service(self) -> tuple[float, ...]:
        """Debt service of all loans by period."""
        longest = max((len(loan.debt_service) for loan in self.loans), default=0)
        rows = [padded(loan.debt_service, longest) for loan in self.loans]
        return tuple(sum(entries) for entries in zip(*rows, strict=True))

    @property
    def amounts(self) -> dict[str, Amounts]:
        """Amount and draw share by loan, the mezzanine included."""
        junior = {} if self.mezzanine is None else {"mezzanine": self.mezzanine}
        return {**{loan.name: Amounts(loan.amount, loan.draw_share) for loan in self.loans}, **junior}

    def terms(self, plan: SitePlan) -> Terms:
        """The constants of a plan that is run on this sizing."""
        return terms_of(plan, self.amounts, self.initial_dsra)

    def inputs(self, plan: SitePlan) -> Inputs:
        """The series of a plan that is run on this sizing."""
        return operating_inputs(plan, {loan.name: loan.principal for loan in self.loans}, self.debt_service)


def size(plan: SitePlan) -> Sizing:
    """Size the loans of a plan (a plan without one is funded by its owners).

    Raises InputError: `debt_exceeds_uses`, `infeasible_gearing`, `negative_amortisation`, `no_convergence`,
    `overdraw`, and what `check_plan` finds.

    >>> from overbuild.site.examples import PLAN
    >>> round(size(PLAN._replace(loans=())).uses / 1e6, 9)
    3000.0
    """
    check_plan(plan)
    if not plan.loans:
        funded = fund(plan, 0.0, 0.0)
        check_received(plan, funded.run.rows)
        return Sizing((), 0.0, funded.uses, funded.need, 0.0, 0)
    sizing = _stacked(plan) if tranches_of(plan) else _alone(plan, plan.loans[0])
    for loan, found in zip(plan.loans, sizing.loans, strict=True):
        if min(found.principal) < -_SETTLED * found.amount and not loan.allow_negative_amortisation:
            period = 1 + found.principal.index(min(found.principal))
            hint = f"debt service of period {period} is below its interest; lower the cover asked for, or allow it"
            raise InputError("negative_amortisation", f"loans.{loan.name}.target_dscr", min(found.principal), hint)
    return sizing


def sizing_period(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> State:
    """The first half of a period, with loans that follow their schedule: no reserve, sweep or default moves them.

    Source: ours.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> sizing_period(SHAPE, OPENING, INPUTS, TERMS).loans[0].balance / 1e6
    800.0
    """
    earned = cash_before_debt(shape, state, inputs, terms)
    return state._replace(
        receivable=earned.operated.credit.receivable,
        contract_receivable=earned.operated.credit.contract_receivable,
        payable=earned.operated.credit.payable,
        interest_carry=earned.tax.interest_carry,
        nol=earned.tax.nol,
        refresh_reserve=earned.cash.refresh_reserve,
        components=earned.held.components,
        loans=tuple(
            LoanState(loan.name, loan.balance - given.scheduled_principal)
            for loan, given in zip(state.loans, earned.inputs.loans, strict=True)
        ),
        mezzanine=junior_scheduled(state, earned.inputs, terms),
        prepayment=earned.prepayment.owed,
        chips_replaced=earned.renewal.replaced,
    )


def _alone(plan: SitePlan, loan: Loan) -> Sizing:
    return _sculpted(plan, loan) if loan.repayment == "sculpted" else _patterned(plan, loan)


def _sculpted(plan: SitePlan, loan: Loan) -> Sizing:
    rates = period_rates(plan, loan)
    amount, service = 0.0, (0.0,) * loan.tenor
    for passed in range(1, _MOST_PASSES + 1):
        reserve = sum(service[: plan.reserves.dsra_periods])
        funded = fund(plan, amount, reserve)
        paid = principals(amount, service, rates)
        covered, contracted = _covered(plan, loan, funded, paid, service)
        asked = sculpted(covered, targets(loan, contracted))
        most = None if loan.max_debt_share is None else loan.max_debt_share * funded.uses
        found, wanted, scale = capped(asked, rates, most)
        moved = abs(found - amount) + max(abs(a - b) for a, b in zip(wanted, service, strict=True))
        amount, service = found, wanted
        if moved <= _SETTLED * amount:
            return _sizing(plan, loan, (amount, service, scale), passed)
    hint = f"sizing has not settled in {_MOST_PASSES} passes"
    raise InputError("no_convergence", f"loans.{loan.name}", None, hint)


def _covered(
    plan: SitePlan, loan: Loan, funded: Funded, paid: tuple[float, ...], service: tuple[float, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The cash that lenders look at, by period of the tenor, for a trial loan, and the contract's share of revenue."""
    amount = Amounts(float(total(loan.balance for loan in funded.built.loans)), funded.draw_share)  # pyright: ignore
    reserve = sum(service[: plan.reserves.dsra_periods])
    terms = terms_of(plan, {loan.name: amount}, reserve)
    cash, contracted = _lenders_cash(plan, funded.built, terms, operating_inputs(plan, {loan.name: paid}, service))
    return cash[: loan.tenor], contracted


def _lenders_cash(
    plan: SitePlan, built: BuildState, terms: Terms, columns: Inputs
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The cash that lenders look at, by period of operation, and the contract's share of revenue."""
    shape = shape_of(plan)
    rows = run_periods(partial(sizing_period, shape), opening(shape, built, terms), columns, terms, _LINES).rows
    cash = rows["cfads"]
    if any(loan.sized_on == "pre_tax" for loan in plan.loans if loan.repayment == "sculpted"):
        cash = [cash + tax for cash, tax in zip(cash, rows["tax"], strict=True)]
    return tuple(cash), contracted_shares(rows)


def _stacked(plan: SitePlan) -> Sizing:
    found = size_stack(plan, partial(_covered_by_all, plan))
    trial, funded = found.trial, found.funded
    loans = tuple(
        LoanSizing(
            name=loan.name,
            amount=trial.amounts[loan.name],
            draw_share=funded.amounts[loan.name].draw_share,
            principal=principal_of(plan, loan, trial),
            debt_service=trial.services[loan.name],
            scale=trial.scales[loan.name],
        )
        for loan in plan.loans
    )
    cost = float(funded.built.financing_cost)  # pyright: ignore[reportArgumentType]
    junior = funded.amounts.get("mezzanine")
    return Sizing(loans, found.initial_dsra, funded.uses, funded.need, cost, found.passes, junior)


def _covered_by_all(plan: SitePlan, funded: FundedStack, trial: Trial) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The cash that lenders look at, by period of operation, for a trial of a stack, and the contract's share."""
    service = trial.service(plan.site.operating_periods)
    terms = terms_of(plan, funded.amounts, sum(service[: plan.reserves.dsra_periods]))
    paid: dict[str, Sequence[float]] = {loan.name: principal_of(plan, loan, trial) for loan in plan.loans}
    return _lenders_cash(plan, funded.built, terms, operating_inputs(plan, paid, service))


def _patterned(plan: SitePlan, loan: Loan) -> Sizing:
    unit = unit_service(loan, period_rates(plan, loan))
    amount = loan.amount
    if amount is None:
        amount = facility_for_share(plan, loan.debt_share or 0.0, sum(unit[: plan.reserves.dsra_periods]))
    service = tuple(amount * one for one in unit)
    return _sizing(plan, loan, (amount, service, 1.0), 1)


def _sizing(plan: SitePlan, loan: Loan, found: tuple[float, tuple[float, ...], float], passes: int) -> Sizing:
    amount, service, scale = found
    reserve = sum(service[: plan.reserves.dsra_periods])
    funded = fund(plan, amount, reserve)
    rates = period_rates(plan, loan)
    sized = LoanSizing(loan.name, amount, funded.draw_share, principals(amount, service, rates), service, scale)
    cost = float(funded.built.financing_cost)  # pyright: ignore[reportArgumentType]
    return Sizing((sized,), reserve, funded.uses, funded.need, cost, passes)
