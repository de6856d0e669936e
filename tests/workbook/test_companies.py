"""Books of companies: a second program finds the program's numbers from wrong values, and follows a changed input."""

from __future__ import annotations

import pytest

from overbuild import ask
from overbuild.company.preset import OwnFigures
from overbuild.questions.export import companies_book, company_book
from overbuild.surfaces.workbook import write_book
from tests.workbook.recalculation import (
    SENTINEL,
    apart,
    cells,
    close,
    edited,
    formulas,
    needs_a_second_program,
    planted,
    recalculated,
    rows,
)

SHARE = {"life.server_share": 0.45}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    needs_a_second_program()
    exported, wrong, right = (tmp_path_factory.mktemp(name) for name in ("exported", "wrong", "right"))
    made = {
        "AMZN": company_book("AMZN", OwnFigures(life=4.0)),
        "MSFT": company_book("MSFT", OwnFigures(price=500.0, shares=7.43e9)),
        "all": companies_book(),
    }
    for name, book in made.items():
        write_book(book, exported / f"{name}.xlsx")
        planted(exported / f"{name}.xlsx", wrong / f"{name}.xlsx")
    edited(exported / "AMZN.xlsx", wrong / "share.xlsx", SHARE)
    recalculated(sorted(wrong.iterdir()), right)
    return exported, right


@pytest.mark.parametrize("name", ["AMZN", "MSFT", "all"])
def test_every_formula_gives_the_programs_number_from_wrong_values(name, folders):
    exported, right = folders
    places = formulas(exported / f"{name}.xlsx")
    found = cells(right / f"{name}.xlsx")
    assert len(places) > 300 and SENTINEL not in found.values()
    assert apart(found, cells(exported / f"{name}.xlsx"), places, 1.0) == []


def test_a_changed_share_of_servers_is_followed(folders):
    _, right = folders
    found = rows(right / "share.xlsx", "Results")
    at_high = ask.company("AMZN", life=4.0).values["AMZN.life_change.year_1.operating_income_change_low"]
    assert close(found["life_change.year_1.operating_income_change"][0], at_high)
    assert abs(found["life_change.year_1.cash_change"][0]) < 1e-3
