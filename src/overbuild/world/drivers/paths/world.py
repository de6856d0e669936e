"""What moves from period to period in a world: drivers with dynamics, customers that may fail, how they move together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from overbuild.world.drivers.declared import Dynamics, Regime
from overbuild.world.drivers.distributions import scores_of
from overbuild.world.drivers.jumps_and_regimes import steps_of_period
from overbuild.world.drivers.paths.path_records import (
    CustomerInputs,
    CustomerState,
    CycleState,
    FixedState,
    JumpDraw,
    JumpTerms,
    MixTerms,
    NormalDraw,
    PathDriverShape,
    PathDriverTerms,
    RegimeTerms,
    RegimeWeight,
    SeriesInputs,
    SeriesShape,
    SeriesTerms,
    WorldInputs,
    WorldShape,
    WorldState,
    WorldTerms,
)

NEVER = 40.0
"""The normal number that none is below when negative: no float has less probability."""


class MovingDriver(NamedTuple):
    """A driver with dynamics, and the paths of the plan that it moves."""

    name: str
    paths: tuple[str, ...]
    how: str
    dynamics: Dynamics


class FailingCustomer(NamedTuple):
    """A customer, the contracts that end when it fails, and its hazard of each year from close; the last one holds."""

    name: str
    contracts: tuple[str, ...]
    by_year: tuple[float, ...]


class World(NamedTuple):
    """What moves in a world. `mix` is the lower triangle of the correlations of drivers and customers, in their order.

    `opened` is how many periods it has run when the site closes: 0, or the place of close in a world that began before.

    `trends` are by driver, drawn once for a scenario; `draws` are by leaf of the inputs (`draws.rent.z`), one entry a
    place. Both are 0 where nothing is given: the world of the case but for its regimes and where its cycles start.
    """

    drivers: tuple[MovingDriver, ...] = ()
    customers: tuple[FailingCustomer, ...] = ()
    regimes: tuple[Regime, ...] = ()
    mix: tuple[tuple[float, ...], ...] = ()
    trends: Mapping[str, Any] = {}
    draws: Mapping[str, Sequence[Any]] = {}
    opened: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is drawn each period, in the order of `mix`."""
        return (*(one.name for one in self.drivers), *(one.name for one in self.customers))

    @property
    def uses_regimes(self) -> bool:
        """Whether any driver has a level that a regime sets."""
        return any(any(one.dynamics.levels) for one in self.drivers)

    def with_spread(self, spread: float) -> World:
        """The world with all its spreads multiplied; with 0 it is the case itself.

        >>> rent = MovingDriver("rent", ("market.price",), "multiplies", Dynamics(1.5, 0.22, start=0.15))
        >>> World((rent,)).with_spread(0.0).drivers[0].dynamics[:4]
        (1.5, 0.0, 0.0, 0.0)
        """
        return self._replace(
            drivers=tuple(one._replace(dynamics=_narrower(one.dynamics, spread)) for one in self.drivers),
            customers=tuple(
                one._replace(by_year=tuple(spread * hazard for hazard in one.by_year)) for one in self.customers
            ),
            trends={name: spread * one for name, one in self.trends.items()},
        )


def _narrower(one: Dynamics, spread: float) -> Dynamics:
    jumps = one.jumps and one.jumps._replace(mean=one.jumps.mean * spread, sd=one.jumps.sd * spread)
    return one._replace(
        volatility=one.volatility * spread,
        trend_sd=one.trend_sd * spread,
        start=one.start * spread,
        levels=tuple(level * spread for level in one.levels),
        jumps=jumps,
    )


class CaseSeries(NamedTuple):
    """An input as the case has it, by place, close first; from `fixed_from` on it stays as it is there."""

    path: str
    base: Sequence[float]
    fixed_from: int | None = None

    @property
    def name(self) -> str:
        """The name of the series in a world: its path in one word."""
        return self.path.replace(".", "_")


def world_shape(world: World, series: Mapping[str, CaseSeries]) -> WorldShape:
    """What is static of a world that moves these inputs of a case.

    >>> rent = MovingDriver("rent", ("market.price",), "multiplies", Dynamics(1.5, 0.22))
    >>> world_shape(World((rent,), mix=((1.0,),)), {"market.price": CaseSeries("market.price", [2.0])}).series[0].name
    'market_price'
    """
    regimes = tuple(one.name for one in world.regimes) if world.uses_regimes else ()
    return WorldShape(
        drivers=tuple(
            PathDriverShape(
                one.name,
                one.dynamics.trend_sd != 0.0,
                one.dynamics.jumps is not None,
                bool(one.dynamics.levels and regimes),
            )
            for one in world.drivers
        ),
        series=tuple(
            SeriesShape(
                series[path].name,
                one.name,
                one.how,
                one.dynamics.level is not None,
                one.dynamics.carries,
                series[path].fixed_from is not None,
            )
            for one in world.drivers
            for path in one.paths
            if path in series
        ),
        customers=tuple(one.name for one in world.customers),
        regimes=regimes,
        mixed=world.names,
    )


def world_terms(world: World, shape: WorldShape, periods_per_year: int) -> WorldTerms:
    """The constants of a world: chances as normal numbers, the chain of a period.

    >>> rent = MovingDriver("rent", (), "multiplies", Dynamics(1.5, 0.22))
    >>> made = World((rent,), mix=((1.0,),))
    >>> world_terms(made, world_shape(made, {}), 4).drivers[0].speed_per_year
    1.5
    """
    chain: Iterable[Sequence[float]] = (
        steps_of_period([one.next_quarter for one in world.regimes], periods_per_year) if shape.regimes else ()
    )
    levels = {one.name: one.dynamics.level for one in world.drivers}
    return WorldTerms(
        periods_per_year=float(periods_per_year),
        drivers=tuple(
            _driver_terms(one, modes, world, periods_per_year)
            for one, modes in zip(world.drivers, shape.drivers, strict=True)
        ),
        series=tuple(SeriesTerms(one.name, levels[one.driver]) for one in shape.series),
        regimes=tuple(RegimeTerms(name, _thresholds(row)) for name, row in zip(shape.regimes, chain, strict=False)),
        start=_thresholds([one.start for one in world.regimes]) if shape.regimes else (),
        mix=tuple(
            MixTerms(name, row[: place + 1])
            for place, (name, row) in enumerate(zip(world.names, world.mix, strict=True))
        ),
    )


def _driver_terms(one: MovingDriver, modes: PathDriverShape, world: World, periods_per_year: int) -> PathDriverTerms:
    moves, jumps = one.dynamics, None
    if moves.jumps is not None:
        chance = -float(np.expm1(-moves.jumps.rate_per_year / periods_per_year))
        lift = -chance * moves.jumps.mean if moves.jumps.compensated else 0.0
        jumps = JumpTerms(normal_below(chance), moves.jumps.mean, moves.jumps.sd, lift)
    return PathDriverTerms(
        name=one.name,
        speed_per_year=moves.speed_per_year,
        volatility=moves.volatility,
        start=moves.start,
        levels=moves.levels if modes.levels else (),
        trend=world.trends.get(one.name, 0.0) if modes.trend else None,
        trend_years=moves.trend_years if modes.trend else None,
        jumps=jumps,
    )


@lru_cache(maxsize=4096)
def normal_below(chance: float) -> float:
    """The normal number below which a chance lies, -NEVER for none and NEVER for all.

    >>> normal_below(0.5), normal_below(0.0)
    (0.0, -40.0)
    """
    return float(np.clip(scores_of(np.array([chance])), -NEVER, NEVER)[0])


def _thresholds(chances: Sequence[float]) -> tuple[float, ...]:
    """Thresholds of all but the last of some chances."""
    below = np.cumsum(np.asarray(chances, dtype=float))[:-1]
    return tuple(normal_below(float(min(1.0, one))) for one in below)


def failure_thresholds(by_year: Sequence[float], places: int, periods_per_year: int, opened: int = 0) -> list[float]:
    """The normal number below which a customer fails in each place: of 1 - e^(-hazard / p); never at close.

    Years count from where the world begins, `opened` places before close.

    >>> [round(one, 4) for one in failure_thresholds([0.0361], 3, 4)]
    [-40.0, -2.3663, -2.3663]
    """
    years = [max(0, opened + place - 1) // periods_per_year for place in range(places)]
    chances = [-float(np.expm1(-by_year[min(len(by_year) - 1, year)] / periods_per_year)) for year in years]
    return [-NEVER, *(normal_below(chance) for chance in chances[1:])]


def world_columns(
    world: World, shape: WorldShape, series: Mapping[str, CaseSeries], places: int, p: int
) -> WorldInputs:
    """The series of a world, close first; leaves are lists, what is drawn 0 but for the draws that the world has.

    >>> made = World((MovingDriver("rent", (), "multiplies", Dynamics(1.5, 0.22)),), mix=((1.0,),))
    >>> world_columns(made, world_shape(made, {}), {}, 3, 4).draws[0].z
    [0.0, 0.0, 0.0]
    """
    by_name = {one.name: one for one in series.values()}
    hazards = {one.name: one.by_year for one in world.customers}

    def drawn(leaf: str) -> Any:
        return list(world.draws.get(leaf, [0.0] * places))

    def fixed(one: SeriesShape) -> Any:
        start = by_name[one.name].fixed_from
        return None if start is None else [1.0 if place > start else 0.0 for place in range(places)]

    jumping = [one.name for one in shape.drivers if one.jumps]
    moves: Any = [1.0 if world.opened else 0.0] + [1.0] * (places - 1)
    years: Any = (
        [(world.opened + place) / p for place in range(places)] if any(one.trend for one in shape.drivers) else None
    )
    thresholds: Any = {name: failure_thresholds(hazards[name], places, p, world.opened) for name in shape.customers}
    return WorldInputs(
        moves=moves,
        draws=tuple(NormalDraw(name, drawn(f"draws.{name}.z")) for name in shape.mixed),
        jumps=tuple(JumpDraw(one, drawn(f"jumps.{one}.occurs"), drawn(f"jumps.{one}.size")) for one in jumping),
        series=tuple(SeriesInputs(one.name, list(by_name[one.name].base), fixed(one)) for one in shape.series),
        customers=tuple(CustomerInputs(name, thresholds[name]) for name in shape.customers),
        years=years,
        regime=drawn("regime") if shape.regimes else None,
    )


def world_before(shape: WorldShape) -> WorldState:
    """The state before close, which close replaces: nothing has moved, all customers stand.

    >>> world_before(WorldShape(customers=("lab",))).customers
    (CustomerState(name='lab', standing=1.0),)
    """
    return WorldState(
        regimes=tuple(RegimeWeight(name, 0.0 if place else 1.0) for place, name in enumerate(shape.regimes)),
        drivers=tuple(CycleState(one.name, 0.0, 0.0 if one.jumps else None) for one in shape.drivers),
        fixed=tuple(FixedState(one.name, 0.0) for one in shape.series if one.fixed),
        customers=tuple(CustomerState(name, 1.0) for name in shape.customers),
    )
