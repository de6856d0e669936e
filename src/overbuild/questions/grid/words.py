"""Channels, bases and inputs of a zone in words."""

from __future__ import annotations

CHANNELS = {
    "energy": "price of energy",
    "capacity": "price of capacity",
    "network": "wires for the load",
    "dilution": "dilution",
}
"""Ways on which a load reaches a bill, as tables print them."""

BASES = {"location": "by location", "market": "by contracts", "hourly": "hour by hour", "marginal": "on the margin"}
"""Bases of emissions, as tables print them."""

_INPUTS = {
    "energy.fuels.gas.price": "price of gas",
    "energy.fuels.coal.price": "price of coal",
    "energy.fuels.oil.price": "price of oil",
    "energy.carbon_price": "carbon price of generators",
    "energy.adder": "congestion and scarcity above the stack",
    "network.capex_per_mw": "cost of wires for a MW",
    "network.contribution": "share of wires that the load pays",
    "network.wacc": "return on wires",
    "network.delivery_cost": "delivery cost of what stands",
    "load.mw": "load that is added",
    "load.coincidence": "share of the load at the peak",
    "load.load_factor": "load factor",
    "customers.household.pass_energy": "pass-through of energy prices",
    "customers.household.pass_capacity": "pass-through of capacity prices",
    "customers.household.use": "use of a household",
    "customers.household.share": "households' share of shared costs",
    "customers.household.plc": "a household's share of the peak",
    "customers.household.losses": "losses",
}


def input_words(path: str) -> str:
    """An input in words.

    >>> input_words("energy.fuels.gas.price"), input_words("auctions.2027/28.offers.at_the_margin.price")
    ('price of gas', 'price of the offer at the margin, 2027/28')
    """
    if path in _INPUTS:
        return _INPUTS[path]
    parts = path.split(".")
    if parts[0] == "auctions" and len(parts) == 5 and parts[2] == "offers":
        return f"{parts[4]} of the offer {parts[3].replace('_', ' ')}, {parts[1]}"
    return " ".join(reversed(parts)).replace("_", " ")


def zone_words(name: str) -> str:
    """A zone as people write it: short names that ship are in capitals.

    >>> zone_words("pjm"), zone_words("ireland"), zone_words("my-zone")
    ('PJM', 'Ireland', 'my-zone')
    """
    return {"pjm": "PJM", "ercot": "ERCOT", "ireland": "Ireland"}.get(name, name)


def gw(mw: float) -> str:
    """MW in GW.

    >>> gw(5000.0), gw(500.0), gw(11531.9)
    ('5 GW', '0.5 GW', '11.5 GW')
    """
    return f"{mw / 1000.0:,.1f} GW".replace(".0 GW", " GW")


def signed(amount: float, digits: int = 2) -> str:
    """An amount with its sign; nothing is 0.

    >>> signed(0.678), signed(-1.054), signed(0.0001)
    ('+0.68', '-1.05', '0.00')
    """
    text = f"{amount:+,.{digits}f}"
    return text.lstrip("+-") if float(text.replace(",", "")) == 0.0 else text


def money(amount: float) -> str:
    """USD in billions from half a billion on, else in millions.

    >>> money(884.8e6), money(-73.9e6)
    ('0.88bn', '-74m')
    """
    return f"{amount / 1e9:,.2f}bn" if abs(amount) >= 5e8 else f"{amount / 1e6:,.0f}m"


def tonnes(amount: float) -> str:
    """Tonnes in millions.

    >>> tonnes(14043030.7), tonnes(309286.0)
    ('14.0 Mt', '0.31 Mt')
    """
    return f"{amount / 1e6:,.1f} Mt" if abs(amount) >= 1e6 else f"{amount / 1e6:,.2f} Mt"
