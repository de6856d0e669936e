"""The program as a user meets it: output, exit codes, and errors that say what to do."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from overbuild.surfaces.cli import main

ROOT = Path(__file__).parents[2]
HEADER = (
    "entity,metric,period_start,period_end,value,value_text,unit,unit_printed,kind,status,source,source_class,"
    "locator,known_at,known_at_precision,note\n"
)


class Ran(NamedTuple):
    """What a command printed, and the code it left with."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments, cwd=ROOT):
    """Run the program as `overbuild ARGUMENTS` does, in this process: an error that it does not report fails the test."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(one) for one in arguments])
            code = 0
        except SystemExit as left:
            code = left.code
    return Ran(code, out.getvalue(), err.getvalue())


def row(
    entity="MSFT",
    metric="capex",
    value="31",
    unit="USD_bn",
    source="creati-2026-reckoning",
    known="2026-05-01",
    **other,
):
    cells = {
        "kind": "reported",
        "status": "seen",
        "cls": "aggregator",
        "start": "2026-01-01",
        "end": "2026-03-31",
        **other,
    }
    return (
        f"{entity},{metric},{cells['start']},{cells['end']},{value},,{unit},,{cells['kind']},{cells['status']},"
        f"{source},{cells['cls']},,{known},day,\n"
    )


@pytest.mark.parametrize(
    "program", [(sys.executable, "-m", "overbuild"), (Path(sys.executable).parent / "overbuild",)], ids=["-m", "script"]
)
@pytest.mark.parametrize("arguments", [("demo",), ("facts", "show", "MSTF", "capex", "--json"), ("gapp",)])
def test_the_program_by_itself_prints_and_leaves_as_it_does_here(program, arguments):
    found = subprocess.run([*program, *arguments], capture_output=True, text=True, cwd=ROOT)
    assert Ran(found.returncode, found.stdout, found.stderr) == run(*arguments)


def test_the_gap_as_json_is_one_object_with_the_contracts_keys():
    found = run("gap", "--as-of", "2026-01-17", "--json")
    answer = json.loads(found.stdout)
    assert found.returncode == 0
    keys = "question as_of data_until headline values status tables facts assumptions limits version"
    assert list(answer) == keys.split()
    assert set(answer["headline"]) == {"id", "value", "unit", "text"}
    assert answer["as_of"] == "2026-01-17" and answer["values"]["total_gap"] == -437e9
    assert answer["values"]["energy.gap"] is None and answer["status"]["energy.gap"]
    assert all(set(fact) == {"id", "source"} for fact in answer["facts"])
    assert all(isinstance(row, dict) for table in answer["tables"].values() for row in table)
    assert len(answer["limits"]) >= 2


def test_the_demo_prints_both_sums_and_the_next_commands():
    found = run("demo")
    assert found.returncode == 0
    assert "-437" in found.stdout and "-397" in found.stdout and "overbuild gap" in found.stdout


@pytest.mark.parametrize("role", ["utility"])
def test_a_role_whose_question_is_not_built_is_refused_with_those_that_are(role):
    found = run("demo", role)
    assert found.returncode == 2 and "not built yet" in found.stderr and "Built:" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["facts", "show", "MSTF", "capex"], "Did you mean MSFT"),
        (["facts", "show", "MSFT", "capexx"], "Did you mean capex"),
        (["facts", "source", "creati-2026-reckonin"], "Did you mean creati-2026-reckoning"),
        (["gap", "--as-of", "1990-01-01"], "nothing was known yet"),
        (["gap", "--as-of", "2026-01-16"], "the first is dated 2026-01-17"),
        (["gap", "--as-of", "yesterday"], "YYYY-MM-DD"),
        (["gap", "--year", "2031"], "there is one for 2026"),
        (["gap", "--year", "26"], "did you mean 2026?"),
        (["need", "--year", "20260"], "a calendar year lies in 1990..2100"),
        (["gap", "--workspace", "/nowhere/at/all"], "no such folder"),
        (["gap", "--chart", "gap.gif"], ".svg or .png"),
        (["gapp"], "Did you mean gap"),
        (["facts", "add", "missing.csv", "--workspace", "w"], "no such file"),
        (["demo", "banker"], "no such role"),
    ],
)
def test_bad_input_ends_with_two_and_says_what_to_do(arguments, words):
    found = run(*arguments)
    assert found.returncode == 2 and words in found.stderr and found.stdout == "", found.stderr


def test_errors_are_json_when_json_was_asked_for():
    found = run("facts", "show", "MSTF", "capex", "--json")
    (error,) = json.loads(found.stderr)["errors"]
    assert set(error) == {"code", "path", "value", "hint", "file", "line", "column"}
    assert error["code"] == "unknown_name"


def test_csv_and_plain_carry_the_table():
    assert "hyperscaler_capex" not in run("gap", "--csv", "--as-of", "2026-01-17").stdout.splitlines()[1]
    assert (
        "Total (revenue less spend),717000000000.0,280000000000.0,-437000000000.0"
        in run("gap", "--csv", "--as-of", "2026-01-17").stdout
    )
    assert "-437.0" in run("gap", "--plain", "--full", "--as-of", "2026-01-17").stdout


@pytest.mark.parametrize(("ending", "magic"), [(".svg", b"<svg"), (".png", b"\x89PNG")])
def test_the_chart_is_written(tmp_path, ending, magic):
    path = tmp_path / f"gap{ending}"
    assert run("gap", "--chart", path, "--plain").returncode == 0
    assert path.read_bytes().startswith(magic)


def test_own_facts_are_entered_and_seen(tmp_path):
    (tmp_path / "mine.csv").write_text(HEADER + row(value="31.5", known="2026-06-01", cls="filing"))
    workspace = tmp_path / "workspace"
    assert run("facts", "add", tmp_path / "mine.csv", "--workspace", workspace).returncode == 0
    answer = json.loads(run("gap", "--workspace", workspace, "--json").stdout)
    assert answer["values"]["actual_capex.2026Q1"] == pytest.approx(129.75e9 - 30.876e9 + 31.5e9)
    earlier = json.loads(run("gap", "--workspace", workspace, "--as-of", "2026-05-31", "--json").stdout)
    assert earlier["values"]["actual_capex.2026Q1"] == pytest.approx(129.75e9)


def test_own_sources_travel_with_the_rows(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sources.toml").write_text(
        '[me-2026-call]\nproducer = "Me"\ntitle = "Call with \\"the\\" company"\n'
        'date_published = "2026-06-01"\nwhy_no_address = "A call of one\'s own."\n'
    )
    (tmp_path / "in" / "mine.csv").write_text(HEADER + row(source="me-2026-call"))
    workspace = tmp_path / "workspace"
    assert run("facts", "add", tmp_path / "in" / "mine.csv", "--workspace", workspace).returncode == 0
    found = run("facts", "source", "me-2026-call", "--workspace", workspace)
    assert 'Call with "the" company' in re.sub(r"\s+", " ", found.stdout)
    assert run("facts", "check", "--workspace", workspace).returncode == 0


def test_a_title_and_an_address_make_a_source(tmp_path):
    header = "entity,metric,period_start,period_end,value,unit,kind,source_class,source_title,source_url,published,known_at\n"
    cells = "MSFT,capex,2026-01-01,2026-03-31,31.5,USD_bn,reported,filing,Form 10-Q,https://www.sec.gov/x,2026-06-01,2026-06-01\n"
    (tmp_path / "mine.csv").write_text(header + cells)
    workspace = tmp_path / "workspace"
    assert run("facts", "add", tmp_path / "mine.csv", "--workspace", workspace).returncode == 0
    found = run("facts", "source", "sec-x", "--workspace", workspace)
    assert "https://www.sec.gov/x" in found.stdout
    assert run("facts", "check", "--workspace", workspace).returncode == 0


def test_one_bad_row_leaves_the_workspace_as_it_was(tmp_path):
    workspace = tmp_path / "workspace"
    (tmp_path / "good.csv").write_text(HEADER + row())
    assert run("facts", "add", tmp_path / "good.csv", "--workspace", workspace).returncode == 0
    before = {path.name: path.read_bytes() for path in workspace.iterdir()}
    bad = row(value="-4", entity="AMZN") + row(unit="pct", entity="GOOGL") + row(entity="META", known="2026-01-01")
    (tmp_path / "bad.csv").write_text(HEADER + row(entity="ORCL") + bad + row())
    found = run("facts", "add", tmp_path / "bad.csv", "--workspace", workspace)
    assert found.returncode == 2
    for place in ("bad.csv:3", "bad.csv:4", "bad.csv:5", "bad.csv:6"):
        assert place in found.stderr, found.stderr
    assert {path.name: path.read_bytes() for path in workspace.iterdir()} == before


def test_a_new_workspace_is_not_made_for_a_bad_file(tmp_path):
    (tmp_path / "bad.csv").write_text(HEADER + "MSFT,capex\n")
    assert run("facts", "add", tmp_path / "bad.csv", "--workspace", tmp_path / "w").returncode == 2
    assert not (tmp_path / "w").exists()


def test_a_workspace_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "good.csv").write_text(HEADER + row())
    (tmp_path / "file").write_text("not a folder")
    found = run("facts", "add", tmp_path / "good.csv", "--workspace", tmp_path / "file" / "inside")
    assert found.returncode == 2 and "nothing was changed" in found.stderr


def test_facts_show_lists_quarters_with_sources_and_dates():
    answer = json.loads(run("facts", "show", "MSFT", "capex", "--json").stdout)
    quarters = {row["period"]: row for row in answer["tables"]["facts"] if row["standing"] == "in force"}
    assert {"2025Q3", "2025Q4", "2026Q1"} <= set(quarters)
    assert quarters["2026Q1"]["source"] and quarters["2026Q1"]["known_at"] == "2026-04-29"


def sessions(path):
    """Commands of a page's console blocks, each with the output printed under it."""
    for block in re.findall(r"```console\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


RUN_ELSEWHERE = ROOT / "docs" / "how-to"
"""Pages that write files are run in an empty folder, by tests/docs."""

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if RUN_ELSEWHERE not in page.parents], ids=lambda page: page.name
)
def test_the_pages_show_what_the_program_prints(page):
    for command, printed in sessions(page):
        name, *arguments = command.split()
        assert name == "overbuild", command
        found = run(*arguments)
        assert found.returncode == 0, command
        lines = [line for line in printed.splitlines() if line.strip() and line.strip() != "..."]
        out = found.stdout.splitlines()
        for line in lines:
            assert line.rstrip() in out, f"{command}: {line!r} is not printed"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("form", ["--plain", "--json"])
def test_a_full_disk_is_told_in_one_line(form):
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "overbuild", "gap", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (2, "error: output cannot be written: No space left on device\n")
