"""A site as a model: whoever runs, traces, compiles or explains a site takes this."""

from __future__ import annotations

from typing import Protocol

from overbuild.equations.model import Model, Stage
from overbuild.site.case.plan import SitePlan
from overbuild.site.period import period
from overbuild.site.reported import reported_of
from overbuild.site.results import results, rows_of
from overbuild.site.terms.columns import Schedules, columns_of
from overbuild.site.terms.from_plan import Commitments, shape_of, terms_of
from overbuild.site.terms.opening import before_close


class FixedBySizing(Protocol):
    """What every run of a site takes as fixed: a sizing has it."""

    def commitments(self) -> Commitments:
        """What lenders and owners have promised."""
        ...

    @property
    def schedules(self) -> Schedules:
        """Principal by period, and the base case."""
        ...


def model_of(plan: SitePlan, sizing: FixedBySizing) -> Model:
    """A site on the commitments, schedules and base case of a sizing: one stage from close to the end, and its results.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> [(stage.name, stage.first) for stage in model_of(PLAN, SIZING).stages]
    [('site', 0), ('results', 0)]
    """
    shape, terms = shape_of(plan), terms_of(plan, sizing.commitments())
    columns = columns_of(plan, sizing.schedules)
    stages = (
        Stage("site", period, shape, terms, before_close(shape), columns),
        Stage("results", results, None, None, rows_of(shape)),
    )
    return Model(stages, reported_of(shape))
