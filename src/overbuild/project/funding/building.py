"""While building: what is needed, who pays, and the components as they then stand."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.project.accounts.assets import assets_after
from overbuild.project.accounts.cash import CashOfPeriod
from overbuild.project.debt.junior import accrued_of
from overbuild.project.funding.sources import DrawnFunds, draw
from overbuild.project.funding.uses import Uses, uses_of
from overbuild.project.terms.inputs import ProjectInputs
from overbuild.project.terms.shape import ProjectShape
from overbuild.project.terms.state import AssetState, ProjectState
from overbuild.project.terms.terms import ProjectTerms


class Built(NamedTuple):
    """Uses and sources of a period, and the components at its end."""

    uses: Uses
    drawn: DrawnFunds
    components: tuple[AssetState, ...]


def build(
    shape: ProjectShape, state: ProjectState, inputs: ProjectInputs, terms: ProjectTerms, cash: CashOfPeriod
) -> Built:
    """Uses, sources and components; in a period that nobody can pay nothing is spent and nothing capitalised.

        capitalised = (1 - unfunded) * capitalised_share * (interest + fees + interest of the mezzanine)

    Source: its parts: `uses_of`, `draw`, `assets_after`.

    >>> from overbuild.project.accounts.cash import cash_of_period
    >>> from overbuild.project.examples import INPUTS, OPENING, SHAPE, TERMS
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
