"""The refresh: its reserve, its capex, and CFADS, which comes after both."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum
from overbuild.old_site.operations.powered_shell import chips_sold
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import Terms
from overbuild.old_site.waterfall.refresh_funding import Renewal
from overbuild.units import Usd, UsdStock


class Refreshed(NamedTuple):
    """CFADS, the net cost of the refresh, and the refresh reserve at the end of the period.

    `by_owners` is the part of the refresh capex that sponsors pay.
    """

    cfads: Usd
    refresh_cost: Usd
    refresh_reserve: UsdStock
    by_owners: Usd


def reserve_contribution(cash: Usd, reserve: UsdStock, inputs: Inputs, terms: Terms) -> Usd:
    """Contribution to the refresh reserve: an equal part of what is missing, no more than the cash there is.

        contribution = min(max(0, cost - old_it_proceeds - reserve) / periods left, max(0, cash))

    `reserve_share` is 1 / periods left in the periods of saving, else 0.
    Source: ours, a convention: what is missing is spread evenly over the periods left, anew in each of them.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> reserve_contribution(500e6, 0.0, INPUTS._replace(reserve_share=0.5), TERMS) / 1e6
    390.0
    """
    missing = maximum(0.0, terms.refresh.cost - terms.refresh.old_it_proceeds - reserve)
    return line("refresh_reserve_contribution", minimum(missing * inputs.reserve_share, maximum(0.0, cash)))


def refreshed(cash: tuple[Usd, Usd], state: State, renewal: Renewal, case: tuple[Shape, Terms]) -> Refreshed:
    """Cash flow available for debt service (CFADS), after the refresh reserve and after the refresh itself.

        cfads      = operating_cash - tax - contribution + release - refresh_capex + old_it_proceeds + by_owners
        by_owners  = max(0, refresh_capex - release - old_it_proceeds) where sponsors pay, else 0

    `cash` is operating cash and tax. The reserve is released as a whole when the refresh falls due, also where it does
    not come.
    Source: ours, the standard definition of CFADS; saving for the refresh before debt service is a convention.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> refreshed((500.0, 100.0), OPENING, Renewal(INPUTS, INPUTS.refresh_now), (SHAPE, TERMS)).cfads
    400.0
    """
    shape, terms = case
    operating_cash, tax = cash
    inputs = renewal.inputs
    contribution = reserve_contribution(operating_cash - tax, state.refresh_reserve, inputs, terms)
    release = line("refresh_reserve_release", renewal.due * state.refresh_reserve)
    capex = line("refresh_capex", inputs.refresh_now * terms.refresh.cost)
    proceeds = line("old_it_proceeds", chips_sold(inputs, terms))
    reserve = line("refresh_reserve_balance", state.refresh_reserve + contribution - release)
    kept = operating_cash - tax - contribution + release - capex + proceeds
    by_owners = 0.0
    if shape.refresh_payer == "owners":
        by_owners = line("refresh_by_owners", maximum(0.0, capex - release - proceeds))
        kept = kept + by_owners
    return Refreshed(line("cfads", kept), capex - proceeds, reserve, by_owners)
