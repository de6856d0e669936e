"""An empty table as a workbook: every column explained, cells that ask, and what is filled in read as from a text."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from overbuild.ecosystem.claims.case import add_claims
from overbuild.errors import FactError, OverbuildError
from overbuild.facts.entry.templates import ColumnTold, columns_of, columns_told
from overbuild.facts.fact import KINDS
from overbuild.facts.store import add_table
from overbuild.surfaces.worksheet.blank_table import write_blank_table
from overbuild.units import UNITS
from tests.surfaces.test_cli import run


def blank(folder: Path, table: str) -> Path:
    write_blank_table(table, folder / f"{table}.xlsx")
    return folder / f"{table}.xlsx"


def typed(one: ColumnTold) -> Any:
    """The example of a column as a person types it into a spreadsheet: a day is a day, a number a number."""
    try:
        return datetime.datetime.fromisoformat(one.example)
    except ValueError:
        return float(one.example) if one.example.replace(".", "").isdigit() else one.example


def filled(file: Path, table: str) -> None:
    book: Any = openpyxl.load_workbook(file)
    for column, one in enumerate(columns_of(table), start=1):
        if one.example:
            book.worksheets[0].cell(2, column).value = typed(one)
    book.save(file)


def test_a_table_of_facts_filled_in_as_a_workbook_is_that_filled_in_as_text(tmp_path: Path) -> None:
    filled(file := blank(tmp_path, "facts"), "facts")
    (tmp_path / "text").mkdir()
    columns = columns_of("facts")
    with (tmp_path / "text" / "mine.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([[one.name for one in columns], [one.example for one in columns]])
    from_book, from_text = add_table(file, tmp_path / "a"), add_table(tmp_path / "text" / "mine.csv", tmp_path / "b")
    plain = [one._replace(file="", line=0) for one in from_book.facts]
    assert plain == [one._replace(file="", line=0) for one in from_text.facts] and len(plain) == 1
    assert "Sheet Facts is read; Columns, Words are not." in from_book.converted


def test_a_list_of_claims_filled_in_as_a_workbook_is_read(tmp_path: Path) -> None:
    filled(file := blank(tmp_path, "claims"), "claims")
    (one,) = add_claims(file, tmp_path / "ws").checked
    assert (one.claim.id, one.verdict.verdict) == ("example_2026_600b", "closes")


@pytest.mark.parametrize("table", ["facts", "claims"])
def test_every_column_is_explained_and_asks_about_what_it_may_not_hold(tmp_path: Path, table: str) -> None:
    book: Any = openpyxl.load_workbook(blank(tmp_path, table))
    told = {row[0].value: row[2].value for row in book["Columns"].iter_rows(min_row=2)}
    assert told == {one.name: one.what for one in columns_told(table)}
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    assert heads == [one.name for one in columns_of(table)]
    rules = {heads[next(iter(rule.sqref.ranges)).min_col - 1]: rule for rule in page.data_validations.dataValidation}
    assert set(rules) == set(heads)
    assert all(rule.prompt for rule in rules.values())
    assert rules["known_at"].type == "date" and rules["source_class"].type == "list"
    words = book["Words"]
    listed = {
        column[0].value: tuple(cell.value for cell in column[1:] if cell.value)
        for column in words.iter_cols()
        if column[0].value
    }
    if table == "facts":
        assert rules["value"].type == "decimal"
        assert (listed["kind"], listed["unit"]) == (KINDS, tuple(UNITS))


def test_an_empty_one_has_no_rows_and_an_unknown_one_is_none(tmp_path: Path) -> None:
    with pytest.raises(FactError, match="no rows"):
        add_table(blank(tmp_path, "facts"), tmp_path / "ws")
    with pytest.raises(OverbuildError, match="Did you mean facts"):
        write_blank_table("fact", tmp_path / "mine.xlsx")


def test_the_command_writes_it_and_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    first = run("facts", "template", "facts", str(file))
    assert first.returncode == 0 and "an empty table of facts" in first.stdout
    assert run("facts", "template", "facts", str(file)).returncode == 2
    assert run("facts", "template", "claims", str(file), "--overwrite").returncode == 0
