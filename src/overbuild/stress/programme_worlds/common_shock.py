"""What the programmes chosen are worth together, where their success moves together: one factor behind all of them.

    normal behind the success of a workflow = sqrt(correlation) * common + sqrt(1 - correlation) * its own

Source: one-factor Gaussian copula, Vasicek 1987. All else that a workflow draws is its own.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.demand.agents.agents_run import model_of_agents
from overbuild.demand.programmes.programmes_run import ProgrammesRun, WorkflowRun
from overbuild.stress.case_worlds.worlds import CaseOfKind, CaseWorlds
from overbuild.stress.programme_worlds.needed_range import WORLDS
from overbuild.stress.worlds.bindings.lanes import number_of
from overbuild.stress.worlds.draws import normals, scenario_ids
from overbuild.stress.worlds.settings import StressSettings
from overbuild.world.drivers.fitting import quantile_of

SUCCESS = "success"
"""The driver that all workflows have in common."""

_WORTH = "programme_npv"


class CommonWorth(NamedTuple):
    """What the chosen programmes are worth together, USD: percentiles, the mean, and the chance of a loss."""

    correlation: float
    low: float
    median: float
    high: float
    mean: float
    loss: float


def common_worth(run: ProgrammesRun, correlations: tuple[float, ...], seed: int = 1) -> tuple[CommonWorth, ...]:
    """The worth of the programmes chosen at each correlation of their success, on the same draws."""
    chosen = [one for one in run.workflows if one.plan.name in run.chosen.names]
    if not chosen:
        return ()
    worlds = [_worlds_of(one, seed) for one in chosen]
    ids = scenario_ids(0, WORLDS)
    common = normals(seed, number_of(f"{SUCCESS}.common"), ids)
    found: list[CommonWorth] = []
    for correlation in correlations:
        total = sum(
            (one.usd * _worth(one, of, common, correlation, seed) for one, of in zip(chosen, worlds, strict=True)),
            np.zeros(WORLDS),
        )
        low, median, high = (float(end) for end in np.quantile(total, [0.05, 0.5, 0.95]))
        found.append(CommonWorth(correlation, low, median, high, float(total.mean()), float((total < 0.0).mean())))
    return tuple(found)


def _worlds_of(one: WorkflowRun, seed: int) -> CaseWorlds:
    return CaseWorlds(CaseOfKind(one.run.case, model_of_agents), StressSettings(WORLDS, seed=seed), None, (_WORTH,))


def _worth(
    one: WorkflowRun, worlds: CaseWorlds, common: NDArray[np.float64], correlation: float, seed: int
) -> NDArray[np.float64]:
    """What a programme is worth in every world."""
    moves = worlds.bound.drawn.moves
    if not moves:
        return np.full(WORLDS, one.run.net_present_value)
    ids = scenario_ids(0, WORLDS)
    rows: list[NDArray[np.float64]] = []
    for move in moves:
        own = normals(seed, number_of(f"{move.name}.{one.plan.name}"), ids)
        if move.name == SUCCESS:
            own = math.sqrt(correlation) * common + math.sqrt(1.0 - correlation) * own
        rows.append(np.asarray(quantile_of(move.distribution)(own)))
    return worlds.at_values(np.array(rows)).results[_WORTH]
