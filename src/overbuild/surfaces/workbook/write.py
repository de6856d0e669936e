"""Writing a book as an xlsx file: eight sheets, live formulas, values as the program computed them."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from overbuild.audit.book.book import Book
from overbuild.errors import InputError
from overbuild.version import __version__


def check_book_path(path: Path) -> None:
    """Refuse an ending other than .xlsx (InputError `bad_value`) or a folder that is not there (`not_writable`)."""
    if path.suffix.lower() != ".xlsx":
        raise InputError("bad_value", "--xlsx", str(path), "a workbook file ends in .xlsx")
    if not path.parent.is_dir():
        raise InputError("not_writable", "--xlsx", str(path), f"there is no folder {path.parent}")


def write_book(book: Book, path: Path, today: date | None = None) -> int:
    """Write a book and return how many live formulas it has; the file appears whole or not at all.

    `today` is the day printed on the first sheet; None: the day of now. Raises InputError as `check_book_path`, and
    `not_writable` where the file cannot be written.
    """
    check_book_path(path)
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".xlsx")
        os.close(handle)
        formulas = _written(book, name, today or datetime.now(UTC).date())
        Path(name).replace(path)
    except OSError as error:
        raise InputError("not_writable", "--xlsx", str(path), f"cannot be written ({error.strerror})") from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
    return formulas


def _written(book: Book, name: str, today: date) -> int:

    from overbuild.surfaces.workbook.formats import Formats
    from overbuild.surfaces.workbook.lists import write_facts, write_inputs, write_read_me
    from overbuild.surfaces.workbook.periods import write_axes
    from overbuild.surfaces.workbook.pictures import draw
    from overbuild.surfaces.workbook.sheet import Sheet, sheets_of
    from overbuild.surfaces.workbook.verdicts import write_checks, write_results
    from overbuild.surfaces.workbook.xlsx import new_workbook

    noon = datetime(today.year, today.month, today.day, 12)
    workbook = new_workbook(name, book.title, f"overbuild {__version__}", noon)
    sheets: dict[str, Sheet] = sheets_of(book, workbook, Formats(workbook))
    write_read_me(book, sheets, f"{today.isoformat()}, overbuild {__version__}")
    write_inputs(book, sheets)
    write_axes(book, sheets)
    write_results(book, sheets)
    write_checks(book, sheets)
    write_facts(book, sheets)
    draw(book, sheets, workbook)
    workbook.close()
    return sum(sheet.formulas for sheet in sheets.values())
