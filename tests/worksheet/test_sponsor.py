"""A sponsor's own model: what its labels say is taken with its cell, the rest is listed, and both are tied out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from overbuild.answer import Answer
from overbuild.audit.sheet.case_sheet import case_sheet
from overbuild.audit.sponsor.draft import TIED, tied_out
from overbuild.audit.sponsor.recognise import Recognised, TakenRow
from overbuild.audit.sponsor.words import ROW, known_words, multiple_of
from overbuild.errors import CaseError, OverbuildError
from overbuild.questions.sponsor import from_model
from overbuild.site.case_run import run_case
from overbuild.world.tree import read_case_file
from overbuild.world.worksheet.grow import steps_of
from tests.surfaces.test_cli import run
from tests.worksheet.sponsor_model import sponsor_model

CASH = {2028: 300e6, 2029: 600e6, 2030: 590e6}
SERVICE = {2028: 200e6, 2029: 470e6, 2030: 470e6}


def _drafted(tmp_path: Path, **asked: Any) -> Answer:
    return from_model(sponsor_model(tmp_path / "falcon.xlsx", CASH, SERVICE), tmp_path / "falcon.yaml", **asked)


def test_what_the_labels_say_is_taken_in_the_units_of_the_case(tmp_path: Path) -> None:
    taken = {str(row["input"]): (row["value"], row["cell"]) for row in _drafted(tmp_path).table("taken").rows}
    assert taken == {
        "site.it_mw": ("80", "Key Assumptions!E4"),
        "site.pue": ("1.25", "Key Assumptions!E5"),
        "power.price_per_mwh": ("62", "Key Assumptions!E6"),
        "offtake.price_per_gpu_hour": ("3.5", "Key Assumptions!E7"),
        "offtake.tenor": ("20", "Key Assumptions!E8"),
        "components.it.cost": ("2000000000", "Key Assumptions!E9"),
        "loans.senior.debt_share": ("0.7", "Key Assumptions!E10"),
        "loans.senior.rate_per_year": ("0.08", "Key Assumptions!E11"),
        "tax.rate": ("0.25", "Key Assumptions!E12"),
        "close": ("2026Q4", "Key Assumptions!E17"),
        "site.availability_share": ("0.97", "Key Assumptions!B20"),
    }


def test_what_is_not_taken_is_listed_with_its_cell_and_why(tmp_path: Path) -> None:
    left = {str(row["cell"]): str(row["why"]) for row in _drafted(tmp_path).table("left").rows}
    assert left == {
        "Key Assumptions!E13": "is in 'EUR m', which is no unit of USD that is known here",
        "Key Assumptions!E14": "is no word of the list",
        "Key Assumptions!E15": "is no word of the list",
        "Key Assumptions!E16": "is no whole number of periods",
        "Cash Flow!D8": "is no word of the list",
        "Cash Flow!D9": "is no word of the list",
        "Lender case!B1": "stands on a hidden sheet",
    }


def _values(answer: Answer) -> dict[str, str]:
    return {str(row["input"]): str(row["value"]) for row in answer.table("taken").rows}


def test_a_map_is_saved_read_again_and_may_say_more(tmp_path: Path) -> None:
    first = _drafted(tmp_path, save_map=tmp_path / "map.yaml")
    text = (tmp_path / "map.yaml").read_text("utf-8")
    again = from_model(tmp_path / "falcon.xlsx", tmp_path / "again.yaml", chosen=tmp_path / "map.yaml")
    assert _values(again) == _values(first)
    assert again.table("tie_out").rows == first.table("tie_out").rows
    more = '  - {input: funding.contingency, cell: "Key Assumptions!E13", times: 1.1e+6}\nrows:'
    (tmp_path / "more.yaml").write_text(text.replace("rows:", more), "utf-8")
    found = from_model(tmp_path / "falcon.xlsx", tmp_path / "more-case.yaml", chosen=tmp_path / "more.yaml")
    assert _values(found)["funding.contingency"] == "44000000"
    assert "Key Assumptions!E13" not in {row["cell"] for row in found.table("left").rows}


def test_a_model_with_the_cash_of_the_case_ties_out_and_another_does_not(tmp_path: Path) -> None:
    _drafted(tmp_path)
    case = run_case(tmp_path / "falcon.yaml")
    own = {row: {one.year: one.case or 0.0 for one in tied_out(_rows(row), case)} for row in TIED}
    (tmp_path / "twin").mkdir()
    twin = sponsor_model(tmp_path / "twin" / "falcon.xlsx", own["cfads"], own["debt_service"])
    answer = from_model(twin, tmp_path / "twin" / "falcon.yaml")
    assert answer.values["tie_out.cfads"] == pytest.approx(0.0, abs=1.0)
    assert answer.values["tie_out.debt_service"] == pytest.approx(0.0, abs=1.0)
    own["cfads"][2029] += 10e6
    off = sponsor_model(tmp_path / "twin" / "off.xlsx", own["cfads"], own["debt_service"])
    assert from_model(off, tmp_path / "twin" / "off.yaml").values["tie_out.cfads"] == pytest.approx(10e6, abs=1.0)


def _rows(row: str) -> Recognised:
    return Recognised((), (TakenRow(row, "A!A1", "A!A1", "", 1.0, {}),), ())


def test_every_word_of_the_list_names_an_input_of_the_preset_and_a_unit_it_has() -> None:
    sheet = case_sheet("site", read_case_file(Path("preset:single-loan-80-20")))
    units = {".".join(step.name for step in steps_of(one.row.path)): one.unit for one in sheet.inputs}
    for word, known in known_words().items():
        if known.unit == ROW:
            assert known.input in TIED
        elif known.input != "close":
            assert known.unit == units[known.input], word


def test_units_that_are_not_said_or_not_known_are_not_guessed() -> None:
    assert multiple_of("", "USD", 2000.0, 4) is None and multiple_of("", "periods", 5.0, 4) is None
    assert multiple_of("GBP m", "USD per year", 20.0, 4) is None
    assert multiple_of("months", "periods", 18.0, 4) == pytest.approx(1 / 3)
    assert multiple_of("US$ million", "USD", 2.0, 4) == 1e6


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("inputs: [{input: site.pue, cell: E5}]", "bad_value"),
        ('inputs: [{input: site.pue, cell: "Nowhere!E5"}]', "unknown_name"),
        ('inputs: [{input: site.pue, cell: "Key Assumptions!Z99"}]', "bad_value"),
        ('rows: [{row: cash, cells: "A!A1:B1", years: "A!A1:B1"}]', "unknown_name"),
        ('rows: [{row: cfads, cells: "Cash Flow!D5", years: "Cash Flow!D3:F3"}]', "bad_value"),
        ('rows: [{row: cfads, cells: "Cash Flow!A1:C1", years: "Cash Flow!A1:C1"}]', "bad_value"),
    ],
)
def test_a_map_that_names_no_cell_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    with pytest.raises(OverbuildError) as caught:
        _drafted(tmp_path, chosen=tmp_path / "map.yaml")
    assert caught.value.code == code
    assert not (tmp_path / "falcon.yaml").exists()


def test_a_workbook_without_a_known_label_writes_no_case(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(CaseError, match="name the cells in a map"):
        from_model(tmp_path / "empty.xlsx", tmp_path / "empty.yaml")
    assert not (tmp_path / "empty.yaml").exists()


def test_the_command_prints_the_tie_out_and_what_is_missing(tmp_path: Path) -> None:
    model = sponsor_model(tmp_path / "falcon.xlsx", CASH, SERVICE)
    found = run("new", "site", str(tmp_path / "falcon.yaml"), "--from-xlsx", str(model))
    assert found.returncode == 0, found.stderr
    assert "the case less the sponsor" in found.stdout and "131.4" in found.stdout
    assert "Lender case!B1" in found.stdout
    assert run("check", str(tmp_path / "falcon.yaml")).returncode == 0
    assert run("new", "site", str(tmp_path / "x.xlsx"), "--from-xlsx", str(model)).returncode == 2
    assert run("new", "site", str(tmp_path / "x.yaml"), "--save-map", str(tmp_path / "m.yaml")).returncode == 2
