"""Inputs that were changed in an exported workbook, and the case with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from overbuild.world.tree import CellFault, Entry
from overbuild.world.worksheet.heads import AS_EXPORTED, ID, VALUE

if TYPE_CHECKING:
    from overbuild.world.worksheet.read import SheetTable


class Changed(NamedTuple):
    """An input of an exported workbook that differs from what was exported: its path, both values, its cell."""

    path: str
    was: Any
    now: Any
    cell: str


class WithChanges(NamedTuple):
    """A tree with the changes of a workbook, and which these are."""

    tree: Entry
    changed: tuple[Changed, ...]


def with_changes(tree: Entry, inputs: SheetTable) -> WithChanges:
    """The case that an exported workbook carries, with what was changed on its sheet of inputs.

    A changed number loses what the case said of the one before it: a fact, a reason, a range. Raises CaseError for a row
    that is no input of the case.
    """
    found: list[Changed] = []
    for row in inputs.rows:
        key, was, now = (inputs.entry(row, head) for head in (ID, AS_EXPORTED, VALUE))
        if key is None or was is None or (now is not None and now.value == was.value):
            continue
        if now is None:
            hint = "this cell is empty: fill it in, or put back what was exported, which stands beside it"
            now = inputs.place(row, inputs.heads[VALUE])._replace(value=CellFault("missing", hint))
        tree = _replaced(tree, str(key.value).split("."), now, str(key.value))
        found.append(Changed(str(key.value), was.value, now.value, now.cell))
    return WithChanges(tree, tuple(found))


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
