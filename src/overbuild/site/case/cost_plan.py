"""What it costs: power, operating costs, income tax."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.choices import LossRelief, QueueOfZone
from overbuild.site.case.paths import IndexPath, Path, UsdPerKwMonthPath, UsdPerMwhPath, UsdPerYearPath
from overbuild.world.quantities import Count, Days, PerYear, Share


class PowerSupply(NamedTuple):
    """The power contract.

    price: path, USD per MWh [0]
    demand_charge: path, USD per kW-month of contracted demand [0]
    minimum_share: share of the contracted demand (IT load x PUE) that is billed at least [1]
    zone: a zone of the grid (PJM, or a case file) that gives the price of opening, all but its growth [none]
    queue: whether the median wait for that zone's grid makes phases late [none]
    """

    price: UsdPerMwhPath = Path()
    demand_charge: UsdPerKwMonthPath = Path()
    minimum_share: Share = 1.0
    zone: str = ""
    queue: QueueOfZone = "none"


class OperatingCosts(NamedTuple):
    """Costs of the site as a whole, beside `fixed` of its phases, from the first period in service on.

    staff: path, USD a year [0]
    maintenance_share_per_year: of the cost of the components that are `maintained` [0]; rises with `inflation`
    insurance_share_per_year: of the cost of what was built [0]
    property_tax_share_per_year: of the opening book value [0]
    inflation: path of an index that starts at 1, for maintenance [1]
    receivable_days, payable_days: days of revenue owed to the site, days of costs that it owes [0]
    """

    staff: UsdPerYearPath = Path()
    maintenance_share_per_year: PerYear = 0.0
    insurance_share_per_year: PerYear = 0.0
    property_tax_share_per_year: PerYear = 0.0
    inflation: IndexPath = Path(value=1.0)
    receivable_days: Days = 0.0
    payable_days: Days = 0.0


class IncomeTax(NamedTuple):
    """Income tax, reckoned by tax year and paid in instalments that follow the year.

    rate: federal rate [0]
    state_rate: state rate, deducted from federal income [0]
    bonus_share: bonus depreciation in the first tax year, for classes of 20 years or less [0]
    nol_share: share of profit that losses carried forward may take [1]
    interest_share: share of income before interest and depreciation that interest may take [None: no limit]
    loss_use: `carry`, or `immediate`: a loss is worth its tax at once [carry]
    financing_cost_in_basis: whether financing cost while building is written off with the assets [true]
    months_before_close: months of the tax year gone at close [0]
    """

    rate: Share = 0.0
    state_rate: Share = 0.0
    bonus_share: Share = 0.0
    nol_share: Share = 1.0
    interest_share: Share | None = None
    loss_use: LossRelief = "carry"
    financing_cost_in_basis: bool = True
    months_before_close: Count = 0
