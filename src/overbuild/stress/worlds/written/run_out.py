"""A run of many worlds as it was asked for: here or on a cluster, kept in a folder of blocks or written to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.stress.worlds.kept import Identity, KeptBlocks, kept_blocks, size_kept
from overbuild.stress.worlds.run import HowMany, Progress, WorldsRun, run_worlds
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.workers.summarised import BLOCK, BlockFunction
from overbuild.stress.worlds.written.worlds_file import WorldsFile, WrittenColumns, is_file_of_worlds


class PlannedRun(NamedTuple):
    """All that a run needs: its block function, the recipe of it for another machine, how many, what is kept, what it is of."""

    block: BlockFunction
    recipe: Callable[[], BlockFunction]
    wanted: HowMany
    columns: WrittenColumns
    identity: Identity


_NOT_WRITTEN = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xls", ".feather", ".pq")
"""Endings of files of tables that worlds are not written to."""


def run_out(planned: PlannedRun, settings: StressSettings, progress: Progress | None = None) -> WorldsRun:
    """Run scenarios as `run_worlds` does, kept or written where `out` says so, on the cluster that is named.

    Raises as `run_worlds` and `run_on_cluster`, and InputError for a file: `exists`, `not_writable`, `missing` without
    pyarrow.
    """
    out = settings.out
    if out is not None and out.suffix.lower() in _NOT_WRITTEN and not out.is_dir():
        hint = "a file of every world ends in .parquet or .arrow; any other name is that of a folder, without such an ending"
        raise InputError("bad_value", "--out", str(out), hint)
    if settings.cluster is not None:
        from overbuild.stress.cluster.run import run_on_cluster

        return run_on_cluster(planned, settings, progress)
    if out is None:
        return run_worlds(planned.block, planned.columns.asked, planned.wanted, progress=progress)
    if not is_file_of_worlds(out):
        size = size_kept(out) or BLOCK
        kept, wanted = kept_in(out, planned, size), planned.wanted._replace(block=size)
        return run_worlds(planned.block, planned.columns.asked, wanted, kept=kept, progress=progress)
    return _written(planned, out, progress)


def kept_in(out: Path, planned: PlannedRun, size: int) -> KeptBlocks:
    """The folder of a run whose parts are of this size. Raises as `kept_blocks`."""
    return kept_blocks(out, {**planned.identity, "scenarios a part": size})


def _written(planned: PlannedRun, out: Path, progress: Progress | None) -> WorldsRun:
    file = WorldsFile(out, planned.columns, planned.identity)
    try:
        run = run_worlds(file.recorded(planned.block), planned.columns.asked, planned.wanted, progress=progress)
        file.close()
    finally:
        file.discard()
    return run
