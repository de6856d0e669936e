"""Books of a unit and of a spender's chips: a second program finds every number, and follows a changed fall of rents."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.company.vintages.spender_run import read_spender
from overbuild.fleet.fleet_run import run_fleet
from overbuild.questions.export import case_book_of
from overbuild.surfaces.workbook import write_book
from tests.workbook.recalculation import edited, needs_a_second_program, planted, recalculated, rows

MSFT = "company:MSFT"
H100, GB300 = "market.rent_decline_per_year", "generations.gb300.market.rent_decline_per_year"


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    needs_a_second_program()
    wrong, found = (tmp_path_factory.mktemp(name) for name in ("wrong", "right"))
    for kind, file in (("fleet", "preset:h100"), ("vintages", MSFT)):
        write_book(case_book_of(kind, file), wrong / "as-is.xlsx", overwrite=True)
        assert planted(wrong / "as-is.xlsx", wrong / f"{kind}.xlsx") > 900
        edited(wrong / "as-is.xlsx", wrong / f"{kind}-fast.xlsx", {H100 if kind == "fleet" else GB300: 0.2})
    (wrong / "as-is.xlsx").unlink()
    recalculated(sorted(wrong.iterdir()), found)
    return found


@pytest.mark.parametrize(("name", "sets"), [("fleet", ()), ("fleet-fast", (f"{H100}=0.2",))])
def test_books_less_worth_of_a_unit_at_every_age_are_those_of_the_workbook(right, name, sets):
    run = run_fleet(Path("preset:h100"), sets)
    model = rows(right / f"{name}.xlsx", "Model")
    for line in ("life_6.overstatement", "economic_value", "life_6.net_book_value", "life_6.impairment_loss"):
        row = [one for one in model[line] if isinstance(one, int | float)]
        assert row == pytest.approx(run.run.lines[line][::-1], rel=1e-9, abs=1e-6), line


@pytest.mark.parametrize(("name", "sets"), [("vintages", ()), ("vintages-fast", (f"{GB300}=0.2",))])
def test_books_less_worth_of_a_spender_in_every_year_are_those_of_the_workbook(right, name, sets):
    run = read_spender(Path(MSFT), sets).central
    file = right / f"{name}.xlsx"
    model, results = rows(file, "Model"), rows(file, "Results")
    for line in ("fleet_overstatement", "books", "worth", "depreciation.life_4"):
        row = [one for one in model[line] if isinstance(one, int | float)]
        assert row == pytest.approx(run.lines[line][::-1], rel=1e-9, abs=1.0), line
    assert results["write_down"][0] == pytest.approx(run.write_down, rel=1e-9, abs=1.0)
    assert (run.write_down > 0.0) == bool(sets)
