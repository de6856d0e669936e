"""The case file of a large load under a tariff: the load, the tariff, what the utility builds, who else pays."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.policy.tariff.yearly.charges import DemandCharge, TariffTerms
from overbuild.policy.tariff.yearly.cost import BuiltTerms
from overbuild.policy.tariff.yearly.demand import LoadTerms
from overbuild.policy.tariff.yearly.sharing import ClassTerms, SharingTerms
from overbuild.policy.tariff.yearly.year import DealTerms
from overbuild.world.quantities import (
    CalendarYear,
    Count,
    Mw,
    PerYear,
    Share,
    UsdPerKwMonth,
    UsdPerMw,
    UsdPerMwh,
    UsdStock,
    WholeYears,
    Years,
)


class LoadPlan(NamedTuple):
    """The large load: what it contracts, what it draws, whether it comes, when, and for how long.

    contract_mw: contracted demand at full size
    use_by_year: shares of the contract drawn at the peak in its first, second, ... year of service; the last holds
    load_factor: energy over what the peak would use if it ran all year
    leaves_after_years: years of the contract after which it is gone, from 0; a load that leaves in year 6 has stayed 5, one
        that leaves after the years looked at stays
    arrives_share: the part that comes at all; 0: it does not arrive [1]
    late_years: how much later than contracted it comes [0]
    paid_beyond_collateral: the share of what it owes on leaving beyond its collateral that is paid; 0 for a shell without
        assets, 1 for a guarantor that is good for it. Needed where the exit fee may exceed the collateral [null]
    """

    contract_mw: Mw
    use_by_year: tuple[Share, ...]
    load_factor: Share
    leaves_after_years: Years
    arrives_share: Share = 1.0
    late_years: Years = 0.0
    paid_beyond_collateral: Share | None = None


class ChannelPlan(NamedTuple):
    """A charge on demand.

    charge: USD a kW of billed demand and month
    min_take: the share of contracted demand that is billed at least
    """

    charge: UsdPerKwMonth
    min_take: Share


class RulePlan(NamedTuple):
    """The tariff.

    delivery: demand charge of the wires
    generation: demand charge of generation; 0 where customers buy it elsewhere
    energy_charge: USD a MWh; 0 where customers buy it elsewhere
    energy_passed_through_share: the part of energy that is charged at what it costs instead (a fuel rider)
    charge_growth_per_year: yearly growth of all charges but of what is passed through
    term_years: from the contract's first year, the ramp included
    ramp: shares of the contract in force in its first, second, ... year; the last holds
    exit_fee_years: years of minimum charges due on leaving, at most those left of the term; the term itself for all of them
    exit_fee_discount_per_year: at which those years are discounted to one payment; 0 adds them up
    collateral_per_mw: posted for each MW contracted
    collateral_bill_years: posted in years of minimum charges, beside it
    collateral_exempt_share: the part that this customer's rating exempts it from [0]
    contribution_share: of what is built for it alone, paid by it at the start (contribution in aid of construction)
    own_capacity_share: of its demand, supplied by capacity of its own (bring your own capacity)
    curtailable_share: of its demand, that it must shed when the system peaks
    """

    delivery: ChannelPlan
    generation: ChannelPlan
    energy_charge: UsdPerMwh
    energy_passed_through_share: Share
    charge_growth_per_year: PerYear
    term_years: Years
    ramp: tuple[Share, ...]
    exit_fee_years: Years
    exit_fee_discount_per_year: PerYear
    collateral_per_mw: UsdPerMw
    collateral_bill_years: Years
    collateral_exempt_share: Share = 0.0
    contribution_share: Share = 0.0
    own_capacity_share: Share = 0.0
    curtailable_share: Share = 0.0


class UtilityPlan(NamedTuple):
    """What the utility commits for the load, and what it costs to hold.

    direct_capex: built for the load alone
    network_capex: built for it in the shared network
    generation_capex, generation_mw: built to serve it, before its own capacity and its duty to curtail
    carrying_cost_per_year: what capital costs before tax, and the rate of every present value
    network_life_years, generation_life_years: over which capital is recovered; the longer is the time looked at
    upkeep_share: of capital, a year
    upkeep_avoidable_share: of upkeep, that ends when the load has left
    energy_cost: of energy bought for the load, USD a MWh
    capacity_price: at which capacity that it lacks is bought and that it leaves unused is sold, USD a kW and month
    cost_growth_per_year: of energy, capacity prices alike
    uptake_per_year: the share of what the load left that the growth of others takes up, a year
    """

    direct_capex: UsdStock
    network_capex: UsdStock
    generation_capex: UsdStock
    generation_mw: Mw
    carrying_cost_per_year: PerYear
    network_life_years: WholeYears
    generation_life_years: WholeYears
    upkeep_share: Share
    upkeep_avoidable_share: Share
    energy_cost: UsdPerMwh
    capacity_price: UsdPerKwMonth
    cost_growth_per_year: PerYear
    uptake_per_year: Share


class CustomerClass(NamedTuple):
    """A class of other customers: its share of what falls on them all, and how many there are. Households come first."""

    name: str
    share: Share
    customers: Count


class AllocationPlan(NamedTuple):
    """How a cost that the load does not pay, or a surplus that it brings, is shared.

    basis: in words, such as shares of the twelve monthly peaks
    shortfall_to_others: the part of a shortfall that other customers' rates carry; owners bear the rest
    surplus_to_others: the part of a surplus that lowers their rates; owners keep the rest until the next rate case
    classes: households first; their shares add up to 1
    """

    basis: str
    shortfall_to_others: Share
    surplus_to_others: Share
    classes: tuple[CustomerClass, ...]


class TariffPlan(NamedTuple):
    """A large load under a tariff; `starts` is the first year of its contract."""

    name: str
    starts: CalendarYear
    load: LoadPlan
    tariff: RulePlan
    utility: UtilityPlan
    allocation: AllocationPlan


def years_of(plan: TariffPlan) -> int:
    """The years looked at: the longer of the lives of what is built."""
    return max(plan.utility.network_life_years, plan.utility.generation_life_years)


def terms_of(plan: TariffPlan) -> DealTerms:
    """The numbers of a case as the model takes them."""
    load, rule, built = plan.load, plan.tariff, plan.utility
    return DealTerms(
        load=LoadTerms(
            load.contract_mw,
            load.use_by_year,
            load.load_factor,
            load.arrives_share,
            load.late_years,
            load.leaves_after_years,
            paid_beyond_collateral=0.0 if load.paid_beyond_collateral is None else load.paid_beyond_collateral,
        ),
        tariff=TariffTerms(DemandCharge(*rule.delivery), DemandCharge(*rule.generation), *rule[2:]),
        built=BuiltTerms(*built),
        sharing=SharingTerms(
            plan.allocation.shortfall_to_others,
            plan.allocation.surplus_to_others,
            tuple(ClassTerms(*one) for one in plan.allocation.classes),
        ),
    )
