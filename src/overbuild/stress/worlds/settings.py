"""How many worlds are drawn, and how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import InputError, InputErrors, OverbuildError, raise_all
from overbuild.stress.worlds.draws import HIGHEST_SEED
from overbuild.stress.worlds.run import HowMany, checked, threads_here
from overbuild.stress.worlds.sampling import Sampling
from overbuild.stress.worlds.sobol import sobol_plan

SAMPLERS = ("random", "sobol")

RANDOM_SCENARIOS, SOBOL_SCENARIOS = 100_000, 65_536
"""Scenarios where none are asked for."""


class StressSettings(NamedTuple):
    """How many worlds are drawn, and how; None for what one does not say.

    `until_error` ends the run when half the interval of the probability of an early end is no wider. `out` is a folder
    in which blocks are kept. `freedom` are the degrees of freedom of a t copula between drivers that are drawn once;
    None is a Gaussian one. `spread` multiplies the spread of every driver.
    """

    scenarios: int | None = None
    sampler: str = "random"
    seed: int = 1
    until_error: float | None = None
    threads: int | None = None
    out: Path | None = None
    freedom: float | None = None
    spread: float = 1.0


def planned(coordinates: int, settings: StressSettings) -> tuple[HowMany, Sampling]:
    """How many scenarios, and how they are drawn. Raises InputError(s) with every fault of the settings."""
    is_sobol = settings.sampler == "sobol"
    scenarios = settings.scenarios
    if scenarios is None:
        scenarios = SOBOL_SCENARIOS if is_sobol else RANDOM_SCENARIOS
    threads = threads_here() if settings.threads is None else settings.threads
    wanted = HowMany(scenarios, threads, until_error=settings.until_error, scramble=int(is_sobol))
    faults = list(_faults(settings))
    try:
        checked(wanted)
    except OverbuildError as error:
        faults += error.errors if isinstance(error, InputErrors) else [error]
    raise_all(faults)
    if not is_sobol:
        return wanted, Sampling(settings.seed, None, settings.freedom)
    plan = sobol_plan(settings.seed, coordinates, scenarios)
    return wanted._replace(scramble=plan.points), Sampling(settings.seed, plan, settings.freedom)


def _faults(settings: StressSettings) -> Iterator[OverbuildError]:
    if settings.sampler not in SAMPLERS:
        yield InputError("unknown_name", "sampler", settings.sampler, f"must be one of {', '.join(SAMPLERS)}")
    if not 0 <= settings.seed <= HIGHEST_SEED:
        yield InputError("out_of_range", "seed", settings.seed, "must be a whole number from 0 to 2^63 - 1")
    if settings.freedom is not None and not settings.freedom >= 1.0:
        hint = "are degrees of freedom: must be 1 or more; the fewer, the more extremes come together"
        yield InputError("out_of_range", "freedom", settings.freedom, hint)
