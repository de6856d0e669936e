"""Inputs of a large load's case in words."""

from __future__ import annotations

from overbuild.questions.prose import capitalised

_INPUTS = {
    "load.load_factor": "load factor",
    "load.paid_beyond_collateral": "what is paid beyond the collateral",
    "tariff.delivery.charge": "delivery charge",
    "tariff.generation.charge": "generation charge",
    "tariff.charge_growth_per_year": "yearly growth of charges",
    "tariff.energy_passed_through_share": "energy passed through at cost",
    "tariff.exit_fee_years": "exit fee",
    "tariff.exit_fee_discount_per_year": "discount of the exit fee",
    "tariff.collateral_bill_years": "collateral",
    "tariff.collateral_exempt_share": "exempt share of collateral",
    "tariff.contribution_share": "contribution in aid",
    "tariff.term_years": "term",
    "utility.direct_capex": "what is built for the load alone",
    "utility.network_capex": "what is built in the network",
    "utility.generation_capex": "what is built in generation",
    "utility.generation_mw": "generation built",
    "utility.carrying_cost_per_year": "carrying cost of capital",
    "utility.generation_life_years": "life of generation",
    "utility.upkeep_share": "upkeep",
    "utility.upkeep_avoidable_share": "upkeep that ends with the load",
    "utility.energy_cost": "cost of energy",
    "utility.capacity_price": "price of capacity",
    "utility.cost_growth_per_year": "yearly growth of costs",
    "utility.uptake_per_year": "what others take up a year",
    "allocation.shortfall_to_others": "part of a shortfall that others carry",
    "allocation.surplus_to_others": "part of a surplus that others get",
}


def input_words(path: str) -> str:
    """An input in words.

    >>> input_words("utility.uptake_per_year"), input_words("load.contract_mw")
    ('what others take up a year', 'load contract mw')
    """
    return _INPUTS.get(path, path.replace(".", " ").replace("_", " "))


def worse_off(amount: float, said: str) -> str:
    """Whether others are worse or better off, and by how much, as said.

    >>> worse_off(5.0, "5m USD"), worse_off(-5.0, "5m USD"), worse_off(0.0, "0")
    ('5m USD worse off', '5m USD better off', 'neither worse nor better off')
    """
    if abs(amount) < 1e-9:
        return "neither worse nor better off"
    return f"{said} {'worse' if amount > 0.0 else 'better'} off"


def class_words(name: str) -> str:
    """A class of customers in words.

    >>> class_words("small_commercial")
    'Small commercial'
    """
    return capitalised(name.replace("_", " "))
