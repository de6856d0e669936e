"""Workbooks of others: what their cells say, and what is refused."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from overbuild.errors import InputError
from overbuild.foreign.watch import WATCH
from overbuild.foreign.workbook.read import Workbook
from overbuild.surfaces.progress import told_on_terminal
from tests.foreign.mutations import mutated, outcome_of, small_workbook

SHEET = "xl/worksheets/sheet1.xml"


def changed(path: Path, to: Path, part: str, text: str, instead: str) -> Path:
    """A copy of a workbook with one text of one part changed, or a part added where `text` is empty."""
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name).decode()
            assert name != part or text in data
            after.writestr(name, data.replace(text, instead) if name == part and text else data)
        if not text:
            after.writestr(part, instead)
    return to


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_workbook(tmp_path / "small.xlsx")


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        outcome_of_or_raise(path)
    assert caught.value.file == str(path)
    return caught.value.code


def outcome_of_or_raise(path: Path) -> None:
    with Workbook(path) as opened:
        for sheet in opened.sheets:
            opened.cells(sheet.name)


def test_cells_come_with_address_type_and_day(book: Path) -> None:
    with Workbook(book) as opened:
        assert [(one.name, one.hidden) for one in opened.sheets] == [("Figures", False), ("Back", True)]
        cells = opened.cells("figures")
        assert {at: (cell.kind, cell.value, cell.formula) for at, cell in cells.items() if at[1:] == "2"} == {
            "A2": ("text", "Ärger & Söhne", False),
            "B2": ("date", datetime.date(2024, 12, 31), False),
            "C2": ("number", 1234.5, False),
            "D2": ("boolean", True, False),
            "E2": ("number", 2469, True),
            "F2": ("error", "#DIV/0!", True),
        }
        assert [one.address for one in opened.merged("Figures")] == ["A4:C4"]
        assert opened.cells("Back")["A1"].value == "two runs"
        assert opened.sheet().name == "Figures"


def test_it_agrees_with_another_reader_on_every_cell(book: Path) -> None:
    theirs = openpyxl.load_workbook(book, data_only=True)
    with Workbook(book) as opened:
        for place in opened.sheets:
            ours = {at: cell.value for at, cell in opened.cells(place.name).items()}
            read = {cell.coordinate: cell.value for row in theirs[place.name].iter_rows() for cell in row}
            expected = {at: value for at, value in read.items() if value is not None}
            days = {at: value.date() for at, value in expected.items() if isinstance(value, datetime.datetime)}
            assert ours == expected | days


def test_a_formula_without_a_value_is_said_and_not_guessed(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "=1+1"
    made.save(tmp_path / "made.xlsx")
    with Workbook(tmp_path / "made.xlsx") as opened:
        cell = opened.cells()["A1"]
    assert (cell.kind, cell.value, cell.formula) == ("uncalculated", None, True)


def test_macros_links_entities_and_old_files_are_refused(book: Path, tmp_path: Path) -> None:
    to = tmp_path / "changed.xlsx"
    assert refused(changed(book, to, "xl/vbaProject.bin", "", "x")) == "refused"
    assert refused(changed(book, to, "xl/externalLinks/externalLink1.xml", "", "<x/>")) == "refused"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    assert refused(changed(book, to, SHEET, "<worksheet", bomb)) == "refused"
    to.write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 600)
    assert refused(to) == "refused"
    with pytest.raises(InputError, match="no such file"):
        Workbook(tmp_path / "none.xlsx")
    with Workbook(book) as opened, pytest.raises(InputError, match="Did you mean Figures"):
        opened.sheet("Figure")


def test_what_would_fill_the_memory_is_refused_or_streamed(book: Path, tmp_path: Path) -> None:
    to = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(520):
            part.write(bytes(2**20))
    assert refused(to) == "too_large"
    long_name = f'<worksheet note="{"x" * 3_000_000}"'
    assert refused(changed(book, to, SHEET, "<worksheet", long_name)) == "unreadable"


def test_two_far_cells_cost_two_cells(tmp_path: Path) -> None:
    import xlsxwriter

    made = xlsxwriter.Workbook(tmp_path / "far.xlsx")
    sheet = made.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1_048_575, 16_383, 2)
    made.close()
    with Workbook(tmp_path / "far.xlsx") as opened:
        assert list(opened.cells()) == ["A1", "XFD1048576"]


def test_a_thousand_broken_workbooks_raise_our_errors_alone(tmp_path: Path) -> None:
    chance, outcomes = random.Random(22), set[str]()
    data = small_workbook(tmp_path / "sound.xlsx").read_bytes()
    path = tmp_path / "broken.xlsx"
    for _ in range(1_000):
        path.write_bytes(mutated(data, chance))
        outcomes.add(outcome_of(path))
    assert {"read", "unreadable"} <= outcomes <= {"read", "unreadable", "too_large", "refused"}


def test_whoever_watches_is_told_how_much_was_read_and_that_it_ended(book: Path) -> None:
    told: list[tuple[int, int]] = []
    before = WATCH.set(lambda done, whole: told.append((done, whole)))
    try:
        with Workbook(book) as opened:
            next(iter(opened.rows("Figures")))
    finally:
        WATCH.reset(before)
    assert all(done <= whole for done, whole in told)
    assert told[0][0] < told[0][1] and told[-1][0] == told[-1][1] > 500


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_workbook_that_takes_long_has_a_line_on_a_terminal_which_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, clock = Terminal(), iter((0.0, 0.5, 1.2, 1.4, 2.5))
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    tell = told_on_terminal()
    assert tell is not None
    for done in (10, 20, 30, 40, 100):
        tell(done, 100)
    assert terminal.getvalue() == "\r\x1b[Kreading: 30%, about 3 s left\r\x1b[K"
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert told_on_terminal() is None
