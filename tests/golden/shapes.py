"""Every shape of golden case and the function that runs it."""

from __future__ import annotations

from tests.golden import (
    agents,
    basket,
    clearing,
    facts,
    fleet,
    forecast_scores,
    instruments,
    order_of_payment,
    own_sites,
    power,
    rates_of_return,
    required_revenue,
    rules_and_stack,
    site2,
    sized_debt,
    taxes,
    uncertainty,
    useful_life,
    whole_site,
)

ADAPTERS = {
    **basket.ADAPTERS,
    **facts.ADAPTERS,
    **forecast_scores.ADAPTERS,
    **fleet.ADAPTERS,
    **instruments.ADAPTERS,
    **required_revenue.ADAPTERS,
    **rates_of_return.ADAPTERS,
    **sized_debt.ADAPTERS,
    **taxes.ADAPTERS,
    **useful_life.ADAPTERS,
    **order_of_payment.ADAPTERS,
    **whole_site.ADAPTERS,
    **own_sites.ADAPTERS,
    **site2.ADAPTERS,
    **uncertainty.ADAPTERS,
    **clearing.ADAPTERS,
    **power.ADAPTERS,
    **rules_and_stack.ADAPTERS,
    **agents.ADAPTERS,
}
