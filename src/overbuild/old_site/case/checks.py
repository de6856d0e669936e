"""Faults of a plan: what the equations cannot run on, and what a case says that a run would not use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NewType

from overbuild.errors import CaseError, InputError, raise_all
from overbuild.old_site.case.debt_checks import debt_faults, unused_debt_faults
from overbuild.old_site.case.plan import Component, SitePlan
from overbuild.old_site.case.tax_tables import table
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.units import add_up_to_one
from overbuild.world.fields import word_faults

CheckedPlan = NewType("CheckedPlan", SitePlan)
"""A plan in which no fault was found. It is checked where it comes in, from a file or from Python, and not again."""


def check_plan(plan: SitePlan) -> CheckedPlan:
    """The same plan, checked. Raises the one fault, or all of them: InputError with the codes of the model, path by path.

    >>> from overbuild.old_site.examples import PLAN
    >>> check_plan(PLAN) is PLAN
    True
    """
    raise_all(list(plan_faults(plan)))
    return CheckedPlan(plan)


def plan_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of a plan that cannot be run, one by one.

    >>> from overbuild.old_site.examples import PLAN
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
    yield from debt_faults(plan)
    if plan.prepayment is not None:
        yield from _prepayment_faults(plan)
    if plan.reserves.dsra_periods and not plan.loans:
        yield CaseError("missing", "loans", None, "a reserve for debt service needs a loan")
    yield from word_faults(plan)


def case_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of a plan that a case file states: those of any plan, and what it says to no effect.

    >>> from overbuild.old_site.examples import PLAN
    >>> [fault.path for fault in case_faults(PLAN._replace(waterfall=PLAN.waterfall._replace(covenant="cure")))]
    ['waterfall.default_dscr']
    """
    yield from plan_faults(plan)
    if plan.waterfall.covenant != "flag" and plan.waterfall.default_dscr is None:
        yield CaseError("missing", "waterfall.default_dscr", None, "a covenant that acts needs the level it acts at")
    yield from unused_debt_faults(plan)


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
    try:
        table(component.tax_class)
    except InputError as error:
        yield CaseError(error.code, f"components.{component.name}.tax_class", error.value, error.hint)


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


def _prepayment_faults(plan: SitePlan) -> Iterator[CaseError]:
    prepayment, periods = plan.prepayment, plan.site.construction_periods or 1
    if prepayment is None:
        return
    if plan.offtake is None:
        yield CaseError("missing", "offtake", None, "a prepayment is credited against a contract")
        return
    if not 1 <= prepayment.credited_periods <= plan.offtake.tenor:
        hint = f"it is credited while the contract runs: 1 to {plan.offtake.tenor} periods"
        yield CaseError("bad_tenor", "prepayment.credited_periods", prepayment.credited_periods, hint)
    elif not 1 <= prepayment.credited_from <= plan.offtake.tenor + 1 - prepayment.credited_periods:
        hint = (
            f"it is credited while the contract runs: from 1 to {plan.offtake.tenor + 1 - prepayment.credited_periods}"
        )
        yield CaseError("bad_period", "prepayment.credited_from", prepayment.credited_from, hint)
    if len(prepayment.received) != periods:
        hint = f"one share a construction period: {periods}"
        yield CaseError("length_mismatch", "prepayment.received", len(prepayment.received), hint)
    if not add_up_to_one(prepayment.received):
        hint = "the shares of what is prepaid add up to 1"
        yield CaseError("spend_profile", "prepayment.received", sum(prepayment.received), hint)
