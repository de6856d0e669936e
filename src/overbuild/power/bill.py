"""What a large load does to the bills of others, by class of customer and by channel; the sign of each is an output.

Four channels: the price of energy, the price of capacity, the wires built for the load, and dilution: what the load pays
towards what others paid alone.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, total
from overbuild.money.annuity import annuity_payment
from overbuild.units import (
    KW_PER_MW,
    Count,
    Days,
    Kw,
    KwhPerMonth,
    Mw,
    PerYear,
    Share,
    UsdPerMonth,
    UsdPerMw,
    UsdPerMwDay,
    UsdPerMwh,
    UsdPerYear,
    UsdStock,
    Years,
)


class Customers(NamedTuple):
    """A class of customers: how many, what one uses a month, its share of the peak, and what of a change reaches it.

    `plc` is the peak load contribution of one, `share` the part of network and of shared capacity cost that the class
    carries, `losses` what is lost on the way as a share of its use.
    """

    name: str
    customers: Count
    use: KwhPerMonth
    losses: Share
    plc: Kw
    share: Share
    pass_energy: Share
    pass_capacity: Share
    bill: UsdPerMonth


class Wires(NamedTuple):
    """Wires: what is built for the load, and the delivery cost that all pay for what stands.

    `peak` is the system's without the load; `contribution` is the share of what is built that the load pays when it is
    built, `delivery_cost` a year of what stands, shared by coincident peak. `load_pays` is what a tariff makes the load pay
    towards it, in the place of that share.
    """

    capex_per_mw: UsdPerMw
    peak: Mw
    wacc: PerYear
    life: Years
    contribution: Share
    delivery_cost: UsdPerYear
    load_pays: UsdPerYear | None = None


class BillChange(NamedTuple):
    """Change of the bill of one customer of a class, by channel; and of the class."""

    name: str
    energy: UsdPerMonth
    capacity: UsdPerMonth
    network: UsdPerMonth
    dilution: UsdPerMonth
    total: UsdPerMonth
    class_total: UsdPerYear


def energy_channel(customers: Customers, price_change: UsdPerMwh) -> UsdPerMonth:
    """What a change of the energy price adds to the bill of one customer.

        energy = use * (1 + losses) / 1000 * change of price * pass-through

    Source: the model's specification E.4.

    >>> from overbuild.power.bill import Customers
    >>> one = Customers("household", 2.4e6, 900.0, 0.06, 2.6, 0.38, 0.9, 1.0, 165.0)
    >>> round(energy_channel(one, 4.2), 5)
    3.60612
    """
    return customers.use * (1 + customers.losses) / KW_PER_MW * price_change * customers.pass_energy


def capacity_channel(customers: Customers, price_change: UsdPerMwDay, days: Days) -> UsdPerMonth:
    """What a change of the capacity price adds to the bill of one customer.

        capacity = peak load contribution / 1000 * change of price * days / 12 * pass-through

    Source: the model's specification E.4; the contribution is taken as MW of capacity, one for one.

    >>> from overbuild.power.bill import Customers
    >>> one = Customers("household", 2.4e6, 900.0, 0.06, 2.6, 0.38, 0.9, 1.0, 165.0)
    >>> round(capacity_channel(one, 240.0, 365.0), 9)
    18.98
    """
    return customers.plc / KW_PER_MW * price_change * days / 12 * customers.pass_capacity


def network_cost(network: Wires, built: UsdStock) -> UsdPerYear:
    """What wires built for a load cost others a year.

        network cost = level payment of what is built over its life * (1 - contribution)

    Source: the model's specification E.4; capital recovery factor.

    >>> round(network_cost(Wires(880000.0, 150000.0, 0.0725, 40.0, 0.35, 0.0), 4.4e9) / 1e6, 6)
    220.779726
    """
    return line("network.cost", annuity_payment(built, network.wacc, network.life) * (1 - network.contribution))


def delivery_paid(network: Wires, adds: Mw) -> UsdPerYear:
    """What a load pays towards the delivery cost of what stands: its share of the peak, unless a tariff says what.

        delivery paid = delivery cost * adds / (peak + adds)

    Source: ours, a simplification of transmission rates by coincident peak (PJM's network service is charged so).

    >>> round(delivery_paid(Wires(0.0, 150000.0, 0.07, 40.0, 0.0, 11.8e9), 5000.0) / 1e6, 3)
    380.645
    >>> delivery_paid(Wires(0.0, 150000.0, 0.07, 40.0, 0.0, 11.8e9, 5e8), 5000.0)
    500000000.0
    """
    by_share = network.delivery_cost * adds / (network.peak + adds)
    return line("network.paid_by_load", by_share if network.load_pays is None else network.load_pays * 1)


class SharedCosts(NamedTuple):
    """What all classes share: price changes, what is built, what the load takes over, the length of the year."""

    energy_price: UsdPerMwh
    capacity_price: UsdPerMwDay
    days: Days
    network: UsdPerYear
    delivery_paid: UsdPerYear
    capacity_sharing: UsdPerYear


def bill_change(name: str, customers: Customers, costs: SharedCosts) -> BillChange:
    """The change of one customer's bill by channel.

        network  = network cost * share of the class / customers / 12
        dilution = (capacity cost by sharing * pass-through - delivery paid by the load) * share of the class / customers / 12
        total    = energy + capacity + network + dilution

    Dilution is below 0 where the load pays more towards what stands than it makes others pay; the sign is an output.
    Source: the model's specification E.4.

    >>> one = Customers("household", 2.4e6, 900.0, 0.06, 2.6, 0.38, 0.9, 1.0, 165.0)
    >>> found = bill_change("household", one, SharedCosts(4.2, 240.0, 365.0, 220779726.0, 0.0, 0.0))
    >>> round(found.total, 4), round(bill_change("household", one, SharedCosts(0.0, 0.0, 365.0, 0.0, 3e8, -1e8)).dilution, 4)
    (25.4992, -5.2778)
    """
    each = customers.share / customers.customers / 12
    energy = line(f"bill.{name}.energy", energy_channel(customers, costs.energy_price))
    capacity = line(f"bill.{name}.capacity", capacity_channel(customers, costs.capacity_price, costs.days))
    network = line(f"bill.{name}.network", costs.network * each)
    shared = costs.capacity_sharing * customers.pass_capacity - costs.delivery_paid
    dilution = line(f"bill.{name}.dilution", shared * each)
    change = line(f"bill.{name}.change", total((energy, capacity, network, dilution)))
    line(f"bill.{name}.change_share", change / customers.bill)
    of_class = line(f"bill.{name}.class_change", change * customers.customers * 12)
    return BillChange(customers.name, energy, capacity, network, dilution, change, of_class)
