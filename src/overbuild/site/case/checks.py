"""Faults of a plan that the equations cannot run on, all reported together."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, raise_all
from overbuild.site.case.debt_checks import stack_faults
from overbuild.site.case.plan import Component, Loan, SitePlan
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.units import add_up_to_one


def check_plan(plan: SitePlan) -> None:
    """Raise nothing, the one fault, or all of them (InputError with the codes of the model, path by path).

    >>> from overbuild.site.examples import PLAN
    >>> check_plan(PLAN)
    """
    raise_all(list(plan_faults(plan)))


def plan_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of a plan, one by one.

    >>> from overbuild.site.examples import PLAN
    >>> faulty = PLAN._replace(site=PLAN.site._replace(periods_per_year=3))
    >>> [fault.code for fault in plan_faults(faulty)]
    ['bad_period']
    """
    site = plan.site
    if site.periods_per_year not in PERIODS_PER_YEAR:
        hint = "a year has 1, 2, 4 or 12 periods"
        yield CaseError("bad_period", "site.periods_per_year", site.periods_per_year, hint)
    for component in plan.components:
        yield from _component_faults(component, site.construction_periods)
    if plan.offtake is not None and plan.offtake.tenor > site.operating_periods:
        hint = f"the contract cannot outlive the {site.operating_periods} operating periods"
        yield CaseError("bad_tenor", "offtake.tenor", plan.offtake.tenor, hint)
    if plan.refresh is not None:
        yield from _refresh_faults(plan)
    if plan.relet is not None:
        yield from _relet_faults(plan)
    for loan in plan.loans:
        yield from _loan_faults(loan, site.operating_periods)
    yield from stack_faults(plan)
    if plan.reserves.dsra_periods and not plan.loans:
        hint = "a reserve for debt service needs a loan"
        yield CaseError("missing", "loans", None, hint)


def _component_faults(component: Component, periods: int) -> Iterator[CaseError]:
    path = f"components.{component.name}.spend"
    if len(component.spend) != (periods or 1):
        hint = f"one share a construction period: {periods or 1}"
        yield CaseError("length_mismatch", path, len(component.spend), hint)
    if not add_up_to_one(component.spend):
        yield CaseError("spend_profile", path, sum(component.spend), "the shares of the cost add up to 1")
    if component.book_life_years <= 0.0:
        hint = "a book life is longer than 0 years"
        yield CaseError("negative", f"components.{component.name}.book_life_years", component.book_life_years, hint)


def _refresh_faults(plan: SitePlan) -> Iterator[CaseError]:
    refresh = plan.refresh
    if refresh is None:
        return
    if not 0 < refresh.period < plan.site.operating_periods:
        hint = f"new chips need a period to work in: 1 to {plan.site.operating_periods - 1}"
        yield CaseError("bad_period", "refresh.period", refresh.period, hint)
    if refresh.mode == "if_funded" and refresh.paid_by == "owners":
        hint = "what the owners pay needs no funding; leave the mode out, or let the project pay"
        yield CaseError("contradiction", "refresh.mode", refresh.mode, hint)
    names = [component.name for component in plan.components]
    if refresh.replaces not in names:
        yield CaseError("unknown_name", "refresh.replaces", refresh.replaces, f"one of {', '.join(names)}")


def _relet_faults(plan: SitePlan) -> Iterator[CaseError]:
    relet, refresh = plan.relet, plan.refresh
    if relet is None:
        return
    first = refresh.period + 1 if refresh else 1
    if not first <= relet.period < plan.site.operating_periods:
        hint = f"chips leave after they came and before the end: {first} to {plan.site.operating_periods - 1}"
        yield CaseError("bad_period", "relet.period", relet.period, hint)
    if plan.offtake is not None and plan.offtake.tenor > relet.period:
        hint = f"the contract for chips runs for {plan.offtake.tenor} periods; let the hall after it"
        yield CaseError("bad_period", "relet.period", relet.period, hint)


def _loan_faults(loan: Loan, operating_periods: int) -> Iterator[CaseError]:
    path = f"loans.{loan.name}"
    if loan.tenor == 0:
        yield CaseError("missing", f"{path}.tenor", None, "tenor is required")
    elif not 1 <= loan.tenor <= operating_periods:
        hint = f"a loan is repaid within operation: 1 to {operating_periods} periods"
        yield CaseError("bad_tenor", f"{path}.tenor", loan.tenor, hint)
    if loan.repayment == "sculpted":
        yield from _cover_faults(loan, path)
    elif loan.amount is None and loan.debt_share is None and loan.advance_rate is None and not loan.draws:
        yield CaseError("missing", f"{path}.debt_share", None, "give the share of uses, or the amount")
    if loan.rate_per_year is not None and loan.rate_per_year <= -1.0:
        yield CaseError("rate_le_minus1", f"{path}.rate_per_year", loan.rate_per_year, "a rate is above -1")


def _cover_faults(loan: Loan, path: str) -> Iterator[CaseError]:
    """Cover asked for, and of merchant cash: one number a period, above 0."""
    for name, levels in (("target_dscr", loan.target_dscr), ("target_dscr_merchant", loan.target_dscr_merchant)):
        if len(levels) != loan.tenor and (levels or name == "target_dscr"):
            hint = f"one cover a period of the tenor: {loan.tenor}"
            yield CaseError("length_mismatch", f"{path}.{name}", len(levels), hint)
        if any(level <= 0.0 for level in levels):
            yield CaseError("dscr_le_zero", f"{path}.{name}", min(levels), "cover asked for is above 0")
