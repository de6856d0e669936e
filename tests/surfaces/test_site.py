"""`site`, `check`, `schema` and the lender's demo as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from overbuild.world.tree import read_case_file
from tests.surfaces.test_cli import ROOT, run

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
CONTRACTED = ROOT / "examples" / "contracted-100mw.yaml"
PRESETS = ROOT / "src" / "overbuild" / "world" / "presets" / "sites"
VALUES = [
    *("min_dscr", "min_dscr_period", "min_dscr_12m", "avg_dscr", "llcr", "plcr", "debt", "uses", "equity"),
    *("equity_irr_per_year", "equity_npv", "moic", "project_irr_per_year", "default_period", "lgd"),
]


def answer(*arguments):
    found = run(*arguments, "--json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_answers_in_full(path):
    found = answer("site", path)
    assert set(VALUES) <= set(found["values"])
    assert all(found["values"][name] is not None or found["status"][name] for name in VALUES)
    rows = found["tables"]["periods"]
    assert len(rows) >= 40 and all(row["alive"] in (0.0, 1.0) for row in rows)
    assert {"cfads", "debt_service", "dscr", "revenue", "tax", "total_assets"} <= set(rows[0])
    for row in rows:
        assert abs(row["balance_gap"]) <= 1e-9 * found["values"]["uses"]
    assert found["facts"] and found["assumptions"] and len(found["limits"]) >= 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_worse_pue_lowers_cover(path):
    base = answer("site", path)["values"]
    worse = answer("site", path, "--shock", "site.pue=1.49")["values"]
    assert worse["min_dscr"] < base["min_dscr"] and worse["debt"] == base["debt"]
    resized = answer("site", path, "--set", "site.pue=1.49")["values"]
    assert resized["debt"] < base["debt"]


def test_a_shock_file_leads_to_a_default_that_is_told_in_words():
    shock = ROOT / "examples" / "shocks" / "offtaker-fails.yaml"
    found = answer("site", CONTRACTED, "--shock", shock)
    assert found["values"]["default_period"] == "2031Q4"
    assert 0 <= found["values"]["lgd"] <= 1
    ghosts = [row for row in found["tables"]["periods"] if row["period"] > "2031Q4"]
    assert ghosts and all(row["alive"] == 0 for row in ghosts)
    text = " ".join(run("site", CONTRACTED, "--shock", shock).stdout.split())
    assert "the offtaker failed" in text and "Lenders claim" in text


def test_a_delay_is_named_in_the_calendar():
    base = answer("site", CONTRACTED)["tables"]["periods"][0]["period"]
    late = answer("site", CONTRACTED, "--shock", "site.delay_periods=3")["tables"]["periods"][0]["period"]
    assert (base, late) == ("2028Q3", "2029Q2")


def test_lines_are_printed_when_asked():
    assert "refresh_reserve_balance" not in run("site", CONTRACTED).stdout
    assert "refresh_reserve_balance" in run("site", CONTRACTED, "--lines").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "site.pu=1.3"], "Did you mean pue"),
        (["--set", "site.pue"], "path=value"),
        (["--set", "site.pue=0.9"], "at least 1"),
        (["--set", "loans.senior.tenor=99"], "repaid within operation"),
        (["--shock", "nothere.yaml"], "no such file"),
        (["--set", "loans.senior.target_dscr=0.01", "--set", "loans.senior.max_debt_share=null"], "uses"),
    ],
)
def test_bad_departures_are_refused(arguments, words):
    found = run("site", CONTRACTED, *arguments)
    assert found.returncode == 2 and words in found.stderr and found.stdout == "", found.stderr


def test_check_says_where_each_number_comes_from():
    found = answer("check", CONTRACTED)
    origins = {row["input"]: row["origin"] for row in found["tables"]["inputs"]}
    assert origins["site.pue"] == "fact" and origins["owners.hurdle_per_year"] == "assumption"


def plain(entry):
    """A tree without its places."""
    if entry.block is not None:
        return {name: plain(one) for name, one in entry.block.items()}
    return entry.value if entry.items is None else [plain(one) for one in entry.items]


@pytest.fixture(scope="module")
def described():
    return jsonschema.Draft202012Validator(json.loads(run("schema", "site").stdout))


FILES = [
    *EXAMPLES,
    *PRESETS.glob("*.yaml"),
    *(ROOT / "tests" / "site" / f"{one}.yaml" for one in ("campus", "landlord")),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_schema_accepts_what_the_reader_reads(described, file):
    assert list(described.iter_errors(plain(read_case_file(file)))) == []


def test_the_schema_refuses_a_word_that_is_none(described):
    case = plain(read_case_file(CONTRACTED))
    for change in ({"tax": {"loss_use": "sell"}}, {"phases": []}, {"costs": {"staff": "many"}}):
        assert list(described.iter_errors(case | change))


def test_the_lenders_demo_is_the_example():
    preset = ROOT / "src" / "overbuild" / "world" / "presets" / "demo-lender.yaml"
    assert preset.read_text("utf-8") == CONTRACTED.read_text("utf-8")
    found = run("demo", "lender")
    assert found.returncode == 0 and "least cover" in found.stdout


def test_the_chart_of_a_site_is_written(tmp_path: Path):
    assert run("site", CONTRACTED, "--chart", tmp_path / "site.svg").returncode == 0
    assert "DSCR" in (tmp_path / "site.svg").read_text()


WHOLE_SITE = ROOT / "tests" / "site" / "whole-site.yaml"


def test_a_case_file_gives_the_numbers_of_the_same_plan_in_code():
    values = answer("site", WHOLE_SITE)["values"]
    expected = {"debt": 2584.641960e6, "uses": 4254.088783e6, "equity_irr_per_year": 0.17702493, "plcr": 1.838491}
    for name, value in expected.items():
        assert values[name] == pytest.approx(value, rel=1e-6), name
    assert values["min_dscr"] == pytest.approx(1.40, rel=1e-9) and values["default_period"] is None


def test_a_default_in_the_year_of_the_refresh_is_told_in_words():
    shock = ROOT / "tests" / "site" / "whole-site-default.yaml"
    values = answer("site", WHOLE_SITE, "--shock", shock)["values"]
    assert values["default_period"] == "2033" and values["lgd"] == pytest.approx(0.859155, rel=1e-6)
    text = " ".join(run("site", WHOLE_SITE, "--shock", shock).stdout.split())
    for words in (
        "Default in 2033",
        "It began in 2031, when the offtaker failed",
        "The refresh of 900m was committed",
        "lose 85.9%",
    ):
        assert words in text


def test_a_size_without_its_costs_is_said_first():
    told = run("site", "preset:single-loan-80-20", "--set", "site.it_mw=1000", "--limits").stdout
    said = " ".join(told.split())
    assert "site.it_mw is changed and no component with it" in said and "outside every source known" in said
    plain = " ".join(run("site", "preset:single-loan-80-20", "--limits").stdout.split())
    assert "no component with it" not in plain and "outside every source" not in plain
