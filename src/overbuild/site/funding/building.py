"""While building: what is needed, who pays, and the components as they then stand."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.accounts.assets import assets_after
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.debt.junior import accrued_of
from overbuild.site.funding.sources import DrawnFunds, draw
from overbuild.site.funding.uses import Uses, uses_of
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import AssetState, State
from overbuild.site.terms.terms import Terms


class Built(NamedTuple):
    """Uses and sources of a period, and the components at its end."""

    uses: Uses
    drawn: DrawnFunds
    components: tuple[AssetState, ...]


def build(shape: Shape, state: State, inputs: Inputs, terms: Terms, cash: CashOfPeriod) -> Built:
    """Uses, sources and components; in a period that nobody can pay nothing is spent and nothing capitalised.

        capitalised = (1 - unfunded) * capitalised_share * (interest + fees + interest of the mezzanine)

    Source: its parts: `uses_of`, `draw`, `assets_after`.

    >>> from overbuild.site.accounts.cash import cash_of_period
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> build(SHAPE, OPENING, INPUTS, TERMS, cash_of_period(SHAPE, OPENING, INPUTS, TERMS)).drawn.equity
    0.0
    """
    uses = uses_of(cash, state, inputs, terms)
    drawn = draw(shape, state, terms, uses.need, cash.service.scale)
    paid = 1.0 - drawn.stops
    spending = tuple(one._replace(amount=paid * one.amount) for one in cash.planned)
    cost = cash.service.interest + cash.fees + accrued_of(state, terms)
    financed = paid * cash.capitalised_share * cost
    components = assets_after(shape, state, inputs, terms, cash.downs, spending, cash.fleets, financed)
    return Built(uses, drawn, components)
