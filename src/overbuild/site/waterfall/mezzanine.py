"""The mezzanine: PIK while building, cash from what the sweep leaves afterwards, and none of it under lock-up."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, power, present, total
from overbuild.instruments.mezzanine import MezzanineTerms, mezzanine_period
from overbuild.instruments.ratios import cover_ratio
from overbuild.site.debt.junior import junior_accrual
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import JuniorState, State
from overbuild.site.terms.terms import Terms
from overbuild.units import Usd


class JuniorPaid(NamedTuple):
    """A period of the mezzanine: what it leaves to owners, its interest for books, what it is paid; its state."""

    left: Usd
    interest: Usd
    paid: Usd
    state: JuniorState | None


def pay_junior(cash: Usd, drawn: Usd, state: State, inputs: Inputs, terms: Terms) -> JuniorPaid:
    """A period of the mezzanine on the cash that it may take: that left by the sweep, none under lock-up.

        building: balance = balance before + interest + draw
        after:    `mezzanine_period`, with the premium on what is not paid in cash; from its maturity on all is due

    What it misses is no default of the senior loans.
    Source: practice that payments stop on a breach of a senior covenant; that lock-up is enough is ours, a convention.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> pay_junior(100.0, 0.0, OPENING, INPUTS, TERMS).left
    100.0
    """
    if state.mezzanine is None or terms.mezzanine is None or inputs.mezzanine_matures is None:
        return JuniorPaid(cash, total(()), total(()), None)
    p, term, before = terms.horizon.periods_per_year, terms.mezzanine, state.mezzanine
    rates = MezzanineTerms(term.cash_rate_per_year, term.pik_rate_per_year, term.pik_premium_per_year, p)
    found = mezzanine_period(before.balance, cash, inputs.mezzanine_matures, rates)
    added, runs = junior_accrual(before.balance, term, p), 1.0 - inputs.building
    paid = line("mezzanine.cash_interest", runs * found.cash_interest)
    pik = line("mezzanine.pik_interest", blend(inputs.building, added, found.pik_interest))
    repaid = line("mezzanine.principal", runs * found.repaid)
    closing = blend(inputs.building, before.balance + added + drawn, found.closing)
    return JuniorPaid(
        left=cash - paid - repaid,
        interest=paid + pik,
        paid=paid + repaid,
        state=JuniorState(line("mezzanine.balance", closing), before.drawn + drawn),
    )


def junior_cover(cash: Usd, state: State, inputs: Inputs, terms: Terms) -> None:
    """Rows of the mezzanine: its cover on the cash that senior debt service leaves; none without a mezzanine.

        mezzanine.debt_service = balance * cash_rate / p + (balance * (1 + pik_rate / p) once it matures)
        mezzanine.dscr         = cash / debt service
        mezzanine.owed_cash    = cash * (1 + cash_rate + pik_rate, of a period)^-periods since the availability end

    Source: ours, the standard definition of cover, on the cash left for a rank and not on all of it.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> junior_cover(100.0, OPENING, INPUTS, TERMS)
    """
    if state.mezzanine is None or terms.mezzanine is None or inputs.mezzanine_matures is None:
        return
    if inputs.mezzanine_lives is None:
        return
    term, p, balance = terms.mezzanine, terms.horizon.periods_per_year, state.mezzanine.balance
    runs = state.alive * (1.0 - inputs.building)
    line("mezzanine.cash", cash)
    bullet = inputs.mezzanine_matures * balance * (1.0 + term.pik_rate_per_year / p)
    due = line("mezzanine.debt_service", balance * term.cash_rate_per_year / p + bullet)
    cover = line("mezzanine.dscr", cover_ratio(cash, due))
    line("mezzanine.rank_dscr", cover)
    line("mezzanine.covered", runs * present(due, term.amount))
    rate = (term.cash_rate_per_year + term.pik_rate_per_year) / p
    worth = power(1.0 + rate, -inputs.years_of_repayment * p)
    line("mezzanine.owed_cash", runs * inputs.mezzanine_lives * cash * worth)
