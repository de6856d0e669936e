"""What one unit earns in one year of service after what it costs to run: its quasi-rent."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, line, log, maximum, power
from overbuild.units import (
    HOURS_PER_YEAR,
    KW_PER_MW,
    LN_2,
    Flag01,
    KwPerGpu,
    PerYear,
    Ratio,
    Share,
    Usd,
    UsdPerGpuHour,
    UsdPerKwMonth,
    UsdPerMwh,
    UsdPerYear,
    Years,
)


class RunningUnit(NamedTuple):
    """One unit in service: `performance` is its effective compute against the unit whose rent is quoted."""

    performance: Ratio
    kw: KwPerGpu
    pue: Ratio
    utilisation: Share
    idle_power_share: Share
    hall_rent: UsdPerKwMonth
    maintenance: UsdPerYear
    failure_per_year: Share


class RentMarket(NamedTuple):
    """What a unit of effective compute rents for in the first year, and energy costs; both change by whole years.

    `rent_decline_per_year` is the fall apart from new generations; each launch takes `launch_fall` of the rent away,
    one every `cadence_years`.
    """

    rent: UsdPerGpuHour
    rent_decline_per_year: PerYear
    launch_fall: Share
    cadence_years: Years
    energy_price: UsdPerMwh
    energy_growth_per_year: PerYear


def rent_of_year(market: RentMarket, year: Years) -> UsdPerGpuHour:
    """Rent of a unit of effective compute in a year counted from the year of the quoted rent.

        rent of year = rent * (1 - decline) ** year * (1 - launch fall) ** (year / cadence)

    Edges: a decline below 0 is a rise; at 1 or above there is no rent to speak of, and the case is refused.
    Source: price-index form of obsolescence, Hulten and Wykoff 1981; ours: by whole years, launches spread evenly.

    >>> market = RentMarket(2.2, 0.28, 0.0, 1.0, 70.0, 0.02)
    >>> round(rent_of_year(market, 2.0), 6), round(rent_of_year(market._replace(launch_fall=0.5), 2.0), 6)
    (1.14048, 0.28512)
    """
    launches = power(1 - market.launch_fall, year / market.cadence_years)
    return line("rent_of_compute", market.rent * power(1 - market.rent_decline_per_year, year) * launches)


class HalfLife(NamedTuple):
    """In how many years a rent halves; 0 exists: it does not fall."""

    exists: Flag01
    years: Years


def rent_half_life(market: RentMarket) -> HalfLife:
    """In how many years the rent of a unit of effective compute halves, launches and all.

        left after a year = (1 - decline) * (1 - launch fall) ** (1 / cadence)
        half-life         = log(2) / -log(left after a year), where less than all is left

    Source: ours, a definition.

    >>> rent_half_life(RentMarket(2.2, 0.5, 0.0, 1.0, 70.0, 0.02)), rent_half_life(RentMarket(2.2, 0.0, 0.0, 1.0, 70.0, 0.02)).exists
    (HalfLife(exists=1.0, years=1.0), 0.0)
    """
    left = (1 - market.rent_decline_per_year) * power(1 - market.launch_fall, 1 / market.cadence_years)
    falls = line("rent_falls", breached(left - 1, 1))
    fall = blend(falls, 0 - log(maximum(blend(falls, left, 1), 1e-9)), 1)
    return HalfLife(falls, line("rent_half_life_years", falls * LN_2 / fall))


def energy_cost_of_year(unit: RunningUnit, market: RentMarket, year: Years) -> Usd:
    """Energy that a unit uses in a year, at that year's price; what stands idle uses a share of full power.

        cost = kw * pue * 8760 * (idle + (1 - idle) * utilisation) * price * (1 + growth) ** year / 1000

    Source: ours, a definition; PUE as The Green Grid defines it (facility energy over IT energy).

    >>> unit, market = RunningUnit(1.0, 1.3, 1.25, 0.75, 0.35, 0.0, 700.0, 0.03), RentMarket(2.2, 0.28, 0.0, 1.0, 70.0, 0.02)
    >>> round(energy_cost_of_year(unit, market, 0.0), 4)
    834.5269
    """
    mwh = unit.kw * unit.pue * HOURS_PER_YEAR * _power_share(unit) / KW_PER_MW
    return line("energy_cost_of_unit", mwh * market.energy_price * power(1 + market.energy_growth_per_year, year))


def _power_share(unit: RunningUnit) -> Share:
    return unit.idle_power_share + (1 - unit.idle_power_share) * unit.utilisation


def quasi_rent(unit: RunningUnit, market: RentMarket, year: Years, served: Years) -> Usd:
    """What a unit earns in a year after energy and maintenance, weighted by the chance that it has not failed.

        quasi-rent = (performance * rent of year * 8760 * utilisation - energy - hall - maintenance) * (1 - failure) ** served
        hall       = hall rent * kw * 12

    `served` are the years it has run before. It is negative once the rent no longer pays for energy and upkeep.
    Source: quasi-rent as in Hulten and Wykoff 1981; the loss of failed units is ours.

    >>> unit, market = RunningUnit(1.0, 1.3, 1.25, 0.75, 0.35, 0.0, 700.0, 0.03), RentMarket(2.2, 0.28, 0.0, 1.0, 70.0, 0.02)
    >>> round(quasi_rent(unit, market, 0.0, 0.0), 6), round(quasi_rent(unit, market, 1.0, 1.0), 6)
    (12919.473125, 8589.99271)
    """
    earned = unit.performance * rent_of_year(market, year) * HOURS_PER_YEAR * unit.utilisation
    hall = unit.hall_rent * unit.kw * 12
    kept = earned - energy_cost_of_year(unit, market, year) - hall - unit.maintenance
    return line("quasi_rent", kept * power(1 - unit.failure_per_year, served))
