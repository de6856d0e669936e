"""Inputs and accounting lives of a fleet in words."""

from __future__ import annotations

_INPUTS = {
    "cost": "cost of a unit",
    "discount_rate_per_year": "return asked",
    "market.rent": "rent when bought",
    "market.rent_decline_per_year": "yearly fall of the rent apart from launches",
    "market.launch_fall": "fall of the rent with each launch",
    "market.cadence_years": "time between generations",
    "market.energy_price": "price of energy",
    "market.energy_growth_per_year": "yearly growth of the energy price",
    "unit.utilisation": "share of hours sold",
    "unit.hall_rent": "rent of the hall",
    "unit.maintenance": "upkeep of a unit",
    "unit.failure_per_year": "failures a year",
    "unit.idle_power_share": "power of an idle unit",
    "unit.kw": "power of a unit",
    "unit.pue": "PUE",
    "resale.new": "resale value of a new unit",
    "resale.decline_per_year": "yearly fall of resale prices",
}


def input_words(path: str) -> str:
    """An input in words.

    >>> input_words("market.launch_fall"), input_words("unit.performance")
    ('fall of the rent with each launch', 'unit performance')
    """
    return _INPUTS.get(path, path.replace(".", " ").replace("_", " "))


def life_words(name: str, years: float) -> str:
    """An accounting life in words: its years, and its own name where that says more.

    >>> life_words("life_6", 6.0), life_words("tax", 5.0), life_words("life_asked", 1.0)
    ('6 years', 'tax, 5 years', '1 year')
    """
    said = f"{years:g} year{'' if years == 1 else 's'}"
    return said if name.startswith("life_") else f"{name}, {said}"
