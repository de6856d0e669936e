"""`overbuild fleet`: its screen, its numbers, its case of one's own, its book, the tree behind a number, what it refuses."""

from __future__ import annotations

import json

import pytest

from overbuild import ask
from overbuild.world.presets import FLEETS, presets
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

NAMES = sorted(presets(FLEETS))


@pytest.mark.parametrize("name", NAMES)
def test_the_first_screen_is_one_screen(name):
    found = run("fleet", "--preset", name, "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


def test_the_numbers_are_there_by_their_ids():
    values = answer("fleet", "preset:h100", "--cadence", "1", "--life", "6")["values"]
    assert {
        "economic_life_years",
        "breakeven_p0",
        "overstatement_peak",
        "price.half_life_years",
        "value@0",
        "book@0",
    } <= set(values)
    assert values["value@0"] == values["value_at_purchase"] and values["book@0"] == 35625.0
    assert any(name.startswith("impairment.life_asked.20") for name in values)
    by_year = [value for name, value in values.items() if name.removeprefix("impairment.").isdigit()]
    assert sum(by_year) == values["life_asked.write_down"] > 0.0
    assert values["price.low@2"] < values["price.middle@2"] < values["price.high@2"]
    assert 0.65 <= values["price.later_slice_coverage"] <= 0.95


def test_the_chips_of_a_spender_and_of_all_are_one_screen_each():
    for name in ("MSFT", "all"):
        found = run("fleet", "--company", name, "--plain")
        lines = found.stdout.splitlines()
        assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


def test_write_downs_are_there_by_their_ids(tmp_path):
    values = answer("fleet", "--company", "MSFT")["values"]
    assert values["write_down.low"] <= values["write_down.central"] <= values["write_down.high"]
    assert {"write_down_year", "overstatement_peak", "impairment.2028", "books@2027", "worth@2027"} <= set(values)
    book = tmp_path / "msft.xlsx"
    found = json.loads(run("export", "vintages", "company:MSFT", "--xlsx", book, "--json").stdout)
    assert book.exists() and found["formulas"] > 2000
    assert answer("why", "vintages:write_down.2025", "company:MSFT")["headline"]["id"] == "vintages:write_down.2025"


def test_an_edit_of_a_generation_that_some_have_not_bought_moves_the_others():
    plain, edited = (
        answer("fleet", "--company", "all", *sets)["values"]
        for sets in ((), ("--set", "generations.h100.market.rent=0.5"))
    )
    assert edited["CRWV.write_down.high"] == plain["CRWV.write_down.high"]
    assert edited["MSFT.write_down.high"] > plain["MSFT.write_down.high"]


def test_a_case_of_ones_own_gives_the_numbers_of_its_preset(tmp_path):
    own = tmp_path / "mine.yaml"
    assert run("new", "fleet", own).returncode == 0
    assert answer("fleet", own)["values"] == answer("fleet", "preset:h100")["values"]


def test_the_book_is_written_and_the_tree_behind_a_number_opened(tmp_path):
    book = tmp_path / "fleet.xlsx"
    found = json.loads(run("export", "fleet", "--preset", "gb300", "--xlsx", book, "--json").stdout)
    assert book.exists() and found["formulas"] > 900 and found["inputs"] == 25
    assert answer("why", "fleet:unit_npv", "preset:gb300")["headline"]["id"] == "fleet:unit_npv"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fleet",), "--preset with one of gb300, h100"),
        (("fleet", "preset:h10"), "Did you mean h100?"),
        (("fleet", "preset:h100", "--cadence", "0"), "market.cadence_years: the years from one generation to the next"),
        (("fleet", "preset:h100", "--life", "0.5"), "an accounting life lies between 1 and 30 years"),
        (("fleet", "preset:h100", "--set", "market.rents=2"), "market.rents"),
        (("export", "fleet", "--xlsx", "x.xlsx"), "a kind (agents, fleet,"),
        (("fleet", "preset:h100", "--company", "MSFT"), "leave out FILE or --preset"),
        (("fleet", "--company", "MSFX"), "no such company"),
        (("fleet", "--company", "MSFT", "--life", "0.5"), "an accounting life lies between 1 and 30"),
        (("fleet", "preset:h100", "--as-of", "2026-01-01"), "--as-of goes with --company"),
        (("why", "fleet:quasi_rent", "preset:h100"), "fleet:quasi_rent@0"),
        (("why", "fleet:quasi_rent@99", "preset:h100"), "no such place"),
        (("why", "fleet:unit_npw", "preset:h100"), "Did you mean unit_npv"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2 and said in " ".join(found.stderr.split())


def test_all_spenders_say_why_there_is_no_year_and_who_writes_down_most():
    found = ask.spenders()
    without = {name for name, value in found.values.items() if value is None}
    assert without == set(found.status) and "MSFT.write_down_year.low" in without
    largest = max(
        found.values[f"{ticker}.write_down.high"] for ticker in ("AMZN", "GOOGL", "META", "MSFT", "ORCL", "CRWV")
    )
    assert largest < found.values["write_down.high"] / 2 and "the most at Microsoft" in found.headline.text


def test_a_launch_a_year_is_one_every_year():
    told = " ".join(run("fleet", "--preset", "h100", "--cadence", "1", "--plain").stdout.split())
    assert "one every year:" in told
