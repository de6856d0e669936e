"""The share of work needed over many worlds: its middle four fifths, and how likely it is more than can be addressed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.demand.programmes.programmes_run import ProgrammesRun
from overbuild.stress.case_worlds.worlds import CaseOfKind, CaseWorlds
from overbuild.stress.worlds.settings import StressSettings

WORLDS = 8192
"""Worlds of a portfolio: few enough for a moment."""

TENTH, NINTH = 0.1, 0.9


class NeededRange(NamedTuple):
    """The tenth, fiftieth and ninetieth percentile of the share needed, and the chance that all that is addressable is too little."""

    low: float
    median: float
    high: float
    beyond_addressable: float
    worlds: int


def needed_range(run: ProgrammesRun, seed: int = 1) -> NeededRange | None:
    """The range of the share needed, from the drivers of the case; None where it has none."""
    if run.case.drivers is None:
        return None
    worlds = CaseWorlds(CaseOfKind(run.case, run.model_of), StressSettings(WORLDS, seed=seed))
    found = worlds.values("share_of_tasks_needed", "share_of_addressable_needed")
    low, median, high = np.quantile(found["share_of_tasks_needed"], [TENTH, 0.5, NINTH])
    beyond = float(np.mean(found["share_of_addressable_needed"] > 1.0))
    return NeededRange(float(low), float(median), float(high), beyond, WORLDS)
