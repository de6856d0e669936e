"""A unit through its ages, valued from the end: whether one more year pays, what it is worth, what the books say.

The periods of this model are ages, the oldest first: what a unit is worth at an age follows from what it will be worth
a year later. Book values of several accounting lives stand beside.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, power, present
from overbuild.fleet.book_value import AccountingLife, book_value, overstatement
from overbuild.fleet.impairment import Impairment, impairment
from overbuild.fleet.quasi_rent import RentMarket, RunningUnit, quasi_rent
from overbuild.units import Flag01, PerYear, Usd, UsdStock, Years


class Resale(NamedTuple):
    """What a unit brings when it is taken out of service: new, and how fast that falls."""

    new: UsdStock
    decline_per_year: PerYear


class FirstWriteDown(NamedTuple):
    """The earliest age, from here on, at which the impairment test fails under an accounting life; 0 exists: none."""

    name: str
    exists: Flag01
    age: Years
    loss: Usd


class LaterAge(NamedTuple):
    """What a year later hands to an age: value, age of retirement, flows still to come undiscounted, write-downs."""

    value: UsdStock
    retires_at: Years
    flows_to_come: UsdStock
    write_downs: tuple[FirstWriteDown, ...]


class Age(NamedTuple):
    """An age, and whether a unit may serve beyond it: 0 at its greatest age alone."""

    years: Years
    may_serve: Flag01


class AgeingTerms(NamedTuple):
    """One unit: what it cost, how it runs, what its market pays, what it brings at resale, what owners ask.

    `market_year` is the year of the market in which it enters service, 0 for the year of the quoted rent.
    """

    cost: UsdStock
    unit: RunningUnit
    market: RentMarket
    market_year: Years
    resale: Resale
    discount_rate: PerYear
    lives: tuple[AccountingLife, ...]


def resale_value(resale: Resale, age: Years) -> UsdStock:
    """What a unit brings at an age, taken out of service.

        resale value = new * (1 - decline) ** age

    Source: geometric decay of second-hand prices, Hulten and Wykoff 1981.

    >>> resale_value(Resale(9000.0, 0.4), 2.0)
    3240.0
    """
    return line("resale_value", resale.new * power(1 - resale.decline_per_year, age))


def value_if_kept(later: UsdStock, earned: Usd, discount_rate: PerYear) -> UsdStock:
    """What a unit is worth that serves one more year: that year's quasi-rent and the value after it, discounted.

        value if kept = (quasi-rent + value a year later) / (1 + discount rate)

    Source: present value; flows at the end of the year, our convention.

    >>> round(value_if_kept(16729.73, 12919.47, 0.12), 2)
    26472.5
    """
    return line("value_if_kept", (earned + later) / (1 + discount_rate))


def age_of_unit(state: LaterAge, inputs: Age, terms: AgeingTerms) -> LaterAge:
    """One age of a unit, from what it will be a year later.

        value           = max(resale value, value if kept)
        is retired      = 1 where one more year is worth no more than the resale, and at the greatest age
        flows to come   = resale value if retired, else quasi-rent + flows to come a year later

    Source: optimal retirement as in Hulten and Wykoff 1981; equation by equation at its line.

    >>> unit, market = RunningUnit(1.0, 1.3, 1.25, 0.75, 0.35, 0.0, 700.0, 0.03), RentMarket(2.2, 0.28, 0.0, 1.0, 70.0, 0.02)
    >>> terms = AgeingTerms(30000.0, unit, market, 0.0, Resale(9000.0, 0.4), 0.12, ())
    >>> oldest = age_of_unit(LaterAge(0.0, 0.0, 0.0, ()), Age(9.0, 0.0), terms)
    >>> round(oldest.value, 4), round(age_of_unit(oldest, Age(8.0, 1.0), terms).value, 4)
    (90.6993, 151.1654)
    """
    earned = quasi_rent(terms.unit, terms.market, terms.market_year + inputs.years, inputs.years)
    resale = resale_value(terms.resale, inputs.years)
    kept = value_if_kept(state.value, earned, terms.discount_rate)
    gain = inputs.may_serve * maximum(kept - resale, 0)
    value = line("economic_value", resale + gain)
    retired = line("is_retired", 1 - present(gain, terms.cost))
    line("economic_depreciation", blend(retired, 0, value - state.value))
    line("age", inputs.years * 1)
    flows = line("flows_to_come", blend(retired, resale, earned + state.flows_to_come))
    return LaterAge(
        value,
        line("retirement_age", blend(retired, inputs.years, state.retires_at)),
        flows,
        tuple(
            _first_write_down(life, later, inputs, _tested(life, terms.cost, inputs.years, flows, value))
            for life, later in zip(terms.lives, state.write_downs, strict=True)
        ),
    )


def _tested(life: AccountingLife, cost: UsdStock, age: Years, flows: UsdStock, value: UsdStock) -> Impairment:
    book = book_value(life, cost, age)
    overstatement(life, book, value)
    return impairment(life.name, book, flows, value)


def _first_write_down(life: AccountingLife, later: FirstWriteDown, inputs: Age, test: Impairment) -> FirstWriteDown:
    """The write-down of this age where its test fails, else the next one."""
    name = life.name
    return FirstWriteDown(
        name,
        line(f"{name}.write_down_follows", maximum(test.fails, later.exists)),
        line(f"{name}.first_write_down_age", blend(test.fails, inputs.years, later.age)),
        line(f"{name}.first_write_down", blend(test.fails, test.loss, later.loss)),
    )
