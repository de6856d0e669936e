"""The hall that tests of debt stand on: 1,000 USD, 1,000 GPUs half used at 1 / 8,760 USD an hour: 500 a year for 4 years.

No tax, no cost. A loan on the GPUs lends half of their 600 and is repaid in two years; the hall loan is sculpted.
"""

from __future__ import annotations

from overbuild.site.case.plan import (
    Component,
    GpuFleet,
    Horizon,
    Loan,
    OfftakeContract,
    Owners,
    Path,
    Phase,
    SitePlan,
    SpotMarket,
)

PRICE = 1.0 / 8760.0

GPU_LOAN = Loan(
    "gpu",
    maturity=3,
    rate=Path(value=0.1),
    advance_rate=0.5,
    advances_on=("it",),
    repayment="straight_line",
    collateral=("it",),
)
HALL_LOAN = Loan(
    "hall", maturity=5, rate=Path(value=0.05), dscr=(2.5,), collateral=("shell",), allow_negative_amortisation=True
)
HALL = SitePlan(
    horizon=Horizon(5),
    phases=(Phase("hall", 1.0, cod=1),),
    components=(
        Component("shell", 400.0, 4.0, "SL4", (1.0,), liquidation_share=0.5),
        Component("it", 600.0, 4.0, "SL4", (1.0,), liquidation_share=0.25),
    ),
    fleets=(GpuFleet("gpus", "it", 1.0),),
    market=SpotMarket(Path(value=PRICE), Path(value=0.5)),
    loans=(GPU_LOAN, HALL_LOAN),
    owners=Owners(0.1),
)

LEVEL = Loan("hall", maturity=5, rate=Path(value=0.08), amount=400.0, repayment="straight_line")
"""A loan of 400 at 8%, repaid by 100 a year: 132, 124, 116, 108."""

LONG = OfftakeContract("lab", 1.0, 4, Path(value=PRICE), utilisation=Path(value=0.5))
"""A contract for all of it."""


def at_prices(plan, *by_period):
    """The plan with the market's price by period, in parts of its price."""
    listed = tuple(PRICE * one for one in by_period)
    return plan._replace(market=plan.market._replace(price=Path("by_period", by_period=listed)))


def gpu_loan(**changes):
    """The hall with changes to the loan on the GPUs."""
    return HALL._replace(loans=(GPU_LOAN._replace(**changes), HALL_LOAN))


def told(run):
    """Every reported result by its id."""
    return run.values().values
