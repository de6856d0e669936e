"""The stack as a model: its layers from the lowest up, the firms that own some of them, whether owning pays."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.demand.stack.layer import LayerPrices, LayerTerms, layer_prices
from overbuild.demand.stack.owner import (
    Integration,
    IntegrationTerms,
    OwnedLayers,
    OwnerMargin,
    integration,
    owner_margin,
    units_after,
)
from overbuild.equations import line
from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Condition, Reported


class StackShape(NamedTuple):
    """What is static of a stack: the firms, and which two are compared: the owner of layers and the buyer of them."""

    firms: tuple[OwnedLayers, ...]
    owner: str
    buyer: str


class StackTerms(NamedTuple):
    """A stack in numbers: its layers from the lowest up, and what owning some of them takes."""

    layers: tuple[LayerTerms, ...]
    integration: IntegrationTerms


class StackResults(NamedTuple):
    """The stack before and after a shock."""

    layers: tuple[LayerPrices, ...]
    firms: tuple[OwnerMargin, ...]
    integration: Integration


def stack_results(shape: StackShape, terms: StackTerms) -> StackResults:
    """Layers from the lowest up, the firms, what the shock does to the owner against the buyer, whether owning pays.

        owner's advantage = change of the owner's margin - change of the buyer's margin

    Source: equation by equation at its line; the advantage is ours, a definition.

    >>> from overbuild.demand.stack.examples import SHAPE, TERMS
    >>> found = stack_results(SHAPE, TERMS)
    >>> [round(one.margin_change, 4) for one in found.firms], round(found.integration.net_present_value / 1e6, 1)
    ([-0.0067, -0.0152, -0.0016], 74.8)
    """
    prices: dict[str, LayerPrices] = {}
    for layer in terms.layers:
        prices[layer.name] = layer_prices(layer, prices)
    firms = {firm.name: owner_margin(firm, terms.layers, prices) for firm in shape.firms}
    owner, buyer = firms[shape.owner], firms[shape.buyer]
    line("owner_advantage", owner.margin_change - buyer.margin_change)
    top = next(firm.layers[-1] for firm in shape.firms if firm.name == shape.owner)
    units = units_after(terms.integration, prices[top])
    line(
        "owner_profit_change", units * owner.shocked_unit_margin - terms.integration.units_per_year * owner.unit_margin
    )
    line(
        "buyer_profit_change", units * buyer.shocked_unit_margin - terms.integration.units_per_year * buyer.unit_margin
    )
    found = integration(terms.integration, owner, buyer, units)
    return StackResults(tuple(prices.values()), tuple(firms.values()), found)


def stack_model(shape: StackShape, terms: StackTerms) -> Model:
    """A stack with what it reports.

    >>> from overbuild.demand.stack.examples import SHAPE, TERMS
    >>> [one.id for one in stack_model(SHAPE, TERMS).reported][:2]
    ['margin.energy.base', 'margin.energy.shocked']
    """
    return Model((Stage("results", stack_results, shape, terms),), reported_of_stack(shape, terms))


def reported_of_stack(shape: StackShape, terms: StackTerms) -> tuple[Reported, ...]:
    """What a stack reports; a firm that sells what the owner sells goes by its own name."""
    found: list[Reported] = []
    for kind, line_of in (("margin", "margin"), ("unit_margin", "unit_margin")):
        for name, prefix in (
            *((layer.name, "") for layer in terms.layers),
            *((firm.name, "owner_") for firm in shape.firms),
        ):
            found.append(Reported(f"{kind}.{name}.base", f"{name}.{prefix}{line_of}_before"))
            found.append(Reported(f"{kind}.{name}.shocked", f"{name}.{prefix}{line_of}_after"))
    for layer in terms.layers:
        found.append(Reported(f"price.{layer.name}.base", f"{layer.name}.price_before"))
        found.append(Reported(f"price.{layer.name}.shocked", f"{layer.name}.price_after"))
    charged = (Condition("capital_charge.owned", "owning takes no assets: nothing is to be earned on them"),)
    found += [
        Reported("owner_advantage", "owner_advantage"),
        Reported("owner_profit_change", "owner_profit_change"),
        Reported("buyer_profit_change", "buyer_profit_change"),
        Reported("integration_gain", "integration_gain"),
        Reported("capital_charge", "capital_charge.owned"),
        Reported("integration_npv", "integration_npv"),
        Reported("integration_assets_breakeven", "integration_assets_breakeven", charged),
    ]
    return tuple(found)
