"""`overbuild grid`: its screen, its numbers by id, a zone of one's own, its book, the tree behind a number, what it refuses."""

from __future__ import annotations

import json

import openpyxl
import pytest

from overbuild.world.presets import ZONES, presets
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

NAMES = sorted(presets(ZONES))
BILL = "household_bill_change_per_month"
IDS = (
    "price_change_per_mwh",
    "capacity_price",
    "capacity_cost",
    "cost_to_others",
    BILL,
    *(f"{BILL}.{one}{end}" for one in ("energy", "capacity", "network", "dilution") for end in ("", ".low", ".high")),
    *(f"emissions_tco2.{one}" for one in ("location", "market", "hourly", "marginal")),
    "target_miss_tco2",
    "carbon_cost",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_screen_is_one_screen(name):
    found = run("grid", "--zone", name, "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


def test_the_numbers_are_there_by_their_ids():
    values = answer("grid", "--zone", "PJM", "--add-gw", "5")["values"]
    assert set(IDS) <= set(values)
    assert values[f"{BILL}.low"] < values[f"{BILL}.median"] < values[f"{BILL}.high"]
    assert values["capacity_price"] == 325.0


def test_years_that_are_named_are_looked_at_and_the_last_is_on_the_bill():
    found = answer("grid", "--years", "2025/26,2026/27", "--add-gw", "2")
    assert {name for name in found["values"] if name.startswith("capacity_price.20")} == {
        f"capacity_price.{year}{side}" for year in ("2025/26", "2026/27") for side in ("", ".without")
    }
    assert found["values"]["capacity_price"] == found["values"]["capacity_price.2026/27"] == 329.17


def test_a_zone_of_ones_own_gives_the_numbers_of_its_preset(tmp_path):
    own = tmp_path / "mine.yaml"
    assert run("new", "grid", own, "--preset", "ireland").returncode == 0
    assert answer("grid", "--zone", own)["values"] == answer("grid", "--zone", "ireland")["values"]


def test_the_book_lists_its_exhibits_and_locks_and_hides_nothing(tmp_path):
    path = tmp_path / "grid.xlsx"
    found = json.loads(run("export", "grid", "--preset", "pjm", "--xlsx", path, "--json").stdout)
    assert found["formulas"] > 1500
    book = openpyxl.load_workbook(path)
    said = [row[0] for row in book["Read me"].iter_rows(values_only=True)]
    assert {"Exhibit 1", "Exhibit 6", "Hard-wired", "Hidden or locked"} <= set(said)
    for sheet in book:
        assert sheet.sheet_state == "visible" and not sheet.protection.sheet
        assert not any(one.hidden for one in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values()))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grid", "--zone", "PJN"), "Did you mean pjm?"),
        (("grid", "--zone", "none.yaml"), "no such file"),
        (("grid", "--years", "2031/32"), "The case has 2024/25"),
        (("grid", "--add-gw", "5000"), "did you mean 5,000 MW?"),
        (("grid", "--add-gw", "0.005"), "did you mean 5,000 MW (5 GW)?"),
        (("grid", "--add-gw", "0"), "above 0 MW"),
        (("grid", "--set", "energy.blocks.low.hours=0"), "hours of a year lies between"),
        (("why", "grid:cost_to_other", "preset:pjm"), "Did you mean cost_to_others"),
        (("export", "grid", "--xlsx", "x.xlsx"), "a kind (fleet"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2 and said in " ".join(found.stderr.split())
