"""Worksheets of presets written for tests, and cells of them changed as a person would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from overbuild.audit.sheet.case_sheet import preset_sheet
from overbuild.surfaces.worksheet.write import write_worksheet
from overbuild.world.tree import Entry


def written(folder: Path, preset: str, kind: str = "site") -> Path:
    """The worksheet of a preset, under the preset's own name."""
    file = folder / f"{preset}.xlsx"
    write_worksheet(preset_sheet(kind, preset, preset), file)
    return file


def cell_of(file: Path, path: str, head: str = "value") -> tuple[str, str]:
    """Sheet and address of a cell, by the path of its row and the head of its column."""
    book: Any = openpyxl.load_workbook(file)
    for sheet in ("Inputs", "Series"):
        page: Any = book[sheet]
        heads: dict[Any, int] = {cell.value: cell.column for cell in page[3]}
        for row in page.iter_rows(min_row=4):
            if row[heads["path"] - 1].value == path and (int(head) if head.isdigit() else head) in heads:
                return sheet, row[heads[int(head) if head.isdigit() else head] - 1].coordinate
    raise AssertionError(f"{path} has no row")


def changed(file: Path, cells: Mapping[tuple[str, str], Any], *, without: str = "") -> Path:
    """The file with cells replaced, and without the row of a path."""
    book: Any = openpyxl.load_workbook(file)
    for (sheet, address), value in cells.items():
        book[sheet][address] = value
    if without:
        sheet, address = cell_of(file, without)
        page: Any = book[sheet]
        for cell in page[page[address].row]:
            cell.value = None
    new = file.with_name(f"changed-{file.name}")
    book.save(new)
    return new


def plain(entry: Entry, name: str = "") -> Any:
    """A tree as plain values: units that a worksheet adds left out, the digits of values kept."""
    if entry.block is not None:
        sourced = "value" in entry.block or "derive" in entry.block
        found = {key: plain(one, key) for key, one in entry.block.items() if not (key == "unit" and sourced)}
        return found["value"] if set(found) == {"value"} else found
    if entry.items is not None:
        return [plain(one) for one in entry.items]
    digits = isinstance(entry.value, int | float) and not isinstance(entry.value, bool) and name not in ("low", "high")
    return (entry.value, entry.text) if digits else entry.value
