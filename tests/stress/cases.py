"""Sites whose break-evens are tested: small ones by hand, case files, plans drawn at random."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from overbuild.site.case.plan import (
    Component,
    CovenantTest,
    Cures,
    DebtReserve,
    GpuFleet,
    OfftakeContract,
    Refinancing,
    SitePlan,
    SpotMarket,
)
from overbuild.site.case.plan import Path as PricePath
from overbuild.site.case_run import run_case
from overbuild.site.examples import PLAN
from overbuild.site.sizing.sizing import Sizing, size
from tests.site.plans import drawn_plan

ROOT = Path(__file__).parents[2]
M = 1e6


class SizedCase(NamedTuple):
    """A plan and the sizing that it runs on."""

    plan: SitePlan
    sizing: Sizing


def loan(**changes):
    """The plan worked by hand with its loan changed."""
    return PLAN._replace(loans=(PLAN.loans[0]._replace(**changes),))


TESTED = PLAN._replace(tests=(*PLAN.tests, CovenantTest("dscr_12m", 1.05, "default")), cures=Cures(1))
STOOD_BY = TESTED._replace(
    funding=PLAN.funding._replace(standby=90 * M, contingency=20 * M),
    reserve=DebtReserve(1),
    market=SpotMarket(PricePath(value=0.3), PricePath(value=0.6)),
)
BALLOON = loan(maturity=4, balloon_share=0.6, refinancing=Refinancing(PricePath(value=0.1), 2, 1.6))
MERCHANT = PLAN._replace(
    contracts=(), market=SpotMarket(PricePath("growing", 0.6, -0.02), PricePath("by_year", by_year=(0.7, 0.8, 0.9)))
)
RENEWED = PLAN._replace(
    horizon=PLAN.horizon._replace(periods=10),
    components=(*PLAN.components, Component("new", 500 * M, 5.0, "MACRS5")),
    fleets=(*PLAN.fleets, GpuFleet("second", "new", 1.0, 1.5, at=6, reserve_periods=2, proceeds=50 * M)),
    contracts=(
        OfftakeContract("lab", share=0.6, tenor=5, price=PricePath(value=0.5), take_or_pay=1.0, recovery_share=0.2),
        OfftakeContract("cloud", share=0.3, tenor=6, price=PricePath("growing", 0.5, -0.03), claim_periods=2),
    ),
    market=SpotMarket(PricePath(value=0.4), PricePath(value=0.8)),
    loans=(PLAN.loans[0]._replace(maturity=9, amount=500 * M, rate=PricePath("growing", 0.08, 0.05)),),
)
PLANS = {
    "by hand": PLAN,
    "tested": TESTED,
    "stood by": STOOD_BY,
    "balloon": BALLOON,
    "merchant": MERCHANT,
    "renewed": RENEWED,
    "owners alone": PLAN._replace(loans=(), tests=()),
}
FILES = {
    "campus": ROOT / "tests" / "site" / "campus.yaml",
    "stack": ROOT / "tests" / "site" / "stack.yaml",
}


@cache
def sized_case(name: str) -> SizedCase:
    """A case by its name; `seed N` is a plan drawn at random, in its harder life."""
    if name.startswith("seed "):
        basis, plan = drawn_plan(int(name.split()[1]))
        return SizedCase(plan, size(basis))
    if name in FILES:
        run = run_case(FILES[name]).run
        return SizedCase(run.plan, run.sizing)
    return SizedCase(PLANS[name], size(PLANS[name]))
