"""A run of many worlds with what `--out` asks for: blocks kept in a folder, or every world in a file."""

from __future__ import annotations

from pathlib import Path

from overbuild.stress.worlds.kept import Identity, kept_blocks
from overbuild.stress.worlds.run import BlockFunction, HowMany, Progress, WorldsRun, run_worlds
from overbuild.stress.worlds.written.worlds_file import WorldsFile, WrittenColumns, is_file_of_worlds


def run_out(
    block: BlockFunction,
    wanted: HowMany,
    columns: WrittenColumns,
    out: Path | None,
    identity: Identity,
    progress: Progress | None = None,
) -> WorldsRun:
    """Run scenarios as `run_worlds` does, kept or written where `out` says so.

    Raises as `run_worlds`, and InputError for a file: `exists`, `not_writable`, `missing` without pyarrow.
    """
    if out is None or not is_file_of_worlds(out):
        kept = None if out is None else kept_blocks(out, identity)
        return run_worlds(block, columns.asked, wanted, kept=kept, progress=progress)
    file = WorldsFile(out, columns, identity)
    try:
        run = run_worlds(file.recorded(block), columns.asked, wanted, progress=progress)
        file.close()
    finally:
        file.discard()
    return run
