"""A case file as it is to be written: entries with their texts and comments, laid out as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from overbuild.site.case.migration.source_text import WrittenEntry, quoted

WIDTH = 120
"""Columns of a line; a text that is longer stands on a line of its own."""

_SAYS_WHY = ("fact", "derive", "source", "reason", "author")
_QUOTES = ("'", '"')
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


@dataclass(eq=False)
class Draft:
    """An entry to write: the text of a scalar, or entries by name, or items; with comments as in `WrittenEntry`."""

    text: str = ""
    entries: dict[str, Draft] | None = None
    items: list[Draft] | None = None
    above: list[str] = field(default_factory=list[str])
    beside: list[str] = field(default_factory=list[str])
    below: list[str] = field(default_factory=list[str])

    @property
    def inside(self) -> list[Draft]:
        """What stands in it."""
        return [*(self.entries or {}).values(), *(self.items or ())]

    def like(self, text: str = "", entries: dict[str, Draft] | None = None, items: list[Draft] | None = None) -> Draft:
        """Something else with the same comments."""
        return Draft(text, entries, items, self.above, self.beside, self.below)

    @property
    def is_plain(self) -> bool:
        """Whether it has neither comments within nor numbers that say where they come from."""
        return all(
            not (one.above or one.beside or one.below)
            and one.is_plain
            and not any(name in _SAYS_WHY for name in one.entries or {})
            for one in self.inside
        )


def scalar(value: object) -> Draft:
    """A value that no file says, as its text.

    >>> [scalar(one).text for one in (True, None, 26, 0.5, "cash", "2nd: it")]
    ['true', 'null', '26', '0.5', 'cash', '"2nd: it"']
    """
    if isinstance(value, bool):
        return Draft("true" if value else "false")
    if isinstance(value, str):
        return Draft(value if _PLAIN.match(value) and value not in ("true", "false", "null") else quoted(value))
    return Draft("null" if value is None else repr(value))


def written(value: object) -> Draft:
    """A value or a series that no file says.

    >>> flowing(written(("it", "network")))
    '[it, network]'
    """
    if not isinstance(value, tuple):
        return scalar(value)
    return Draft(items=[scalar(one) for one in cast("tuple[object, ...]", value)])


def copied(entry: WrittenEntry) -> Draft:
    """An entry as it is written. The comments within go with it, once; its own are `taken` by whoever places it."""
    found = Draft(entry.text)
    if entry.entries is not None:
        found.entries = {name: taken(one, copied(one)) for name, one in entry.entries.items()}
    if entry.items is not None:
        found.items = [taken(one, copied(one)) for one in entry.items]
    return found


def taken(entry: WrittenEntry, draft: Draft) -> Draft:
    """The draft with the comments of an entry, which has none any more."""
    for name in ("above", "beside", "below"):
        getattr(draft, name).extend(getattr(entry, name))
        getattr(entry, name).clear()
    return draft


def page(top: Draft) -> str:
    """The text of a file: blocks apart, its header together.

    >>> site = Draft(entries={"it_mw": Draft("100"), "cod": Draft("6", beside=["# 2028Q1"])})
    >>> print(page(Draft(entries={"name": Draft("mine"), "phases": Draft(items=[site])})), end="")
    name: mine
    <BLANKLINE>
    phases:
      - it_mw: 100
        cod: 6  # 2028Q1
    """
    found: list[str] = []
    for name, one in (top.entries or {}).items():
        if found and name not in ("name", "close"):
            found.append("")
        found += _lines(f"{name}:", one, 0)
    return "\n".join([*found, *(["", *top.below] if top.below else []), ""])


def _lines(lead: str, one: Draft, indent: int) -> Iterator[str]:
    """The lines of an entry after its lead, `name:` or `-`, with the comments round it."""
    margin = " " * indent
    yield from (margin + line for line in one.above)
    behind = f"  {'  '.join(one.beside)}" if one.beside else ""
    flow = f"{margin}{lead} {flowing(one)}{behind}"
    if one.entries is None and one.items is None:
        yield f"{margin}{lead} {one.text}{behind}"
    elif one.is_plain and len(flow) <= WIDTH and not _is_list_of_blocks(one):
        yield flow
    elif one.items is not None:
        yield f"{margin}{lead}{behind}" if _is_list_of_blocks(one) else f"{margin}{lead} [{behind}"
        yield from _items(one.items, indent + 2) if _is_list_of_blocks(one) else _series(one.items, indent)
    elif lead == "-":
        yield from _item(one, indent, behind)
    else:
        yield f"{margin}{lead}{behind}"
        for name, inner in (one.entries or {}).items():
            yield from _lines(f"{name}:", inner, indent + 2)
    yield from (margin + line for line in one.below)


def _is_list_of_blocks(one: Draft) -> bool:
    return any(inner.entries is not None for inner in one.items or ())


def _items(items: list[Draft], indent: int) -> Iterator[str]:
    for one in items:
        yield from _lines("-", one, indent)


def _item(one: Draft, indent: int, behind: str) -> Iterator[str]:
    """An item of a list as a block: its first entry stands behind the dash."""
    margin = " " * indent
    for place, (name, inner) in enumerate((one.entries or {}).items()):
        lines = list(_lines(f"{name}:", inner, indent + 2))
        if place == 0:
            first = len(inner.above)
            yield from (margin + line for line in inner.above)
            lines = [f"{margin}- {lines[first].lstrip()}{behind}", *lines[first + 1 :]]
        yield from lines


def _series(items: list[Draft], indent: int) -> Iterator[str]:
    """The rest of a list of scalars that is too long for one line, or has comments."""
    margin, line = " " * (indent + 2), ""
    for one in items:
        text = f"{flowing(one)},"
        if line and (len(margin) + len(line) + 1 + len(text) > WIDTH or one.above):
            yield margin + line
            line = ""
        yield from (margin + comment for comment in one.above)
        line = f"{line} {text}" if line else text
        if one.beside or one.below:
            yield margin + "  ".join([line, *one.beside])
            yield from (margin + comment for comment in one.below)
            line = ""
    yield from [margin + line] if line else []
    yield " " * indent + "]"


def flowing(one: Draft) -> str:
    """An entry on one line.

    >>> flowing(Draft(entries={"value": Draft("4.0e8"), "reason": Draft("Steel, mostly.")}))
    '{value: 4.0e8, reason: "Steel, mostly."}'
    """
    if one.entries is not None:
        return f"{{{', '.join(f'{name}: {flowing(inner)}' for name, inner in one.entries.items())}}}"
    if one.items is not None:
        return f"[{', '.join(flowing(inner) for inner in one.items)}]"
    return _in_flow(one.text)


def _in_flow(text: str) -> str:
    """A plain scalar as it may stand between braces: one with a comma needs quotes there."""
    return quoted(text) if not text.startswith(_QUOTES) and any(mark in text for mark in ",[]{}") else text
