"""The energy market by blocks of hours: who runs, at which price, with and without the load.

Units stand in the order of what a MWh of them costs with its carbon; between equals the name decides. Nothing is sorted:
what runs before a unit is the sum of what is cheaper, so one formula serves any costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations import clip, line, maximum, minimum, present, total, where
from overbuild.power.market.load import LargeLoad, mw_in_block
from overbuild.units import Hours, MmbtuPerMwh, Mw, Scalar, TonnesPerMwh, UsdPerMmbtu, UsdPerMwh, UsdPerTonne


class StackUnit(NamedTuple):
    """A unit of the supply stack: available MW, cost of a MWh beside its fuel, heat rate, fuel, emission factor."""

    name: str
    mw: Mw
    cost: UsdPerMwh
    heat_rate: MmbtuPerMwh
    fuel_price: UsdPerMmbtu
    ef: TonnesPerMwh


class PlacedUnit(NamedTuple):
    """A unit in its place: what it costs with its carbon, and how much stands before it."""

    name: str
    mw: Mw
    cost: UsdPerMwh
    before: Mw
    ef: TonnesPerMwh


class HourBlock(NamedTuple):
    """Hours of a year with one load, without the load that is added."""

    hours: Hours
    load: Mw


class BlocksAbove(NamedTuple):
    """The blocks above, of higher load: their hours together."""

    hours: Hours


class MarketTerms(NamedTuple):
    """The load that is added, what a MWh costs that nobody can serve, the supply stack, and what a tonne costs emitters."""

    load: LargeLoad
    voll: UsdPerMwh
    units: tuple[StackUnit, ...]
    carbon_price: UsdPerTonne


class Cleared(NamedTuple):
    """A block as it cleared: price, what was not served, emissions of an hour in t."""

    price: UsdPerMwh
    unserved: Mw
    emissions: Scalar


def effective_cost(unit: StackUnit, carbon_price: UsdPerTonne) -> UsdPerMwh:
    """What a MWh of a unit costs: fuel, the rest, carbon.

        effective cost = heat rate * fuel price + cost + emission factor * carbon price

    Source: the model's specification E.2; short-run marginal cost.

    >>> round(effective_cost(StackUnit("ccgt_new", 26996.9, 2.5, 6.5, 3.92, 0.3446), 10.0), 3)
    31.426
    """
    return unit.heat_rate * unit.fuel_price + unit.cost + unit.ef * carbon_price


def stack_in_order(units: tuple[StackUnit, ...], carbon_price: UsdPerTonne) -> tuple[PlacedUnit, ...]:
    """The stack with what stands before each unit.

        MW before = sum of MW over units of lower (effective cost, name)

    Source: merit order; the model's specification E.2.

    >>> units = (StackUnit("gas", 4.0, 30.0, 0.0, 0.0, 0.4), StackUnit("coal", 3.0, 25.0, 0.0, 0.0, 1.0))
    >>> [one.before for one in stack_in_order(units, 0.0)]
    [3.0, 0]
    >>> [one.before for one in stack_in_order(units, 20.0)]
    [0, 4.0]
    """
    costs = [line(f"stack.{one.name}.effective_cost", effective_cost(one, carbon_price)) for one in units]
    befores = [_before(one.name, cost, units, costs) for one, cost in zip(units, costs, strict=True)]
    return tuple(
        PlacedUnit(one.name, one.mw, cost, line(f"stack.{one.name}.mw_before", before), one.ef)
        for one, cost, before in zip(units, costs, befores, strict=True)
    )


def _before(name: str, cost: UsdPerMwh, units: Sequence[StackUnit], costs: Sequence[UsdPerMwh]) -> Mw:
    return total(
        where(other <= cost if one.name < name else other < cost, one.mw, 0)
        for one, other in zip(units, costs, strict=True)
        if one.name != name
    )


def block_of_hours(state: BlocksAbove, inputs: HourBlock, terms: MarketTerms) -> BlocksAbove:
    """A block of hours without the load and with it; `state` are the hours of the blocks above it, of higher load.

    Source: the model's specification E.2; equation by equation at its line.

    >>> units = (StackUnit("gas", 4.0, 30.0, 0.0, 0.0, 0.4), StackUnit("coal", 3.0, 25.0, 0.0, 0.0, 1.0))
    >>> terms = MarketTerms(LargeLoad(2.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0), 5000.0, units, 0.0)
    >>> block_of_hours(BlocksAbove(40.0), HourBlock(100.0, 2.0), terms)
    BlocksAbove(hours=140.0)
    """
    added = mw_in_block(terms.load, state.hours, inputs.hours)
    units = stack_in_order(terms.units, terms.carbon_price)
    without = cleared("without", units, inputs.load, terms.voll)
    given = cleared("with", units, inputs.load + added, terms.voll)
    _totals("without", inputs, inputs.load, without)
    _totals("with", inputs, inputs.load + added, given)
    line("block.load_mwh", inputs.hours * added)
    line("block.base_mwh", inputs.hours * inputs.load)
    line("block.hours", inputs.hours * 1)
    return BlocksAbove(line("block.hours_so_far", state.hours + inputs.hours))


def _totals(side: str, block: HourBlock, load: Mw, found: Cleared) -> None:
    line(f"block.{side}.mwh", block.hours * load)
    line(f"block.{side}.paid", block.hours * load * found.price)
    line(f"block.{side}.paid_by_others", block.hours * block.load * found.price)
    line(f"block.{side}.emissions", block.hours * found.emissions)
    line(f"block.{side}.unserved_mwh", block.hours * found.unserved)


def cleared(side: str, units: tuple[PlacedUnit, ...], load: Mw, voll: UsdPerMwh) -> Cleared:
    """A block's price, what nobody serves, and what is emitted in an hour of it.

        runs     = min(max(load - MW before, 0), MW), by unit
        unserved = max(load - all MW, 0)
        price    = effective cost of the dearest unit that runs; the value of lost load where some is not served;
                   0 where there is no load

    Source: the model's specification E.2; uniform pricing.

    >>> units = (PlacedUnit("gas", 4.0, 30.0, 3.0, 0.4), PlacedUnit("coal", 3.0, 25.0, 0.0, 1.0))
    >>> cleared("with", units, 5.0, 5000.0), cleared("with", units, 8.0, 5000.0).price, cleared("with", units, 0.0, 5000.0).price
    (Cleared(price=30.0, unserved=0, emissions=3.8), 5000.0, 0.0)
    """
    runs = [line(f"block.{side}.{one.name}.mw", clip(load - one.before, 0, one.mw)) for one in units]
    unserved = line(f"block.{side}.unserved", maximum(load - total(one.mw for one in units), 0))
    cheapest = line(f"block.{side}.cheapest", _least([one.cost for one in units]))
    above = [
        line(f"block.{side}.{one.name}.above_cheapest", present(mw, load) * (one.cost - cheapest))
        for one, mw in zip(units, runs, strict=True)
    ]
    dearest = _greatest(above)
    served = line(f"block.{side}.marginal_cost", present(load, 1) * (cheapest + dearest))
    price = line(f"block.{side}.price", where(unserved > load * 1e-9, voll, served))
    return Cleared(price, unserved, total(mw * one.ef for one, mw in zip(units, runs, strict=True)))


def _least(amounts: Sequence[Scalar]) -> Scalar:
    least = amounts[0]
    for one in amounts[1:]:
        least = minimum(least, one)
    return least


def _greatest(amounts: Sequence[Scalar]) -> Scalar:
    greatest = amounts[0]
    for one in amounts[1:]:
        greatest = maximum(greatest, one)
    return greatest
