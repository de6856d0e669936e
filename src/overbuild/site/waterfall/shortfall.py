"""Cash against what is owed in a period: standby, reserve and letter of credit, and what then stays unpaid."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum
from overbuild.site.debt.service import DebtService
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.units import Flag01, Usd


class Shortfall(NamedTuple):
    """Owed and at hand in a period; who stands in; what stays unpaid of a balloon, and of all else."""

    owed: Usd
    at_hand: Usd
    standby: Usd
    dsra_draw: Usd
    lc_draw: Usd
    balloon_unpaid: Usd
    unpaid: Usd


def meet_shortfall(
    service: DebtService,
    cash: Usd,
    lent: Usd,
    fee: Usd,
    indebted: Flag01,
    state: State,
    inputs: Inputs,
    terms: Terms,
) -> Shortfall:
    """Who stands in where cash does not pay what is owed: owners before completion, the reserve, its letter of credit.

        owed      = interest + principal + balloons + fee of refinancing
        at_hand   = cash + new loans
        short     = max(0, owed - at_hand)
        standby   = (1 - complete) * min(short, standby left)
        dsra_draw = min(dsra, short - standby, asked);  asked = max(0, owed)
        lc_draw   = min(limit - drawn, short - standby - dsra_draw, asked - dsra_draw);  limit = lc_share * target before
        balloon_unpaid = indebted * min(rest, max(0, balloons - new loans));  unpaid = rest - balloon_unpaid

    A lender may pay in: then owed is below 0, and neither the reserve nor its letter is asked for anything.
    Source: ours, a convention: completion support comes before the reserve.

    >>> from overbuild.site.debt.service import debt_service
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> service = debt_service(SHAPE, OPENING, INPUTS, TERMS)
    >>> found = meet_shortfall(service, 250e6, 0.0, 0.0, 1.0, OPENING._replace(dsra=5e6), INPUTS, TERMS)
    >>> found.dsra_draw, found.unpaid
    (0.0, 0.0)
    """
    owed = service.due + service.balloons + fee
    at_hand = cash + lent
    short = line("shortfall", maximum(0.0, owed - at_hand))
    left = maximum(0.0, terms.funding.standby - state.standby_drawn)
    standby = (1.0 - inputs.complete) * minimum(short, left)
    asked = maximum(0.0, owed)
    dsra_draw = minimum(minimum(state.dsra, short - standby), asked)
    limit = terms.reserve.lc_share * state.dsra_target
    room = maximum(0.0, limit - state.lc_drawn)
    lc_draw = minimum(minimum(room, short - standby - dsra_draw), asked - dsra_draw)
    rest = short - standby - dsra_draw - lc_draw
    balloon = indebted * minimum(rest, maximum(0.0, service.balloons - lent))
    return Shortfall(owed, at_hand, standby, dsra_draw, lc_draw, balloon, rest - balloon)
