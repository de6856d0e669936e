"""One world of many, drawn again from its number and run on floats: what an answer over many worlds can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from overbuild.equations import flatten, rebuild
from overbuild.equations.model import Model
from overbuild.site.run import Ending, how_it_ends
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.site_worlds.run import bound_of
from overbuild.stress.worlds.bindings.bound import Bound, LateVariant
from overbuild.stress.worlds.draws import Row, normals, scenario_ids
from overbuild.stress.worlds.sampling import Sampling, drawn_once, planned
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.drivers.dependence import mixing


class OneWorld(NamedTuple):
    """A world by its number: what was drawn once by driver, periods late by phase, the rows by stage, how it ends."""

    number: int
    once: Mapping[str, float]
    late: tuple[int, ...]
    rows: Mapping[str, Mapping[str, list[float]]]
    ending: Ending


class WorldsByNumber:
    """The worlds of a distribution, those that were run and all others, each from its number.

    A world is drawn as they are and run by the equations on floats, which the runs over many agree with to the last digits.
    """

    def __init__(self, found: SiteDistribution) -> None:
        self.leaves = bound_of(found.basis, found.uncertain, found.settings.spread)
        self.sampling = planned(len(self.leaves.names), found.settings)[1]
        self.loadings = mixing(self.leaves.correlations)

    def world(self, number: int) -> OneWorld:
        """The world of a number, counted from 0."""
        leaves, sampling = self.leaves, self.sampling
        drawn = drawn_once(leaves.numbers, self.loadings, sampling, number, 1)
        variant, lanes = leaves.variants[int(leaves.variant_of(drawn)[0])], leaves.lane_values(drawn)[:, 0]
        rows = run_compiled(_filled(variant, lanes, _draws(leaves, sampling, number, _places(variant.model)))).rows
        return OneWorld(
            number=number,
            once={lane.name: float(value) for lane, value in zip(leaves.lanes, lanes, strict=True)},
            late=variant.periods,
            rows=rows,
            ending=how_it_ends(rows["site"]),
        )


def _places(model: Model) -> int:
    return len(next(iter(flatten(model.stage("site").columns).values())))


def _draws(leaves: Bound, sampling: Sampling, number: int, places: int) -> dict[str, list[float]]:
    """The normal numbers of every place, by the leaf that takes them."""
    one = scenario_ids(number, 1)
    return {
        drawn.leaf: [float(normals(sampling.seed, drawn.number, one, place)[0]) for place in range(places)]
        for drawn in leaves.drawn
    }


def _filled(variant: LateVariant, lanes: Row, draws: Mapping[str, list[float]]) -> Model:
    """The model of a variant with the numbers of one world in its leaves."""

    def leaf(name: str, given: Any) -> Any:
        scale = variant.scales.get(name)
        if scale is None:
            return draws.get(name, given)
        value = np.asarray(scale.base) + np.asarray(scale.slope) * lanes[scale.lane]
        return value.tolist() if value.ndim else float(value)

    stages: list[Any] = []
    for stage in variant.model.stages:
        for part in ("columns", "terms"):
            record = getattr(stage, part)
            if record is not None and stage.columns is not None:
                word = stage.parameters[1] if part == "columns" else stage.parameters[-1]
                made = [leaf(f"{stage.name}.{path}", given) for path, given in flatten(record, word).items()]
                stage = stage._replace(**{part: rebuild(record, made)})
        stages.append(stage)
    return variant.model._replace(stages=tuple(stages))
