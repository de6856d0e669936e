"""A world that began before a site closes: what has moved by then, as numbers that the site opens with."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.equations.model import Stage
from overbuild.stress.worlds.bindings.lanes import number_of
from overbuild.stress.worlds.draws import Row, normals, scenario_ids
from overbuild.world.drivers.paths.path import path
from overbuild.world.drivers.paths.path_records import (
    CustomerInputs,
    JumpDraw,
    NormalDraw,
    WorldInputs,
    WorldShape,
    WorldState,
)
from overbuild.world.drivers.paths.world import NEVER, World, world_before, world_columns

_SURE = 2.0 * NEVER
"""What lifts any threshold above every normal number."""


class OpenedLeaf(NamedTuple):
    """A leaf of a site's world that the time before close sets: base + slope x the number of each scenario."""

    leaf: str
    base: Any
    slope: Any


class BeforeClose(NamedTuple):
    """The world of a site from its beginning to the site's close; `stage` is that of the site, `seed` that of the draws."""

    world: World
    stage: Stage
    periods_per_year: int
    seed: int

    @property
    def leaves(self) -> tuple[OpenedLeaf, ...]:
        """The leaves, in the order of `rows`: cycles, jumps so far, which regime holds, who has failed.

        A customer that failed before close fails in the first period after it.
        """
        shape: WorldShape = self.stage.shape
        found: list[OpenedLeaf] = []
        for one in shape.drivers:
            found.append(OpenedLeaf(f"world.state.drivers.{one.name}.cycle", 0.0, 1.0))
            if one.jumps:
                found.append(OpenedLeaf(f"world.state.drivers.{one.name}.jumped", 0.0, 1.0))
        found += [OpenedLeaf(f"world.state.regimes.{name}.weight", 0.0, 1.0) for name in shape.regimes]
        columns: Any = self.stage.columns
        for one in columns.customers:
            slope = [_SURE if place == 1 else 0.0 for place in range(len(one.threshold))]
            found.append(OpenedLeaf(f"world.inputs.customers.{one.name}.threshold", list(one.threshold), slope))
        return tuple(found)

    def rows(self, first: int, count: int) -> Row:
        """What they are in so many scenarios, (leaf, scenario): the periods before close, run on arrays."""
        shape: WorldShape = self.stage.shape._replace(series=())
        state, customers = self._run(shape, first, count)
        found: list[Any] = []
        for one in state.drivers:
            found += [one.cycle] if one.jumped is None else [one.cycle, one.jumped]
        found += [one.weight for one in state.regimes]
        found += [1.0 - one.standing for one in customers.customers]
        return np.array([np.broadcast_to(np.asarray(one, dtype=float), count) for one in found]).reshape(-1, count)

    def _run(self, shape: WorldShape, first: int, count: int) -> tuple[WorldState, WorldState]:
        """The state a period before close, and that of close, whose failures the site has missed."""
        ids, many = scenario_ids(first, count), self.world.opened + 1
        terms = self.stage.terms._replace(series=())
        given: Any = world_columns(self.world._replace(opened=0), shape, {}, many, self.periods_per_year)

        def drawn(leaf: str, place: int) -> Row:
            return normals(self.seed, number_of(leaf), ids, place)

        state = before = world_before(shape)
        for place in range(many):
            before = state
            inputs = WorldInputs(
                moves=given.moves[place],
                draws=tuple(NormalDraw(one.name, drawn(f"draws.{one.name}.z", place)) for one in given.draws),
                jumps=tuple(
                    JumpDraw(one.name, drawn(f"jumps.{one.name}.occurs", place), drawn(f"jumps.{one.name}.size", place))
                    for one in given.jumps
                ),
                series=(),
                customers=tuple(CustomerInputs(one.name, one.threshold[place]) for one in given.customers),
                years=None if given.years is None else given.years[place],
                regime=None if given.regime is None else drawn("regime", place),
            )
            state = path(shape, state, inputs, terms)
        return before, state
