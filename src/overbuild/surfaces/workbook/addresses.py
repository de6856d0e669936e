"""Where each row of a book stands: its sheet, its line, the columns of its values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from overbuild.audit.book.book import Book, Row
from overbuild.equations.reading.cells import Pieces, Ref, cell_text
from overbuild.surfaces.workbook.xlsx import letters

READ_ME, INPUTS, TIME, MODEL, BY_YEAR, SIZING, RESULTS, CHECKS, FACTS = SHEETS = (
    "Read me",
    "Inputs",
    "Time",
    "Model",
    "By year",
    "Sizing",
    "Results",
    "Checks",
    "Facts",
)
"""The sheets, in this order. Their names are a contract."""

TITLE, STATUS, HEADER, FIRST = 0, 1, 3, 4
"""Lines of a sheet, counted from 0: its title, whether the checks pass, the heads of its columns, its first row."""

VALUE = 3
"""Column of a single value: it stands after id, label and unit, on every sheet."""

OPENING = 4
"""Column before the first period, on sheets with an axis of periods; close, place 0, follows."""


class Spot(NamedTuple):
    """A row's sheet and line; `scalar` where it has one value instead of one a period."""

    sheet: str
    line: int
    scalar: bool


def column_of(place: int) -> int:
    """Column of a place of the axis; the opening is place -1.

    >>> column_of(-1), column_of(0)
    (4, 5)
    """
    return OPENING + 1 + place


def spots_of(book: Book) -> dict[str, Spot]:
    """Where every row with an id stands."""
    spots = {one.id: Spot(INPUTS, FIRST + at, True) for at, one in enumerate(book.inputs)}
    spots |= _rows(book.constants, INPUTS, constants_from(book))
    for sheet, rows in ((TIME, book.time), (MODEL, book.model), (SIZING, book.sizing)):
        spots |= _rows(rows, sheet, FIRST)
    spots |= {one.id: Spot(RESULTS, FIRST + at, True) for at, one in enumerate(book.results)}
    return spots


def constants_from(book: Book) -> int:
    """Line on which the list of constants begins, below the inputs and a heading."""
    return FIRST + len(book.inputs) + 2


def _rows(rows: Iterable[Row], sheet: str, first: int) -> dict[str, Spot]:
    return {row.id: Spot(sheet, first + at, row.scalar) for at, row in enumerate(rows) if row.id}


class Addresses:
    """Turns formulas into the text of a cell."""

    def __init__(self, book: Book) -> None:
        self.spots = spots_of(book)

    def formula(self, pieces: Pieces, sheet: str, place: int | None = None) -> str:
        """The formula as it stands on a sheet, at a place of the axis (None: off it)."""
        return "=" + cell_text(pieces, lambda ref: self.of(ref, sheet, place))

    def of(self, ref: Ref, sheet: str, place: int | None) -> str:
        """Address of a reference: relative where it moves along with the period, else absolute."""
        spot = self.spots[ref.row]
        where = "" if spot.sheet == sheet else f"'{spot.sheet}'!" if " " in spot.sheet else f"{spot.sheet}!"
        line = spot.line + 1
        if spot.scalar:
            return f"{where}${letters(VALUE)}${line}"
        if ref.first is not None:
            ends = [f"${letters(column_of(at))}${line}" for at in (ref.first, ref.last) if at is not None]
            return where + ":".join(ends)
        if place is None:
            raise KeyError(f"{ref.row} has a value for each period, and the cell that asks for it stands in none")
        return f"{where}{letters(column_of(place + ref.shift))}{line}"
