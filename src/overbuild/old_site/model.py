"""A site as a model: whoever runs, traces, compiles or explains a site takes this."""

from __future__ import annotations

from overbuild.equations.model import Model
from overbuild.old_site.case.plan import Reserves, SitePlan
from overbuild.old_site.reported import reported_of
from overbuild.old_site.sizing.sizing import Sizing
from overbuild.old_site.stages import (
    construction_stage,
    holdco_stages,
    opening_stage,
    operation_stage,
    results_stage,
    start_of,
)
from overbuild.old_site.terms.from_plan import shape_of, terms_of
from overbuild.old_site.terms.schedules import build_inputs, operating_inputs


def model_of(plan: SitePlan, sizing: Sizing) -> Model:
    """A site on the schedule of a sizing: construction, opening, operation, debt of its holding company, results.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.sizing.sizing import size
    >>> [stage.name for stage in model_of(PLAN, size(PLAN)).stages]
    ['construction', 'opening', 'operation', 'results']
    """
    shape, terms, start = shape_of(plan), sizing.terms(plan), start_of(plan)
    stages = (
        construction_stage(shape, build_inputs(plan), terms),
        opening_stage(shape, terms, start),
        operation_stage(shape, sizing.inputs(plan), terms, start),
        *holdco_stages(plan),
        results_stage(shape, terms),
    )
    return Model(stages, reported_of(plan))


def model_without_debt(plan: SitePlan, *, skips: bool = False) -> Model:
    """The same site without debt, and without the cost of building on debt.

    Without debt a refresh might find funding that it did not find in the run; `skips` says that it does not come.

    >>> from overbuild.old_site.examples import PLAN
    >>> model_without_debt(PLAN).stage("operation").terms.loans
    ()
    """
    bare = plan._replace(
        loans=(),
        mezzanine=None,
        prepayment=None,
        reserves=Reserves(0),
        site=plan.site._replace(delay_cost_per_period=0.0),
        refresh=plan.refresh and plan.refresh._replace(mode="if_funded" if skips else "committed"),
    )
    shape, terms, start = shape_of(bare), terms_of(bare, {}, 0.0), start_of(bare)
    columns = operating_inputs(bare, {}, ())
    if skips:
        columns = columns._replace(refresh_now=[0.0] * plan.site.operating_periods)
    return Model(
        (
            construction_stage(shape, build_inputs(bare), terms),
            opening_stage(shape, terms, start),
            operation_stage(shape, columns, terms, start),
        )
    )
