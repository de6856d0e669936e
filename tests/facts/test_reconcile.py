"""A typed table against the ledger: right, something else, wrong by how much, or unknown; and its faults located."""

import openpyxl
import pytest
from click.testing import CliRunner

from overbuild import ask
from overbuild.errors import InputErrors, OverbuildError
from overbuild.facts.reconcile.definitions import FAMILIES, other_measures
from overbuild.facts.reconcile.periods import spell_of
from overbuild.foreign.how_written import HowWritten
from overbuild.surfaces.cli import cli
from tests.facts.filings.made import CAPEX, CASH_FLOW, FY, REVENUE, a_year, company_facts, filed, write

LEASES = "RightOfUseAssetObtainedInExchangeForFinanceLeaseLiability"


@pytest.fixture
def workspace(tmp_path):
    tags = {
        CAPEX: a_year(1.04e9, 3e9, 6e9, 10e9),
        LEASES: a_year(0.5e9, 1e9, 1.5e9, 2e9),
        CASH_FLOW: [*a_year(4e9, 9e9, 15e9, 22e9), filed(21e9, FY, "2026-02-05", form="10-K")],
        REVENUE: a_year(10e9, 21e9, 33e9, 46e9),
        "Assets": [filed(300e9, FY, "2025-02-05", start="", form="10-K")],
    }
    ask.add_facts(write(tmp_path / "EXCO.json", company_facts(tags)), tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def verdicts(tmp_path, workspace):
    def of(table, **kept):
        (tmp_path / "typed.csv").write_text(table)
        answer = ask.reconcile_facts(tmp_path / "typed.csv", workspace=workspace, **kept)
        return [(row["verdict"], row["why"]) for row in answer.table("cells").rows]

    return of


def one(verdicts, metric, period, value, unit="USD_bn", **kept):
    (found,) = verdicts(f"entity,metric,period,unit,value\nEXCO,{metric},{period},{unit},{value}\n", **kept)
    return found


@pytest.mark.parametrize(
    ("metric", "period", "value"),
    [
        ("capex", "2024Q1", "1.0"), ("capex", "2024Q1", "1.04"), ("Cash capex", "Q1 2024", "1"), ("capex", "FY2024", "10"),
        ("capex", "2024", "10.0"), ("capex", "2024-10-01..2024-12-31", "4.00"), ("total_assets", "2024-12-31", "300"),
        ("total_assets", "2024Q4", "300"), ("revenue", "fy 2024", "46"),
    ],
)  # fmt: skip
def test_a_figure_agrees_where_the_ledgers_rounds_to_it(verdicts, metric, period, value):
    assert one(verdicts, metric, period, value) == ("agrees", "")


@pytest.mark.parametrize(
    ("metric", "period", "value", "why"),
    [
        ("capex", "FY2024", "12.0", "cash capex and finance leases acquired"),
        ("capex", "2024Q2", "-1.96", "other sign"),
        ("operating_cash_flow", "FY2024", "11.0", "operating cash flow less cash capex"),
        ("operating_cash_flow", "FY2024", "22.0", "as it was known on 2025-02-05"),
        ("capex", "2024Q2", "1.04", "another period: 2024Q1"),
        ("free_cash_flow", "2024Q1", "2.96", "operating cash flow less cash capex"),
    ],
)
def test_a_figure_of_another_definition_is_named(verdicts, metric, period, value, why):
    verdict, said = one(verdicts, metric, period, value)
    assert verdict == "differs by definition"
    assert why in said


@pytest.mark.parametrize(
    ("value", "unit", "why"),
    [
        ("1.1", "USD_bn", "0.06 too high (0.058 of it)"), ("0.9", "USD_bn", "0.14 too low"), ("1040", "USD_bn", "1,000 times too large"),
        ("1.04", "USD_mn", "1,000 times too small"), ("1,050", "USD_mn", "10 too high"), ("(1.1)", "USD_bn", "too low"),
        ("1 050", "USD_mn", "10 too high"), ("-$1.1", "USD_bn", "too low"), ("1.05e3", "USD_mn", "10 too high"),
    ],
)  # fmt: skip
def test_a_wrong_figure_says_by_how_much(verdicts, value, unit, why):
    verdict, said = one(verdicts, "capex", "2024Q1", f'"{value}"', unit, written=HowWritten(decimal="."))
    assert verdict == "wrong"
    assert why in said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("EXCP,capex,2024Q1,USD_bn,1", "Did you mean EXCO?"), ("EXCO,capx,2024Q1,USD_bn,1", "Did you mean capex?"),
        ("EXCO,capex,2019Q1,USD_bn,1", "no figure for 2019Q1"), ("EXCO,capex,2024Q1,MW,1", "no figure"),
    ],
)  # fmt: skip
def test_what_the_ledger_does_not_have_is_unknown_and_says_what_is_near(verdicts, line, why):
    ((verdict, said),) = verdicts(f"entity,metric,period,unit,value\n{line}\n")
    assert verdict == "nothing known"
    assert why in said


def test_a_day_judges_by_what_was_known_then(verdicts):
    table = "entity,metric,period,unit,value\nEXCO,operating_cash_flow,FY2024,USD_bn,22\n"
    assert verdicts(table, as_of="2025-12-31") == [("agrees", "")]
    assert verdicts(table, as_of="2024-12-31")[0][0] == "nothing known"


def test_headings_may_be_periods_or_metrics(verdicts):
    by_period = "Company,metric,2024Q1,2024Q2,note\nEXCO,capex,1.0,2.0,ours\nEXCO,revenue,-,11\n".replace(
        "-,11", "n/a,11,"
    )
    assert [verdict for verdict, _ in verdicts(by_period, unit="USD_bn")] == ["agrees", "agrees", "agrees"]
    by_metric = "ticker,period,unit,capex,revenue\nexco,2024Q1,USD_bn,1.04,10\n"
    assert [verdict for verdict, _ in verdicts(by_metric)] == ["agrees", "agrees"]


def test_every_fault_is_located_and_said_at_once(tmp_path):
    (tmp_path / "typed.csv").write_text(
        "entity,metric,unit,2024Q1,2024Q5\nMSFT,capex,USD_bn,1x,2\n,capex,USD_bn,3,\nMSFT,capex,USDbn,(3,4\nMSFT,capex,USD_bn,5\n"
    )
    with pytest.raises(InputErrors) as caught:
        ask.reconcile_facts(tmp_path / "typed.csv")
    found = [(error.code, error.line, error.column) for error in caught.value.errors]
    assert found == [
        ("bad_value", 2, 4), ("missing", 3, 1), ("bad_unit", 4, 3), ("bad_unit", 4, 3), ("length_mismatch", 5, None),
        ("bad_period", 2, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("a,b\n1,2\n", "missing"), ("entity,2024Q1\nMSFT,1\n", "missing"), ("entity,metric,period\nMSFT,capex,2024\n", "missing"),
        ("entity,entity,metric\n", "duplicate"), ("", "missing"), ("entity,metric,2024\n", "missing"),
        ("entity,metric,2024\nMSFT,capex,1\n", "bad_unit"), ('entity,metric,2024\n"MSFT,capex,1\n', "syntax"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_says_why(tmp_path, table, code):
    (tmp_path / "typed.csv").write_text(table)
    with pytest.raises(OverbuildError) as caught:
        ask.reconcile_facts(tmp_path / "typed.csv")
    assert caught.value.code == code


FOREIGN = {
    "semicolons": (b"entity;metric;unit;2024Q1\nEXCO;capex;USD_mn;1.040,0\n", HowWritten()),
    "tabs": (b"entity\tmetric\tunit\t2024Q1\nEXCO\tcapex\tUSD_mn\t1,040.0\n", HowWritten(decimal=".")),
    "utf-16": ("entity;metric;unit;note;2024Q1\nEXCO;capex;USD_mn;für;1040\n".encode("utf-16"), HowWritten()),
    "cp1252": ("entity;metric;unit;note;2024Q1\nEXCO;capex;USD_mn;für;1040\n".encode("cp1252"), HowWritten()),
    "other names": (
        b"firm,what,2024Q1\nEXCO,capex,1.04\n",
        HowWritten(columns=(("firm", "entity"), ("what", "metric")), filled=(("unit", "USD_bn"),)),
    ),
}


@pytest.mark.parametrize("form", FOREIGN)
def test_a_table_of_any_form_is_read_as_facts_add_reads_it(tmp_path, workspace, form):
    data, written = FOREIGN[form]
    (tmp_path / "theirs").write_bytes(data)
    answer = ask.reconcile_facts(tmp_path / "theirs", workspace=workspace, written=written)
    assert answer.values["cells"] == answer.values["agrees"] == 1
    assert any("is read as" in note or "in cp1252" in note or "in utf-16" in note for note in answer.notes)


def test_a_sheet_is_read_and_its_faults_name_their_cells(tmp_path, workspace):
    book = openpyxl.Workbook()
    book.active.append(["Company", "metric", "unit", "2024Q1", 2024])
    book.active.append(["EXCO", "capex", "USD_bn", 1.04, 10])
    book.save(tmp_path / "theirs.xlsx")
    answer = ask.reconcile_facts(tmp_path / "theirs.xlsx", workspace=workspace)
    assert [(row["place"], row["verdict"]) for row in answer.table("cells").rows] == [
        ("Sheet!D2", "agrees"), ("Sheet!E2", "agrees"),
    ]  # fmt: skip
    book.active["D2"], book.active["E1"] = "one", "some day"
    book.save(tmp_path / "theirs.xlsx")
    with pytest.raises(InputErrors) as caught:
        ask.reconcile_facts(tmp_path / "theirs.xlsx", workspace=workspace)
    found = {error.place.rpartition(":")[2]: error.code for error in caught.value.errors}
    assert found == {"Sheet!D2": "bad_value", "Sheet!E2": "bad_period"}


def test_a_number_that_may_mean_two_things_is_refused_until_the_mark_is_said(tmp_path, workspace):
    (tmp_path / "typed.csv").write_text('entity,metric,unit,2024Q1\nEXCO,capex,USD_mn,"1,040"\n')
    with pytest.raises(OverbuildError, match="--decimal") as caught:
        ask.reconcile_facts(tmp_path / "typed.csv", workspace=workspace)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("unclear", 2, 4)


def test_definitions_are_found_from_any_of_them():
    assert "capex" in {name for one in other_measures("capex_incl_finance_leases") for _, name in one.terms}
    assert other_measures("made_up") == ()
    assert all(one.words for family in FAMILIES for one in family)


def test_a_label_that_is_no_period_is_none():
    for text in ("", "2024Q5", "Q0 2024", "FY24", "soon", "2024-13"):
        with pytest.raises(ValueError):
            spell_of(text)


def test_the_first_screen_is_short(tmp_path, workspace):
    (tmp_path / "typed.csv").write_text(
        "entity,metric,unit,2024Q1,2024Q2,2024Q3,2024Q4,FY2024\nEXCO,capex,USD_bn,1,2.1,3.3,4.4,12\nXYZ,capex,USD_bn,1,2,3,4,5\n"
        "EXCO,revenue,USD_bn,1,2,3,4,5\nEXCO,total_assets,USD_bn,1,2,3,4,5\n"
    )
    command = ["facts", "reconcile", str(tmp_path / "typed.csv"), "--workspace", str(workspace)]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    assert "9 wrong" in lines[0]
