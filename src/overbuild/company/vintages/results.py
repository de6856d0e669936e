"""What a spender's chips come to: the write-down of each vintage, of all, and year by year."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.company.vintages.fleet_year import SpenderAhead
from overbuild.equations import blend, line, maximum, minimum, present, total
from overbuild.fleet.ageing import LaterAge
from overbuild.units import CalendarYear, Count, Flag01, Usd


class SpenderShape(NamedTuple):
    """What is static: the names of the calendar years of the model."""

    years: tuple[int, ...]


class BoughtIn(NamedTuple):
    """A vintage by its year."""

    name: str
    year: CalendarYear


class WriteDownTerms(NamedTuple):
    """The vintages, and the calendar years of the model as numbers, the first purchase first."""

    vintages: tuple[BoughtIn, ...]
    years: tuple[CalendarYear, ...]


class VintageWriteDown(NamedTuple):
    """The first write-down of a vintage: whether there is one, in which year, how much."""

    exists: Flag01
    year: CalendarYear
    loss: Usd


class SpenderResults(NamedTuple):
    """The write-downs of all vintages."""

    exists: Flag01
    first_year: CalendarYear
    loss: Usd


def spender_results(shape: SpenderShape, opening: SpenderAhead, terms: WriteDownTerms) -> SpenderResults:
    """A spender's write-downs, each vintage tested as a group of its own.

        write-down           = sum over vintages of units * first write-down of a unit
        write-down of a year = those of the vintages whose test first fails then
        first year           = earliest of the vintages' years

    Source: ASC 360-10-35-17 for the test; the sums are ours, a definition.

    >>> from overbuild.fleet.ageing import FirstWriteDown
    >>> ahead = SpenderAhead((LaterAge(26472.5, 7.0, 34785.1, (FirstWriteDown("in_force", 1.0, 4.0, 500.0),)),), (2.0,))
    >>> spender_results(SpenderShape((2024, 2028)), ahead, WriteDownTerms((BoughtIn("bought_2024", 2024.0),), (2024.0, 2028.0)))
    SpenderResults(exists=1.0, first_year=2028.0, loss=1000.0)
    """
    found = tuple(
        vintage_write_down(vintage, units, unit)
        for vintage, units, unit in zip(terms.vintages, opening.units, opening.vintages, strict=True)
    )
    for name, year in zip(shape.years, terms.years, strict=True):
        line(f"write_down_in.{name}", total(_in_year(one, year) for one in found))
    last = terms.years[-1]
    first, exists = last, 0.0
    for one in found:
        first = minimum(first, blend(one.exists, one.year, last))
        exists = maximum(exists, one.exists)
    return SpenderResults(
        line("is_written_down", exists * 1),
        line("write_down_year", first * 1),
        line("write_down", total(one.loss for one in found)),
    )


def vintage_write_down(vintage: BoughtIn, units: Count, unit: LaterAge) -> VintageWriteDown:
    """The first write-down of a vintage under the life in force.

        year = year of purchase + age at which the test first fails
        loss = units * first write-down of a unit

    Source: ours, a definition; the test is that of ASC 360-10-35-17.

    >>> from overbuild.fleet.ageing import FirstWriteDown
    >>> unit = LaterAge(26472.5, 7.0, 34785.1, (FirstWriteDown("in_force", 1.0, 4.0, 500.0),))
    >>> vintage_write_down(BoughtIn("bought_2024", 2024.0), 2.0, unit)
    VintageWriteDown(exists=1.0, year=2028.0, loss=1000.0)
    """
    [first] = unit.write_downs
    name = vintage.name
    exists = line(f"{name}.vintage_is_written_down", first.exists * 1)
    return VintageWriteDown(
        exists,
        line(f"{name}.vintage_write_down_year", vintage.year + first.age),
        line(f"{name}.vintage_write_down", units * exists * first.loss),
    )


def _in_year(one: VintageWriteDown, year: CalendarYear) -> Usd:
    """The loss of a vintage where it comes in a year, else 0."""
    apart = one.year - year
    return one.loss * (1 - present(apart * apart, 1))
