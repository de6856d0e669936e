"""Collateral: what it brings in an enforcement sale, net of cost and time."""

from __future__ import annotations

from overbuild.equations import line, power, total
from overbuild.old_site.terms.inputs import ComponentInputs, Inputs
from overbuild.old_site.terms.terms import ComponentTerms, Terms
from overbuild.units import Share, UsdStock


def sold_for(given: ComponentInputs, term: ComponentTerms) -> UsdStock:
    """Gross proceeds of a component in an enforcement sale.

        sold_for = held * liquidation_share * cost * (1 - decay_per_year)^age_years

    Valid: decay below 1.
    Source: ours, a simplification: the price falls from cost at one rate, and a forced sale brings a fixed share of it.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> sold_for(INPUTS.components[0], TERMS.components[0]) / 1e6
    500.0
    """
    worth = power(1.0 - term.decay_per_year, given.age_years)
    return given.held * term.liquidation_share * term.cost * worth


def enforcement_discount(rate_per_year: Share, terms: Terms) -> Share:
    """Share of gross proceeds that is left after the cost of enforcement and the time it takes.

        enforcement_discount = (1 - cost_share) * (1 + rate_per_year)^-lag_years

    Source: ours, a simplification: all proceeds come on one day, after one lag.

    >>> from overbuild.old_site.examples import TERMS
    >>> enforcement_discount(0.0, TERMS)
    0.92
    """
    return (1.0 - terms.enforcement.cost_share) * power(1.0 + rate_per_year, -terms.enforcement.lag_years)


def collateral_net(inputs: Inputs, rate_per_year: Share, terms: Terms) -> UsdStock:
    """Value of the collateral at the day of default: proceeds of its sale, net of cost and discounted.

        collateral_net = enforcement_discount * sum of sold_for over the components

    Source: ours, a definition: the sum over components, all at one cost share and one lag.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> round(collateral_net(INPUTS, 0.0, TERMS) / 1e6, 6)
    1380.0
    """
    pairs = zip(inputs.components, terms.components, strict=True)
    sold = total(sold_for(given, term) for given, term in pairs)
    return line("collateral_net", sold * enforcement_discount(rate_per_year, terms))
