"""A case as a function: the numbers of its question, and other people's tools on it."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import numpy as np
import pytest

from overbuild import ask
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.equations.kernel import Scenarios
from overbuild.errors import CaseError, InputError
from overbuild.site.case.uncertain.uncertain import uncertain
from overbuild.site.case_run import run_case
from overbuild.site.run import run_site
from overbuild.stress.case_worlds.worlds import CaseWorlds
from overbuild.stress.functions.as_function import site_function
from overbuild.stress.functions.case_function import bounds_of, uniform_drivers
from overbuild.stress.site_worlds.drawing import kernels_of
from overbuild.stress.worlds.bindings.bound import bound
from overbuild.stress.worlds.draws import normal_of
from overbuild.stress.worlds.sobol import SCRAMBLES, sobol_plan, sobol_uniforms
from overbuild.world.drivers.declared import UncertainInputs
from overbuild.world.drivers.record_drivers import RecordDrivers

UNIT = {"market.rent": (1.5, 4.0), "unit.utilisation": (0.6, 0.92), "resale.decline_per_year": (0.1, 0.5)}
OF_SITE = ["power.price.value", "contracts.offtake.price", "market.utilisation"]


@pytest.fixture(scope="module")
def worth():
    return ask.as_function("preset:h100", ["unit_npv", "value_at_purchase"], UNIT)


@pytest.fixture(scope="module")
def site():
    case = run_case(Path("preset:leased-shell"))
    return case, site_function(case, ["min_dscr", "equity_npv", "llcr"], OF_SITE)


def test_a_row_of_the_case_is_the_case(worth):
    told = ask.fleet("preset:h100").values
    assert worth(worth.at_case).tolist() == pytest.approx([told["unit_npv"], told["value_at_purchase"]], rel=1e-12)
    assert worth.named(market_rent=2.0)["unit_npv"] == pytest.approx(
        ask.fleet("preset:h100", sets=["market.rent=2.0"]).values["unit_npv"], rel=1e-9
    )
    assert [one.unit for one in worth.inputs] == ["USD per GPU-hour", "share", "decimal per year"]
    assert [(one.id, one.unit) for one in worth.outputs] == [("unit_npv", "USD"), ("value_at_purchase", "USD")]


def test_a_site_is_its_run_with_inputs_shocked(site):
    case, function = site
    told = case.run.values().values
    assert function(function.at_case).tolist() == pytest.approx([told[one.id] for one in function.outputs], rel=1e-9)
    points = np.random.default_rng(4).uniform(*np.array(function.bounds).T, (3, 3))
    for point, found in zip(points, function(points), strict=True):
        power, price, use = (float(one) for one in point)
        plan = case.run.plan
        contracts = tuple(
            one._replace(price=one.price._replace(value=price)) if one.name == "offtake" else one
            for one in plan.contracts
        )
        plan = plan._replace(
            contracts=contracts,
            power=plan.power._replace(price=plan.power.price._replace(value=power)),
            market=plan.market._replace(utilisation=plan.market.utilisation._replace(value=use)),
        )
        values = run_site(plan, case.sizing).values().values
        assert found.tolist() == pytest.approx(
            [math.nan if values[one.id] is None else values[one.id] for one in function.outputs], rel=1e-9, nan_ok=True
        )


def test_what_cannot_be_asked_is_told(worth):
    with pytest.raises(InputError, match="one number an input"):
        worth([1.0, 2.0])
    with pytest.raises(InputError, match=r"row 1: lies between 1\.5 and 4"):
        worth([[2.0, 0.8, 0.2], [9.0, 0.8, 0.2]])
    with pytest.raises(InputError, match="lies between"):
        worth([math.nan, 0.8, 0.2])
    with pytest.raises(InputError, match=r"row 0: lies between 0 and 1"):
        worth.points([0.5, 1.5, 0.5])
    with pytest.raises(InputError, match="market_rent, unit_utilisation"):
        worth.named(rent=2.0)
    with pytest.raises(InputError, match="Did you mean unit_npv"):
        ask.as_function("preset:h100", ["unit_npvs"], UNIT)
    with pytest.raises(InputError, match="give its bounds"):
        ask.as_function("preset:h100", ["unit_npv"], ["greatest_age"])
    with pytest.raises(CaseError, match="shapes the case"):
        ask.as_function("preset:h100", ["unit_npv"], {"greatest_age": (5, 12)})
    with pytest.raises(CaseError, match="a PUE lies between"):
        ask.as_function("preset:h100", ["unit_npv"], {"unit.pue": (0.5, 1.5)})
    with pytest.raises(InputError, match="lower bound"):
        ask.as_function("preset:h100", ["unit_npv"], {"cost": (5.0, 1.0)})
    with pytest.raises(InputError, match="at least one input"):
        ask.as_function("preset:h100", ["unit_npv"], [])


def salib():
    """SALib's own sample in the unit cube, and its analysis of a column of results."""
    sample = pytest.importorskip("SALib.sample.sobol", reason="SALib is not installed")
    analyze = pytest.importorskip("SALib.analyze.sobol", reason="SALib is not installed")

    def shares(problem, count):
        unit = {**problem, "bounds": [[0.0, 1.0]] * problem["num_vars"]}
        return sample.sample(unit, count, calc_second_order=False, seed=3)

    def analysed(problem, column):
        return analyze.analyze(problem, column, calc_second_order=False, seed=3)

    return shares, analysed


def worlds_of_unit(function):
    """The worlds of the kernel whose drivers are the inputs of the function, anywhere between their bounds."""
    bounds = bounds_of({one.path: (one.low, one.high) for one in function.inputs}, {})
    case = EXPLAINED["fleet"].explain(Path("preset:h100"), (), None)
    return CaseWorlds(case, None, RecordDrivers(uniform_drivers(bounds)), [one.id for one in function.outputs])


def test_sobol_indices_of_salib_are_those_on_the_kernel_s_own_worlds(worth):
    shares, analysed = salib()
    unit = shares(worth.problem, 256)
    worlds = worlds_of_unit(worth)
    own = worlds.at_values(worlds.from_normals(normal_of(unit.T))).results["unit_npv"]
    there = worth(worth.points(unit))[:, 0]
    np.testing.assert_allclose(there, own, rtol=1e-9, atol=1e-6)
    one, other = analysed(worth.problem, there), analysed(worth.problem, own)
    for index in ("S1", "ST", "S1_conf", "ST_conf"):
        np.testing.assert_allclose(one[index], other[index], rtol=1e-9, atol=1e-12)
    assert one["ST"].max() > 0.3


def test_sobol_indices_of_a_site_are_those_on_the_kernel_s_own_worlds(site):
    case, function = site
    shares, analysed = salib()
    unit = shares(function.problem, 128)
    bounds = bounds_of({one.path: (one.low, one.high) for one in function.inputs}, {})
    block = UncertainInputs(defaults=False, drawn=uniform_drivers(bounds))
    leaves = bound(case.shocked.forms, case.sizing, uncertain(block, case.shocked.forms))
    (prepared,) = kernels_of(leaves).prepared
    own = prepared.run(Scenarios(len(unit), leaves.lane_values(normal_of(unit.T))))["results.equity_npv"]
    there = function(function.points(unit))[:, 1]
    one, other = analysed(function.problem, there), analysed(function.problem, own)
    for index in ("S1", "ST"):
        np.testing.assert_allclose(one[index], other[index], rtol=1e-9, atol=1e-12)
    assert one["ST"].max() > 0.3


def test_sobol_indices_on_scrambles_of_the_kernel_enclose_those_of_salib(worth):
    """First-order indices by Saltelli's estimator, one from each of the sixteen scrambles, and the interval of their mean."""
    shares, analysed = salib()
    found = analysed(worth.problem, worth(worth.points(shares(worth.problem, 2048)))[:, 0])
    worlds, wide, many = worlds_of_unit(worth), len(worth.inputs), 1024
    plan = sobol_plan(5, 2 * wide, SCRAMBLES * many)
    drawn = normal_of(sobol_uniforms(plan, 0, SCRAMBLES * many))

    def results(normals):
        return worlds.at_values(worlds.from_normals(normals)).results["unit_npv"].reshape(SCRAMBLES, many)

    at_one, at_other = results(drawn[:wide]), results(drawn[wide:])
    for place in range(wide):
        mixed = drawn[:wide].copy()
        mixed[place] = drawn[wide + place]
        spread = np.var(np.concatenate([at_one, at_other], axis=1), axis=1)
        own = np.mean(at_other * (results(mixed) - at_one), axis=1) / spread
        error = 2.13 * own.std(ddof=1) / SCRAMBLES**0.5  # Student's, 15 degrees of freedom, 95%
        assert 0.0 < error < 0.03
        assert abs(own.mean() - found["S1"][place]) < error + found["S1_conf"][place]


def test_a_thousand_runs_of_ema_workbench(worth):
    ema = pytest.importorskip("ema_workbench", reason="EMA Workbench is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ema.Model("unit", function=lambda **given: worth.named(**given))
        model.uncertainties = [ema.RealParameter(one.name, one.low, one.high) for one in worth.inputs]
        model.outcomes = [ema.ScalarOutcome("unit_npv")]
        experiments, outcomes = ema.perform_experiments(model, scenarios=1000)
    assert len(outcomes["unit_npv"]) == 1000
    points = experiments[worth.names].to_numpy(dtype=float)
    assert np.allclose(worth(points)[:, 0], outcomes["unit_npv"], rtol=1e-12)


def test_openturns_takes_the_function(worth):
    openturns = pytest.importorskip("openturns", reason="OpenTURNS is not installed")
    wide, many = len(worth.inputs), len(worth.outputs)
    function = openturns.PythonFunction(wide, many, func=worth, func_sample=worth)
    openturns.RandomGenerator.SetSeed(1)
    inputs = openturns.JointDistribution([openturns.Uniform(*ends) for ends in worth.bounds])
    drawn = inputs.getSample(4000)
    assert np.allclose(np.array(function(drawn)), worth(np.array(drawn)), rtol=1e-12)
    made = openturns.CompositeRandomVector(function, openturns.RandomVector(inputs))
    mean = made.getSample(4000).computeMean()[0]
    own = worth(np.array(drawn))[:, 0]
    assert abs(mean - own.mean()) < 5.0 * own.std() / 4000**0.5 * 2**0.5
