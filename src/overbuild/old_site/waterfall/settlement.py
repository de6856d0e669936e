"""Settlement: debt service is paid from cash, then from the DSRA, then by sponsors."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import breached, line, maximum, minimum, present, total
from overbuild.old_site.financing.loans import Due, debt_remains
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import Terms
from overbuild.old_site.waterfall.dsra import dsra_draw
from overbuild.units import Count, Flag01, Usd


class Settled(NamedTuple):
    """Debt service as settled: what each source paid, what stays unpaid, the cash that is left.

    `carried` is what the owners carry where there is no debt.
    """

    free_cash: Usd
    draw: Usd
    cure: Usd
    carried: Usd
    unpaid: Usd
    arrears: Usd
    payment_default: Flag01
    cures_used: Count


def settle(available: Usd, owed: Due, cures_left: Count, state: State, terms: Terms) -> Settled:
    """Debt service is paid; a shortfall is met by the DSRA, then by an equity cure, or stays unpaid.

        shortfall    = max(0, debt_service - cash_available)
        dsra_draw    = min(dsra, shortfall, max(0, debt_service))
        equity_cure  = what is still missing, in full, while cures are left
        unpaid       = min(what then is missing, max(0, debt_service) - dsra_draw)
        payment_default = 1 where what then is missing is above 1e-9 of the loans as committed

    Debt service below 0 is a payment of the lenders: nobody is owed anything for it. Without debt the owners carry the
    shortfall (`owner_support`). What lenders miss stays owed to them, what others miss are arrears.
    Source: ours, a convention: the reserve pays before a cure; the alternative asks the owners first. That a billionth
    of the commitments is no default is a convention too: debt service itself, which may be 0, is no scale for it.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> from overbuild.old_site.financing.loans import due
    >>> settle(300e6, due((85e6,), OPENING, INPUTS), 0.0, OPENING, TERMS).free_cash / 1e6
    15.0
    >>> settle(0.0, due((-204.2e6,), OPENING, INPUTS), 0.0, OPENING, TERMS).payment_default
    0.0
    """
    asked = owed.debt_service
    shortfall = line("shortfall", maximum(0.0, asked - available))
    draw = dsra_draw(state.dsra, shortfall, asked)
    missing = shortfall - draw
    indebted = debt_remains(state, terms)
    committed = total(loan.amount for loan in terms.loans)
    cures = indebted * minimum(1.0, cures_left)
    cure = line("equity_cure", cures * missing)
    support = line("owner_support", (1.0 - indebted) * missing)
    unmet = missing - cure - support
    unpaid = line("unpaid_debt_service", minimum(unmet, maximum(0.0, asked) - draw))
    return Settled(
        free_cash=maximum(0.0, available - asked),
        draw=draw,
        cure=cure,
        carried=support,
        unpaid=unpaid,
        arrears=line("arrears", unmet - unpaid),
        payment_default=line("payment_default", breached(-unmet, committed)),
        cures_used=cures * present(missing, committed),
    )
