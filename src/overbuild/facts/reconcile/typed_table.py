"""A hand-typed table as cells: who, what, when, how much, in which unit, and where it stands.

The table has a column `entity` (or `ticker`, `company`). Columns `metric`, `period` and `unit` say the same of a row; a
dimension without a column of its own is said by the headings of the others:

    entity, metric, unit, 2025Q1, 2025Q2      headings are periods
    entity, period, unit, capex, revenue      headings are metrics
    entity, metric, period, unit, value       one figure a row
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overbuild.errors import FactError, did_you_mean
from overbuild.units import UNITS, WORDS_ONLY

ENTITY = ("entity", "ticker", "company")
DIMENSIONS = ("metric", "period", "unit")
PASSED_OVER = ("source", "note", "notes", "comment", "link")
"""Columns of words that are not read."""

BLANK = frozenset({"", "-", "–", "n/a", "na", "nm"})
_NUMBER = re.compile(r"(?P<minus>[-−(]?)\$?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<end>\)?)", re.ASCII)
MOST_CELLS = 200_000


class TypedCell(NamedTuple):
    """One typed figure: in base units, with half of its last typed digit, and where it stands (the cell's number)."""

    entity: str
    metric: str
    period: str
    unit: str
    text: str
    value: float
    half_digit: float
    significant: int
    line: int
    column: int


def read_typed_table(text: str, file: str, unit: str = "") -> tuple[list[TypedCell], list[FactError]]:
    """Every figure of a CSV text, and every fault with its file, line and cell.

    `unit` is the unit of a table that says none. Blank cells, `-` and `n/a` are passed over.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table = _Table(file, unit)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                table.take([cell.strip() for cell in row], reader.line_num)
    except csv.Error as error:
        table.fault("syntax", "row", None, f"not a readable CSV row: {error}", reader.line_num)
    if not table.cells and not table.faults:
        table.fault("missing", "table", None, "the table has no figures", 1)
    return table.cells, table.faults


class _Cell(NamedTuple):
    """A line and the number of a cell in it, both from 1."""

    line: int
    column: int


class _Table:
    def __init__(self, file: str, unit: str) -> None:
        self.file, self.unit = file, unit
        self.header: list[str] = []
        self.places: dict[str, int] = {}
        self.figures: list[int] = []
        self.cells: list[TypedCell] = []
        self.faults: list[FactError] = []

    def fault(self, code: str, path: str, value: object, hint: str, line: int, column: int | None = None) -> None:
        self.faults.append(FactError(code, path, value, hint, file=self.file, line=line, column=column))

    def take(self, row: Sequence[str], line: int) -> None:
        """One row; the first is the header. Nothing is read under a header with a fault."""
        if not self.header:
            self._take_header(row, line)
        elif not self.figures or len(self.cells) >= MOST_CELLS:
            return
        elif len(row) != len(self.header):
            hint = f"the header has {len(self.header)} columns; quote a cell that holds a comma"
            self.fault("length_mismatch", "row", len(row), hint, line)
        else:
            for place in self.figures:
                if row[place].lower() not in BLANK:
                    self._take_cell(row, place, line)

    def _take_header(self, row: Sequence[str], line: int) -> None:
        self.header = list(row)
        for place, name in enumerate(row):
            word = "entity" if name.lower() in ENTITY else name.lower()
            if word in ("entity", *DIMENSIONS, "value"):
                if word in self.places:
                    self.fault("duplicate", "column", name, "this column occurs twice", line, place + 1)
                self.places[word] = place
        if "entity" not in self.places:
            self.fault("missing", "column", None, f"a column says of whom the figures are: {', '.join(ENTITY)}", line)
        self._find_figures(line)

    def _find_figures(self, line: int) -> None:
        untold = [name for name in ("metric", "period") if name not in self.places]
        others = [
            place
            for place, name in enumerate(self.header)
            if place not in self.places.values() and name.lower() not in PASSED_OVER
        ]
        if len(untold) == 2:
            self.fault(
                "missing", "column", None, "a column `metric` or `period` (or both, and `value`) is required", line
            )
        elif not untold and "value" not in self.places:
            self.fault("missing", "column", None, "a row that says metric and period gives its figure in `value`", line)
        elif not self.faults:
            self.figures = [self.places["value"]] if not untold else others

    def _take_cell(self, row: Sequence[str], place: int, line: int) -> None:
        said = {name: row[self.places[name]] for name in self.places}
        said.setdefault("unit", self.unit)
        for name in ("metric", "period"):
            said.setdefault(name, self.header[place])
        who = f"{said['entity'] or '?'} {said['metric']} {said['period']}"
        if not said["entity"]:
            self.fault(
                "missing", who, None, "the row does not say whose figure this is", line, self.places["entity"] + 1
            )
        elif self._is_unit(said["unit"], who, line, place):
            self._take_figure(said, row[place], who, _Cell(line, place + 1))

    def _is_unit(self, unit: str, who: str, line: int, place: int) -> bool:
        if unit in UNITS and unit not in WORDS_ONLY:
            return True
        column = self.places.get("unit", place) + 1
        if not unit:
            hint = "say the unit in a column `unit`, or of the whole table with --unit USD_bn"
            self.fault("bad_unit", f"{who}: unit", None, hint, line, column)
        else:
            hint = f"not a unit of quantities.{did_you_mean(unit, UNITS)}"
            self.fault("bad_unit", f"{who}: unit", unit, hint, line, column)
        return False

    def _take_figure(self, said: Mapping[str, str], text: str, who: str, place: _Cell) -> None:
        number = _NUMBER.fullmatch(text)
        if number is None or (number["minus"] == "(") != (number["end"] == ")") or len(text) > 40:
            hint = "not a number: digits, with a comma between thousands or a minus or brackets, and the unit beside it"
            self.fault("bad_value", who, text, hint, *place)
            return
        digits = number["digits"].replace(",", "")
        factor = UNITS[said["unit"]].factor
        value = float(digits) * factor * (-1 if number["minus"] else 1)
        decimals = len(digits.partition(".")[2])
        half = 0.5 * 10.0**-decimals * factor
        significant = len(digits.replace(".", "").lstrip("0"))
        if math.isfinite(value):
            self.cells.append(
                TypedCell(
                    said["entity"], said["metric"], said["period"], said["unit"], text, value, half, significant, *place
                )
            )
