"""A table as lines of text that fit a width: numbers stay whole, words and headings wrap, else one block a row."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from overbuild.answer import Table
from overbuild.surfaces.formats import is_numeric, number, title_and_headings

_BETWEEN = 2
_LEAST = 12
"""Columns below which words are not folded."""
_FEW = 3
"""Columns up to which a table that does not fit is printed as blocks."""


def table_lines(table: Table, width: int) -> list[str]:
    """A table under its title, in lines of at most `width` columns wherever its numbers leave room for that.

    >>> from overbuild.answer import Column
    >>> debt = Table("debt", "Debt", (Column("loan", "loan"), Column("drawn", "drawn", "USD_m")), ({"loan": "senior", "drawn": 8e8},))
    >>> table_lines(debt, 100)
    ['Debt (USD m)', 'loan    drawn', '------  -----', 'senior  800.0']
    >>> table_lines(debt, 10)
    ['Debt (USD', 'm)', 'senior', '  drawn:', '    800.0']
    >>> table_lines(debt._replace(spare=("loan",)), 10)
    ['Debt (USD', 'm)', 'drawn', '-----', '800.0']
    """
    if table.spare and not _fits(table, width):
        left = tuple(one for one in table.columns if one.key != table.spare[-1])
        return table_lines(table._replace(columns=left, spare=table.spare[:-1]), width)
    title, headings = title_and_headings(table)
    rows = [[number(row.get(column.key), column.unit) for column in table.columns] for row in table.rows]
    numeric = [is_numeric(table, column.key) for column in table.columns]
    prose = [place for place in range(1, len(headings)) if any(len(row[place]) > _PROSE for row in rows)]
    widths, notes = _widths(headings, rows, numeric, width, readable=prose) if prose else None, list[str]()
    if widths is None:
        rows, notes = _with_notes(headings, rows, width)
        widths = _widths(headings, rows, numeric, width)
    body = _stacked(headings, rows, numeric, width) if widths is None else list(_grid(headings, rows, numeric, widths))
    note = _fold(f"({table.note})", width) if table.note else []
    return [*_fold(title, width), *body, *notes, *note]


def _fits(table: Table, width: int) -> bool:
    """Whether every row and every heading stands on one line."""
    headings = title_and_headings(table)[1]
    rows = [[number(row.get(column.key), column.unit) for column in table.columns] for row in table.rows]
    widest = [max(map(len, cells)) for cells in zip(headings, *rows, strict=True)]
    return sum(widest) + _BETWEEN * (len(widest) - 1) <= width


_PROSE = 60
"""Characters from which on a cell is prose, which stands below a table that is too wide for it."""
_ROOM = 36
"""Columns in which prose is readable between others."""


def _with_notes(headings: Sequence[str], rows: Sequence[list[str]], width: int) -> tuple[list[list[str]], list[str]]:
    """The rows with prose replaced by numbers where they would not fit, and the notes of these numbers."""
    widest = (
        [max(len(heading), *(len(row[at]) for row in rows), 0) for at, heading in enumerate(headings)] if rows else []
    )
    if not rows or sum(widest) + _BETWEEN * (len(widest) - 1) <= width:
        return list(rows), []
    numbers: dict[str, str] = {}
    found = [
        [
            numbers.setdefault(cell, f"[{len(numbers) + 1}]") if len(cell) > _PROSE and at else cell
            for at, cell in enumerate(row)
        ]
        for row in rows
    ]
    notes = [
        line
        for text, mark in numbers.items()
        for line in textwrap.wrap(f"{mark} {text}", width, initial_indent="  ", subsequent_indent=" " * (len(mark) + 3),
                                  break_on_hyphens=False, break_long_words=False)
    ]  # fmt: skip
    return found, notes


def is_sum(line: str) -> bool:
    """Whether a line of a table is that of a sum."""
    return line.lower().startswith(("total", "sum"))


def _widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    available: int,
    readable: Sequence[int] = (),
) -> list[int] | None:
    """Widths of the columns that fit, the widest words folded first; None where not even folded words leave room.

    The columns of `readable` prose keep room to be read in.
    """
    cells = [max((len(row[place]) for row in rows), default=0) for place in range(len(headings))]
    words = [max((len(word) for word in heading.split()), default=0) for heading in headings]
    widest = [max(cell, len(heading)) for cell, heading in zip(cells, headings, strict=True)]
    room = available - _BETWEEN * (len(headings) - 1)
    if sum(widest) <= room:
        return widest
    widths = [
        max(cell, word) if is_number else max(min(most, max(cell, word)), 1)
        for cell, word, most, is_number in zip(cells, words, widest, numeric, strict=True)
    ]
    whole = [
        max((len(word) for row in rows for word in row[place].split()), default=0) for place in range(len(headings))
    ]
    least = [
        max(_ROOM if place in readable else _LEAST, word, longest)
        for place, (word, longest) in enumerate(zip(words, whole, strict=True))
    ]
    foldable = [place for place, is_number in enumerate(numeric) if not is_number]
    while sum(widths) > room:
        place = max((one for one in foldable if widths[one] > least[one]), key=lambda one: widths[one], default=None)
        if place is None:
            return None
        widths[place] -= 1
    return _headed(headings, widths, room)


def _headed(headings: Sequence[str], widths: list[int], room: int) -> list[int]:
    """The widths with room for every heading in one line, where there is that much; else all stay folded alike."""
    whole = [max(len(heading), width) for heading, width in zip(headings, widths, strict=True)]
    return whole if sum(whole) <= room else widths


def _grid(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], widths: Sequence[int]
) -> Iterator[str]:
    folded = [_fold(heading, width) for heading, width in zip(headings, widths, strict=True)]
    most = max(len(lines) for lines in folded)
    yield from _lines([[""] * (most - len(lines)) + lines for lines in folded], numeric, widths)
    yield (" " * _BETWEEN).join("-" * width for width in widths)
    for row in rows:
        yield from _lines([_fold(cell, width) for cell, width in zip(row, widths, strict=True)], numeric, widths)


def _lines(cells: Sequence[Sequence[str]], numeric: Sequence[bool], widths: Sequence[int]) -> Iterator[str]:
    for parts in zip_longest(*cells, fillvalue=""):
        aligned = (
            part.rjust(width) if to_right else part.ljust(width)
            for part, width, to_right in zip(parts, widths, numeric, strict=True)
        )
        yield (" " * _BETWEEN).join(aligned).rstrip()


def _stacked(headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int) -> list[str]:
    """The first cell of a row on a line of its own and the others as columns below it; blocks where they do not fit."""
    below = [row[1:] for row in rows]
    widths = _widths(headings[1:], below, numeric[1:], width - _BETWEEN) if len(headings) > _FEW else None
    if widths is None:
        return _blocks(headings, rows, width)
    indent = " " * _BETWEEN
    lines = [*_fold(headings[0], width), *(indent + line for line in _grid(headings[1:], [], numeric[1:], widths))]
    for row in rows:
        lines += _fold(row[0], width)
        cells = [_fold(cell, each) for cell, each in zip(row[1:], widths, strict=True)]
        lines += [indent + line for line in _lines(cells, numeric[1:], widths)]
    return lines


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """One block a row: its first cell, then each other one after its heading."""
    lines: list[str] = []
    for row in rows:
        lines += _fold(row[0], width)
        for heading, cell in [one for one in zip(headings, row, strict=True) if one[1]][1:]:
            lines += textwrap.wrap(f"{heading}: {cell}", width, initial_indent="  ", subsequent_indent="    ",
                                   break_on_hyphens=False, break_long_words=False)  # fmt: skip
    return lines


def _fold(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False, break_long_words=False) or [""]
