"""What construction uses in a period, net of the cash of phases that already earn."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, total
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.units import Usd, UsdStock


class Uses(NamedTuple):
    """Uses of a period of construction: what must be found, what early cash leaves, and their parts."""

    need: Usd
    trapped: UsdStock
    capex: Usd
    reserve_fill: Usd
    received: Usd


def uses_of(cash: CashOfPeriod, state: State, inputs: Inputs, terms: Terms) -> Uses:
    """What loans and owners must find in a period of construction.

        reserve_fill = filling * (1 - lc_share) * debt service of the base case in the periods that the reserve holds
        gap     = capex + fees + debt service + balloons + reserve_fill - cash - trapped - prepayment received
        need    = building * max(0, gap)
        trapped = building * max(0, -gap)

    Cash is CFADS and cash beside it: the early cash of a finished phase pays before loans and owners, and is not
    distributed before completion. Source: ours, a convention, after the practice on pre-operating cash flow.

    >>> from overbuild.site.accounts.cash import cash_of_period
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> cash = cash_of_period(SHAPE, OPENING, INPUTS, TERMS)._replace(cfads=0.0)
    >>> uses_of(cash, OPENING, INPUTS._replace(building=1.0), TERMS).need / 1e6
    210.0
    """
    capex = line("capex", total(one.amount for one in cash.planned))
    fill = inputs.filling * (1.0 - terms.reserve.lc_share) * inputs.base.reserve_target
    received = total(())
    if terms.prepayment is not None and inputs.prepayment_received is not None:
        received = line("prepayment_received", terms.prepayment * inputs.prepayment_received)
    asked = total((capex, cash.fees, cash.service.due, cash.service.balloons, fill))
    gap = asked - (cash.cfads + cash.beside) - state.trapped - received
    need = inputs.building * maximum(0.0, gap)
    line("uses_of_funds", state.alive * need)
    return Uses(need, inputs.building * maximum(0.0, -gap), capex, fill, received)
