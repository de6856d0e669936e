"""A small site whose numbers are worked by hand; doctests and tests start from it.

A hall of 100 MW for USD 400m with GPUs for USD 600m is built in a year and sells all its hours at USD 0.50; fixed costs
are USD 100m a year. A loan of USD 600m at 10% is repaid in equal parts from period 2 to 5.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.plan import (
    Component,
    CovenantTest,
    EnforcementCosts,
    GpuFleet,
    Horizon,
    Loan,
    OfftakeContract,
    Path,
    Phase,
    Refinancing,
    SitePlan,
)
from overbuild.site.period import period
from overbuild.site.run import run_site
from overbuild.site.sizing.schedules import entry_of
from overbuild.site.sizing.sizing import size
from overbuild.site.terms.columns import columns_of
from overbuild.site.terms.from_plan import shape_of, terms_of
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.opening import before_close
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.tests import Tested

_M = 1e6

PLAN = SitePlan(
    horizon=Horizon(periods=6),
    phases=(Phase("hall", it_mw=100.0, cod=1, fixed=Path(value=100.0 * _M)),),
    components=(
        Component("shell", 400.0 * _M, 20.0, "SL39", (1.0,), liquidation_share=0.6, decay_per_year=0.02),
        Component("it", 600.0 * _M, 5.0, "MACRS5", (1.0,), liquidation_share=0.5, decay_per_year=0.25),
    ),
    fleets=(GpuFleet("first", "it", kw_per_gpu=1.0),),
    contracts=(OfftakeContract("lab", share=1.0, tenor=5, price=Path(value=0.5), take_or_pay=1.0),),
    loans=(Loan("senior", maturity=5, first=2, rate=Path(value=0.1), amount=600.0 * _M, repayment="straight_line"),),
    tests=(CovenantTest("dscr_12m", 1.2, "lockup"),),
    enforcement=EnforcementCosts(cost_share=0.1, lag_years=0.0),
)

SIZING = size(PLAN)
SHAPE = shape_of(PLAN)
TERMS = terms_of(PLAN, SIZING.commitments())
COLUMNS = columns_of(PLAN, SIZING.schedules)
INPUTS: Inputs = entry_of(COLUMNS, 2)


def _state(shape: Shape, terms: Terms, columns: Inputs, places: int) -> State:
    state = before_close(shape)
    for place in range(places):
        state = period(shape, state, entry_of(columns, place), terms)
    return state


OPENING = _state(SHAPE, TERMS, COLUMNS, 2)
"""The site at the end of period 1, built and drawn."""

TESTED = Tested(
    indebted=1.0,
    owes=1.0,
    open=1.0,
    cash_12m=118.0,
    due_12m=100.0,
    debt=300.0,
    value=500.0,
    outlook=0.625,
    contracted=0.8,
    scale=600.0,
    alive=1.0,
)


class BalloonExample(NamedTuple):
    """The same site with a balloon of 60% that is refinanced, in the period of its maturity."""

    shape: Shape
    state: State
    inputs: Inputs
    terms: Terms


def _balloon() -> BalloonExample:
    new = Refinancing(rate=Path(value=0.1), tenor=2, dscr=1.4, ltv=0.6)
    plan = PLAN._replace(loans=(PLAN.loans[0]._replace(maturity=4, balloon_share=0.6, refinancing=new),))
    sizing = size(plan)
    shape, terms = shape_of(plan), terms_of(plan, sizing.commitments())
    columns = columns_of(plan, sizing.schedules)
    return BalloonExample(shape, _state(shape, terms, columns, 4), entry_of(columns, 4), terms)


BALLOON = _balloon()
RUN = run_site(PLAN)
