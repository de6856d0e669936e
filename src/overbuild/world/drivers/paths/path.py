"""The stage `world`: the paths of what is uncertain, place by place, in front of the site that takes them."""

from __future__ import annotations

from typing import Any, NamedTuple

from overbuild.equations import blend, line, total
from overbuild.units import Scalar
from overbuild.world.drivers.paths import processes
from overbuild.world.drivers.paths.path_records import (
    CustomerState,
    CycleState,
    FixedState,
    PathDriverShape,
    RegimeWeight,
    SeriesShape,
    WorldInputs,
    WorldShape,
    WorldState,
    WorldTerms,
)


def path(shape: WorldShape, state: WorldState, inputs: WorldInputs, terms: WorldTerms) -> WorldState:
    """A period of a world: correlated normals, deviations of the drivers, the inputs as they then are, who fails.

    At close nothing has moved: cycles are where they start, and the first regime is drawn. In a period the regime at its
    start counts. Source: its parts, in `overbuild.world.drivers.paths.processes`; the order is ours, a convention.

    >>> from overbuild.world.drivers.paths.path_records import MixTerms, NormalDraw, PathDriverTerms, SeriesInputs, SeriesTerms
    >>> series, rent = SeriesShape("market_price", "rent", "multiplies"), PathDriverTerms("rent", 0.0, 0.2, 0.0, ())
    >>> shape = WorldShape((PathDriverShape("rent"),), (series,), mixed=("rent",))
    >>> terms = WorldTerms(4.0, (rent,), (SeriesTerms("market_price"),), (), (), (MixTerms("rent", (1.0,)),))
    >>> given = WorldInputs(1.0, (NormalDraw("rent", 1.0),), (), (SeriesInputs("market_price", 2.0),), ())
    >>> path(shape, WorldState((), (CycleState("rent", 0.0),), (), ()), given, terms).drivers[0].cycle
    0.1
    """
    drawn = _mixed(shape, inputs, terms)
    after = tuple(
        _moved(one, old, state.regimes, drawn[one.name], inputs, terms)
        for one, old in zip(shape.drivers, state.drivers, strict=True)
    )
    deviations = {one.name: one.deviation for one in after}
    amounts = {one.name: _amount(one, deviations, inputs, terms) for one in shape.series}
    fixed = _fixed(shape, state, inputs, amounts)
    for one in shape.series:
        line(f"{one.name}.drawn", amounts[one.name])
    return WorldState(
        regimes=_regimes(shape, state, inputs, terms),
        drivers=tuple(one.state for one in after),
        fixed=fixed,
        customers=_customers(shape, state, inputs, drawn),
    )


def _mixed(shape: WorldShape, inputs: WorldInputs, terms: WorldTerms) -> dict[str, Any]:
    """The correlated normals: sums of the independent ones, each with those before it."""
    own = [one.z for one in inputs.draws]
    return {
        one.name: line(f"{one.name}.innovation", total(weight * z for weight, z in zip(one.weights, own, strict=False)))
        for one in terms.mix
    }


class _After(NamedTuple):
    name: str
    deviation: Any
    state: CycleState


def _moved(
    shape: PathDriverShape,
    old: CycleState,
    regimes: tuple[RegimeWeight, ...],
    draw: Scalar,
    inputs: WorldInputs,
    terms: WorldTerms,
) -> _After:
    """A driver after the period: its cycle, its jumps, and how far it is from its base."""
    own = next(one for one in terms.drivers if one.name == shape.name)
    level = total(one.weight * at for one, at in zip(regimes, own.levels, strict=True)) if shape.levels else 0.0
    kept = processes.kept_share(own.speed_per_year, terms.periods_per_year)
    sd = line(f"{shape.name}.step_sd", processes.step_sd(own.volatility, own.speed_per_year, terms.periods_per_year))
    stepped = processes.cycle_after(old.cycle, level, kept, sd, draw)
    cycle = line(f"{shape.name}.cycle", blend(inputs.moves, stepped, own.start))
    deviation = cycle - own.start
    if own.trend is not None and inputs.years is not None:
        deviation = deviation + processes.trended(own.trend, inputs.years, own.trend_years)
    jumped = None
    if own.jumps is not None and old.jumped is not None:
        given, jumps = next(one for one in inputs.jumps if one.name == shape.name), own.jumps
        jump = processes.jump_of(given.occurs, jumps.threshold, jumps.mean, jumps.sd, given.size, jumps.lift)
        jumped = old.jumped + inputs.moves * jump
        deviation = deviation + jumped
    return _After(shape.name, line(f"{shape.name}.deviation", deviation), CycleState(shape.name, cycle, jumped))


def _amount(shape: SeriesShape, deviations: dict[str, Any], inputs: WorldInputs, terms: WorldTerms) -> Any:
    """An input as the period has it, before it is fixed."""
    base = next(one.base for one in inputs.series if one.name == shape.name)
    deviation = deviations[shape.driver]
    if shape.how == "odds":
        return processes.with_odds(base, deviation)
    if shape.how == "multiplies":
        return processes.multiplied(base, deviation)
    level = next(one.level for one in terms.series if one.name == shape.name)
    moved = base + deviation if level is None else processes.spread_added(base, level, deviation)
    return moved + deviations[shape.carries] if shape.carries else moved


def _fixed(
    shape: WorldShape, state: WorldState, inputs: WorldInputs, amounts: dict[str, Any]
) -> tuple[FixedState, ...]:
    """The inputs that are fixed from some period on, which then count as they were; `amounts` are changed in place."""
    found: list[FixedState] = []
    for old in state.fixed:
        given = next(one for one in inputs.series if one.name == old.name)
        assert given.fixed is not None
        amounts[old.name] = processes.held_from(given.fixed, amounts[old.name], old.amount)
        found.append(FixedState(old.name, amounts[old.name]))
    return tuple(found)


def _regimes(shape: WorldShape, state: WorldState, inputs: WorldInputs, terms: WorldTerms) -> tuple[RegimeWeight, ...]:
    """The regime that holds after the period; at close the first one."""
    if inputs.regime is None:
        return ()
    before = tuple(one.weight for one in state.regimes)
    thresholds = tuple(
        tuple(blend(inputs.moves, at, first) for at, first in zip(one.thresholds, terms.start, strict=True))
        for one in terms.regimes
    )
    found = processes.next_regimes(before, thresholds, inputs.regime)
    return tuple(
        RegimeWeight(one, line(f"{one}.regime", weight)) for one, weight in zip(shape.regimes, found, strict=True)
    )


def _customers(
    shape: WorldShape, state: WorldState, inputs: WorldInputs, drawn: dict[str, Any]
) -> tuple[CustomerState, ...]:
    """Who fails in the period, and who stands after it."""
    found: list[CustomerState] = []
    for name, old, given in zip(shape.customers, state.customers, inputs.customers, strict=True):
        fails = processes.fails_now(old.standing, drawn[name], given.threshold, inputs.moves)
        fails = line(f"{name}.fails", fails)
        found.append(CustomerState(name, old.standing - fails))
    return tuple(found)
