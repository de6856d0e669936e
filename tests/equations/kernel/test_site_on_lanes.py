"""A site in a kernel is the site on floats and on arrays; its bits do not depend on how it is run."""

from pathlib import Path

import numpy as np
import pytest

from overbuild.equations.kernel import Fold, Lane, Scaled, Scenarios, kernel_of
from overbuild.equations.kernel.kernel import Kernel
from overbuild.equations.kernel.machine import native
from overbuild.equations.model import RowOf, programs_of
from overbuild.site.case.read import read_site_case
from overbuild.site.model import model_of
from overbuild.site.sizing.sizing import size
from overbuild.timeline.compiled_run import run_compiled
from tests.equations.kernel.agreement import HOW_IT_ENDS, PRESETS, ROWS, agreement, moved

IN_THE_SUITE = ("neocloud-100mw-gb300", "merchant-gpu-cloud", "prepaid-contract", "hyperscaler-campus")
MANY = 203


@pytest.fixture(scope="module", params=IN_THE_SUITE)
def case(request):
    return moved(request.param, MANY, seed=len(request.param))


@pytest.fixture(scope="module")
def neocloud():
    return moved(PRESETS[0], MANY, seed=len(PRESETS[0]))


def wanted(model):
    lines = [f"results.{line}" for line in programs_of(model)["results"].lines]
    return [*lines, *ROWS, *HOW_IT_ENDS, Fold("row_first", "site", ("ends",))]


def test_a_kernel_is_the_run_on_floats(case):
    found = agreement(case, range(0, MANY, 10))
    assert found.worst < 1e-11
    assert found.within > 0.9999
    assert found.ends_otherwise == 0
    assert 0.1 < found.ended < 1.0


def test_a_kernel_is_the_run_on_arrays(case):
    model, bindings = case.model, case.bindings
    compiled = kernel_of(model, wanted(model), bindings)
    on_lanes = compiled.on(model).run(case.scenarios)
    on_arrays = Kernel(model, wanted(model), bindings).on_arrays(model, "to compare").on(model).run(case.scenarios)
    for one, ours in on_lanes.items():
        theirs = on_arrays[one]
        scale = np.maximum(np.abs(theirs), max(1e-3 * np.max(np.abs(theirs)), 1e-3))
        assert ours.shape == theirs.shape
        assert np.max(np.abs(ours - theirs) / scale) < 1e-9, one


def test_bits_do_not_depend_on_blocks_threads_lanes_or_neighbours(neocloud):
    case = neocloud
    made = kernel_of(case.model, wanted(case.model), case.bindings)
    prepared = made.on(case.model)
    once = prepared.run(case.scenarios)

    def same(other, which=slice(None)):
        return all(other[one].tobytes() == np.ascontiguousarray(once[one][..., which]).tobytes() for one in once)

    assert same(prepared.run(case.scenarios, block=16))
    assert same(prepared.run(case.scenarios, threads=2, block=32))
    some = slice(37, 90)
    few = Scenarios(53, case.lanes[:, some], case.columns[..., some])
    assert same(prepared.run(few), some)
    backwards = prepared.run(Scenarios(MANY, case.lanes[:, ::-1], case.columns[..., ::-1]))
    assert same({one: np.ascontiguousarray(row[..., ::-1]) for one, row in backwards.items()})
    host = native.host()
    if host.contracts and "+avx2" in host.features:
        other = Kernel(case.model, wanted(case.model), case.bindings)
        restricted = native.Processor("haswell", "+avx2,+fma,+bmi2", 4)
        assert same(other.compile(restricted).on(case.model).run(case.scenarios))


def test_one_kernel_serves_another_case_of_its_structure(neocloud):
    case = neocloud
    first, later = case.on_floats(3), case.on_floats(7)
    bound = {"site.terms.horizon.pue": Lane(0)}
    made = kernel_of(first, ["results.equity_npv", RowOf("site", "dscr")], bound)
    assert kernel_of(later, ["results.equity_npv", RowOf("site", "dscr")], bound) is made
    for model in (first, later):
        pue = model.stage("site").terms.horizon.pue
        found = made.on(model).run(Scenarios(1, np.array([[pue]])))
        alone = Kernel(model, made.wanted, bound).on_arrays(model, "").on(model).run(Scenarios(1, np.array([[pue]])))
        assert found["results.equity_npv"] == pytest.approx(alone["results.equity_npv"], rel=1e-12)


def test_a_case_that_is_late_or_has_what_the_first_did_not_is_served(neocloud):
    """What the first case has at 0 is left out of its code: another case must not be run on it."""
    plan = read_site_case(Path(f"preset:{PRESETS[0]}")).plan
    sizing = size(plan)
    late = plan._replace(phases=tuple(phase._replace(delay=3) for phase in plan.phases))
    taxed = plan._replace(tax=plan.tax._replace(state_rate=0.07))
    bound = {"site.terms.power.price.value": Lane(0)}
    lines = ["results.equity_npv", "results.min_dscr", "results.llcr"]
    wanted = [*lines, *HOW_IT_ENDS, RowOf("site", "dscr")]
    made = kernel_of(model_of(plan, sizing), wanted, bound, also=[model_of(late, sizing)])
    for other, machines in ((plan, 1), (late, 1), (taxed, 2)):
        model = model_of(other, sizing)
        price = model.stage("site").terms.power.price.value
        found = made.on(model).run(Scenarios(1, np.array([[price]])))
        rows = run_compiled(model).rows
        ours = [float(found[line][0]) for line in lines]
        assert ours == pytest.approx([rows["results"][line.split(".")[1]][0] for line in lines], rel=1e-12)
        assert found[RowOf("site", "dscr")][:, 0].tolist() == pytest.approx(rows["site"]["dscr"], rel=1e-12, abs=1e-15)
        assert len(made.machines) == machines


def test_a_scaled_leaf_is_base_plus_slope_times_the_lane(neocloud):
    case = neocloud
    path = "site.terms.power.price.value"
    scaled = kernel_of(case.model, ["results.equity_npv"], {path: Scaled(0)})
    plain = kernel_of(case.model, ["results.equity_npv"], {path: Lane(0)})
    lanes = np.array([[0.5, 1.0, 2.0]])
    ours = scaled.on(case.model, {path: (30.0, 8.0)}).run(Scenarios(3, lanes))
    theirs = plain.on(case.model).run(Scenarios(3, 30.0 + 8.0 * lanes))
    assert np.array_equal(ours["results.equity_npv"], theirs["results.equity_npv"])
