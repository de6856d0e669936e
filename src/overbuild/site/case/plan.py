"""The plan of a site, as a case file states it: plain numbers, one field a fact or an assumption.

Each number's type says its unit: USD, MW, periods, decimals. Periods are calendar periods from close, counted from 1,
of 1 / periods_per_year years; close itself is 0, and flows stand at the end of their period. A `Path` stands wherever
a price, a cost or a rate does. None means that the thing is not there.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.choices import ValueGuarantor
from overbuild.site.case.cost_plan import IncomeTax as IncomeTax
from overbuild.site.case.cost_plan import OperatingCosts as OperatingCosts
from overbuild.site.case.cost_plan import PowerSupply as PowerSupply
from overbuild.site.case.debt_plan import CovenantTest as CovenantTest
from overbuild.site.case.debt_plan import Cures as Cures
from overbuild.site.case.debt_plan import DebtReserve as DebtReserve
from overbuild.site.case.debt_plan import EnforcementCosts as EnforcementCosts
from overbuild.site.case.debt_plan import Funding as Funding
from overbuild.site.case.debt_plan import GradeMargin as GradeMargin
from overbuild.site.case.debt_plan import HoldcoDebt as HoldcoDebt
from overbuild.site.case.debt_plan import JuniorDebt as JuniorDebt
from overbuild.site.case.debt_plan import Loan as Loan
from overbuild.site.case.debt_plan import OfftakerPrepayment as OfftakerPrepayment
from overbuild.site.case.debt_plan import Refinancing as Refinancing
from overbuild.site.case.debt_plan import ShellLease as ShellLease
from overbuild.site.case.offtake_plan import OfftakeContract as OfftakeContract
from overbuild.site.case.offtake_plan import SpotMarket as SpotMarket
from overbuild.site.case.paths import START as START
from overbuild.site.case.paths import Path as Path
from overbuild.site.case.paths import (
    UsdPerYearPath,
)
from overbuild.world.quantities import (
    Count,
    KwPerGpu,
    Mw,
    Period,
    Periods,
    PerYear,
    Ratio,
    Share,
    Usd,
    UsdStock,
    Years,
)


class Phase(NamedTuple):
    """A hall with its own dates. Phases of one site may overlap: one earns while the next is built.

    name: its name; components, fleets and contracts say which phase they stand in
    it_mw: MW of IT load
    cod: planned completion: the end of this period; in service from the next (calendar period, 1 or more)
    delay: periods late [0]; moves service, ages, book and tax life, and nothing else
    fixed: fixed operating costs while in service, path, USD a year [0]
    share_of_revenue: operating costs as a share of the phase's revenue [0]
    energised: period from whose end the demand charge is due, whatever is late [None: cod]
    delay_cost_per_period: cost of each period late, USD [0]
    contractor_ld_per_period: damages received from the contractor for each period late, USD [0]
    contractor_ld_periods: for at most so many periods late [None: no limit]
    """

    name: str
    it_mw: Mw
    cod: Period
    delay: Periods = 0
    fixed: UsdPerYearPath = Path()
    share_of_revenue: Share = 0.0
    energised: Period | None = None
    delay_cost_per_period: Usd = 0.0
    contractor_ld_per_period: Usd = 0.0
    contractor_ld_periods: Periods | None = None


class Component(NamedTuple):
    """A part of the capex, or the GPUs that a later fleet brings.

    name: its name; loans name it as collateral
    cost: USD
    book_life_years: straight-line life for books, years from its first period in service
    tax_class: MACRS3, 5, 7, 10, 15, or SLn, n years straight
    spend: shares of cost by period, the first entry is period 1; 1 in sum. () for the GPUs of a later fleet, which are
        paid when they are bought
    phase: name of its phase ['' : the only one]
    liquidation_share: what a sale in haste brings on the first day, a share of what was spent [0]
    decay_per_year: yearly loss of value, in haste and in order [None: that of `enforcement`]
    overrun: share of its cost that it costs more than planned, as it is spent [0]
    maintained: whether `costs.maintenance_share_per_year` is of this cost too [false]
    """

    name: str
    cost: UsdStock
    book_life_years: Years
    tax_class: str
    spend: tuple[Share, ...] = ()
    phase: str = ""
    liquidation_share: Share = 0.0
    decay_per_year: PerYear | None = None
    overrun: Share = 0.0
    maintained: bool = False


class GpuFleet(NamedTuple):
    """The GPUs of a phase: the first, or those that replace them.

    A later fleet is bought only where it can be paid: after tax, after debt service, by its reserve, the cash of the
    period and what the owners promise.

    name: its name
    component: name of the component that it is
    kw_per_gpu: kW of IT load for each GPU
    performance: output of a GPU in GPUs of the first kind [1]
    phase: name of its phase ['': the only one]
    at: bought at the end of this period, replaces the fleet that stands in the phase [None: stands from completion]
    proceeds: what the replaced GPUs bring, USD [0]
    reserve_periods: periods before `at` in which cash is saved for it [0]
    owners_pay: what the owners promise to pay for it, USD [0]
    owners_pay_all: the owners promise all that is missing [false]
    until: leaves at the end of this period [None: stays]
    sale: what it brings when it leaves, USD, or `{fleet: preset:gb300, age: 5, gpus: 38000}`, as proceeds too [0]
    """

    name: str
    component: str
    kw_per_gpu: KwPerGpu
    performance: Ratio = 1.0
    phase: str = ""
    at: Period | None = None
    proceeds: UsdStock = 0.0
    reserve_periods: Periods = 0
    owners_pay: UsdStock = 0.0
    owners_pay_all: bool = False
    until: Period | None = None
    sale: UsdStock = 0.0


class Owners(NamedTuple):
    """What the owners ask for and are ready to pay.

    hurdle_per_year: effective a year [0]
    walk_away: whether they hand the site over where what is ahead is worth less than what is asked of them [true]
    support: what they pay in all to a site without debt, USD [None: no limit but the walk-away]
    """

    hurdle_per_year: PerYear = 0.0
    walk_away: bool = True
    support: UsdStock | None = None


class Horizon(NamedTuple):
    """How long, in which steps, and what holds for the whole site.

    periods: N, calendar periods from close to the end
    periods_per_year: 1, 2, 4 or 12 [1]
    availability_share: share of the hours in which GPUs can be used [1]
    attrition_per_year: share of the GPUs that fail for good in a year [0]
    pue: power of the site over power of its IT load [1]
    idle_load_share: load of GPUs that are not used, a share of full load [0]
    terminal_proceeds: sale of the site at the end, USD [0]
    decommissioning: cost of clearing it, USD [0]
    residual_value_guarantee: where the sale brings less than this, the guarantor pays the rest, USD [0]
    residual_value_guarantor: the promise of an offtaker ends when every contract has failed [third_party]
    """

    periods: Periods
    periods_per_year: Count = 1
    availability_share: Share = 1.0
    attrition_per_year: PerYear = 0.0
    pue: Ratio = 1.0
    idle_load_share: Share = 0.0
    terminal_proceeds: UsdStock = 0.0
    decommissioning: UsdStock = 0.0
    residual_value_guarantee: UsdStock = 0.0
    residual_value_guarantor: ValueGuarantor = "third_party"


class SitePlan(NamedTuple):
    """A site from close to decommissioning: everything that a run needs. Blocks of a file have these names."""

    horizon: Horizon
    phases: tuple[Phase, ...]
    components: tuple[Component, ...]
    fleets: tuple[GpuFleet, ...] = ()
    contracts: tuple[OfftakeContract, ...] = ()
    market: SpotMarket = SpotMarket()
    power: PowerSupply = PowerSupply()
    costs: OperatingCosts = OperatingCosts()
    tax: IncomeTax = IncomeTax()
    funding: Funding = Funding()
    loans: tuple[Loan, ...] = ()
    margins: tuple[GradeMargin, ...] = ()
    mezzanine: JuniorDebt | None = None
    prepayment: OfftakerPrepayment | None = None
    reserve: DebtReserve = DebtReserve()
    tests: tuple[CovenantTest, ...] = ()
    sweep_always: Share = 0.0
    cures: Cures = Cures()
    owners: Owners = Owners()
    enforcement: EnforcementCosts = EnforcementCosts()
    lease: ShellLease | None = None
    holdco: HoldcoDebt | None = None
