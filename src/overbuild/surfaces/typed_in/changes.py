"""What was changed in a workbook since it was written, said beside every answer on it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from overbuild.errors import OverbuildError
from overbuild.surfaces.streams import say

_NAMED = 4
_TELLS_ITSELF = "check"


def tell_changes(file: Path) -> None:
    """Say on standard error which inputs of a workbook were changed, and which rows deleted; nothing of any other file."""
    from overbuild.world.tree import is_worksheet

    context = click.get_current_context(silent=True)
    if not is_worksheet(file) or (context is not None and context.info_name == _TELLS_ITSELF):
        return
    from overbuild.world.worksheet.read import read_worksheet

    with contextlib.suppress(OverbuildError):  # what is wrong with the file, the command itself says
        found = read_worksheet(file).changed
        changed = [one.path for one in found if not one.deleted]
        deleted = [one.path for one in found if one.deleted]
        told = [
            f"{what}: {', '.join(paths[:_NAMED])}{f' and {len(paths) - _NAMED} more' if len(paths) > _NAMED else ''}"
            for what, paths in (("inputs changed", changed), ("rows deleted", deleted))
            if paths
        ]
        if told:
            say(
                f"{file} since it was written: {'; '.join(told)}. `overbuild check {file}` tells what is taken.",
                err=True,
            )
