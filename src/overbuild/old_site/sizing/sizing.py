"""Sizing: the amount and the schedule of each loan. Done once; its result enters the runs as inputs.

After-tax sculpting is circular: debt service follows CFADS, CFADS tax, tax interest, interest the debt; the DSRA and
the financing cost follow the debt too. The pass is repeated until nothing moves. The first pass has no debt, so a
refresh that waits for its funding counts as funded where it is funded with some debt.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Left, Model, Stage
from overbuild.errors import InputError
from overbuild.old_site.case.checks import CheckedPlan, check_plan
from overbuild.old_site.case.plan import SitePlan
from overbuild.old_site.financing.mezzanine import junior_scheduled
from overbuild.old_site.period import cash_before_debt
from overbuild.old_site.sizing.funding import Funded
from overbuild.old_site.sizing.targets import contracted_shares
from overbuild.old_site.sizing.trials import LendersCash, Trial, principal_of, size_by_trial
from overbuild.old_site.stages import opening_stage, start_of
from overbuild.old_site.terms.from_plan import Amounts, shape_of, terms_of
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.schedules import operating_inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import LoanState, State
from overbuild.old_site.terms.terms import Terms
from overbuild.timeline.run import run_model
from overbuild.timeline.series import padded

_SETTLED = 1e-11
_LINES = ("cfads", "tax", "contract_revenue", "revenue")


class LoanSizing(NamedTuple):
    """One loan as sized: principal and debt service by period of its tenor.

    `scale` is the factor by which the cap on debt cut its debt service (1 where the cap does not bind).
    """

    name: str
    amount: float
    draw_share: float
    principal: tuple[float, ...]
    debt_service: tuple[float, ...]
    scale: float


class Sizing(NamedTuple):
    """What sizing found: the loans, the initial DSRA funding, the uses, and the number of passes."""

    loans: tuple[LoanSizing, ...]
    initial_dsra: float
    uses: float
    uses_by_period: tuple[float, ...]
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
    """Size the loans of a plan (a plan without loans is funded by equity).

    Raises InputError: `debt_exceeds_uses`, `infeasible_gearing`, `negative_amortisation`, `no_convergence`,
    `overdraw`, and what `check_plan` finds.

    >>> from overbuild.old_site.examples import PLAN
    >>> round(size(PLAN._replace(loans=())).uses / 1e6, 9)
    3000.0
    """
    return size_checked(check_plan(plan))


def size_checked(plan: CheckedPlan) -> Sizing:
    """Size the loans of a plan that has been checked. Raises as `size` does for what only sizing finds.

    >>> from overbuild.old_site.case.checks import check_plan
    >>> from overbuild.old_site.examples import PLAN
    >>> size_checked(check_plan(PLAN)).debt / 1e6
    1000.0
    """
    sized = size_by_trial(plan, partial(_lenders_cash, plan))
    trial, funded = sized.trial, sized.funded
    sizing = Sizing(
        loans=tuple(
            LoanSizing(
                name=loan.name,
                amount=trial.amounts[loan.name],
                draw_share=funded.amounts[loan.name].draw_share,
                principal=principal_of(plan, loan, trial),
                debt_service=trial.services[loan.name],
                scale=trial.scales[loan.name],
            )
            for loan in plan.loans
        ),
        initial_dsra=sized.initial_dsra,
        uses=funded.uses,
        uses_by_period=funded.uses_by_period,
        financing_cost=number(funded.built.financing_cost),
        passes=sized.passes,
        mezzanine=funded.amounts.get("mezzanine"),
    )
    for loan, found in zip(plan.loans, sizing.loans, strict=True):
        if min(found.principal) < -_SETTLED * found.amount and not loan.allow_negative_amortisation:
            period = 1 + found.principal.index(min(found.principal))
            hint = f"debt service of period {period} is below its interest; lower the cover asked for, or allow it"
            raise InputError("negative_amortisation", f"loans.{loan.name}.target_dscr", min(found.principal), hint)
    return sizing


def sizing_period(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> State:
    """The first half of a period, with loans on schedule: no DSRA draw, sweep or default moves them.

    Source: ours, a simplification of a period to one in which every loan is paid as agreed.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
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


def schedule_stage(shape: Shape, columns: Inputs, terms: Terms, start: int) -> Stage:
    """The operating periods as sizing sees them: loans on their schedule, nothing swept, drawn or in default.

    >>> from overbuild.old_site.examples import INPUTS, SHAPE, TERMS
    >>> schedule_stage(SHAPE, INPUTS, TERMS, 3).name
    'schedule'
    """
    return Stage("schedule", sizing_period, shape, terms, Left("opening"), columns, start)


def _lenders_cash(plan: SitePlan, funded: Funded, trial: Trial) -> LendersCash:
    """The cash that lenders size on, for a trial as funded, on its own schedule."""
    service = trial.service(plan.site.operating_periods)
    terms = terms_of(plan, funded.amounts, sum(service[: plan.reserves.dsra_periods]))
    paid: dict[str, Sequence[float]] = {loan.name: principal_of(plan, loan, trial) for loan in plan.loans}
    shape, columns, start = shape_of(plan), operating_inputs(plan, paid, service), start_of(plan)
    stages = (opening_stage(shape, terms, start, funded.built), schedule_stage(shape, columns, terms, start))
    rows = run_model(Model(stages), _LINES).rows["schedule"]
    cash = rows["cfads"]
    if any(loan.sized_on == "pre_tax" for loan in plan.loans if loan.repayment == "sculpted"):
        cash = [cash + tax for cash, tax in zip(cash, rows["tax"], strict=True)]
    return LendersCash(tuple(cash), contracted_shares(rows))
