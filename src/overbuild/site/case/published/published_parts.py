"""The parts of a plan that a published figure is held beside."""

from __future__ import annotations

from overbuild.site.case.dates import phase_of
from overbuild.site.case.plan import Component, CovenantTest, GpuFleet, Loan, OfftakeContract, Phase, SitePlan
from overbuild.site.case.published.published_plan import PublishedFigure

_PAID_IN = {"price_per_gpu_hour": "gpu_hour", "contract_value_per_gpu": "gpu_hour", "rent_per_kw_month": "kw_month"}


def contracts_beside(plan: SitePlan, figure: PublishedFigure) -> tuple[OfftakeContract, ...]:
    """The contract that a figure names, those of the phase that it names, or all that renew none.

    >>> from overbuild.site.examples import PLAN
    >>> [one.name for one in contracts_beside(PLAN, PublishedFigure("value", "contract_value", 2.2e9))]
    ['lab']
    >>> contracts_beside(PLAN, PublishedFigure("rent", "rent_per_kw_month", 150.0))
    ()
    """
    unit = _PAID_IN.get(figure.measure)
    found = [one for one in plan.contracts if unit in (None, one.unit) and one.share > 0.0]
    named = tuple(one for one in found if one.name == figure.of)
    return named or tuple(one for one in found if not one.follows and figure.of in ("", phase_of(plan, one.phase).name))


def phases_beside(plan: SitePlan, figure: PublishedFigure) -> tuple[Phase, ...]:
    """The phase that a figure names, or all."""
    return tuple(one for one in plan.phases if figure.of in ("", one.name))


def fleets_beside(plan: SitePlan, figure: PublishedFigure) -> tuple[GpuFleet, ...]:
    """The GPUs with which the phases of a figure open.

    >>> from overbuild.site.examples import PLAN
    >>> [one.name for one in fleets_beside(PLAN, PublishedFigure("chips", "gpu_cost", 6e8))]
    ['first']
    """
    names = {one.name for one in phases_beside(plan, figure)}
    return tuple(one for one in plan.fleets if one.at is None and phase_of(plan, one.phase).name in names)


def components_beside(plan: SitePlan, figure: PublishedFigure) -> tuple[Component, ...]:
    """The components of a figure: those of its phases that building them pays; of GPUs alone, or all but GPUs.

    >>> from overbuild.site.examples import PLAN
    >>> [one.name for one in components_beside(PLAN, PublishedFigure("hall", "hall_cost", 4e8))]
    ['shell']
    """
    names, gpus = {one.name for one in phases_beside(plan, figure)}, {one.component for one in plan.fleets}
    paid = [one for one in plan.components if one.spend and one.cost > 0.0]
    built = [one for one in paid if phase_of(plan, one.phase).name in names]
    if figure.measure.startswith("gpu_cost"):
        return tuple(one for one in built if one.name in gpus)
    return tuple(one for one in built if not (figure.measure.startswith("hall_cost") and one.name in gpus))


def loans_beside(plan: SitePlan, figure: PublishedFigure) -> tuple[Loan, ...]:
    """The loan that a figure names, or all."""
    return tuple(one for one in plan.loans if figure.of in ("", one.name))


def covenant_of(plan: SitePlan) -> CovenantTest | None:
    """The first test of cover that calls a default, else the first that locks up.

    >>> from overbuild.site.examples import PLAN
    >>> covenant_of(PLAN).level
    1.2
    """
    cover = [one for one in plan.tests if one.test.startswith("dscr")]
    return next((one for action in ("default", "lockup") for one in cover if one.action == action), None)
