"""The list of exhibits of a book, and of what is hard-wired in it: what a commission asks of a workbook that is filed."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.audit.book.book import Book

_EXHIBITS = (
    ("Results", "what the answer prints, live"),
    ("Inputs", "every number of the case with its source, and the constants that formulas take"),
    ("Model", "every named line with its formula"),
    ("Time", "places of the axis and the series along them"),
    ("Checks", "identities, and whether the book still follows"),
    ("Facts", "the documents behind the inputs"),
)


def exhibits(book: Book) -> tuple[tuple[str, str], ...]:
    """Exhibits by number with their sheets, then every number that is hard-wired: neither formula nor input of the case.

    >>> from pathlib import Path
    >>> from overbuild.audit.book.case_book import case_book
    >>> from overbuild.audit.case_kinds import EXPLAINED
    >>> book = case_book(EXPLAINED["fleet"].explain(Path("preset:h100"), (), None))
    >>> exhibits(book)[0], [said for name, said in exhibits(book) if name == "Hard-wired"][0]
    (('Exhibit 1', 'sheet Results: what the answer prints, live'), 'constant.hours_per_year = 8760.0: Hours per year (sheet Inputs)')
    """
    return tuple(_said(book))


def _said(book: Book) -> Iterator[tuple[str, str]]:
    for number, (sheet, holds) in enumerate(_EXHIBITS, start=1):
        yield f"Exhibit {number}", f"sheet {sheet}: {holds}"
    for row in book.constants:
        yield "Hard-wired", f"{row.id} = {float(row.values[0] or 0.0)!r}: {row.label} (sheet Inputs)"
    again = [row.id for row in book.inputs if not row.follows]
    if again:
        yield "Hard-wired", f"inputs that the book cannot follow, fixed when exported: {', '.join(again)}"
    yield (
        "Hidden or locked",
        "nothing: no cell, row, column or sheet is hidden, locked or linked outside; there is no macro",
    )
