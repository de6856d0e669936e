"""User cost of capital: the Jorgenson rental, a check on the capital charge."""

from __future__ import annotations

from overbuild.equations import line
from overbuild.units import PerYear, Ratio, Share, Usd, UsdPerYear


def user_cost(
    asset_price: Usd,
    required_return: PerYear,
    depreciation: PerYear,
    asset_price_change: PerYear,
    tax_rate: Share,
    tax_shield: Ratio,
) -> UsdPerYear:
    """What one year's use of an asset costs before tax, in continuous time with geometric ageing.

        user_cost = asset_price * (required_return + depreciation - asset_price_change)
                    * (1 - tax_rate * tax_shield) / (1 - tax_rate)

    `tax_shield` is z, the present value of the tax depreciation of one unit of cost. A falling asset price
    (`asset_price_change` < 0, as for chips) raises the cost. Valid: tax_rate < 1.
    Source: D. Jorgenson, "Capital Theory and Investment Behavior", 1963; R. Hall and D. Jorgenson, "Tax Policy and
    Investment Behavior", 1967 (the tax term).

    >>> round(user_cost(1.0, 0.09, 0.3, -0.1, 0.21, 0.93), 9)
    0.499117722
    """
    wedge = (1 - tax_rate * tax_shield) / (1 - tax_rate)
    return line("user_cost", asset_price * (required_return + depreciation - asset_price_change) * wedge)
