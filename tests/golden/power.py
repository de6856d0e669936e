"""Golden cases of the grid: capacity bills, the sloped auction, the merit order, a household's bill, emissions, the queue."""

from __future__ import annotations

from typing import Any

from overbuild.equations.model import Model, RowOf, Stage
from overbuild.power.bill import Customers, SharedCosts, Wires, bill_change, network_cost
from overbuild.power.emissions import Accounting, emissions_by_basis, target_miss
from overbuild.power.interconnection import Queue, Waiting, cost_of_wait, expected_delay, mean_cost_of_wait, on_time
from overbuild.power.market.auction import (
    AuctionResult,
    AuctionTerms,
    CapacityOffer,
    Collar,
    CurvePoint,
    auction_change,
    capacity_cost,
)
from overbuild.power.market.load import LargeLoad, energy_drawn
from overbuild.power.market.merit_order import BlocksAbove, HourBlock, MarketTerms, StackUnit, block_of_hours
from overbuild.power.results import BlockRows, energy_year
from overbuild.timeline.run import run_model


def capacity_bill(inputs: dict[str, Any]) -> dict[str, Any]:
    cost = capacity_cost(inputs["price_mw_day"], inputs["ucap_mw"], float(inputs["days"]))
    year = cost / inputs["ucap_mw"]
    return {"cost_usd": cost, "per_mw_year": year, "per_kw_month": year / 12 / 1000}


def sloped_auction(inputs: dict[str, Any]) -> dict[str, Any]:
    collar = None if inputs.get("cap") is None else Collar(inputs.get("floor") or 0.0, inputs["cap"])
    terms = AuctionTerms(
        name="case",
        days=float(inputs.get("days", 365)),
        peak=inputs["peak"],
        fpr=inputs["fpr"],
        curve=tuple(CurvePoint(str(at), x, y * inputs["net_cone"]) for at, (x, y) in enumerate(inputs["vrr"])),
        offers=tuple(CapacityOffer(one["name"], one["mw"], one["price"], 0.0) for one in inputs["offers"]),
        collar=collar,
    )
    found = auction_change(terms, inputs["dc_peak"], 0.0, above_collar_is_bought=True)
    return {
        "base": _cleared(found.without),
        "with_dc": _cleared(found.given),
        "delta_price": found.price,
        "cost_to_others": found.cost_to_others,
    }


def _cleared(found: AuctionResult) -> dict[str, float]:
    return {
        "price": found.price,
        "uncapped": found.uncapped,
        "quantity": found.quantity,
        "rr": found.requirement,
        "cost": found.cost,
        "reserve_short": found.short,
    }


def merit_order(inputs: dict[str, Any]) -> dict[str, Any]:
    units = tuple(StackUnit(one["name"], one["mw"], one["cost"], 0.0, 0.0, one["ef"]) for one in inputs["stack"])
    load = LargeLoad(inputs["dc_mw"], 1.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    terms = MarketTerms(load, inputs["voll"], units, inputs["carbon_price"])
    rows = BlockRows(*(RowOf("hours", f"block.{name.replace('__', '.')}") for name in BlockRows._fields))
    stages = (
        Stage("hours", block_of_hours, None, terms, BlocksAbove(0.0), HourBlock(inputs["hours"], inputs["load"])),
        Stage("year", energy_year, None, None, rows),
    )
    ran = run_model(Model(stages)).rows
    year = {name: row[0] for name, row in ran["year"].items()}

    def side(name: str) -> dict[str, float]:
        hours = ran["hours"]
        return {
            "lwap": year[f"energy.{name}.price"],
            "cost_other": sum(hours[f"block.{name}.paid_by_others"]),
            "emissions": year[f"energy.{name}.emissions"],
            "unserved": year[f"energy.{name}.unserved_mwh"],
            "mwh": sum(hours[f"block.{name}.mwh"]),
        }

    return {
        "base": side("without"),
        "with_dc": side("with"),
        "delta_lwap": year["energy.with.price"] - year["energy.without.price"],
        "cost_shift_to_others": year["cost_to_others.energy"],
        "marginal_ef": year["energy.marginal_ef"],
    }


def household(inputs: dict[str, Any]) -> dict[str, Any]:
    one = Customers(
        "household",
        inputs["households"],
        inputs["kwh_month"],
        inputs["losses"],
        inputs["plc_kw"],
        inputs["residential_share"],
        inputs["pass_energy"],
        inputs["pass_capacity"],
        inputs["base_bill"],
    )
    network = Wires(1.0, 1.0, inputs["wacc"], float(inputs["network_life"]), inputs["dc_contribution"], 0.0)
    wires = network_cost(network, inputs["network_capex"])
    costs = SharedCosts(inputs["d_energy_price"], inputs["d_capacity_price"], float(inputs["days"]), wires, 0.0, 0.0)
    found = bill_change("household", one, costs)
    return {
        "energy": found.energy,
        "capacity": found.capacity,
        "network": found.network,
        "total_month": found.total,
        "total_year": found.total * 12,
        "pct": found.total / inputs["base_bill"],
    }


def emissions(inputs: dict[str, Any]) -> dict[str, Any]:
    load = LargeLoad(inputs["it_mw"] * inputs["pue"], inputs["load_factor"], inputs["onsite_share"], 1.0, 0.0, 0.0, 0.0)
    mwh = energy_drawn(load)
    onsite = mwh * load.onsite
    terms = Accounting(
        inputs["onsite_ef"],
        inputs["grid_ef"],
        inputs["contract_mwh"] / (mwh - onsite),
        inputs["contract_ef"],
        inputs["residual_ef"],
        inputs["hourly_match"],
        inputs["target_t"],
        inputs["carbon_price"],
        inputs["free_alloc"],
        inputs["fine_per_t"],
    )
    found = emissions_by_basis(terms, mwh - onsite, onsite, 0.0)
    missed = target_miss({"hourly_matched": "hourly"}.get(inputs["target_basis"], inputs["target_basis"]), terms, found)
    return {
        "mwh": mwh,
        "scope1": found.scope1,
        "scope2_location": found.location,
        "scope2_market": found.market,
        "hourly_matched": found.hourly,
        "target_miss": missed.miss,
        "carbon_cost": missed.carbon_cost,
        "fine": missed.fine,
    }


def queue(inputs: dict[str, Any]) -> dict[str, Any]:
    waits = Queue(inputs["median"], inputs["sigma"], 0.0, inputs["deadline"])
    given = (inputs["capex_spent"], inputs["wacc"], inputs["margin0"], inputs["margin_decline"], inputs["life"])
    waiting = Waiting(*given)
    found, median = mean_cost_of_wait(waiting, waits), cost_of_wait(waiting, waits.median)
    return {
        "expected_delay": expected_delay(waits),
        "expected_carry": found.carry,
        "expected_lost_margin": found.lost_margin,
        "prob_miss_deadline": 1 - on_time(waits),
        "cost_at_median": median.carry + median.lost_margin,
    }


ADAPTERS = {
    "E01": capacity_bill,
    "E02": capacity_bill,
    "E03": sloped_auction,
    "E04": merit_order,
    "E05": household,
    "E06": emissions,
    "E07": queue,
}
