"""One period of a site, from close to its end, in the order in which cash is earned, found, owed, tested and paid."""

from __future__ import annotations

from overbuild.site.accounts.cash import cash_of_period
from overbuild.site.closing.flows import Happened
from overbuild.site.closing.state_after import close_period
from overbuild.site.funding.building import build
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.cascade import cascade
from overbuild.site.waterfall.enforcement import enforcement
from overbuild.site.waterfall.outcome import decide
from overbuild.site.waterfall.owed import owed_of_period


def period(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> State:
    """The state of the site after one period; place 0 is close.

    Source: the order is ours, a convention.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> round(period(SHAPE, OPENING, INPUTS, TERMS).loans[0].balance / 1e6, 6)
    450.0
    """
    # contracts, load, power, costs, failures, damages; debt service due; tax, twice where a fleet is due: CFADS
    cash = cash_of_period(shape, state, inputs, terms)
    # while building: uses and sources, and the components as they then stand
    built = build(shape, state, inputs, terms, cash)
    # afterwards: balloons and their refinancing, who stands in for a shortfall, what the tests look at
    owed = owed_of_period(shape, state, inputs, terms, cash, built)
    # the tests, the one wish of the period, cure, support, or the way it ends
    outcome = decide(shape, state, inputs, terms, owed.tested, owed.short)
    # prepayment, letter of credit, reserve, sweep, mezzanine, lock-up, distribution
    paid = cascade(shape, state, inputs, terms, cash, owed, outcome, built.drawn.mezzanine)
    # collateral, accounts and the rest by rank: always computed, it counts in a default
    recovered = enforcement(shape, state, inputs, terms, cash, built, owed.cash)
    # what counts of all this, the books, the state of the next period
    return close_period(state, inputs, terms, Happened(cash, built, owed, outcome, paid, recovered))
