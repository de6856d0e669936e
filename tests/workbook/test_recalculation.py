"""Engine and workbook are one: LibreOffice recalculates every book from wrong values and finds the program's numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.questions.export import gap_book, need_book, site_book
from overbuild.questions.gap import gap
from overbuild.questions.need import need
from overbuild.questions.site import site
from overbuild.surfaces.workbook import write_book
from overbuild.surfaces.workbook.sheet import ALL_PASS
from overbuild.world.presets import PREFIX, site_presets
from tests.workbook.recalculation import (
    SENTINEL,
    cells,
    close,
    edited,
    formulas,
    needs_libreoffice,
    planted,
    recalculated,
    rows,
)

ROOT = Path(__file__).parents[2]
EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").glob("*.yaml"))}
PRESETS = {name: Path(f"{PREFIX}{name}") for name in sorted(site_presets())}
SITES = EXAMPLES | PRESETS
ROUNDING = 1e-14
"""What doubles lose in differences of amounts, as a share of the greatest amount."""


def book_of(name, shocks=()):
    if name in ("gap", "need"):
        return gap_book() if name == "gap" else need_book()
    return site_book(SITES[name], shocks=shocks)


def exported(name, folder, shocks=()):
    path = folder / f"{name}.xlsx"
    return path, write_book(book_of(name, shocks), path)


def greatest(path):
    return max(abs(value) for value in cells(path).values() if isinstance(value, int | float) and abs(value) < 1e290)


def compared(found, wanted, places, scale):
    """The cells of `places` that are apart."""
    return [
        (place, found.get(place), wanted.get(place))
        for place in places
        if not close(found.get(place), wanted.get(place), scale)
    ]


@pytest.mark.parametrize("name", [*SITES, "gap", "need"])
def test_every_formula_gives_the_programs_number_from_wrong_values(name, tmp_path):
    needs_libreoffice()
    source, count = exported(name, tmp_path)
    folder = tmp_path / "wrong"
    folder.mkdir()
    assert planted(source, folder / source.name) == count == len(formulas(source))
    assert count >= (2000 if name in SITES else 60)
    wrong = cells(folder / source.name)
    assert all(wrong[place] == SENTINEL for place in formulas(source))
    found = cells(recalculated(folder / source.name, folder))
    assert SENTINEL not in found.values()
    assert [place for place, value in found.items() if isinstance(value, str) and value.startswith(("#", "Err:"))] == []
    assert compared(found, cells(source), formulas(source), ROUNDING * greatest(source) / 1e-9) == []
    assert found["Checks", "A2"] == ALL_PASS


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_recalculated_book_is_the_answer(name, tmp_path):
    needs_libreoffice()
    source, _ = exported(name, tmp_path)
    planted(source, tmp_path / "wrong.xlsx")
    path = recalculated(tmp_path / "wrong.xlsx", tmp_path)
    answer = site(EXAMPLES[name])
    results, model = rows(path, "Results"), rows(path, "Model")
    for value in ("debt", "uses", "min_dscr", "avg_dscr", "llcr", "plcr", "equity_npv", "moic", "min_dscr_period"):
        assert close(results[value][0], answer.values[value]), value
    periods = answer.table("periods").rows
    assert len(periods) == 44 or len(periods) == 40
    for line in ("cfads", "dscr", "debt_service", "distribution"):
        shown = [cell for cell in model[line][1:] if cell is not None]
        assert len(shown) == len(periods)
        for cell, period in zip(shown, periods, strict=True):
            assert close(cell, period[line], 1e4 if line != "dscr" else 0.0), (line, period["period"])


@pytest.mark.parametrize(("question", "ask"), [("gap", gap), ("need", need)])
def test_results_of_a_year_are_the_answer(question, ask, tmp_path):
    needs_libreoffice()
    source, _ = exported(question, tmp_path)
    planted(source, tmp_path / "wrong.xlsx")
    answer = ask()
    found = rows(recalculated(tmp_path / "wrong.xlsx", tmp_path), "Results")
    assert len(found) >= 6
    for name, (value, *_) in found.items():
        assert close(value, answer.values[name]), name


SCHEDULE_STAYS = {"owners.hurdle_per_year": 0.08, "waterfall.lockup_dscr": 1.4, "enforcement.cost_share": 0.2}
SCHEDULE_MOVES = {"site.pue": 1.33, "offtake.price_per_gpu_hour": 3.0, "power.price_per_mwh": 110.0}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("changes", [SCHEDULE_STAYS, SCHEDULE_MOVES], ids=["schedule stays", "schedule moves"])
def test_a_change_in_the_book_is_the_shock_of_the_program(name, changes, tmp_path):
    needs_libreoffice()
    source, _ = exported(name, tmp_path)
    edited(source, tmp_path / "edited.xlsx", changes)
    path = recalculated(tmp_path / "edited.xlsx", tmp_path)
    shocks = [f"{key}={value}" for key, value in changes.items()]
    (tmp_path / "shocked").mkdir()
    shocked, _ = exported(name, tmp_path / "shocked", shocks)
    scale = ROUNDING * greatest(shocked) / 1e-9
    found, wanted = cells(path), cells(shocked)
    places = [place for place in formulas(shocked) if place[0] in ("Time", "Model", "Results") and place[1] != "A2"]
    places = [place for place in places if place[0] != "Results" or place[1].startswith("D")]
    assert len(places) > 4000
    assert compared(found, wanted, places, scale) == []
    assert close(rows(path, "Results")["min_dscr"][0], site(EXAMPLES[name], shocks=shocks).values["min_dscr"])
    verdicts = {check: row[2] for check, row in rows(path, "Checks").items()}
    red = {check for check, verdict in verdicts.items() if verdict != "ok"}
    if changes is SCHEDULE_STAYS:
        assert red == set() and found["Checks", "A2"] == ALL_PASS
    else:
        assert red == {"check.senior.cover_gap"} and "export again" in verdicts["check.senior.cover_gap"]
        assert found["Model", "A2"] == f"1 of {len(verdicts)} checks fail: see Checks"


def test_one_changed_pue_gives_the_least_cover_of_the_shock(tmp_path):
    needs_libreoffice()
    name = next(iter(EXAMPLES))
    source, _ = exported(name, tmp_path)
    edited(source, tmp_path / "edited.xlsx", {"site.pue": 1.33})
    path = recalculated(tmp_path / "edited.xlsx", tmp_path)
    shocked = site(EXAMPLES[name], shocks=["site.pue=1.33"]).values["min_dscr"]
    assert shocked != pytest.approx(site(EXAMPLES[name]).values["min_dscr"], rel=1e-6)
    assert close(rows(path, "Results")["min_dscr"][0], shocked)


def test_a_change_that_the_book_cannot_follow_says_so(tmp_path):
    needs_libreoffice()
    name = next(iter(EXAMPLES))
    source, _ = exported(name, tmp_path)
    told = rows(source, "Inputs")
    assert told["loans.senior.tenor"][2] == "export again" and told["site.pue"][2].startswith("live")
    edited(source, tmp_path / "edited.xlsx", {"loans.senior.tenor": 16})
    path = recalculated(tmp_path / "edited.xlsx", tmp_path)
    checks = rows(path, "Checks")
    assert checks["check.inputs_followed"][0] == 1 and "export again" in checks["check.inputs_followed"][2]
    assert "fail" in cells(path)["Results", "A2"]


def test_a_changed_cost_moves_the_uses_and_turns_the_check_red(tmp_path):
    needs_libreoffice()
    name = next(iter(EXAMPLES))
    source, _ = exported(name, tmp_path)
    edited(source, tmp_path / "edited.xlsx", {"components.power.cost": 1e9})
    verdicts = {
        check: row[2] for check, row in rows(recalculated(tmp_path / "edited.xlsx", tmp_path), "Checks").items()
    }
    assert "export again" in verdicts["check.uses_as_sized"]
    assert verdicts["check.sources_equal_uses"] == verdicts["check.balance_sheet"] == "ok"


def test_a_default_runs_on_as_a_ghost_in_the_book(tmp_path):
    needs_libreoffice()
    name, shocks = next(iter(EXAMPLES)), ("offtake.price_per_gpu_hour=1.6", "market.price_per_gpu_hour=1.2")
    answer = site(EXAMPLES[name], shocks=shocks)
    assert answer.values["default_period"] is not None
    source, _ = exported(name, tmp_path, shocks)
    planted(source, tmp_path / "wrong.xlsx")
    path = recalculated(tmp_path / "wrong.xlsx", tmp_path)
    found = cells(path)
    assert compared(found, cells(source), formulas(source), ROUNDING * greatest(source) / 1e-9) == []
    results = rows(path, "Results")
    assert results["default_period"][0] == answer.values["default_period"]
    assert close(results["lgd"][0], answer.values["lgd"]) and results["llcr"][0] == "none"
    alive = [cell for cell in rows(path, "Model")["alive"][1:] if cell is not None]
    assert alive[0] == 1 and alive[-1] == 0
