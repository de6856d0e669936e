"""A site run over many worlds: from a case as read to its distribution."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.errors import InputError, InputErrors, OverbuildError, raise_all
from overbuild.site.case.uncertain.uncertain import Uncertain, uncertain
from overbuild.site.case_run import CaseRun
from overbuild.site.sizing.sizing import Sizing
from overbuild.site.terms.columns import Schedules
from overbuild.site.terms.from_plan import Commitments
from overbuild.stress.site_worlds.drawing import Sampling, source_of
from overbuild.stress.site_worlds.measures import asked_of
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.site_worlds.settings import RANDOM_SCENARIOS, SAMPLERS, SOBOL_SCENARIOS, StressSettings
from overbuild.stress.worlds.bindings.bound import bound
from overbuild.stress.worlds.draws import HIGHEST_SEED
from overbuild.stress.worlds.kept import Identity, kept_blocks
from overbuild.stress.worlds.run import HowMany, Progress, checked, run_worlds, threads_here
from overbuild.stress.worlds.sobol import sobol_plan
from overbuild.version import __version__


def stressed(basis: CaseRun, settings: StressSettings, progress: Progress | None = None) -> SiteDistribution:
    """The distribution of a site over the worlds of its drivers, on amounts and schedules as sized.

    Raises InputError(s) for settings that cannot be, CaseError for a driver that the case cannot take, and as
    `run_worlds`.
    """
    case = basis.shocked
    found = uncertain(case.drivers, case.forms)
    completes = owners_complete(basis)
    try:
        leaves = bound(
            case.forms, CompletedByOwners(basis.sizing) if completes else basis.sizing, found, settings.spread
        )
    except OverbuildError as error:
        raise case.locate(error) from None
    wanted, sampling = _planned(len(leaves.names), settings)
    source = source_of(leaves, sampling)
    model = leaves.variants[0].model
    asked = asked_of(model, basis.run.plan.horizon.periods + 1)
    kept = None
    if settings.out is not None:
        identity = _identity(basis, found, settings)
        kept = kept_blocks(settings.out, {**identity, "scramble": wanted.scramble, "computed by": source.means})
    worlds = run_worlds(source.block, asked, wanted, kept=kept, progress=progress)
    return SiteDistribution(basis, found, settings, worlds, source, completes)


def owners_complete(basis: CaseRun) -> bool:
    """Whether owners pay what building costs beyond the budget: where the case does not say, or has no lender to ask.

    A case that is not funded as it stands stays so.
    """
    silent = STANDBY not in basis.shocked.inputs or not basis.run.plan.loans
    return silent and basis.run.outcome != "unfunded"


STANDBY = "funding.standby"
"""The input that says what owners promise beyond the budget."""


class CompletedByOwners(NamedTuple):
    """A sizing under which owners pay what building takes beyond all commitments, up to as much again as the uses."""

    sizing: Sizing

    def commitments(self) -> Commitments:
        """What lenders and owners have promised."""
        return self.sizing.commitments(spare_equity=self.sizing.uses)

    @property
    def schedules(self) -> Schedules:
        """Principal by period, and the base case."""
        return self.sizing.schedules


def _planned(coordinates: int, settings: StressSettings) -> tuple[HowMany, Sampling]:
    """How many scenarios, and how they are drawn. Raises InputError(s) with every fault of the settings."""
    is_sobol = settings.sampler == "sobol"
    scenarios = settings.scenarios
    if scenarios is None:
        scenarios = SOBOL_SCENARIOS if is_sobol else RANDOM_SCENARIOS
    threads = threads_here() if settings.threads is None else settings.threads
    wanted = HowMany(scenarios, threads, until_error=settings.until_error, scramble=int(is_sobol))
    faults = list(settings_faults(settings))
    try:
        checked(wanted)
    except OverbuildError as error:
        faults += error.errors if isinstance(error, InputErrors) else [error]
    raise_all(faults)
    if not is_sobol:
        return wanted, Sampling(settings.seed, None, settings.freedom)
    plan = sobol_plan(settings.seed, coordinates, scenarios)
    return wanted._replace(scramble=plan.points), Sampling(settings.seed, plan, settings.freedom)


def settings_faults(settings: StressSettings) -> Iterator[OverbuildError]:
    """Faults of the sampler, the seed and the copula that are asked for."""
    if settings.sampler not in SAMPLERS:
        yield InputError("unknown_name", "sampler", settings.sampler, f"must be one of {', '.join(SAMPLERS)}")
    if not 0 <= settings.seed <= HIGHEST_SEED:
        yield InputError("out_of_range", "seed", settings.seed, "must be a whole number from 0 to 2^63 - 1")
    if settings.freedom is not None and not settings.freedom >= 1.0:
        hint = "are degrees of freedom: must be 1 or more; the fewer, the more extremes come together"
        yield InputError("out_of_range", "freedom", settings.freedom, hint)


def _identity(basis: CaseRun, found: Uncertain, settings: StressSettings) -> Identity:
    """What makes a run this run: what it is of, and how it is drawn."""
    of = (basis.run.plan, basis.sizing.commitments(), found.told, found.correlations.tolist(), found.world.mix)
    return {
        "case": f"{basis.sized.name} ({hashlib.sha256(repr(of).encode()).hexdigest()[:16]})",
        "seed": settings.seed,
        "sampler": settings.sampler,
        "degrees of freedom": str(settings.freedom or "Gaussian"),
        "spread": str(settings.spread),
        "version": __version__,
    }
