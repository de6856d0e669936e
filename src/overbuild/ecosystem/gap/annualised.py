"""The annualised gap: revenue at the owners' door less what the year owes to every purchase that is still in its life.

charge of a vintage    first-year charge of a dollar * share of the class * AI capex * (1 - decline) ** age, while age < life
annualised_cost        sum of the charges over classes and vintages + energy of AI sites
annualised_gap         revenue - annualised_cost; its ends are corner cases: the low revenue against the high cost
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.capital_charges import CapexPart
from overbuild.ecosystem.derived_ranges import Range
from overbuild.equations import line, total
from overbuild.money.capital_charge import AssetClass, charge_at_age, first_year_charge
from overbuild.units import PerYear, Ratio, Share, Usd, UsdPerYear, Years


class Vintage(NamedTuple):
    """The purchases of one year: how old they are, what they cost, and the share of them that is for AI."""

    name: str
    age_years: Years
    capex: Usd
    ai_share: Range


class ChargeOfClass(NamedTuple):
    """What one class of asset must earn in the year over all vintages, at each end of the AI share."""

    name: str
    charge: Range


class AnnualisedGap(NamedTuple):
    """The charges by class, the year's cost, and the gap, each with its low, central and high end."""

    charges: tuple[ChargeOfClass, ...]
    cost: Range
    gap: Range


def ai_capex(vintage: Vintage) -> Range:
    """The part of a year's capex that is for AI.

        ai_capex = capex * ai_share

    Source: ours, a definition: a vintage keeps the share of its year.

    >>> ai_capex(Vintage("2024", 2.0, 200.0, Range(0.4, 0.5, 0.6)))
    Range(low=80.0, central=100.0, high=120.0)
    """
    name = f"ai_capex.{vintage.name}"
    return Range(
        low=line(f"{name}.low", vintage.capex * vintage.ai_share.low),
        central=line(f"{name}.central", vintage.capex * vintage.ai_share.central),
        high=line(f"{name}.high", vintage.capex * vintage.ai_share.high),
    )


def charge_per_usd(part: CapexPart, hurdle_per_year: PerYear, tax_rate: Share) -> Ratio:
    """What one dollar of a class of asset must earn before tax in its first year.

        charge_per_usd = first_year_charge of a cost of 1

    Source: its parts: `first_year_charge`, which is proportional to the cost.

    >>> round(charge_per_usd(CapexPart("it", 1.0, 5.0, 0.0, (), 0.0), 0.10, 0.0), 6)
    0.263797
    """
    return first_year_charge(_dollar_of(part), hurdle_per_year, tax_rate)


def charge_over_vintages(
    part: CapexPart, per_usd: Ratio, ages: tuple[Years, ...], bought: tuple[Usd, ...]
) -> UsdPerYear:
    """What one class of asset must earn in the year over all vintages that are still in its life.

        charge = sum over vintages of per_usd * share * bought * (1 - price_decline) ** age   while age < life

    `bought` is the AI capex of each vintage; a vintage of age 0 is charged in full.
    Source: ours, a definition: the first-year charge of every vintage, carried on under the same fall in price.

    >>> chips = CapexPart("it", 0.5, 2.0, 0.0, (), 0.25)
    >>> charge_over_vintages(chips, 0.4, (0.0, 1.0, 2.0), (100.0, 100.0, 100.0))
    35.0
    """
    return total(
        tuple(
            charge_at_age(per_usd * part.share * usd, _dollar_of(part), age)
            for age, usd in zip(ages, bought, strict=True)
        )
    )


def annualised_gap(
    vintages: tuple[Vintage, ...],
    parts: tuple[CapexPart, ...],
    hurdle_per_year: PerYear,
    tax_rate: Share,
    energy: Range,
    revenue: Range,
) -> AnnualisedGap:
    """The year's cost over all vintages alive, and revenue at the owners' door less it.

        cost     = sum of charges over classes + energy of AI sites
        gap_low  = revenue_low  - cost at the high AI share and high energy
        gap      = revenue      - cost
        gap_high = revenue_high - cost at the low AI share and low energy

    Low and high are corner cases, not quantiles. Source: ours, a definition; the charge is that of [jorgenson-1963].

    >>> chips = CapexPart("it", 1.0, 5.0, 0.0, (), 0.0)
    >>> bought = Vintage("2026", 0.0, 100.0, Range(0.5, 0.5, 0.5))
    >>> year = annualised_gap((bought,), (chips,), 0.10, 0.0, energy=Range(1.0, 2.0, 3.0), revenue=Range(9.0, 9.0, 9.0))
    >>> round(year.gap.low, 4), round(year.gap.central, 4), round(year.gap.high, 4)
    (-7.1899, -6.1899, -5.1899)
    """
    ages = tuple(vintage.age_years for vintage in vintages)
    bought = tuple(ai_capex(vintage) for vintage in vintages)
    charges = tuple(_charge_of_class(part, ages, bought, hurdle_per_year, tax_rate) for part in parts)
    cost = Range(
        low=line("annualised_cost.low", total(tuple(one.charge.low for one in charges)) + energy.low),
        central=line("annualised_cost.central", total(tuple(one.charge.central for one in charges)) + energy.central),
        high=line("annualised_cost.high", total(tuple(one.charge.high for one in charges)) + energy.high),
    )
    gap = Range(
        low=line("annualised_gap.low", revenue.low - cost.high),
        central=line("annualised_gap.central", revenue.central - cost.central),
        high=line("annualised_gap.high", revenue.high - cost.low),
    )
    return AnnualisedGap(charges, cost, gap)


def _charge_of_class(
    part: CapexPart, ages: tuple[Years, ...], bought: tuple[Range, ...], hurdle_per_year: PerYear, tax_rate: Share
) -> ChargeOfClass:
    per_usd = charge_per_usd(part, hurdle_per_year, tax_rate)
    name = f"charge_of_vintages.{part.name}"
    low, central, high = (tuple(end) for end in zip(*bought, strict=True)) if bought else ((), (), ())
    return ChargeOfClass(
        part.name,
        Range(
            low=line(f"{name}.low", charge_over_vintages(part, per_usd, ages, low)),
            central=line(f"{name}.central", charge_over_vintages(part, per_usd, ages, central)),
            high=line(f"{name}.high", charge_over_vintages(part, per_usd, ages, high)),
        ),
    )


def _dollar_of(part: CapexPart) -> AssetClass:
    return AssetClass(
        name=f"{part.name}_per_usd",
        cost=1.0,
        life_years=part.life_years,
        residual_share=part.residual_share,
        tax_depreciation=part.tax_depreciation,
        price_decline_per_year=part.price_decline_per_year,
    )
