"""Rents to come, drawn: the default driver of rents run over a unit's rent by the stage that worlds run on."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.equations.model import Model, Stage
from overbuild.fleet.quasi_rent import RentMarket, rent_of_year
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.drivers.defaults import default_drivers
from overbuild.world.drivers.paths.path import path
from overbuild.world.drivers.paths.world import (
    CaseSeries,
    MovingDriver,
    World,
    world_before,
    world_columns,
    world_shape,
    world_terms,
)

WORLDS, SEED, QUARTERS = 4_000, 2026, 4
SHARES = (0.1, 0.5, 0.9)
_RENT = "market.price"


class RentFan(NamedTuple):
    """Years from the quoted rent, and the rent that 10, 50 and 90% of the worlds stay below, USD a GPU-hour."""

    years: tuple[float, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


def drawn_rents(market: RentMarket, years: int, worlds: int = WORLDS, seed: int = SEED) -> RentFan:
    """The fan of a rent that falls as a case says, moved as the default drivers say rents move: regimes, cycle, trend.

    Source: the stage `path` of `overbuild.world.drivers.paths`; its parameters are assumptions of `drivers-2026`.

    >>> fan = drawn_rents(RentMarket(2.0, 0.05, 0.14, 1.54, 70.0, 0.02), 1, worlds=500)
    >>> fan.low[0] == fan.high[0] == 2.0, fan.low[-1] < fan.middle[-1] < fan.high[-1]
    (True, True)
    """
    places = years * QUARTERS + 1
    base = [float(rent_of_year(market, place / QUARTERS)) for place in range(places)]
    declared = default_drivers().drivers
    rent = next(one for one in declared.drawn if one.name == "rent")
    assert rent.dynamics is not None
    draws = np.random.default_rng(seed)
    leaves: dict[str, Any] = {
        name: list(draws.standard_normal((places, worlds))) for name in ("draws.rent.z", "regime")
    }
    world = World(
        drivers=(MovingDriver("rent", (_RENT,), rent.how, rent.dynamics),),
        regimes=declared.regimes,
        mix=((1.0,),),
        trends={"rent": rent.dynamics.trend_sd * draws.standard_normal(worlds)},
        draws=leaves,
    )
    series = {_RENT: CaseSeries(_RENT, base)}
    shape = world_shape(world, series)
    stage = Stage(
        "world",
        path,
        shape,
        world_terms(world, shape, QUARTERS),
        world_before(shape),
        world_columns(world, shape, series, places, QUARTERS),
    )
    rows = run_compiled(Model((stage,)), ("market_price.drawn",)).rows["world"]["market_price.drawn"]
    found = [np.quantile(np.broadcast_to(row, (worlds,)), SHARES) for row in rows]
    low, middle, high = (tuple(float(one[place]) for one in found) for place in range(len(SHARES)))
    return RentFan(tuple(place / QUARTERS for place in range(places)), low, middle, high)
