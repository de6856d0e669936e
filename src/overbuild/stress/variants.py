"""Variants of a case: plans that differ in any of their numbers, run together on one sizing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from overbuild.equations import flatten, rebuild
from overbuild.equations.model import Model
from overbuild.site.case.plan import SitePlan
from overbuild.site.model import model_of
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
    models = [model_of(plan, sizing) for plan in plans]
    groups: dict[object, list[int]] = {}
    for place, model in enumerate(models):
        groups.setdefault(model.stage("site").shape, []).append(place)
    found: dict[int, Variant] = {}
    for places in groups.values():
        shown = measured_on(_over([models[place] for place in places]), len(places))
        for at, place in enumerate(places):
            values = {name: _exists(row[at]) for name, row in shown.values.items()}
            ended = int(shown.outcome[at])
            outcome = OUTCOMES[ended - 1].partition("_")[2] if ended else None
            found[place] = Variant(values["min_dscr"], values["llcr"], values["equity_npv"], outcome)
    return [found[place] for place in range(len(models))]


def _exists(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _over(models: Sequence[Model]) -> Model:
    """One model of several of one shape, with an entry for each wherever they differ; a holding company is left out."""
    sites = [model.stage("site") for model in models]
    flat = [list(flatten(one.terms).values()) for one in sites]
    terms = [
        row[0] if all(one == row[0] for one in row) else np.array(row, dtype=float) for row in zip(*flat, strict=True)
    ]
    columns = together([one.columns for one in sites], np.arange(len(sites)))
    first = models[0]
    site = sites[0]._replace(terms=rebuild(sites[0].terms, terms), columns=columns)
    return first._replace(stages=(site, first.stage("results")))
