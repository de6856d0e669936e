"""`overbuild tariff` and `overbuild grid solve`: screens, numbers by id, a case of one's own, what is refused."""

from __future__ import annotations

import json

import pytest

from overbuild.world.presets import TARIFFS, presets
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

NAMES = sorted(presets(TARIFFS))


@pytest.mark.parametrize("name", NAMES[::4])
def test_the_first_screen_is_one_screen(name):
    found = run("tariff", "--preset", name, "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


def test_the_numbers_are_there_by_their_ids():
    values = answer("tariff", "preset:aep-ohio-rider-2024")["values"]
    assert round(values["minimum_bill"] / 1e6, 1) == 26.8 and values["billed_mw@2024"] == 300.0
    assert {"others_worse_off", "others_worse_off.walks", "household_month.late", "residential.worse_off"} <= set(
        values
    )
    values = answer("tariff", "preset:aep-ohio-rider-2024", "--set", "tariff.delivery.min_take=1")["values"]
    assert round(values["minimum_bill"] / 1e6, 1) == 44.7


def test_a_case_of_ones_own_gives_the_numbers_of_its_preset_and_is_sound(tmp_path):
    own = tmp_path / "mine.yaml"
    assert run("new", "tariff", own).returncode == 0
    assert answer("tariff", own)["values"] == answer("tariff", "preset:aep-ohio")["values"]
    assert answer("check", own)["values"]["faults"] == 0


def test_the_book_is_written_and_the_tree_behind_a_number_opened(tmp_path):
    book = tmp_path / "tariff.xlsx"
    found = json.loads(run("export", "tariff", "--preset", "aep-ohio", "--xlsx", book, "--json").stdout)
    assert book.exists() and found["formulas"] > 2000
    assert answer("why", "tariff:others_worse_off", "preset:aep-ohio")["headline"]["id"] == "tariff:others_worse_off"


def test_a_take_is_solved_for_and_verified():
    found = answer("grid", "solve", "--preset", "dominion-gs5", "--for", "min_take", "--scenarios", "512")["values"]
    assert 0.85 < found["min_take"] < 0.95 and found["feasible"] == 1
    assert abs(found["others_worse_off.p95"]) < 0.01 * found["condition.as_is"]
    assert found["others_worse_off.p50"] < 0.0


def test_what_no_take_does_is_said_with_the_nearest():
    found = answer("grid", "solve", "--preset", "aep-ohio", "--for", "min_take", "--scenarios", "256")
    assert found["values"]["min_take"] is None and found["values"]["nearest.min_take"] == 1.0
    assert "The nearest is 100.0% of the contract" in found["status"]["min_take"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tariff",), "--preset with one of aep-ohio"),
        (("tariff", "preset:aep-ohi"), "Did you mean aep-ohio"),
        (("tariff", "preset:aep-ohio", "--set", "tariff.delivery.min_take=60"), "did you mean 0.6?"),
        (("tariff", "preset:aep-ohio", "--set", "load.contract_mw=0.5"), "did you mean 500 MW"),
        (("grid", "solve", "--for", "min_take"), "--tariff FILE, or --preset with one of"),
        (("grid", "solve", "--preset", "aep-ohio", "--for", "term"), "no such lever"),
        (("grid", "solve", "--preset", "aep-ohio", "--for", "min_take", "--such-that", "x<0"), "write it as in"),
        (("export", "tariff", "--xlsx", "x.xlsx"), "and its case"),
        (("why", "tariff:unpaid_cost", "preset:aep-ohio"), "tariff:unpaid_cost@2026"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2 and said in " ".join(found.stderr.split())
