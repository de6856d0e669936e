"""The small site of an audit: a hall of USD 900m and GPUs of USD 2,000m, two years of building, six of operation."""

from __future__ import annotations

from overbuild.site.case.plan import (
    START,
    Component,
    EnforcementCosts,
    GpuFleet,
    Horizon,
    IncomeTax,
    Loan,
    OfftakeContract,
    OperatingCosts,
    Owners,
    Path,
    Phase,
    PowerSupply,
    SitePlan,
    SpotMarket,
)

M = 1e6

SENIOR = Loan(
    "senior",
    maturity=6,
    rate=Path(value=0.08),
    amount=1500 * M,
    repayment="straight_line",
    upfront_fee_share=0.02,
    commitment_fee_per_year=0.0075,
)
"""USD 1,500m at 8%, repaid in four equal parts."""

GPUS = GpuFleet("gpus", "it", 1.4)


def audited(p=1, years=6, built=2, **changes):
    """The site in periods of 1 / p years; `changes` replace blocks of its plan."""
    cod, spend = built * p, (1.0 / (built * p),) * (built * p)
    plan = SitePlan(
        horizon=Horizon(cod + years * p, p, pue=1.2, idle_load_share=0.35, terminal_proceeds=200 * M),
        phases=(Phase("hall", 100.0, cod),),
        components=(
            Component("shell", 900 * M, 20.0, "SL39", spend, liquidation_share=0.5),
            Component("it", 2000 * M, 5.0, "MACRS5", spend, liquidation_share=0.5, maintained=True),
        ),
        fleets=(GPUS,),
        contracts=(
            OfftakeContract(
                "lab",
                0.8,
                4 * p,
                Path("growing", 2.4, 0.0, START),
                utilisation=Path(value=0.9),
                take_or_pay=0.9,
            ),
        ),
        market=SpotMarket(falling(2.2, 0.1, cod), Path(value=0.7)),
        power=PowerSupply(Path("growing", 65.0, 0.02, cod + 1)),
        costs=OperatingCosts(Path(value=18 * M), 0.02, 0.003),
        tax=IncomeTax(0.25, nol_share=0.8, interest_share=0.3),
        loans=(SENIOR._replace(maturity=cod + 4 * p),),
        enforcement=EnforcementCosts(0.08, 1.0, 0.25),
        owners=Owners(0.12),
    )
    return plan._replace(**changes)


def falling(price, decline, cod):
    """A market price that falls from the planned opening on."""
    return Path("growing", price, -decline, cod + 1, "smooth")


def merchant(plan, price, utilisation, decline=0.0):
    """The plan without a contract, at a market price that falls from the planned opening on, and hours by period."""
    use = Path(value=utilisation) if isinstance(utilisation, float) else Path("by_period", by_period=tuple(utilisation))
    market = SpotMarket(falling(price, decline, plan.phases[0].cod), use)
    return plan._replace(contracts=(), market=market)


def lends(plan, **changes):
    """The plan with its one loan changed."""
    return plan._replace(loans=(plan.loans[0]._replace(**changes),))
