"""A table of someone else's as one of ours: our names of columns, our numbers and days, and every conversion said."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from overbuild.errors import FactError, OverbuildError, did_you_mean
from overbuild.foreign.days import Order, day_in_grammar, order_of
from overbuild.foreign.how_written import Columns, HowWritten, read_how_written
from overbuild.foreign.lines import Lines, read_lines
from overbuild.foreign.numbers import in_grammar, is_number
from overbuild.foreign.row import Line, text_of

E = TypeVar("E", bound=OverbuildError)
_STANDS_FOR = {"period": "period_start", "source": "source_title", "implausible": "value", "duplicate": "value"}
"""The column of what a fault speaks of, or of its code, where no column has that name."""

_CELL_OF = re.compile(r"\{([^{}]*)\}")


class ForeignTable(NamedTuple):
    """The header and the rows in our grammar, with the numbers of the file's lines, what was converted, and faults.

    `as_it_is` is the file's own text where nothing had to be converted.
    """

    rows: list[Line]
    file: str
    converted: tuple[str, ...]
    faults: list[FactError]
    as_it_is: str | None = None
    book: str = ""
    sheet: str = ""
    origins: tuple[int, ...] = ()

    def located(self, faults: Sequence[E]) -> list[E]:
        """The faults of rows, each with the cell of the sheet that it speaks of; of a text they have their lines."""
        header = self.rows[0].cells if self.rows else []
        for one in faults:
            if self.sheet and one.file == self.file and one.line is not None:
                said = str(one.value) if one.path == "column" else one.path.rpartition(": ")[2]
                names = (said, _STANDS_FOR.get(said, ""), _STANDS_FOR.get(one.code, ""))
                place = next((header.index(name) for name in names if name in header), -1)
                one.file, one.sheet = self.book, self.sheet
                one.column = self.origins[place] + 1 if 0 <= place < len(self.origins) else 1
        return list(faults)

    @property
    def text(self) -> str:
        """The table as comma-separated text."""
        return text_of(self.rows) if self.as_it_is is None else self.as_it_is


def read_foreign(path: Path, columns: Columns, written: HowWritten | None = None) -> ForeignTable:
    """A table of someone else's. Raises what `read_lines` and `read_how_written` raise; faults of cells come along."""
    how = read_how_written(written or HowWritten())
    lines = read_lines(path, how)
    if not lines.rows:
        raise FactError("missing", "file", str(path), "the table has no rows")
    if not how.renames and not set(lines.rows[0].cells) & set(columns.names):
        first = ", ".join(filter(None, lines.rows[0].cells))[:80]
        hint = f"the first row names no column of this table; it has {', '.join(columns.names)}. {' '.join(lines.said)}"
        raise FactError("missing", "columns", first, hint.strip(), file=lines.file, line=lines.rows[0].number)
    reading = _TableReading(lines, columns, how)
    rows = reading.rows()
    text = None if reading.changed else lines.text
    said, origins = tuple(reading.said), tuple(reading.origins)
    return ForeignTable(rows, lines.file, said, reading.faults, text, lines.book, lines.sheet, origins)


class _TableReading:
    """One table as it is read: what was converted so far, and the faults."""

    def __init__(self, lines: Lines, columns: Columns, how: HowWritten) -> None:
        self.lines, self.columns, self.how = lines, columns, how
        self.theirs = lines.rows[0].cells
        self.said, self.faults = list(lines.said), list(lines.faults)
        self.changed = how.renames or lines.text is None
        self.origins: Sequence[int] = ()

    def rows(self) -> list[Line]:
        """The header and the rows under our names, with our numbers and days."""
        if not self.how.renames:
            return self._converted(self.lines.rows, range(len(self.theirs)))
        self._check_names()
        if len(self.faults) > len(self.lines.faults):
            return self.lines.rows
        aimed = {ours for _, ours in (*self.how.columns, *((text, ours) for ours, text in self.how.filled))}
        kept = [(name, name) for name in self.theirs if name in self.columns.names and name not in aimed]
        pairs = [*kept, *self.how.columns]
        self._say_what_is_read([name for name, _ in pairs])
        places = [self.theirs.index(name) for name, _ in pairs]
        fills = [text for _, text in self.how.filled]
        head = Line(self.lines.rows[0].number, [ours for _, ours in pairs] + [ours for ours, _ in self.how.filled])
        body = [
            Line(row.number, [_cell(row, place) for place in places] + [self._filled(row, text) for text in fills])
            for row in self.lines.rows[1:]
        ]
        return self._converted([head, *body], places)

    def _say_what_is_read(self, names: Sequence[str]) -> None:
        self.said += [f"{name} is read as {ours}." for name, ours in self.how.columns]
        self.said += [f"{ours} is {text} in every row." for ours, text in self.how.filled]
        used = {*names, *(name for _, text in self.how.filled for name in _CELL_OF.findall(text))}
        if left := [name for name in self.theirs if name and name not in used]:
            self.said.append(f"Left out: {', '.join(left)}.")

    def _filled(self, row: Line, text: str) -> str:
        return _CELL_OF.sub(lambda found: _cell(row, self.theirs.index(found[1])), text)

    def _check_names(self) -> None:
        def check(name: str, allowed: Collection[str], option: str, whose: str) -> None:
            if name not in allowed:
                hint = f"{whose}.{did_you_mean(name, allowed)} Allowed: {', '.join(allowed)}"
                line = self.lines.rows[0].number
                self.faults.append(FactError("unknown_name", option, name, hint, file=self.lines.file, line=line))

        for name, ours in self.how.columns:
            check(name, self.theirs, "--map", "the file has no such column")
            check(ours, self.columns.names, "--map", "not a column of this table")
        for ours, text in self.how.filled:
            check(ours, self.columns.names, "--fill", "not a column of this table")
            for name in _CELL_OF.findall(text):
                check(name, self.theirs, "--fill", "the file has no such column")

    def _converted(self, rows: list[Line], places: Sequence[int]) -> list[Line]:
        """The rows with numbers and days in our grammar; `places` are the columns of the file that they come from."""
        self.origins = places
        header = rows[0].cells
        days = [at for at, name in enumerate(header) if name in self.columns.days]
        likely, decimal = self.lines.separator == ";", self.how.decimal
        try:
            slashed = (text for at in days for text in _texts_of(rows[1:], at) if "/" in text)
            order: Order = self.how.dates or order_of(slashed)
        except ValueError as error:
            self.faults.append(
                FactError("bad_period", "days", None, f"{error}; write YYYY-MM-DD", file=self.lines.file)
            )
            return rows
        for at, name in enumerate(header):
            column = _Column(at, name, places[at] if at < len(places) else None)
            if name in self.columns.numbers:
                if self.lines.is_sheet:
                    self._convert_percent(rows, column, header.index("unit") if "unit" in header else None)
                remedy = "say by --decimal . or --decimal , which mark stands before decimals"
                self._convert(rows, column, lambda text: in_grammar(text, decimal, comma_is_likely=likely), remedy)
            elif name in self.columns.days:
                remedy = "say by --dates dmy or --dates mdy which stands first"
                self._convert(rows, column, lambda text: day_in_grammar(text, order), remedy)
        return rows

    def _convert(self, rows: Sequence[Line], column: _Column, read: Callable[[str], str], remedy: str) -> None:
        """One column: each text that occurs is read once, and rows are gone through only where one is another then."""
        read_as = _read_each(_texts_of(rows[1:], column.at), read)
        if not any(read_as):
            return
        first, count = "", 0
        for row, text in _cells_of(rows[1:], column.at):
            if text in read_as.unclear:
                self._add_fault(row, column, text, f"{read_as.unclear[text]}; {remedy}")
            elif text in read_as.converted:
                row.cells[column.at] = found = read_as.converted[text]
                self.changed = True
                first, count = first or f"{text} is read as {found}", count + 1
        if first:
            self.said.append(f"{column.name}: {first}{f', and {count - 1:,} more alike' if count > 1 else ''}.")

    def _convert_percent(self, rows: Sequence[Line], column: _Column, unit_at: int | None) -> None:
        """Numbers that the workbook shows in percent: what they are depends on the unit of their row."""
        first = ""
        for row, text in _cells_of(rows[1:], column.at):
            if not (text.endswith("%") and is_number(text[:-1])):
                continue
            unit = "" if unit_at is None else _cell(row, unit_at)
            if unit in self.columns.percents:
                row.cells[column.at] = text[:-1]
            elif column.name in self.columns.shares:
                row.cells[column.at] = repr(float(text[:-1]) / 100)
            else:
                hint = f"the cell shows {text} and holds {float(text[:-1]) / 100:.12g}: show it as a number"
                self._add_fault(
                    row, column, text, f"{hint}, or say a unit in hundredths ({', '.join(self.columns.percents)})"
                )
                continue
            first, self.changed = (
                first or f"{column.name}: {text} is read as {row.cells[column.at]} {unit}".strip(),
                True,
            )
        if first:
            self.said.append(f"{first}.")

    def _add_fault(self, row: Line, column: _Column, text: str, hint: str) -> None:
        fault = FactError("unclear", f"column {column.name}", text, hint, file=self.lines.file, line=row.number)
        if self.lines.is_sheet and column.origin is not None:
            fault.file, fault.sheet, fault.column = self.lines.book, self.lines.sheet, column.origin + 1
        self.faults.append(fault)


class _ReadAs(NamedTuple):
    """Texts that are written anew, and why others are unclear."""

    converted: dict[str, str]
    unclear: dict[str, str]


def _read_each(texts: Iterable[str], read: Callable[[str], str]) -> _ReadAs:
    found = _ReadAs({}, {})
    for text in texts:
        try:
            said = read(text)
        except ValueError as error:
            found.unclear[text] = str(error)
            continue
        if said != text:
            found.converted[text] = said
    return found


class _Column(NamedTuple):
    """A column under our name, and which column of the file it is; none where it is filled."""

    at: int
    name: str
    origin: int | None


def _cell(row: Line, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _texts_of(rows: Sequence[Line], at: int) -> dict[str, None]:
    """Each text of a column once, in the order in which they come."""
    return dict.fromkeys([row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]])


def _cells_of(rows: Sequence[Line], at: int) -> Iterator[tuple[Line, str]]:
    return ((row, row.cells[at]) for row in rows if at < len(row.cells) and row.cells[at])
