"""Sizing: amounts, schedules, equity and the base case, by trial until nothing moves. Done once for all scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model, Stage
from overbuild.errors import InputError
from overbuild.site.case.checks import check_plan
from overbuild.site.case.dates import availability_end
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.period import period
from overbuild.site.sizing.base_case import BaseCase, base_case_of, lines_of, no_base_case
from overbuild.site.sizing.schedules import (
    CashRows,
    SizedLoan,
    on_calendar,
    repayment_shares,
    sculpted_loan,
    yearly_rates,
)
from overbuild.site.terms.columns import Schedules, columns_of, loan_columns
from overbuild.site.terms.from_plan import Commitments, drawn_beside_equity, shape_of, terms_of
from overbuild.site.terms.opening import before_close
from overbuild.site.terms.terms import Terms
from overbuild.timeline.compiled_run import run_compiled

_WANTED = ("uses_of_funds", "tax", "contract_revenue", "revenue")
"""Lines of a trial that the next one is made from, beside those of the base case."""
_SETTLED = 1e-13
CLOSE = 1e-10
"""A share of the uses that is nothing to a lender: forty cents of four billion dollars."""
_MOST_PASSES = 300
_DAMPED_AFTER = 60
"""A loan that is repaid while it is drawn can send the passes to and fro: from then on each goes half the way."""


class Sizing(NamedTuple):
    """What sizing of a plan found: loans, mezzanine, uses, equity, the first filling of the reserve, the base case.

    `rates` of each loan by place (close first), per year.
    """

    plan: SitePlan
    loans: tuple[SizedLoan, ...]
    mezzanine: float
    uses: float
    equity: float
    initial_dsra: float
    base: BaseCase
    cure_cap: float
    passes: int
    rates: Mapping[str, Sequence[float]]

    @property
    def debt(self) -> float:
        """Sum of the senior loans."""
        return sum(loan.amount for loan in self.loans)

    @property
    def amounts(self) -> dict[str, float]:
        """Amount by loan."""
        return {loan.name: loan.amount for loan in self.loans}

    def commitments(self, spare_equity: float = 0.0) -> Commitments:
        """What every run takes as fixed; a trial has spare equity, so that it never fails."""
        return Commitments(self.amounts, self.mezzanine, self.uses, self.equity, spare_equity, self.cure_cap)

    @property
    def schedules(self) -> Schedules:
        """The series that every run takes as fixed: they are those of the plan that was sized, whatever is run."""
        return Schedules(
            {loan.name: loan.principal for loan in self.loans},
            {loan.name: self.base.capacity(self.plan, loan) for loan in self.plan.loans},
            self.base.columns(self.plan, self.rates),
        )


def size(plan: SitePlan, settled: float = _SETTLED) -> Sizing:
    """Size the loans of a plan and run its base case, until a pass moves nothing by more than a share of the uses.

    Raises InputError: `debt_exceeds_uses` at the solution, `negative_amortisation`, `no_convergence`; what
    `check_plan` finds.

    >>> from overbuild.site.examples import PLAN
    >>> size(PLAN).equity / 1e6
    400.0
    """
    check_plan(plan)
    trial = _first(plan)
    model = base_model(plan, trial, spare=True)
    best, names = float("inf"), (*_WANTED, *lines_of(plan))
    for passed in range(1, _MOST_PASSES + 1):
        rows = run_compiled(_tried(model, plan, trial), names).rows["site"]
        wanted = _next(plan, trial, rows, passed)
        moved = _moved(trial, wanted)
        trial = wanted
        if moved <= settled or (moved <= CLOSE and moved >= best):
            return _checked(plan, trial)
        best = min(best, moved)
    hint = f"sizing has not settled in {_MOST_PASSES} passes"
    if any(one.at is not None for one in plan.fleets):
        hint += ": a fleet may be payable in one pass and not in the next; let the owners pay what is missing"
    raise InputError("no_convergence", "loans", None, hint)


def base_model(plan: SitePlan, sizing: Sizing, *, spare: bool = False) -> Model:
    """The base case of a plan as a model: no tests, refinanced in full, owners who do not walk away.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> [stage.name for stage in base_model(PLAN, SIZING).stages]
    ['site']
    """
    shape, terms = shape_of(plan, base_case=True), _base_terms(plan, sizing, spare=spare)
    columns = columns_of(plan, sizing.schedules)
    return Model((Stage("site", period, shape, terms, before_close(shape), columns),))


def _base_terms(plan: SitePlan, sizing: Sizing, *, spare: bool) -> Terms:
    more = 1000.0 * sum(one.cost for one in plan.components) if spare else 0.0
    return terms_of(plan, sizing.commitments(more), base_case=True)


def _tried(model: Model, plan: SitePlan, trial: Sizing) -> Model:
    """The base case of another trial: what sizing moves, and all else as it stands."""
    (stage,), schedules = model.stages, trial.schedules
    columns = stage.columns._replace(loans=loan_columns(plan, schedules), base=schedules.base)
    return Model((stage._replace(terms=_base_terms(plan, trial, spare=True), columns=columns),))


def _first(plan: SitePlan) -> Sizing:
    uses = sum(one.cost for one in plan.components if one.spend)
    none = (0.0,) * (plan.horizon.periods + 1)
    start = Sizing(
        plan,
        tuple(SizedLoan(loan.name, 0.0, none) for loan in plan.loans),
        0.0,
        uses,
        uses,
        0.0,
        no_base_case(plan),
        0.0,
        0,
        {loan.name: yearly_rates(plan, loan) for loan in plan.loans},
    )
    return _with_amounts(plan, start, uses, None)


def _next(plan: SitePlan, trial: Sizing, rows: dict[str, list[float]], passed: int) -> Sizing:
    base = base_case_of(plan, rows)
    end = availability_end(plan)
    fill = sum(base.due[end + 1 : end + 1 + plan.reserve.dsra_periods]) * (1.0 - plan.reserve.lc_share)
    service = {loan.name: _service(base, loan) for loan in plan.loans}
    cash = CashRows(rows["cfads"], rows["tax"], rows["contract_revenue"], rows["revenue"], service)
    moved = trial._replace(base=base, initial_dsra=fill, passes=passed, cure_cap=base.first_year_due(plan))
    uses = sum(rows["uses_of_funds"])
    return _with_amounts(plan, moved, uses if passed <= _DAMPED_AFTER else (uses + trial.uses) / 2.0, cash)


def _service(base: BaseCase, loan: Loan) -> tuple[float, ...]:
    own, new = base.service[loan.name], base.service.get(f"{loan.name}.new")
    return own if new is None else tuple(a + b for a, b in zip(own, new, strict=True))


def _with_amounts(plan: SitePlan, trial: Sizing, uses: float, cash: CashRows | None) -> Sizing:
    found = tuple(_sized(plan, loan, trial.rates[loan.name], uses, cash) for loan in plan.loans)
    junior = plan.mezzanine
    mezzanine = 0.0
    if junior is not None:
        mezzanine = (junior.debt_share or 0.0) * uses if junior.amount is None else junior.amount
    beside = {loan.name for loan in drawn_beside_equity(plan)}
    lent = sum(loan.amount for loan in found if loan.name in beside)
    return trial._replace(loans=found, mezzanine=mezzanine, uses=uses, equity=max(0.0, uses - lent - mezzanine))


def _sized(plan: SitePlan, loan: Loan, rates: Sequence[float], uses: float, cash: CashRows | None) -> SizedLoan:
    none = (0.0,) * (plan.horizon.periods + 1)
    if loan.repayment == "sculpted":
        most = None if loan.max_debt_share is None else loan.max_debt_share * uses
        return SizedLoan(loan.name, 0.0, none) if cash is None else sculpted_loan(plan, loan, rates, cash, most)
    shares = on_calendar(plan, loan, repayment_shares(plan, loan, rates))
    amount = _amount(plan, loan, uses)
    scale = 1.0 if loan.draw == "after_equity" else amount
    return SizedLoan(loan.name, amount, tuple(scale * share for share in shares))


def _amount(plan: SitePlan, loan: Loan, uses: float) -> float:
    if loan.amount is not None:
        return loan.amount
    if loan.advance_rate is not None:
        return loan.advance_rate * sum(one.cost for one in plan.components if one.name in loan.advances_on)
    return (loan.debt_share or 0.0) * uses


def _moved(before: Sizing, after: Sizing) -> float:
    """How far a pass moved uses, amounts, schedules and the reserve, as a share of uses."""
    gaps = [before.uses - after.uses, before.initial_dsra - after.initial_dsra]
    for one, other in zip(before.loans, after.loans, strict=True):
        gaps += [one.amount - other.amount, *(a - b for a, b in zip(one.principal, other.principal, strict=True))]
    gaps += [a - b for a, b in zip(before.base.due, after.base.due, strict=True)]
    return max(abs(gap) for gap in gaps) / max(after.uses, 1.0)


def _checked(plan: SitePlan, found: Sizing) -> Sizing:
    beside = {loan.name for loan in drawn_beside_equity(plan)}
    lent = sum(loan.amount for loan in found.loans if loan.name in beside) + found.mezzanine
    if lent > found.uses * (1.0 + CLOSE):
        hint = f"loans and mezzanine must stay below the uses of funds, USD {found.uses:.0f}"
        raise InputError("debt_exceeds_uses", "loans", lent, hint)
    for loan, sized in zip(plan.loans, found.loans, strict=True):
        if min(sized.principal) < -CLOSE * sized.amount and not loan.allow_negative_amortisation:
            when = sized.principal.index(min(sized.principal))
            hint = f"debt service of period {when} is below its interest; lower the cover asked for, or allow it"
            raise InputError("negative_amortisation", f"loans.{loan.name}.dscr", min(sized.principal), hint)
    rows = run_compiled(base_model(plan, found), lines_of(plan)).rows["site"]
    base = base_case_of(plan, rows)
    return found._replace(base=base, cure_cap=number(base.first_year_due(plan)))
