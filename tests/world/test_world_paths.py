"""Paths of a world on arrays: what is drawn comes to the closed forms and to the published simulation of the rent."""

import math
from functools import partial

import numpy as np
import pytest

from overbuild.equations import trace
from overbuild.equations.model import entry
from overbuild.timeline.run import run_periods
from overbuild.world.drivers.declared import Dynamics, Jumps
from overbuild.world.drivers.defaults import default_drivers
from overbuild.world.drivers.paths.path import path
from overbuild.world.drivers.paths.world import (
    CaseSeries,
    FailingCustomer,
    MovingDriver,
    World,
    world_before,
    world_columns,
    world_shape,
    world_terms,
)

COUNT, PLACES, P = 20_000, 21, 4
DEFAULTS = default_drivers().drivers


def default_dynamics(name):
    return next(one.dynamics for one in DEFAULTS.drawn if one.name == name)


def ran(world, series, seed=7, places=PLACES):
    """Rows of the lines of a world over scenarios; every normal is drawn."""
    generator = np.random.default_rng(seed)
    shape = world_shape(world, series)
    columns = world_columns(world, shape, series, places, P)
    leaves = [f"draws.{one}.z" for one in world.names] + ["regime"]
    leaves += [f"jumps.{one.name}.{part}" for one in world.drivers for part in ("occurs", "size")]
    draws = {leaf: list(generator.normal(size=(places, COUNT))) for leaf in leaves}
    columns = world_columns(world._replace(draws=draws), shape, series, places, P)
    terms = world_terms(world, shape, P)
    return run_periods(partial(path, shape), world_before(shape), columns, terms).rows


def test_the_rent_spreads_as_was_simulated_for_the_calibration():
    """Mean and spread of the log after 1, 2, 3 and 5 years, less the trend of 0.15 a year that is the case's."""
    rent = MovingDriver("rent", ("market.price",), "multiplies", default_dynamics("rent"))
    trend = 0.12 * np.random.default_rng(1).normal(size=COUNT)
    world = World((rent,), regimes=DEFAULTS.regimes, mix=((1.0,),), trends={"rent": trend})
    rows = ran(world, {"market.price": CaseSeries("market.price", [2.5] * PLACES)})
    published = {1: (-0.168, 0.221), 2: (-0.391, 0.329), 3: (-0.579, 0.430), 5: (-0.901, 0.645)}
    for years, (mean, sd) in published.items():
        deviation = rows["rent.deviation"][4 * years]
        assert deviation.mean() - 0.15 * years == pytest.approx(mean, abs=0.015)
        assert deviation.std() == pytest.approx(sd, rel=0.03)
    assert np.array_equal(rows["market_price.drawn"][8], 2.5 * np.exp(rows["rent.deviation"][8]))
    held = [rows[f"{one.name}.regime"][20] for one in DEFAULTS.regimes]
    assert np.all(sum(held) == 1.0)
    assert [float(one.mean()) for one in held] == pytest.approx([0.385, 0.2475, 0.3676], abs=0.015)


def test_a_rate_spreads_as_its_closed_form_says():
    dynamics = default_dynamics("sofr")
    world = World((MovingDriver("sofr", ("loans.gpu.base_rate",), "adds", dynamics),), mix=((1.0,),))
    rows = ran(world, {"loans.gpu.base_rate": CaseSeries("loans.gpu.base_rate", [0.0364] * PLACES)})
    drawn, speed = rows["loans_gpu_base_rate.drawn"][20], dynamics.speed_per_year
    assert drawn.mean() == pytest.approx(0.0364, abs=3e-4)
    sd = dynamics.volatility * math.sqrt((1.0 - math.exp(-2.0 * speed * 5.0)) / (2.0 * speed))
    assert drawn.std() == pytest.approx(sd, rel=0.02)


def test_customers_fail_as_often_as_their_hazard_says_and_together():
    names = ("one", "other")
    customers = tuple(FailingCustomer(name, (), (0.05,)) for name in names)
    rows = ran(World((), customers, mix=((1.0, 0.0), (0.8, 0.6))), {})
    failed = [np.sum(rows[f"{name}.fails"], axis=0) for name in names]
    assert all(set(np.unique(one)) == {0.0, 1.0} for one in failed)
    for one in failed:
        assert one.mean() == pytest.approx(1.0 - math.exp(-0.05 * 5.0), abs=0.008)
    assert np.corrcoef(*failed)[0, 1] > 0.15
    assert np.all(rows["one.fails"][0] == 0.0)


def test_compensated_jumps_spread_a_price_and_do_not_lower_it():
    jumps = Jumps(0.65, -0.153, 0.12)
    world = World(
        (MovingDriver("rent", ("market.price",), "multiplies", Dynamics(1.5, 0.0, jumps=jumps)),), mix=((1.0,),)
    )
    deviation = ran(world, {"market.price": CaseSeries("market.price", [1.0] * PLACES)})["rent.deviation"][20]
    assert deviation.mean() == pytest.approx(0.0, abs=0.006)
    chance = 1.0 - math.exp(-0.65 / P)
    variance = chance * (0.12**2 + 0.153**2) - (chance * 0.153) ** 2
    assert deviation.std() == pytest.approx(math.sqrt(20 * variance), rel=0.02)


def test_a_refinancing_rate_is_that_of_its_maturity():
    spread = Dynamics(1.0, 0.45, level=0.03, carries="sofr")
    drivers = (
        MovingDriver("spread", ("new",), "adds", spread),
        MovingDriver("sofr", (), "adds", Dynamics(0.2, 0.0085)),
    )
    world = World(drivers, mix=((1.0, 0.0), (0.0, 1.0)))
    rows = ran(world, {"new": CaseSeries("new", [0.07] * PLACES, fixed_from=8)})
    moved = 0.07 + 0.03 * (np.exp(rows["spread.deviation"][8]) - 1.0) + rows["sofr.deviation"][8]
    assert np.allclose(rows["new.drawn"][8], moved, atol=1e-15)
    assert all(np.array_equal(rows["new.drawn"][place], rows["new.drawn"][8]) for place in range(9, PLACES))


def test_a_world_is_one_graph_whatever_its_numbers():
    def traced(scale):
        rent = Dynamics(
            1.5 * scale,
            0.22 * scale,
            0.12,
            0.15 * scale,
            (-0.3 * scale, 0.1 * scale, 0.3),
            Jumps(0.65 * scale, -0.1, 0.1),
        )
        world = World(
            (
                MovingDriver("rent", ("p",), "odds", rent),
                MovingDriver("cost", ("q",), "adds", Dynamics(1.0 * scale, 0.3, level=0.02 * scale)),
            ),
            (FailingCustomer("lab", (), (0.01 * scale,)),),
            DEFAULTS.regimes,
            ((1.0, 0.0, 0.0), (0.5 * scale, 0.8, 0.0), (0.2 * scale, 0.1, 0.9)),
        )
        series = {"p": CaseSeries("p", [0.8 * scale] * 3), "q": CaseSeries("q", [0.05 * scale] * 3, 2)}
        shape = world_shape(world, series)
        terms, columns = world_terms(world, shape, P), world_columns(world, shape, series, 3, P)
        return trace(partial(path, shape), world_before(shape), entry(columns, 1), terms)

    assert traced(1.0).steps == traced(0.7).steps
