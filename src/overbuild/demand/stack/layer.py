"""A layer of the stack before and after a shock: what a unit costs, sells for and leaves, and what its buyers pay."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, minimum, total
from overbuild.units import Ratio, Share, UsdPerUnit


class BoughtInput(NamedTuple):
    """What a layer buys of a layer below, by the name of that one: units of it per unit sold.

    `switching_cost` is what it costs to leave its supplier for one that did not raise its price, per unit bought; None:
    it cannot leave.
    """

    name: str
    units: Ratio
    switching_cost: UsdPerUnit | None


class LayerTerms(NamedTuple):
    """One layer: its own cost per unit, its margin before the shock, what it passes on, what it buys, what shocks it."""

    name: str
    own_cost: UsdPerUnit
    margin: Share
    pass_through: Ratio
    cost_shock: Ratio
    price_shock: Ratio
    buys: tuple[BoughtInput, ...]


class LayerPrices(NamedTuple):
    """What a unit of a layer costs and sells for, before and after; `passed_on` is the rise that all its rivals share."""

    name: str
    cost: UsdPerUnit
    price: UsdPerUnit
    shocked_cost: UsdPerUnit
    shocked_price: UsdPerUnit
    passed_on: UsdPerUnit
    raised: UsdPerUnit


def price_before(cost: UsdPerUnit, margin: Share) -> UsdPerUnit:
    """What a unit sells for before the shock, at the margin of the layer.

        price = cost / (1 - margin)

    Edges: a margin of 1 or more has no price, and the case is refused.
    Source: ours, a definition: margin = (price - cost) / price.

    >>> price_before(40.0, 0.6)
    100.0
    """
    return cost / (1 - margin)


def price_after(layer: LayerTerms, price: UsdPerUnit, rise_of_cost: UsdPerUnit) -> UsdPerUnit:
    """What a unit sells for after the shock: its own rise of price, and the part of a rise of cost that it passes on.

        price after = price * (1 + price shock) + pass-through * rise of cost

    Edges: a pass-through above 1 passes on more than the rise; a price at or below 0 is refused where the case is run.
    Source: cost pass-through as in Weyl and Fabinger 2013; ours, a simplification of it: linear, one number a layer.

    >>> price_after(LayerTerms("chips", 12.0, 0.6, 0.8, 0.25, 0.0, ()), 30.0, 3.0)
    32.4
    """
    return price * (1 + layer.price_shock) + layer.pass_through * rise_of_cost


def paid_after(purchase: BoughtInput, supplier: LayerPrices) -> UsdPerUnit:
    """What a unit bought costs its buyer after the shock.

        paid = price + passed on + min(raised, switching cost)

    What a supplier passes on of its cost its rivals pass on too; what it raises beyond that holds only as far as leaving
    it costs. Without a switching cost the buyer cannot leave and pays all of it.
    Source: Klemperer 1995 (a locked-in buyer pays up to its switching cost more).

    >>> model = LayerPrices("model", 70.0, 128.0, 70.0, 166.4, 0.0, 38.4)
    >>> paid_after(BoughtInput("model", 0.5, None), model), paid_after(BoughtInput("model", 0.5, 10.0), model)
    (166.4, 138.0)
    """
    if purchase.switching_cost is None:
        return supplier.shocked_price
    return supplier.price + supplier.passed_on + minimum(supplier.raised, purchase.switching_cost)


def cost_before(layer: LayerTerms, below: dict[str, LayerPrices]) -> UsdPerUnit:
    """What a unit costs before the shock: the layer's own cost and what it buys, at the prices of its suppliers.

        cost = own cost + sum over purchases of units * price

    Source: Leontief price model (cost as own cost and bought inputs), a lower-triangular one.

    >>> energy = LayerPrices("energy", 4.0, 5.0, 4.0, 5.0, 0.0, 0.0)
    >>> cost_before(LayerTerms("cloud", 9.0, 0.35, 0.7, 0.0, 0.0, (BoughtInput("energy", 0.2, None),)), {"energy": energy})
    10.0
    """
    return layer.own_cost + total(one.units * below[one.name].price for one in layer.buys)


def cost_after(layer: LayerTerms, below: dict[str, LayerPrices]) -> UsdPerUnit:
    """What a unit costs after the shock.

        cost after = own cost * (1 + cost shock) + sum over purchases of units * paid

    Source: Leontief price model, a lower-triangular one, at the prices after the shock.

    >>> energy = LayerPrices("energy", 4.0, 5.0, 6.0, 7.0, 2.0, 0.0)
    >>> cost_after(LayerTerms("cloud", 9.0, 0.35, 0.7, 0.0, 0.0, (BoughtInput("energy", 0.5, None),)), {"energy": energy})
    12.5
    """
    bought = total(one.units * paid_after(one, below[one.name]) for one in layer.buys)
    return layer.own_cost * (1 + layer.cost_shock) + bought


def layer_prices(layer: LayerTerms, below: dict[str, LayerPrices]) -> LayerPrices:
    """A layer before and after the shock, from the layers below it.

        margin = (price - cost) / price

    Source: equation by equation at its line.

    >>> layer_prices(LayerTerms("energy", 4.0, 0.2, 0.5, 0.5, 0.0, ()), {}).shocked_price
    6.0
    """
    name = layer.name
    cost = line(f"{name}.cost_before", cost_before(layer, below))
    price = line(f"{name}.price_before", price_before(cost, layer.margin))
    shocked_cost = line(f"{name}.cost_after", cost_after(layer, below))
    shocked = line(f"{name}.price_after", price_after(layer, price, shocked_cost - cost))
    line(f"{name}.unit_margin_before", price - cost)
    line(f"{name}.unit_margin_after", shocked - shocked_cost)
    line(f"{name}.margin_before", (price - cost) / price)
    line(f"{name}.margin_after", (shocked - shocked_cost) / shocked)
    passed_on = line(f"{name}.passed_on", layer.pass_through * (shocked_cost - cost))
    raised = line(f"{name}.price_raised", price * layer.price_shock)
    return LayerPrices(name, cost, price, shocked_cost, shocked, passed_on, raised)
