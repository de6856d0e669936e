"""A tariff as a workbook: a second program computes it again, also when the load leaves early and the rule is harder."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from overbuild.policy.tariff.tariff_run import run_tariff
from overbuild.questions.export import case_book_of
from overbuild.surfaces.workbook.write import write_book
from tests.workbook.recalculation import edited, needs_a_second_program, planted, recalculated, rows

CHANGED = {"load.leaves_after_years": 5.0, "tariff.delivery.min_take": 0.95, "tariff.exit_fee_years": 4.0}


def test_the_workbook_computes_again_and_follows_an_exit_in_year_6(tmp_path):
    needs_a_second_program()
    write_book(case_book_of("tariff", "preset:dominion-gs5"), tmp_path / "as-is.xlsx")
    assert planted(tmp_path / "as-is.xlsx", tmp_path / "planted.xlsx") > 2000
    edited(tmp_path / "as-is.xlsx", tmp_path / "changed.xlsx", CHANGED)
    folder = tmp_path / "out"
    folder.mkdir()
    recalculated([tmp_path / "planted.xlsx", tmp_path / "changed.xlsx"], folder)
    case = Path("preset:dominion-gs5")
    moved = run_tariff(case, [f"{path}={value}" for path, value in CHANGED.items()])
    for name, found in (("planted", run_tariff(case).run), ("changed", moved.run)):
        results = rows(folder / f"{name}.xlsx", "Results")
        for one, value in found.values().values.items():
            if value is not None:
                assert results[one][0] == pytest.approx(value, rel=1e-9, abs=1e-3), (name, one)
    assert moved.run.totals["exit_fee.due_in_all"] > 0.0


def test_nothing_in_the_workbook_is_locked_or_hidden(tmp_path):
    write_book(case_book_of("tariff", "preset:aep-ohio"), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    for sheet in book:
        assert sheet.sheet_state == "visible" and not sheet.protection.sheet
        hidden = [name for name, one in (*sheet.column_dimensions.items(), *sheet.row_dimensions.items()) if one.hidden]
        assert hidden == []
