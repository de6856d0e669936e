"""A spender's AI chips in one calendar year, by vintage: books, worth, flows to come, depreciation, the impairment test.

The years run backwards, the last first: what a chip is worth follows from what it will be worth a year later. A vintage
is as many units of its generation as its cost buys, all bought at the end of the year and counted from there.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, total, within
from overbuild.fleet.ageing import Age, AgeingTerms, FirstWriteDown, LaterAge, age_of_unit
from overbuild.fleet.book_value import AccountingLife, depreciation_of_year, left_of_cost
from overbuild.fleet.impairment import impairment
from overbuild.units import CalendarYear, Count, Flag01, Share, Usd, UsdPerYear, UsdStock

WHOLE = "whole_fleet"
"""All vintages as one group of assets."""


class BoughtTerms(NamedTuple):
    """What was bought in one year: all capex, the share of the servers for AI, one unit of the generation."""

    name: str
    year: CalendarYear
    capex: Usd
    ai_share: Share
    unit: AgeingTerms


class SpenderTerms(NamedTuple):
    """A spender: its vintages, the share of capex that buys servers, the life in force, others to compare, its tax rate."""

    vintages: tuple[BoughtTerms, ...]
    server_share: Share
    in_force: AccountingLife
    lives: tuple[AccountingLife, ...]
    tax_rate: Share


class VintageYear(NamedTuple):
    """A vintage in a year: its age, 1 once it is bought, 1 in years whose write-downs are still to come."""

    age: Age
    bought: Flag01
    tested: Flag01


class SpenderYear(NamedTuple):
    """All vintages in one year, in the order of the terms."""

    vintages: tuple[VintageYear, ...]


class SpenderAhead(NamedTuple):
    """What a year later hands back: each vintage's unit as it will then stand, and how many units there are."""

    vintages: tuple[LaterAge, ...]
    units: tuple[Count, ...]


class VintageStanding(NamedTuple):
    """A vintage at the end of a year, USD; 0 before it is bought."""

    books: UsdStock
    worth: UsdStock
    flows: UsdStock
    cost: UsdStock
    units: Count


def chips_bought(vintage: BoughtTerms, server_share: Share) -> UsdStock:
    """What was paid for AI chips and the servers round them in a year.

        cost = capex * server share * AI share

    Source: ours, a simplification: one share of a year's capex buys servers, and one share of the servers is for AI.

    >>> from overbuild.fleet.examples import TERMS
    >>> chips_bought(BoughtTerms("bought_2024", 2024.0, 100.0, 0.5, TERMS), 0.4)
    20.0
    """
    return line(f"{vintage.name}.chips_at_cost", vintage.capex * server_share * vintage.ai_share)


def units_bought(vintage: BoughtTerms, cost: UsdStock) -> Count:
    """As how many units of its generation a vintage counts.

        units = cost / cost of a unit

    Source: ours, a simplification: all that is bought in a year for AI is one generation, at one price.

    >>> from overbuild.fleet.examples import TERMS
    >>> units_bought(BoughtTerms("bought_2024", 2024.0, 100.0, 0.5, TERMS), 60000.0)
    2.0
    """
    return line(f"{vintage.name}.units", cost / vintage.unit.cost)


def fleet_year(state: SpenderAhead, inputs: SpenderYear, terms: SpenderTerms) -> SpenderAhead:
    """A spender's chips at the end of one calendar year.

        books          = sum over vintages of what straight-line depreciation over the life in force leaves
        worth          = sum over vintages of units * economic value of a unit at its age
        overstatement  = books - worth
        whole fleet    : the impairment test with all vintages as one group

    Source: its parts, equation by equation at its line; ASC 360-10-35-17 for the test.

    >>> from overbuild.company.vintages.examples import TERMS
    >>> ahead = SpenderAhead((LaterAge(0.0, 0.0, 0.0, (FirstWriteDown("in_force", 0.0, 0.0, 0.0),)),), (0.0,))
    >>> year = SpenderYear((VintageYear(Age(2.0, 0.0), 1.0, 1.0),))
    >>> round(fleet_year(ahead, year, TERMS).vintages[0].value, 4)
    3240.0
    """
    found: list[LaterAge] = []
    standing: list[VintageStanding] = []
    for vintage, later, year in zip(terms.vintages, state.vintages, inputs.vintages, strict=True):
        with within(vintage.name):
            aged = age_of_unit(later, year.age, vintage.unit)
        found.append(_from_purchase(year, aged, later))
        standing.append(_standing(vintage, year, aged, terms))
    books = line("books", total(one.books for one in standing))
    worth = line("worth", total(one.worth for one in standing))
    line("fleet_overstatement", books - worth)
    impairment(WHOLE, books, line("fleet_flows_to_come", total(one.flows for one in standing)), worth)
    _depreciation(standing, inputs, terms)
    return SpenderAhead(tuple(found), tuple(one.units for one in standing))


def _standing(vintage: BoughtTerms, year: VintageYear, aged: LaterAge, terms: SpenderTerms) -> VintageStanding:
    cost = chips_bought(vintage, terms.server_share)
    units = units_bought(vintage, cost)
    held = units * year.bought
    name = vintage.name
    return VintageStanding(
        line(f"{name}.books", left_of_cost(terms.in_force, cost, year.age.years) * year.bought),
        line(f"{name}.worth", held * aged.value),
        line(f"{name}.fleet_flows", held * aged.flows_to_come),
        cost,
        units,
    )


def _depreciation(standing: list[VintageStanding], inputs: SpenderYear, terms: SpenderTerms) -> None:
    """Depreciation of the year under the life in force and under each other, and what that does to net income."""
    kept = line("depreciation.in_force", _depreciated(terms.in_force, standing, inputs))
    for life in terms.lives:
        other = line(f"depreciation.{life.name}", _depreciated(life, standing, inputs))
        line(f"net_income_change.{life.name}", (kept - other) * (1 - terms.tax_rate))


def _depreciated(life: AccountingLife, standing: list[VintageStanding], inputs: SpenderYear) -> UsdPerYear:
    return total(
        depreciation_of_year(life, one.cost, year.age.years) * year.bought
        for one, year in zip(standing, inputs.vintages, strict=True)
    )


def _from_purchase(year: VintageYear, aged: LaterAge, later: LaterAge) -> LaterAge:
    """The unit as it stands, from the year of purchase on, before it as it stands when bought; write-downs still to come."""
    bought, tested = year.bought, year.tested
    return LaterAge(
        blend(bought, aged.value, later.value),
        blend(bought, aged.retires_at, later.retires_at),
        blend(bought, aged.flows_to_come, later.flows_to_come),
        tuple(
            FirstWriteDown(
                now.name,
                blend(tested, now.exists, then.exists),
                blend(tested, now.age, then.age),
                blend(tested, now.loss, then.loss),
            )
            for now, then in zip(aged.write_downs, later.write_downs, strict=True)
        ),
    )
