"""The site before close: nothing is spent, drawn or owed."""

from __future__ import annotations

from functools import lru_cache

from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import (
    AssetState,
    ContractState,
    CureHistory,
    DebtState,
    FleetState,
    JuniorState,
    LeastCover,
    NewLoanState,
    PeriodHistory,
    State,
    TaxYearState,
)


@lru_cache(maxsize=256)
def before_close(shape: Shape) -> State:
    """The state before financial close; a first fleet counts as standing, service begins with its phase.

    >>> from overbuild.site.examples import SHAPE
    >>> before_close(SHAPE).fleets[0].stands
    1.0
    """
    back = range(shape.periods_per_year - 1)
    return State(
        alive=1.0,
        market_receivable=0.0,
        payable=0.0,
        overrun=0.0,
        equity_drawn=0.0,
        standby_drawn=0.0,
        lc_drawn=0.0,
        dsra_target=0.0,
        dsra=0.0,
        trapped=0.0,
        cures_used=0.0,
        cures_paid=0.0,
        equity=0.0,
        tax=TaxYearState(*(0.0,) * 8),
        components=tuple(AssetState(one.name, *(0.0,) * 5) for one in shape.components),
        fleets=tuple(FleetState(one.name, 0.0 if one.later else 1.0, 0.0) for one in shape.fleets),
        contracts=tuple(ContractState(one.name, 1.0, 0.0, 0.0, 0.0) for one in shape.contracts),
        loans=tuple(DebtState(one.name, 0.0, 0.0, 1.0) for one in shape.loans),
        new_loans=tuple(NewLoanState(one.new, 0.0) for one in shape.refinanced),
        past=tuple(PeriodHistory(0.0, 0.0, 0.0, 0.0) for _ in back),
        cured=tuple(CureHistory(0.0) for _ in back),
        discount=1.0,
        least=LeastCover(0.0, 0.0),
        mezzanine=JuniorState(0.0, 0.0) if shape.mezzanine else None,
        prepaid=0.0 if shape.prepayment else None,
        support_paid=0.0 if shape.support_capped else None,
    )
