"""Cells and their addresses."""

from __future__ import annotations

import datetime
import re
from typing import Literal, NamedTuple, TypeAlias

CellValue: TypeAlias = str | float | bool | datetime.date | datetime.datetime | None
CellKind: TypeAlias = Literal["text", "number", "date", "boolean", "error", "uncalculated"]

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576


class Cell(NamedTuple):
    """One cell that holds something.

    `row` and `column` count from 1. `kind` says what `value` is: an `error` is the text of it (`#DIV/0!`), `uncalculated` a
    formula without a value that was kept, and its value None. `formula` is true where the value was calculated. `written` is
    the number or text as the file has it. `percent` is true of a number that is shown in percent: 0.35 as 35%.
    """

    row: int
    column: int
    kind: CellKind
    value: CellValue
    formula: bool
    written: str
    percent: bool = False

    @property
    def address(self) -> str:
        """`B3`."""
        return address(self.row, self.column)


def address(row: int, column: int) -> str:
    """The address of a cell.

    >>> address(3, 2), address(10, 28)
    ('B3', 'AB10')
    """
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """A column's letters.

    >>> column_letters(1), column_letters(26), column_letters(27), column_letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class At(NamedTuple):
    """Row and column of an address, from 1."""

    row: int
    column: int


def place_of(text: str) -> At:
    """Row and column of an address. Raises ValueError for what is none, or lies outside a sheet.

    >>> place_of("AB10")
    At(row=10, column=28)
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:20]} is no address of a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if column > LAST_COLUMN or row > LAST_ROW:
        raise ValueError(f"{text[:20]} lies outside a sheet")
    return At(row, column)


class MergedRange(NamedTuple):
    """Cells shown as one, from the first to the last: only the first holds something."""

    first: At
    last: At

    @property
    def address(self) -> str:
        """`A1:C1`."""
        return f"{address(*self.first)}:{address(*self.last)}"


def day_of(number: float, *, from_1904: bool) -> datetime.date | datetime.datetime:
    """The day that a workbook counts, with the time of day where the number has a fraction.

    Days are counted from 1899-12-30, which takes in a 29 February 1900 that never was; a day before March 1900 cannot be told.
    Raises ValueError for a number that is no day.

    >>> day_of(45291, from_1904=False), day_of(45291.5, from_1904=False)
    (datetime.date(2023, 12, 31), datetime.datetime(2023, 12, 31, 12, 0))
    """
    if not (0 if from_1904 else 61) <= number < 2_958_466:
        raise ValueError(f"{number!r} is no day of the calendar")
    first = datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)
    found = first + datetime.timedelta(seconds=round(number * 86_400))
    return found.date() if number == int(number) else found
