"""The sheets on the axis of periods: time, model, sizing. One row a line, one formula a row, copied across."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.audit.book.book import Book, Row
from overbuild.surfaces.workbook.addresses import (
    FIRST,
    HEADER,
    MODEL,
    OPENING,
    SIZING,
    TIME,
    VALUE,
    column_of,
)
from overbuild.surfaces.workbook.formats import number_form
from overbuild.surfaces.workbook.paper import ACROSS, UPRIGHT, unprinted
from overbuild.surfaces.workbook.sheet import Sheet, wide_enough
from overbuild.surfaces.workbook.xlsx import letters

_NOTHING = {
    TIME: "This book has no periods: every line is one value.",
    SIZING: "Nothing is sized in this book.",
}


def write_axes(book: Book, sheets: dict[str, Sheet]) -> None:
    """The three sheets; `fixed` cells are numbers that a solver or the calendar found before the run."""
    for name, title, rows, fixed in (
        (TIME, "Time: periods and series", book.time, "live"),
        (MODEL, "Model: every named line", book.model, "live"),
        (SIZING, "Sizing: what was found when exported", book.sizing, "fixed"),
    ):
        sheet = sheets[name]
        axis = (("opening", 12.0), *((label, 11.5) for label in book.labels)) if book.labels else ()
        heads = (
            ("id", wide_enough((row.id for row in rows if row.id), 20.0)),
            ("label", wide_enough((row.label for row in rows if row.id), 20.0)),
            ("unit", wide_enough((row.unit for row in rows), 8.0)),
            ("one value", 12.0),
        )
        sheet.frame(title, (*heads, *axis), wide=True, paper=ACROSS if axis else UPRIGHT)
        sheet.page.outline_settings(symbols_below=False)
        for column in range(OPENING, OPENING + len(axis)):
            sheet.page.write_string(HEADER, column, axis[column - OPENING][0], sheet.formats.of("head_right"))
        for line, row in enumerate(rows, FIRST):
            _row(sheet, line, row, fixed, VALUE + 1 + len(axis))
        if axis or not rows:
            unprinted(sheet.page)
        else:
            sheet.fit(FIRST + len(rows))
        if not rows:
            sheet.page.write_string(FIRST, 0, _NOTHING.get(name, ""), sheet.formats.of("text"))
    if book.alive:
        _ghosts(book, sheets[MODEL])


def _row(sheet: Sheet, line: int, row: Row, fixed: str, columns: int) -> None:
    if not row.id:
        sheet.heading(line, row.label, columns)
        return
    sheet.texts(line, (row.id, row.label, row.unit))
    if row.level:
        sheet.page.set_row(line, None, None, {"level": row.level})
    number = number_form(row.unit, row.values.values())
    for place, value in row.values.items():
        column, where = (VALUE, None) if row.scalar else (column_of(place), place)
        if place in row.formulas:
            sheet.formula(line, column, row.formulas[place], value, sheet.formats.of("live", number), where)
        else:
            look = "word" if isinstance(value, str) else fixed
            sheet.value(line, column, value, sheet.formats.of(look, number))
    sheet.no_dust(number, line, VALUE, VALUE if row.scalar else columns - 1)


def _ghosts(book: Book, sheet: Sheet) -> None:
    """Grey in the periods after the end: there the row that says what goes on was 0 in the period before."""
    spot = sheet.addresses.spots[book.alive]
    first, last = column_of(1), column_of(len(book.labels) - 1)
    before = f"{letters(first - 1)}${spot.line + 1}"
    rule = {
        "type": "formula",
        "criteria": f"=AND({before}=0,ISNUMBER({before}))",
        "format": sheet.formats.change("ghost"),
    }
    sheet.page.conditional_format(FIRST, first, FIRST + _lines(book.model), last, rule)


def _lines(rows: Sequence[Row]) -> int:
    return max(0, len(rows) - 1)
