"""A site run over many worlds: from a case as read to its distribution."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from overbuild.equations import flatten
from overbuild.errors import InputError, InputErrors, OverbuildError, raise_all
from overbuild.site.case_run import CaseRun
from overbuild.stress.site_worlds.measures import asked_of
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.site_worlds.varying import Sampling, VaryingSite, engine_of
from overbuild.stress.worlds.draws import HIGHEST_SEED
from overbuild.stress.worlds.kept import Identity, kept_blocks
from overbuild.stress.worlds.run import HowMany, Progress, checked, run_worlds, threads_here
from overbuild.stress.worlds.sobol import sobol_plan
from overbuild.version import __version__

Sampler: TypeAlias = Literal["random", "sobol"]
SAMPLERS: tuple[Sampler, ...] = ("random", "sobol")

RANDOM_SCENARIOS, SOBOL_SCENARIOS = 100_000, 65_536
"""Scenarios where none are asked for."""


class StressSettings(NamedTuple):
    """How many worlds are drawn, and how; None for what one does not say.

    `freedom` are the degrees of freedom of a t copula between drivers that are drawn once; None is a Gaussian one. `out`
    is a folder in which blocks are kept. `machine_code` off runs on NumPy.
    """

    scenarios: int | None = None
    sampler: str = "random"
    seed: int = 1
    until_error: float | None = None
    threads: int | None = None
    out: Path | None = None
    freedom: float | None = None
    machine_code: bool = True


def stressed(
    basis: CaseRun, site: VaryingSite, settings: StressSettings, progress: Progress | None = None
) -> SiteDistribution:
    """The distribution of a site over many worlds.

    Raises InputError(s) for settings that cannot be, and as `run_worlds`.
    """
    wanted, sampling = _planned(site, settings)
    engine = engine_of(site, sampling, machine_code=settings.machine_code)
    asked = asked_of(site.model, basis.run.plan.horizon.periods + 1)
    kept = None
    if settings.out is not None:
        kept = kept_blocks(settings.out, _identity(basis, site, settings, wanted, engine.means))
    worlds = run_worlds(engine.block, asked, wanted, kept=kept, progress=progress)
    return SiteDistribution(basis, worlds, settings.sampler, settings.seed, tuple(site.followed), engine.means)


def _planned(site: VaryingSite, settings: StressSettings) -> tuple[HowMany, Sampling]:
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
    plan = sobol_plan(settings.seed, len(site.once), scenarios)
    return wanted._replace(scramble=plan.points), Sampling(settings.seed, plan, settings.freedom)


def _faults(settings: StressSettings) -> Iterator[OverbuildError]:
    if settings.sampler not in SAMPLERS:
        yield InputError("unknown_name", "sampler", settings.sampler, f"must be one of {', '.join(SAMPLERS)}")
    if not 0 <= settings.seed <= HIGHEST_SEED:
        yield InputError("out_of_range", "seed", settings.seed, "must be a whole number from 0 to 2^63 - 1")
    if settings.freedom is not None and not settings.freedom >= 1.0:
        hint = "are degrees of freedom: must be 1 or more; the fewer, the more extremes come together"
        yield InputError("out_of_range", "freedom", settings.freedom, hint)


def _identity(basis: CaseRun, site: VaryingSite, settings: StressSettings, wanted: HowMany, means: str) -> Identity:
    """What makes a run this run: what it is of, how it is drawn, what computes it."""
    of: list[Any] = [basis.sizing, basis.run.plan, site.loadings.tolist(), sorted(site.bindings.items())]
    of += [flatten(stage.terms) for stage in site.model.stages if stage.terms is not None]
    return {
        "case": f"{basis.sized.name} ({hashlib.sha256(repr(of).encode()).hexdigest()[:16]})",
        "seed": settings.seed,
        "sampler": settings.sampler,
        "scenarios of a scramble": wanted.scramble,
        "degrees of freedom": str(settings.freedom or "Gaussian"),
        "scenarios of a block": wanted.block,
        "computed by": means,
        "version": __version__,
    }
