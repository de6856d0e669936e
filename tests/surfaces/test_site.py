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
    *("equity_irr_per_year", "equity_npv", "moic", "project_irr_per_year", "outcome_period", "lgd"),
]


UNCAPPED = ("--set", "loans.senior.max_debt_share=null")


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
    assert (found["values"]["outcome"], found["values"]["outcome_period"]) == ("payment", "2031Q3")
    assert 0 < found["values"]["lgd"] < 1 and found["values"]["outcome_amount"] > 0
    ghosts = [row for row in found["tables"]["periods"] if row["period"] >= "2031Q3"]
    assert ghosts and all(row["alive"] == 0 for row in ghosts)
    text = " ".join(run("site", CONTRACTED, "--shock", shock, "--full").stdout.split())
    assert "defaults on payment in 2031Q3, " in text and "USD short; lenders lose" in text
    assert "The offtaker of offtake failed in 2030Q4: " in text and "Lenders claim" in text


def test_a_delay_is_named_in_the_calendar():
    phases = [
        answer("site", CONTRACTED, *shock)["tables"]["phases"][0] for shock in ((), ("--shock", "site.delay_periods=3"))
    ]
    assert [one["in_service"] for one in phases] == ["2028Q3", "2029Q2"]
    assert phases[0]["planned"] == phases[1]["planned"] == "2028Q2"


def test_lines_are_printed_when_asked():
    assert "fleet_reserve_balance" not in run("site", CONTRACTED, "--full").stdout
    assert "fleet_reserve_balance" in run("site", CONTRACTED, "--lines").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "site.pu=1.3"], "Did you mean pue"),
        (["--set", "site.pue"], "path=value"),
        (["--set", "site.pue=0.9"], "at least 1"),
        (["--set", "loans.senior.tenor=99"], "repaid within operation"),
        (["--shock", "nothere.yaml"], "no such file"),
        (["--set", "loans.senior.target_dscr=0.01"], "is plausible"),
        (["--set", "loans.senior.target_dscr={value: 0.01, reason: no cover, author: me}", *UNCAPPED], "uses"),
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
    assert found.returncode == 0 and "minimum DSCR" in found.stdout


def test_the_chart_of_a_site_is_written(tmp_path: Path):
    assert run("site", CONTRACTED, "--chart", tmp_path / "site.svg", "--chart-name", "cover").returncode == 0
    assert "DSCR" in (tmp_path / "site.svg").read_text()


WHOLE_SITE = ROOT / "tests" / "site" / "whole-site.yaml"


def test_a_case_file_gives_the_numbers_of_the_same_plan_in_code():
    """Those of our own case of this site: what is saved for new chips is no part of CFADS."""
    values = answer("site", WHOLE_SITE)["values"]
    expected = {"debt": 2990.321424e6, "uses": 4271.887749e6, "equity_irr_per_year": 0.19272608}
    for name, value in expected.items():
        assert values[name] == pytest.approx(value, rel=1e-6), name
    assert values["outcome"] is None and values["outcome_period"] is None


def test_a_default_in_the_year_of_new_chips_is_told_in_words():
    shock = ROOT / "tests" / "site" / "whole-site-default.yaml"
    values = answer("site", WHOLE_SITE, "--shock", shock)["values"]
    assert values["outcome_period"] == "2033" and values["lgd"] == pytest.approx(0.652, abs=1e-3)
    text = " ".join(run("site", WHOLE_SITE, "--shock", shock, "--full").stdout.split())
    for words in (
        "defaults on payment in 2033",
        "The offtaker of offtake failed in 2031: ",
        "The GPUs of refreshed_it are not bought in 2033",
        "lose 65.2%",
    ):
        assert words in text


def test_a_size_without_its_costs_is_said_first():
    told = run("site", "preset:single-loan-80-20", "--set", "site.it_mw=1000", "--limits").stdout
    said = " ".join(told.split())
    assert "site.it_mw is changed and no component with it" in said and "outside every source known" in said
    plain = " ".join(run("site", "preset:single-loan-80-20", "--limits").stdout.split())
    assert "no component with it" not in plain and "outside every source" not in plain
