"""What a unit comes to: value at purchase, economic life, the first write-down under each accounting life."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line
from overbuild.fleet.ageing import LaterAge
from overbuild.fleet.quasi_rent import HalfLife, RentMarket, rent_half_life
from overbuild.units import Flag01, Usd, UsdStock, Years


class UnitTerms(NamedTuple):
    """What a unit was bought for, and its market."""

    cost: UsdStock
    market: RentMarket


class WriteDown(NamedTuple):
    """The first write-down under an accounting life: whether there is one, at which age, how much."""

    name: str
    exists: Flag01
    age: Years
    loss: Usd


class UnitResults(NamedTuple):
    """A unit at purchase."""

    value: UsdStock
    net_present_value: Usd
    economic_life_years: Years
    half_life: HalfLife
    write_downs: tuple[WriteDown, ...]


def unit_results(opening: LaterAge, terms: UnitTerms) -> UnitResults:
    """A unit at purchase: the youngest age's value is what it is worth new.

        net present value = value at purchase - cost
        economic life     = first age at which one more year is worth no more than the resale

    Source: net present value; optimal retirement, Hulten and Wykoff 1981.

    >>> terms = UnitTerms(30000.0, RentMarket(2.2, 0.28, 0.0, 1.0, 70.0, 0.02))
    >>> found = unit_results(LaterAge(26472.5, 7.0, 34785.1, ()), terms)
    >>> found.net_present_value, found.economic_life_years
    (-3527.5, 7.0)
    """
    value = line("value_at_purchase", opening.value * 1)
    return UnitResults(
        value,
        line("unit_npv", value - terms.cost),
        line("economic_life_years", opening.retires_at * 1),
        rent_half_life(terms.market),
        tuple(
            WriteDown(
                one.name,
                line(f"{one.name}.is_written_down", one.exists * 1),
                line(f"{one.name}.write_down_age", one.age * 1),
                line(f"{one.name}.write_down", one.loss * 1),
            )
            for one in opening.write_downs
        ),
    )
