"""A case run over many worlds: from a case as read to the distribution of its results."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import CaseError, InputError, did_you_mean
from overbuild.stress.case_worlds.deciding_result import DecidingResult
from overbuild.stress.case_worlds.distribution import BAD, DRAWN, FOUND, CaseDistribution
from overbuild.stress.case_worlds.worlds import NO_CASE, NO_NUMBER, CaseOfKind, CaseWorlds, Explainable
from overbuild.stress.worlds.kept import Identity
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.summaries import Asked, Block, ScenarioMeasure
from overbuild.stress.worlds.workers.summarised import BlockFunction
from overbuild.stress.worlds.written.run_out import PlannedRun, run_out
from overbuild.stress.worlds.written.worlds_file import Described, WrittenColumns
from overbuild.version import __version__
from overbuild.world.drivers.record_drivers import RecordDrivers

NOTHING_DRAWN = (
    "the case draws nothing, so every world would be the case itself: name what is uncertain under `drivers:`, or ask for "
    "the case without worlds"
)
_SIZED = 256
_REASONS = (NO_CASE, NO_NUMBER)
_TOO_LARGE = len(_REASONS) + 2
"""The reason of `Asked` that a result is too large to be summed."""


def case_worlds(
    explained: Explainable,
    settings: StressSettings | None = None,
    *,
    drivers: RecordDrivers | None = None,
    wanted: Sequence[str] = (),
    verdict: DecidingResult | None = None,
    progress: Progress | None = None,
) -> CaseDistribution:
    """The distribution of the results of a case over the worlds of its drivers.

    `verdict` says what is bad; without one it is the first result below 0. `until_error` of the settings is of its
    probability. Raises as `CaseWorlds` and `run_worlds`.
    """
    ready = prepared_case(explained, settings, drivers=drivers, wanted=wanted, verdict=verdict)
    run = run_out(ready.planned, ready.worlds.settings, progress)
    return CaseDistribution(ready.worlds, ready.verdict, run)


class PreparedCase(NamedTuple):
    """A case that is ready to be run: its worlds, what decides, the run as planned."""

    worlds: CaseWorlds
    verdict: DecidingResult
    planned: PlannedRun


def prepared_case(
    explained: Explainable,
    settings: StressSettings | None = None,
    *,
    drivers: RecordDrivers | None = None,
    wanted: Sequence[str] = (),
    verdict: DecidingResult | None = None,
) -> PreparedCase:
    """Make a case ready, and run none of its worlds. Raises as `case_worlds`, and CaseError `missing` where nothing is drawn."""
    worlds = CaseWorlds(explained, settings, drivers, wanted)
    if not worlds.names:
        raise worlds.case.locate(CaseError("missing", "drivers", None, NOTHING_DRAWN))
    decided = verdict or DecidingResult(worlds.results[0].id)
    ids = [one.id for one in worlds.results]
    if decided.id not in ids:
        hint = f"no result that is run in every world.{did_you_mean(decided.id, ids)} There are {', '.join(ids)}"
        raise InputError("unknown_name", "bad", decided.id, hint)
    asked = _asked(worlds)
    described = {one.id: Described(one.label, one.unit) for one in worlds.results}
    columns = WrittenColumns(asked, worlds.names, DRAWN, described)
    recipe = partial(
        made_case_block, CaseOfKind(worlds.case, explained.model_of), worlds.settings, worlds.drivers, ids, decided
    )
    planned = PlannedRun(
        _block_of(worlds, asked, decided), recipe, worlds.how_many, columns, _identity(worlds, decided)
    )
    return PreparedCase(worlds, decided, planned)


def made_case_block(
    explained: Explainable,
    settings: StressSettings,
    drivers: RecordDrivers,
    wanted: Sequence[str],
    verdict: DecidingResult,
) -> BlockFunction:
    """The block function of a case, made on whatever machine its record has come to."""
    worlds = CaseWorlds(explained, settings, drivers, wanted)
    return _block_of(worlds, _asked(worlds), verdict)


def _asked(worlds: CaseWorlds) -> Asked:
    """What is kept: every result on a grid that is fine for its size."""
    some = worlds.block(0, _SIZED).results
    measures = tuple(ScenarioMeasure(one.id, _grid(some[one.id])) for one in worlds.results)
    return Asked(measures, (BAD,), _REASONS, 1, (DRAWN, FOUND))


def _grid(row: Any) -> float:
    sizes = np.abs(row[np.isfinite(row)])
    size = float(sizes.max()) if sizes.size else 0.0
    return 2.0 ** ((math.ceil(math.log2(size)) if size > 0.0 else 0) - 40)


def _block_of(worlds: CaseWorlds, asked: Asked, verdict: DecidingResult) -> BlockFunction:
    largest = {one.name: one.grid * 2.0**71 for one in asked.measures}

    def block(first: int, count: int) -> Block:
        found = worlds.block(first, count)
        failed = found.failed
        for name, row in found.results.items():
            failed = np.where((failed == 0) & np.isfinite(row) & (np.abs(row) >= largest[name]), _TOO_LARGE, failed)
        rows = np.array(list(found.results.values())).reshape(len(found.results), count)
        return {
            **found.results,
            "failed": failed,
            "ended_as": verdict.is_bad(found.results[verdict.id]).astype(np.int64),
            DRAWN: found.drawn.reshape(len(worlds.names), count),
            FOUND: rows,
        }

    return block


def _identity(worlds: CaseWorlds, verdict: DecidingResult) -> Identity:
    """What makes a run this run: what it is of, and how it is drawn."""
    settings, ids = worlds.settings, [one.id for one in worlds.results]
    of = (worlds.case.record, worlds.drivers, ids, verdict)
    return {
        "case": f"{worlds.case.kind.name} ({hashlib.sha256(repr(of).encode()).hexdigest()[:16]})",
        "seed": settings.seed,
        "sampler": settings.sampler,
        "degrees of freedom": str(settings.freedom or "Gaussian"),
        "spread": str(settings.spread),
        "scramble": worlds.how_many.scramble,
        "computed by": "NumPy" if worlds.slow else "machine code",
        "version": __version__,
    }
