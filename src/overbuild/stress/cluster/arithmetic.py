"""What a run of so many scenarios takes before it is started: time, traffic, memory, from a block measured here."""

from __future__ import annotations

import pickle
import sys
import time
from typing import NamedTuple

from overbuild.stress.cluster.part_size import measured, size_of_part
from overbuild.stress.worlds.workers.running_sum import RunningSum
from overbuild.stress.worlds.workers.summarised import BLOCK, summarised
from overbuild.stress.worlds.written.run_out import PlannedRun

HANDED_OUT = 0.005
"""Seconds of a scheduler to hand out a part and take it back, assumed: `benchmarks/outgrow.py` finds 2 ms of CPU, 8 by a busy clock."""

_SUMMED = 8
_ADDED = 16


class MeasuredRun(NamedTuple):
    """What was measured of a case on one core of this machine.

    `each` are seconds a scenario; `sent` bytes of what travels to each process; `summary` bytes of what comes back of a
    part; `merging` seconds to add a part; `memory` the most bytes that this process has held, None where none tells.
    """

    each: float
    sent: int
    summary: int
    merging: float
    memory: int | None


class OnCores(NamedTuple):
    """The same run on so many cores, in seconds and bytes. `scheduler` is the share of the time that it is busy."""

    cores: int
    part: int
    parts: int
    seconds: float
    sent: float
    returned: float
    scheduler: float
    merging: float


def measured_run(planned: PlannedRun) -> MeasuredRun:
    """Measure a block of a run, what would travel, and what would come back."""
    from overbuild.stress.cluster.dask_workers import packed

    asked = planned.columns.asked
    each = measured(planned.block, asked).each
    part = summarised(planned.block, asked, 8 * BLOCK, _SUMMED * BLOCK)
    began, sums = time.thread_time(), RunningSum()
    for _ in range(_ADDED):
        sums.add(part.summary)
    merging = (time.thread_time() - began) / _ADDED
    return MeasuredRun(each, len(packed(planned.recipe)), len(pickle.dumps(part)), merging, _memory())


def on_cores(found: MeasuredRun, scenarios: int, cores: int) -> OnCores:
    """The run on so many cores: as long as its cores compute, or as those who hand out and add up are busy.

    >>> slow = MeasuredRun(each=1e-5, sent=500_000, summary=100_000, merging=1e-4, memory=None)
    >>> found = on_cores(slow, 1_000_000_000, 100)
    >>> found.part, found.parts, round(found.seconds), round(found.returned / 1e6)
    (131072, 7630, 100, 763)
    """
    part = size_of_part(found.each, scenarios, cores)
    parts = -(-scenarios // part)
    computing = found.each * scenarios / min(cores, parts)
    seconds = max(computing, HANDED_OUT * parts, found.merging * parts)
    return OnCores(
        cores,
        part,
        parts,
        seconds,
        float(found.sent * cores),
        float(found.summary * parts),
        HANDED_OUT * parts / seconds,
        found.merging * parts / seconds,
    )


def _memory() -> int | None:
    """The most memory that this process has held, in bytes."""
    try:
        import resource
    except ImportError:  # Windows tells it in another way
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
