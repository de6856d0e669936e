"""A customer's prepayment: cash while the site is built, a credit against its bills later, a claim if that never comes."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, minimum
from overbuild.site.terms.inputs import BuildInputs, Inputs
from overbuild.site.terms.state import BuildState, State
from overbuild.site.terms.terms import PrepaymentTerms, Terms
from overbuild.units import Usd, UsdStock


class Received(NamedTuple):
    """A construction period: what is still needed after the prepayment; where there is one, what came in and is owed."""

    need: Usd
    received: tuple[Usd, ...] = ()
    owed: UsdStock | None = None


def prepaid(uses: Usd, state: BuildState, inputs: BuildInputs, terms: Terms) -> Received:
    """What the customer pays of the uses of a construction period, before loans and owners.

        prepayment_received    = received_share * amount
        uses_after_prepayment  = uses_of_funds - prepayment_received

    Source: ours, a convention: a prepayment is spent before loans and equity are drawn.

    >>> from overbuild.site.examples import BUILD_OPENING, BUILDING, TERMS
    >>> prepaid(100.0, BUILD_OPENING, BUILDING, TERMS)
    Received(need=100.0, received=(), owed=None)
    """
    if state.prepayment is None or terms.prepayment is None:
        return Received(uses)
    received = line("prepayment_received", inputs.received_share * terms.prepayment.amount)
    return Received(line("uses_after_prepayment", uses - received), (received,), state.prepayment + received)


def credit_due(contract_revenue: Usd, owed: UsdStock, inputs: Inputs, terms: PrepaymentTerms) -> Usd:
    """The part of the prepayment that falls due against the bills of the period, as far as it is owed and billed.

        credit = min(credit_share * amount, prepayment before, contract_revenue)

    Source: ours, a convention: a credit ends at the bills of its period, and what is cut is not made up later.

    >>> from overbuild.site.examples import INPUTS
    >>> credit_due(80.0, 500.0, INPUTS._replace(credit_share=0.25), PrepaymentTerms(400.0))
    80.0
    """
    agreed = inputs.credit_share * terms.amount
    return minimum(minimum(agreed, owed), contract_revenue)


class Credited(NamedTuple):
    """An operating period: operating cash after the credit, and what the customer is still owed, where it prepaid."""

    cash: Usd
    owed: UsdStock | None = None


def credited(operating_cash: Usd, contract_revenue: Usd, state: State, inputs: Inputs, terms: Terms) -> Credited:
    """The part of the prepayment that is set against the bills of the period: revenue that brings no cash.

        prepayment_credit  = credit (`credit_due`)
        prepayment_balance = prepayment before - prepayment_credit

    Revenue and tax do not change, CFADS falls by the credit. Once the contract is broken nothing is credited and the
    rest stays owed.
    Source: ours, a simplification of ASC 606-10-32-15: no interest is imputed on what was prepaid.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> credited(100.0, 80.0, OPENING, INPUTS, TERMS)
    Credited(cash=100.0, owed=None)
    """
    if state.prepayment is None or terms.prepayment is None:
        return Credited(operating_cash)
    due = credit_due(contract_revenue, state.prepayment, inputs, terms.prepayment)
    credit = line("prepayment_credit", due)
    return Credited(operating_cash - credit, line("prepayment_balance", state.prepayment - credit))
