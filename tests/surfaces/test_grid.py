"""`overbuild grid`: its screen, its numbers by id, a zone of one's own, its book, the tree behind a number, what it refuses."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest

from overbuild import ask
from overbuild.errors import InputErrors, OverbuildError
from overbuild.world.presets import ZONES, write_case
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

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


def test_the_first_screen_is_one_screen():
    found = run("grid", "--zone", "PJM", "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


def test_the_numbers_are_there_by_their_ids():
    values = answer("grid", "--zone", "PJM", "--add-gw", "5", "--years", "2025/26,2028/29")["values"]
    assert set(IDS) <= set(values)
    assert values[f"{BILL}.low"] < values[f"{BILL}.median"] < values[f"{BILL}.high"]
    assert values["capacity_price"] == values["capacity_price.2028/29"] == 325.0
    assert {name for name in values if name.startswith("capacity_price.20")} == {
        f"capacity_price.{year}{side}" for year in ("2025/26", "2028/29") for side in ("", ".without")
    }


def test_a_zone_of_ones_own_gives_the_numbers_of_its_preset(tmp_path):
    own = tmp_path / "mine.yaml"
    write_case(own, "ireland", kind=ZONES)
    assert ask.grid(str(own)).values == ask.grid("ireland").values


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
        (("grid", "--add-gw", "5000"), "did you mean 5,000 MW?"),
        (("why", "grid:cost_to_other", "preset:pjm"), "Did you mean cost_to_others"),
        (("export", "grid", "--xlsx", "x.xlsx"), "fleet, grid"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2 and said in " ".join(found.stderr.split())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"zone": "none.yaml"}, "no such file"),
        ({"years": ["2031/32"]}, "The case has 2024/25"),
        ({"add_gw": 0.005}, "did you mean 5,000 MW \\(5 GW\\)?"),
        ({"add_gw": 0.0}, "above 0 MW"),
        ({"sets": ["energy.blocks.low.hours=0"]}, "hours of a year lies between"),
    ],
)
def test_what_is_asked_in_python_is_refused_alike(asked, said):
    with pytest.raises((OverbuildError, InputErrors)) as error:
        ask.grid(**asked)
    assert re.search(said, "; ".join(str(one) for one in getattr(error.value, "errors", [error.value])))


def test_what_to_type_next_asks_for_the_case_that_was_asked():
    asked = ("grid", "--zone", "PJM", "--add-gw", "2", "--set", "network.peak=140000")
    told = run(*asked).stdout
    line = next(line for line in told.splitlines() if line.startswith("  overbuild why "))
    assert line.split()[3:] == ["preset:pjm", "--shock", "network.peak=140000", "--shock", "load.mw=2000"]
    traced = json.loads(run(*line.split()[1:], "--json").stdout)["headline"]["value"]
    assert traced == json.loads(run(*asked, "--json").stdout)["values"]["cost_to_others"]


@pytest.mark.parametrize(
    "asked",
    [lambda: ask.grid("preset:pjm", tariff="nope"), lambda: ask.site("preset:leased-shell", sets=("power.zone=nope",))],
    ids=["tariff", "zone"],
)
def test_a_tariff_or_a_zone_that_is_not_there_is_told_once(asked):
    with pytest.raises(OverbuildError) as told:
        asked()
    assert str(told.value).count("[unknown_name]") == str(told.value).count("'nope'") == 1
