"""Prepayment by the offtaker: cash during construction, a credit against its invoices later, a claim in a default."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, minimum
from overbuild.old_site.terms.inputs import BuildInputs, Inputs
from overbuild.old_site.terms.state import BuildState, State
from overbuild.old_site.terms.terms import PrepaymentTerms, Terms
from overbuild.units import Usd, UsdStock


class Received(NamedTuple):
    """A construction period: uses net of the prepayment; where there is one, what was received and what is owed."""

    need: Usd
    received: tuple[Usd, ...] = ()
    owed: UsdStock | None = None


def prepaid(uses: Usd, state: BuildState, inputs: BuildInputs, terms: Terms) -> Received:
    """What the offtaker prepays in a construction period: it pays for uses before loans and equity do.

        prepayment_received    = received_share * amount
        uses_after_prepayment  = uses_of_funds - prepayment_received

    Source: ours, an identity: what the customer pays, loans and owners need not.

    >>> from overbuild.old_site.examples import BUILD_OPENING, BUILDING, TERMS
    >>> prepaid(100.0, BUILD_OPENING, BUILDING, TERMS)
    Received(need=100.0, received=(), owed=None)
    """
    if state.prepayment is None or terms.prepayment is None:
        return Received(uses)
    received = line("prepayment_received", inputs.received_share * terms.prepayment.amount)
    return Received(line("uses_after_prepayment", uses - received), (received,), state.prepayment + received)


def credit_due(contract_revenue: Usd, owed: UsdStock, inputs: Inputs, terms: PrepaymentTerms) -> Usd:
    """Credit that falls due against the invoices of the period, no more than is owed and invoiced.

        credit = min(credit_share * amount, prepayment before, contract_revenue)

    Source: ours, a convention: a credit that is cut stays owed and is not added to the next one.

    >>> from overbuild.old_site.examples import INPUTS
    >>> credit_due(80.0, 500.0, INPUTS._replace(credit_share=0.25), PrepaymentTerms(400.0))
    80.0
    """
    agreed = inputs.credit_share * terms.amount
    return minimum(minimum(agreed, owed), contract_revenue)


class Credited(NamedTuple):
    """An operating period: operating cash after the credit; where there is a prepayment, what is still owed of it."""

    cash: Usd
    owed: UsdStock | None = None


def credited(operating_cash: Usd, contract_revenue: Usd, state: State, inputs: Inputs, terms: Terms) -> Credited:
    """Credit of the prepayment against the invoices of the period: revenue that brings no cash.

        prepayment_credit  = credit (`credit_due`)
        prepayment_balance = prepayment before - prepayment_credit

    Revenue and tax do not change, CFADS falls by the credit. Once the contract is broken nothing is credited and the
    rest stays owed.
    Source: ours, an identity: cash and what is owed fall by the same credit.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> credited(100.0, 80.0, OPENING, INPUTS, TERMS)
    Credited(cash=100.0, owed=None)
    """
    if state.prepayment is None or terms.prepayment is None:
        return Credited(operating_cash)
    due = credit_due(contract_revenue, state.prepayment, inputs, terms.prepayment)
    credit = line("prepayment_credit", due)
    return Credited(operating_cash - credit, line("prepayment_balance", state.prepayment - credit))
