"""What was changed in a workbook since it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from overbuild.answer import Table
from overbuild.questions.columns import column, table
from overbuild.questions.prose import times
from overbuild.world.tree import is_worksheet
from overbuild.world.worksheet.changed import Changed
from overbuild.world.worksheet.grow import steps_of
from overbuild.world.worksheet.read import read_worksheet

_COLUMNS = (
    column("input", "input", fill=lambda one: one.path),
    column("cell", "cell"),
    column("was", "as written", fill=lambda one: str(one.was)),
    column("now", "now", fill=lambda one: str(one.now)),
    column("deleted", "row deleted"),
)


def changed_in(file: Path, record: object) -> tuple[Changed, ...]:
    """What was changed in a workbook since it was written; none for any other file.

    `record` is the case as it is read: of an input whose row was deleted `now` is what it has instead, its default.
    """
    if not is_worksheet(file):
        return ()
    found = read_worksheet(file)
    return tuple(one._replace(now=_taken(record, one.path)) if one.deleted else one for one in found.changed)


def _taken(record: Any, path: str) -> object:
    """The value that a case has at the path of a row; None where it has none."""
    found: Any = record
    for step in steps_of(path):
        found = _item(found, step.name) if _is_list(found) else getattr(found, step.name, None)
    if _is_list(found):
        return f"{len(found)} entries"
    return getattr(found, "value", None) if hasattr(found, "_fields") else found


def _is_list(found: Any) -> bool:
    return not hasattr(found, "_fields") and isinstance(found, tuple | list)


def _item(items: Sequence[Any], name: str) -> Any:
    """The item of a name, or of a number from 1."""
    if name.isdigit():
        return items[int(name) - 1] if 0 < int(name) <= len(items) else None
    return next((one for one in items if getattr(one, "name", one) == name), None)


def changed_table(found: tuple[Changed, ...]) -> Table:
    """The changed inputs, one a row."""
    return table("changed_inputs", "Changed since the workbook was written", _COLUMNS, found)


def changed_notes(found: tuple[Changed, ...]) -> tuple[str, ...]:
    """The changed inputs in sentences; none where nothing was changed."""
    changed = [one for one in found if not one.deleted]
    deleted = [one for one in found if one.deleted]
    told: list[str] = []
    if changed:
        each = "; ".join(f"{one.path} from {one.was} to {one.now} ({one.cell})" for one in changed)
        told.append(f"Changed in the workbook since it was exported: {times(len(changed), 'input')}. {each}.")
    if deleted:
        each = "; ".join(f"{one.path} was {one.was}, {_instead(one)}" for one in deleted)
        told.append(f"Rows deleted since the workbook was written: {len(deleted)}. {each}.")
    return tuple(told)


def _instead(one: Changed) -> str:
    return "and there is none now" if one.now is None else f"{one.now} is taken"
