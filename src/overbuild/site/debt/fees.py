"""Fees of the loans while they are drawn."""

from __future__ import annotations

from overbuild.equations import line, maximum, total
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.units import Usd


def financing_fees(state: State, inputs: Inputs, terms: Terms) -> Usd:
    """Upfront fees at close, commitment fees on what is undrawn up to the availability end.

        fees = at_close * upfront_fee_share * amount + (building, after close) * commitment_fee * (amount - drawn) / p

    Source: standard; what is undrawn at the availability end lapses.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
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
