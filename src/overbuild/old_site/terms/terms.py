"""The records that the equations of a site run on: what is static, what is constant, and what a period is given.

`Shape` holds everything that an `if` or a loop length may depend on. `Terms` are the constants of the case in the
units of the plan; `Inputs` one period's entry of each series; `state.py` has what one period hands to the next.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.old_site.terms.debt_terms import BuildLoanInputs as BuildLoanInputs
from overbuild.old_site.terms.debt_terms import LeaseTerms as LeaseTerms
from overbuild.old_site.terms.debt_terms import LoanInputs as LoanInputs
from overbuild.old_site.terms.debt_terms import LoanTerms as LoanTerms
from overbuild.old_site.terms.debt_terms import MezzanineInputs as MezzanineInputs
from overbuild.old_site.terms.debt_terms import MezzanineLoan as MezzanineLoan
from overbuild.old_site.terms.debt_terms import PrepaymentTerms as PrepaymentTerms
from overbuild.old_site.terms.debt_terms import Tranche as Tranche
from overbuild.units import (
    Count,
    Days,
    Flag01,
    KwPerGpu,
    Mw,
    PerYear,
    Ratio,
    Share,
    Usd,
    UsdPerGpuHour,
    UsdPerKwMonth,
    UsdPerMwh,
    UsdPerMwYear,
    UsdPerYear,
    UsdStock,
    Years,
)


class SiteTerms(NamedTuple):
    """Physical terms and the end of the site."""

    it_mw: Mw
    kw_per_gpu: KwPerGpu
    periods_per_year: Count
    attrition_per_year: PerYear
    availability_share: Share
    pue: Ratio
    idle_load_share: Share
    delay_cost_per_period: Usd
    terminal_proceeds: UsdStock
    decommissioning: UsdStock
    residual_value_guarantee: UsdStock


class ComponentTerms(NamedTuple):
    """A part of the capex; `built` is 1 before operation starts, `maintained` 1 where its cost sets maintenance."""

    name: str
    cost: UsdStock
    book_life_years: Years
    bonus_share: Share
    liquidation_share: Share
    decay_per_year: PerYear
    maintained: Flag01
    built: Flag01


class OfftakeTerms(NamedTuple):
    """The contract with the offtaker, and what is left of it if the offtaker fails."""

    contract_share: Share
    price_per_gpu_hour: UsdPerGpuHour
    escalator_per_year: PerYear
    take_or_pay_share: Share
    recovery_share: Share


class MarketTerms(NamedTuple):
    """Capacity without a contract."""

    price_per_gpu_hour: UsdPerGpuHour
    decline_per_year: PerYear


class PowerTerms(NamedTuple):
    """The power contract."""

    price_per_mwh: UsdPerMwh
    escalator_per_year: PerYear


class CostTerms(NamedTuple):
    """Other operating costs and days of trade credit."""

    staff_per_year: UsdPerYear
    maintenance_share_per_year: PerYear
    insurance_share_per_year: PerYear
    property_tax_share_per_year: PerYear
    inflation_per_year: PerYear
    receivable_days: Days
    payable_days: Days


class RefreshTerms(NamedTuple):
    """New chips for old; the cost stands in the component that they become."""

    cost: UsdStock
    old_it_proceeds: UsdStock
    performance_gain: Ratio


class ReletTerms(NamedTuple):
    """The hall let as a hall."""

    rent_per_kw_month: UsdPerKwMonth
    rent_escalator_per_year: PerYear
    let_share: Share
    cost_per_mw_year: UsdPerMwYear
    it_proceeds: UsdStock


class TaxTerms(NamedTuple):
    """Income tax."""

    rate: Share
    nol_share: Share
    interest_share: Share
    financing_cost_share: Share


class WaterfallTerms(NamedTuple):
    """Levels of cover at which lenders act, and the cures that owners have."""

    cures: Count
    cures_in_four: Count
    sweep_trigger: Ratio
    sweep_share: Share
    lockup_dscr: Ratio
    default_dscr: Ratio
    initial_dsra: UsdStock


class EnforcementTerms(NamedTuple):
    """Selling the collateral."""

    cost_share: Share
    lag_years: Years


class OwnerTerms(NamedTuple):
    """What the owners ask for, effective a year."""

    hurdle_per_year: PerYear


class Terms(NamedTuple):
    """The constants of a case."""

    site: SiteTerms
    components: tuple[ComponentTerms, ...]
    offtake: OfftakeTerms
    market: MarketTerms
    power: PowerTerms
    costs: CostTerms
    refresh: RefreshTerms
    tax: TaxTerms
    loans: tuple[LoanTerms, ...]
    waterfall: WaterfallTerms
    enforcement: EnforcementTerms
    owners: OwnerTerms
    relet: ReletTerms
    mezzanine: MezzanineLoan | None = None
    prepayment: PrepaymentTerms | None = None
    lease: LeaseTerms | None = None
