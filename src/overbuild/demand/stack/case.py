"""The case file of a stack: its layers from the lowest up, what each buys of those below, firms, what owning takes."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from overbuild.demand.stack.layer import BoughtInput, LayerTerms
from overbuild.demand.stack.model import StackShape, StackTerms
from overbuild.demand.stack.owner import IntegrationTerms, OwnedLayers
from overbuild.money.capital_charge import straight_line
from overbuild.world.quantities import (
    PerYear,
    Ratio,
    Share,
    UnitsPerYear,
    UsdPerUnit,
    UsdStock,
    WholeYears,
    Years,
)

MarginKind: TypeAlias = Literal["gross", "operating"]
"""What a margin is before: the costs of what is sold alone, or operating costs too."""


class PurchasePlan(NamedTuple):
    """What a layer buys of a layer below, by its name, per unit sold; without a switching cost it cannot leave."""

    name: str
    units: Ratio
    switching_cost: UsdPerUnit | None = None


class LayerPlan(NamedTuple):
    """A layer: what a unit costs of itself, its margin and of which kind, what it passes on of a rise of its cost."""

    name: str
    own_cost: UsdPerUnit
    margin: Share
    margin_kind: MarginKind
    pass_through: Ratio
    buys: tuple[PurchasePlan, ...] = ()
    cost_shock: Ratio = 0.0
    price_shock: Ratio = 0.0


class FirmPlan(NamedTuple):
    """A firm that owns the layers from the lowest to the highest, and sells what the highest sells."""

    name: str
    lowest: str
    highest: str


class IntegrationPlan(NamedTuple):
    """What the owner takes on against the buyer; `assets` are those that the costs of a unit do not hold already."""

    owner: str
    buyer: str
    units_per_year: UnitsPerYear
    price_elasticity: Ratio
    assets: UsdStock
    life: Years
    residual_share: Share
    one_off: UsdStock
    hurdle_per_year: PerYear
    tax_rate: Share
    tax_life: WholeYears


class StackPlan(NamedTuple):
    """A stack, from the lowest layer up, with the firms that own some of it and what owning takes."""

    name: str
    layers: tuple[LayerPlan, ...]
    firms: tuple[FirmPlan, ...]
    integration: IntegrationPlan


def layers_owned(plan: StackPlan, firm: FirmPlan) -> tuple[str, ...]:
    """Names of the layers that a firm owns, from the lowest up; none where it names one that is not there."""
    names = [layer.name for layer in plan.layers]
    if firm.lowest not in names or firm.highest not in names:
        return ()
    return tuple(names[names.index(firm.lowest) : names.index(firm.highest) + 1])


def layer_terms(layer: LayerPlan) -> LayerTerms:
    """A layer as the model takes it."""
    return LayerTerms(
        name=layer.name,
        own_cost=layer.own_cost,
        margin=layer.margin,
        pass_through=layer.pass_through,
        cost_shock=layer.cost_shock,
        price_shock=layer.price_shock,
        buys=tuple(BoughtInput(*one) for one in layer.buys),
    )


def stack_shape(plan: StackPlan) -> StackShape:
    """What is static of a case."""
    firms = tuple(OwnedLayers(firm.name, layers_owned(plan, firm)) for firm in plan.firms)
    return StackShape(firms, plan.integration.owner, plan.integration.buyer)


def stack_terms(plan: StackPlan) -> StackTerms:
    """The numbers of a case as the model takes them."""
    of = plan.integration
    return StackTerms(
        tuple(layer_terms(layer) for layer in plan.layers),
        IntegrationTerms(
            units_per_year=of.units_per_year,
            price_elasticity=of.price_elasticity,
            assets=of.assets,
            life_years=of.life,
            residual_share=of.residual_share,
            one_off=of.one_off,
            hurdle_per_year=of.hurdle_per_year,
            tax_rate=of.tax_rate,
            tax_depreciation=straight_line(of.tax_life),
        ),
    )
