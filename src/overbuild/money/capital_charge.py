"""Capital charge: what an asset must earn before tax in its first year to return a hurdle over its life."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, number, power, total, where
from overbuild.errors import InputError
from overbuild.units import PerYear, Ratio, Share, Usd, UsdPerYear, Years

NEAR = 1e-9
"""Below this sum of hurdle and decline the geometric sum is its limit."""


class AssetClass(NamedTuple):
    """One class of asset: its cost, how long it earns, what is left, and how it is written off for tax.

    `tax_depreciation` holds the fraction of cost written off in tax years 1, 2, ...; it may be longer than the life.
    The price of what the asset earns falls by `price_decline_per_year` (0: a level charge).
    """

    name: str
    cost: Usd
    life_years: Years
    residual_share: Share
    tax_depreciation: tuple[Share, ...]
    price_decline_per_year: PerYear


def tax_shield_present_value(tax_depreciation: tuple[Share, ...], hurdle_per_year: PerYear) -> Ratio:
    """Present value of one unit's tax depreciation, at the end of each tax year.

        z = sum over k = 1.. of tax_depreciation[k] / (1 + hurdle_per_year) ** k

    Valid: hurdle_per_year > -1. Losses are usable at once (the owner has other income).
    Source: [jorgenson-1963, hall-jorgenson-1967] the term z; standard.

    >>> round(tax_shield_present_value((0.5, 0.5), 0.0), 12)
    1.0
    """
    factor = 1 / (1 + hurdle_per_year)
    discounted: list[Ratio] = []
    discount: Ratio = factor
    for fraction in tax_depreciation:
        discounted.append(fraction * discount)
        discount = discount * factor
    return total(discounted)


def cost_after_tax(asset: AssetClass, hurdle_per_year: PerYear, tax_rate: Share) -> Usd:
    """Cost of an asset less the value of its tax depreciation and of what it sells for at the end.

        pv_cost = cost * (1 - tax_rate * z) - cost * residual_share * (1 - tax_rate) / (1 + hurdle) ** life

    The residual is sold at the end of the life and fully taxed.
    Source: standard; the tax on the residual is ours, a simplification: no tax value is left at the end.

    >>> round(cost_after_tax(AssetClass("it", 100.0, 5.0, 0.0, (1.0,), 0.0), 0.0, 0.21), 9)
    79.0
    """
    z = line(f"{asset.name}.tax_shield", tax_shield_present_value(asset.tax_depreciation, hurdle_per_year))
    residual = asset.cost * asset.residual_share * (1 - tax_rate) * power(1 + hurdle_per_year, -asset.life_years)
    return line(f"{asset.name}.cost_after_tax", asset.cost * (1 - tax_rate * z) - residual)


def declining_annuity(hurdle_per_year: PerYear, price_decline_per_year: PerYear, life_years: Years) -> Ratio:
    """Present value of one unit earned in the first year and falling with the price after it.

        sum over k = 1..life of (1 - decline) ** (k - 1) / (1 + hurdle) ** k
            = (1 - ((1 - decline) / (1 + hurdle)) ** life) / (hurdle + decline),   life / (1 + hurdle) in the limit

    Valid: hurdle > -1, decline < 1, life > 0 (whole or not: the closed form runs between whole years).
    Without decline it is the inverse of the capital recovery factor. Source: standard geometric sum.

    >>> declining_annuity(0.0, 0.0, 5.0), round(declining_annuity(0.10, 0.0, 5.0), 6)
    (5.0, 3.790787)
    >>> round(declining_annuity(0.10, 0.25, 2.0), 12) == round(1 / 1.1 + 0.75 / 1.1**2, 12)
    True
    """
    sum_of_rates = hurdle_per_year + price_decline_per_year
    near_zero = maximum(sum_of_rates, -sum_of_rates) < NEAR
    ratio = power((1 - price_decline_per_year) / (1 + hurdle_per_year), life_years)
    closed = (1 - ratio) / where(near_zero, 1.0, sum_of_rates)
    return where(near_zero, life_years / (1 + hurdle_per_year), closed)


def first_year_charge(asset: AssetClass, hurdle_per_year: PerYear, tax_rate: Share) -> UsdPerYear:
    """What the asset must earn before tax in its first year.

        charge = pv_cost / (1 - tax_rate) / declining_annuity

    With no price decline the same amount is due every year: the level charge.
    Source: [jorgenson-1963, hall-jorgenson-1967]; the declining form is ours, a closed form for a steady fall in price.

    >>> asset = AssetClass("it", 100.0, 5.0, 0.0, (), 0.0)
    >>> round(first_year_charge(asset, 0.10, 0.0), 4)
    26.3797
    """
    annuity = line(
        f"{asset.name}.annuity", declining_annuity(hurdle_per_year, asset.price_decline_per_year, asset.life_years)
    )
    charge = cost_after_tax(asset, hurdle_per_year, tax_rate) / (1 - tax_rate) / annuity
    return line(f"capital_charge.{asset.name}", charge)


def charge_at_age(first_charge: UsdPerYear, asset: AssetClass, age_years: Years) -> UsdPerYear:
    """The charge of an asset some years after its first: it falls with the price and ends with the life.

        charge = first_charge * (1 - price_decline) ** age   while age < life, then 0

    A life that ends inside a year earns the whole of that year.
    Source: ours, a definition: the first-year charge carried on under the same fall in price.

    >>> chips = AssetClass("it", 100.0, 2.0, 0.0, (), 0.25)
    >>> [charge_at_age(40.0, chips, age) for age in (0.0, 1.0, 2.0)]
    [40.0, 30.0, 0.0]
    """
    return where(age_years < asset.life_years, first_charge * power(1 - asset.price_decline_per_year, age_years), 0.0)


def straight_line(years: int) -> tuple[float, ...]:
    """Tax fractions of a straight line: the same in each of `years` years.

    >>> straight_line(4)
    (0.25, 0.25, 0.25, 0.25)
    """
    return (1.0 / years,) * years


def check_asset(asset: AssetClass, path: str) -> list[InputError]:
    """Every fault of one asset class: life, cost, shares, depreciation that sums above 1.

    Codes: `life_nonpositive`, `negative`, `share_out_of_range`, `depreciation_sum`.
    """
    faults: list[InputError] = []

    def need(holds: bool, code: str, name: str, value: object, hint: str) -> None:
        if not holds:
            faults.append(InputError(code, f"{path}.{name}", value, hint))

    cost, life = number(asset.cost), number(asset.life_years)
    residual, decline = number(asset.residual_share), number(asset.price_decline_per_year)
    fractions = [number(fraction) for fraction in asset.tax_depreciation]
    need(cost >= 0, "negative", "cost", cost, "a cost is never negative")
    need(life > 0, "life_nonpositive", "life_years", life, "a life is longer than 0 years")
    need(0 <= residual <= 1, "share_out_of_range", "residual_share", residual, "a share lies in 0..1")
    need(-1 < decline < 1, "share_out_of_range", "price_decline_per_year", decline, "a decline lies between -1 and 1")
    need(
        all(x >= 0 for x in fractions),
        "negative",
        "tax_depreciation",
        min(fractions, default=0),
        "no fraction is negative",
    )
    need(
        sum(fractions) <= 1 + NEAR,
        "depreciation_sum",
        "tax_depreciation",
        sum(fractions),
        "the fractions sum to at most 1",
    )
    return faults


def check_rates(hurdle_per_year: float, tax_rate: float) -> list[InputError]:
    """Faults of the hurdle and the tax rate. Codes: `hurdle_le_minus1`, `tau_out_of_range`."""
    faults: list[InputError] = []
    if not hurdle_per_year > -1:
        faults.append(
            InputError(
                "hurdle_le_minus1", "hurdle_per_year", hurdle_per_year, "a hurdle lies above -1 (0.10 is 10% a year)"
            )
        )
    if not 0 <= tax_rate < 1:
        faults.append(InputError("tau_out_of_range", "tax_rate", tax_rate, "a tax rate lies in 0..1, 1 excluded"))
    return faults
