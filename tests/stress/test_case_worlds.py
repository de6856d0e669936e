"""A case of any kind over many worlds: what it comes to without spread, by floats, on any threads; a known answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import pytest

from overbuild.audit.case_kinds import EXPLAINED
from overbuild.equations import line
from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Condition, Reported
from overbuild.errors import CaseError, InputError
from overbuild.fleet.fleet_run import run_fleet
from overbuild.stress.case_worlds import CaseWorlds, DecidingResult, case_worlds
from overbuild.stress.case_worlds.worlds import CaseOfKind
from overbuild.stress.worlds.settings import StressSettings
from overbuild.world.case_record import CaseKind, case_of
from overbuild.world.tree import read_tree

FEW = StressSettings(scenarios=6_000, threads=1)


def explained(name="h100", *sets):
    return EXPLAINED["fleet"].explain(Path(f"preset:{name}"), sets, None)


@pytest.mark.parametrize("name", ["h100", "gb300"])
def test_without_spread_every_world_is_the_case(name):
    found = case_worlds(explained(name), FEW._replace(scenarios=100, spread=0.0))
    told = run_fleet(Path(f"preset:{name}")).run.values().values
    for one in found.ids:
        values = found.values(one)
        if told[one] is None:
            assert np.isnan(values).all()
        else:
            assert np.abs(values - told[one]).max() <= 1e-9 * max(1.0, abs(told[one]))


def test_the_digest_is_that_of_the_worlds(tmp_path):
    whole = case_worlds(explained(), FEW)
    assert case_worlds(explained(), FEW._replace(threads=3)).run.digest == whole.run.digest
    kept = case_worlds(explained(), FEW._replace(out=tmp_path / "worlds")).run.digest
    for block in sorted((tmp_path / "worlds").glob("block-*.bin"))[:1]:
        block.unlink()
    resumed = case_worlds(explained(), FEW._replace(out=tmp_path / "worlds")).run.digest
    assert kept == resumed == whole.run.digest
    assert case_worlds(explained(), FEW._replace(seed=2)).run.digest != whole.run.digest
    with pytest.raises(InputError, match="another run"):
        case_worlds(explained("gb300"), FEW._replace(out=tmp_path / "worlds"))


def test_the_kernel_is_the_model_on_floats():
    worlds = CaseWorlds(explained(), FEW)
    block, drawn = worlds.block(0, 200), worlds.drawn(0, 200)
    for place in range(200):
        for name, value in worlds.one_world(drawn[:, place]).items():
            row = block.results[name][place]
            assert np.isnan(row) if value is None else abs(row - value) <= 1e-9 * max(1.0, abs(value))


def test_a_world_is_its_number_in_any_block():
    worlds = CaseWorlds(explained(), FEW)
    whole = worlds.block(0, 100).results["unit_npv"]
    parts = [worlds.block(first, 7).results["unit_npv"] for first in range(0, 98, 7)]
    assert np.array_equal(np.concatenate(parts), whole[:98])


def test_one_input_is_replaced_on_the_same_draws():
    worlds = CaseWorlds(explained(), FEW, wanted=["unit_npv"])
    dearer = worlds.with_input("cost", 40_000.0)
    off = worlds.values("unit_npv", scenarios=50)["unit_npv"] - dearer.values("unit_npv", scenarios=50)["unit_npv"]
    assert np.allclose(off, 40_000.0 - 35_625.0, atol=1e-6)
    same = worlds.with_input("cost", 35_625.0)
    assert np.array_equal(same.values("unit_npv")["unit_npv"], worlds.values("unit_npv")["unit_npv"])
    with pytest.raises(CaseError, match="the cost of one unit"):
        worlds.with_input("cost", -5.0)


# a kind of case whose every answer is known


class SumPlan(NamedTuple):
    """Two numbers of which a model reports the sum, the product of their squares, and the sum where it is positive."""

    name: str
    one: Annotated[float, "USD"]
    other: Annotated[float, "USD"]
    steps: Annotated[int, "count"]
    places: Annotated[float, "years"] = 2.0


class SumTerms(NamedTuple):
    """What the model is given: the sum is made before the run."""

    total: float
    squares: float


def summed(terms: SumTerms) -> float:
    line("above", terms.total * 1)
    line("squared", terms.squares * 1)
    return line("total", terms.total * 1)


def model_of(plan: SumPlan) -> Model:
    terms = SumTerms(plan.one + plan.other, plan.one * plan.other**2)
    years = [1.0] * round(plan.places)
    rows = Stage("rows", lambda state, each, terms: line("kept", state + each), None, terms, 0.0, years)
    reported = (
        Reported("total", "total"),
        Reported("squared", "squared"),
        Reported("gain", "above", (Condition("above", "no gain"),)),
    )
    return Model((Stage("sums", summed, None, terms), rows), reported)


def sums(text):
    kind = CaseKind("sums", "sums", SumPlan, lambda plan: ())
    head = "name: mine\none: 3\nother: -1\nsteps: 4\n"
    return CaseOfKind(case_of(read_tree(head + text, "my.yaml"), kind), model_of)


NORMALS = """drivers:
  drawn:
    - {name: a, input: one, how: adds, distribution: {family: normal, mean: 0, sd: 3}}
    - {name: b, input: other, how: replaces, distribution: {family: normal, mean: -1, sd: 4}}
  correlations:
    - {one: a, other: b, value: 0.5}
"""
SD = (9.0 + 16.0 + 2.0 * 0.5 * 12.0) ** 0.5


def test_a_sum_of_normals_lies_in_its_intervals():
    from scipy.special import ndtr

    found = case_worlds(sums(NORMALS), StressSettings(scenarios=40_000, threads=1))
    total = found.result("total")
    assert set(found.worlds.bound.computed) >= {"sums.terms.total", "sums.terms.squares"}
    assert found.worlds.slow == ""
    wanted = [2.0 + SD * z for z in (-1.6448536269514722, 0.0, 1.6448536269514722)]
    for known, told in zip((2.0, *wanted), (total.mean, *total.quantiles), strict=True):
        assert told.low <= known <= told.high
    below = float(ndtr(-2.0 / SD))
    assert total.below_zero.low <= below <= total.below_zero.high
    assert found.bad == total.below_zero
    gain = found.result("gain")
    assert gain.not_existing.low <= below <= gain.not_existing.high
    above = found.chance("total", 5.0)
    assert above.low <= float(ndtr(-3.0 / SD)) <= above.high
    assert [one.name for one in found.moves("total")] == ["b", "a"]
    sobol = case_worlds(sums(NORMALS), StressSettings(scenarios=4_096, sampler="sobol", threads=1))
    assert abs(sobol.result("total").mean.value - 2.0) < 0.01


def test_a_model_that_branches_is_made_world_by_world():
    def branching(plan: SumPlan) -> Model:
        return model_of(plan._replace(one=plan.one if plan.one > 3.0 else 0.0))

    case = sums(NORMALS).case
    found = CaseWorlds(CaseOfKind(case, branching), FEW)
    assert "made by itself" in found.slow
    block, drawn = found.block(0, 60), found.drawn(0, 60)
    for place in range(60):
        assert found.one_world(drawn[:, place])["total"] == pytest.approx(block.results["total"][place], abs=1e-12)


def test_the_error_that_is_asked_for_ends_a_run():
    found = case_worlds(sums(NORMALS), StressSettings(scenarios=200_000, until_error=0.01, threads=1))
    assert found.run.stopped and found.bad.error <= 0.01 and found.run.summary.scenarios < 200_000
    above = case_worlds(sums(NORMALS), FEW, verdict=DecidingResult("total", 5.0, "above"))
    assert above.bad == above.chance("total", 5.0)


def driver(**fields):
    words = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return "drivers: {drawn: [{name: a, " + words + "}]}"


NORMAL = "{family: normal, mean: 0, sd: 0.1}"


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (driver(input="steps", how="adds", distribution=NORMAL), "structural", "shapes the case"),
        (driver(input="name", how="adds", distribution=NORMAL), "structural", "shapes the case"),
        (driver(input="ones", how="adds", distribution=NORMAL), "unknown_name", "Did you mean one"),
        (driver(input="one", hazard="{by_year: [0.1]}"), "bad_value", "no periods"),
        (driver(input="one", distribution="{family: normal, mean: 0}"), "missing", "sd"),
        ("drivers: {drawn: [], regimes: []}", "unknown_name", "regimes"),
        ("driver: {}", "unknown_name", "driver"),
        (NORMALS.replace("input: other", "input: one"), "duplicate", "a moves it already"),
        (NORMALS.replace("0.5}", "1.5}"), "bad_value", "-1..1"),
        (NORMALS.replace("other: b", "other: c"), "unknown_name", "c"),
    ],
)
def test_drivers_that_cannot_be_are_told_with_their_place(text, code, told):
    with pytest.raises(CaseError) as raised:
        sums(text)
    assert raised.value.code == code
    assert told in str(raised.value)
    assert raised.value.line is not None and raised.value.line >= 5


def test_a_driver_that_changes_the_shape_or_nothing_is_refused():
    text = driver(input="places", how="adds", distribution="{family: uniform, low: 0, high: 5}")
    with pytest.raises(CaseError) as raised:
        CaseWorlds(sums("places: 2\n" + text), FEW)
    assert raised.value.code == "structural" and raised.value.line == 6
    still = driver(input="places", how="adds", distribution="{family: uniform, low: 0, high: 0.4}")
    with pytest.raises(CaseError) as raised:
        CaseWorlds(sums("places: 2\n" + still), FEW)
    assert raised.value.code == "moves_nothing"


def test_what_no_case_may_be_is_cut_or_refused():
    wide = "drivers.drawn.rent.distribution={family: normal, mean: 1.0, sd: 0.5}"
    with pytest.raises(CaseError) as raised:
        explained("h100", wide)
    assert raised.value.code == "bad_value" and "cut it by at_least" in str(raised.value)


def test_drawn_breaches_are_added_up_without_a_model_for_each_world():
    worlds = CaseWorlds(EXPLAINED["rules"].explain(Path("preset:ai-rules-2026"), (), None), FEW)
    assert worlds.slow == "" and any(leaf.startswith("years.inputs.tail") for leaf in worlds.bound.computed)
    block, drawn = worlds.block(0, 12), worlds.drawn(0, 12)
    for place in range(12):
        for name, value in worlds.one_world(drawn[:, place]).items():
            row = block.results[name][place]
            assert np.isnan(row) if value is None else abs(row - value) <= 1e-9 * max(1.0, abs(value)), name


def test_a_model_of_another_form_is_refused():
    from overbuild.stress.worlds.bindings.leaves import TakenLeaves, check_structure, forms_of, leaves_of

    case = explained()
    model = case.model_of(case.case.record)
    longer = case.model_of(case.case.record._replace(greatest_age=case.case.record.greatest_age + 1))
    assert forms_of(model) == forms_of(case.model_of(case.case.record._replace(cost=1.0)))
    with pytest.raises(CaseError, match="not a number of it"):
        check_structure(longer, model)
    whole = leaves_of(model)
    assert len(whole) > 10 and TakenLeaves(model, list(whole)).of(model) == whole
