"""A year's capex by class of asset, and what each class must earn before tax in its first year."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, total
from overbuild.money.capital_charge import AssetClass, first_year_charge
from overbuild.units import PerYear, Share, Usd, UsdPerYear, Years


class CapexPart(NamedTuple):
    """One class of asset: its share of the capex, and what `AssetClass` says of it but the cost."""

    name: str
    share: Share
    life_years: Years
    residual_share: Share
    tax_depreciation: tuple[Share, ...]
    price_decline_per_year: PerYear


class AssetCharge(NamedTuple):
    """One asset class and what it must earn before tax in its first year."""

    name: str
    cost: Usd
    charge: UsdPerYear

    @property
    def share_of_cost(self) -> Share | None:
        """The charge as a share of the cost; None for a class that costs nothing."""
        return self.charge / self.cost if self.cost else None


def asset_cost(name: str, share: Share, capex: UsdPerYear) -> UsdPerYear:
    """What one class of asset takes of the year's capex.

        cost = share * capex

    Source: ours, a simplification: each year's capex is divided by the same shares.

    >>> asset_cost("it", 0.65, 710e9)
    461500000000.0
    """
    return line(f"{name}.cost", share * capex)


def assets_of(parts: tuple[CapexPart, ...], capex: UsdPerYear) -> tuple[AssetClass, ...]:
    """The asset classes that a year's capex buys.

    Source: ours, a definition: each class at its part of the capex (`asset_cost`).

    >>> assets_of((CapexPart("it", 0.65, 5.0, 0.1, (1.0,), 0.25),), 100.0)[0].cost
    65.0
    """
    return tuple(
        AssetClass(
            name=part.name,
            cost=asset_cost(part.name, part.share, capex),
            life_years=part.life_years,
            residual_share=part.residual_share,
            tax_depreciation=part.tax_depreciation,
            price_decline_per_year=part.price_decline_per_year,
        )
        for part in parts
    )


def capital_charges(
    assets: tuple[AssetClass, ...], hurdle_per_year: PerYear, tax_rate: Share
) -> tuple[AssetCharge, ...]:
    """The first-year charge of every class (C_a).

    Source: its parts: `first_year_charge`, class by class.

    >>> chips = AssetClass("it", 100.0, 5.0, 0.0, (), 0.0)
    >>> round(capital_charges((chips,), 0.10, 0.0)[0].charge, 4)
    26.3797
    """
    return tuple(
        AssetCharge(asset.name, asset.cost, first_year_charge(asset, hurdle_per_year, tax_rate)) for asset in assets
    )


def total_charge(charges: tuple[AssetCharge, ...]) -> UsdPerYear:
    """The charge over all classes.

        capital_charge = sum of C_a

    Source: ours, an identity: the sum of the charges by class.

    >>> total_charge((AssetCharge("shell", 50.0, 8.0), AssetCharge("it", 300.0, 110.0)))
    118.0
    """
    return line("capital_charge", total(one.charge for one in charges))
