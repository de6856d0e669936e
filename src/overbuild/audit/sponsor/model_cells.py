"""The cells of a sponsor's model: what is labelled, what stands beside a label or below it, which years head a row."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.audit.sponsor.words import is_unit
from overbuild.errors import CaseError, InputError
from overbuild.foreign.workbook.cells import Cell
from overbuild.foreign.workbook.read import Workbook

MOST_CELLS = 200_000
"""A model of more cells in a sheet is refused: name its cells in a map of a smaller one."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FIRST, _LAST = 1990, 2100


LONGEST_UNIT = 16
"""A longer text behind a number is a remark."""


class NumbersBeside(NamedTuple):
    """What stands beside a label: cells that are no text, and the unit that is said between or behind them."""

    cells: tuple[Cell, ...]
    unit: str


class ModelSheet(NamedTuple):
    """A sheet of the model: its rows, each by column, from the top."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, Cell]]
    uncalculated: bool

    def place(self, cell: Cell) -> str:
        """`Assumptions!C5`."""
        return f"{self.name}!{cell.address}"

    def number(self, cell: Cell) -> float | None:
        """The number of a cell as it was kept; None for what shows none."""
        if cell.kind != "number" or (cell.formula and self.uncalculated) or isinstance(cell.value, bool):
            return None
        return cell.value if isinstance(cell.value, int | float) else None

    def labels(self) -> Iterator[Cell]:
        """The texts of the sheet, row by row."""
        for row in self.rows.values():
            yield from (cell for cell in row.values() if cell.kind == "text" and str(cell.value).strip())

    def right_of(self, label: Cell) -> NumbersBeside:
        """What stands to the right of a label, up to the next label with numbers of its own.

        The text before the first number, or else the short one right after the last, says the unit.
        """
        numbers: list[Cell] = []
        before: list[Cell] = []
        row = [cell for column, cell in sorted(self.rows[label.row].items()) if column > label.column]
        for place, cell in enumerate(row):
            if cell.kind != "text":
                numbers.append(cell)
            elif not numbers:
                before.append(cell)
            else:
                ends_row = all(one.kind == "text" for one in row[place:])
                short = len(str(cell.value).strip()) <= LONGEST_UNIT
                after = str(cell.value) if short and (ends_row or is_unit(str(cell.value))) else ""
                return NumbersBeside(tuple(numbers), str(before[-1].value) if before else after)
        return NumbersBeside(tuple(numbers), str(before[-1].value) if before else "")

    def below(self, label: Cell) -> Cell | None:
        """The cell below a label."""
        return self.rows.get(label.row + 1, {}).get(label.column)

    def years_of(self, cells: Sequence[Cell]) -> dict[int, int]:
        """The calendar year of each column, from the nearest row above in which most of the columns have one."""
        first = cells[0].row
        for line in sorted((line for line in self.rows if line < first), reverse=True):
            found = {
                cell.column: year for cell in cells if (year := year_of(self.rows[line].get(cell.column))) is not None
            }
            if 2 * len(found) > len(cells):
                return found
        return {}


def year_of(cell: Cell | None) -> int | None:
    """The calendar year that a cell shows: as a number, in a date or in a text such as FY2027; None for none."""
    if cell is None:
        return None
    if isinstance(cell.value, datetime.date):
        return cell.value.year
    if isinstance(cell.value, str):
        found = _YEAR.search(cell.value)
        return int(found[1]) if found else None
    return int(cell.value) if isinstance(cell.value, int) and _FIRST <= cell.value <= _LAST else None


def read_model(path: Path) -> tuple[ModelSheet, ...]:
    """Every sheet of a model. Raises CaseError as a workbook does, and `too_large` for a sheet of too many cells."""
    try:
        with Workbook(path, "--from-xlsx") as book:
            return tuple(_sheet(book, place.name, path, hidden=place.hidden) for place in book.sheets)
    except CaseError:
        raise
    except InputError as error:
        raise CaseError(error.code, error.path, error.value, error.hint, file=str(path)) from None


def _sheet(book: Workbook, name: str, path: Path, *, hidden: bool) -> ModelSheet:
    rows: dict[int, dict[int, Cell]] = {}
    count = 0
    for cells in book.rows(name):
        count += len(cells)
        if count > MOST_CELLS:
            hint = f"the sheet {name} has more than {MOST_CELLS:,} cells; copy its assumptions and totals to a workbook of their own"
            raise CaseError("too_large", "--from-xlsx", None, hint, file=str(path))
        rows[cells[0].row] = {cell.column: cell for cell in cells}
    return ModelSheet(name, hidden, rows, book.uncalculated)
