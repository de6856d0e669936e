"""The rows of a text or of a sheet, as cells of text, each with its place; and what had to be converted."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path
from typing import NamedTuple, NoReturn

from overbuild.errors import FactError
from overbuild.foreign.how_written import HowWritten
from overbuild.foreign.row import Line
from overbuild.foreign.workbook.cells import Cell
from overbuild.foreign.workbook.read import Workbook

LARGEST_TEXT = 64 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_FAULTS = 200
_LOOKED_AT = 50_000
"""Characters in which the separator is looked for."""

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_BEYOND_ASCII = re.compile(r"[\w-]*[^\W\x00-\x7f][\w-]*")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Lines(NamedTuple):
    """The rows of a table. `file` names it, with the sheet; `said` is what was converted, a sentence each.

    `book` and `sheet` are the file and the sheet of a workbook apart, empty for a text.

    `text` is the file's own where it is comma-separated and begins with the header: nothing has to be written anew.
    """

    file: str
    rows: list[Line]
    said: list[str]
    faults: tuple[FactError, ...] = ()
    separator: str = ","
    is_sheet: bool = False
    text: str | None = None
    book: str = ""
    sheet: str = ""


def is_workbook(path: Path) -> bool:
    """Whether a file is a zip or an old workbook, by its first bytes. False for what cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except OSError:
        return False


def read_lines(path: Path, written: HowWritten) -> Lines:
    """The rows of a table in any of these forms; lines that begin with # before the header are remarks.

    Raises FactError or InputError: `missing`, `unreadable`, `too_large`, ...
    """
    return _lines_of_sheet(path, written) if is_workbook(path) else _lines_of_text(path, written)


def _lines_of_text(path: Path, written: HowWritten) -> Lines:
    text, said = _decoded(path, written.encoding)
    if written.sheet:
        raise FactError("unknown_name", "--sheet", written.sheet, "this file is a text and has no sheets")
    separator, skipped = _separator(text)
    if separator != ",":
        said.append(f"Cells are parted by a {_SEPARATORS[separator]}.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    rows: list[Line] = []
    try:
        for written_cells in reader:
            cells = [*map(str.strip, written_cells)]
            if any(cells) and (rows or not cells[0].startswith("#")) and reader.line_num > skipped:
                rows.append(Line(reader.line_num, cells))
                if len(rows) > MOST_ROWS:
                    _check_count(len(rows), str(path))
    except csv.Error as error:
        hint = f"not a readable CSV row: {error}"
        raise FactError("syntax", "row", None, hint, file=str(path), line=reader.line_num) from None
    as_it_is = text if separator == "," and rows and text.startswith(rows[0].cells[0]) else None
    return Lines(str(path), rows, said, separator=separator, text=as_it_is)


def _decoded(path: Path, encoding: str) -> tuple[str, list[str]]:
    """The text of a file without its mark, and the code page said where it is another than UTF-8."""
    data = _bytes_of(path)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    name = encoding or marked or "utf-8"
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, ValueError) as error:
        if encoding or marked:
            _refuse(path, f"this is no text in {name}: {error}")
        text, name = _western(path, data), "cp1252"
    if "\x00" in text:
        _refuse(path, "no text: it holds zero bytes; UTF-16 without its mark is read with --encoding utf-16-le")
    said = [] if name in ("utf-8", "utf-8-sig") else [f"The text is in {name}{_foreign_words(text)}."]
    return text.removeprefix("\ufeff"), said


def _foreign_words(text: str) -> str:
    """The first words with letters beyond ASCII: whoever reads them sees whether the code page is right."""
    words = list(dict.fromkeys(_BEYOND_ASCII.findall(text)))[:3]
    return f" (read as {', '.join(word[:40] for word in words)})" if words else ""


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise FactError("too_large", "file", str(path), f"a table has at most {LARGEST_TEXT // 2**20} MB; split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise FactError("missing", "file", str(path), "no such file") from None
    except IsADirectoryError:
        _refuse(path, "this is a folder; name a file in it")
    except (OSError, ValueError) as error:
        _refuse(path, f"cannot be read: {error}")


def _refuse(path: Path, hint: str) -> NoReturn:
    raise FactError("unreadable", "file", str(path), hint)


def _western(path: Path, data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        _refuse(path, "neither UTF-8 nor cp1252 (Western Windows); say its code page by --encoding")


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and how many lines come before the header: a spreadsheet may say `sep=;` in one."""
    found = text[:_LOOKED_AT].splitlines()
    first = found[0].strip().strip('"') if found else ""
    if first.lower().startswith("sep=") and first[4:5] in _SEPARATORS:
        return first[4], 1
    line = next((line for line in found if line.strip() and not line.startswith("#")), "")
    counts = {mark: _cells_in(line, mark) for mark in _SEPARATORS}
    return max(counts, key=lambda mark: counts[mark]), 0


def _cells_in(line: str, mark: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=mark), ()))
    except csv.Error:
        return 1


def _check_count(count: int, file: str) -> None:
    if count > MOST_ROWS:
        raise FactError("too_large", "file", file, f"a table has at most {MOST_ROWS:,} rows; split it")


def _lines_of_sheet(path: Path, written: HowWritten) -> Lines:
    with Workbook(path) as book:
        sheet = book.sheet(written.sheet)
        reading = _SheetReading(str(path), sheet.name, recalculated=not book.uncalculated)
        for cells in book.rows(sheet.name):
            reading.take(cells)
        merged = [one.address for one in book.merged(sheet.name)]
        others = [one.name for one in book.sheets if one.name != sheet.name]
    said = [f"Sheet {sheet.name} is read."]
    if others:
        said[0] = (
            f"Sheet {sheet.name} is read; {', '.join(others[:8])}{' and more' if len(others) > 8 else ''} are not."
        )
    if merged:
        said.append(f"Merged cells hold their value in the first cell alone: {', '.join(merged[:5])}.")
    faults = tuple(reading.faults)
    return Lines(reading.file, reading.rows, said, faults, is_sheet=True, book=str(path), sheet=sheet.name)


class _SheetReading:
    """The rows of a sheet as they are read, each as wide as the first; cells without a value of their own are faults."""

    def __init__(self, book: str, sheet: str, *, recalculated: bool) -> None:
        self.book, self.sheet, self.recalculated = book, sheet, recalculated
        self.file = f"{book}:{sheet}"
        self.rows: list[Line] = []
        self.faults: list[FactError] = []

    def take(self, row: list[Cell]) -> None:
        width = max(row[-1].column, len(self.rows[0].cells) if self.rows else 0)
        if width > MOST_COLUMNS:
            hint = f"a table has at most {MOST_COLUMNS:,} columns"
            raise FactError("too_large", "column", row[-1].address, hint, file=self.file)
        cells = [""] * width
        for cell in row:
            cells[cell.column - 1] = self._said(cell)
        if any(cells) and (self.rows or not cells[0].startswith("#")):
            self.rows.append(Line(row[0].row, cells))
            _check_count(len(self.rows), self.file)

    def _said(self, cell: Cell) -> str:
        if cell.kind == "error":
            self._add_fault(cell, "an error of the workbook; mend its formula")
        elif cell.kind == "uncalculated" or (cell.formula and not self.recalculated):
            hint = (
                "a formula not calculated since a program wrote it; open the workbook and save it, or enter the value"
            )
            self._add_fault(cell, hint)
        elif isinstance(cell.value, datetime.date):
            return cell.value.isoformat()
        if cell.percent and isinstance(cell.value, int | float):
            return f"{float(cell.value) * 100:.15g}%"
        return repr(cell.value) if cell.kind == "number" else str(cell.value or "").strip()

    def _add_fault(self, cell: Cell, hint: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            fault = FactError("bad_value", "cell", cell.written or None, hint, file=self.book, sheet=self.sheet)
            fault.line, fault.column = cell.row, cell.column
            self.faults.append(fault)
