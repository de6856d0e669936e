"""Tables of others: what is converted and said, what is refused with a place, and one grammar of numbers at every door."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as some

from overbuild.ask import basket
from overbuild.ecosystem.claims.case import add_claims
from overbuild.errors import CaseError, FactError, InputError, InputErrors, OverbuildError
from overbuild.facts.entry.templates import TEMPLATES, columns_told, template_text
from overbuild.facts.fact import FACT_COLUMNS, Fact
from overbuild.facts.store import AddedTable, add_table
from overbuild.foreign.how_written import HowWritten, pairs_of
from overbuild.foreign.numbers import in_grammar, is_number
from overbuild.foreign.table import read_foreign
from overbuild.surfaces.cli import main
from overbuild.world.tree import read_case_file

FILES = Path(__file__).parent / "files"
NAMES = "entity metric period_start period_end value unit kind source_title source_url published source_class known_at"
HEADER = NAMES.split()
LINE = "A,cash,2024-01-01,2024-12-31,12.5,USD_mn,reported,t,https://x.de/a,2025-02-25,filing,2025-02-25"
ROW = LINE.split(",")
POINT = HowWritten(decimal=".")


def added(name: str, to: Path, written: HowWritten | None = None) -> AddedTable:
    return add_table(FILES / name, to / "ws", written)


def faults(name: str | Path, to: Path, written: HowWritten | None = None) -> list[OverbuildError]:
    with pytest.raises((InputError, InputErrors)) as caught:
        add_table(FILES / name, to / "ws", written)
    assert not (to / "ws").exists()
    return list(getattr(caught.value, "errors", (caught.value,)))


def figures(table: AddedTable) -> list[tuple[str, float | None, str, str]]:
    return [(one.entity, one.value, one.period, one.known_at) for one in table.facts]


def test_semicolons_mean_decimal_commas(tmp_path: Path) -> None:
    table = added("semicolon.csv", tmp_path)
    assert figures(table) == [("ACME", 1234.5, "2024", "2025-02-25")]
    assert table.converted == ("Cells are parted by a semicolon.", "value: 1.234,5 is read as 1234.5.")


def test_tabs(tmp_path: Path) -> None:
    table = added("tab.tsv", tmp_path)
    assert [one.value for one in table.facts] == [55.04, 27.45, 6.98, 98.32, 68.8, 50.44, 49.24, 2.69]
    assert table.converted == ("Cells are parted by a tab.",)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cp1252.csv", "The text is in cp1252 (read as Aéro)."),
        ("utf16.csv", "The text is in utf-16 (read as Aéro)."),
        ("excel_dates_thousands.csv", "period_start: 1/1/2024 is read as 2024-01-01."),
    ],
)
def test_code_pages_days_and_thousands(tmp_path: Path, name: str, said: str) -> None:
    table = added(name, tmp_path, POINT)
    assert figures(table) == [("Aéro", 1234.5, "2024", "2025-02-25")]
    assert said in table.converted
    assert "value: 1,234.5 is read as 1234.5." in table.converted


@pytest.mark.parametrize("name", ["cp1252.csv", "utf16.csv", "excel_dates_thousands.csv"])
def test_thousands_are_refused_until_the_mark_is_said(tmp_path: Path, name: str) -> None:
    (fault,) = faults(name, tmp_path)
    assert fault.path == "column value"
    assert fault.line == 2
    assert "--decimal . or --decimal ," in fault.hint
    assert "value_text" not in fault.hint


def test_columns_of_other_names(tmp_path: Path) -> None:
    found = faults("gpu_prices_real_rows.csv", tmp_path)
    unknown = [one for one in found if one.code == "unknown_name"]
    assert len(unknown) == 11
    assert all("source_title, source_url, published" in one.hint and "--map" in one.hint for one in unknown)
    mapped = "date=period_start date=period_end gpu_model=entity price_median_usd=value fetched_at=known_at"
    filled = (
        "metric=rental_{rental_type}_{provider}_{gpu_count}x",
        "unit=USD_per_GPU_hour",
        "kind=reported",
        "source_class=aggregator",
        "source_title=prices of {provider}",
        "published={date}",
    )
    how = HowWritten(columns=pairs_of(tuple(mapped.split()), "--map"), filled=pairs_of(filled, "--fill"))
    table = added("gpu_prices_real_rows.csv", tmp_path, how)
    assert [(one.entity, one.metric, one.value, one.known_at) for one in table.facts] == [
        ("H100_SXM", "rental_on_demand_aws_8x", 55.04, "2026-02-11"),
        ("H100_SXM", "rental_on_demand_azure_1x", 6.98, "2026-02-11"),
        ("B200", "rental_spot_civo_1x", 2.69, "2026-02-11"),
    ]
    assert "Left out: region, price_min_usd, price_max_usd, n_offers." in table.converted
    wrong = HowWritten(columns=(("gpu_modle", "entity"), ("date", "knwon_at")), filled=(("unit", "{prise}"),))
    (tmp_path / "again").mkdir()
    said = " ".join(one.hint for one in faults("gpu_prices_real_rows.csv", tmp_path / "again", wrong))
    assert "Did you mean gpu_model" in said
    assert "Did you mean known_at" in said


def test_loose_numbers_are_refused_with_their_place(tmp_path: Path) -> None:
    found = faults("loose_numbers.csv", tmp_path)
    assert [(one.line, one.value) for one in found] == [(2, "1_000"), (3, "١٢")]
    assert all("digits 0 to 9" in one.hint for one in found)


def write(path: Path, header: list[str], *rows: list[object]) -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Title")
    sheet.write(0, 0, "nothing to read")
    sheet = book.add_worksheet("Rows")
    sheet.write_row(2, 0, header)
    for number, cells in enumerate(rows, start=3):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime.date):
                sheet.write_datetime(number, column, datetime.datetime(cell.year, cell.month, cell.day), day)
            else:
                sheet.write(number, column, cell)
    book.close()
    return path


def test_a_sheet_with_days_and_numbers(tmp_path: Path) -> None:
    day = datetime.date(2025, 2, 25)
    cells: list[object] = [*ROW]
    cells[4], cells[9], cells[11] = 1234.5, day, day
    table = add_table(write(tmp_path / "b.xlsx", HEADER, cells), tmp_path / "ws", HowWritten(sheet="rows"))
    assert figures(table) == [("A", 1234.5, "2024", "2025-02-25")]
    assert table.converted == ("Sheet Rows is read; Title are not.",)
    (tmp_path / "again").mkdir()
    (fault,) = faults(tmp_path / "b.xlsx", tmp_path / "again")
    assert "names no column" in fault.hint
    assert fault.file == f"{tmp_path / 'b.xlsx'}:Title"


def test_a_sheet_names_the_cell_of_every_fault(tmp_path: Path) -> None:
    unclear, formula = [*ROW], [*ROW]
    unclear[4], formula[0] = "1,234", "=1+1"
    path = write(tmp_path / "b.xlsx", HEADER, unclear, formula)
    found = faults(path, tmp_path, HowWritten(sheet="Rows"))
    assert [one.place for one in found] == [f"{path}:Rows!A5", f"{path}:Rows!E4"]


def test_days_that_may_be_either_are_refused_until_their_order_is_said(tmp_path: Path) -> None:
    row = [*ROW]
    row[11] = "3/4/2025"
    path = tmp_path / "t.csv"
    path.write_text(f"{','.join(HEADER)}\n{','.join(row)}\n")
    (fault,) = faults(path, tmp_path)
    assert fault.path == "column known_at"
    assert "--dates dmy or --dates mdy" in fault.hint
    assert read_foreign(path, FACT_COLUMNS, HowWritten(dates="dmy")).text.splitlines()[1].endswith("2025-04-03")
    assert read_foreign(path, FACT_COLUMNS, HowWritten(dates="mdy")).text.splitlines()[1].endswith("2025-03-04")
    assert len(faults(path, tmp_path, HowWritten(decimal="'", dates="ymd", encoding="klingon"))) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "missing"), (b"\x00\x01\x02", "unreadable"), (b"\x81\x8d", "unreadable"), (b"\xff\xfea", "unreadable"),
     (b'entity\n"', "syntax"), (b"a;b;c\n1;2;3", "missing"), (b"sep=;\nentity;metric", "missing")],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    assert faults(tmp_path / "t.csv", tmp_path)[0].code == code


def test_a_template_is_read_once_rows_stand_in_it(tmp_path: Path) -> None:
    for name in TEMPLATES:
        text = template_text(name)
        assert all(one.name in text for one in columns_told(name))
    names = template_text("facts").splitlines()[-1].split(",")
    row = dict(zip(HEADER, ROW, strict=True))
    text = f"\ufeff{template_text('facts')}{','.join(row.get(name, '') for name in names)}\r\n"
    (tmp_path / "t.csv").write_text(text)
    assert figures(add_table(tmp_path / "t.csv", tmp_path / "ws")) == [("A", 12.5, "2024", "2025-02-25")]
    claim = {one.name: one.example for one in columns_told("claims")}
    names = template_text("claims").splitlines()[-1].split(",")
    cells = ";".join(f'"{claim[name].replace(chr(34), chr(34) * 2)}"' for name in names)
    (tmp_path / "c.csv").write_text(f"{';'.join(names)}\n{cells}\n")
    found = add_claims(tmp_path / "c.csv", tmp_path / "ws")
    assert [one.verdict.verdict for one in found.checked] == ["closes"]
    assert found.converted == ("Cells are parted by a semicolon.",)
    with pytest.raises(InputError, match="Did you mean facts"):
        columns_told("fact")


@given(some.floats(allow_nan=False, allow_infinity=False), some.sampled_from([(",", "."), (".", ",")]))
def test_a_number_with_thousands_is_read_as_it_was_meant(number: float, marks: tuple[str, str]) -> None:
    thousand, point = marks
    text = f"{number:,.6f}".replace(",", "T").replace(".", point).replace("T", thousand)
    assert float(in_grammar(text, point)) == float(f"{number:.6f}")


@given(some.text(alphabet="0123456789.,eE+-_ ١x", max_size=8), some.sampled_from(["", ".", ","]), some.booleans())
def test_what_is_read_is_in_the_grammar_or_the_text_itself(text: str, decimal: str, likely: bool) -> None:
    try:
        found = in_grammar(text, decimal, comma_is_likely=likely)
    except ValueError:
        assert not decimal
        return
    assert found == text or is_number(found)
    if is_number(text) and decimal != "," and not likely:
        assert found == text


def test_a_file_of_ours_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"{','.join(HEADER)}\n{','.join(ROW)}\n\n")
    found = read_foreign(path, FACT_COLUMNS)
    assert (found.text, found.converted, found.faults) == (path.read_text(), (), [])
    assert isinstance(add_table(path, tmp_path / "ws").facts[0], Fact)
    with pytest.raises(FactError, match="no sheets"):
        read_foreign(path, FACT_COLUMNS, HowWritten(sheet="A"))


@pytest.mark.parametrize("text", ["0_1", "٠.١", "1,0", "0.1%", ""])
def test_an_option_takes_numbers_by_the_same_grammar(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["need", "--hurdle", text])
    assert left.value.code == 2
    assert "digits 0 to 9" in capsys.readouterr().err


def test_a_case_with_commas_in_a_number_is_told_so() -> None:
    with pytest.raises(CaseError, match="a number has no commas") as caught:
        read_case_file(FILES / "thousands_flow.yaml")
    assert (caught.value.line, caught.value.column) == (5, 24)


@pytest.mark.parametrize("text", ["1_000", "١٢", "1,000", "nan", "1e3x"])
def test_every_door_of_a_table_refuses_what_is_no_number(tmp_path: Path, text: str) -> None:
    claim = {one.name: one.example for one in columns_told("claims")} | {"output": text}
    cells = ",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in claim.values())
    (tmp_path / "c.csv").write_text(f"{','.join(claim)}\n{cells}\n")
    with pytest.raises((InputError, InputErrors)) as caught:
        add_claims(tmp_path / "c.csv", tmp_path / "ws")
    assert "output" in str(caught.value)
    panel = tmp_path / "p.csv"
    panel.write_text(f"date,A,B\n2024-01-01,0.1,0.2\n2024-01-02,{text},0.1\n")
    with pytest.raises((InputError, InputErrors)):
        basket(panel, day="2024-01-02")
    assert not is_number(text)


@pytest.mark.parametrize("ends", ["\r", "\n", "\r\n"])
def test_lines_may_end_as_on_any_machine(tmp_path: Path, ends: str) -> None:
    (tmp_path / "mine.csv").write_text(ends.join([",".join(HEADER), LINE, ""]), newline="")
    assert figures(add_table(tmp_path / "mine.csv", tmp_path / "ws")) == [("A", 12.5, "2024", "2025-02-25")]


def test_a_head_that_breaks_off_in_a_line_is_a_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text('entity,metr\ric"</,unit\n' + "x" * 200_000, newline="")
    with pytest.raises(OverbuildError):
        add_table(tmp_path / "mine.csv", tmp_path / "ws")
