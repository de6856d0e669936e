"""`overbuild stress` and `check` of a case that is no site, as a user meets them."""

from __future__ import annotations

import json

import pytest

from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

FEW = ("--scenarios", "2000")


@pytest.mark.parametrize("name", ["h100", "gb300"])
def test_the_first_screen_is_one_screen(name):
    found = run("stress", "fleet", "--preset", name, *FEW, "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100
    assert lines[0].startswith(f"{name}: Net present value of a unit is below 0 in ")


def test_the_kind_is_known_by_the_file(tmp_path):
    own = tmp_path / "mine.yaml"
    assert run("new", "fleet", own).returncode == 0
    by_file, by_kind = answer("stress", own, *FEW), answer("stress", "fleet", own, *FEW)
    assert by_file == by_kind and by_file["values"] == answer("stress", "preset:h100", *FEW)["values"]
    assert answer("check", own)["values"]["kind"] == "fleet"
    assert by_file["values"]["unit_npv"] == answer("fleet", own)["values"]["unit_npv"]
    certain = tmp_path / "certain.yaml"
    certain.write_text(own.read_text("utf-8").partition("# What is uncertain")[0], "utf-8")
    refused = run("stress", certain, "--scenarios", "100")
    assert refused.returncode == 2 and "drivers: the case draws nothing" in refused.stderr


def test_what_is_bad_is_ones_own(tmp_path):
    values = answer("stress", "preset:h100", *FEW, "--bad", "unit_npv<5000")["values"]
    assert values["p_bad"] > values["unit_npv.p_below_zero"]
    assert answer("stress", "preset:h100", *FEW, "--bad", "unit_npv>5000")["values"]["p_bad"] == pytest.approx(
        1.0 - values["p_bad"]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stress", "fleet"), "--preset with one of gb300, h100"),
        (("stress", "fleet", "--preset", "leased-shell"), "no such preset"),
        (("stress", "fleet", "preset:h100", "other.yaml"), "name one case, not 2"),
        (("stress", "preset:h100", "--shock", "market.rent=2"), "a fleet takes --set"),
        (("stress", "preset:h100", "--bad", "unit_npv"), "write RESULT<LEVEL"),
        (("stress", "preset:h100", "--bad", "unit<0"), "unit_npv"),
        (("stress", "preset:leased-shell", "--bad", "min_dscr<1"), "what is bad of a site"),
        (("stress", "preset:h100", "--set", "drivers.drawn.rent.input=market.rents"), "Did you mean market.rent"),
        (("stress", "preset:h100", "--set", "drivers.drawn.rent.input=greatest_age"), "shapes the case"),
        (("check", "fleet", "missing.yaml"), "no such file"),
    ],
)
def test_what_cannot_be_is_told(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2 and said in found.stderr and "Traceback" not in found.stderr


def test_one_world_has_no_interval_of_a_mean_and_pictures_say_how_many_they_need():
    few = ("stress", "preset:leased-shell", "--scenarios", "1")
    (gpu,) = json.loads(run(*few, "--json").stdout)["tables"]["lenders"]
    assert gpu["expected"] is not None and gpu["expected_low"] is None and gpu["expected_high"] is None
    assert "`stress` draws pictures from 20 worlds on" in run(*few, "--charts").stdout
