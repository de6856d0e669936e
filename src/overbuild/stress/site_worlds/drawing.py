"""The block function of a site: draws what is uncertain, runs the site's equations, and says what came of each scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from overbuild.equations.kernel import Binding, DrawnInside, Fold, Prepared, Scaled, Scenarios, Wanted, kernel_of
from overbuild.equations.model import RowOf
from overbuild.stress.site_worlds.before_close import BeforeClose
from overbuild.stress.site_worlds.measures import MOVED, block_of, wanted_of
from overbuild.stress.worlds.bindings.bound import Bound, LateVariant
from overbuild.stress.worlds.bindings.leaves import leaves_of
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.sampling import Sampling, drawn_once
from overbuild.stress.worlds.summaries import Block
from overbuild.stress.worlds.workers.summarised import FAN_SCENARIOS, BlockFunction
from overbuild.world.drivers.dependence import mixing

MACHINE_CODE, NUMPY = "machine code", "NumPy"

FAILING = "failing"
"""Rows of customers of a site: 1 where they fail before the site's end."""


class ScenarioSource(NamedTuple):
    """What gives the scenarios of a site, and by what means; `slow` says why these are not machine code.

    `followed` are the drivers of which a block says how they stood in each scenario, by name.
    """

    block: BlockFunction
    means: str
    slow: str
    followed: tuple[str, ...]


class CommonDraws(NamedTuple):
    """How a site draws what it shares with other sites: the numbers of the independent drawn once, and what makes its own.

    `before` is the world before the site closes, None where it begins with the site.
    """

    numbers: tuple[int, ...]
    loadings: Row
    before: BeforeClose | None = None


class SiteKernels(NamedTuple):
    """The kernel of a site on the numbers of each variant, and what of it tells how a driver stood and who failed."""

    prepared: tuple[Prepared, ...]
    followed: Mapping[str, int | Fold]
    failing: tuple[Fold, ...]


def kernels_of(bound: Bound, customers: Sequence[str] = (), before: BeforeClose | None = None) -> SiteKernels:
    """The kernels of a site whose leaves are bound; they also tell which of these customers fail."""
    model, followed = bound.variants[0].model, _followed(bound)
    failing = tuple(Fold("row_sum", "world", (f"{name}.fails",)) for name in customers)
    wanted = (*wanted_of(model), *(one for one in followed.values() if not isinstance(one, int)), *failing)
    kernel = kernel_of(model, wanted, bindings_of(bound, before), also=[one.model for one in bound.variants[1:]])
    opened = {one.leaf: (one.base, one.slope) for one in before.leaves} if before else {}
    prepared = tuple(kernel.on(one.model, scales_of(one, bound) | opened) for one in bound.variants)
    return SiteKernels(prepared, followed, failing)


def source_of(
    bound: Bound, sampling: Sampling, customers: Sequence[str] = (), common: CommonDraws | None = None
) -> ScenarioSource:
    """The block function of a site whose leaves are bound; it also tells which of these customers fail.

    `common` are draws that other sites share; without them the site draws for itself.
    """
    common = common or CommonDraws(bound.numbers, mixing(bound.correlations))
    kernels = kernels_of(bound, customers, common.before)
    slow = kernels.prepared[0].kernel.slow
    block = _blocks(bound, sampling, kernels, common)
    return ScenarioSource(block, NUMPY if slow else MACHINE_CODE, slow, tuple(kernels.followed))


def bindings_of(bound: Bound, before: BeforeClose | None) -> dict[str, Binding]:
    """What every leaf is bound to; lanes of what came before close follow those of the drivers."""
    found: dict[str, Binding] = {}
    for place, one in enumerate(before.leaves if before else ()):
        found[one.leaf] = Scaled(len(bound.lanes) + place)
    ahead = before.world.opened if before else 0
    for variant in bound.variants:
        found |= {leaf: Scaled(scale.lane) for leaf, scale in variant.scales.items()}
    return found | {one.leaf: DrawnInside(one.number, ahead=ahead) for one in bound.drawn}


def scales_of(variant: LateVariant, bound: Bound) -> dict[str, tuple[Any, Any]]:
    """Base and slope of every leaf that a lane changes in any variant; where it does not in this one, its own number."""
    leaves = leaves_of(variant.model)
    found: dict[str, tuple[Any, Any]] = {
        leaf: (leaves[leaf], 0.0 * np.asarray(leaves[leaf])) for one in bound.variants for leaf in one.scales
    }
    return found | {leaf: (one.base, one.slope) for leaf, one in variant.scales.items()}


def _followed(bound: Bound) -> dict[str, int | Fold]:
    """What is followed of each driver: its coordinate, or the sum of its path; of regimes, how long they hold."""
    world = next((stage for stage in bound.variants[0].model.stages if stage.name == "world"), None)
    paths: dict[str, int | Fold] = {}
    if world is not None:
        lines = {one.name: f"{one.name}.deviation" for one in world.shape.drivers}
        lines |= {f"time in {name}": f"{name}.regime" for name in world.shape.regimes if name != "normal"}
        paths = {name: Fold("row_sum", "world", (line,)) for name, line in lines.items()}
    once: dict[str, int | Fold] = {name: place for place, name in enumerate(bound.names) if name not in paths}
    return once | paths


def _blocks(bound: Bound, sampling: Sampling, kernels: SiteKernels, common: CommonDraws) -> BlockFunction:
    prepared, followed, failing = kernels
    model = bound.variants[0].model

    def block(first: int, count: int) -> Block:
        once = drawn_once(common.numbers, common.loadings, sampling, first, count)
        lanes = bound.lane_values(once)
        if common.before:
            lanes = np.concatenate([lanes, common.before.rows(first, count)])
        some = Scenarios(count, lanes if len(lanes) else None, first=first, seed=sampling.seed)
        found: Mapping[Any, Any] = _by_variant(bound, prepared, once, some, rows=first < FAN_SCENARIOS)
        moved = [once[one] if isinstance(one, int) else found[one] for one in followed.values()]
        gone = {FAILING: np.array([found[one] > 0.0 for one in failing], dtype=float)} if failing else {}
        return {**block_of(model, found), MOVED: np.array(moved).reshape(len(moved), count), **gone}

    return block


def _by_variant(
    bound: Bound, prepared: Sequence[Prepared], once: Row, of: Scenarios, *, rows: bool
) -> dict[Wanted, Row]:
    """What is wanted of each scenario, from the variant of the model that it draws; whole rows where they are wanted."""
    lanes = of.lanes
    if len(prepared) == 1:
        return prepared[0].run(of)
    which, numbers = bound.variant_of(once), of.numbered
    order = np.argsort(which, kind="stable")
    ends = np.searchsorted(which[order], np.arange(len(prepared) + 1))
    found: dict[Wanted, Row] = {}
    for part_of, low, high in zip(prepared, ends, ends[1:], strict=False):
        those = order[low:high]
        if those.size:
            some = Scenarios(those.size, None if lanes is None else lanes[:, those], None, 0, of.seed, numbers[those])
            for one, part in part_of.run(some).items():
                if isinstance(one, RowOf) and not rows:
                    continue
                if one not in found:
                    found[one] = np.empty((*part.shape[:-1], of.size))
                found[one][..., those] = part
    return found
