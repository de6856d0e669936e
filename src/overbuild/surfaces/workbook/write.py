"""Writing a book as an xlsx file: nine sheets, live formulas, values as the program computed them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from overbuild.audit.book.book import Book, Value
from overbuild.errors import InputError
from overbuild.files import check_path, write_whole
from overbuild.surfaces.safe_text import with_texts, workbook_text, workbook_title
from overbuild.version import __version__


def check_book_path(path: Path, *, overwrite: bool = False) -> None:
    """Refuse an ending other than .xlsx (InputError `bad_value`), or a path as `check_path` does."""
    if path.suffix.lower() != ".xlsx":
        raise InputError("bad_value", "--xlsx", str(path), "a workbook file ends in .xlsx")
    check_path(path, "--xlsx", overwrite=overwrite)


def write_book(book: Book, path: Path, today: date | None = None, *, overwrite: bool = False) -> int:
    """Write a book and return how many live formulas it has; the file appears whole or not at all.

    `today` is the day printed on the first sheet; None: the day of now. Raises InputError as `check_book_path`, and
    `not_writable` where the file cannot be written.
    """
    check_book_path(path, overwrite=overwrite)
    data, formulas = _drawn_up(_printable(book), today or datetime.now(UTC).date())
    write_whole(path, data, "--xlsx", overwrite=overwrite)
    return formulas


def _write_carried(book: Book, workbook: Any) -> None:
    """The case as it was exported, word for word: from it and the sheet of inputs the case is read back."""
    if book.carried is None:
        return
    from overbuild.surfaces.workbook.formats import Formats
    from overbuild.surfaces.worksheet.as_written import WrittenInput, write_as_written
    from overbuild.surfaces.worksheet.inputs import write_series, write_single
    from overbuild.world.worksheet.heads import CARRIED

    formats = Formats(workbook)
    write_single(book.carried, workbook.add_worksheet(CARRIED.single), formats, fill_in=False)
    write_series(book.carried, workbook.add_worksheet(CARRIED.series), formats, fill_in=False)
    written = [WrittenInput(one.id, _in_words(one.value), one.unit) for one in book.inputs]
    constants = [WrittenInput(one.id, _in_words(one.values[0]), one.unit) for one in book.constants]
    write_as_written([*written, *constants], workbook, formats)


def _in_words(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _printable(book: Book) -> Book:
    """The book with texts that its sheets can hold."""
    book = with_texts(book, workbook_text)
    pictures = tuple(one._replace(title=workbook_title(one.title)) for one in book.pictures)
    return book._replace(title=workbook_title(book.title), pictures=pictures)


def _drawn_up(book: Book, today: date) -> tuple[bytes, int]:
    """The workbook's bytes, and how many live formulas it has."""
    from overbuild.surfaces.workbook.bands import write_bands
    from overbuild.surfaces.workbook.formats import Formats
    from overbuild.surfaces.workbook.lists import write_facts, write_inputs, write_read_me
    from overbuild.surfaces.workbook.periods import write_axes
    from overbuild.surfaces.workbook.pictures import draw
    from overbuild.surfaces.workbook.sheet import Sheet, sheets_of
    from overbuild.surfaces.workbook.verdicts import status_of, write_checks, write_results
    from overbuild.surfaces.workbook.xlsx import new_workbook

    noon = datetime(today.year, today.month, today.day, 12)
    data = io.BytesIO()
    workbook = new_workbook(data, book.title, f"overbuild {__version__}", noon)
    sheets: dict[str, Sheet] = sheets_of(book, workbook, Formats(workbook), status_of(book))
    write_read_me(book, sheets, f"{today.isoformat()}, overbuild {__version__}")
    write_inputs(book, sheets)
    write_axes(book, sheets)
    write_bands(book, sheets)
    write_results(book, sheets)
    write_checks(book, sheets)
    write_facts(book, sheets)
    draw(book, sheets, workbook)
    _write_carried(book, workbook)
    for sheet in sheets.values():
        sheet.finish()
    workbook.close()
    return data.getvalue(), sum(sheet.formulas for sheet in sheets.values())
