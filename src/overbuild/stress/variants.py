"""Variants of a case: plans that differ in any of their numbers, run together on one sizing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from overbuild.equations.model import Model, Stage
from overbuild.site.case.plan import SitePlan
from overbuild.site.model import model_of, site_stage
from overbuild.site.run import OUTCOMES
from overbuild.site.sizing.sizing import Sizing
from overbuild.stress.departures import measured_on, together


class Variant(NamedTuple):
    """What a plan comes to: None where a result does not exist; `outcome` None where the site runs to its end."""

    min_dscr: float | None
    llcr: float | None
    equity_npv: float | None
    outcome: str | None


def measured_variants(plans: Sequence[SitePlan], sizing: Sizing) -> list[Variant]:
    """Run plans on the amounts and schedules of one sizing, those of one shape in one pass of arrays.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> dear = PLAN._replace(horizon=PLAN.horizon._replace(decommissioning=5e6))
    >>> [round(one.min_dscr, 2) for one in measured_variants([PLAN, dear], SIZING)]
    [1.61, 1.61]
    """
    if not plans:
        return []
    committed, schedules = sizing.commitments(), sizing.schedules
    sites = [site_stage(plan, committed, schedules) for plan in plans]
    groups: dict[object, list[int]] = {}
    for place, site in enumerate(sites):
        groups.setdefault(site.shape, []).append(place)
    found: dict[int, Variant] = {}
    for places in groups.values():
        model = _over(model_of(plans[places[0]], sizing), [sites[place] for place in places])
        shown = measured_on(model, len(places))
        for at, place in enumerate(places):
            values = {name: _exists(row[at]) for name, row in shown.values.items()}
            ended = int(shown.outcome[at])
            outcome = OUTCOMES[ended - 1].partition("_")[2] if ended else None
            found[place] = Variant(values["min_dscr"], values["llcr"], values["equity_npv"], outcome)
    return [found[place] for place in range(len(plans))]


def _exists(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _over(first: Model, sites: Sequence[Stage]) -> Model:
    """One model of sites of one shape, with an entry for each wherever they differ; a holding company is left out."""
    columns = together([one.columns for one in sites], np.arange(len(sites)))
    site = sites[0]._replace(terms=_merged([one.terms for one in sites]), columns=columns)
    return first._replace(stages=(site, first.stage("results")))


def _merged(records: Sequence[Any]) -> Any:
    """One record of several, with an array at each leaf where they differ."""
    members: Any = records[0]
    if all(one == members for one in records):
        return members
    if not hasattr(members, "__len__"):
        return np.array(records, dtype=float)
    merged = [_merged(parts) for parts in zip(*records, strict=True)]
    return type(members)(*merged) if hasattr(members, "_fields") else tuple(merged)
