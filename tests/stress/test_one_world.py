"""A world by its number: drawn again and run on floats it is the world that was run among many."""

from pathlib import Path

import pytest

from overbuild import ask
from overbuild.errors import InputError
from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.measures import EQUITY_NPV, KINDS
from overbuild.stress.site_worlds.one_world import WorldsByNumber
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.worlds.settings import StressSettings

FEW = StressSettings(scenarios=2000, seed=3, threads=1)
WAYS = {
    "leased-shell": FEW,
    "prepaid-contract": FEW._replace(freedom=4.0),
    "single-loan-80-20": FEW._replace(sampler="sobol", scenarios=2048, spread=0.5),
}
CASE = "preset:leased-shell"


@pytest.mark.parametrize("preset", WAYS)
def test_a_world_by_itself_is_the_one_among_many(preset):
    found = stressed(run_case(Path(f"preset:{preset}")), WAYS[preset])
    block, worlds = found.source.block(0, 200), WorldsByNumber(found)
    for number in (3, 199):
        world, kind = worlds.world(number), int(block["ended_as"][number])
        ending = (KINDS[kind - 1], int(block["ended_in"][number])) if kind else (None, None)
        assert tuple(world.ending) == ending
        assert world.rows["results"]["equity_npv"][0] == pytest.approx(float(block[EQUITY_NPV][number]), rel=1e-9)


def tree(number, **others):
    answer = ask.why(number, CASE, worlds=FEW, **others)
    return answer, {str(row["id"]): row for row in answer.tables[0].rows}


def test_a_probability_opens_down_to_a_world_that_defaults_and_to_its_drivers():
    answer, rows = tree("stress:p_default")
    whole = ask.stress(CASE, settings=FEW)
    assert answer.values == {"stress:p_default": whole.values["p_default"]}
    had, counted = (rows[f"stress:{one}"]["value"] for one in ("had", "counted"))
    assert had / counted == whole.values["p_default"]
    assert "seed 3" in answer.outline.branches[0].remark
    shown = next(name for name in rows if name.startswith("stress:world.") and name.count(".") == 1)
    again, inside = tree(shown)
    assert again.values[shown] == rows[shown]["value"] != "runs to its end"
    assert inside[f"{shown}.equity_npv"]["value"] == rows[f"{shown}.equity_npv"]["value"]
    assert {"stress:drivers.rent", "stress:drivers.delay"} <= set(rows)


def test_a_value_opens_to_the_world_that_is_nearest_to_it():
    answer, rows = tree("stress:equity_npv.p50")
    nearest = next(one["value"] for name, one in rows.items() if name.endswith(".equity_npv") and "world" in name)
    assert nearest == pytest.approx(answer.values["stress:equity_npv.p50"], rel=0.02)


def test_a_driver_opens_to_its_numbers_with_their_reasons():
    answer, rows = tree("stress:drivers.rent")
    assert rows["stress:drivers.rent.dynamics.trend_years"]["value"] == 5.0
    assert any("slopes" in note.text for note in answer.outline.below["Assumptions and inputs"])


@pytest.mark.parametrize(
    ("number", "case", "code"),
    [
        ("stress:p_defalt", CASE, "unknown_name"),
        ("stress:world.x", CASE, "unknown_name"),
        ("stress:world.100000000000", CASE, "out_of_range"),
        ("stress:p_default", None, "missing"),
        ("site:min_dscr", CASE, "contradiction"),
    ],
)
def test_what_cannot_be_opened_is_refused(number, case, code):
    with pytest.raises(InputError) as fault:
        ask.why(number, case, worlds=FEW)
    assert fault.value.code == code
