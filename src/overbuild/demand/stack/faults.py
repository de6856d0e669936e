"""What is wrong with the case of a stack, by path: bounds, names, order, a cycle, mixed margins, prices that cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from overbuild.demand.stack.case import LayerPlan, StackPlan, layer_terms, layers_owned
from overbuild.demand.stack.layer import LayerPrices, cost_after, cost_before, price_after, price_before
from overbuild.errors import CaseError, did_you_mean
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded

MOST_MARGIN = 0.99
"""The greatest margin: at 1 a unit would have no price."""


def stack_faults(plan: StackPlan) -> Iterator[CaseError]:
    """Every fault of a case; prices are looked at once there is no other."""
    faults = [*_counted(plan), *_layers(plan), *_purchases(plan), *_firms(plan), *_integration(plan)]
    yield from faults or _prices(plan)


def _counted(plan: StackPlan) -> Iterator[CaseError]:
    if len(plan.layers) < 2:
        yield CaseError("missing", "layers", len(plan.layers), "a stack has at least two layers, the lowest first")
    if len(plan.firms) < 2:
        yield CaseError("missing", "firms", len(plan.firms), "name at least two firms: an owner of layers and a buyer")
    names = Counter([*(layer.name for layer in plan.layers), *(firm.name for firm in plan.firms)])
    for name in (name for name, count in names.items() if count > 1):
        yield CaseError("duplicate", "firms", name, f"the name {name} is that of a layer and of a firm; rename one")
    lowest, *others = plan.layers or (None,)
    odd = next((layer for layer in others if lowest and layer.margin_kind != lowest.margin_kind), None)
    if lowest and odd:
        hint = (
            f"the margin of {lowest.name} is {lowest.margin_kind}, that of {odd.name} {odd.margin_kind}: "
            "one chain takes one kind, or the cost of a layer would be counted on two grounds; restate one of them"
        )
        yield CaseError("mixed_margins", f"layers.{odd.name}.margin_kind", odd.margin_kind, hint)


def _layers(plan: StackPlan) -> Iterator[CaseError]:
    for layer in plan.layers:
        path = f"layers.{layer.name}"
        yield from bounded(f"{path}.own_cost", layer.own_cost, 0.0, 1e9, "the own cost of a unit in USD")
        if layer.margin >= 1.0:
            slip = f"; did you mean {layer.margin / 100:.4g}?" if layer.margin > 1.0 else ""
            hint = f"a margin is a share of the price and lies below 1: at 1 a unit that costs something has no price{slip}"
            yield CaseError("margin_ge_1", f"{path}.margin", layer.margin, hint)
        else:
            yield from bounded(f"{path}.margin", layer.margin, -2.0, MOST_MARGIN, "a margin as a share of the price")
        yield from bounded(f"{path}.pass_through", layer.pass_through, 0.0, 2.0, "what is passed on of a rise of cost")
        for name in ("cost_shock", "price_shock"):
            yield from bounded(
                f"{path}.{name}", getattr(layer, name), -0.99, 9.0, "a shock as a share of what was before"
            )


def _purchases(plan: StackPlan) -> Iterator[CaseError]:
    names = [layer.name for layer in plan.layers]
    round_trip = _cycle(plan.layers)
    if round_trip:
        hint = f"a cycle: {' buys of '.join(round_trip)}. A layer may buy only of layers that do not buy of it"
        yield CaseError("cycle", f"layers.{round_trip[0]}.buys.{round_trip[1]}", round_trip[1], hint)
    for place, layer in enumerate(plan.layers):
        for one in layer.buys:
            path = f"layers.{layer.name}.buys.{one.name}"
            if one.name not in names:
                hint = f"no layer of this name.{did_you_mean(one.name, names)} There are {', '.join(names)}"
                yield CaseError("unknown_name", path, one.name, hint)
            elif names.index(one.name) >= place and not round_trip:
                hint = f"{one.name} stands above {layer.name}, which buys of it: list layers from the lowest up"
                yield CaseError("bad_order", path, one.name, hint)
            yield from bounded(f"{path}.units", one.units, 0.0, 1e6, "units bought per unit sold")
            if one.switching_cost is not None:
                yield from bounded(f"{path}.switching_cost", one.switching_cost, 0.0, 1e9, "USD per unit bought")


def _cycle(layers: tuple[LayerPlan, ...]) -> tuple[str, ...]:
    """The first way from a layer over its purchases back to itself; empty where there is none."""
    buys = {layer.name: [one.name for one in layer.buys] for layer in layers}

    def way_back(at: str, way: tuple[str, ...]) -> tuple[str, ...]:
        for supplier in buys.get(at, []):
            if supplier == way[0]:
                return (*way, supplier)
            if supplier not in way:
                found = way_back(supplier, (*way, supplier))
                if found:
                    return found
        return ()

    return next((found for name in buys if (found := way_back(name, (name,)))), ())


def _firms(plan: StackPlan) -> Iterator[CaseError]:
    names = [layer.name for layer in plan.layers]
    for firm in plan.firms:
        for end in ("lowest", "highest"):
            name = getattr(firm, end)
            if name not in names:
                hint = f"no layer of this name.{did_you_mean(name, names)} There are {', '.join(names)}"
                yield CaseError("unknown_name", f"firms.{firm.name}.{end}", name, hint)
        if {firm.lowest, firm.highest} <= set(names) and not layers_owned(plan, firm):
            hint = f"the lowest layer, {firm.lowest}, stands above the highest, {firm.highest}; exchange them"
            yield CaseError("bad_order", f"firms.{firm.name}.lowest", firm.lowest, hint)


def _integration(plan: StackPlan) -> Iterator[CaseError]:
    of, firms = plan.integration, {firm.name: firm for firm in plan.firms}
    for role in ("owner", "buyer"):
        name = getattr(of, role)
        if name not in firms:
            hint = f"no firm of this name.{did_you_mean(name, firms)} There are {', '.join(firms)}"
            yield CaseError("unknown_name", f"integration.{role}", name, hint)
    if {of.owner, of.buyer} <= set(firms) and firms[of.owner].highest != firms[of.buyer].highest:
        hint = (
            f"{of.owner} sells {firms[of.owner].highest} and {of.buyer} sells {firms[of.buyer].highest}: only firms that "
            "sell the same are compared"
        )
        yield CaseError("bad_value", "integration.buyer", of.buyer, hint)
    for name, low, high, what in _BOUNDS:
        yield from bounded(f"integration.{name}", getattr(of, name), low, high, what)


_BOUNDS = (
    ("units_per_year", 0.0, 1e15, "units sold in a year"),
    ("price_elasticity", 0.0, 10.0, "by how many percent sales fall when the price rises by one"),
    ("assets", 0.0, 1e13, "assets in USD"),
    ("life", 0.25, 50.0, "a life in years"),
    ("residual_share", 0.0, 1.0, "a share of the cost"),
    ("one_off", 0.0, 1e13, "a cost in USD"),
    ("hurdle_per_year", -0.5, 1.0, "a return asked a year"),
    ("tax_rate", 0.0, 0.9, "a rate of tax"),
    ("tax_life", 1, 40, "years of depreciation for tax"),
)


def _prices(plan: StackPlan) -> Iterator[CaseError]:
    """Layers whose unit sells for nothing or less, before the shock or after it; the lowest such alone."""
    found: dict[str, LayerPrices] = {}
    for layer in plan.layers:
        terms = layer_terms(layer)
        cost, shocked = cost_before(terms, found), cost_after(terms, found)
        price = price_before(cost, terms.margin)
        after = price_after(terms, price, shocked - cost)
        passed_on, raised = layer.pass_through * (shocked - cost), price * layer.price_shock
        found[layer.name] = LayerPrices(layer.name, cost, price, shocked, after, passed_on, raised)
        for amount, path, when in ((price, "own_cost", "before any shock"), (after, "price_shock", "after the shock")):
            if amount <= 0.0:
                hint = (
                    f"{layer.name} would sell for {amount:.4g} USD a unit {when}: a price is above 0. Its cost is then "
                    f"{shocked:.4g}; change the shock, the pass-through or the cost"
                )
                yield CaseError("nonpositive_price", f"layers.{layer.name}.{path}", getattr(layer, path), hint)
                return


STACKS = CaseKind("stack", presets.STACKS, StackPlan, stack_faults)
"""Cases of a stack: `preset:NAME` stands for those that ship."""
