"""The short form, as a case file states it: one hall with its GPUs, one contract. Periods count from opening.

What it has in common with the general form has the records of that.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.choices import ValueGuarantor
from overbuild.site.case.plan import (
    Component,
    DebtReserve,
    EnforcementCosts,
    Funding,
    GradeMargin,
    HoldcoDebt,
    IncomeTax,
    Owners,
    ShellLease,
)
from overbuild.site.case.short_form.short_debt import ShortLoan, ShortMezzanine, ShortPrepayment, ShortWaterfall
from overbuild.site.case.short_form.short_words import RefreshPayer, RefreshWord
from overbuild.world.quantities import (
    Count,
    Days,
    KwPerGpu,
    Mw,
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
)


class ShortSite(NamedTuple):
    """One hall and its GPUs: `construction_periods` from close to planned completion, then `operating_periods`."""

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
    residual_value_guarantor: ValueGuarantor = "third_party"


class ShortOfftake(NamedTuple):
    """The one contract, from opening on; `long_stop_periods` of delay are borne."""

    tenor: Periods
    contract_share: Share
    price_per_gpu_hour: UsdPerGpuHour
    utilisation: tuple[Share, ...]
    escalator_per_year: PerYear = 0.0
    take_or_pay_share: Share = 0.0
    long_stop_periods: Periods | None = None


class ShortFailure(NamedTuple):
    """The offtaker fails in operating period `period`."""

    period: Periods
    recovery_share: Share
    claim_periods: Periods


class ShortMarket(NamedTuple):
    """Price when operation begins, its yearly decline, use by operating period."""

    price_per_gpu_hour: UsdPerGpuHour
    decline_per_year: PerYear
    utilisation: tuple[Share, ...]


class ShortPower(NamedTuple):
    """Price of energy when operation begins, and its escalator."""

    price_per_mwh: UsdPerMwh = 0.0
    escalator_per_year: PerYear = 0.0


class ShortCosts(NamedTuple):
    """Operating costs when operation begins; `maintained` names the components that are."""

    staff_per_year: UsdPerYear = 0.0
    maintenance_share_per_year: PerYear = 0.0
    insurance_share_per_year: PerYear = 0.0
    property_tax_share_per_year: PerYear = 0.0
    inflation_per_year: PerYear = 0.0
    receivable_days: Days = 0.0
    payable_days: Days = 0.0
    maintained: tuple[str, ...] = ("it", "network")


class ShortRefresh(NamedTuple):
    """New GPUs for old at the end of operating period `period`, bought only if they can be paid."""

    period: Periods
    cost: UsdStock
    old_it_proceeds: UsdStock = 0.0
    reserve_periods: Periods = 0
    performance_gain: Ratio = 1.0
    replaces: str = "it"
    paid_by: RefreshPayer = "project"
    mode: RefreshWord = "if_funded"


class ShortRelet(NamedTuple):
    """The hall let as a hall after operating period `period`: GPUs leave for `it_proceeds`; rent is as of opening."""

    period: Periods
    rent_per_kw_month: UsdPerKwMonth
    rent_escalator_per_year: PerYear = 0.0
    let_share: Share = 1.0
    cost_per_mw_year: UsdPerMwYear = 0.0
    it_proceeds: UsdStock = 0.0


class ShortPlan(NamedTuple):
    """A file in the short form: no `phases`, but a `site`."""

    site: ShortSite
    components: tuple[Component, ...]
    market: ShortMarket | None = None
    offtake: ShortOfftake | None = None
    offtaker_default: ShortFailure | None = None
    power: ShortPower = ShortPower()
    costs: ShortCosts = ShortCosts()
    refresh: ShortRefresh | None = None
    relet: ShortRelet | None = None
    tax: IncomeTax = IncomeTax()
    funding: Funding = Funding()
    loans: tuple[ShortLoan, ...] = ()
    margins: tuple[GradeMargin, ...] = ()
    mezzanine: ShortMezzanine | None = None
    prepayment: ShortPrepayment | None = None
    reserves: DebtReserve = DebtReserve()
    waterfall: ShortWaterfall = ShortWaterfall()
    owners: Owners = Owners()
    enforcement: EnforcementCosts = EnforcementCosts()
    lease: ShellLease | None = None
    holdco: HoldcoDebt | None = None
