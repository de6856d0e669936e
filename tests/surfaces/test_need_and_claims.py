"""`need` and `claims` as a user meets them."""

from __future__ import annotations

import json

import pytest

from overbuild.facts.claim_tables import COLUMNS
from tests.surfaces.test_cli import run


def answer(*arguments):
    found = run(*arguments, "--json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.mark.parametrize("day", [("--as-of", "2026-01-17"), ()])
def test_need_gives_the_contracts_values(day):
    values = answer("need", *day)["values"]
    capex = 527e9 if day else 710e9
    assert values["capex"] == capex
    charge = values["capital_charge.shell"] + values["capital_charge.power"] + values["capital_charge.it"]
    assert values["required_revenue.owner"] == pytest.approx(charge + 40e9)
    assert values["required_revenue.end_user"] == pytest.approx(values["required_revenue.owner"] / 0.6 / 0.5)
    assert values["need_gap"] == pytest.approx(200e9 - values["required_revenue.end_user"])
    assert values["earned_revenue"] == 200e9
    assert 2026 <= values["breakeven_year"] <= 2036
    assert values["payback_quarters"] < values["discounted_payback_quarters"]


def test_need_and_gap_charge_the_same_capital():
    need, gap = answer("need")["values"], answer("gap")["values"]
    assert need["capital_charge"] == gap["capital_charge"]


def test_a_growth_that_never_crosses_is_a_status_not_a_number():
    found = answer("need", "--growth", "0")
    assert found["values"]["breakeven_year"] is None and found["values"]["payback_quarters"] is None
    assert found["status"]["breakeven_year"] == found["status"]["payback_quarters"] == "not_within_horizon"


def test_a_year_met_once_and_missed_again_is_no_break_even():
    values = answer("need", "--as-of", "2026-01-17")["values"]
    assert values["first_met_year"] == 2026 < values["breakeven_year"]
    years = {row["year"]: row["gap"] for row in answer("need", "--as-of", "2026-01-17")["tables"]["years"]}
    assert all(gap >= 0 for year, gap in years.items() if int(year) >= values["breakeven_year"])
    assert years[str(values["breakeven_year"] - 1)] < 0


def test_one_source_has_no_range_and_guidance_has_one():
    article, today = answer("need", "--as-of", "2026-01-17"), answer("need")
    assert article["values"]["required_revenue.owner_low"] is None
    assert article["status"]["required_revenue.owner_low"]
    values = today["values"]
    assert (
        values["required_revenue.owner_low"] < values["required_revenue.owner"] < values["required_revenue.owner_high"]
    )


def test_the_asker_sets_the_assumptions():
    values = answer("need", "--margins", "0,0", "--price-decline", "0", "--life", "6", "--hurdle", "0.08")["values"]
    assert values["required_revenue.end_user"] == values["required_revenue.owner"]
    assert values["capital_charge"] < answer("need")["values"]["capital_charge"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--hurdle", "-1"], "hurdle_le_minus1"),
        (["--margins", "0.5,1"], "share_out_of_range"),
        (["--margins", "-0.1"], "share_out_of_range"),
        (["--life", "0"], "life_nonpositive"),
        (["--growth", "-1"], "share_out_of_range"),
        (["--price-decline", "1"], "share_out_of_range"),
        (["--hurdle", "nan"], "not_finite"),
        (["--growth", "inf"], "not_finite"),
        (["--margins", "half"], "usage"),
        (["--as-of", "2025-01-01"], "no_fact"),
    ],
)
def test_bad_numbers_are_refused(arguments, code):
    found = run("need", *arguments, "--json")
    assert found.returncode == 2 and found.stdout == ""
    assert code in [error["code"] for error in json.loads(found.stderr)["errors"]]


def test_the_chart_of_need_is_written(tmp_path):
    assert run("need", "--chart", tmp_path / "need.svg").returncode == 0
    assert "meet in" in (tmp_path / "need.svg").read_text()


def test_claims_lists_all_with_computed_verdicts():
    rows = answer("claims")["tables"]["claims"]
    assert len(rows) == 41
    assert {"id", "claimed", "recomputed", "difference", "tolerance", "verdict", "why"} <= set(rows[0])
    assert len(answer("claims", "--as-of", "2024-06-30")["tables"]["claims"]) == 5


def test_one_claim_is_explained_step_by_step_beside_our_model():
    found = answer("claims", "sequoia_2024_600b")
    assert [step["value"] for step in found["tables"]["steps"]] == [300.0, 0.5, 600.0]
    assert found["tables"]["model"] and found["values"]["recomputed"] == 600.0
    assert run("claims", "sequoia_2024_600c").returncode == 2
    assert "Did you mean" in run("claims", "sequoia_2024_600c").stderr


def own(tmp_path, **change):
    cells = dict.fromkeys(COLUMNS, "") | {
        "id": "mine",
        "author": "Me",
        "published": "2026-05-01",
        "known_at": "2026-05-01",
        "known_at_precision": "day",
        "source_class": "analyst",
        "claim": "Half of it",
        "inputs": '"{""all"": 10, ""part"": 0.5}"',
        "expression": "all * part",
        "output": "5",
        "unit": "widgets",
        "tolerance": "0.01",
        "source_url": "https://example.org/half",
        **change,
    }
    path = tmp_path / "claims.csv"
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    return path


def test_own_claims_are_entered_and_listed(tmp_path):
    assert run("claims", "add", own(tmp_path), "--workspace", tmp_path / "w").returncode == 0
    rows = answer("claims", "--workspace", tmp_path / "w")["tables"]["claims"]
    assert len(rows) == 42 and rows[-1]["id"] == "mine" and rows[-1]["verdict"] == "closes"
    again = run("claims", "add", own(tmp_path), "--workspace", tmp_path / "w")
    assert again.returncode == 2 and "has this id" in again.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expression": "__import__('os')"}, "not part of arithmetic"),
        ({"expression": "all / (part - part)"}, "division by zero"),
        ({"id": "sequoia_2024_600b"}, "taken by the package"),
        ({"known_at": "May"}, "YYYY-MM-DD"),
        ({"unit": ""}, "unit is blank"),
    ],
)
def test_a_bad_list_is_refused_whole(tmp_path, change, words):
    found = run("claims", "add", own(tmp_path, **change), "--workspace", tmp_path / "w")
    assert found.returncode == 2 and words in found.stderr and "claims.csv:2" in found.stderr, found.stderr
    assert not (tmp_path / "w").exists()
