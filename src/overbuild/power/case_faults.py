"""What is wrong with the case of a zone, by path."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from overbuild.errors import CaseError, did_you_mean
from overbuild.world.case_record import bounded

if TYPE_CHECKING:
    from overbuild.power.case import AuctionPlan, EnergyMarketPlan, ZonePlan

MOST_UNITS = 200
"""As many units and offers as a zone may have: each is held against each."""

_YEAR_HOURS = (8760.0, 8784.0)
_HOURS_SLACK = 0.5
_MOST_SYSTEM_MW = 2e6


def zone_faults(plan: ZonePlan) -> Iterator[CaseError]:
    """Every fault of a zone, by path."""
    for path, low, high, what, code in _BOUNDS:
        value: Any = plan
        for step in path.split("."):
            value = getattr(value, step)
        yield from bounded(path, value, low, high, what, code)
    yield from _load_faults(plan)
    yield from _delivery_faults(plan)
    yield from _market_faults(plan.energy)
    for one in plan.auctions:
        yield from _auction_faults(one)
    yield from _years_faults(plan)
    yield from _customers_faults(plan)


def _load_faults(plan: ZonePlan) -> Iterator[CaseError]:
    mw, peak = plan.load.mw, max((one.load for one in plan.energy.blocks), default=0.0)
    if mw <= 0.0:
        yield CaseError("bad_value", "load.mw", mw, "the load that is added is above 0 MW")
    elif mw < 20.0 and peak > 3000.0:
        hint = f"a load of {mw:g} MW is not seen in a system of {peak:,.0f} MW; did you mean {mw * 1000.0:,.0f} MW ({mw:g} GW)?"
        yield CaseError("bad_unit", "load.mw", mw, hint)
    elif peak and mw > peak:
        hint = f"the load exceeds the system's highest block, {peak:,.0f} MW; did you mean {mw / 1000.0:,.0f} MW?"
        yield CaseError("bad_unit", "load.mw", mw, hint)


def _delivery_faults(plan: ZonePlan) -> Iterator[CaseError]:
    """What the load pays towards delivery: said once, and no loss of its own."""
    network = plan.network
    for name, most in (("load_pays", 1e12), ("load_pays_per_mw", 1e7)):
        value = getattr(network, name)
        if value is not None:
            yield from bounded(f"network.{name}", value, 0.0, most, "what the load pays towards delivery", "negative")
    if network.load_pays is not None and network.load_pays_per_mw is not None:
        hint = "what the load pays is said twice: by the year (load_pays) and by the MW (load_pays_per_mw, or a tariff)"
        yield CaseError("contradiction", "network.load_pays", network.load_pays, hint)


def _market_faults(energy: EnergyMarketPlan) -> Iterator[CaseError]:
    if not energy.units:
        yield CaseError("empty_stack", "energy.units", None, "a supply stack has at least one unit with MW and a cost")
    if len(energy.units) > MOST_UNITS:
        hint = f"a case takes {MOST_UNITS} units: join units of like cost, or use power.market.many_hours in Python"
        yield CaseError("bad_value", "energy.units", len(energy.units), hint)
    fuels = {one.name for one in energy.fuels} | {"none"}
    for fuel in energy.fuels:
        yield from bounded(f"energy.fuels.{fuel.name}.price", fuel.price, 0.0, 60.0, "a price in USD a MMBtu")
    for unit in energy.units:
        path = f"energy.units.{unit.name}"
        yield from bounded(f"{path}.mw", unit.mw, 0.0, _MOST_SYSTEM_MW, "available capacity in MW", "negative")
        yield from bounded(f"{path}.cost", unit.cost, -500.0, 20000.0, "a cost in USD a MWh")
        yield from bounded(f"{path}.ef", unit.ef, 0.0, 2.0, "an emission factor in t CO2 a MWh")
        yield from bounded(f"{path}.heat_rate", unit.heat_rate, 0.0, 30.0, "a heat rate in MMBtu a MWh")
        if unit.fuel not in fuels:
            hint = f"no such fuel in energy.fuels.{did_you_mean(unit.fuel, fuels)}"
            yield CaseError("unknown_name", f"{path}.fuel", unit.fuel, hint)
    yield from _block_faults(energy)


def _block_faults(energy: EnergyMarketPlan) -> Iterator[CaseError]:
    if not energy.blocks:
        yield CaseError("missing", "energy.blocks", None, "a year has at least one block of hours with a load")
        return
    for block in energy.blocks:
        path = f"energy.blocks.{block.name}"
        yield from bounded(f"{path}.hours", block.hours, 0.01, _YEAR_HOURS[1], "hours of a year", "hours_sum")
        yield from bounded(f"{path}.load", block.load, 0.0, _MOST_SYSTEM_MW, "a load in MW", "negative")
    hours = sum(one.hours for one in energy.blocks)
    if min(abs(hours - year) for year in _YEAR_HOURS) > _HOURS_SLACK:
        hint = f"the hours of the blocks add up to {hours:,.6g}; a year has 8,760 (8,784 in a leap year)"
        yield CaseError("hours_sum", "energy.blocks", hours, hint)
    for above, below in pairwise(energy.blocks):
        if below.load > above.load:
            hint = f"blocks stand from the highest load to the lowest; {below.name} has more than {above.name}"
            yield CaseError("bad_order", f"energy.blocks.{below.name}.load", below.load, hint)


def _auction_faults(plan: AuctionPlan) -> Iterator[CaseError]:
    path = f"auctions.{plan.name}"
    yield from bounded(f"{path}.peak", plan.peak, 100.0, _MOST_SYSTEM_MW, "a forecast of the peak in MW")
    yield from bounded(f"{path}.fpr", plan.fpr, 0.5, 1.5, "a forecast pool requirement, MW a MW of peak")
    if not plan.offers:
        yield CaseError("empty_stack", f"{path}.offers", None, "an auction has at least one offer")
    for offer in plan.offers:
        at = f"{path}.offers.{offer.name}"
        yield from bounded(f"{at}.mw", offer.mw, 0.0, _MOST_SYSTEM_MW, "capacity in MW", "negative")
        yield from bounded(f"{at}.price", offer.price, 0.0, 5000.0, "a price in USD a MW-day")
        yield from bounded(f"{at}.self_supply", offer.self_supply, 0.0, 1.0, "a share", "share_out_of_range")
    if len(plan.curve) < 2:
        yield CaseError("missing", f"{path}.curve", len(plan.curve), "a demand curve has at least two points")
    for left, right in pairwise(plan.curve):
        at = f"{path}.curve.{right.name}"
        if right.requirements < left.requirements:
            yield CaseError("bad_order", f"{at}.requirements", right.requirements, "points stand from left to right")
        if right.price > left.price:
            yield CaseError("bad_order", f"{at}.price", right.price, "a demand curve does not rise")
    if plan.collar is not None and plan.collar.floor > plan.collar.cap:
        yield CaseError("bad_interval", f"{path}.collar.floor", plan.collar.floor, "the floor is above the cap")


def _years_faults(plan: ZonePlan) -> Iterator[CaseError]:
    names = [one.name for one in plan.auctions]
    if names and plan.year not in names:
        hint = f"one of the auctions: {', '.join(names)}.{did_you_mean(plan.year, names)}"
        yield CaseError("unknown_name", "year", plan.year, hint)
    spans: list[tuple[date, date, str]] = []
    for one in plan.auctions:
        path = f"auctions.{one.name}"
        try:
            first = date.fromisoformat(one.first_day)
        except ValueError:
            hint = "a day is needed, such as 2027-06-01"
            yield CaseError("bad_value", f"{path}.first_day", one.first_day, hint)
            continue
        year = (_a_year_on(first) - first).days
        if one.days != year:
            hint = f"the year that begins on {first} has {year} days"
            yield CaseError("bad_period", f"{path}.days", one.days, hint)
            continue
        spans.append((first, first + timedelta(days=one.days), one.name))
    for (_, end, before), (first, _, name) in pairwise(sorted(spans)):
        if first < end:
            hint = f"delivery years overlap: {before} ends on {end - timedelta(days=1)}, {name} begins on {first}"
            yield CaseError("overlap", f"auctions.{name}.first_day", str(first), hint)


def _a_year_on(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leap_day else day.replace(year=day.year + 1)


def _customers_faults(plan: ZonePlan) -> Iterator[CaseError]:
    if not plan.customers:
        yield CaseError("missing", "customers", None, "at least one class of customers is needed: household")
    for one in plan.customers:
        path = f"customers.{one.name}"
        yield from bounded(f"{path}.customers", one.customers, 1, 1e9, "a number of customers")
        for name in ("share", "pass_energy", "pass_capacity", "losses"):
            yield from bounded(f"{path}.{name}", getattr(one, name), 0.0, 1.0, "a share", "share_out_of_range")
        for name in ("use", "plc"):
            yield from bounded(f"{path}.{name}", getattr(one, name), 0.0, 1e12, "use of one customer", "negative")
        yield from bounded(f"{path}.bill", one.bill, 0.01, 1e12, "the bill of one customer in USD a month")
    shares = sum(one.share for one in plan.customers)
    if shares > 1.0 + 1e-9:
        hint = f"shares of the classes add up to {shares:.4g}, which is above 1"
        yield CaseError("share_out_of_range", f"customers.{plan.customers[-1].name}.share", shares, hint)


_BOUNDS = (
    ("load.load_factor", 0.01, 1.0, "a share of full use", "share_out_of_range"),
    ("load.onsite", 0.0, 0.999, "the share that is made on site", "share_out_of_range"),
    ("load.coincidence", 0.0, 1.0, "the share that falls on the peak", "share_out_of_range"),
    ("load.flexible", 0.0, 1.0, "the share that may be cut", "share_out_of_range"),
    ("load.flexible_hours", 0.0, 8760.0, "hours a year in which it may be cut", "hours_sum"),
    ("load.in_forecast", 0.0, 1.0, "the share that the forecast counts", "share_out_of_range"),
    ("energy.carbon_price", 0.0, 1000.0, "a price in USD a t of CO2", "bad_value"),
    ("energy.voll", 100.0, 100000.0, "the value of lost load in USD a MWh", "bad_value"),
    ("energy.adder", -100.0, 500.0, "what prices exceed the stack by, USD a MWh", "bad_value"),
    ("network.capex_per_mw", 0.0, 1e7, "what is built for a MW in USD", "bad_value"),
    ("network.peak", 1.0, 2e6, "the system's peak in MW", "bad_value"),
    ("network.wacc", 0.0, 0.5, "a cost of capital a year", "share_out_of_range"),
    ("network.life", 1.0, 80.0, "the life of wires in years", "life_lt_1"),
    ("network.contribution", 0.0, 1.0, "the share that the load pays", "share_out_of_range"),
    ("network.delivery_cost", 0.0, 1e12, "the delivery cost of a year in USD", "negative"),
    ("queue.median", 0.05, 30.0, "a wait in years", "bad_period"),
    ("queue.sigma", 0.01, 2.0, "the spread of logs of the wait", "bad_value"),
    ("queue.withdrawn", 0.0, 1.0, "the share that withdraws", "share_out_of_range"),
    ("queue.deadline", 0.05, 30.0, "years until the load is wanted", "bad_period"),
    ("queue.bridge_lead", 0.01, 30.0, "years until bridging supply runs", "bad_period"),
    ("queue.bridge_cost", 0.0, 5000.0, "a price in USD a MWh", "bad_value"),
    ("queue.bridge_ef", 0.0, 2.0, "an emission factor in t CO2 a MWh", "bad_value"),
    ("waiting.spent", 0.0, 1e9, "capital spent in USD a MW", "negative"),
    ("waiting.wacc", 0.001, 0.5, "a cost of capital a year", "share_out_of_range"),
    ("waiting.margin", 0.0, 1e9, "a yearly margin in USD a MW", "negative"),
    ("waiting.margin_decline", 0.0, 0.9, "the yearly fall of the margin", "share_out_of_range"),
    ("waiting.life", 1.0, 40.0, "years that the site earns", "life_lt_1"),
    ("emissions.onsite_ef", 0.0, 2.0, "an emission factor in t CO2 a MWh", "bad_value"),
    ("emissions.grid_ef", 0.0, 2.0, "an emission factor in t CO2 a MWh", "bad_value"),
    ("emissions.contracted", 0.0, 1.0, "contracted clean energy as a share of use", "share_out_of_range"),
    ("emissions.contract_ef", 0.0, 2.0, "an emission factor in t CO2 a MWh", "bad_value"),
    ("emissions.residual_ef", 0.0, 2.0, "an emission factor in t CO2 a MWh", "bad_value"),
    ("emissions.hourly_match", 0.0, 1.0, "the share matched hour by hour", "share_out_of_range"),
    ("emissions.target", 0.0, 1e10, "a target in t CO2 a year", "negative"),
    ("emissions.carbon_price", 0.0, 1000.0, "a price in USD a t of CO2", "bad_value"),
    ("emissions.free", 0.0, 1.0, "the share that needs no allowance", "share_out_of_range"),
    ("emissions.fine", 0.0, 10000.0, "a fine in USD a t of CO2", "bad_value"),
)
