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
    if not steps:
        if block is not None and "value" in block:
            kept = {name: one for name, one in block.items() if name not in _SAID_OF_IT and not _operands(name, one)}
            return tree._replace(value={**kept, "value": _replaced(block["value"], [], new, path)})
        if block is not None and "derive" in block:
            return new
        if items is not None and not any(one.block for one in items):
            return new._replace(value=[new])
        if block is not None or items is not None:
            raise new.fault("unknown_name", path, "no single input of the case that this workbook carries")
        return new
    step, rest = steps[0], steps[1:]
    if block is not None and step in block:
        return tree._replace(value={**block, step: _replaced(block[step], rest, new, path)})
    if block is not None and "value" in block:
        kept = {name: one for name, one in block.items() if name not in _SAID_OF_IT and not _operands(name, one)}
        return tree._replace(value={**kept, "value": _replaced(block["value"], steps, new, path)})
    if items is not None:
        names = [str((one.block or {}).get("name", one).value) for one in items]
        place = names.index(step) if step in names and not step.isdigit() else int(step) - 1 if step.isdigit() else -1
        if 0 <= place < len(items):
            return tree._replace(value=[*items[:place], _replaced(items[place], rest, new, path), *items[place + 1 :]])
    if block is not None and not rest:
        return tree._replace(value={**block, step: new})
    raise new.fault("unknown_name", path, "no input of the case that this workbook carries")


_SAID_OF_IT = ("fact", "derive", "source", "reason", "author", "low", "high", "unit")


def _operands(name: str, entry: Entry) -> bool:
    return name == "from" and entry.block is not None


