"""A site that varies from scenario to scenario, and the block function that draws it and runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from overbuild.equations.kernel import Binding, Scenarios, Wanted, kernel_of
from overbuild.equations.model import Model
from overbuild.stress.site_worlds.measures import MOVED, block_of, wanted_of
from overbuild.stress.site_worlds.on_arrays import Scale, arrays_of
from overbuild.stress.worlds.dependence import correlated, t_copula
from overbuild.stress.worlds.draws import Row, driver_number, normal_of, normals, scenario_ids, uniforms
from overbuild.stress.worlds.run import BlockFunction
from overbuild.stress.worlds.sobol import SobolPlan, sobol_uniforms
from overbuild.stress.worlds.summaries import Block

MACHINE_CODE, NUMPY = "machine code", "NumPy"
_MIXING = driver_number("one scale of all drivers, of a t copula")
_NEAREST = 2.0**-53


class VaryingSite(NamedTuple):
    """A site whose inputs are drawn.

    `once` are the names of what is drawn once for a scenario, `loadings` how these move together; `lanes` makes of
    their standard normal numbers, (name, scenario), the numbers that the bindings take, (row, scenario). `followed` are
    the drivers of which one wants to know what they have to do with defaults: the name of a row of `once`, or what
    the run gives of a path, by the driver's name.
    """

    model: Model
    bindings: Mapping[str, Binding]
    once: tuple[str, ...]
    loadings: Row
    lanes: Callable[[Row], Row | None]
    scales: Mapping[str, Scale] = {}
    followed: Mapping[str, str | Wanted] = {}


class Sampling(NamedTuple):
    """How scenarios are drawn: the seed; Sobol points for what is drawn once; degrees of freedom of a t copula."""

    seed: int
    sobol: SobolPlan | None = None
    freedom: float | None = None


class Engine(NamedTuple):
    """What gives the scenarios of a site, and by what means."""

    block: BlockFunction
    means: str


def engine_of(site: VaryingSite, sampling: Sampling, *, machine_code: bool = True) -> Engine:
    """The block function of a site: by machine code, or on NumPy where that is refused or not wanted."""
    wanted = (*wanted_of(site.model), *(one for one in site.followed.values() if not isinstance(one, str)))
    if machine_code:
        try:
            prepared = kernel_of(site.model, wanted, site.bindings).on(site.model, site.scales)
        except (ImportError, RuntimeError, OSError):
            return engine_of(site, sampling, machine_code=False)
        return Engine(_blocks(site, sampling, prepared.run), MACHINE_CODE)

    def on_arrays(scenarios: Scenarios) -> Mapping[Wanted, Row]:
        return arrays_of(site.model, wanted, site.bindings, scenarios, site.scales)

    return Engine(_blocks(site, sampling, on_arrays), NUMPY)


def _blocks(site: VaryingSite, sampling: Sampling, run: Callable[[Scenarios], Mapping[Wanted, Row]]) -> BlockFunction:
    def block(first: int, count: int) -> Block:
        once = drawn_once(site, sampling, first, count)
        scenarios = Scenarios(count, site.lanes(once), first=first, seed=sampling.seed)
        found: Mapping[Any, Any] = run(scenarios)
        moved = [
            once[site.once.index(one)] if isinstance(one, str) else np.atleast_2d(found[one]).mean(axis=0)
            for one in site.followed.values()
        ]
        return {**block_of(site.model, found), MOVED: np.array(moved).reshape(len(moved), count)}

    return block


def drawn_once(site: VaryingSite, sampling: Sampling, first: int, count: int) -> Row:
    """Standard normal numbers of what is drawn once, (name, scenario), which move together as the site says.

    In a t copula they are the normal numbers of its uniform ones.
    """
    ids = scenario_ids(first, count)
    if sampling.sobol is not None:
        independent = normal_of(sobol_uniforms(sampling.sobol, first, count))
    else:
        independent = np.array([normals(sampling.seed, driver_number(name), ids) for name in site.once])
    z = correlated(independent.reshape(len(site.once), count), site.loadings)
    if sampling.freedom is None:
        return z
    heavy = t_copula(z, uniforms(sampling.seed, _MIXING, ids), sampling.freedom)
    return normal_of(np.clip(heavy, _NEAREST, 1.0 - _NEAREST))
