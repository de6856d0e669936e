"""Which numbers of a sponsor's model are inputs of a case: by a list of words, and by nothing else."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import NamedTuple

from overbuild.audit.sponsor.model_cells import ModelSheet
from overbuild.audit.sponsor.words import DATE, ROW, Word, is_unit, known_words, label_of, multiple_of
from overbuild.foreign.workbook.cells import Cell, address


class TakenInput(NamedTuple):
    """A number of the model that is taken: for which input, from which cell, what stands there, and its multiple."""

    input: str
    cell: str
    label: str
    read: float | str
    times: float
    said: str

    @property
    def value(self) -> float | str:
        """The input in its own unit; a whole number stays one."""
        if isinstance(self.read, str):
            return self.read
        found = float(f"{self.read * self.times:.{_DIGITS}g}")
        return int(found) if found == int(found) else found


_DIGITS = 12
"""Digits of a product: a percent of a whole number has no dust behind it."""


class TakenRow(NamedTuple):
    """A row of the model to tie out: its cells, and its amounts by calendar year, in USD."""

    row: str
    cells: str
    years_at: str
    label: str
    times: float
    by_year: dict[int, float]


class NotTaken(NamedTuple):
    """A labelled number of the model that is not taken, and why."""

    cell: str
    label: str
    read: str
    why: str


class Recognised(NamedTuple):
    """What was recognised in a model, and what was not."""

    inputs: tuple[TakenInput, ...]
    rows: tuple[TakenRow, ...]
    left: tuple[NotTaken, ...]


NOT_KNOWN = "is no word of the list"


def recognised(sheets: tuple[ModelSheet, ...], periods_per_year: int) -> Recognised:
    """What a model says in words of the list. Hidden sheets are not read: their labelled numbers are left.

    Where two cells claim one input and differ, neither is taken.
    """
    reading = _ModelReading(periods_per_year)
    for sheet in sheets:
        for label in sheet.labels():
            reading.look(sheet, label)
    return reading.found()


class _ModelReading:
    def __init__(self, periods_per_year: int) -> None:
        self.periods_per_year = periods_per_year
        self.inputs: list[TakenInput] = []
        self.rows: list[TakenRow] = []
        self.left: list[NotTaken] = []

    def look(self, sheet: ModelSheet, label: Cell) -> None:
        """Look at what a label stands for, and at what stands beside it or below."""
        words, in_brackets = label_of(str(label.value))
        word = known_words().get(words)
        if is_unit(str(label.value)):
            return
        beside = sheet.right_of(label)
        cells, said = list(beside.cells), in_brackets or beside.unit
        below = sheet.below(label)
        if not cells and word is not None and below is not None and below.kind in ("number", "date"):
            cells = [below]
        if not cells or (word is None and not any(cell.kind in ("number", "error", "uncalculated") for cell in cells)):
            return
        if sheet.hidden or word is None:
            self.leave(sheet, cells[0], label, "stands on a hidden sheet" if sheet.hidden else NOT_KNOWN)
        elif word.unit == ROW:
            self.tie(sheet, label, cells, word.input, said)
        else:
            self.take(sheet, label, cells, word, said)

    def leave(self, sheet: ModelSheet, cell: Cell, label: Cell, why: str) -> None:
        """List a labelled number that is not taken."""
        self.left.append(NotTaken(sheet.place(cell), str(label.value).strip(), _shown(cell), why))

    def take(self, sheet: ModelSheet, label: Cell, cells: list[Cell], word: Word, said: str) -> None:
        """Take the one value of a label, where it has one."""
        first = cells[0]
        if word.unit == DATE:
            if isinstance(first.value, datetime.date):
                quarter = (first.value.month + 2) // 3
                text = f"{first.value.year}Q{quarter}"
                self.inputs.append(
                    TakenInput(word.input, sheet.place(first), str(label.value).strip(), text, 1.0, "date")
                )
            else:
                self.leave(sheet, first, label, "is no date")
            return
        numbers = [sheet.number(cell) for cell in cells]
        number = numbers[0]
        if number is None:
            self.leave(sheet, first, label, "shows no number that was kept")
        elif any(one != number for one in numbers):
            self.leave(sheet, first, label, "has several values in its row: name one cell in a map")
        else:
            times = multiple_of(said, word.unit, number, self.periods_per_year)
            if times is None:
                self.leave(sheet, first, label, _unit_words(said, word.unit))
            elif word.unit == "periods" and abs(number * times - round(number * times)) > 1e-9:
                self.leave(sheet, first, label, "is no whole number of periods")
            else:
                place, text = sheet.place(first), str(label.value).strip()
                self.inputs.append(TakenInput(word.input, place, text, number, times, said or "no unit said"))

    def tie(self, sheet: ModelSheet, label: Cell, cells: list[Cell], row: str, said: str) -> None:
        """Take a row of amounts by year."""
        numbers = {cell.column: number for cell in cells if (number := sheet.number(cell)) is not None}
        times = multiple_of(said, ROW, 0.0, self.periods_per_year)
        years = sheet.years_of(cells)
        if times is None or not years:
            why = _unit_words(said, "USD") if times is None else "has no years above it"
            self.leave(sheet, cells[0], label, why)
            return
        by_year: dict[int, float] = {}
        for column, number in numbers.items():
            if column in years:
                by_year[years[column]] = by_year.get(years[column], 0.0) + number * times
        line = next(
            line for line in sorted(sheet.rows, reverse=True) if line < cells[0].row and _heads(sheet, line, years)
        )
        ends = [address(cells[0].row, column) for column in (min(years), max(years))]
        heads = [address(line, column) for column in (min(years), max(years))]
        at, years_at = (f"{sheet.name}!{':'.join(one)}" for one in (ends, heads))
        self.rows.append(TakenRow(row, at, years_at, str(label.value).strip(), times, by_year))

    def found(self) -> Recognised:
        """What was taken; what two cells claim in different values is left, and of two that agree the first stands."""
        values: dict[str, set[float | str]] = {}
        for one in self.inputs:
            values.setdefault(one.input, set()).add(one.value)
        split = {name for name, found in values.items() if len(found) > 1}
        for one in self.inputs:
            if one.input in split:
                self.left.append(NotTaken(one.cell, one.label, str(one.read), f"two cells say {one.input}, and differ"))
        first = {one.input: one for one in reversed(self.inputs) if one.input not in split}
        twice = Counter(one.row for one in self.rows)
        for one in self.rows:
            if twice[one.row] > 1:
                self.left.append(
                    NotTaken(one.cells, one.label, "", f"{twice[one.row]} rows say {one.row}: name one in a map")
                )
        rows = tuple(one for one in self.rows if twice[one.row] == 1)
        return Recognised(tuple(reversed(first.values())), rows, tuple(self.left))


def _unit_words(said: str, unit: str) -> str:
    if not said:
        return f"says no unit, and this input is in {unit}: write it beside the number, or name the cell in a map"
    return f"is in {said!r}, which is no unit of {unit} that is known here"


def _heads(sheet: ModelSheet, line: int, years: dict[int, int]) -> bool:
    """Whether a line holds the years of the columns."""
    shown = [sheet.rows[line].get(column) for column in years]
    return all(
        cell is not None and str(years[column]) in str(cell.value) for column, cell in zip(years, shown, strict=True)
    )


def _shown(cell: Cell) -> str:
    return cell.written if cell.value is None else str(cell.value)
