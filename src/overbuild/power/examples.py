"""An auction and a zone for the worked numbers of this room."""

from __future__ import annotations

from overbuild.power.case import (
    AccountingPlan,
    AuctionPlan,
    BlockPlan,
    CollarPlan,
    CurvePlan,
    CustomersPlan,
    EnergyMarketPlan,
    FuelPlan,
    LargeLoadPlan,
    NetworkPlan,
    OfferPlan,
    QueuePlan,
    SupplyPlan,
    WaitingPlan,
    ZonePlan,
)
from overbuild.power.market.auction import AuctionTerms, CapacityOffer, Collar, CurvePoint

SLOPED = AuctionTerms(
    name="illustration",
    days=365.0,
    peak=150000.0,
    fpr=0.93,
    curve=(CurvePoint("a", 0.99, 402.5), CurvePoint("b", 1.015, 172.5), CurvePoint("c", 1.07, 0.0)),
    offers=(
        CapacityOffer("nuclear", 31000.0, 0.0, 0.0),
        CapacityOffer("gas_a", 60000.0, 60.0, 0.0),
        CapacityOffer("coal", 28000.0, 120.0, 0.0),
        CapacityOffer("gas_b", 14000.0, 170.0, 0.0),
        CapacityOffer("demand_response", 7000.0, 210.0, 0.0),
        CapacityOffer("new", 2500.0, 330.0, 0.0),
    ),
    collar=Collar(175.0, 329.17),
)
"""Six offers on a curve of three points under a collar of 175 to 329.17 USD a MW-day."""

ZONE = ZonePlan(
    name="illustration",
    year="2027/28",
    load=LargeLoadPlan(2000.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    energy=EnergyMarketPlan(
        carbon_price=10.0,
        voll=5000.0,
        adder=0.0,
        fuels=(FuelPlan("gas", 4.0),),
        units=(
            SupplyPlan("wind", 8000.0, 0.0, 0.0),
            SupplyPlan("nuclear", 10000.0, 12.0, 0.0),
            SupplyPlan("ccgt", 18000.0, 4.0, 0.37, "gas", 7.0),
            SupplyPlan("coal", 8000.0, 38.0, 0.95),
            SupplyPlan("ct", 6000.0, 75.0, 0.55),
            SupplyPlan("oil", 1500.0, 210.0, 0.8),
        ),
        blocks=(
            BlockPlan("peak", 20.0, 49000.0),
            BlockPlan("high", 1440.0, 41000.0),
            BlockPlan("middle", 2800.0, 33000.0),
            BlockPlan("low", 4500.0, 20000.0),
        ),
    ),
    auctions=(
        AuctionPlan(
            "2027/28",
            "2027-06-01",
            366,
            48000.0,
            0.93,
            (CurvePlan("a", 0.99, 400.0), CurvePlan("b", 1.015, 170.0), CurvePlan("c", 1.07, 0.0)),
            (OfferPlan("old", 36000.0, 60.0), OfferPlan("late", 9000.0, 210.0), OfferPlan("new", 2500.0, 330.0)),
            CollarPlan(175.0, 329.17),
            "bought",
        ),
    ),
    customers=(
        CustomersPlan("household", 6_000_000, 900.0, 0.06, 2.6, 0.4, 1.0, 1.0, 150.0),
        CustomersPlan("others", 1, 1.2e10, 0.06, 2.8e7, 0.6, 1.0, 1.0, 1.2e9),
    ),
    network=NetworkPlan(300000.0, 48000.0, 0.07, 40.0, 0.0, 3e9),
    queue=QueuePlan(3.0, 0.45, 0.2, 4.0, 1.5, 175.0, 0.5),
    waiting=WaitingPlan(1e6, 0.1, 2e6, 0.18, 8.0),
    emissions=AccountingPlan(0.41, 0.36, 0.8, 0.0, 0.45, 0.55, "market", 0.0, 25.0, 0.1, 0.0),
)
"""A system of 49 GW to which 2 GW are added."""
