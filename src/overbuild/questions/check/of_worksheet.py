"""What was changed in an exported workbook since it was written."""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Table
from overbuild.questions.columns import column, table
from overbuild.questions.prose import times
from overbuild.world.tree import is_worksheet
from overbuild.world.worksheet.changed import Changed
from overbuild.world.worksheet.read import read_worksheet

_COLUMNS = (
    column("input", "input", fill=lambda one: one.path),
    column("cell", "cell"),
    column("was", "as exported", fill=lambda one: str(one.was)),
    column("now", "now", fill=lambda one: str(one.now)),
)


def changed_in(file: Path) -> tuple[Changed, ...]:
    """The inputs of an exported workbook that were changed in it; none for any other file."""
    return read_worksheet(file).changed if is_worksheet(file) else ()


def changed_table(found: tuple[Changed, ...]) -> Table:
    """The changed inputs, one a row."""
    return table("changed_inputs", "Changed since the workbook was exported", _COLUMNS, found)


def changed_notes(found: tuple[Changed, ...]) -> tuple[str, ...]:
    """The changed inputs in sentences; none where nothing was changed."""
    if not found:
        return ()
    told = "; ".join(f"{one.path} from {one.was} to {one.now} ({one.cell})" for one in found)
    return (f"Changed in the workbook since it was exported: {times(len(found), 'input')}. {told}.",)
