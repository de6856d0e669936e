"""Constants of a site: every number of the case, in the units of the plan."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.units import (
    Count,
    Days,
    KwPerGpu,
    Mw,
    PerYear,
    Ratio,
    Scalar,
    Share,
    Usd,
    UsdPerYear,
    UsdStock,
    Years,
)


class PathTerms(NamedTuple):
    """The numbers of a path: None where its mode has no such number."""

    value: Scalar | None = None
    growth_per_year: PerYear | None = None


class HorizonTerms(NamedTuple):
    """What holds for the whole site."""

    periods_per_year: Count
    availability_share: Share
    attrition_per_year: PerYear
    pue: Ratio
    idle_load_share: Share
    terminal_proceeds: UsdStock
    decommissioning: UsdStock
    residual_value_guarantee: UsdStock


class PhaseTerms(NamedTuple):
    """A phase."""

    name: str
    it_mw: Mw
    fixed: PathTerms
    share_of_revenue: Share
    delay_cost: Usd
    contractor_ld: Usd


class AssetTerms(NamedTuple):
    """A component. `decay_per_year` is its loss of value, `bonus_share` 0 where its class has none."""

    name: str
    cost: UsdStock
    book_life_years: Years
    bonus_share: Share
    liquidation_share: Share
    decay_per_year: PerYear
    overrun: Share
    maintained: Share


class FleetTerms(NamedTuple):
    """A fleet."""

    name: str
    kw_per_gpu: KwPerGpu
    performance: Ratio
    proceeds: UsdStock
    owners_pay: UsdStock
    sale: UsdStock


class ContractTerms(NamedTuple):
    """A contract."""

    name: str
    share: Share
    price: PathTerms
    utilisation: PathTerms
    take_or_pay: Share
    pass_through: Share
    renews: Share
    termination_payment: UsdStock
    ld: Usd
    recovery_share: Share
    ld_cap: UsdStock | None = None


class SpotTerms(NamedTuple):
    """Capacity without a contract."""

    price: PathTerms
    utilisation: PathTerms


class SupplyTerms(NamedTuple):
    """The power contract."""

    price: PathTerms
    demand_charge: PathTerms
    minimum_share: Share


class OperatingTerms(NamedTuple):
    """Costs of the whole site, and the days that bills stay open."""

    staff: PathTerms
    inflation: PathTerms
    maintenance_share_per_year: PerYear
    insurance_share_per_year: PerYear
    property_tax_share_per_year: PerYear
    receivable_days: Days
    payable_days: Days


class RentTerms(NamedTuple):
    """Rent of a leased shell, and the rate at which the lessee discounts it."""

    payment_per_year: UsdPerYear
    escalator_per_year: PerYear
    rate_per_year: PerYear


class IncomeTaxTerms(NamedTuple):
    """Income tax; `interest_share` is None where interest has no limit."""

    federal_rate: Share
    state_rate: Share
    nol_share: Share
    financing_cost_share: Share
    interest_share: Share | None = None


class RefinancingTerms(NamedTuple):
    """The loan that pays a balloon."""

    rate: PathTerms
    dscr: Ratio
    fee_share: Share
    available: Share
    ltv: Share | None = None


class DebtTerms(NamedTuple):
    """A senior loan as sized: commitment, its share in draws, its rate and fees."""

    name: str
    amount: UsdStock
    draw_share: Share | None
    rate: PathTerms
    upfront_fee_share: Share
    commitment_fee_per_year: PerYear
    floor_per_year: PerYear | None = None
    margin_per_year: PerYear | None = None
    swap_share: Share | None = None
    swap_fixed_per_year: PerYear | None = None
    construction_rate_per_year: PerYear | None = None
    refinancing: RefinancingTerms | None = None


class JuniorTerms(NamedTuple):
    """The mezzanine as sized."""

    amount: UsdStock
    draw_share: Share
    cash_rate_per_year: PerYear
    pik_rate_per_year: PerYear
    pik_premium_per_year: PerYear


class FundingTerms(NamedTuple):
    """Equity as committed, standby beyond it, and the contingency in the budget."""

    equity: UsdStock
    standby: UsdStock
    contingency: UsdStock


class ReserveTerms(NamedTuple):
    """The debt service reserve and its letter of credit; `periods` is how far it looks."""

    periods: Count
    lc_share: Share
    lc_fee_per_year: PerYear


class CovenantTerms(NamedTuple):
    """Level of a test, and the share that a sweep takes."""

    name: str
    level: Ratio
    share: Share


class OwnersTerms(NamedTuple):
    """What owners may cure and support: numbers and caps."""

    hurdle_per_year: PerYear
    cures: Count
    cures_in_year: Count
    cure_cap: UsdStock
    support: UsdStock | None = None


class SaleTerms(NamedTuple):
    """Selling the collateral."""

    cost_share: Share
    lag_years: Years
    incomplete_share: Share


class Terms(NamedTuple):
    """Constants of a site."""

    horizon: HorizonTerms
    phases: tuple[PhaseTerms, ...]
    components: tuple[AssetTerms, ...]
    fleets: tuple[FleetTerms, ...]
    contracts: tuple[ContractTerms, ...]
    market: SpotTerms
    power: SupplyTerms
    costs: OperatingTerms
    tax: IncomeTaxTerms
    funding: FundingTerms
    loans: tuple[DebtTerms, ...]
    reserve: ReserveTerms
    tests: tuple[CovenantTerms, ...]
    sweep_always: Share
    owners: OwnersTerms
    enforcement: SaleTerms
    mezzanine: JuniorTerms | None = None
    prepayment: UsdStock | None = None
    lease: RentTerms | None = None
