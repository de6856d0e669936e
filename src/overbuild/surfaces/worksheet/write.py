"""Writing a case as a workbook to fill in: one row an input, yellow cells, the series on a sheet of their own."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

from overbuild.audit.sheet.case_sheet import CaseSheet
from overbuild.files import check_path, write_whole
from overbuild.surfaces.safe_text import workbook_title
from overbuild.version import __version__
from overbuild.world.worksheet.heads import OWN
from overbuild.world.worksheet.rows import said_value


def write_worksheet(sheet: CaseSheet, path: Path, today: date | None = None, *, overwrite: bool = False) -> None:
    """Write a worksheet; the file appears whole or not at all. Raises InputError as `overbuild.files`."""
    check_path(path, "FILE", overwrite=overwrite)
    write_whole(path, _drawn_up(sheet, today or datetime.now(UTC).date()), "FILE", overwrite=overwrite)


def _drawn_up(sheet: CaseSheet, today: date) -> bytes:
    from overbuild.surfaces.workbook.formats import Formats
    from overbuild.surfaces.workbook.xlsx import new_workbook
    from overbuild.surfaces.worksheet.as_written import WrittenInput, write_as_written
    from overbuild.surfaces.worksheet.inputs import write_series, write_single

    data = io.BytesIO()
    noon = datetime(today.year, today.month, today.day, 12)
    workbook = new_workbook(data, workbook_title(sheet.name), f"overbuild {__version__}", noon)
    formats = Formats(workbook)
    about = workbook.add_worksheet("Read me")
    pages = [workbook.add_worksheet(name) for name in OWN]
    about.hide_gridlines(2)
    about.set_column(0, 0, 22.0)
    about.set_column(1, 1, 110.0)
    about.write_string(0, 0, workbook_title(f"{sheet.name}: a case of a {sheet.kind} to fill in"), formats.of("title"))
    for line, (name, text) in enumerate(_said(sheet, today), start=2):
        about.write_string(line, 0, name, formats.of("strong"))
        about.write_string(line, 1, text, formats.of("wrap"))
        about.set_row(line, 12.75 * (1 + len(text) // 115))
    about.set_landscape()
    about.set_paper(9)
    about.fit_to_pages(1, 0)
    write_single(sheet, pages[0], formats)
    write_series(sheet, pages[1], formats)
    write_as_written(
        (WrittenInput(one.row.path, said_value(one.row), one.unit) for one in sheet.inputs), workbook, formats
    )
    pages[0].activate()
    workbook.close()
    return data.getvalue()


def _said(sheet: CaseSheet, today: date) -> list[tuple[str, str]]:
    asked = f"overbuild check {sheet.name}.xlsx"
    return [
        ("What this is", f"{sheet.described} Written {today.isoformat()} by overbuild {__version__}."),
        ("How to fill it in", "Change the yellow cells of Inputs and Series. Numbers are in the unit beside them, in full: "
         "100 MW is 100, 9m USD is 9000000, 35 percent is 35% or 0.35. Leave the units and the paths as they are."),
        ("What it rests on", "With a value, change what stands beside it: the note and whose it is, the fact or source, the line that "
         "derives it. A value that differs from the fact it names is a fault. low and high are the range one may argue over."),
        ("Words in brackets", "(none) stands where nothing is meant, (derived) where the line under 'derived by' gives the value. "
         "An empty yellow cell is a fault. An input whose row is deleted has its default, which `check` tells; without one it is a fault."),
        ("Lists", "Halls, contracts, loans and tests are small tables, one below the other. For one more, copy its rows and change the "
         "name in brackets of the paths: contracts[cloud].price. On Series, 'entries' says how many cells of the row count."),
        ("How it is read", f"{asked} tells every fault at once with its sheet and cell; every command that reads a case reads this file."),
        ("What it cannot say", "Formulas of your own are read as the values they show; links to other workbooks and macros are refused. "
         "'as written' keeps the digits of the case this was made from, and is passed over once the value is another."),
    ]  # fmt: skip
