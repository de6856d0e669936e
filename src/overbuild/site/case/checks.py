"""Faults of a plan, all at once: what the equations cannot run on, and what a case file says to no effect."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NewType

from overbuild.errors import CaseError, raise_all
from overbuild.site.case.faults.building_faults import building_faults
from overbuild.site.case.faults.contract_faults import contract_faults
from overbuild.site.case.faults.junior_faults import junior_faults
from overbuild.site.case.faults.lien_faults import lien_faults
from overbuild.site.case.faults.loan_faults import loan_faults
from overbuild.site.case.faults.number_faults import number_faults
from overbuild.site.case.faults.path_faults import path_faults
from overbuild.site.case.faults.unused_faults import unused_faults
from overbuild.site.case.plan import SitePlan
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.world.fields import word_faults

CheckedPlan = NewType("CheckedPlan", SitePlan)
"""A plan in which no fault was found. It is checked where it comes in, from a file or from Python, and not again."""

MOST_DELAYS = 64


def check_plan(plan: SitePlan) -> CheckedPlan:
    """The same plan, checked. Raises the one fault, or all of them: CaseError with its code, path by path."""
    raise_all(list(plan_faults(plan)))
    return CheckedPlan(plan)


def plan_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of a plan, one by one.

    >>> from overbuild.site.case.plan import Horizon
    >>> [fault.path for fault in plan_faults(SitePlan(Horizon(10, 3), (), ()))]
    ['horizon.periods_per_year', 'phases']
    """
    count = plan.horizon.periods_per_year
    if count not in PERIODS_PER_YEAR:
        yield CaseError("bad_period", "horizon.periods_per_year", count, "a year has 1, 2, 4 or 12 periods")
    if not plan.phases:
        yield CaseError("missing", "phases", None, "a site has one phase or more")
        return
    for block in ("phases", "components", "fleets", "contracts", "loans"):
        names = [one.name for one in getattr(plan, block)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield CaseError("duplicate", block, name, f"the name {name} occurs twice")
    yield from word_faults(
        plan._replace(loans=tuple(loan._replace(collateral=loan.collateral or ()) for loan in plan.loans))
    )
    yield from _faults_of_numbers(plan)


def _faults_of_numbers(plan: SitePlan) -> Iterator[CaseError]:
    yield from path_faults(plan)
    yield from number_faults(plan)
    yield from building_faults(plan)
    yield from contract_faults(plan)
    yield from loan_faults(plan)
    yield from lien_faults(plan)
    yield from junior_faults(plan)


def check_numbers(plan: SitePlan) -> CheckedPlan:
    """A plan that was checked, with other numbers and the same words: what they make impossible, as `check_plan` does.

    >>> from overbuild.site.examples import PLAN
    >>> sinking = PLAN.market.price._replace(kind="growing", growth_per_year=-1.0)
    >>> check_numbers(PLAN._replace(market=PLAN.market._replace(price=sinking)))
    Traceback (most recent call last):
    overbuild.errors.CaseError: market.price.growth_per_year: growth a year is above -1 (-0.05 falls by 5% a year) (got -1.0) [bad_path]
    """
    raise_all(list(_faults_of_numbers(plan)))
    return CheckedPlan(plan)


def check_dates(plan: SitePlan) -> CheckedPlan:
    """A plan that was checked, with other delays: what they make impossible is raised, as `check_plan` does."""
    raise_all([*building_faults(plan), *contract_faults(plan)])
    return CheckedPlan(plan)


def case_faults(plan: SitePlan) -> Iterator[CaseError]:
    """The faults of a plan that a case file states: those of any plan, and what it says to no effect.

    >>> from overbuild.site.examples import PLAN
    >>> [fault.path for fault in case_faults(PLAN._replace(loans=(PLAN.loans[0]._replace(floor_per_year=0.01),)))]
    ['loans.senior.floor_per_year']
    """
    yield from plan_faults(plan)
    if plan.phases:
        yield from unused_faults(plan)


def delay_faults(delays: Collection[tuple[int, ...]]) -> Iterator[CaseError]:
    """Too many different delays, each one number of periods a phase: every one is a calendar of its own.

    >>> [fault.code for fault in delay_faults([(late, 0) for late in range(65)])]
    ['too_many_delays']
    """
    different = len(set(delays))
    if different > MOST_DELAYS:
        hint = f"each way in which phases are late is a run of its own, at most {MOST_DELAYS}; make the periods fewer"
        yield CaseError("too_many_delays", "phases", different, hint)
