"""What must add up in a period: sources are uses while the site is built, and cash is conserved."""

from __future__ import annotations

from overbuild.equations import line, total
from overbuild.site.closing.flows import Happened, Survival
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import State
from overbuild.units import Usd, UsdStock


def cash_held(state: State) -> UsdStock:
    """Cash in the accounts of the site: the debt service reserve, what is saved for fleets, what is trapped.

        cash_held = dsra + reserves of fleets + trapped

    Source: ours, a definition.

    >>> from overbuild.site.examples import OPENING
    >>> cash_held(OPENING)
    0.0
    """
    return total((state.dsra, state.trapped, *(one.reserve for one in state.fleets)))


def show_gaps(before: State, after: State, inputs: Inputs, happened: Happened, weights: Survival) -> Usd:
    """Gaps of a period that goes on; both are 0 but for rounding.

        funding_gap = uses of funds - draws - mezzanine - equity - standby, while building
        cash_gap    = cash held after - cash held before - what came in + what went out

    In: operating cash, proceeds of the end, sales, prepayments, what lenders lend, what owners pay. Out: tax, fleets,
    capex, fees, debt service, balloons, prepayments of loans, sweep, mezzanine, distribution.
    Source: ours, an identity.

    >>> from overbuild.site.examples import RUN
    >>> max(abs(gap) for name in ("cash_gap", "funding_gap") for gap in RUN.lines[name]) < 1e-3
    True
    """
    cash, built, owed, cascade = happened.cash, happened.built, happened.owed, happened.cascade
    drawn, outcome, service, runs = built.drawn, happened.outcome, cash.service, 1.0 - inputs.building
    borrowed = total((*(one.amount for one in drawn.loans), drawn.mezzanine))
    gap = built.uses.need - borrowed - drawn.equity - drawn.standby
    line("funding_gap", weights.alive * (1.0 - drawn.stops) * gap)
    fleets = cash.fleets
    bought = total(one.proceeds - one.cost for one in fleets.purchases)
    earned = cash.earned.cash + cash.earned.terminal + fleets.sale + bought - fleets.tax.tax
    lent = borrowed + owed.refinanced.sum + after.lc_drawn - before.lc_drawn
    standby = drawn.standby + runs * owed.short.standby
    paid_in = total((drawn.equity, standby, outcome.cure, outcome.support, fleets.by_owners))
    came = earned + built.uses.received + lent + paid_in
    fees = cash.fees + owed.refinanced.fee
    after_service = runs * (cascade.repaid + cascade.distribution) + cascade.junior.paid
    went = total((built.uses.capex, fees, service.due, service.balloons, after_service))
    return line("cash_gap", weights.counts * (cash_held(after) - cash_held(before) - came + went))
