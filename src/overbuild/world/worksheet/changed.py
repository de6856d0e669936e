"""Inputs that were changed in an exported workbook, and the case with them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from overbuild.world.tree import CellFault, Entry
from overbuild.world.worksheet.heads import AS_EXPORTED, ID, PATH, UNIT, VALUE

if TYPE_CHECKING:
    from overbuild.world.worksheet.read import SheetTable


class Changed(NamedTuple):
    """An input of a workbook that differs from what was written: its path, both values, its cell.

    One whose row was taken out is `deleted`: `was` is what was written, in words, and `now` None.
    """

    path: str
    was: Any
    now: Any
    cell: str
    deleted: bool = False


class WithChanges(NamedTuple):
    """A tree with the changes of a workbook, and which these are."""

    tree: Entry
    changed: tuple[Changed, ...]


def deleted_rows(written: SheetTable | None, paths: Collection[str]) -> tuple[Changed, ...]:
    """The inputs that a workbook was written with and whose rows it has no longer; none without a sheet that says so."""
    found: list[Changed] = []
    for row in () if written is None else written.rows:
        path, was = (written.entry(row, head) for head in (PATH, VALUE)) if written is not None else (None, None)
        if path is not None and str(path.value) not in paths and not str(path.value).startswith(CONSTANT):
            found.append(Changed(str(path.value), "" if was is None else was.value, None, "", deleted=True))
    return tuple(found)


def with_changes(tree: Entry, inputs: SheetTable, written: SheetTable | None = None) -> WithChanges:
    """The case that an exported workbook carries, with what was changed on its sheet of inputs.

    `written` says with which units the sheet was written. A changed number loses what the case said of the one before it: a
    fact, a reason, a range. Another unit becomes a fault at its cell. Raises CaseError for a row that is no input of the case.
    """
    found: list[Changed] = []
    ids: set[str] = set()
    before = {} if written is None else dict(_written_with(written))
    for row in inputs.rows:
        key, was, now, unit = (inputs.entry(row, head) for head in (ID, AS_EXPORTED, VALUE, UNIT))
        if key is None:
            continue
        path, said = str(key.value), "" if unit is None else str(unit.value)
        ids.add(path)
        meant = before.get(path)
        if meant is not None and meant.unit != said:
            hint = f"this input is in {meant.unit or 'no unit'}: the workbook counts on it; put the unit back, and the value in it"
            fault = inputs.place(row, inputs.heads[UNIT])._replace(value=CellFault("bad_unit", hint), text=said)
            tree = _replaced(tree, path.split("."), fault, path)
        elif was is not None and (now is None or now.value != was.value):
            if now is None:
                hint = "this cell is empty: fill it in, or put back what was exported, which stands beside it"
                now = inputs.place(row, inputs.heads[VALUE])._replace(value=CellFault("missing", hint))
            tree = _replaced(tree, path.split("."), now, path)
            found.append(Changed(path, was.value, now.value, now.cell))
        elif meant is not None and path.startswith(CONSTANT) and now is not None and not _is_still(now, meant.value):
            hint = f"a constant of the formulas, {meant.value}, and no input of a case: put it back"
            raise now.fault("refused", path, hint, now.value)
    return WithChanges(tree, (*found, *deleted_rows(written, ids)))


CONSTANT = "constant."
"""The ids of what formulas take and no case says."""


def _is_still(entry: Entry, written: str) -> bool:
    """Whether a number is the one that was written, in the digits that every spreadsheet program keeps."""
    value: Any = entry.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isclose(float(value), float(written), rel_tol=1e-13)


class _WrittenWith(NamedTuple):
    """What an input was written with."""

    value: str
    unit: str


def _written_with(written: SheetTable) -> Iterator[tuple[str, _WrittenWith]]:
    for row in written.rows:
        path, value, unit = (written.entry(row, head) for head in (PATH, VALUE, UNIT))
        if path is not None:
            yield str(path.value), _WrittenWith(*("" if one is None else str(one.value) for one in (value, unit)))


def _replaced(tree: Entry, steps: list[str], new: Entry, path: str) -> Entry:
    """The tree with one value replaced, in the block or the list where it stands."""
    block, items = tree.block, tree.items
    if block is not None and "value" in block and block["value"].block is None and steps[:1] == ["value"]:
        steps = steps[1:]
    if block is not None and "value" in block and (not steps or steps[0] not in block):
        kept = {name: one for name, one in block.items() if not _spoke_of_it(name, one)}
        return tree._replace(value={**kept, "value": _replaced(block["value"], steps, new, path)})
    if not steps:
        return _single(tree, new, path)
    step, rest = steps[0], steps[1:]
    if block is not None and (step in block or not rest):
        return tree._replace(value={**block, step: _replaced(block[step], rest, new, path) if step in block else new})
    place = -1 if items is None else _place(items, step)
    if items is None or not 0 <= place < len(items):
        raise new.fault("unknown_name", path, "no input of the case that this workbook carries")
    return tree._replace(value=[*items[:place], _replaced(items[place], rest, new, path), *items[place + 1 :]])


def _single(tree: Entry, new: Entry, path: str) -> Entry:
    """What stands where one value is replaced; a series that is one number stays a series."""
    block, items = tree.block, tree.items
    if items is not None and not any(one.block for one in items):
        return new._replace(value=[new])
    if items is not None or (block is not None and "derive" not in block):
        raise new.fault("unknown_name", path, "no single input of the case that this workbook carries")
    return new


def _place(items: list[Entry], step: str) -> int:
    """The place of an item by its name, or by its number from 1; -1 for none."""
    names = [str((one.block or {}).get("name", one).value) for one in items]
    if step.isdigit():
        return int(step) - 1
    return names.index(step) if step in names else -1


_SAID_OF_IT = ("fact", "derive", "source", "reason", "author", "low", "high", "unit")


def _spoke_of_it(name: str, entry: Entry) -> bool:
    return name in _SAID_OF_IT or (name == "from" and entry.block is not None)
