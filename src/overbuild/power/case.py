"""The case file of a zone: the load that is added, the energy market, the capacity auctions, wires, customers, queue, carbon."""

from __future__ import annotations

from typing import Literal, NamedTuple

from overbuild.power.case_faults import zone_faults
from overbuild.world import presets
from overbuild.world.case_record import CaseKind
from overbuild.world.quantities import (
    Count,
    Days,
    Hours,
    Kw,
    KwhPerMonth,
    MmbtuPerMwh,
    Mw,
    PerYear,
    Ratio,
    Share,
    Tonnes,
    TonnesPerMwh,
    UsdPerMmbtu,
    UsdPerMonth,
    UsdPerMw,
    UsdPerMwDay,
    UsdPerMwh,
    UsdPerTonne,
    UsdPerYear,
    UsdStock,
    Years,
)

AboveCollar = Literal["not_bought", "bought"]
"""What becomes of offers that clear on the curve and ask more than the collar pays."""

Basis = Literal["location", "market", "hourly"]
"""How the energy of a target is counted."""


class LargeLoadPlan(NamedTuple):
    """The load that is added: MW that its site draws at full use, and how it draws them."""

    mw: Mw
    load_factor: Share
    onsite: Share
    coincidence: Share
    flexible: Share
    flexible_hours: Hours
    in_forecast: Share


class FuelPlan(NamedTuple):
    """A fuel and its price."""

    name: str
    price: UsdPerMmbtu


class SupplyPlan(NamedTuple):
    """A unit of the supply stack: available MW, cost beside its fuel, emission factor, its fuel and heat rate."""

    name: str
    mw: Mw
    cost: UsdPerMwh
    ef: TonnesPerMwh
    fuel: str = "none"
    heat_rate: MmbtuPerMwh = 0.0


class BlockPlan(NamedTuple):
    """Hours of a year that have one load, without the load that is added."""

    name: str
    hours: Hours
    load: Mw


class EnergyMarketPlan(NamedTuple):
    """The energy market. `adder` is what prices exceed the stack by: congestion, scarcity, start-up."""

    carbon_price: UsdPerTonne
    voll: UsdPerMwh
    adder: UsdPerMwh
    fuels: tuple[FuelPlan, ...]
    units: tuple[SupplyPlan, ...]
    blocks: tuple[BlockPlan, ...]


class CurvePlan(NamedTuple):
    """A point of the demand curve."""

    name: str
    requirements: Ratio
    price: UsdPerMwDay


class OfferPlan(NamedTuple):
    """Capacity that is offered at a price, and the share of it that its owner keeps for its own customers."""

    name: str
    mw: Mw
    price: UsdPerMwDay
    self_supply: Share = 0.0


class CollarPlan(NamedTuple):
    """The least and the most that an auction pays."""

    floor: UsdPerMwDay
    cap: UsdPerMwDay


class PublishedAuction(NamedTuple):
    """What was published of an auction: its cost, and what it would have cost without some load, with the collar and without."""

    cost: UsdStock
    uncapped_price: UsdPerMwDay | None = None
    removed: Mw | None = None
    attributed: UsdStock | None = None
    attributed_uncapped: UsdStock | None = None


class AuctionPlan(NamedTuple):
    """A capacity auction for a delivery year, which begins on `first_day` (YYYY-MM-DD) and has so many days."""

    name: str
    first_day: str
    days: Days
    peak: Mw
    fpr: Ratio
    curve: tuple[CurvePlan, ...]
    offers: tuple[OfferPlan, ...]
    collar: CollarPlan | None = None
    above_collar: AboveCollar = "not_bought"
    published: PublishedAuction | None = None


class CustomersPlan(NamedTuple):
    """A class of customers: how many, what one uses a month, its share of the peak, what of a change reaches it."""

    name: str
    customers: Count
    use: KwhPerMonth
    losses: Share
    plc: Kw
    share: Share
    pass_energy: Share
    pass_capacity: Share
    bill: UsdPerMonth


class NetworkPlan(NamedTuple):
    """Wires built for the load, the peak that shares delivery, its cost; `load_pays` stands in the place of the load's share."""

    capex_per_mw: UsdPerMw
    peak: Mw
    wacc: PerYear
    life: Years
    contribution: Share
    delivery_cost: UsdPerYear
    load_pays: UsdPerYear | None = None


class QueuePlan(NamedTuple):
    """The wait for the grid, who withdraws, by when the load is wanted, and supply that bridges the wait."""

    median: Years
    sigma: Ratio
    withdrawn: Share
    deadline: Years
    bridge_lead: Years
    bridge_cost: UsdPerMwh
    bridge_ef: TonnesPerMwh


class WaitingPlan(NamedTuple):
    """What waiting costs the load, per MW that it draws at full use."""

    spent: UsdPerMw
    wacc: PerYear
    margin: UsdPerMw
    margin_decline: PerYear
    life: Years


class AccountingPlan(NamedTuple):
    """Emission factors, contracts for clean energy, the target and its basis, prices of a tonne."""

    onsite_ef: TonnesPerMwh
    grid_ef: TonnesPerMwh
    contracted: Share
    contract_ef: TonnesPerMwh
    residual_ef: TonnesPerMwh
    hourly_match: Share
    basis: Basis
    target: Tonnes
    carbon_price: UsdPerTonne
    free: Share
    fine: UsdPerTonne


class ZonePlan(NamedTuple):
    """A zone and the load that is added to it. `year` is the delivery year whose capacity price is on the bill."""

    name: str
    year: str
    load: LargeLoadPlan
    energy: EnergyMarketPlan
    auctions: tuple[AuctionPlan, ...]
    customers: tuple[CustomersPlan, ...]
    network: NetworkPlan
    queue: QueuePlan
    waiting: WaitingPlan
    emissions: AccountingPlan


ZONES = CaseKind("grid", presets.ZONES, ZonePlan, zone_faults)
"""Cases of a zone: `preset:NAME` stands for those that ship."""
