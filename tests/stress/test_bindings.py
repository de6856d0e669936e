"""Leaves that drivers move: one scenario through them is the scenario by the plain run, whatever is drawn."""

from pathlib import Path as File

import numpy as np
import pytest

from overbuild.audit.tree.site_numbers import SiteNumbers
from overbuild.equations import flatten, rebuild
from overbuild.errors import CaseError
from overbuild.site.case.read import read_site_case
from overbuild.site.case.uncertain.uncertain import uncertain
from overbuild.site.case_run import run_case
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.stress.worlds.bindings.bound import bound
from overbuild.stress.worlds.bindings.run_world import run_world
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.drivers.dependence import mixing
from overbuild.world.overlay import overlay_of
from overbuild.world.presets import PREFIX

SCENARIOS = 2
PRESETS = ("neocloud-100mw-gb300", "powered-shell", "prepaid-contract", "merchant-gpu-cloud")
"""Chips and hall, halls with a balloon to refinance, the short form, no loan that floats."""


def filled(variant, lanes, draws):
    """The model of a variant with its lanes and draws in their leaves."""

    def leaf(name, number):
        scale = variant.scales.get(name)
        if scale is None:
            return draws.get(name, number)
        value = float(lanes[scale.lane])
        if isinstance(scale.base, list):
            return [base + slope * value for base, slope in zip(scale.base, scale.slope, strict=True)]
        return scale.base + scale.slope * value

    stages = []
    for stage in variant.model.stages:
        columns = {} if stage.columns is None else flatten(stage.columns, "inputs")
        terms = {} if stage.terms is None else flatten(stage.terms, "terms")
        if columns:
            made = [leaf(f"{stage.name}.{path}", number) for path, number in columns.items()]
            stage = stage._replace(columns=rebuild(stage.columns, made))
        if terms:
            made = [leaf(f"{stage.name}.{path}", number) for path, number in terms.items()]
            stage = stage._replace(terms=rebuild(stage.terms, made))
        stages.append(stage)
    return variant.model._replace(stages=tuple(stages))


@pytest.fixture(params=PRESETS, scope="module")
def preset(request):
    case = read_site_case(File(f"{PREFIX}{request.param}"))
    return case, size(case.plan), uncertain(case.drivers, case.forms)


def same(rows, lines, rel):
    for line, row in lines.items():
        assert rows[line] == pytest.approx(row, rel=rel, abs=1e-3), line


def test_scenarios_through_the_leaves_are_those_of_the_plain_run(preset):
    case, sizing, found = preset
    through = bound(case.forms, sizing, found)
    generator = np.random.default_rng(11)
    normals = mixing(through.correlations) @ generator.normal(size=(len(through.names), SCENARIOS))
    lanes, which = through.lane_values(normals), through.variant_of(normals)
    for scenario in range(SCENARIOS):
        variant = through.variants[which[scenario]]
        places = case.plan.horizon.periods + 1
        draws = {one.leaf: generator.normal(size=places).tolist() for one in through.drawn}
        values = {one.name: float(lanes[lane, scenario]) for lane, one in enumerate(through.lanes)}
        inputs = {leaf.removeprefix("world.inputs."): row for leaf, row in draws.items()}
        plain = run_world(case.forms, sizing, found, values, inputs, variant.periods)
        rows = run_compiled(filled(variant, lanes[:, scenario], draws)).rows["site"]
        same(rows, plain.lines, 1e-12)


def test_without_spread_every_scenario_is_the_case(preset):
    case, sizing, found = preset
    through = bound(case.forms, sizing, found, spread=0.0)
    assert len(through.variants) == 1
    lanes = through.lane_values(np.full((len(through.names), 1), 2.5))[:, 0]
    rows = run_compiled(filled(through.variants[0], lanes, {})).rows["site"]
    same(rows, run_site(case.plan, sizing).lines, 1e-9)


def test_chances_of_all_variants_are_one_and_late_ones_are_drawn_by_high_normals(preset):
    case, sizing, found = preset
    through = bound(case.forms, sizing, found)
    assert sum(one.share for one in through.variants) == pytest.approx(1.0)
    assert len(through.variants) <= 64
    drawn = np.random.default_rng(3).normal(size=(len(through.names), 50_000))
    which = through.variant_of(drawn)
    shares = [float(np.mean(which == place)) for place in range(len(through.variants))]
    assert shares == pytest.approx([one.share for one in through.variants], abs=0.01)


def test_drivers_of_one_name_are_drawn_by_one_number_in_every_case(preset):
    case, sizing, found = preset
    through = bound(case.forms, sizing, found)
    numbers = [*through.numbers, *(one.number for one in through.drawn)]
    assert len(set(numbers)) == len(numbers)


def test_a_scenario_is_explained_through_its_world():
    case = run_case(File(f"{PREFIX}prepaid-contract"))
    world = uncertain(case.shocked.drivers, case.shocked.forms).world
    draws = {"draws.rent.z": [0.5] * (case.shocked.plan.horizon.periods + 1)}
    world = world._replace(draws=draws)
    moved = case._replace(run=run_site(case.shocked.plan, case.sizing, world), world=world)
    price = SiteNumbers(moved, None).find("market_price@2034Q1", depth=4)
    told = [one for node in price.below for one in (node, *node.below)]
    assert {"site:market_price.drawn@2034Q1", "site:rent.deviation@2034Q1"} <= {one.id for one in told}
    assert price.value > case.run.lines["market_price"][case.calendar.place("2034Q1")] > 0.0


def refused(preset, drivers, *more):
    block = overlay_of(f"drivers={{defaults: false, drawn: [{drivers}]}}")
    case = read_site_case(File(f"{PREFIX}{preset}"), [block, *more])
    with pytest.raises(CaseError) as error:
        bound(case.forms, size(case.plan), uncertain(case.drivers, case.forms))
    return error.value


SPREAD = "distribution: {family: uniform, low: 0.5, high: 0.9}"


def test_a_driver_that_the_sizing_has_fixed_is_refused():
    error = refused("neocloud-100mw-gb300", f"{{name: lent, input: loans.gpu.advance_rate, {SPREAD}}}")
    assert (error.code, error.path) == ("moves_nothing", "drivers.drawn.lent")


def test_drivers_that_change_one_number_of_the_model_are_refused():
    margins = "margins=[" + ", ".join(
        f"{{name: {name}, loan: gpu, contract_share: 0.5, margin_per_year: 0.03}}"
        for name in ("investment_grade", "low")
    )
    drawn = ", ".join(
        f"{{name: {one}, input: margins.{one}.margin_per_year, {SPREAD}}}" for one in ("investment_grade", "low")
    )
    error = refused("neocloud-100mw-gb300", drawn, overlay_of(f"{margins}]"))
    assert (error.code, error.path) == (
        "not_affine",
        "drivers.drawn.low",
    ) and "investment_grade changes the same" in error.hint


def test_a_leaf_that_does_not_follow_in_a_line_is_refused():
    error = refused("prepaid-contract", f"{{name: life, input: components.it.book_life_years, {SPREAD}}}")
    assert error.code == "not_affine" and "in a line" in error.hint
