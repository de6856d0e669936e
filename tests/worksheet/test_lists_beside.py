"""A case whose lists stand in CSV files beside it: its worksheet, its workbook, and what both give back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from overbuild import ask
from overbuild.errors import CaseError
from overbuild.world.presets import write_case
from overbuild.world.tree import read_case_file
from overbuild.world.worksheet.read import read_worksheet
from overbuild.world.worksheet.yaml_text import yaml_text
from tests.surfaces.test_cli import run
from tests.worksheet.books import written

KEPT = ("name", "hours", "load")


def beside(folder: Path) -> Path:
    """A case of Ireland whose blocks of hours stand in a CSV beside it, and that CSV."""
    file = folder / "mine.yaml"
    write_case(file, "ireland", kind="zones")
    blocks = (read_case_file(Path("preset:ireland"), "zones").block or {})["energy"].block or {}
    rows = [[(one.block or {})[name] for name in KEPT] for one in blocks["blocks"].items or []]
    cells = [[(one.block or {"value": one})["value"].text or str(one.value) for one in row] for row in rows]
    (folder / "hours.csv").write_text("\n".join(",".join(row) for row in [list(KEPT), *cells]) + "\n")
    text = re.sub(r"(?m)^  blocks:\n(?:    .*\n)+", "  blocks: hours.csv\n", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    assert "blocks: hours.csv" in text
    return file


def test_a_workbook_of_such_a_case_carries_the_lists_and_is_read_anywhere(tmp_path: Path) -> None:
    file, book = beside(tmp_path), tmp_path / "book.xlsx"
    assert run("export", "grid", str(file), "--xlsx", str(book)).returncode == 0
    (tmp_path / "elsewhere").mkdir()
    moved = Path(shutil.move(book, tmp_path / "elsewhere"))
    values = ask.grid(file).values
    assert ask.grid(moved).values == values
    back = tmp_path / "elsewhere" / "back.yaml"
    back.write_text(yaml_text(read_worksheet(moved).tree), "utf-8")
    assert ask.grid(back).values == values


def test_a_worksheet_may_name_a_list_that_stands_beside_it(tmp_path: Path) -> None:
    beside(tmp_path)
    file = written(tmp_path, "ireland", "grid")
    book = openpyxl.load_workbook(file)
    page = book["Inputs"]
    heads = {cell.value: cell.column for cell in page[3]}
    rows = [
        row[0].row
        for row in page.iter_rows(min_row=4)
        if str(row[heads["path"] - 1].value).startswith("energy.blocks[")
    ]
    for row in rows:
        for cell in page[row]:
            cell.value = None
    page.cell(rows[0], heads["value"]).value, page.cell(rows[0], heads["path"]).value = "hours.csv", "energy.blocks"
    book.save(file)
    assert ask.grid(file).values == ask.grid("preset:ireland").values
    (tmp_path / "hours.csv").unlink()
    with pytest.raises(CaseError) as caught:
        ask.grid(file)
    assert caught.value.place.endswith(f"Inputs!B{rows[0]}") and caught.value.code == "missing"
