"""What a reader prints of a workbook: few pages, of readable size, no name cut off, every number in a format."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl.utils import range_boundaries

from overbuild.audit.book.site.site_book import book_of
from overbuild.questions.export import gap_book, need_book
from overbuild.site.case_run import run_case
from overbuild.site.statements import FLOWS, calendar_years
from overbuild.surfaces.workbook import write_book
from overbuild.surfaces.workbook.addresses import SHEETS
from overbuild.surfaces.workbook.formats import DUST
from tests.workbook.printed_pages import printed, widths
from tests.workbook.recalculation import PROGRAM, formulas, opened

MOST_PAGES, LEAST_SCALE = 12, 0.55
SPARE_PAGES = 1
"""Pages that the sum of rows may count more than a program prints: it takes every row for as tall as it may be."""
EXAMPLE = Path(__file__).parents[2] / "examples" / "contracted-100mw.yaml"
CAMPUS = Path(__file__).parents[1] / "site" / "campus.yaml"
DEFAULT = ("offtake.price_per_gpu_hour=1.6", "market.price_per_gpu_hour=1.2")
CASES = {
    "powered-shell": (Path("preset:powered-shell"), ()),
    "neocloud": (Path("preset:neocloud-100mw-gb300"), ()),
    "stargate": (Path("preset:stargate-1gw"), ()),
    "campus": (CAMPUS, ()),
    "default": (EXAMPLE, DEFAULT),
}


@pytest.fixture(scope="module")
def runs():
    return {name: run_case(file, (), shocks) for name, (file, shocks) in CASES.items()}


@pytest.fixture(scope="module")
def books(runs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("print")
    made = {name: book_of(run) for name, run in runs.items()} | {"gap": gap_book(), "need": need_book()}
    for name, book in made.items():
        write_book(book, folder / f"{name}.xlsx", date(2026, 11, 25))
    return {name: folder / f"{name}.xlsx" for name in made}


@pytest.mark.parametrize("name", [*CASES, "gap", "need"])
def test_a_book_prints_on_few_pages_of_readable_size(name, books):
    told = {page.title: printed(page) for page in opened(books[name]).worksheets}
    assert sum(one.pages for one in told.values()) <= MOST_PAGES + SPARE_PAGES, told
    assert min(one.scale for one in told.values()) >= LEAST_SCALE, told
    nothing = {sheet for sheet, one in told.items() if one.pages == 0}
    assert nothing == ({"Time", "Model", "Sizing"} if name in CASES else {"Time", "By year", "Sizing"})
    assert set(told) == set(SHEETS)


def test_libreoffice_prints_as_few(books, tmp_path):
    if PROGRAM is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    drawn = {name: books[name] for name in ("powered-shell", "stargate", "need")}
    command = [PROGRAM, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *drawn.values()]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for name, path in drawn.items():
        found = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{path.stem}.pdf").read_bytes()))
        assert 5 <= found <= MOST_PAGES, (name, found)


@pytest.mark.parametrize("name", CASES)
def test_years_are_those_of_the_statements_and_live(name, books, runs):
    page = opened(books[name])["By year"]
    assert len([one for one in formulas(books[name]) if one[0] == "By year"]) > 400
    found, heads = {}, []
    for row in page.iter_rows(min_row=5, values_only=True):
        if row[0] and row[1] is None:
            heads = row[3:]
        elif row[0] and heads[0] and len(heads[0]) == 4:
            found.setdefault(row[0], {}).update(zip(heads, row[3:], strict=True))
    years = list(calendar_years(runs[name].run, runs[name].calendar))
    assert len(years) >= (11 if name != "default" else 2)
    for year in years:
        for flow in FLOWS:
            assert found[flow][year.year] == pytest.approx(year.flows[flow], rel=1e-9, abs=1e-3), (flow, year.year)
        assert found["dscr"][year.year] == ("none" if year.least is None else pytest.approx(year.least, rel=1e-9))
        assert found["debt_balance"][year.year] == pytest.approx(year.debt_balance, rel=1e-9, abs=1e-3)
    after = [one for one in found["revenue"] if one and one > years[-1].year]
    assert bool(after) == (name == "default")
    assert not any(found[line][year] for line in ("revenue", "debt_balance", *FLOWS) for year in after)


@pytest.mark.parametrize("name", CASES)
def test_the_first_three_years_are_those_of_the_model(name, books, runs):
    book = opened(books[name])
    page, model = book["By year"], {row[0].value: row for row in book["Model"].iter_rows(min_row=5)}
    labels = runs[name].labels
    assert [cell.value for cell in page[5]][3:16] == list(labels[:13])
    shown = [row for row in page.iter_rows(min_row=6, max_row=5 + 14, values_only=True) if row[0] != "dscr"]
    assert len(shown) == 13
    if name != "default":
        for row in shown:
            wanted = [cell.value for cell in model[row[0]]][5:18]
            assert list(row[3:16]) == pytest.approx(wanted, rel=1e-9, abs=1e-3), row[0]


@pytest.mark.parametrize("name", [*CASES, "gap", "need"])
def test_every_number_has_a_format_and_none_is_minus_zero(name, books):
    book = opened(books[name])
    for page in book.worksheets:
        spared = _spared(page)
        for row in page.iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
                    assert cell.number_format != "General", (page.title, cell.coordinate)
                    assert "E+" not in cell.number_format or '"-"' in cell.number_format, cell.coordinate
                    small = cell.number_format in DUST and -DUST[cell.number_format].half < cell.value < 0.0
                    assert not small or cell.coordinate in spared, (page.title, cell.coordinate, cell.value)


def _spared(page):
    """Addresses of the cells that are shown as 0 where they are 0 but for rounding."""
    found = set()
    for area in page.conditional_formatting:
        if any(rule.operator == "between" for rule in area.rules):
            for part in str(area.sqref).split():
                left, top, right, bottom = range_boundaries(part)
                found |= {cell.coordinate for row in page.iter_rows(top, bottom, left, right) for cell in row}
    return found


@pytest.mark.parametrize("name", [*CASES, "gap", "need"])
def test_printed_names_are_not_cut_off(name, books):
    """A digit of the font is wider than most letters: a name of n letters stands in a column of less than n."""
    for page in opened(books[name]).worksheets[1:8]:
        if printed(page).pages:
            wide = widths(page)
            for row in page.iter_rows(min_row=5, max_col=3):
                for cell in row:
                    if cell.value and not cell.font.bold and not cell.alignment.wrap_text:
                        assert len(cell.value) * 0.9 <= wide[cell.column], (page.title, cell.value)


def test_what_was_exported_and_what_a_change_does_look_apart(books):
    page = opened(books["campus"])["Inputs"]
    heads = {cell.value: cell for cell in page[4]}
    was, effect, value = (heads[one].column for one in ("as exported", "when changed", "value"))
    fills = {page.cell(4, column).fill.fgColor.rgb for column in (was, effect, value)}
    assert len(fills) == 3
    looks = {page.cell(row, effect).value: page.cell(row, effect).fill.fgColor.rgb for row in range(5, 200)}
    assert set(looks) == {"live", "live, debt as sized", "export again"}
    greys = {page.cell(row, was).fill.fgColor.rgb for row in range(5, 200)}
    assert len({*looks.values(), *greys, page.cell(5, value).fill.fgColor.rgb}) == 5
