"""The sheet that is made for paper: main lines by period, then by year, each cell a live formula on the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.audit.book.book import Book, PrintTable, Row
from overbuild.surfaces.workbook.addresses import BY_YEAR, FIRST, HEADER, VALUE
from overbuild.surfaces.workbook.formats import number_form
from overbuild.surfaces.workbook.paper import ACROSS, ROW, printed, unprinted
from overbuild.surfaces.workbook.pictures import TALL, lines_of
from overbuild.surfaces.workbook.sheet import Sheet, height_of, wide_enough

_COLUMN, _LABEL, _ID = 9.2, 40.0, 22.0
_COVER = "#,##0.00"
_LINES = 0.97
"""The share of the page's height that is counted on."""

_SURE = 0.75
"""The share of the page's width that is taken: without the workbook's font, programs draw columns a third wider."""


def write_bands(book: Book, sheets: dict[str, Sheet]) -> None:
    """Each table of the book below the one before, on a new page where it would be broken."""
    sheet = sheets[BY_YEAR]
    rows = [row for band in book.bands for row in band.rows if row.id]
    columns = max((len(band.labels) for band in book.bands), default=0)
    heads = (
        ("id", wide_enough((row.id for row in rows), 12.0, _ID)),
        ("label", wide_enough((row.label for row in rows), 20.0, _LABEL)),
        ("unit", 6.0),
        *(("", _COLUMN) for _ in range(columns)),
    )
    sheet.frame("By year: what is printed of the model", heads, wide=True)
    if not rows:
        sheet.page.write_string(FIRST, 0, "This book has no periods: Model has its values.", sheet.formats.of("text"))
        unprinted(sheet.page)
        return
    for column in range(VALUE, len(heads)):
        sheet.page.write_blank(HEADER, column, None, sheet.formats.of("head"))
    line = FIRST
    for band in book.bands:
        _band(sheet, line, band)
        line += lines_of(band)
    blocks = [*map(lines_of, book.bands), *((TALL,) if book.pictures else ())]
    printed(sheet.page, FIRST + sum(blocks), len(heads))
    scale = _SURE * ACROSS.scale([width for _, width in heads])
    sheet.page.set_print_scale(int(100 * scale))
    sheet.page.set_h_pagebreaks(list(_breaks(blocks, _LINES * ACROSS.height / (ROW * scale))))


def _breaks(blocks: Sequence[int], fits: float) -> Iterator[int]:
    """Lines on which a page begins, so that a table stays whole; `blocks` are lines, `fits` is how many lines fit on a page."""
    line, begun = FIRST, 0
    for lines in blocks:
        after = line + lines
        if after - begun > fits and line > FIRST:
            yield line
            begun = line - 1
        line = after


def _band(sheet: Sheet, line: int, band: PrintTable) -> None:
    sheet.heading(line, band.title, VALUE)
    for column, text in enumerate(band.labels, VALUE):
        sheet.page.write_string(line, column, text, sheet.formats.of("heading_right"))
    for at, row in enumerate(band.rows, line + 1):
        _row(sheet, at, row, VALUE + len(band.labels))


def _row(sheet: Sheet, line: int, row: Row, columns: int) -> None:
    if not row.id:
        sheet.page.write_string(line, 1, row.label, sheet.formats.of("strong"))
        return
    sheet.texts(line, (row.id, row.label, row.unit))
    lines = 1 + int(max(len(row.id) / _ID, len(row.label) / _LABEL))
    if lines > 1:
        sheet.tall(line, height_of(lines))
        sheet.page.write_string(line, 1, row.label, sheet.formats.of("wrap"))
    number = _COVER if row.unit == "ratio" else number_form(row.unit, row.values.values())
    for at, value in row.values.items():
        sheet.formula(line, VALUE + at, row.formulas[at], value, sheet.formats.of("word", number))
    sheet.no_dust(number, line, VALUE, columns - 1)
