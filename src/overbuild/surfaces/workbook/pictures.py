"""Charts inside the workbook, drawn from the rows of the model."""

from __future__ import annotations

from typing import Any

from overbuild.audit.book.book import Book, Picture, PrintTable
from overbuild.surfaces.workbook.addresses import BY_YEAR, FIRST, HEADER, VALUE, column_of
from overbuild.surfaces.workbook.sheet import Sheet

_COLOURS = ("#2E8B9A", "#1F4E79", "#D9822B", "#7F7F7F")
TALL = 20
"""How many lines a picture takes, with the empty one before it."""

_WIDE, _BESIDE = 620, VALUE + 4
"""Width of a picture, in pixels, and the column in which one begins that stands beside another."""


def lines_of(band: PrintTable) -> int:
    """How many lines a table takes: its heads, its rows, the empty one after it."""
    return len(band.rows) + 2


def draw(book: Book, sheets: dict[str, Sheet], workbook: Any) -> None:
    """The pictures of the book below the tables of its years, in pairs."""
    line = FIRST + sum(map(lines_of, book.bands)) + 1
    for place, picture in enumerate(book.pictures):
        chart = _chart(picture, sheets, workbook)
        sheets[BY_YEAR].page.insert_chart(line + place // 2 * TALL, place % 2 * _BESIDE, chart, {"object_position": 2})


def _chart(picture: Picture, sheets: dict[str, Sheet], workbook: Any) -> Any:
    spots = sheets[BY_YEAR].addresses.spots
    kinds = [("column", picture.columns), ("line", picture.lines)]
    charts: list[Any] = []
    drawn = 0
    for kind, names in kinds:
        if not names:
            continue
        chart: Any = workbook.add_chart({"type": kind})
        for name in names:
            spot = spots[name]
            first, last = column_of(picture.first), column_of(picture.last)
            look = {"color": _COLOURS[drawn % len(_COLOURS)], "width": 2.0}
            series: dict[str, Any] = {
                "name": [spot.sheet, spot.line, 1],
                "categories": [spot.sheet, HEADER, first, HEADER, last],
                "values": [spot.sheet, spot.line, first, spot.line, last],
            }
            series |= {"fill": {"color": look["color"]}, "gap": 40} if kind == "column" else {"line": look}
            chart.add_series(series)
            drawn += 1
        charts.append(chart)
    main = charts[0]
    if len(charts) > 1:
        main.combine(charts[1])
    main.set_title({"name": picture.title, "name_font": {"size": 11}, "overlay": False})
    main.set_legend({"position": "bottom"})
    main.set_x_axis({"label_position": "low", "num_font": {"size": 8, "rotation": -45}, "interval_unit": 4})
    main.set_y_axis({"num_format": '#,##0,,"m"', "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    main.set_size({"width": _WIDE, "height": 320})
    return main
