"""The economy run over many worlds: from a study to its distribution."""

from __future__ import annotations

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.errors import InputErrors, OverbuildError, raise_all
from overbuild.stress.economy_worlds.drawing import FOLLOWED, LOST, MOVED, STOPPED, DrawnEconomy
from overbuild.stress.economy_worlds.drivers import checked_companies, coordinates_of
from overbuild.stress.economy_worlds.results import EconomyDistribution
from overbuild.stress.economy_worlds.too_big_drawn import too_big_drawn
from overbuild.stress.worlds.distribution import MONEY_GRID, RATIO_GRID
from overbuild.stress.worlds.run import Progress, run_worlds
from overbuild.stress.worlds.sampling import planned_here, tail_faults
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.summaries import Asked, ScenarioMeasure

_BLOCK = 1_024
"""Worlds of a block: a world of the economy is some thousand numbers."""


def economy_worlds(
    case: ContagionCase, settings: StressSettings, progress: Progress | None = None
) -> EconomyDistribution:
    """The distribution of losses of an economy over the worlds of its drivers.

    Raises InputError(s) with every fault of the settings, and where nobody may fail.
    """
    checked_companies(case.given)
    found = coordinates_of(case.given)
    faults = few = list(tail_faults(settings))
    try:
        wanted, sampling = planned_here(len(found.names), settings)
    except OverbuildError as error:
        others = error.errors if isinstance(error, InputErrors) else [error]
        raise_all([*faults, *(one for one in others if not (few and one.code == "not_power_of_two"))])
        raise
    raise_all(faults)
    asked = Asked(
        (
            *(ScenarioMeasure(f"loss.{name}", MONEY_GRID) for name in FOLLOWED),
            ScenarioMeasure("stopped_in_all", RATIO_GRID),
            ScenarioMeasure("by_itself", RATIO_GRID),
        ),
        fans=(STOPPED, MOVED, LOST),
    )
    drawn = DrawnEconomy(case, sampling)
    worlds = run_worlds(drawn.block, asked, wanted._replace(block=_BLOCK), progress=progress)
    return EconomyDistribution(case, settings, found, worlds, too_big_drawn(case, sampling, wanted.scenarios))
