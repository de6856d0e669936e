"""Markets of the AI economy by the sizes of their firms, and money that goes round between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.ecosystem.contagion.market.circular_flows import Flow
from overbuild.ecosystem.contagion.market.concentration import Concentration, concentration
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.edges import BUYERS, enters
from overbuild.lenders.network.read import Network
from overbuild.lenders.network.records import FLOWS


class Segment(NamedTuple):
    """A market: what the sizes of its firms are, the sizes in USD, and how concentrated it is."""

    id: str
    label: str
    measure: str
    sizes: Mapping[str, float]
    found: Concentration


_BY_REVENUE = {"chip_vendor": "Chips", "neocloud": "Neoclouds", "hyperscaler": "Hyperscalers, all business"}


def lab_revenue(network: Network) -> dict[str, float]:
    """What end users pay each lab a year, USD, as far as contracts or run rates are known."""
    kinds = {one.id: one.type for one in network.entities}
    found: dict[str, float] = {}
    for row in network.contracts:
        if kinds[row.payer] in BUYERS and kinds[row.payee] == "lab" and enters(row) and row.annual_usd_bn:
            found[row.payee] = found.get(row.payee, 0.0) + row.annual_usd_bn * BN
    return found


def segments(network: Network) -> tuple[Segment, ...]:
    """The markets of which the sizes of at least two firms are known."""
    named = {one.id: one for one in network.entities}
    labs = lab_revenue(network)
    sold: dict[str, float] = {}
    bought: dict[str, float] = {}
    for row in network.contracts:
        if row.type == "compute_offtake" and enters(row) and row.total_usd_bn:
            sold[row.payee] = sold.get(row.payee, 0.0) + row.total_usd_bn * BN
            bought[row.payer] = bought.get(row.payer, 0.0) + row.total_usd_bn * BN
    markets = [
        ("labs", "Labs", "what end users pay a year", labs),
        ("compute_sold", "Compute under contract, by seller", "contracts in force, whole terms", sold),
        ("compute_bought", "Compute under contract, by buyer", "contracts in force, whole terms", bought),
    ]
    for kind, label in _BY_REVENUE.items():
        sizes = {one.id: one.revenue_usd_bn * BN for one in network.entities if one.type == kind and one.revenue_usd_bn}
        markets.append((kind, label, "revenue of the last year", sizes))
    return tuple(
        Segment(name, label, measure, {named[one].id: size for one, size in sizes.items()}, concentration(sizes))
        for name, label, measure, sizes in markets
        if len(sizes) > 1
    )


def flows_of(network: Network) -> tuple[Flow, ...]:
    """Money between parties: contracts in force at their whole terms, stakes at what they cost, finance of vendors.

    Debts to those who neither buy nor sell cannot come round and are left out.
    """
    found: list[Flow] = []
    for row in network.contracts:
        amount = (row.total_usd_bn if row.total_usd_bn is not None else row.annual_usd_bn) or 0.0
        if not amount or not enters(row):
            continue
        if row.type in FLOWS:
            found.append(Flow(row.payer, row.payee, amount * BN, False, row.id))
        elif row.type == "equity_stake" and row.rank != "contingent":
            found.append(Flow(row.payer, row.payee, amount * BN, True, row.id))
        elif row.type == "vendor_finance":
            found.append(Flow(row.payee, row.payer, amount * BN, True, row.id))
    return tuple(found)
