"""The economy run over many worlds: from a study to its distribution."""

from __future__ import annotations

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.errors import InputError, InputErrors, OverbuildError, raise_all
from overbuild.stress.economy_worlds.drawing import FOLLOWED, LOST, MOVED, STOPPED, DrawnEconomy, EconomySampling
from overbuild.stress.economy_worlds.drivers import checked_companies, coordinates_of
from overbuild.stress.economy_worlds.results import EconomyDistribution
from overbuild.stress.economy_worlds.too_big_drawn import too_big_drawn
from overbuild.stress.site_worlds.run import settings_faults
from overbuild.stress.site_worlds.settings import StressSettings
from overbuild.stress.worlds.distribution import MONEY_GRID, RATIO_GRID
from overbuild.stress.worlds.run import HowMany, Progress, checked, run_worlds, threads_here
from overbuild.stress.worlds.sobol import sobol_plan
from overbuild.stress.worlds.summaries import Asked, ScenarioMeasure

ECONOMY_SCENARIOS = 16_384
"""Worlds where none are asked for; it can be run with Sobol points."""

_BLOCK = 1_024
"""Worlds of a block: a world of the economy is some thousand numbers."""

_FEWEST = 100


def economy_worlds(
    case: ContagionCase, settings: StressSettings, progress: Progress | None = None
) -> EconomyDistribution:
    """The distribution of losses of an economy over the worlds of its drivers.

    Raises InputError(s) with every fault of the settings, and where nobody may fail.
    """
    checked_companies(case.given)
    found = coordinates_of(case.given)
    wanted, sampling = _planned(len(found.names), settings)
    asked = Asked(
        (
            *(ScenarioMeasure(f"loss.{name}", MONEY_GRID) for name in FOLLOWED),
            ScenarioMeasure("stopped_in_all", RATIO_GRID),
            ScenarioMeasure("by_itself", RATIO_GRID),
        ),
        fans=(STOPPED, MOVED, LOST),
    )
    drawn = DrawnEconomy(case, sampling)
    worlds = run_worlds(drawn.block, asked, wanted, progress=progress)
    return EconomyDistribution(case, settings, found, worlds, too_big_drawn(case, sampling, wanted.scenarios))


def _planned(coordinates: int, settings: StressSettings) -> tuple[HowMany, EconomySampling]:
    scenarios = ECONOMY_SCENARIOS if settings.scenarios is None else settings.scenarios
    is_sobol = settings.sampler == "sobol"
    wanted = HowMany(scenarios, settings.threads or threads_here(), _BLOCK, int(is_sobol))
    faults: list[OverbuildError] = list(settings_faults(settings))
    try:
        checked(wanted if settings.threads is None else wanted._replace(threads=settings.threads))
    except OverbuildError as error:
        faults += error.errors if isinstance(error, InputErrors) else [error]
    if 0 < scenarios < _FEWEST:
        hint = f"a tail needs {_FEWEST} worlds or more"
        faults.append(InputError("out_of_range", "scenarios", scenarios, hint))
    raise_all(faults)
    if not is_sobol:
        return wanted, EconomySampling(settings.seed, None, settings.freedom)
    plan = sobol_plan(settings.seed, coordinates, scenarios)
    return wanted._replace(scramble=plan.points), EconomySampling(settings.seed, plan, settings.freedom)
