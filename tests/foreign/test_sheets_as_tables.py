"""A sheet of a workbook as a table: cells in percent, and faults at their cells."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from overbuild.errors import InputError
from overbuild.facts.store import add_table
from overbuild.foreign.workbook.read import Workbook
from tests.foreign.test_tables import HEADER, ROW, faults


def sheet(path: Path, rows: list[list[object]], percent: str = "") -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Own")
    for line, cells in enumerate(rows):
        page.write_row(line, 0, cells)
    if percent:
        page.write(percent, rows[1][4], book.add_format({"num_format": "0.0%"}))
    book.close()
    return path


@pytest.mark.parametrize(("unit", "value"), [("pct", 12.5), ("pct_per_year", 12.5)])
def test_a_cell_in_percent_is_what_it_shows_where_the_unit_is_in_hundredths(
    tmp_path: Path, unit: str, value: float
) -> None:
    row: list[object] = ["A", "share_of_x", *ROW[2:4], 0.125, unit, *ROW[6:]]
    table = add_table(sheet(tmp_path / "own.xlsx", [[*HEADER], row], "E2"), tmp_path / "ws")
    assert [one.value for one in table.facts] == [value]
    assert f"value: 12.5% is read as 12.5 {unit}." in table.converted


def test_a_cell_in_percent_of_another_unit_is_refused_at_its_cell(tmp_path: Path) -> None:
    row: list[object] = ["A", "share_of_x", *ROW[2:4], 0.125, "ratio", *ROW[6:]]
    (fault,) = faults(sheet(tmp_path / "own.xlsx", [[*HEADER], row], "E2"), tmp_path)
    assert (fault.code, fault.place) == ("unclear", f"{tmp_path / 'own.xlsx'}:Own!E2")
    assert "shows 12.5% and holds 0.125" in fault.hint


def test_seven_mistakes_in_a_sheet_are_seven_cells_at_once(tmp_path: Path) -> None:
    def row(**wrong: object) -> list[object]:
        return [wrong.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True)]

    rows = [
        row(unit="kUSD"), row(entity="B", metric=""), row(entity="C", value="a lot"), row(entity="D", period_end="2023-12-31"),
        row(entity="E", kind="guess"), row(entity="F", metric="capex", value=-1), row(entity="G", published=""),
    ]  # fmt: skip
    found = faults(sheet(tmp_path / "own.xlsx", [[*HEADER], *rows]), tmp_path)
    assert {one.place.rpartition("!")[2]: one.code for one in found} == {
        "F2": "bad_unit", "B3": "missing", "E4": "bad_value", "C5": "bad_period", "G6": "unknown_name", "E7": "negative", "J8": "missing",
    }  # fmt: skip
    assert len(found) == 7


@pytest.mark.parametrize("name", ["own.xlsx", "own.csv"])
def test_a_folder_is_told_to_be_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (fault,) = faults(tmp_path / name, tmp_path)
    assert (fault.code, fault.hint) == ("unreadable", "this is a folder; name a file in it")
    with pytest.raises(InputError, match="this is a folder"), Workbook(tmp_path / name):
        pass
