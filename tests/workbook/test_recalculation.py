"""Engine and workbook are one: a second program recalculates every book from wrong values to the program's numbers."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from overbuild.audit.book.site.site_book import book_of
from overbuild.questions.export import site_book
from overbuild.questions.gap import gap
from overbuild.questions.need import need
from overbuild.questions.site import site
from overbuild.site.case.read import read_site_case
from overbuild.site.case_run import run_case
from overbuild.surfaces.workbook import write_book
from overbuild.surfaces.workbook.sheet import ALL_PASS
from overbuild.world.presets import PREFIX, site_presets
from tests.workbook.books import CAMPUS, EXAMPLES, written
from tests.workbook.recalculation import (
    SENTINEL,
    apart,
    by_formualizer,
    cells,
    close,
    edited,
    formulas,
    needs_a_second_program,
    planted,
    recalculated,
    rows,
)

PRESETS = {name: Path(f"{PREFIX}{name}") for name in sorted(site_presets())}
SITES = EXAMPLES | PRESETS | {"campus": CAMPUS}
SHOWS_MOST = "powered-shell"
"""The preset with the most in it: three halls let for fifteen years and renewed, a loan whose balloon is refinanced."""

EVERY_BOOK = bool(os.environ.get("OVERBUILD_CI")) or not importlib.util.find_spec("formualizer")
"""Whether LibreOffice recalculates all books, which takes minutes. Elsewhere Formualizer does the other presets'."""

ROUNDING = 1e-14
"""What doubles lose in differences of amounts, as a share of the greatest amount."""


FIRST = next(iter(EXAMPLES))
DEFAULT = ("offtake.price_per_gpu_hour=1.6", "market.price_per_gpu_hour=1.2")
SHOWN = ("Time", "Model", "By year", "Results")
STAYS, MOVES = "schedule stays", "schedule moves"
CHANGES = {
    STAYS: {"owners.hurdle_per_year": 0.08, "waterfall.lockup_dscr": 1.4, "enforcement.cost_share": 0.2},
    MOVES: {"site.pue": 1.33, "offtake.price_per_gpu_hour": 3.0, "power.price_per_mwh": 110.0},
    "falling": {"market.decline_per_year": 0.3},
    "pue": {"site.pue": 1.33},
    "tenor": {"loans.senior.tenor": 16},
    "cost": {"components.power.cost": 1e9},
    "campus stays": {"owners.hurdle_per_year": 0.08, "tests.1.level": 1.4, "loans.senior.refinancing.available": 0.5},
    "campus moves": {
        "contracts.lab.price": 2.2,
        "contracts.cloud.price.growth": -0.2,
        "market.price.by_year.4": 1.1,
        "fleets.f1b.kw_per_gpu": 3.4,
        "loans.senior.base_rate.by_period.2": 0.06,
        "power.demand_charge": 20.0,
    },
}
"""What a user changes in a book: the inputs and their new values."""

AS_SHOCKS = [
    *((name, change) for change in (STAYS, MOVES, "falling") for name in EXAMPLES),
    ("campus", "campus stays"),
    ("campus", "campus moves"),
]
CHANGED = [*AS_SHOCKS, (FIRST, "pue"), (FIRST, "tenor"), (FIRST, "cost")]


class Books(NamedTuple):
    """The books of this file, and how many formulas the writer and the planting counted in each.

    `exported` has each as the program writes it, `wrong` with wrong values planted, or with the changes of a user, and
    `right` those of `wrong` as the second program recalculates them.
    """

    exported: Path
    wrong: Path
    right: Path
    written: dict[str, int]
    planted: dict[str, int]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    needs_a_second_program()
    exported, wrong, right = (tmp_path_factory.mktemp(name) for name in ("exported", "wrong", "right"))
    made = {name: site_book(path) for name, path in PRESETS.items()}
    made["default"] = site_book(EXAMPLES[FIRST], shocks=DEFAULT)
    count = {name: write_book(book, exported / f"{name}.xlsx") for name, book in made.items()}
    for name in (*EXAMPLES, "campus", "gap", "need"):
        count[name] = written(name).formulas
        shutil.copy(written(name).path, exported / f"{name}.xlsx")
    counts = {name: planted(exported / f"{name}.xlsx", wrong / f"{name}.xlsx") for name in count}
    for name, change in CHANGED:
        edited(exported / f"{name}.xlsx", wrong / f"{name}, {change}.xlsx", CHANGES[change])
    by_other = [] if EVERY_BOOK else [wrong / f"{name}.xlsx" for name in PRESETS if name != SHOWS_MOST]
    recalculated([path for path in sorted(wrong.iterdir()) if path not in by_other], right)
    by_formualizer(by_other, right)
    return Books(exported, wrong, right, count, counts)


def greatest(path):
    return max(abs(value) for value in cells(path).values() if isinstance(value, int | float) and abs(value) < 1e290)


@pytest.mark.parametrize("name", [*SITES, "gap", "need"])
def test_every_formula_gives_the_programs_number_from_wrong_values(name, books):
    source = books.exported / f"{name}.xlsx"
    places = formulas(source)
    assert books.planted[name] == books.written[name] == len(places)
    assert len(places) >= (2000 if name in SITES else 60)
    wrong = cells(books.wrong / source.name)
    assert all(wrong[place] == SENTINEL for place in places)
    found = cells(books.right / source.name)
    assert SENTINEL not in found.values()
    assert [place for place, value in found.items() if isinstance(value, str) and value.startswith(("#", "Err:"))] == []
    assert apart(found, cells(source), places, ROUNDING * greatest(source) / 1e-9) == []
    assert found["Checks", "A2"] == ALL_PASS


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_recalculated_book_is_the_answer(name, books):
    path = books.right / f"{name}.xlsx"
    answer = site(EXAMPLES[name])
    results, model = rows(path, "Results"), rows(path, "Model")
    for value in ("debt", "uses", "min_dscr", "avg_dscr", "llcr", "plcr", "equity_npv", "moic", "min_dscr_period"):
        assert close(results[value][0], answer.values[value]), value
    lines = run_case(EXAMPLES[name]).run.lines
    for line in ("cfads", "dscr", "debt_service", "distribution", "uses_of_funds", "net_cash_to_equity"):
        shown = [cell for cell in model[line][1:] if cell is not None]
        assert len(shown) == len(lines[line]) > 40
        for place, (cell, number) in enumerate(zip(shown, lines[line], strict=True)):
            assert close(cell, number, 1e4 if line != "dscr" else 0.0), (line, place)


@pytest.mark.parametrize(("question", "ask"), [("gap", gap), ("need", need)])
def test_results_of_a_year_are_the_answer(question, ask, books):
    answer = ask()
    found = rows(books.right / f"{question}.xlsx", "Results")
    assert len(found) >= 6
    for name, (value, *_) in found.items():
        assert close(value, answer.values[name]), name


@pytest.mark.parametrize(("name", "change"), AS_SHOCKS)
def test_a_change_in_the_book_is_the_shock_of_the_program(name, change, books, tmp_path):
    path, shocked = books.right / f"{name}, {change}.xlsx", tmp_path / "shocked.xlsx"
    case = run_case(SITES[name], (), tuple(shocks_of(name, change)))
    write_book(book_of(case), shocked)
    scale = ROUNDING * greatest(shocked) / 1e-9
    found, wanted = cells(path), cells(shocked)
    places = [place for place in formulas(shocked) if place[0] in SHOWN and place[1] != "A2"]
    places = [place for place in places if place[0] != "Results" or place[1].startswith("D")]
    assert len(places) > 4000
    assert apart(found, wanted, places, scale) == []
    least = case.results.values["min_dscr"]
    assert close(rows(path, "Results")["min_dscr"][0], "none" if least is None else least)
    verdicts = {check: row[2] for check, row in rows(path, "Checks").items()}
    red = {check for check, verdict in verdicts.items() if verdict != "ok"}
    if change.endswith("stays"):
        assert red == set() and found["Checks", "A2"] == ALL_PASS
    else:
        assert red == {"check.as_sized"} and "export again" in verdicts["check.as_sized"]
        assert found["Model", "A2"] == f"1 of {len(verdicts)} checks fail: see Checks"
    assert {check: row[2] for check, row in rows(shocked, "Checks").items()}["check.as_sized"] == verdicts[
        "check.as_sized"
    ]


def shocks_of(name, change):
    """The change as shocks of the case file; an entry of a series with a reason beside it is shocked as the series."""
    inputs = read_site_case(SITES[name]).inputs
    for key, value in CHANGES[change].items():
        series, _, place = key.rpartition(".")
        if key not in inputs and series in inputs:
            entries = list(inputs[series].numbers)
            entries[int(place) - 1] = value
            yield f"{series}={entries}"
        else:
            yield f"{key}={value}"


def test_one_changed_pue_gives_the_least_cover_of_the_shock(books):
    shocked = site(EXAMPLES[FIRST], shocks=["site.pue=1.33"]).values["min_dscr"]
    assert shocked != pytest.approx(site(EXAMPLES[FIRST]).values["min_dscr"], rel=1e-6)
    assert close(rows(books.right / f"{FIRST}, pue.xlsx", "Results")["min_dscr"][0], shocked)


def test_a_change_that_the_book_cannot_follow_says_so(books):
    told = rows(books.exported / f"{FIRST}.xlsx", "Inputs")
    assert told["loans.senior.tenor"][2] == "export again" and told["site.pue"][2].startswith("live")
    path = books.right / f"{FIRST}, tenor.xlsx"
    checks = rows(path, "Checks")
    assert checks["check.inputs_followed"][0] == 1 and "export again" in checks["check.inputs_followed"][2]
    assert "fail" in cells(path)["Results", "A2"]


def test_a_changed_cost_moves_the_uses_and_turns_the_check_red(books):
    verdicts = {check: row[2] for check, row in rows(books.right / f"{FIRST}, cost.xlsx", "Checks").items()}
    assert "export again" in verdicts["check.as_sized"]
    assert verdicts["check.sources_equal_uses"] == verdicts["check.balance_sheet"] == "ok"


def test_a_default_runs_on_as_a_ghost_in_the_book(books):
    answer = site(EXAMPLES[FIRST], shocks=DEFAULT)
    assert answer.values["outcome"] == "payment"
    source, path = books.exported / "default.xlsx", books.right / "default.xlsx"
    found = cells(path)
    assert apart(found, cells(source), formulas(source), ROUNDING * greatest(source) / 1e-9) == []
    results = rows(path, "Results")
    assert results["outcome_period"][0] == answer.values["outcome_period"]
    assert close(results["lgd"][0], answer.values["lgd"]) and results["llcr"][0] == "none"
    alive = [cell for cell in rows(path, "Model")["alive"][1:] if cell is not None]
    assert alive[0] == 1 and alive[-1] == 0
