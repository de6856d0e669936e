"""An empty table of one's own as a workbook: the columns to fill in, what each holds, and what a cell may be asked about."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from overbuild.facts.entry.templates import HOLD, NEEDED, ColumnTold, columns_of, columns_told
from overbuild.files import write_whole
from overbuild.surfaces.safe_text import workbook_text
from overbuild.surfaces.workbook.formats import Formats
from overbuild.surfaces.workbook.xlsx import letters, new_workbook
from overbuild.version import __version__

ROWS = 20_000
"""Rows below the head whose cells ask about what is typed there."""

TOLD, LISTS = "Columns", "Words"
"""The sheets behind the table: what every column is, and the words that some may hold."""

_DAY = "yyyy-mm-dd"
_FIRST_DAY = date(1900, 3, 1)
_WIDTHS = {"note": 34.0, "claim": 44.0, "inputs": 34.0, "source_title": 30.0, "source_url": 34.0, "formula": 34.0}


def write_blank_table(table: str, path: Path, *, overwrite: bool = False) -> None:
    """Write an empty table as a workbook, whole or not at all. Raises `unknown_name` for a table, and as `overbuild.files`."""
    write_whole(path, _drawn_up(table), "FILE", overwrite=overwrite)


def _drawn_up(table: str) -> bytes:
    data = io.BytesIO()
    columns = columns_of(table)
    now = datetime.now(UTC)
    workbook = new_workbook(
        data, f"A table of {table}", f"overbuild {__version__}", datetime(now.year, now.month, now.day, 12)
    )
    formats = Formats(workbook)
    page, told, lists = (workbook.add_worksheet(name) for name in (table.capitalize(), TOLD, LISTS))
    page.freeze_panes(1, 1)
    for place, one in enumerate(columns):
        words = _listed(lists, place, one)
        _column(page, formats, place, one, _rule(table, one, words))
    _tell(table, told, formats)
    lists.hide()
    page.activate()
    workbook.close()
    return data.getvalue()


def _column(page: Any, formats: Formats, place: int, one: ColumnTold, rule: dict[str, Any]) -> None:
    """One column: its head, its cells to be filled in, and what is asked about what is typed there."""
    page.write_string(0, place, one.name, formats.of("head"))
    form = {"date": _DAY, "decimal": "General"}.get(rule["validate"], "@")
    look = formats.of("input" if rule["validate"] == "decimal" else "input_word", form)
    page.set_column(place, place, _WIDTHS.get(one.name, 16.0), look)
    asked = {"input_title": one.name[:32], "input_message": f"{one.needed}: {one.what}"[:255], "error_type": "warning"}
    page.data_validation(
        1, place, ROWS, place, {**rule, **asked, "error_title": "Is this meant?", "error_message": one.what[:255]}
    )


def _rule(table: str, one: ColumnTold, words: str) -> dict[str, Any]:
    if words:
        return {"validate": "list", "source": words}
    if one.name in HOLD[table].days:
        return {"validate": "date", "criteria": ">=", "value": _FIRST_DAY}
    if one.name in HOLD[table].numbers:
        return {"validate": "decimal", "criteria": "between", "minimum": -1e300, "maximum": 1e300}
    return {"validate": "any"}


def _listed(lists: Any, place: int, one: ColumnTold) -> str:
    """Where the words of a column stand on the sheet of words; empty for a column of any words."""
    if not one.words:
        return ""
    lists.write_column(0, place, [one.name, *one.words])
    return f"={LISTS}!${letters(place)}$2:${letters(place)}${len(one.words) + 1}"


def _tell(table: str, page: Any, formats: Formats) -> None:
    """What every column is, one a row."""
    page.hide_gridlines(2)
    for place, (head, width) in enumerate(
        (("column", 22.0), ("is it needed", 18.0), ("what it holds", 90.0), ("such as", 40.0))
    ):
        page.write_string(0, place, head, formats.of("head"))
        page.set_column(place, place, width)
    for row, one in enumerate(columns_told(table), start=1):
        looks = ("strong" if one.needed == NEEDED else "text", "text", "wrap", "id")
        for place, (text, look) in enumerate(zip((one.name, one.needed, one.what, one.example), looks, strict=True)):
            page.write_string(row, place, workbook_text(text), formats.of(look))
    page.freeze_panes(1, 1)
