"""The case file of a fleet: one unit, what its market pays, what it is worth at resale, the lives it is booked over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.errors import CaseError
from overbuild.fleet.ageing import AgeingTerms, Resale
from overbuild.fleet.book_value import AccountingLife
from overbuild.fleet.quasi_rent import RentMarket, RunningUnit
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded
from overbuild.world.quantities import (
    CalendarYear,
    KwPerGpu,
    PerYear,
    Ratio,
    Share,
    UsdPerGpuHour,
    UsdPerKwMonth,
    UsdPerMwh,
    UsdPerYear,
    UsdStock,
    WholeYears,
    Years,
)


class UnitPlan(NamedTuple):
    """How one unit runs; `performance` is its effective compute against the unit whose rent the market quotes."""

    performance: Ratio
    kw: KwPerGpu
    pue: Ratio
    utilisation: Share
    idle_power_share: Share
    hall_rent: UsdPerKwMonth
    maintenance: UsdPerYear
    failure_per_year: Share


class RentMarketPlan(NamedTuple):
    """What the market pays in the year of purchase and how that falls: of itself, and with each new generation."""

    rent: UsdPerGpuHour
    rent_decline_per_year: PerYear
    launch_fall: Share
    cadence_years: Years
    energy_price: UsdPerMwh
    energy_growth_per_year: PerYear


class ResalePlan(NamedTuple):
    """What a unit brings when it is taken out of service: new, and how fast that falls."""

    new: UsdStock
    decline_per_year: PerYear


class LifePlan(NamedTuple):
    """An accounting life that the unit may be booked over."""

    name: str
    years: Years


class FleetPlan(NamedTuple):
    """One unit of a fleet, in USD a unit; `bought` is the year of purchase, `greatest_age` the longest it can serve."""

    name: str
    bought: CalendarYear
    cost: UsdStock
    unit: UnitPlan
    market: RentMarketPlan
    resale: ResalePlan
    discount_rate_per_year: PerYear
    greatest_age: WholeYears
    lives: tuple[LifePlan, ...]


def terms_of(plan: FleetPlan) -> AgeingTerms:
    """The numbers of a case as the model takes them."""
    return AgeingTerms(
        cost=plan.cost,
        unit=RunningUnit(*plan.unit),
        market=RentMarket(*plan.market),
        market_year=0.0,
        resale=Resale(*plan.resale),
        discount_rate=plan.discount_rate_per_year,
        lives=tuple(AccountingLife(life.name, life.years) for life in plan.lives),
    )


def fleet_faults(plan: FleetPlan) -> Iterator[CaseError]:
    """What is wrong with a case, by path."""
    for path, low, high, what, code in _BOUNDS:
        value = plan
        for step in path.split("."):
            value = getattr(value, step)
        yield from bounded(path, value, low, high, what, code)
    if not plan.lives:
        yield CaseError("missing", "lives", None, "at least one accounting life is needed, such as life_6 of 6 years")
    for life in plan.lives:
        yield from bounded(f"lives.{life.name}.years", life.years, 1.0, 30.0, "an accounting life", "life_lt_1")


_BOUNDS = (
    ("bought", 2010, 2060, "a year of purchase", "bad_period"),
    ("cost", 100.0, 1e7, "the cost of one unit in USD", "bad_value"),
    ("unit.performance", 0.01, 1000.0, "performance against the quoted unit", "bad_value"),
    ("unit.kw", 0.05, 50.0, "the power of a unit in kW", "bad_value"),
    ("unit.pue", 1.0, 2.5, "a PUE", "bad_value"),
    ("unit.utilisation", 0.0, 1.0, "a share of hours sold", "share_out_of_range"),
    ("unit.idle_power_share", 0.0, 1.0, "a share of full power", "share_out_of_range"),
    ("unit.hall_rent", 0.0, 2000.0, "a hall's rent in USD a kW-month", "bad_value"),
    ("unit.maintenance", 0.0, 1e6, "upkeep in USD a unit and year", "bad_value"),
    ("unit.failure_per_year", 0.0, 0.9, "a share that fails in a year", "share_out_of_range"),
    ("market.rent", 0.0, 1000.0, "a rent in USD a GPU-hour", "bad_value"),
    ("market.rent_decline_per_year", -0.5, 0.95, "a yearly fall of the rent", "o_out_of_range"),
    ("market.launch_fall", 0.0, 0.9, "the share of the rent that a launch takes away", "share_out_of_range"),
    ("market.cadence_years", 0.25, 20.0, "the years from one generation to the next", "cadence_out_of_range"),
    ("market.energy_price", 0.0, 1000.0, "a price in USD a MWh", "bad_value"),
    ("market.energy_growth_per_year", -0.3, 0.5, "a yearly growth of the energy price", "share_out_of_range"),
    ("resale.new", 0.0, 1e7, "what a unit brings new in USD", "bad_value"),
    ("resale.decline_per_year", 0.0, 0.95, "a yearly fall of resale prices", "share_out_of_range"),
    ("discount_rate_per_year", -0.5, 1.0, "a return asked a year", "share_out_of_range"),
    ("greatest_age", 1, 30, "the greatest age in whole years", "life_lt_1"),
)

FLEETS = CaseKind("fleet", presets.FLEETS, FleetPlan, fleet_faults)
"""Cases of a fleet: `preset:NAME` stands for those that ship."""
