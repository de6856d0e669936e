"""The tree that the rows of a worksheet say, built row by row."""

from __future__ import annotations

import re
from typing import NamedTuple

from overbuild.world.tree import DEEPEST, CellFault, Entry
from overbuild.world.worksheet.rows import DERIVED, EMPTY_BLOCK, EMPTY_LIST, FLAGS, NOTHING

_STEP = re.compile(r"([^.\[\]\s]+)((?:\[[^.\[\]\s]+\])?)")


class _Branch:
    """A block or a list that is growing: what is below it by name, and the place of its first row.

    `leaf` is a value that stands at the branch itself.
    """

    def __init__(self, place: Entry) -> None:
        self.place = place
        self.below: dict[str, _Branch] = {}
        self.is_list = False
        self.leaf: Entry | None = None

    def entry(self) -> Entry:
        """The branch as an entry of a tree."""
        below = {name: one.entry() for name, one in self.below.items()}
        if self.is_list:
            return self.place._replace(value=list(below.values()), text="")
        if self.leaf is None:
            return self.place._replace(value=below, text="")
        if not below:
            return self.leaf
        block = self.leaf.block
        own = block if block is not None else {"value": self.leaf}
        return self.leaf._replace(value={**own, **below}, text="")


class PathStep(NamedTuple):
    """A step of a path: a name, and whether it is that of an item of a list."""

    name: str
    in_list: bool


def steps_of(path: str) -> tuple[PathStep, ...]:
    """The steps of a row's path; none for a text that is no path.

    >>> steps_of("contracts[cloud].price")
    (PathStep(name='contracts', in_list=False), PathStep(name='cloud', in_list=True), PathStep(name='price', in_list=False))
    >>> steps_of("contracts[cloud.price"), steps_of("")
    ((), ())
    """
    found: list[PathStep] = []
    for part in path.split("."):
        matched = _STEP.fullmatch(part)
        if matched is None:
            return ()
        found.append(PathStep(matched[1], in_list=False))
        if matched[2]:
            found.append(PathStep(matched[2][1:-1], in_list=True))
    return tuple(found) if len(found) <= DEEPEST else ()


class GrowingTree:
    """A tree to which rows are added; what stands twice becomes a fault at its own cell."""

    def __init__(self, place: Entry) -> None:
        self.top = _Branch(place)
        self.strays = 0

    def add(self, path: str, leaf: Entry, key: Entry) -> None:
        """Add what a row says; `key` is the cell of its path, which a fault of the path is told of."""
        steps = steps_of(path)
        if not steps:
            self.stray(key, path or "a value without a path")
            return
        branch = self.top
        for step in steps:
            branch.is_list = branch.is_list or step.in_list
            branch = branch.below.setdefault(step.name, _Branch(key))
        if branch.leaf is not None:
            first = branch.leaf.cell
            leaf = leaf._replace(value=CellFault("duplicate", f"this input stands twice: the first is in {first}"))
        branch.leaf = leaf

    def stray(self, cell: Entry, said: str) -> None:
        """A row that no path says where to put: the reader of the case tells of its name."""
        self.strays += 1
        self.top.below[f"{said} ({cell.cell})"] = _Branch(cell)

    def entry(self) -> Entry:
        """The tree."""
        return self.top.entry()


def said_by(entry: Entry) -> Entry:
    """What a cell says: a mark for what it stands for, all else as it is."""
    if isinstance(entry.value, str) and entry.value.lower() in FLAGS:
        return entry._replace(value=entry.value.lower() == FLAGS[0])
    if entry.value == NOTHING:
        return entry._replace(value=None, text="")
    if entry.value == EMPTY_BLOCK:
        return entry._replace(value={}, text="")
    return entry._replace(value=[], text="") if entry.value == EMPTY_LIST else entry


def is_derived(entry: Entry) -> bool:
    """Whether a cell says that its value is left to the line of arithmetic."""
    return entry.value == DERIVED
