"""A firm that owns layers: what a unit of its top layer costs it, the margin it keeps, and whether owning pays."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.demand.stack.layer import LayerPrices, LayerTerms, paid_after
from overbuild.equations import line, maximum, power, quotient, total
from overbuild.money.capital_charge import AssetClass, declining_annuity, first_year_charge
from overbuild.units import PerYear, Ratio, Share, UnitsPerYear, Usd, UsdPerUnit, UsdStock, Years


class OwnedLayers(NamedTuple):
    """A firm by the layers it owns, from the lowest up; it sells what the highest sells."""

    name: str
    layers: tuple[str, ...]


class OwnerMargin(NamedTuple):
    """What a unit costs a firm and leaves it, before and after a shock."""

    name: str
    cost: UsdPerUnit
    price: UsdPerUnit
    shocked_cost: UsdPerUnit
    shocked_price: UsdPerUnit
    margin_change: Share

    @property
    def unit_margin(self) -> UsdPerUnit:
        """What a unit leaves before the shock."""
        return self.price - self.cost

    @property
    def shocked_unit_margin(self) -> UsdPerUnit:
        """What a unit leaves after the shock."""
        return self.shocked_price - self.shocked_cost


class IntegrationTerms(NamedTuple):
    """What owning the layers takes and on how much is sold.

    `assets` are those of the owned layers that the costs of a unit do not hold already; `one_off` is what it costs to
    merge and to leave the suppliers.
    """

    units_per_year: UnitsPerYear
    price_elasticity: Ratio
    assets: UsdStock
    life_years: Years
    residual_share: Share
    one_off: UsdStock
    hurdle_per_year: PerYear
    tax_rate: Share
    tax_depreciation: tuple[Share, ...]


class Integration(NamedTuple):
    """Whether owning pays: what it leaves more in a year, what its assets must earn, and the net present value."""

    gain: Usd
    capital_charge: Usd
    net_present_value: UsdStock


def owner_margin(firm: OwnedLayers, layers: tuple[LayerTerms, ...], prices: dict[str, LayerPrices]) -> OwnerMargin:
    """A firm before and after a shock: own costs inside what it owns, market prices for what it buys from outside.

        cost   = own costs of the owned layers and what they buy from others, chained without margins between them
        margin = (price of the highest layer - cost) / price

    Source: elimination of the margins between layers of one owner, Spengler 1950.

    >>> energy, chips = LayerTerms("energy", 4.0, 0.2, 1.0, 0.0, 0.0, ()), LayerTerms("chips", 6.0, 0.5, 1.0, 1.0, 0.0, ())
    >>> prices = {"chips": LayerPrices("chips", 6.0, 12.0, 12.0, 18.0, 6.0, 0.0)}
    >>> owner_margin(OwnedLayers("maker", ("chips",)), (energy, chips), prices).margin_change
    -0.16666666666666669
    """
    costs: dict[str, UsdPerUnit] = {}
    shocked: dict[str, UsdPerUnit] = {}
    for layer in layers:
        if layer.name not in firm.layers:
            continue
        bought = total(one.units * costs.get(one.name, prices[one.name].price) for one in layer.buys)
        paid = total(
            one.units * (shocked[one.name] if one.name in shocked else paid_after(one, prices[one.name]))
            for one in layer.buys
        )
        costs[layer.name] = layer.own_cost + bought
        shocked[layer.name] = layer.own_cost * (1 + layer.cost_shock) + paid
    name, sold = firm.name, prices[firm.layers[-1]]
    cost = line(f"{name}.owner_cost_before", costs[sold.name])
    after = line(f"{name}.owner_cost_after", shocked[sold.name])
    margin = line(f"{name}.owner_margin_before", (sold.price - cost) / sold.price)
    kept = line(f"{name}.owner_margin_after", (sold.shocked_price - after) / sold.shocked_price)
    line(f"{name}.owner_unit_margin_before", sold.price - cost)
    line(f"{name}.owner_unit_margin_after", sold.shocked_price - after)
    change = line(f"{name}.owner_margin_change", kept - margin)
    return OwnerMargin(name, cost, sold.price, after, sold.shocked_price, change)


def units_after(terms: IntegrationTerms, sold: LayerPrices) -> UnitsPerYear:
    """Units sold in a year after the shock.

        units after = units * (price after / price) ** -elasticity

    Source: demand of constant elasticity.

    >>> terms = IntegrationTerms(100.0, 1.0, 0.0, 5.0, 0.0, 0.0, 0.1, 0.0, ())
    >>> units_after(terms, LayerPrices("app", 5.0, 10.0, 5.0, 20.0, 0.0, 10.0))
    50.0
    """
    ratio = sold.shocked_price / sold.price
    return line("units_after", terms.units_per_year * power(ratio, 0 - terms.price_elasticity))


def integration(terms: IntegrationTerms, owner: OwnerMargin, buyer: OwnerMargin, units: UnitsPerYear) -> Integration:
    """Whether owning the layers pays, at the prices after the shock.

        gain     = units after * (max(unit margin of the owner, 0) - max(unit margin of the buyer, 0))
        npv      = (gain - capital charge) * (1 - tax rate) * annuity - one-off cost

    A firm that would lose on every unit sells none. The capital charge is what the assets must earn a year before tax to
    return the hurdle over their life; so owning is never free, and a gain that just equals the charge is worth nothing.
    Source: [jorgenson-1963, hall-jorgenson-1967] for the charge; residual income, Preinreich 1937.

    >>> owner, buyer = OwnerMargin("own", 4.0, 10.0, 4.0, 10.0, 0.0), OwnerMargin("buy", 7.0, 10.0, 7.0, 10.0, 0.0)
    >>> terms = IntegrationTerms(100.0, 0.0, 1000.0, 5.0, 0.0, 50.0, 0.0, 0.0, ())
    >>> integration(terms, owner, buyer, 100.0)
    Integration(gain=300.0, capital_charge=200.0, net_present_value=450.0)
    """
    assets = AssetClass("owned", terms.assets, terms.life_years, terms.residual_share, terms.tax_depreciation, 0.0)
    charge = first_year_charge(assets, terms.hurdle_per_year, terms.tax_rate)
    kept, left = maximum(owner.shocked_unit_margin, 0), maximum(buyer.shocked_unit_margin, 0)
    gain = line("integration_gain", units * (kept - left))
    annuity = declining_annuity(terms.hurdle_per_year, 0.0, terms.life_years)
    npv = line("integration_npv", (gain - charge) * (1 - terms.tax_rate) * annuity - terms.one_off)
    affordable = gain - terms.one_off / ((1 - terms.tax_rate) * annuity)
    line("integration_assets_breakeven", terms.assets * quotient(affordable, charge, none=0))
    return Integration(gain, charge, npv)
