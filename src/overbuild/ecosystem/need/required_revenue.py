"""Required revenue: what must be earned for the assets to return the hurdle, at each door from owner to end user.

charge of a class   C_a  = pv_cost / (1 - tax) / annuity            money/capital_charge.py
at the owner's door RR_0 = sum of C_a + opex
through the layers  RR_n = RR_0 / ((1 - m_1) * ... * (1 - m_n))
gap                      = actual - RR_n
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.capital_charges import AssetCharge, total_charge
from overbuild.equations import line, power, total
from overbuild.errors import InputError, raise_all
from overbuild.money.capital_charge import AssetClass, check_asset, check_rates
from overbuild.units import PerYear, Share, Usd, UsdPerYear, Years


class RequiredRevenue(NamedTuple):
    """What must be earned: by class, at the owner's door, after each layer, at the end user's."""

    charges: tuple[AssetCharge, ...]
    capital_charge: UsdPerYear
    owner: UsdPerYear
    after_layers: tuple[UsdPerYear, ...]
    end_user: UsdPerYear

    @property
    def capex(self) -> Usd:
        """What the classes of asset cost together."""
        return sum(one.cost for one in self.charges)


def required_revenue(
    charges: tuple[AssetCharge, ...], opex: UsdPerYear, layer_gross_margins: tuple[Share, ...]
) -> RequiredRevenue:
    """What must be earned at the owner's door and at the end user's.

        owner    = capital_charge + opex
        end_user = owner / product of (1 - gross margin) over the layers

    Each layer between the owner and the end user keeps its gross margin, so more must be paid at the end.
    Valid: margins in 0..1, 1 excluded.
    Source: ours, an identity: the last link of the multiplier chain [sequoia, D. Cahn 2024] for several layers.

    >>> required_revenue((AssetCharge("it", 300.0, 65.0),), 35.0, (0.5,)).end_user
    200.0
    """
    capital_charge = total_charge(charges)
    owner = line("required_revenue.owner", capital_charge + opex)
    doors: list[UsdPerYear] = [owner]
    for margin in layer_gross_margins:
        doors.append(doors[-1] / (1 - margin))
    end_user = line("required_revenue.end_user", doors[-1])
    return RequiredRevenue(charges, capital_charge, owner, tuple(doors[1:]), end_user)


def required_of_vintages(charges: tuple[UsdPerYear, ...], opex: UsdPerYear) -> UsdPerYear:
    """What the owner must earn in one year on every vintage still alive.

        required = sum of charges of the vintages + opex

    Source: ours, an identity: the owner's requirement of one vintage summed over those alive.

    >>> required_of_vintages((216.0, 170.0), 40.0)
    426.0
    """
    return line("required_of_vintages", total(charges) + opex)


def grown(amount: UsdPerYear, growth_per_year: PerYear, years: Years) -> UsdPerYear:
    """An amount after some years of steady growth.

        grown = amount * (1 + growth) ** years

    Valid: growth above -1. Source: standard.

    >>> grown(200.0, 0.5, 2.0)
    450.0
    """
    return amount * power(1 + growth_per_year, years)


def need_gap(earned: UsdPerYear, required: UsdPerYear, name: str = "need_gap") -> UsdPerYear:
    """What is earned less what must be earned. `name` is the line's, where there are two.

        need_gap = earned - required

    Source: ours, a convention: negative is a shortfall.

    >>> need_gap(200.0, 268.3)
    -68.30000000000001
    """
    return line(name, earned - required)


def requirement_faults(
    assets: tuple[AssetClass, ...], hurdle_per_year: float, tax_rate: float, layer_gross_margins: tuple[float, ...]
) -> list[InputError]:
    """Every fault of the inputs (codes of `check_asset` and `check_rates`, `share_out_of_range`)."""
    faults: list[InputError] = check_rates(hurdle_per_year, tax_rate)
    for asset in assets:
        faults += check_asset(asset, asset.name)
    for position, margin in enumerate(layer_gross_margins, start=1):
        if not 0 <= margin < 1:
            hint = "a gross margin lies in 0..1, 1 excluded"
            faults.append(InputError("share_out_of_range", f"margins[{position}]", margin, hint))
    return faults


def check_requirement(
    assets: tuple[AssetClass, ...], hurdle_per_year: float, tax_rate: float, layer_gross_margins: tuple[float, ...]
) -> None:
    """Raise every fault of the inputs at once (as `requirement_faults`)."""
    raise_all(requirement_faults(assets, hurdle_per_year, tax_rate, layer_gross_margins))
