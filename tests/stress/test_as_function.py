"""A case as a function: the numbers of its question, and other people's tools on it."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import numpy as np
import pytest

from overbuild import ask
from overbuild.errors import CaseError, InputError
from overbuild.site.case_run import run_case
from overbuild.site.run import run_site
from overbuild.stress.functions.as_function import site_function

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


def first_order(function, count, seed):
    """First-order Sobol indices of each column by Saltelli's estimator on plain draws of the kernel's own generator."""
    from overbuild.stress.worlds.draws import scenario_ids, uniforms

    low, high = np.array(function.bounds).T

    def sample(part):
        rows = [uniforms(seed, 100 * part + place, scenario_ids(0, count)) for place in range(len(low))]
        return low + (high - low) * np.array(rows).T

    one, other = sample(1), sample(2)
    at_one, at_other = function(one)[:, 0], function(other)[:, 0]
    found = []
    for place in range(len(low)):
        mixed = one.copy()
        mixed[:, place] = other[:, place]
        found.append(
            float(np.mean(at_other * (function(mixed)[:, 0] - at_one)) / np.var(np.concatenate([at_one, at_other])))
        )
    return found


def test_sobol_indices_of_salib_are_those_of_the_kernel(worth):
    sample = pytest.importorskip("SALib.sample.sobol", reason="SALib is not installed")
    analyze = pytest.importorskip("SALib.analyze.sobol", reason="SALib is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        points = sample.sample(worth.problem, 1024, calc_second_order=False, seed=3)
        found = analyze.analyze(worth.problem, worth(points)[:, 0], calc_second_order=False, seed=3)
    own = first_order(worth, 40_000, 5)
    assert np.abs(found["S1"] - own).max() < 0.03
    assert np.argmax(found["S1"]) == np.argmax(own)


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
