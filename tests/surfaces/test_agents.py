"""`overbuild agents`: screens, ids, a case of one's own, book, tree, worlds, the ask."""

from __future__ import annotations

import json

import pytest

from overbuild.world.presets import AGENTS, presets
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

SCREENS = [
    *(("agents", "--preset", name) for name in presets(AGENTS)),
    ("agents", "--preset", "sales-development", "--ask"),
    ("agents", "all"),
    ("demo", "cfo"),
]


@pytest.mark.parametrize("arguments", SCREENS)
def test_the_first_screen_is_one_screen(arguments):
    found = run(*arguments, "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


@pytest.mark.parametrize("arguments", [SCREENS[0], SCREENS[3], SCREENS[-2], SCREENS[-1]])
def test_it_fits_eighty_columns(arguments, monkeypatch):
    from overbuild.surfaces import terminal

    wide = terminal.as_plain
    monkeypatch.setattr(terminal, "as_plain", lambda page: wide(page, 80))
    lines = run(*arguments).stdout.splitlines()
    assert len(lines) <= 40 and [line for line in lines if len(line) > 80] == []


def test_what_does_not_pay_says_so_first():
    for name in ("sales-development", "code-review-managed", "mammography-reading"):
        assert run("agents", "--preset", name).stdout.startswith(f"{name}: it does not pay.")
    assert run("agents", "--preset", "software-task").stdout.startswith("software-task: no verdict.")


def test_the_numbers_of_a_workflow_are_there_by_their_ids():
    values = answer("agents", "--preset", "support-desk")["values"]
    wanted = {"cost_per_correct", "baseline_cost", "saving_per_task", "breakeven_success", "roi", "payback_quarters"}
    assert wanted <= set(values) and values["breakeven_success"] == pytest.approx(0.7832, abs=1e-3)


def test_a_workflow_without_a_verdict_has_no_worth():
    found = answer("agents", "--preset", "software-task")
    assert found["values"]["verdict"] is None and found["values"]["npv"] is None
    assert "disagrees in sign" in found["status"]["npv"]


def test_the_numbers_of_all_are_there_by_their_ids():
    values = answer("agents", "all")["values"]
    low, central, high = (values[f"share_of_tasks_needed.{end}"] for end in ("low", "central", "high"))
    assert low < central < high and values["addressable_wage_bill"] == pytest.approx(0.25 * 9.4e12)
    assert values["required@end_user"] == pytest.approx(answer("need")["values"]["required_revenue.end_user"])
    assert values["claim.iceberg_2025"] == 0.117 and values["npv.software-task"] is None


def test_a_case_of_ones_own_gives_the_numbers_of_its_preset(tmp_path):
    path = tmp_path / "desk.yaml"
    assert run("new", "agents", str(path)).returncode == 0
    own, shipped = (answer("agents", of)["values"] for of in (str(path), "preset:support-desk"))
    assert own == shipped
    assert run("check", str(path)).stdout.startswith("desk: no fault")
    assert json.loads(run("schema", "agents").stdout)["title"] == "agents"


def test_a_number_and_a_book_name_the_currency_of_the_case(tmp_path):
    said = run("why", "agents:saving_per_task", "preset:mammography-reading").stdout
    assert said.startswith("Saving of a task = -1.86 EUR per task")
    found = run("export", "agents", "preset:mammography-reading", "--xlsx", str(tmp_path / "m.xlsx"), "--json")
    assert found.returncode == 0 and json.loads(found.stdout)["formulas"] > 300


def test_worlds_of_a_workflow_say_how_likely_it_loses():
    found = answer("stress", "agents", "preset:support-desk", "--scenarios", "2000")
    assert 0.4 < found["values"]["programme_npv.p_below_zero"] < 0.55


def test_the_ask_says_the_money_three_assumptions_and_when_to_stop():
    said = run("demo", "cfo").stdout
    for words in ("are asked for", "Paid back after", "When to stop", "What decides it", "overbuild export agents"):
        assert words in said
    assert (
        len([line for line in said.split("What decides it")[1].split("\n\n")[0].splitlines() if line.startswith("  ")])
        == 3
    )
    refused = run("agents", "--preset", "sales-development", "--ask").stdout
    assert refused.startswith("Do not do this.")
