"""Rates of return in a workbook are those of the program, of several roots the same one, however high."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.audit.book.site.site_book import book_of
from overbuild.site.case_run import run_case
from overbuild.surfaces.workbook import write_book
from tests.workbook.recalculation import planted, rows

SITE = Path(__file__).parents[1] / "site"
CASES = {
    "of two roots": (SITE / "late-negative-flow.yaml", ()),
    "above 1,000%": (SITE / "one-gigawatt.yaml", ("market.price_per_gpu_hour=70",)),
    "below 0": (SITE / "one-gigawatt.yaml", ("market.price_per_gpu_hour=0.4",)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_book_solves_the_rate_that_the_program_reports(name, tmp_path):
    formualizer = pytest.importorskip("formualizer", reason="formualizer does not install here")
    case = run_case(*CASES[name])
    write_book(book_of(case), tmp_path / "book.xlsx")
    planted(tmp_path / "book.xlsx", tmp_path / "wrong.xlsx")
    formualizer.recalculate_file(str(tmp_path / "wrong.xlsx"), output=str(tmp_path / "right.xlsx"))
    found = rows(tmp_path / "right.xlsx", "Results")
    reported = case.results.values["equity_irr_per_year"]
    assert reported is not None
    assert found["equity_irr_per_year"][0] == pytest.approx(reported, rel=1e-9), found["equity_irr_per_year"]
    assert {"above 1,000%": case.run.equity_irr.per_year > 10.0, "below 0": case.run.equity_irr.per_year < 0.0}.get(
        name, True
    )
