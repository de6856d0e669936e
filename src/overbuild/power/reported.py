"""What a zone reports: each result once, with its line and when it exists."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.equations.reported import Condition, Reported
from overbuild.power.case import ZonePlan
from overbuild.power.emissions import BASES

CHANNELS = ("energy", "capacity", "network", "dilution")
"""Ways on which a load reaches the bills of others."""

_AUCTION = (Condition("capacity.exists", "the zone has no capacity auction"),)


def reported_of(plan: ZonePlan) -> tuple[Reported, ...]:
    """What a zone of this case reports.

    >>> from overbuild.power.examples import ZONE
    >>> [one.id for one in reported_of(ZONE)][:3]
    ['price_change_per_mwh', 'energy_price', 'energy_price.without']
    """
    return tuple(_results(plan))


def _results(plan: ZonePlan) -> Iterator[Reported]:
    yield Reported("price_change_per_mwh", "price_change_per_mwh")
    yield Reported("energy_price", "energy.with.price")
    yield Reported("energy_price.without", "energy.without.price")
    yield Reported("site_price", "site.price")
    yield Reported("site_price.energy", "site.energy_price")
    for side in ("without", "with"):
        yield Reported(f"unserved_mwh.{side}", f"energy.{side}.unserved_mwh")
    for name, line in _CAPACITY.items():
        yield Reported(name, line, _AUCTION)
    for one in plan.auctions:
        yield Reported(f"capacity_price.{one.name}", f"auction.{one.name}.with.price")
        yield Reported(f"capacity_price.{one.name}.without", f"auction.{one.name}.without.price")
        yield Reported(f"capacity_cost.{one.name}", f"auction.{one.name}.with.cost")
        yield Reported(f"capacity_cost.{one.name}.without", f"auction.{one.name}.without.cost")
        yield Reported(f"capacity_uncapped.{one.name}.without", f"auction.{one.name}.without.uncapped_price")
        yield Reported(f"capacity_uncapped_cost.{one.name}.without", f"auction.{one.name}.without.uncapped_cost")
        yield Reported(f"capacity_cost_to_others.{one.name}", f"auction.{one.name}.cost_to_others")
    yield Reported("cost_to_others", "cost_to_others")
    for channel in CHANNELS:
        yield Reported(f"cost_to_others.{channel}", f"cost_to_others.{channel}")
    for place, one in enumerate(plan.customers):
        root = "household_bill_change_per_month" if place == 0 else f"bill_change_per_month.{one.name}"
        yield Reported(root, f"bill.{one.name}.change")
        for channel in CHANNELS:
            yield Reported(f"{root}.{channel}", f"bill.{one.name}.{channel}")
        yield Reported(f"class_change_per_year.{one.name}", f"bill.{one.name}.class_change")
    yield from _in_the_air()
    for name, line in _QUEUE.items():
        yield Reported(name, line)


def _in_the_air() -> Iterator[Reported]:
    yield Reported("emissions_tco2.scope1", "emissions.scope1")
    for basis in BASES:
        yield Reported(f"emissions_tco2.{basis}", f"emissions.scope2.{basis}")
    yield Reported("emissions_tco2.marginal", "emissions.marginal")
    yield Reported("marginal_ef", "energy.marginal_ef")
    yield Reported("target_miss_tco2", "target_miss")
    for basis in BASES:
        yield Reported(f"target_miss_tco2.{basis}", f"emissions.miss.{basis}")
    yield Reported("carbon_cost", "carbon_cost")
    for basis in BASES:
        yield Reported(f"carbon_cost.{basis}", f"emissions.carbon_cost.{basis}")
    yield Reported("fine", "fine")


_CAPACITY = {
    "capacity_price": "capacity.price",
    "capacity_price.without": "capacity.price_without",
    "capacity_price.uncapped": "capacity.uncapped",
    "capacity_cost": "capacity.cost",
    "capacity_cost.without": "capacity.cost_without",
    "capacity_short_mw": "capacity.short",
    "capacity_short_mw.without": "capacity.short_without",
}
_QUEUE = {
    "wait.expected_delay_years": "delay.expected",
    "wait.on_time": "delay.on_time",
    "wait.mw_by_deadline": "delay.mw_by_deadline",
    "wait.waiting_cost_at_median": "delay.cost_at_median",
    "wait.waiting_cost_at_ninth_decile": "delay.cost_at_ninth_decile",
    "wait.bridged_years": "delay.bridged_years",
    "wait.bridge_cost": "delay.bridge_cost",
    "wait.bridge_tco2_per_year": "delay.bridge_emissions",
}
