"""How many scenarios are drawn, and what is drawn once for each: normal numbers, random or of Sobol points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from overbuild.errors import InputError, InputErrors, OverbuildError, raise_all
from overbuild.stress.worlds.dependence import correlated, t_copula
from overbuild.stress.worlds.draws import HIGHEST_SEED, Row, normal_of, normals, scenario_ids, uniforms
from overbuild.stress.worlds.intervals import fewest_for
from overbuild.stress.worlds.run import HowMany, checked, threads_here
from overbuild.stress.worlds.settings import RANDOM_SCENARIOS, SAMPLERS, SOBOL_SCENARIOS, StressSettings
from overbuild.stress.worlds.sobol import SobolPlan, sobol_plan, sobol_uniforms

_MIXING = 0x6D6978696E67
"""The number under which the scale of a t copula is drawn."""

_NEAREST = 2.0**-53

_FEWEST_OF_TAIL = fewest_for(0.99)


class Sampling(NamedTuple):
    """How scenarios are drawn: the seed; Sobol points for what is drawn once; degrees of freedom of a t copula."""

    seed: int
    sobol: SobolPlan | None = None
    freedom: float | None = None


def drawn_once(numbers: Sequence[int], loadings: Row, sampling: Sampling, first: int, count: int) -> Row:
    """Standard normal numbers of what is drawn once, (coordinate, scenario), correlated as the case says.

    `numbers` are those of the drivers that draw the independent numbers, of which a row of `loadings` makes a coordinate.
    In a t copula they are the normal numbers of its uniform ones.
    """
    ids, many = scenario_ids(first, count), len(numbers)
    if sampling.sobol is not None:
        independent = normal_of(sobol_uniforms(sampling.sobol, first, count))
    else:
        independent = np.array([normals(sampling.seed, number, ids) for number in numbers])
    z = correlated(independent.reshape(many, count), loadings)
    if sampling.freedom is None or not many:
        return z
    heavy = t_copula(z, uniforms(sampling.seed, _MIXING, ids), sampling.freedom)
    return normal_of(np.clip(heavy, _NEAREST, 1.0 - _NEAREST))


def planned(coordinates: int, settings: StressSettings) -> tuple[HowMany, Sampling]:
    """How many scenarios, and how they are drawn. Raises InputError(s) with every fault of the settings."""
    is_sobol = settings.sampler == "sobol"
    scenarios = settings.scenarios
    if scenarios is None:
        scenarios = SOBOL_SCENARIOS if is_sobol else RANDOM_SCENARIOS
    threads = threads_here() if settings.threads is None else settings.threads
    wanted = HowMany(scenarios, threads, until_error=settings.until_error, scramble=int(is_sobol))
    faults = list(_faults(settings, coordinates))
    try:
        checked(wanted)
    except OverbuildError as error:
        faults += error.errors if isinstance(error, InputErrors) else [error]
    raise_all(faults)
    if not is_sobol:
        return wanted, Sampling(settings.seed, None, settings.freedom)
    plan = sobol_plan(settings.seed, coordinates, scenarios)
    return wanted._replace(scramble=plan.points), Sampling(settings.seed, plan, settings.freedom)


def planned_here(coordinates: int, settings: StressSettings) -> tuple[HowMany, Sampling]:
    """As `planned`, of a run that can neither be kept nor run on a cluster. Raises also InputError `refused`."""
    faults = list[OverbuildError]()
    if settings.cluster is not None:
        hint = "worlds of several cases together are run on this machine: leave it out"
        faults.append(InputError("refused", "--cluster", settings.cluster, hint))
    if settings.out is not None:
        hint = "worlds of several cases together are not kept: leave it out"
        faults.append(InputError("refused", "--out", str(settings.out), hint))
    try:
        found = planned(coordinates, settings)
    except OverbuildError as error:
        raise_all([*faults, *(error.errors if isinstance(error, InputErrors) else [error])])
        raise
    raise_all(faults)
    return found


def tail_faults(settings: StressSettings) -> Iterator[OverbuildError]:
    """That too few worlds are asked for where the tail is what is asked about.

    >>> [str(fault) for fault in tail_faults(StressSettings(scenarios=5))]
    ['scenarios: a tail needs 100 worlds or more (got 5) [out_of_range]']
    """
    if settings.scenarios is not None and 0 < settings.scenarios < _FEWEST_OF_TAIL:
        hint = f"a tail needs {_FEWEST_OF_TAIL} worlds or more"
        yield InputError("out_of_range", "scenarios", settings.scenarios, hint)


def _faults(settings: StressSettings, coordinates: int) -> Iterator[OverbuildError]:
    if settings.sampler not in SAMPLERS:
        yield InputError("unknown_name", "sampler", settings.sampler, f"must be one of {', '.join(SAMPLERS)}")
    if not 0 <= settings.seed <= HIGHEST_SEED:
        yield InputError("out_of_range", "seed", settings.seed, "must be a whole number from 0 to 2^63 - 1")
    if settings.freedom is not None and not settings.freedom >= 1.0:
        hint = "are degrees of freedom: must be 1 or more; the fewer, the more extremes come together"
        yield InputError("out_of_range", "freedom", settings.freedom, hint)
    elif settings.freedom is not None and coordinates < 2:
        hint = "needs two drivers that are drawn once in a scenario: fewer are, so a t copula would change nothing"
        yield InputError("moves_nothing", "freedom", settings.freedom, hint)
