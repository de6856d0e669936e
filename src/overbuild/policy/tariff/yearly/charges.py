"""What a tariff charges in a year, by channel: delivery, generation, energy."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, power
from overbuild.policy.tariff.yearly.demand import DrawnLoad, LoadTerms, billed_mw, reached, share_of_year_in_term
from overbuild.units import KW_PER_MW, Mw, PerYear, Ratio, Share, Usd, UsdPerKwMonth, UsdPerMw, UsdPerMwh, Years


class DemandCharge(NamedTuple):
    """A charge on demand, and the share of the contract that is billed at least."""

    charge: UsdPerKwMonth
    min_take: Share


class TariffTerms(NamedTuple):
    """A tariff of large loads. `term_years` counts from the contract's first year, its ramp included.

    `ramp` are the shares of the contract in force in its first, second, ... year, the last of which holds. An exit fee is so
    many years of minimum charges, of the term that is left, discounted at a rate of its own (0: added up); collateral is
    so much a MW and so many years of them.
    """

    delivery: DemandCharge
    generation: DemandCharge
    energy_charge: UsdPerMwh
    energy_passed_through_share: Share
    charge_growth_per_year: PerYear
    term_years: Years
    ramp: tuple[Share, ...]
    exit_fee_years: Years
    exit_fee_discount_per_year: PerYear
    collateral_per_mw: UsdPerMw
    collateral_bill_years: Years
    collateral_exempt_share: Share
    contribution_share: Share
    own_capacity_share: Share
    curtailable_share: Share


class Charged(NamedTuple):
    """What a load is charged in a year."""

    delivery: Usd
    generation: Usd
    energy: Usd


class Levels(NamedTuple):
    """What a year charges against the first, and what a MWh costs in it."""

    charges: Ratio
    energy_cost: UsdPerMwh


def charge_level(growth_per_year: PerYear, year: Years) -> Ratio:
    """Charges of a year against those of the first.

        charge level = (1 + growth) ** (year - 1)

    Source: ours, a convention: growth by whole years.

    >>> round(charge_level(0.03, 3.0), 4)
    1.0609
    """
    return line("charge_level", power(1 + growth_per_year, year - 1))


def least_mw(load: LoadTerms, tariff: TariffTerms, drawn: DrawnLoad, year: Years) -> Mw:
    """The contract in force in a year: what a minimum take is a share of.

        in force = contract * ramp reached * in term * (1 - gone)

    Source: ours, a definition: minimum charges run from the contract's first year, whether the load has come or not.

    >>> from overbuild.policy.tariff.examples import LOAD, TARIFF
    >>> least_mw(LOAD, TARIFF, DrawnLoad(0.0, 0.0, 0.0), 1.0)
    500.0
    """
    term = share_of_year_in_term(tariff.term_years, year)
    ramp = line("ramp_reached", reached(tariff.ramp, year))
    return line("contract_in_force_mw", load.contract_mw * ramp * term * (1 - drawn.gone))


def energy_price(tariff: TariffTerms, cost: UsdPerMwh, level: Ratio) -> UsdPerMwh:
    """What a MWh is charged at: by the tariff's own charge, or passed through at what it costs.

        energy price = passed through * cost of the year + (1 - passed through) * charge * charge level

    `level` is that of charges, `cost` that of the year.
    Source: fuel riders, which recover what fuel and purchases cost.

    >>> from overbuild.policy.tariff.examples import TARIFF
    >>> energy_price(TARIFF._replace(energy_charge=40.0, energy_passed_through_share=0.75), 60.0, 1.0)
    55.0
    """
    share = tariff.energy_passed_through_share
    return line("energy_price_charged", share * cost + (1 - share) * tariff.energy_charge * level)


def charged_in_year(load: LoadTerms, tariff: TariffTerms, drawn: DrawnLoad, levels: Levels, year: Years) -> Charged:
    """What a load is charged in a year by channel.

        demand charge = billed MW * 1000 * 12 * charge * charge level
        energy charge = MWh * energy price

    Source: FactSet 2024 on AEP Ohio's transmission rider: 500 MW, less than 300 used, a minimum of 60% and 7.448 USD a
    kW-month are billed at 26.8m a year, 44.7m on all 500.

    >>> from overbuild.policy.tariff.examples import LOAD, TARIFF
    >>> used, full = DrawnLoad(0.0, 250.0, 0.0), DrawnLoad(0.0, 500.0, 0.0)
    >>> first = Levels(1.0, 0.0)
    >>> [round(charged_in_year(LOAD, TARIFF, one, first, 1.0).delivery) for one in (used, full)]
    [26812800, 44688000]
    """
    force = least_mw(load, tariff, drawn, year)

    def demand(name: str, channel: DemandCharge, own: Share) -> Usd:
        billed = billed_mw(name, drawn.metered_mw, channel.min_take * force, own)
        return line(f"charged.{name}", billed * KW_PER_MW * 12 * channel.charge * levels.charges)

    return Charged(
        demand("delivery", tariff.delivery, 0),
        demand("generation", tariff.generation, tariff.own_capacity_share),
        line("charged.energy", drawn.energy_mwh * energy_price(tariff, levels.energy_cost, levels.charges)),
    )


def minimum_bill(load: LoadTerms, tariff: TariffTerms) -> Usd:
    """Minimum charges of a year of the whole contract, at the charges of its first year.

        minimum bill = contract * 1000 * 12 * (delivery take * charge + generation take * charge * (1 - own share))

    Source: ours, a definition.

    >>> from overbuild.policy.tariff.examples import LOAD, TARIFF
    >>> round(minimum_bill(LOAD, TARIFF))
    26812800
    """
    delivery = tariff.delivery.min_take * tariff.delivery.charge
    generation = tariff.generation.min_take * tariff.generation.charge * (1 - tariff.own_capacity_share)
    return line("minimum_charges", load.contract_mw * KW_PER_MW * 12 * (delivery + generation))
