"""What decides an answer: an assumption or figure with its range, and the answer at either end, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.questions.prose import capitalised, quantity

DECISIVE = 3
"""How many of what decides an answer its first screen names."""

_FIGURES = {
    "ai_revenue.owner": "owners' AI revenue",
    "ai_share_of_capex": "share of capex that is for AI",
    "energy_of_ai_sites": "energy of AI sites",
    "capex": "spending planned for the year",
    "hurdle_per_year": "return asked after tax",
    "tax_rate": "tax rate",
    "growth_per_year": "growth of AI revenue",
    "contribution_margin": "contribution margin of AI revenue",
    "sustain_share": "spending kept up after the year",
    "guidance_correlation": "correlation of the spenders' plans",
    "chip_share_of_cost": "share of chips in the cost, for the multiplier",
    "end_user_gross_margin": "end user's gross margin, for the multiplier",
}
_OF_A_CLASS = {
    "life_years": "life",
    "price_decline_per_year": "price decline",
    "residual_share": "residual value",
    "share": "share of capex",
    "tax_straight_line_years": "tax life",
}


def said(assumption: str, labels: Mapping[str, str]) -> str:
    """An assumption or figure in words; `labels` are those of the classes of asset.

    >>> said("it.price_decline_per_year", {"it": "Servers"}), said("ai_revenue.owner", {}), said("ai_share.2024", {})
    ('price decline of servers', "owners' AI revenue", 'share of the capex of 2024 that is for AI')
    >>> said("margin.model", {})
    'gross margin of the model layer'
    """
    block, _, name = assumption.rpartition(".")
    if block in labels and name in _OF_A_CLASS:
        return f"{_OF_A_CLASS[name]} of {labels[block][:1].lower()}{labels[block][1:]}"
    if block == "ai_share":
        return f"share of the capex of {name} that is for AI"
    if block == "margin":
        return f"gross margin of the {name.replace('_', ' ')} layer"
    return _FIGURES.get(assumption, assumption.replace("_", " ").replace(".", " of "))


class Ends(NamedTuple):
    """What an assumption is, at its low end, as used and at its high end."""

    low: float
    value: float
    high: float
    unit: str


def decisive(label: str, ends: Ends, at_low: str, at_high: str) -> str:
    """One assumption as a sentence: its value, then what the answer is at its low and at its high end.

    >>> decisive("price decline of chips", Ends(0.0, 0.25, 0.4, "decimal_per_year"), "gap -112bn", "-193bn")
    'Price decline of chips, 25% a year: gap -112bn at 0%, -193bn at 40%.'
    """
    low, value, high, unit = ends
    return f"{capitalised(label)}, {quantity(value, unit)}: {at_low} at {short(low, unit)}, {at_high} at {short(high, unit)}."


def short(value: float, unit: str) -> str:
    """A number whose unit was just said.

    >>> short(0.4, "decimal_per_year"), short(71.5e9, "USD"), short(3.0, "years"), short(2.0, "kW per GPU")
    ('40%', '71.5bn', '3', '2')
    """
    said = quantity(value, unit)
    return said if unit == "period" else said.partition(" ")[0]


def ending(value: float, unit: str) -> str:
    """A number at the end of a bar.

    >>> ending(0.4, "decimal_per_year"), ending(71.5e9, "USD"), ending(3.0, "years")
    ('40%', '71.5bn', '3 years')
    """
    return quantity(value, unit).removesuffix(" a year").removesuffix(" USD")


def three(low: float, value: float, high: float, unit: str) -> str:
    """The low end, the value and the high end of a range.

    >>> three(0.0, 0.25, 0.4, "decimal_per_year"), three(3.0, 5.0, 6.0, "years")
    ('0, 25, 40% a year', '3, 5, 6 years')
    """
    told = [short(one, unit) for one in (low, value)]
    if all(one.endswith("%") for one in told):
        told = [one.removesuffix("%") for one in told]
    return ", ".join([*told, quantity(high, unit)])
