"""A case file as it is written: every entry with its text, and the comments that belong to it.

Comments are read from the text, by the places of the entries, and not by a library that keeps them (ruamel.yaml). Such a
library hangs the comment lines above an entry on the entry before, which is wrong as soon as entries move to other
blocks, as all do here; and it has rules of its own for scalars, beside those of `world.tree`, by which every case is read.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml as _yaml

yaml: Any = _yaml
"""PyYAML ships no types."""


@dataclass(eq=False)
class WrittenEntry:
    """An entry of a file: the text of its scalar as written, or its entries by name, or its items.

    `above` are the comment lines over it, `beside` is the comment behind it, `below` are lines after it that are
    indented as it is, each with its `#`. `start` and `end` count characters of the file.
    """

    name: str
    start: int
    end: int
    line: int
    column: int
    flow: bool = False
    text: str = ""
    entries: dict[str, WrittenEntry] | None = None
    items: list[WrittenEntry] | None = None
    above: list[str] = field(default_factory=list[str])
    beside: list[str] = field(default_factory=list[str])
    below: list[str] = field(default_factory=list[str])

    def all(self) -> Iterator[WrittenEntry]:
        """The entry and all in it, in the order of the file."""
        yield self
        for one in [*(self.entries or {}).values(), *(self.items or ())]:
            yield from one.all()

    def take_comments(self) -> list[str]:
        """The comments of the entry and of all in it, which then have none."""
        found: list[str] = []
        for one in self.all():
            found += [*one.above, *one.beside, *one.below]
            one.above, one.beside, one.below = [], [], []
        return found

    def at(self, path: str) -> WrittenEntry | None:
        """The entry at a path; items of a list are found by their name, else by their place from 1."""
        for name, one in self.named().items():
            if path == name:
                return one
            found = one.at(path[len(name) + 1 :]) if path.startswith(f"{name}.") else None
            if found is not None:
                return found
        return None

    def named(self) -> dict[str, WrittenEntry]:
        """The entries by name; the items by their names, else by their places."""
        if self.entries is not None:
            return self.entries
        return {_plain(one) or str(place): one for place, one in enumerate(self.items or (), start=1)}


def _plain(item: WrittenEntry) -> str:
    """The name of an item, without its quotes."""
    name = (item.entries or {}).get("name")
    return str(yaml.safe_load(name.text)) if name is not None and name.text else ""


def read_written(text: str) -> WrittenEntry:
    r"""The entries of a sound case file with their comments. Its form is not checked here: see `world.tree`.

    >>> found = read_written("# My site.\nsite:\n  pue: 1.20  # as built\n")
    >>> found.at("site").above, found.at("site.pue").text, found.at("site.pue").beside
    (['# My site.'], '1.20', ['# as built'])
    """
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    top = _entry("", node, node.start_mark, text)
    inside = [one for one in top.all() if one is not top]
    for comment in _comments(text, inside):
        _attach(comment, inside, top)
    return top


def _entry(name: str, node: Any, start: Any, text: str) -> WrittenEntry:
    end = node.end_mark.index
    found = WrittenEntry(name, start.index, end, start.line, start.column)
    if isinstance(node, yaml.ScalarNode):
        found.text = _scalar(node, text)
        return found
    found.flow = bool(node.flow_style)
    if isinstance(node, yaml.MappingNode):
        found.entries = {str(key.value): _entry(str(key.value), one, key.start_mark, text) for key, one in node.value}
    else:
        found.items = [_entry("", one, one.start_mark, text) for one in node.value]
        for item in found.items if not found.flow else ():
            item.column = item.start - text.rfind("\n", 0, item.start) - 1
            item.column -= item.start - text.rfind("-", 0, item.start)
    if not found.flow and node.value:
        inside = found.entries.values() if found.entries is not None else found.items or ()
        found.end = max(one.end for one in inside)
    return found


def _scalar(node: Any, text: str) -> str:
    """A scalar as written; one of several lines on one line, in double quotes."""
    written = text[node.start_mark.index : node.end_mark.index]
    if node.style in ("|", ">") or "\n" in written:
        return quoted(str(node.value))
    return written or "null"


def quoted(text: str) -> str:
    r"""A text in double quotes.

    >>> quoted('a "b"')
    '"a \\"b\\""'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


@dataclass(eq=False)
class _Comment:
    start: int
    line: int
    column: int
    text: str
    alone: bool
    """Whether nothing else stands on its line."""


_MARK = re.compile(r"(?:^|(?<=\s))#[^\n\r]*", re.MULTILINE)


def _comments(text: str, entries: list[WrittenEntry]) -> Iterator[_Comment]:
    """Every comment of the text: a `#` outside the scalars."""
    scalars = sorted((one.start, one.end) for one in entries if one.text)
    starts = [start for start, _ in scalars]
    position = 0
    while (found := _MARK.search(text, position)) is not None:
        place = bisect.bisect_right(starts, found.start()) - 1
        if place >= 0 and found.start() < scalars[place][1]:
            position = max(scalars[place][1], found.start() + 1)
            continue
        begin = text.rfind("\n", 0, found.start()) + 1
        alone = not text[begin : found.start()].strip()
        line = text.count("\n", 0, found.start())
        yield _Comment(found.start(), line, found.start() - begin, found.group().rstrip(), alone)
        position = found.end()


def _attach(comment: _Comment, entries: list[WrittenEntry], top: WrittenEntry) -> None:
    """A comment to its entry: alone on a line to that below it, else to that on its line."""
    before = [one for one in entries if one.start < comment.start]
    if not comment.alone:
        _beside(comment, before).beside.append(comment.text)
        return
    after = next((one for one in entries if one.start > comment.start), None)
    if after is not None and (not before or comment.column <= after.column or _within_flow(comment, entries)):
        after.above.append(comment.text)
        return
    last = before[-1]
    round_it = [one for one in before if one.start <= last.start and last.end <= one.end]
    level = next((one for one in round_it if one.column >= comment.column), last)
    (level if comment.column else top).below.append(comment.text)


def _within_flow(comment: _Comment, entries: list[WrittenEntry]) -> bool:
    return any(one.flow and one.start < comment.start < one.end for one in entries)


def _beside(comment: _Comment, before: list[WrittenEntry]) -> WrittenEntry:
    """The last entry that begins on the line of a comment, outside what began and ended there before it."""
    on_line = [one for one in before if one.line == comment.line]
    whole = [one for one in on_line if one.flow and one.end <= comment.start]
    outer = [one for one in on_line if not any(two is not one and one in two.all() for two in whole)]
    if outer:
        return outer[-1]
    ended = [one for one in before if one.end <= comment.start] or before
    last = max(one.end for one in ended)
    return next(one for one in ended if one.end == last)
