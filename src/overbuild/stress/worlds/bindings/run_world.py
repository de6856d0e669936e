"""One scenario of a case by the plain run on floats: what the runs over many are held against, and what explains one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overbuild.site.case.uncertain.moved import moved_plan
from overbuild.site.case.uncertain.named_inputs import CaseForms
from overbuild.site.case.uncertain.uncertain import Uncertain
from overbuild.site.run import SiteRun, run_site
from overbuild.site.sizing.sizing import Sizing


def run_world(
    forms: CaseForms,
    sizing: Sizing,
    found: Uncertain,
    values: Mapping[str, float],
    draws: Mapping[str, Sequence[float]],
    late: Sequence[int] = (),
) -> SiteRun:
    """The site in one scenario: values of what is drawn once, by driver (a trend by that of its driver); normals by place.

    `draws` are by leaf of the world's inputs, `draws.rent.z`, `regime`, close first; what is not given is 0. `late` are
    periods later than in the case, one entry a phase. Drivers that have no value leave their inputs as they are. Raises
    as `run_site`.
    """
    moves = [(named, one.how, values[one.name]) for one in found.once if one.name in values for named in one.inputs]
    plan = moved_plan(forms, moves, late)
    moving = {one.name for one in found.world.drivers}
    trends = {name: value for name, value in values.items() if name in moving}
    if not (found.world.drivers or found.world.customers):
        return run_site(plan, sizing)
    return run_site(plan, sizing, found.world._replace(trends=trends, draws=draws))
