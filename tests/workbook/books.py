"""The books that several rooms of these tests look at, each made and written once."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from overbuild.audit.book.book import Book
from overbuild.questions.export import gap_book, need_book, site_book
from overbuild.surfaces.workbook import write_book

ROOT = Path(__file__).parents[2]
EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").glob("*.yaml"))}
CAMPUS = ROOT / "tests" / "site" / "campus.yaml"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="books-")


def book_named(name: str) -> Book:
    """The book of a year, of an example, or of the campus."""
    return {"gap": gap_book, "need": need_book}[name]() if name in ("gap", "need") else site_book(_SITES[name])


_SITES = EXAMPLES | {"campus": CAMPUS}


class Written:
    """A book as a file, and how many formulas the writer counted."""

    def __init__(self, name: str) -> None:
        self.path = Path(_folder().name) / f"{name}.xlsx"
        self.formulas = write_book(book_named(name), self.path, date(2026, 11, 25))


@cache
def written(name: str) -> Written:
    """The file of a book, to be read only."""
    return Written(name)
