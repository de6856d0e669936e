"""Who pays for construction: loans, mezzanine, equity, each standing in for the others, then standby equity."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import breached, line, maximum, minimum, present, quotient, total
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.units import Flag01, Usd, UsdStock


class LoanDrawn(NamedTuple):
    """What is drawn of a loan in a period."""

    name: str
    amount: Usd


class DrawnFunds(NamedTuple):
    """Sources of a period; all of them are 0 in a period that nobody can pay."""

    loans: tuple[LoanDrawn, ...]
    mezzanine: Usd
    equity: Usd
    standby: Usd
    unfunded: Usd
    stops: Flag01


def first_draw(draw_share: Usd, need: Usd, room: UsdStock) -> Usd:
    """What a loan pays of the need before the others stand in.

        draw = min(draw_share * need, commitment - drawn)

    The share is amount / uses pro rata, 0 equity first, amount / sum of amounts debt first.
    Source: ours, a definition: one formula for the three rules.

    >>> first_draw(0.6, 100.0, 50.0)
    50.0
    """
    return minimum(draw_share * need, room)


def draw(shape: Shape, state: State, terms: Terms, need: Usd, scale: UsdStock) -> DrawnFunds:
    """Need to draws, mezzanine, equity, standby, and what nobody pays.

        draw     = first_draw of each loan
        mezz     = min(share * (need - draws), what is left of it)
        equity   = min(need - draws - mezz, commitment - equity drawn)
        second   = (commitment - drawn - draw) of each loan * min(1, rest / sum of them)
        later    = likewise, of the loans that are drawn after equity
        equity   takes what is left, where that is rounding: below 1e-9 of the commitments
        standby  = min(rest, standby - standby drawn)
        unfunded = what then is left; where it is present nothing is drawn and the site stops;
                   its scale is all that was committed, loans and equity

    Source: ours, a convention: each side stands in for the other until both are at their commitments.

    >>> from overbuild.site.examples import OPENING, SHAPE, TERMS
    >>> draw(SHAPE, OPENING, TERMS, 5.0, 600e6).unfunded
    5.0
    """
    rooms = [maximum(0.0, term.amount - loan.drawn) for loan, term in zip(state.loans, terms.loans, strict=True)]
    with_equity = [not modes.after_equity for modes in shape.loans]
    first = [
        room * 0.0 if term.draw_share is None else first_draw(term.draw_share, need, room)
        for term, room in zip(terms.loans, rooms, strict=True)
    ]
    rest = need - total(first)
    mezzanine = total(())
    if state.mezzanine is not None and terms.mezzanine is not None:
        left = maximum(0.0, terms.mezzanine.amount - state.mezzanine.drawn)
        mezzanine = minimum(terms.mezzanine.draw_share * rest, left)
        rest = rest - mezzanine
    equity = minimum(rest, maximum(0.0, terms.funding.equity - state.equity_drawn))
    rest = rest - equity
    draws = first
    for beside in (True, False):
        spare = [
            room - drawn if one is beside else room * 0.0
            for room, drawn, one in zip(rooms, draws, with_equity, strict=True)
        ]
        share = present(rest, scale) * minimum(1.0, quotient(rest, total(spare), none=0.0))
        draws = [drawn + share * more for drawn, more in zip(draws, spare, strict=True)]
        rest = rest - share * total(spare)
    rounding = rest * (1.0 - present(rest, scale))
    equity, rest = equity + rounding, rest - rounding
    standby = minimum(rest, maximum(0.0, terms.funding.standby - state.standby_drawn))
    unfunded = rest - standby
    stops = breached(-unfunded, scale + terms.funding.equity)
    line("unfunded", state.alive * unfunded)
    line("stops_unfunded", state.alive * stops)
    paid = 1.0 - stops
    return DrawnFunds(
        loans=tuple(
            _shown(modes.name, paid * amount, state.alive) for modes, amount in zip(shape.loans, draws, strict=True)
        ),
        mezzanine=_shown("mezzanine", paid * mezzanine, state.alive).amount,
        equity=paid * equity,
        standby=paid * standby,
        unfunded=unfunded,
        stops=stops,
    )


def _shown(name: str, amount: Usd, alive: Flag01) -> LoanDrawn:
    """A draw, and its row: nothing is shown after the end of a site."""
    line(f"{name}.draw", alive * amount)
    return LoanDrawn(name, amount)
