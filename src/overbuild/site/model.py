"""A site as a model: whoever runs, traces, compiles or explains a site takes this."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from overbuild.equations.model import Model, Stage
from overbuild.site.case.plan import Cures, DebtReserve, SitePlan
from overbuild.site.debt.holdco import holdco_stages
from overbuild.site.drawn.world_stage import DrawnSite, drawn_site
from overbuild.site.period import period
from overbuild.site.results.reported import reported_of
from overbuild.site.results.site_results import results, rows_of
from overbuild.site.sizing.base_case import no_base_case
from overbuild.site.terms.columns import Schedules, columns_of
from overbuild.site.terms.from_plan import Commitments, shape_of, terms_of
from overbuild.site.terms.opening import before_close
from overbuild.world.drivers.paths.world import World


class FixedBySizing(Protocol):
    """What every run of a site takes as fixed: a sizing has it."""

    def commitments(self) -> Commitments:
        """What lenders and owners have promised."""
        ...

    @property
    def schedules(self) -> Schedules:
        """Principal by period, and the base case."""
        ...


def model_of(plan: SitePlan, sizing: FixedBySizing, world: World | None = None) -> Model:
    """A site on the commitments, schedules and base case of a sizing: from close to the end, and its results.

    The loan to its holding company is a stage of its own, paid from what the site pays its owners. In a world the site
    takes what is uncertain from the stage `world`, which comes first.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> [(stage.name, stage.first) for stage in model_of(PLAN, SIZING).stages]
    [('site', 0), ('results', 0)]
    """
    drawn = None if world is None else drawn_site(plan, world)
    site = site_stage(plan, sizing.commitments(), sizing.schedules, drawn)
    stages = (*_worlds(drawn), site, *holdco_stages(plan), Stage("results", results, None, None, rows_of(site.shape)))
    return Model(stages, reported_of(plan))


def site_stage(plan: SitePlan, committed: Commitments, schedules: Schedules, drawn: DrawnSite | None = None) -> Stage:
    """The site itself, period by period, on what sizing fixes; with what it takes from a world, where it is drawn.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> site_stage(PLAN, SIZING.commitments(), SIZING.schedules).shape == shape_of(PLAN)
    True
    """
    plan = plan if drawn is None else drawn.plan
    shape, columns = shape_of(plan), columns_of(plan, schedules)
    columns = columns if drawn is None else drawn.columns(columns)
    return Stage("site", period, shape, terms_of(plan, committed), before_close(shape), columns)


def _worlds(drawn: DrawnSite | None) -> tuple[Stage, ...]:
    return () if drawn is None else (drawn.stage,)


def model_without_debt(plan: SitePlan, bought: Collection[str], world: World | None = None) -> Model:
    """The same site paid by its owners alone: no loans, mezzanine, prepayment, reserve or tests; it never ends early.

    Without debt a later fleet might be paid that the run could not pay, or another way: those in `bought` are paid by
    the owners, the others do not come. What a return says is then of the same assets as the run.

    >>> from overbuild.site.examples import PLAN
    >>> model_without_debt(PLAN, ()).stage("site").terms.loans
    ()
    """
    fleets = tuple(
        fleet._replace(owners_pay_all=True) for fleet in plan.fleets if fleet.at is None or fleet.name in bought
    )
    left_out = {fleet.component for fleet in plan.fleets} - {fleet.component for fleet in fleets}
    bare = plan._replace(
        fleets=fleets,
        components=tuple(one for one in plan.components if one.name not in left_out),
        loans=(),
        mezzanine=None,
        prepayment=None,
        holdco=None,
        reserve=DebtReserve(),
        tests=(),
        sweep_always=0.0,
        cures=Cures(),
    )
    drawn = None if world is None else drawn_site(bare, world)
    bare = bare if drawn is None else drawn.plan
    shape, most = shape_of(bare, base_case=True), 1000.0 * sum(one.cost for one in plan.components)
    terms = terms_of(bare, Commitments({}, 0.0, most, most, 0.0, 0.0), base_case=True)
    columns = columns_of(bare, Schedules({}, {}, no_base_case(bare).columns(bare, {})))
    columns = columns if drawn is None else drawn.columns(columns)
    return Model((*_worlds(drawn), Stage("site", period, shape, terms, before_close(shape), columns)))
