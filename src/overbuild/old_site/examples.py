"""One small site for the worked numbers of this room: invented, round, in no way typical."""

from __future__ import annotations

from typing import TypeVar

from overbuild.equations import flatten, rebuild
from overbuild.old_site.case.plan import (
    Component,
    Costs,
    Enforcement,
    Holdco,
    Lease,
    Loan,
    Market,
    Mezzanine,
    Offtake,
    Owners,
    Power,
    Prepayment,
    Refresh,
    Site,
    SitePlan,
    Tax,
    Waterfall,
)
from overbuild.old_site.financing.construction import opening
from overbuild.old_site.terms.from_plan import Amounts, shape_of, terms_of
from overbuild.old_site.terms.schedules import build_inputs, operating_inputs
from overbuild.old_site.terms.state import BuildLoan, BuildState

PLAN = SitePlan(
    site=Site(
        it_mw=100.0,
        kw_per_gpu=1.4,
        construction_periods=2,
        operating_periods=6,
        attrition_per_year=0.02,
        availability_share=0.97,
        pue=1.2,
        idle_load_share=0.35,
        terminal_proceeds=520e6,
        decommissioning=25e6,
    ),
    components=(
        Component("shell", 1000e6, (0.5, 0.5), 20.0, "SL20", 0.5),
        Component("it", 2000e6, (0.5, 0.5), 4.0, "MACRS5", 0.5),
    ),
    market=Market(2.0, 0.1, (0.6,) * 6),
    offtake=Offtake(4, 0.8, 2.0, (0.9,) * 6, 0.0, 0.9),
    power=Power(65.0, 0.02),
    costs=Costs(18e6, 0.02, 0.003, 0.008, 0.025, 45.0, 30.0),
    refresh=Refresh(4, 900e6, 120e6, 2, 2.0),
    tax=Tax(0.25, 0.0, 0.8, 0.3),
    loans=(
        Loan(
            "senior",
            rate_per_year=0.085,
            tenor=5,
            repayment="straight_line",
            amount=1000e6,
            construction_rate_per_year=0.09,
            upfront_fee_share=0.02,
            commitment_fee_per_year=0.0075,
        ),
    ),
    waterfall=Waterfall(sweep_trigger=1.2, sweep_share=1.0, lockup_dscr=1.15),
    enforcement=Enforcement(0.08, 0.0, 0.0),
    owners=Owners(0.12),
)

T = TypeVar("T")

SHAPE = shape_of(PLAN)
TERMS = terms_of(PLAN, {"senior": Amounts(1000e6, 0.5)}, 0.0)


def _entry(columns: T, place: int) -> T:
    return rebuild(columns, [column[place] for column in flatten(columns).values()])


INPUTS = _entry(operating_inputs(PLAN, {"senior": (200e6,) * 5}, (285e6,) * 5), 0)
"""The first period of operation."""

FUNDED_INPUTS = _entry(
    operating_inputs(PLAN._replace(refresh=Refresh(4, 900e6, mode="if_funded")), {"senior": (200e6,) * 5}, ()), 4
)
"""The period after a refresh that waits for its funding."""

BUILDING = _entry(build_inputs(PLAN), 1)
"""The first period of construction."""

BUILD_OPENING = BuildState((BuildLoan("senior", 0.0),), 0.0, 0.0)
BUILT = BuildState((BuildLoan("senior", 1000e6),), 0.0, 2000e6)
OPENING = opening(SHAPE, BUILT, TERMS)

STACK_PLAN = PLAN._replace(
    loans=(
        PLAN.loans[0],
        Loan(
            "gpu",
            rate_per_year=0.1,
            tenor=2,
            repayment="straight_line",
            rank=2,
            collateral=("it",),
            advance_rate=0.3,
            advances_on=("it",),
        ),
    ),
    refresh=None,
)
"""The same site with a second loan behind the first, against its chips."""

STACK = shape_of(STACK_PLAN)

WHOLE_STACK_PLAN = STACK_PLAN._replace(
    loans=(
        PLAN.loans[0]._replace(
            rate_per_year=None, base_rate_per_year=(0.04,) * 6, margin_per_year=0.045, collateral=("shell",)
        ),
        STACK_PLAN.loans[1],
    ),
    refresh=PLAN.refresh and PLAN.refresh._replace(paid_by="owners"),
    mezzanine=Mezzanine(0.1, 4, 0.03, 0.015, amount=100e6),
    prepayment=Prepayment(150e6, (0.5, 0.5), 4),
    lease=Lease(40e6, 0.07, 0.02),
    holdco=Holdco(200e6, 0.12, 5),
)
"""The stack with everything that a site may have beside its loans: a rate that floats, a mezzanine, a customer that
prepays, rent, owners who pay for the refresh, debt of the holding company."""
