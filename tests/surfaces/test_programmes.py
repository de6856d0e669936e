"""A portfolio of workflows as a case of one's own: new, check, schema, its answer, why, its worlds, its book."""

from __future__ import annotations

import json

import pytest

from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer
from tests.workbook.recalculation import close, edited, needs_a_second_program, planted, recalculated, rows

NEEDED = "share_of_tasks_needed"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("portfolio") / "mine.yaml"
    assert run("new", "programmes", path).returncode == 0
    return path


def test_a_case_of_ones_own_gives_the_numbers_of_its_preset(own):
    mine, shipped = answer("agents", "all", own)["values"], answer("agents", "all")["values"]
    assert mine == shipped
    checked = run("check", own).stdout
    assert checked.startswith("mine: no fault in this case (programmes).") and f"overbuild agents all {own}" in checked
    assert json.loads(run("schema", "programmes").stdout)["title"] == "programmes"
    edited = answer("agents", "all", own, "--set", "work.paid_share=0.2")["values"]
    assert edited[f"{NEEDED}.central"] == pytest.approx(2.0 * mine[f"{NEEDED}.central"])


def test_why_says_what_must_be_earned_and_where_that_is_asked(own):
    said = " ".join(run("why", f"programmes:{NEEDED}", own).stdout.split())
    required = answer("need")["values"]["required_revenue.end_user"]
    assert f"Must be earned {required / 1e9:.1f}bn USD a year what end users must pay in a year: overbuild why " in said
    command = said.partition("what end users must pay in a year: overbuild ")[2].split()[:2]
    assert json.loads(run(*command, "--json").stdout)["headline"]["value"] == required


def test_worlds_of_a_portfolio_have_its_own_range(own):
    values = answer("stress", own, "--scenarios", "4096")["values"]
    beyond = answer("agents", "all", own)["values"]["chance_beyond_addressable"]
    assert values["p_bad.low"] - 0.02 < beyond < values["p_bad.high"] + 0.02
    assert values[f"{NEEDED}.p5"] < values[NEEDED] < values[f"{NEEDED}.p95"]


def test_the_book_recalculates_and_follows_a_changed_input(own, tmp_path):
    needs_a_second_program()
    found = run("export", "programmes", own, "--xlsx", tmp_path / "p.xlsx", "--json")
    assert found.returncode == 0 and json.loads(found.stdout)["formulas"] > 10
    wrong, right = tmp_path / "wrong", tmp_path / "right"
    wrong.mkdir(), right.mkdir()
    planted(tmp_path / "p.xlsx", wrong / "p.xlsx")
    edited(tmp_path / "p.xlsx", wrong / "changed.xlsx", {"work.paid_share": 0.2})
    recalculated(sorted(wrong.iterdir()), right)
    values = answer("agents", "all", own)["values"]
    as_is, changed = rows(right / "p.xlsx", "Results"), rows(right / "changed.xlsx", "Results")
    assert close(as_is[NEEDED][0], values[f"{NEEDED}.central"]) and close(
        as_is["asked_of_agents"][0], values["asked_of_agents"]
    )
    assert close(changed[NEEDED][0], 2.0 * values[f"{NEEDED}.central"])


def test_a_workflow_of_ones_own_lies_beside_its_portfolio(own):
    desk = own.parent / "desk.yaml"
    assert run("new", "agents", desk).returncode == 0
    text = own.read_text("utf-8").replace('"preset:support-desk"', '"desk.yaml"')
    beside = own.parent / "beside.yaml"
    beside.write_text(text, "utf-8")
    assert answer("agents", "all", beside)["values"] == answer("agents", "all")["values"]


def test_two_workflows_are_not_asked_about_at_once():
    refused = run("agents", "preset:support-desk", "preset:code-review")
    assert refused.returncode == 2 and "overbuild agents all preset:code-review" in refused.stderr
    assert run("agents", "all", "--ask").returncode == 2
