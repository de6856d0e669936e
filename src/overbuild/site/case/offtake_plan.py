"""Who buys: contracts with offtakers, and the market for what no contract takes."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.choices import ContractEnd, PaidIn
from overbuild.site.case.paths import Path, PricePath, SharePath, UsdPerGpuHourPath
from overbuild.world.quantities import Period, Periods, Share, Usd, UsdStock


class OfftakeContract(NamedTuple):
    """A contract on a share of a phase.

    name: its name
    share: share of the phase that it takes, 0..1; contracts that may run together take 1 at most
    tenor: periods
    price: path, USD per GPU-hour, or USD per kW-month (`unit`)
    phase: name of its phase ['': the only one]
    offtaker: who buys; contracts of one offtaker fail together ['': the contract's name]
    unit: gpu_hour, or kw_month of a hall without GPUs [gpu_hour]
    start: agreed first period [None: the period after the planned completion, or after the contract it follows]
    ends: `tenor`: runs from acceptance; `date`: ends on its agreed date however late it began [tenor]
    utilisation: path, share of the hours that are used [1]
    take_or_pay: share of the hours that are paid at least [0]
    pass_through: share of the phase's cost of power for its part that the offtaker pays [0]
    follows: name of the contract that it renews ['': none]
    renews: weight of the renewal: 1 it comes, 0 it does not, between them a probability [1]
    long_stop: the offtaker ends the contract in this period where it has not begun by then [None: never]
    termination_payment: what it is then paid, USD [0]
    ld_per_period: damages paid to the offtaker for each period late, USD [0]
    ld_cap: at most so much of them in all, USD [None: no cap]
    fails_in: the offtaker fails in this period [None: never]
    recovery_share: what is recovered of the claim and of the receivable [0]
    claim_periods: periods of take-or-pay that are claimed, from the period of failure on [0]
    grade: credit grade of the offtaker: the name of the row of `margins` that stands for it ['']
    """

    name: str
    share: Share
    tenor: Periods
    price: PricePath
    phase: str = ""
    offtaker: str = ""
    unit: PaidIn = "gpu_hour"
    start: Period | None = None
    ends: ContractEnd = "tenor"
    utilisation: SharePath = Path(value=1.0)
    take_or_pay: Share = 0.0
    pass_through: Share = 0.0
    follows: str = ""
    renews: Share = 1.0
    long_stop: Period | None = None
    termination_payment: UsdStock = 0.0
    ld_per_period: Usd = 0.0
    ld_cap: UsdStock | None = None
    fails_in: Period | None = None
    recovery_share: Share = 0.0
    claim_periods: Periods = 0
    grade: str = ""


class SpotMarket(NamedTuple):
    """Capacity without a contract: price, path in USD per GPU-hour; utilisation, path, a share of the hours.

    A file may take the price from the case of a fleet: `price: {fleet: preset:gb300}`.
    """

    price: UsdPerGpuHourPath = Path()
    utilisation: SharePath = Path()
