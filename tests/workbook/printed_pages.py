"""How many pages a sheet prints on, from its print settings alone: rows times columns times scale."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from openpyxl.utils import range_boundaries

_INCH, _PIXEL = 72.0, 0.75
_A4 = (595.3, 841.9)
_DIGIT, _COLUMN = 7, 64 / 7
"""Width of a digit of the workbook's font, in pixels, and of a column that states none, in digits."""


class Printed(NamedTuple):
    """How a sheet prints: its pages (0: nothing of it), and the share of their size at which its cells are drawn."""

    pages: int
    scale: float


def printed(page: Any) -> Printed:
    """Pages and scale of a worksheet."""
    left, top, right, bottom = range_boundaries(str(page.print_area or page.dimensions).rpartition("!")[2])
    rows = page.iter_rows(top, bottom, left, right, values_only=True)
    if all(value is None for row in rows for value in row):
        return Printed(0, 1.0)
    sides = _A4 if page.page_setup.orientation == "portrait" else _A4[::-1]
    margins = page.page_margins
    width = sides[0] - (margins.left + margins.right) * _INCH
    height = sides[1] - (margins.top + margins.bottom) * _INCH
    stated = widths(page)
    columns = sum(stated.get(column, _COLUMN) for column in range(left, right + 1)) * _DIGIT * _PIXEL
    fitted = bool(page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage)
    if fitted:
        assert page.page_setup.fitToWidth in (None, 1)
    scale = min(1.0, width / columns) if fitted else page.page_setup.scale / 100.0
    lines = range(top, bottom + 1)
    stated_most = page.page_setup.fitToHeight
    most = 1 if stated_most is None else stated_most or math.inf
    while fitted and _down(page, lines, height / scale) > most:
        scale -= 0.005
    across = 1 if fitted else math.ceil(columns * scale / width)
    return Printed(across * _down(page, lines, height / scale), scale)


def _down(page: Any, lines: range, fits: float) -> int:
    """Pages one below the other, the repeated line of heads on each after the first."""
    repeated = range_boundaries(page.print_title_rows.replace("$", ""))[1] if page.print_title_rows else 0
    breaks = {one.id for one in page.row_breaks.brk}
    pages, left = 1, fits
    for line in lines:
        tall = _height(page, line)
        if tall > left or line - 1 in breaks:
            pages, left = pages + 1, fits - _height(page, repeated)
        left -= tall
    return pages


def _height(page: Any, line: int) -> float:
    return page.row_dimensions[line].height or page.sheet_format.defaultRowHeight


def widths(page: Any) -> dict[int, float]:
    """Widths of the columns that state one, in digits of the workbook's font."""
    stated = page.column_dimensions.values()
    return {at: one.width for one in stated for at in range(one.min, one.max + 1)}
