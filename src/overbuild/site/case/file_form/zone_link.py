"""A site on a zone of the grid: `power.zone` gives its price of power, under a tariff if asked, and the wait for the grid.

    power:
      zone: PJM
      tariff: aep-ohio
      queue: median
      price: {value: 75, growth: 0.025}

The value of the price at opening is then that of the zone, delivered; what the case says of its growth stays. `tariff` is what the
zone's load is charged for delivery under, and says nothing of the site's own contract. Without `zone` the tree is left as it is.
"""

from __future__ import annotations

import math
from pathlib import Path

from overbuild.errors import OverbuildError
from overbuild.power.tariffs.link import tariff_named
from overbuild.power.zone_run import ZoneRun, run_zone, zone_named
from overbuild.site.case.file_form.path_form import LISTS, MOVES
from overbuild.world.tree import Entry


def on_zone(tree: Entry, workspace: Path | str | None = None) -> Entry:
    """The tree of a site whose power comes from a zone, with the zone's price and wait in it.

    Raises CaseError at the name of the zone for what is wrong with its case, and for a price that is a list.
    """
    power = (tree.block or {}).get("power")
    zone = (power.block or {}).get("zone") if power is not None else None
    if power is None or zone is None or not isinstance(zone.value, str) or not zone.value:
        _refuse_alone(power)
        return tree
    run = _run(zone, (power.block or {}).get("tariff"), workspace)
    found = {
        **(tree.block or {}),
        "power": power._replace(value={**(power.block or {}), "price": _price(power, zone, run)}),
    }
    queue = (power.block or {}).get("queue")
    if queue is not None and queue.value == "median" and "phases" in found:
        found["phases"] = _late(found["phases"], found.get("horizon"), zone, run)
    return tree._replace(value=found)


def _refuse_alone(power: Entry | None) -> None:
    """A tariff that is named without a zone in which it says what a load pays."""
    tariff = None if power is None else (power.block or {}).get("tariff")
    if tariff is not None and tariff.value:
        hint = "a tariff says what the load pays in a zone; name it too, such as power.zone: PJM"
        raise tariff.fault("contradiction", "power.tariff", hint, tariff.value)


def _run(zone: Entry, tariff: Entry | None, workspace: Path | str | None) -> ZoneRun:
    under = "" if tariff is None else _tariff((tariff.block or {}).get("value", tariff))
    beside = Path(zone.file).parent / str(zone.value)
    try:
        named = beside if beside.suffix and beside.exists() else zone_named(str(zone.value))
        return run_zone(named, tariff=under, workspace=workspace)
    except OverbuildError as error:
        raise zone.fault(error.code, "power.zone", f"the zone could not be run: {error.sentence}", zone.value) from None


def _tariff(tariff: Entry) -> str:
    """The tariff's case, looked for beside the site's; empty for none."""
    if not isinstance(tariff.value, str) or not tariff.value:
        return ""
    try:
        return str(tariff_named(tariff.value, Path(tariff.file).parent))
    except OverbuildError as error:
        raise tariff.fault(error.code, "power.tariff", error.hint, tariff.value) from None


def _price(power: Entry, zone: Entry, run: ZoneRun) -> Entry:
    """The price of the case at the zone's level: its growth and its range of growth stay, its source does not."""
    own = (power.block or {}).get("price")
    block = {} if own is None else own.block or {}
    listed = [name for name in LISTS if name in block]
    if listed:
        hint = f"a zone gives the price of opening; take {listed[0]} out and say the growth, or take the zone out"
        raise block[listed[0]].fault("bad_value", f"power.price.{listed[0]}", hint)
    price = run.lines.results["site.price"]
    reason = (
        f"Energy, capacity and delivery of a MWh in the zone {run.plan.name} with {run.plan.load.mw:,.0f} MW added"
        f"{f', delivery year {run.plan.year}' if run.plan.auctions else ''}"
        f"{f', under the tariff {run.deal.plan.name}' if run.deal is not None else ''}."
    )
    kept = {name: one for name, one in block.items() if name in MOVES}
    said = {"value": _at(zone, price), "reason": _at(zone, reason), "author": _at(zone, f"zone {run.plan.name}")}
    return Entry({**said, **kept}, zone.file, zone.line, zone.column)


def _late(phases: Entry, horizon: Entry | None, zone: Entry, run: ZoneRun) -> Entry:
    """Every phase late by what the median wait exceeds the periods to its completion by, where that is more than its own."""
    per_year = _number((horizon.block or {}).get("periods_per_year")) if horizon is not None else None
    wait = math.ceil(run.plan.queue.median * (per_year or 1.0) - 1e-9)
    items: list[Entry] = []
    for phase in phases.items or []:
        block = phase.block or {}
        cod, own = _number(block.get("cod")), _number(block.get("delay")) or 0.0
        late = int(max(own, wait - (cod or 0.0)))
        reason = (
            f"The median wait for the grid of the zone {run.plan.name}, {run.plan.queue.median:.1f} years from close."
        )
        said = {"value": _at(zone, late), "reason": _at(zone, reason), "author": _at(zone, f"zone {run.plan.name}")}
        delay = Entry(said, zone.file, zone.line, zone.column)
        items.append(phase if cod is None or late <= own else phase._replace(value={**block, "delay": delay}))
    return phases._replace(value=items)


def _number(entry: Entry | None) -> float | None:
    value = None if entry is None else (entry.block or {}).get("value", entry).value
    return float(value) if isinstance(value, int | float) else None


def _at(place: Entry, value: str | float) -> Entry:
    return Entry(value, place.file, place.line, place.column, str(value))
