"""A project as a model: whoever runs, traces, compiles or explains a project takes this."""

from __future__ import annotations

from overbuild.equations.model import Model, Stage
from overbuild.project.case.plan import ProjectPlan
from overbuild.project.period import period
from overbuild.project.reported import reported_of_project
from overbuild.project.results import results, rows_of
from overbuild.project.sizing.sizing import ProjectSizing
from overbuild.project.terms.columns import columns_of
from overbuild.project.terms.from_plan import shape_of, terms_of
from overbuild.project.terms.opening import before_close


def model_of_project(plan: ProjectPlan, sizing: ProjectSizing) -> Model:
    """A project on the commitments, schedules and base case of a sizing: one stage from close to the end, and its results.

    >>> from overbuild.project.examples import PLAN, SIZING
    >>> [(stage.name, stage.first) for stage in model_of_project(PLAN, SIZING).stages]
    [('project', 0), ('results', 0)]
    """
    shape, terms = shape_of(plan), terms_of(plan, sizing.commitments())
    columns = columns_of(plan, sizing.schedules)
    stages = (
        Stage("project", period, shape, terms, before_close(shape), columns),
        Stage("results", results, None, None, rows_of(shape)),
    )
    return Model(stages, reported_of_project(shape))
