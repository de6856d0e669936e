"""A hand-typed table as cells: who, what, when, how much, in which unit, and where it stands.

The table has a column `entity` (or `ticker`, `company`). Columns `metric`, `period` and `unit` say the same of a row; a
dimension without a column of its own is said by the headings of the others:

    entity, metric, unit, 2025Q1, 2025Q2      headings are periods
    entity, period, unit, capex, revenue      headings are metrics
    entity, metric, period, unit, value       one figure a row

It is read as any table of someone else's is: a text of any separator and code page, or a sheet of a workbook. A figure may have
a sign of dollars, and brackets for a minus.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from overbuild.errors import FactError, cell_named, did_you_mean
from overbuild.foreign.how_written import HowWritten
from overbuild.foreign.lines import Lines
from overbuild.foreign.numbers import in_grammar
from overbuild.foreign.row import Line
from overbuild.units import IN_HUNDREDTHS, UNITS, WORDS_ONLY

ENTITY = ("entity", "ticker", "company")
DIMENSIONS = ("metric", "period", "unit")
PASSED_OVER = ("source", "note", "notes", "comment", "link")
"""Columns of words that are not read."""

BLANK = frozenset({"", "-", "–", "n/a", "na", "nm"})
_NUMBER = re.compile(r"(?P<digits>\d+(?:\.\d*)?|\.\d+)(?:[eE](?P<tens>[+-]?\d{1,3}))?", re.ASCII)
_MARK = "say by --decimal . or --decimal , which mark stands before decimals"
MOST_CELLS = 200_000
LONGEST_FIGURE = 40


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
    sheet: str = ""

    @property
    def place(self) -> str:
        """`2:4`, the line and the number of the cell; `Sheet1!D2` in a workbook."""
        return cell_named(self.sheet, self.line, self.column) if self.sheet else f"{self.line}:{self.column}"


class TypedFigures(NamedTuple):
    """Every figure of a table, every fault with its place, and what was converted, a sentence each."""

    cells: list[TypedCell]
    faults: list[FactError]
    converted: list[str]


def read_typed_table(lines: Lines, unit: str = "", how: HowWritten | None = None) -> TypedFigures:
    """Every figure of a table of someone else's, and every fault with its file, line and cell.

    `unit` is the unit of a table that says none; `how` says which of its columns go by other names, what stands in every row, and
    which mark stands before decimals. Blank cells, `-` and `n/a` are passed over.
    """
    written = how or HowWritten()
    table = _Table(lines, unit, written)
    for row in _renamed(lines.rows, written, table):
        table.take(row.cells, row.number)
    if not table.cells and not table.faults:
        table.fault("missing", "table", None, "the table has no figures", 1)
    first = next(iter(table.converted.items()), None)
    more = f", and {len(table.converted) - 1:,} more alike" if len(table.converted) > 1 else ""
    read_as = [f"{first[0]} is read as {first[1]}{more}."] if first else []
    return TypedFigures(table.cells, [*lines.faults, *table.faults], [*lines.said, *table.said, *read_as])


def _renamed(rows: Sequence[Line], how: HowWritten, table: _Table) -> Iterator[Line]:
    """The rows under our names, with the columns that are filled behind them."""
    if not rows:
        return
    theirs, ours = rows[0].cells, dict(how.columns)
    for name in ours:
        if name not in theirs:
            hint = f"the file has no such column.{did_you_mean(name, theirs)} Allowed: {', '.join(theirs)}"
            table.fault("unknown_name", "--map", name, hint, rows[0].number)
    table.said += [f"{name} is read as {ours[name]}." for name in ours]
    table.said += [f"{name} is {text} in every row." for name, text in how.filled]
    added = [text for _, text in how.filled]
    yield Line(rows[0].number, [*(ours.get(name, name) for name in theirs), *(name for name, _ in how.filled)])
    for row in rows[1:]:
        yield Line(row.number, [*row.cells, *added])


class _Cell(NamedTuple):
    """A line and the number of a cell in it, both from 1."""

    line: int
    column: int


class _Table:
    def __init__(self, lines: Lines, unit: str, how: HowWritten) -> None:
        self.file, self.sheet, self.unit = lines.book or lines.file, lines.sheet, unit
        self.decimal, self.comma_is_likely = how.decimal, lines.separator == ";"
        self.said: list[str] = []
        self.converted: dict[str, str] = {}
        self.header: list[str] = []
        self.places: dict[str, int] = {}
        self.figures: list[int] = []
        self.cells: list[TypedCell] = []
        self.faults: list[FactError] = []

    def fault(self, code: str, path: str, value: object, hint: str, line: int, column: int | None = None) -> None:
        place = 1 if self.sheet and column is None else column
        self.faults.append(
            FactError(code, path, value, hint, file=self.file, line=line, column=place, sheet=self.sheet)
        )

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
        shown = text.removesuffix("%") if self.sheet and said["unit"] in IN_HUNDREDTHS else text
        is_negative, written = _unsigned(shown)
        try:
            plain = in_grammar(written, self.decimal, comma_is_likely=self.comma_is_likely)
        except ValueError as error:
            self.fault("unclear", who, text, f"{error}; {_MARK}", *place)
            return
        number = _NUMBER.fullmatch(plain)
        if number is None or len(text) > LONGEST_FIGURE:
            hint = "not a number: digits with a mark before decimals, a minus or brackets, and the unit beside it"
            self.fault("bad_value", who, text, hint, *place)
            return
        if plain != written:
            self.converted.setdefault(written, plain)
        factor, tens = UNITS[said["unit"]].factor, int(number["tens"] or 0)
        value = float(plain) * factor * (-1 if is_negative else 1)
        if not math.isfinite(value):
            self.fault("not_finite", who, text, "a figure is finite", *place)
            return
        half = 0.5 * 10.0 ** (tens - len(number["digits"].partition(".")[2])) * factor
        significant = len(number["digits"].replace(".", "").lstrip("0"))
        row = (said["entity"], said["metric"], said["period"], said["unit"])
        self.cells.append(TypedCell(*row, text, value, half, significant, *place, self.sheet))


class _Unsigned(NamedTuple):
    """What was typed, without its sign and its dollars."""

    is_negative: bool
    written: str


def _unsigned(text: str) -> _Unsigned:
    bracketed = text.startswith("(") and text.endswith(")")
    is_negative = bracketed or text[:1] in ("-", "\N{MINUS SIGN}")
    return _Unsigned(is_negative, (text[1:-1] if bracketed else text[is_negative:]).removeprefix("$"))
