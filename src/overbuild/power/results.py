"""What a load does to its zone, all channels together."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, quotient, row_sum, total
from overbuild.power.bill import Customers, SharedCosts, Wires, bill_change, delivery_paid, network_cost
from overbuild.power.emissions import BASES, Accounting, emissions_by_basis, target_miss
from overbuild.power.interconnection import (
    Bridge,
    Queue,
    Waiting,
    arriving,
    bridged_years,
    bridging,
    expected_delay,
    on_time,
    waits_cost,
)
from overbuild.power.market.auction import AuctionChange, AuctionTerms, auction_change
from overbuild.power.market.load import LargeLoad, coincident_peak, energy_drawn, grid_mw
from overbuild.units import DAYS_PER_YEAR, Days, Mw, MwhPerYear, Scalar, Usd, UsdPerMwDay, UsdPerMwh


class ZoneShape(NamedTuple):
    """What of a zone is static: the delivery year of the bill (empty: none), the target's basis, rules of auctions."""

    year: str
    basis: str
    above_collar: tuple[str, ...]


class ZoneTerms(NamedTuple):
    """The numbers of a zone beside its energy market."""

    load: LargeLoad
    adder: UsdPerMwh
    auctions: tuple[AuctionTerms, ...]
    customers: tuple[Customers, ...]
    network: Wires
    queue: Queue
    bridge: Bridge
    waiting: Waiting
    emissions: Accounting


class BlockRows(NamedTuple):
    """Rows over the blocks of hours: what is used, paid, emitted and not served, without the load and with it."""

    load_mwh: Scalar
    base_mwh: Scalar
    without__mwh: Scalar
    without__paid: Scalar
    without__paid_by_others: Scalar
    without__emissions: Scalar
    without__unserved_mwh: Scalar
    with__mwh: Scalar
    with__paid: Scalar
    with__paid_by_others: Scalar
    with__emissions: Scalar
    with__unserved_mwh: Scalar


class EnergyYear(NamedTuple):
    """The energy market over a year: what others pay more, per MWh and in all, what the load takes, what the system emits."""

    load_mwh: MwhPerYear
    price_change: UsdPerMwh
    cost_shift: Usd
    price: UsdPerMwh
    marginal_ef: Scalar


def energy_year(rows: BlockRows) -> EnergyYear:
    """The energy market over a year, without the load and with it.

        load-weighted price = sum of hours * load * price / sum of hours * load
        cost shift          = sum of hours * load of others * (price with - price without)
        change of price     = cost shift / MWh of others
        marginal factor     = change of emissions / MWh of the load

    Source: the model's specification E.2.

    >>> one, two = [100.0], [300.0]
    >>> rows = BlockRows(one, one, one, one, one, one, [0.0], [200.0], two, two, two, [0.0])
    >>> energy_year(rows)
    EnergyYear(load_mwh=100.0, price_change=2.0, cost_shift=200.0, price=1.0, marginal_ef=2.0)
    """
    load_mwh = line("energy.load_mwh", row_sum(rows.load_mwh))
    base_mwh = line("energy.base_mwh", row_sum(rows.base_mwh))
    price = line("energy.without.price", quotient(row_sum(rows.without__paid), row_sum(rows.without__mwh), none=0))
    line("energy.with.price", quotient(row_sum(rows.with__paid), row_sum(rows.with__mwh), none=0))
    before, after = row_sum(rows.without__paid_by_others), row_sum(rows.with__paid_by_others)
    shift = line("cost_to_others.energy", after - before)
    line("energy.without.unserved_mwh", row_sum(rows.without__unserved_mwh))
    line("energy.with.unserved_mwh", row_sum(rows.with__unserved_mwh))
    emitted = line("energy.without.emissions", row_sum(rows.without__emissions))
    more = line("energy.with.emissions", row_sum(rows.with__emissions)) - emitted
    return EnergyYear(
        load_mwh,
        line("price_change_per_mwh", quotient(shift, base_mwh, none=0)),
        shift,
        price,
        line("energy.marginal_ef", quotient(more, load_mwh, none=0)),
    )


class ZoneResults(NamedTuple):
    """What a load does to its zone: what all others pay more a year, and what it emits on its target's basis above the target."""

    cost_to_others: Usd
    miss: Scalar


def zone_results(shape: ZoneShape, rows: BlockRows, terms: ZoneTerms) -> ZoneResults:
    """A zone with a load against the zone without it: energy, capacity, wires, dilution, queue, emissions.

        cost to others = energy + capacity + network + dilution

    Source: ours, an identity; each part at its line.

    >>> from overbuild.power.examples import ZONE
    >>> from overbuild.power.model import zone_model
    >>> from overbuild.timeline.run import run_model
    >>> lines = run_model(zone_model(ZONE)).rows["results"]
    >>> parts = [lines[f"cost_to_others.{one}"][0] for one in ("energy", "capacity", "network", "dilution")]
    >>> abs(lines["cost_to_others"][0] / sum(parts) - 1.0) < 1e-12
    True
    """
    energy = energy_year(rows)
    adds = line("load.coincident_peak", coincident_peak(terms.load))
    changes = tuple(
        auction_change(one, adds, terms.load.in_forecast, above_collar_is_bought=rule == "bought")
        for one, rule in zip(terms.auctions, shape.above_collar, strict=True)
    )
    to_others = _bills(terms, energy, capacity_year(shape.year, changes, terms.auctions), adds)
    site_price(terms, energy, changes, shape.year, adds)
    _waiting(terms, energy)
    drawn = energy_drawn(terms.load)
    found = emissions_by_basis(terms.emissions, energy.load_mwh, drawn * terms.load.onsite, energy.marginal_ef)
    misses = {basis: target_miss(basis, terms.emissions, found) for basis in BASES}
    line("target_miss", misses[shape.basis].miss * 1)
    line("carbon_cost", misses[shape.basis].carbon_cost * 1)
    line("fine", misses[shape.basis].fine * 1)
    return ZoneResults(to_others, misses[shape.basis].miss)


class CapacityYear(NamedTuple):
    """The delivery year of the bill: change of price, what others pay by price and by sharing, its days."""

    price_change: UsdPerMwDay
    by_price: Usd
    by_sharing: Usd
    days: Days


def capacity_year(year: str, changes: tuple[AuctionChange, ...], auctions: tuple[AuctionTerms, ...]) -> CapacityYear:
    """The auction of the year that is on the bill; nothing of it in a zone that has no auction.

    Source: ours, a definition.

    >>> from overbuild.power.examples import SLOPED
    >>> change = auction_change(SLOPED, 5100.0, 0.0)
    >>> capacity_year("illustration", (change,), (SLOPED,)).days, capacity_year("", (), ())
    (365.0, CapacityYear(price_change=0.0, by_price=0.0, by_sharing=0.0, days=365.0))
    """
    change = next((one for one in changes if one.name == year), None)
    if change is None:
        for name in ("exists", "price", "price_without", "uncapped", "cost", "cost_without", "short", "short_without"):
            line(f"capacity.{name}", 0.0)
        return CapacityYear(0.0, 0.0, 0.0, DAYS_PER_YEAR)
    line("capacity.exists", 1.0)
    line("capacity.price", change.given.price * 1)
    line("capacity.price_without", change.without.price * 1)
    line("capacity.uncapped", change.given.uncapped * 1)
    line("capacity.cost", change.given.cost * 1)
    line("capacity.cost_without", change.without.cost * 1)
    line("capacity.short", change.given.short * 1)
    line("capacity.short_without", change.without.short * 1)
    days = next(one.days for one in auctions if one.name == year)
    return CapacityYear(change.price * 1, change.by_price * 1, change.by_sharing * 1, days * 1)


def _bills(terms: ZoneTerms, energy: EnergyYear, capacity: CapacityYear, adds: Mw) -> Usd:
    """Bills of every class; what all others pay by channel, and that together."""
    wires = network_cost(terms.network, terms.network.capex_per_mw * grid_mw(terms.load))
    paid = delivery_paid(terms.network, adds)
    costs = SharedCosts(energy.price_change, capacity.price_change, capacity.days, wires, paid, capacity.by_sharing)
    for one in terms.customers:
        bill_change(one.name, one, costs)
    by_price = line("cost_to_others.capacity", capacity.by_price * 1)
    network = line("cost_to_others.network", wires * 1)
    thinner = line("cost_to_others.dilution", capacity.by_sharing - paid)
    return line("cost_to_others", total((energy.cost_shift, by_price, network, thinner)))


def site_price(
    terms: ZoneTerms, energy: EnergyYear, changes: tuple[AuctionChange, ...], year: str, adds: Mw
) -> UsdPerMwh:
    """What a MWh costs the load delivered: energy with it there, its share of capacity, what it pays for delivery.

        price = energy price + what others pay more + adder + (capacity cost with * its share of the peak + delivery paid) / MWh

    Source: ours, a simplification: shares by coincident peak; no margin of a supplier, no tax.

    >>> from overbuild.power.examples import ZONE
    >>> from overbuild.power.model import zone_model
    >>> from overbuild.timeline.run import run_model
    >>> lines = run_model(zone_model(ZONE)).rows["results"]
    >>> round(lines["site.price"][0], 2), round(lines["site.energy_price"][0], 2)
    (58.92, 39.31)
    """
    change = next((one for one in changes if one.name == year), None)
    peak = next((one.peak for one in terms.auctions if one.name == year), terms.network.peak)
    capacity = 0 * adds if change is None else change.given.cost * adds / (peak - terms.load.in_forecast * adds + adds)
    paid = line("site.capacity_paid", capacity) + _delivery(terms.network, adds)
    level = line("site.energy_price", energy.price + energy.price_change + terms.adder)
    return line("site.price", level + quotient(paid, energy.load_mwh, none=0))


def _delivery(network: Wires, adds: Mw) -> Scalar:
    return network.delivery_cost * adds / (network.peak + adds) if network.load_pays is None else network.load_pays


def _waiting(terms: ZoneTerms, energy: EnergyYear) -> None:
    """What waiting for the grid costs the load, and what bridging it costs and emits."""
    mw = terms.load.mw
    expected_delay(terms.queue)
    arriving(terms.queue, mw, on_time(terms.queue))
    asked = terms.waiting._replace(spent=terms.waiting.spent * mw, margin=terms.waiting.margin * mw)
    waits_cost(asked, terms.queue)
    years = bridged_years(terms.queue, terms.bridge.lead)
    bridging(terms.bridge, energy.load_mwh, energy.price + terms.adder, years)
