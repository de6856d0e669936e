"""What is published of each deal that ships stands in its case: facts, held beside the run, every difference explained."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from overbuild.questions.site.published import nearness, published_note, published_table
from overbuild.site.case.published.published_plan import MEASURES
from overbuild.site.case_run import run_case
from overbuild.site.published.beside import NEAR, beside_published
from overbuild.world.presets import site_presets

NAMES = sorted(site_presets())


@cache
def ran(name):
    return run_case(Path(f"preset:{name}"))


def beside(name):
    return beside_published(ran(name).shocked.published, ran(name).run)


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_has_three_to_seven_published_figures(name):
    figures = ran(name).sized.published
    assert 3 <= len(figures) <= 7
    assert len({one.measure for one in figures}) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_every_published_figure_and_every_part_of_one_is_a_fact(name):
    case = ran(name).sized
    inputs = {path: one for path, one in case.inputs.items() if path.startswith("published.")}
    assert {f"published.{one.name}.value" for one in case.published} <= set(inputs)
    for path, one in inputs.items():
        assert one.facts and one.origin == "fact", path
    held = {one.path: one for one in case.agreements if one.path in inputs}
    assert set(held) == set(inputs)
    assert {one.verdict for one in held.values()} <= {"agrees", "derived"}
    assert all(abs(one.difference) <= 1e-9 * abs(one.figure) for one in held.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_difference_above_two_percent_says_why(name):
    for one in beside(name):
        assert one.is_met == (abs(one.here - one.part) <= NEAR * one.part)
        assert one.is_met or len(one.figure.says) > 30, one.figure.name


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_shows_each_figure_and_says_how_near_the_case_is(name):
    found, case = beside(name), ran(name)
    (shown,) = published_table(case)
    assert [row["measure"] for row in shown.rows] == [one.figure.measure for one in found]
    assert [row["difference"] for row in shown.rows] == [one.here / one.part - 1.0 for one in found]
    assert all(row["why"] and row["unit"] == MEASURES[row["measure"]].unit for row in shown.rows)
    (note,) = published_note(case)
    assert note == nearness(found)
    apart = [one for one in found if not one.is_met]
    assert note.count("% higher (") + note.count("% lower (") == len(apart)
    assert "does not explain" not in note
    assert note.startswith(f"Of {len(found)} " if apart else f"All {len(found)} ")


def test_differences_of_the_deals_are_those_that_are_known():
    apart = {name: [one.figure.name for one in beside(name) if not one.is_met] for name in NAMES}
    assert apart == {
        "ddtl-neocloud": ["contract"],
        "hyperscaler-campus": ["power_a_mw_and_year", "costs_a_mw_and_year", "contract_a_mw_and_year"],
        "leased-shell": [],
        "merchant-gpu-cloud": ["price_of_a_gpu_hour", "advance", "rate"],
        "neocloud-100mw-gb300": ["project_margin"],
        "powered-shell": ["term_of_the_notes"],
        "prepaid-contract": ["project_margin"],
        "single-loan-80-20": [],
        "stargate-1gw": [],
    }


def test_a_shock_moves_ours_and_not_what_is_published():
    case = run_case(Path("preset:leased-shell"), shocks=["contracts.offtake.price=1.37"])
    shocked = {one.figure.name: one for one in beside_published(case.shocked.published, case.run)}
    plain = {one.figure.name: one for one in beside("leased-shell")}
    name = "contract_a_chip"
    assert shocked[name].part == plain[name].part
    assert shocked[name].here < 0.51 * plain[name].here
    assert shocked["rate"] == plain["rate"]
