"""The sheet that says which inputs a workbook was written with: by it a reader sees rows that were taken out, and other units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from overbuild.surfaces.safe_text import workbook_text
from overbuild.surfaces.workbook.formats import Formats
from overbuild.world.worksheet.heads import AS_WRITTEN, PATH, UNIT, VALUE

_WIDTHS = {PATH: 44.0, VALUE: 30.0, UNIT: 20.0}


class WrittenInput(NamedTuple):
    """An input as the workbook is written with it: its path, its value in words, its unit."""

    path: str
    value: str
    unit: str


def write_as_written(inputs: Iterable[WrittenInput], workbook: Any, formats: Formats) -> None:
    """One row an input, on a sheet of its own behind all others."""
    page = workbook.add_worksheet(AS_WRITTEN)
    page.write_string(0, 0, "What this workbook was written with: leave it as it is", formats.of("title"))
    for column, (head, width) in enumerate(_WIDTHS.items()):
        page.set_column(column, column, width)
        page.write_string(2, column, head, formats.of("head"))
    for line, one in enumerate(inputs, start=3):
        for column, text in enumerate(one):
            if text:
                page.write_string(line, column, workbook_text(text), formats.of("id", "@"))
    page.freeze_panes(3, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
