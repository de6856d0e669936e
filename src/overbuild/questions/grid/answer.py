"""What does a large load do to its grid: prices, capacity, the bills of others, the queue, carbon?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overbuild.answer import Answer, Cell, Headline
from overbuild.facts.cited_fields import cited_fields
from overbuild.power.zone_run import BILL, ZoneRun, run_zone, zone_named
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.grid import story
from overbuild.questions.grid.ends import drawn_ends
from overbuild.questions.grid.pictures import pictures
from overbuild.questions.grid.tables import tables

LIMITS = (
    "One zone has one price: what congestion, scarcity and start-up add is a stated number, and zones of their own price "
    "(BGE and Dominion in 2025/26) are not told apart. Use the change of the energy price, not its level.",
    "A stack in eight blocks of hours has no storage that moves, no hours of wind and no outages. In scarce hours it tells "
    "too little.",
    "Offers into the capacity auction are not published: most are taken at 0. Where the auction is short, they do not matter.",
    "At the cap of an auction more load raises no price: it makes the shortage larger, and that is on no bill here.",
    "No supply is built in answer to the load: this is the first year, not the tenth.",
    "Classes carry shared costs by their share of the peak; a tariff may allocate otherwise.",
)


def grid(
    zone: str = "PJM",
    *,
    add_gw: float | None = None,
    years: Sequence[str] = (),
    sets: Sequence[str] = (),
    workspace: str | None = None,
) -> Answer:
    """A zone with a large load against the zone without it: energy, capacity, bills by channel and class, queue, emissions.

    `zone` is one that ships (PJM, ERCOT, Ireland), `preset:NAME`, or a file; `add_gw` the load in GW in the place of the
    case's; `years` delivery years of the auction, the last of them on the bill; `sets` (`path=value`) edit the case.
    Raises CaseError for every fault of the case, located; InputError for a delivery year that the case has not.
    Source: the model's specification E; figures from the facts room.
    """
    run = run_zone(zone_named(zone), sets, add_gw=add_gw, years=years, workspace=workspace)
    run = run.spread(drawn_ends(run))
    ends = run.ends
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    values: dict[str, Cell] = dict(run.found.values)
    for name, end in ends.items():
        values[f"{name}.low"], values[f"{name}.median"], values[f"{name}.high"] = end
    return Answer(
        question="grid",
        headline=Headline(BILL, values[BILL], "USD per month", story.headline(run)),
        values=values,
        status=run.found.status,
        tables=tables(run),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        notes=story.notes(run),
        charts=pictures(run, facts),
        screen=story.screen(run),
        units=_units(values),
    )


def _units(values: Mapping[str, Cell]) -> dict[str, str]:
    return {name: unit for name in values for begins, unit in _UNITS.items() if name.startswith(begins)}


_UNITS = {
    "price_change_per_mwh": "USD per MWh",
    "energy_price": "USD per MWh",
    "site_price": "USD per MWh",
    "capacity_price": "USD per MW-day",
    "capacity_uncapped.": "USD per MW-day",
    "capacity_cost": "USD",
    "capacity_uncapped_cost": "USD",
    "capacity_short_mw": "MW",
    "cost_to_others": "USD per year",
    BILL: "USD per month",
    "bill_change_per_month": "USD per month",
    "class_change_per_year": "USD per year",
    "emissions_tco2": "t CO2 per year",
    "target_miss_tco2": "t CO2 per year",
    "marginal_ef": "t CO2 per MWh",
    "carbon_cost": "USD per year",
    "fine": "USD per year",
}


__all__ = ["ZoneRun", "grid"]
