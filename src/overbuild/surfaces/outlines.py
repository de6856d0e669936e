"""An outline as lines of text that fit a width: numbers stay whole, words wrap at spaces."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Branch, Note, Outline

_STEP = 2
_LEAST = 24
"""Columns that a label needs beside its number; with fewer the number stands under it."""


class TextLine(NamedTuple):
    """A line of text and whether it is an aside (a formula, a note)."""

    text: str
    aside: bool = False


def tree_lines(outline: Outline, width: int) -> list[TextLine]:
    """The lines of the tree under the headline, which says its first branch; numbers stand in one column."""
    first, *others = outline.branches
    lines = [*_asides(first, 0, width)]
    column = _column(others, width)
    for one in others:
        lines += _branch(one, column, width)
    return lines


def note_lines(note: Note, width: int) -> list[str]:
    """A note with its name before it; an address is never broken."""
    name = f"[{note.name}] " if note.name else ""
    return _wrapped(note.text, width, f"  {name}", " " * (2 + len(name)))


def _indent(one: Branch) -> int:
    return _STEP * (one.level - 1)


def _column(branches: list[Branch], width: int) -> int:
    """Where numbers begin: after the longest label, as far as the widest number leaves room."""
    longest = max((_indent(one) + len(one.label) for one in branches), default=0)
    widest = max((len(_amount(one)) for one in branches), default=0)
    return max(min(longest + 2, width - widest), 0)


def _amount(one: Branch) -> str:
    marks = "".join(f"[{name}]" for name in one.notes)
    return " ".join(part for part in (one.amount, marks) if part)


def _beside(one: Branch, room: int) -> str:
    """The number with its remark where both fit, else the number alone."""
    whole = f"{_amount(one)} ({one.remark})".lstrip()
    return whole if one.remark and len(whole) <= room else _amount(one)


def _branch(one: Branch, column: int, width: int) -> Iterator[TextLine]:
    indent = _indent(one)
    under = column - indent < min(_LEAST, len(one.label) + 2)
    amount = _beside(one, width - (indent + _STEP if under else column))
    if not under:
        first, *others = _wrapped(one.label, column - 2, " " * indent, " " * (indent + _STEP)) or [""]
        yield TextLine(f"{first.ljust(column)}{amount}".rstrip())
        yield from (TextLine(line) for line in others)
    else:
        yield from (TextLine(line) for line in _wrapped(one.label, width, " " * indent, " " * (indent + _STEP)))
        if amount:
            yield TextLine(" " * (indent + _STEP) + amount)
    said = amount != _amount(one)
    yield from _asides(one._replace(remark="") if said else one, indent + _STEP, width)


def _asides(one: Branch, indent: int, width: int) -> Iterator[TextLine]:
    if one.formula:
        pad = " " * indent
        yield from (TextLine(line, aside=True) for line in _wrapped(one.formula, width, f"{pad}= ", f"{pad}  "))
    if one.remark:
        pad = " " * indent
        yield from (TextLine(line, aside=True) for line in _wrapped(one.remark, width, pad, pad))


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=False,
    )
