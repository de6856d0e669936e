"""The plan of a site, as a case file states it: plain numbers, one field a fact or an assumption.

Each number's type says its unit. Periods are counted from 1; `operating_periods` and the series count periods of
1 / periods_per_year years. None means that the thing is not there.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.old_site.case.choices import Guarantor, LossUse, Payer, RefreshMode
from overbuild.old_site.case.debt_plan import Enforcement as Enforcement
from overbuild.old_site.case.debt_plan import Holdco as Holdco
from overbuild.old_site.case.debt_plan import Lease as Lease
from overbuild.old_site.case.debt_plan import Loan as Loan
from overbuild.old_site.case.debt_plan import Margin as Margin
from overbuild.old_site.case.debt_plan import Mezzanine as Mezzanine
from overbuild.old_site.case.debt_plan import Prepayment as Prepayment
from overbuild.old_site.case.debt_plan import Reserves as Reserves
from overbuild.old_site.case.debt_plan import Waterfall as Waterfall
from overbuild.world.quantities import (
    Count,
    Days,
    KwPerGpu,
    Mw,
    Period,
    Periods,
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


class Site(NamedTuple):
    """What stands there and how long: chips by power, years of building and running, what it sells for in the end.

    `residual_value_guarantee` is paid by `residual_value_guarantor` where the site sells for less; the promise of an
    offtaker ends with its failure.
    """

    it_mw: Mw
    kw_per_gpu: KwPerGpu
    construction_periods: Periods
    operating_periods: Periods
    periods_per_year: Count = 1
    attrition_per_year: PerYear = 0.0
    availability_share: Share = 1.0
    pue: Ratio = 1.0
    idle_load_share: Share = 0.0
    delay_periods: Periods = 0
    delay_cost_per_period: Usd = 0.0
    terminal_proceeds: UsdStock = 0.0
    decommissioning: UsdStock = 0.0
    residual_value_guarantee: UsdStock = 0.0
    residual_value_guarantor: Guarantor = "third_party"


class Component(NamedTuple):
    """A part of the capex: `spend` is the share of cost by construction period, 1 in sum.

    `liquidation_share` of the cost is what a sale under enforcement brings on the first day; it falls by
    `decay_per_year` (None: that of `enforcement`).
    """

    name: str
    cost: UsdStock
    spend: tuple[Share, ...]
    book_life_years: Years
    tax_class: str
    liquidation_share: Share = 0.0
    decay_per_year: PerYear | None = None


class Offtake(NamedTuple):
    """The contract: share of capacity sold for `tenor` periods, paid at least at the take-or-pay share."""

    tenor: Periods
    contract_share: Share
    price_per_gpu_hour: UsdPerGpuHour
    utilisation: tuple[Share, ...]
    escalator_per_year: PerYear = 0.0
    take_or_pay_share: Share = 0.0
    long_stop_periods: Periods | None = None


class OfftakerDefault(NamedTuple):
    """The offtaker fails in `period`: what it owed is recovered in part, and so is a claim for some periods ahead."""

    period: Period
    recovery_share: Share
    claim_periods: Periods


class Market(NamedTuple):
    """Capacity without a contract: price at the start, its yearly decline, use by period."""

    price_per_gpu_hour: UsdPerGpuHour
    decline_per_year: PerYear
    utilisation: tuple[Share, ...]


class Power(NamedTuple):
    """The power contract: price of energy and its escalator."""

    price_per_mwh: UsdPerMwh = 0.0
    escalator_per_year: PerYear = 0.0


class Costs(NamedTuple):
    """Other operating costs; shares are of the cost of what they are for, a year."""

    staff_per_year: UsdPerYear = 0.0
    maintenance_share_per_year: PerYear = 0.0
    insurance_share_per_year: PerYear = 0.0
    property_tax_share_per_year: PerYear = 0.0
    inflation_per_year: PerYear = 0.0
    receivable_days: Days = 0.0
    payable_days: Days = 0.0
    maintained: tuple[str, ...] = ("it", "network")


class Refresh(NamedTuple):
    """New chips for old at the end of `period`, saved for over the periods before.

    `paid_by` says who pays what the reserve and the old chips do not: the project out of its cash, before debt
    service, or the owners with new money, and debt service is untouched. In mode `if_funded` it comes only where the
    reserve and the cash of the period over scheduled debt service pay it, before tax; else the old chips stay.
    """

    period: Period
    cost: UsdStock
    old_it_proceeds: UsdStock = 0.0
    reserve_periods: Periods = 0
    performance_gain: Ratio = 1.0
    replaces: str = "it"
    paid_by: Payer = "project"
    mode: RefreshMode = "committed"

    @property
    def component(self) -> str:
        """Name of the component that the refresh brings.

        >>> Refresh(5, 9e8).component
        'refreshed_it'
        """
        return f"refreshed_{self.replaces}"


class Relet(NamedTuple):
    """The hall let as a hall from the period after `period` on: chips leave for `it_proceeds`, the tenant brings his own.

    `rent_per_kw_month` is in USD for a kW of IT load as of opening and grows by its escalator; `let_share` of the hall
    is let; `cost_per_mw_year` is what the landlord pays, power excluded (the tenant's) and property tax excluded.
    """

    period: Period
    rent_per_kw_month: UsdPerKwMonth
    rent_escalator_per_year: PerYear = 0.0
    let_share: Share = 1.0
    cost_per_mw_year: UsdPerMwYear = 0.0
    it_proceeds: UsdStock = 0.0


class Tax(NamedTuple):
    """Income tax: `interest_share` of EBITDA limits interest (None: no limit), `nol_share` the use of losses.

    `loss_use` says whether losses are carried forward or are worth their tax at once.
    """

    rate: Share = 0.0
    bonus_share: Share = 0.0
    nol_share: Share = 1.0
    interest_share: Share | None = None
    loss_use: LossUse = "carry"
    financing_cost_in_basis: bool = True


class Owners(NamedTuple):
    """What the owners ask for, effective a year."""

    hurdle_per_year: PerYear = 0.0


class SitePlan(NamedTuple):
    """A site from close to decommissioning: everything that a run needs."""

    site: Site
    components: tuple[Component, ...]
    market: Market
    offtake: Offtake | None = None
    offtaker_default: OfftakerDefault | None = None
    power: Power = Power()
    costs: Costs = Costs()
    refresh: Refresh | None = None
    tax: Tax = Tax()
    loans: tuple[Loan, ...] = ()
    reserves: Reserves = Reserves()
    waterfall: Waterfall = Waterfall()
    enforcement: Enforcement = Enforcement()
    owners: Owners = Owners()
    margins: tuple[Margin, ...] = ()
    relet: Relet | None = None
    mezzanine: Mezzanine | None = None
    prepayment: Prepayment | None = None
    lease: Lease | None = None
    holdco: Holdco | None = None

    @property
    def claim_periods(self) -> int:
        """How many periods the claim on a failed offtaker looks ahead: never beyond the plan.

        >>> from overbuild.old_site.examples import PLAN
        >>> PLAN.claim_periods
        0
        """
        failure = self.offtaker_default
        return 0 if failure is None else min(failure.claim_periods, self.site.operating_periods)

    @property
    def chips(self) -> str:
        """The component that chips are: what the refresh replaces, else `it`.

        >>> from overbuild.old_site.examples import PLAN
        >>> PLAN.chips
        'it'
        """
        return self.refresh.replaces if self.refresh else "it"
