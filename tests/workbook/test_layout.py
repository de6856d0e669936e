"""What a reader of a workbook relies on: its sheets, its columns, one formula a row, nothing hidden."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from overbuild.equations.errors import TraceError
from overbuild.equations.reading.cells import FUNCTIONS, Ref, cell_text
from overbuild.equations.reading.line_table import line_rows
from overbuild.errors import InputError
from overbuild.questions.export import gap_book, site_book
from overbuild.questions.site import site
from overbuild.surfaces.workbook import write_book
from overbuild.surfaces.workbook.addresses import SHEETS
from overbuild.world.worksheet.heads import AS_WRITTEN, CARRIED
from tests.surfaces.test_cli import run
from tests.workbook.books import CAMPUS, EXAMPLES, written
from tests.workbook.cells_read import column_of, row_of
from tests.workbook.recalculation import SENTINEL, apart, cells, close, formulas, opened, planted, rows

ROOT = Path(__file__).parents[2]
SITES = EXAMPLES | {"campus": CAMPUS}
WRITER = sorted((ROOT / "src" / "overbuild" / "surfaces").glob("workbook*/*.py"))


@pytest.fixture(scope="module")
def books():
    return {name: written(name).path for name in (*SITES, "gap", "need")}


def test_sheets_are_those_of_the_contract_and_all_in_sight(books):
    for path in books.values():
        book = opened(path, values=False)
        assert tuple(book.sheetnames) in (SHEETS, (*SHEETS, *CARRIED, AS_WRITTEN))
        for page in book.worksheets:
            assert page.sheet_state == "visible" and not page.protection.sheet
            assert not any(one.hidden for one in (*page.row_dimensions.values(), *page.column_dimensions.values()))
        parts = zipfile.ZipFile(path).namelist()
        assert not [part for part in parts if "vba" in part.lower() or "externalLink" in part]


def test_rows_begin_with_id_label_unit_and_ids_are_not_used_twice(books):
    for path in books.values():
        book = opened(path, values=True)
        ids = []
        for name in ("Inputs", "Time", "Model", "Sizing", "Results", "Checks"):
            head = [cell.value for cell in book[name][4]][:3]
            assert head == ["id", "label", "unit"]
            for row in book[name].iter_rows(min_row=5, values_only=True):
                if row[0] is not None and any(cell is not None for cell in row[1:]):
                    assert row[1], (name, row[0])
                    ids.append(row[0])
        assert len(ids) == len(set(ids))
        known = {"gap": {"total_gap", "guides.MSFT.low"}, "need": {"need_gap", "parts.it.life_years"}}
        known["campus"] = {"horizon.pue", "contracts.lab.price", "tests.1.level", "components.it1.spend.6"}
        known["campus"] |= {"contracts.cloud.price.growth", "market.price.by_year.7", "market.utilisation"}
        found = known.get(path.stem, {"site.pue", "offtake.price_per_gpu_hour", "market.decline_per_year"})
        assert found <= set(ids)
        assert path.stem in ("gap", "need") or {"cfads", "min_dscr", "sizing.senior.amount"} <= set(ids)


def test_a_row_of_the_model_has_one_formula_copied_across(books):
    for path in (books[one] for one in SITES):
        lines: dict[int, dict[int, str]] = {}
        for (sheet, address), text in formulas(path).items():
            if sheet == "Model" and column_of(address) > 5:
                lines.setdefault(row_of(address), {})[column_of(address)] = text
        copied = 0
        for row, line in lines.items():
            columns = sorted(line)
            assert columns == list(range(columns[0], columns[0] + len(columns))), row
            shapes = {relative(text, column) for column, text in line.items()}
            assert len(shapes) == 1, (row, shapes)
            copied += len(columns) - 1
        assert copied > 3000


def relative(text, column):
    """A formula with the columns of its references counted from its own, where they are not fixed."""

    def counted(found):
        fixed, name, row = found.groups()
        return found.group() if fixed else f"[{column_of(name + '1') - column}]{row}"

    return re.sub(r"(?<![A-Z$])(\$?)([A-Z]{1,3})(\$?\d+)(?![\d(])", counted, text)


def test_rows_of_a_thing_stand_together_and_fold(books):
    model = opened(books["campus"], values=False)["Model"]
    heads = {row[0].value: row[0].row for row in model.iter_rows(min_row=5) if row[0].value and row[1].value is None}
    wanted = {"Phase: h1", "Fleet: f1b", "Contract: renewal", "Component: it1b", "Loan: senior", "Test: test_3"}
    assert wanted <= set(heads) and model.sheet_properties.outlinePr.summaryBelow is False
    levels = {row[0].value: model.row_dimensions[row[0].row].outlineLevel for row in model.iter_rows(min_row=5)}
    for name in ("h1.gpu_hours", "f1b.funded", "renewal.revenue", "senior.new.interest", "test_3.met", "state.dsra"):
        assert levels[name] == 1, name
    assert levels["cfads"] == levels["Loan: senior"] == 0
    start, end = heads["Contract: lab"], heads["Contract: cloud"]
    inside = [model.cell(row, 1).value for row in range(start + 1, end)]
    assert "lab.revenue" in inside and all(".lab." in f".{name}." for name in inside)


def test_cells_use_only_functions_that_old_spreadsheets_have(books):
    for path in books.values():
        met = {name for text in formulas(path).values() for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", text)}
        assert met <= FUNCTIONS
        assert max(len(text) for text in formulas(path).values()) < 8000
    with pytest.raises(TraceError, match="XLOOKUP"):
        cell_text(("XLOOKUP(", Ref("a"), ")"), lambda ref: "A1")


def test_kept_values_are_numbers_so_that_previewers_show_them(books):
    for path in books.values():
        found = cells(path)
        assert all(found.get(place) is not None for place in formulas(path))


def test_formualizer_finds_the_same_numbers_from_wrong_values(books, tmp_path):
    formualizer = pytest.importorskip("formualizer", reason="formualizer does not install here")
    for name, path in books.items():
        planted(path, tmp_path / "wrong.xlsx")
        told = formualizer.recalculate_file(str(tmp_path / "wrong.xlsx"), output=str(tmp_path / "right.xlsx"))
        assert told["total_errors"] == 0 and told["evaluated"] == len(formulas(path))
        found, wanted = cells(tmp_path / "right.xlsx"), cells(path)
        assert SENTINEL not in found.values()
        greatest = max(abs(one) for one in wanted.values() if isinstance(one, int | float) and abs(one) < 1e290)
        assert apart(found, wanted, formulas(path), 1e-5 * greatest) == [], name


@pytest.mark.parametrize("name", ["preset:neocloud-100mw-gb300", "preset:leased-shell", str(SITES["campus"])])
def test_every_value_of_the_answer_stands_among_the_results(name, tmp_path):
    write_book(site_book(name), tmp_path / "book.xlsx")
    found, values = rows(tmp_path / "book.xlsx", "Results"), site(name).values
    searched = ("breakeven.", "first_break", "debt_capacity")
    for value in (one for one in values if not one.startswith(searched)):
        wanted = "none" if values[value] is None else values[value]
        assert close(found[value][0], wanted), value


def test_every_input_says_where_it_comes_from_and_what_a_change_does(books):
    for path in books.values():
        book = opened(path, values=True)
        for row in book["Inputs"].iter_rows(min_row=5, values_only=True):
            if row[0] is None or row[0].startswith("constant.") or row[1] is None:
                continue
            assert row[5] in ("live, debt as sized", "live", "export again"), row
            assert path.stem in ("gap", "need") or row[14] is not None, row
            if row[6] == "fact":
                assert row[7] and row[8] and row[9], row
            if row[6] == "assumption":
                assert row[10], row


def test_the_writer_knows_layout_and_no_finance():
    """No name of a line stands in the writer, nor any path of an input."""
    assert len(WRITER) >= 6
    words = {row.name for row in line_rows() if "{" not in row.name and re.search(r"[_.]", row.name)}
    words |= {"cfads", "dscr", "llcr", "plcr", "ebitda", "opex", "revenue", "tax", "principal", "debt", "equity"}
    assert len(words) > 100
    for path in WRITER:
        text = path.read_text("utf-8")
        met = {word for word in words if re.search(rf"\b{re.escape(word)}\b", text)}
        assert met == set(), (path.name, met)


def test_export_says_what_it_wrote(tmp_path):
    target = tmp_path / "m.xlsx"
    found = run("export", next(iter(EXAMPLES.values())), "--xlsx", target, "--json")
    assert found.returncode == 0 and f'"formulas": {len(formulas(target))}' in found.stdout
    assert "live formulas" in run("export", "gap", "--xlsx", target, "--overwrite", "--as-of", "2026-01-17").stdout
    assert cells(target)["Results", "D5"] is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gap", "--xlsx", "m.xls"), "ends in .xlsx"),
        (("gap", "--xlsx", "nowhere/m.xlsx"), "no folder"),
        (("gap", "--xlsx", "m.xlsx", "--shock", "site.pue=1.3"), "go with a case file"),
        (("absent.yaml", "--xlsx", "m.xlsx"), "absent.yaml"),
        (("--xlsx", "m.xlsx"), "name one"),
        (("gap", "--preset", "stargate-1gw", "--xlsx", "m.xlsx"), "name one"),
        (("--preset", "stargate-2gw", "--xlsx", "m.xlsx"), "stargate-1gw"),
    ],
)
def test_export_refuses_and_writes_nothing(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = run("export", *arguments)
    assert found.returncode == 2 and said in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_refused_whole(tmp_path):
    (tmp_path / "m.xlsx").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_book(gap_book(), tmp_path / "m.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["m.xlsx"]


def test_a_line_without_a_cell_form_is_named():
    from overbuild.equations import line, trace
    from overbuild.equations.operations import OPERATIONS
    from overbuild.equations.reading.cells import cell_of
    from overbuild.equations.reading.named_lines import named_lines

    lines = named_lines(trace(lambda cash: line("squeezed", cash * 2.0), 0.0))
    of_slopes = {"row_spread", "row_scaled", "row_added", "row_least"}
    assert len(lines) == 1 and {kind for kind, row in OPERATIONS.items() if not row.cell} == of_slopes
    strange = lines["squeezed"]._replace(expression=lines["squeezed"].expression._replace(kind="quantile"))
    with pytest.raises(TraceError, match='line "squeezed"'):
        cell_of(strange, lambda operand: Ref(operand.name))


def test_col_letters_agree():
    from overbuild.surfaces.workbook.xlsx import letters

    assert [letters(n) for n in (0, 25, 26, 700)] == [get_column_letter(n + 1) for n in (0, 25, 26, 700)]
