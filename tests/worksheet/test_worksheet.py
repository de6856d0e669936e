"""A case stands in a worksheet as in YAML: nothing is lost, and every fault has its cell."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from overbuild import ask
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.errors import CaseError, InputErrors, OverbuildError
from overbuild.world.case_record import case_of, read_case
from overbuild.world.presets import SITES, presets
from overbuild.world.tree import read_case_file, read_tree
from overbuild.world.worksheet.read import read_worksheet
from overbuild.world.worksheet.yaml_text import yaml_text
from tests.surfaces.test_cli import run
from tests.worksheet.books import cell_of, changed, plain, written

KINDS = {"site": SITES, **{name: one.kind.presets for name, one in EXPLAINED.items()}}
EVERY = [(kind, folder, preset) for kind, folder in KINDS.items() for preset in presets(folder)]


@pytest.mark.parametrize(("kind", "folder", "preset"), EVERY)
def test_a_preset_survives_the_trip_to_a_worksheet_and_back_to_yaml(
    tmp_path: Path, kind: str, folder: str, preset: str
) -> None:
    tree = read_case_file(Path(f"preset:{preset}"), folder)
    back = read_worksheet(written(tmp_path, preset, kind)).tree
    assert plain(back) == plain(tree)
    if kind != "site":
        case_of(back, EXPLAINED[kind].kind)
    assert plain(read_tree(yaml_text(back), "back.yaml")) == plain(tree)


def test_every_kind_of_case_with_presets_is_asked_about() -> None:
    assert len(EVERY) == sum(len(presets(folder)) for folder in set(KINDS.values())) >= 11


def test_the_answer_of_a_worksheet_is_that_of_its_preset(tmp_path: Path) -> None:
    assert ask.fleet(written(tmp_path, "h100", "fleet")).values == ask.fleet("preset:h100").values


def _faults(file: Path, kind: str = "site") -> dict[str, str]:
    """The faults of a worksheet: code by cell."""
    with pytest.raises(OverbuildError) as caught:
        ask.site(file) if kind == "site" else read_case(file, EXPLAINED[kind].kind)
    error = caught.value
    found = error.errors if isinstance(error, InputErrors) else (error,)
    return {one.place.rpartition(":")[2]: one.code for one in found}


def test_seven_planted_mistakes_are_seven_located_faults_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, "leased-shell")
    at = {
        "unit": cell_of(file, "phases[site].it_mw", "unit"),
        "percent": cell_of(file, "tax.rate"),
        "empty": cell_of(file, "owners.hurdle_per_year"),
        "text": cell_of(file, "enforcement.lag_years"),
        "list": cell_of(file, "components[it].spend", "6"),
        "negative": cell_of(file, "horizon.decommissioning"),
    }
    bad = {"unit": "kW", "percent": 35, "empty": None, "text": "a year", "list": None, "negative": -1e6}
    file = changed(file, {at[name]: value for name, value in bad.items()}, without="loans[gpu].maturity")
    named = {name: "!".join(where) for name, where in at.items()}
    found = _faults(file)
    row_of_loan = next(cell for cell, code in found.items() if cell not in named.values())
    assert found == {
        named["unit"]: "bad_unit",
        named["percent"]: "share_out_of_range",
        named["empty"]: "missing",
        named["text"]: "bad_value",
        named["list"]: "missing",
        named["negative"]: "negative",
        row_of_loan: "missing",
    }
    assert len(found) == 7
    assert row_of_loan == "!".join(cell_of(file, "loans[gpu].name", "path"))


@pytest.mark.parametrize(
    ("path", "head", "value", "code"),
    [
        ("owners.walk_away", "value", "maybe", "bad_value"),
        ("funding.rule", "value", 3, "bad_value"),
        ("funding.rule", "value", "never", "unknown_name"),
        ("tax.rate", "path", "tax.raet", "unknown_name"),
        ("tax.rate", "path", "tax..rate", "unknown_name"),
        ("tax.rate", "path", "tax.bonus_share", "duplicate"),
        ("lease.fair_value", "derived from", "a line without its sign", "syntax"),
        ("components[it].spend", "entries", "six", "bad_value"),
        ("components[it].spend", "8", 0.1, "bad_value"),
        ("tax.rate", "value", "#DIV/0!", "bad_value"),
        ("tax.rate", "value", "=1/5", "refused"),
    ],
)
def test_a_mistake_is_told_with_its_cell(tmp_path: Path, path: str, head: str, value: object, code: str) -> None:
    file = written(tmp_path, "leased-shell")
    found = _faults(changed(file, {cell_of(file, path, head): value}))
    assert code in found.values()
    assert all("!" in cell for cell in found)


OF_KINDS = {
    "fleet": ("h100", "unit.kw unit.utilisation unit.pue unit.hall_rent unit.maintenance market.rent"),
    "agents": (
        "support-desk",
        "agent.price_in agent.hard_share agent.price_out agent.tool_cost agent.tokens_in review.right_accepted",
    ),
    "stack": (
        "ai-stack-2026",
        "layers[energy].own_cost layers[cloud].pass_through layers[app].own_cost layers[chips].own_cost "
        "layers[model].own_cost layers[app].pass_through",
    ),
}


@pytest.mark.parametrize("kind", OF_KINDS)
def test_a_number_out_of_bounds_is_told_beside_inputs_that_cannot_be_read(tmp_path: Path, kind: str) -> None:
    preset, paths = OF_KINDS[kind]
    unit, percent, empty, text, negative, deleted = paths.split()
    file = written(tmp_path, preset, kind)
    bad = {percent: 35, empty: None, text: "viel", negative: -5}
    cells = {path: cell_of(file, path) for path in bad} | {unit: cell_of(file, unit, "unit")}
    file = changed(file, {cells[path]: value for path, value in {**bad, unit: "furlong"}.items()}, without=deleted)
    at, found = {path: "!".join(cell) for path, cell in cells.items()}, _faults(file, kind)
    assert (found[at[unit]], found[at[empty]], found[at[text]]) == ("bad_unit", "missing", "bad_value")
    assert {at[percent], at[negative]} < set(found)
    assert len(found) == len(at) + 1
    assert set(found.values()) <= {"bad_unit", "missing", "bad_value", "share_out_of_range"}


@pytest.mark.parametrize(("kind", "other"), [("fleet", "h100"), ("stack", "ai-stack-2026"), ("tariff", "aep-ohio")])
def test_a_case_of_another_kind_is_one_fault_that_says_so(tmp_path: Path, kind: str, other: str) -> None:
    assert list(_faults(written(tmp_path, other, kind)).values()) == ["refused"]
    own = written(tmp_path, "leased-shell")
    assert list(_faults(own, kind).values()) == ["refused"]
    assert run("check", str(tmp_path / f"{other}.xlsx")).returncode == 0


@pytest.mark.parametrize(
    "asked",
    [
        "new site my.xls",
        "new fleet my.csv",
        "new fleet my.XLSM",
        "facts template facts my.xls",
        "facts template claims my.pdf",
    ],
)
def test_nothing_is_written_under_the_ending_of_another_program(tmp_path: Path, asked: str) -> None:
    found = run(*asked.split(), cwd=tmp_path)
    assert (found.returncode, list(tmp_path.iterdir())) == (2, [])
    assert ".xlsx" in found.stderr


def test_what_is_to_be_typed_next_runs_for_a_file_with_a_blank_in_its_name(tmp_path: Path) -> None:
    for kind in ("agents", "site"):
        told = run("new", kind, f"my {kind}.xlsx", cwd=tmp_path).stdout
        following = [
            line.strip() for line in told.partition("Next\n")[2].splitlines() if line.startswith("  overbuild")
        ]
        assert len(following) >= 2
        for one in following:
            assert run(*shlex.split(one)[1:], cwd=tmp_path).returncode == 0, one


def test_a_site_is_exported_by_its_kind_as_a_portfolio_advises(tmp_path: Path) -> None:
    advised = run("export", "portfolio", "preset:three-loans", "--xlsx", "book.xlsx", cwd=tmp_path)
    assert advised.returncode == 2 and "overbuild export site FILE" in advised.stderr
    assert run("export", "site", "preset:single-loan-80-20", "--xlsx", "b.xlsx", cwd=tmp_path).returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["b.xlsx"]


def test_a_fault_of_a_worksheet_names_its_cell_to_programs_too(tmp_path: Path) -> None:
    file = written(tmp_path, "h100", "fleet")
    cell = cell_of(file, "unit.pue")
    result = run("fleet", str(changed(file, {cell: 118})), "--json")
    assert result.returncode == 2
    assert json.loads(result.stderr)["errors"][0]["cell"] == "!".join(cell)


def test_what_is_no_worksheet_is_refused_with_the_way_to_one(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(CaseError, match="writes a worksheet to fill in"):
        read_worksheet(other)
    (tmp_path / "text.xlsx").write_text("site: {}", "utf-8")
    with pytest.raises(CaseError):
        read_worksheet(tmp_path / "text.xlsx")
    with pytest.raises(CaseError) as caught:
        ask.check(tmp_path / "none.xlsx")
    assert caught.value.code == "missing"


def test_new_writes_a_worksheet_of_a_kind_and_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    assert run("new", "fleet", str(file), "--preset", "gb300").returncode == 0
    assert read_worksheet(file).tree.block["name"].value == "mine"  # pyright: ignore[reportOptionalSubscript] - a case has a name
    assert run("new", "fleet", str(file)).returncode == 2
    assert run("check", str(file)).returncode == 0


def test_an_exported_workbook_is_read_back_and_its_changes_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    assert run("export", "fleet", "preset:h100", "--xlsx", str(file)).returncode == 0
    assert read_worksheet(file).changed == ()
    assert ask.fleet(file).values == ask.fleet("preset:h100").values
    book: Any = openpyxl.load_workbook(file)
    page = book["Inputs"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=5)}
    rows["unit.pue"][3].value, rows["lives.life_4.years"][3].value = 1.3, 4.5
    book.save(file)
    found = {(one.path, one.was, one.now) for one in read_worksheet(file).changed}
    assert found == {("unit.pue", 1.18, 1.3), ("lives.life_4.years", 4, 4.5)}
    same = ask.fleet("preset:h100", sets=["unit.pue=1.3", "lives.life_4.years=4.5"])
    assert ask.fleet(file).values == same.values
    assert len(ask.check(file).table("changed_inputs").rows) == 2


def test_a_unit_that_was_changed_in_an_exported_workbook_is_refused_at_its_cell(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    assert run("export", "fleet", "preset:h100", "--xlsx", str(file)).returncode == 0
    book: Any = openpyxl.load_workbook(file)
    page = book["Inputs"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=5)}
    price, default = rows["cost"], rows["unit.kw"]
    price[2].value, price[3].value, default[2].value = "kUSD", 30, "W per GPU"
    book.save(file)
    with pytest.raises(InputErrors) as caught:
        ask.fleet(file)
    found = {one.place.rpartition(":")[2]: one.code for one in caught.value.errors}
    assert found == {f"Inputs!{price[2].coordinate}": "bad_unit", f"Inputs!{default[2].coordinate}": "bad_unit"}
    assert "put the unit back, and the value in it" in str(caught.value)


def test_a_row_that_was_deleted_is_told_with_what_is_taken_instead(tmp_path: Path) -> None:
    file = changed(written(tmp_path, "leased-shell"), {}, without="tax.rate")
    (one,) = read_worksheet(file).changed
    assert (one.path, one.deleted) == ("tax.rate", True)
    answer = ask.check(file)
    assert answer.table("changed_inputs").rows[0]["now"] == "0.0"
    assert any("tax.rate was 0.21, 0.0 is taken" in note for note in answer.notes)
    result = run("site", str(file))
    assert result.returncode == 0 and "rows deleted: tax.rate" in result.stderr


def test_a_row_deleted_from_an_exported_workbook_keeps_what_was_exported_and_is_told(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    assert run("export", "fleet", "preset:h100", "--xlsx", str(file)).returncode == 0
    book: Any = openpyxl.load_workbook(file)
    page = book["Inputs"]
    page.delete_rows(next(row[0].row for row in page.iter_rows(min_row=5) if row[0].value == "unit.pue"))
    book.save(file)
    (one,) = read_worksheet(file).changed
    assert (one.path, one.was, one.deleted) == ("unit.pue", "1.18", True)
    assert "unit.pue was 1.18, 1.18 is taken" in ask.check(file).notes[0]


def test_a_book_of_a_shock_says_that_it_cannot_be_read_back(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    result = run("export", "preset:leased-shell", "--shock", "power.price.value=90", "--xlsx", str(file))
    assert result.returncode == 0 and "it cannot be read back as a case" in result.stdout
    with pytest.raises(CaseError, match="exported without its case"):
        ask.check(file)


def test_a_constant_that_was_changed_in_an_exported_workbook_is_told_to_be_none_of_the_case(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    assert run("export", "fleet", "preset:h100", "--xlsx", str(file)).returncode == 0
    book: Any = openpyxl.load_workbook(file)
    row = next(row for row in book["Inputs"].iter_rows(min_row=5) if row[0].value == "constant.hours_per_year")
    row[3].value = 8784
    book.save(file)
    with pytest.raises(CaseError, match="put it back") as caught:
        ask.fleet(file)
    assert caught.value.place.endswith(f"Inputs!{row[3].coordinate}")
