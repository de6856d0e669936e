"""What construction uses in a period, net of the cash of phases that already earn."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, total
from overbuild.project.accounts.books import Spending
from overbuild.project.debt.service import DebtService
from overbuild.project.terms.inputs import ProjectInputs
from overbuild.project.terms.state import ProjectState
from overbuild.project.terms.terms import ProjectTerms
from overbuild.units import Usd, UsdStock


class Uses(NamedTuple):
    """Uses of a period of construction: what must be found, what early cash leaves, and their parts."""

    need: Usd
    trapped: UsdStock
    capex: Usd
    fees: Usd
    reserve_fill: Usd
    received: Usd


def financing_fees(state: ProjectState, inputs: ProjectInputs, terms: ProjectTerms) -> Usd:
    """Upfront fees at close, commitment fees on what is undrawn up to the availability end.

        fees = at_close * upfront_fee_share * amount + (building, after close) * commitment_fee * (amount - drawn) / p

    Source: standard; what is undrawn at the availability end lapses.

    >>> from overbuild.project.examples import INPUTS, OPENING, TERMS
    >>> financing_fees(OPENING, INPUTS, TERMS)
    0.0
    """
    p, building = terms.horizon.periods_per_year, inputs.building * (1.0 - inputs.at_close)
    fees: list[Usd] = []
    for loan, term in zip(state.loans, terms.loans, strict=True):
        upfront = inputs.at_close * term.upfront_fee_share * term.amount
        undrawn = building * maximum(0.0, term.amount - loan.drawn)
        fees.append(line(f"{term.name}.fees", upfront + undrawn * term.commitment_fee_per_year / p))
    return line("fees", total(fees))


def uses_of(
    spending: tuple[Spending, ...],
    fees: Usd,
    service: DebtService,
    cash: Usd,
    state: ProjectState,
    inputs: ProjectInputs,
    terms: ProjectTerms,
) -> Uses:
    """What loans and owners must find in a period of construction.

        reserve_fill = filling * (1 - lc_share) * debt service of the base case in the periods that the reserve holds
        gap     = capex + fees + debt service + balloons + reserve_fill - cash - trapped - prepayment received
        need    = building * max(0, gap)
        trapped = building * max(0, -gap)

    `cash` is CFADS and cash beside it: the early cash of a finished phase pays before loans and owners, and is not
    distributed before completion. Source: ours, a convention, after the practice on pre-operating cash flow.

    >>> from overbuild.project.debt.service import debt_service
    >>> from overbuild.project.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> service = debt_service(SHAPE, OPENING, INPUTS, TERMS)
    >>> uses_of((), 0.0, service, 0.0, OPENING, INPUTS._replace(building=1.0), TERMS).need / 1e6
    210.0
    """
    capex = line("capex", total(one.amount for one in spending))
    fill = inputs.filling * (1.0 - terms.reserve.lc_share) * inputs.base.reserve_target
    received = total(())
    if terms.prepayment is not None and inputs.prepayment_received is not None:
        received = line("prepayment_received", terms.prepayment * inputs.prepayment_received)
    asked = total((capex, fees, service.due, service.balloons, fill))
    gap = asked - cash - state.trapped - received
    need = line("need", inputs.building * maximum(0.0, gap))
    return Uses(need, inputs.building * maximum(0.0, -gap), capex, fees, fill, received)
