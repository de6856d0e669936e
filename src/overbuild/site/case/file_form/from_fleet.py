"""A site's market price, and what its chips bring, taken from the case of a fleet: `{fleet: preset:gb300}`.

    market: {price: {fleet: preset:gb300}}
    fleets: [{name: f1, ..., until: 24, sale: {fleet: preset:gb300, age: 5, gpus: 38000}}]

The tree of the site is rewritten before it is read: numbers stand where the fleet was named, each with the fleet as its
reason. A site without such a block is read as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from overbuild.errors import CaseError, raise_all
from overbuild.fleet.case import FLEETS, FleetPlan, terms_of
from overbuild.fleet.quasi_rent import RentMarket, rent_of_year
from overbuild.fleet.unit_run import run_unit
from overbuild.site.case.file_form.two_forms import is_short
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.presets import preset_named
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry

FLEET = "fleet"
"""The name that says which fleet's case a number is taken from."""

BROUGHT = ("sale", "proceeds")
"""What chips bring when they leave, and when they are replaced."""


def with_fleets(tree: Entry, workspace: Path | str | None = None) -> Entry:
    """The tree of a site with numbers where it names a fleet. Raises CaseErrors: those of the fleet's case, or of the block.

    >>> from overbuild.world.tree import read_tree
    >>> site = read_tree("{close: 2027Q1, horizon: {}, market: {price: {fleet: preset:h100}}}", "my.yaml")
    >>> price = with_fleets(site).block["market"].block["price"].block
    >>> round(price["value"].value, 4), round(price["growth"].block["value"].value, 4)
    (2.1783, -0.139)
    """
    block = dict(tree.block or {})
    if is_short(block):
        return tree
    market = block.get("market")
    price = (market.block or {}).get("price") if market is not None else None
    if market is not None and price is not None and _names_a_fleet(price):
        close = block.get("close")
        made = _price(price, close, workspace)
        block["market"] = market._replace(value={**(market.block or {}), "price": made})
    fleets = block.get("fleets")
    if fleets is not None and fleets.items is not None:
        block["fleets"] = fleets._replace(value=[_left(one, workspace) for one in fleets.items])
    return tree._replace(value=block)


def _names_a_fleet(entry: Entry) -> bool:
    return entry.block is not None and FLEET in entry.block


def _case(entry: Entry, path: str, also: tuple[str, ...], workspace: Path | str | None) -> CaseRecord[FleetPlan]:
    """The case of the fleet that a block names; the block may say nothing but it and some other names."""
    block = entry.block or {}
    allowed = (FLEET, *also)
    faults = [
        one.fault("unknown_name", f"{path}.{name}", f"beside a fleet stand: {', '.join(also) or 'nothing'}")
        for name, one in block.items()
        if name not in allowed
    ]
    faults += [
        entry.fault("missing", f"{path}.{name}", f"{name} is needed beside the fleet")
        for name in also
        if name not in block
    ]
    named = block[FLEET]
    if not isinstance(named.value, str):
        faults.append(
            named.fault("bad_value", f"{path}.{FLEET}", "the case of a fleet is a file, or preset:gb300", named.value)
        )
    raise_all(faults)
    try:
        return read_case(_beside(named), FLEETS, (), workspace)
    except CaseError as error:
        if error.file is not None and error.line is not None:
            raise
        raise named.fault(error.code, f"{path}.{FLEET}", error.hint, error.value) from None


def _beside(named: Entry) -> Path:
    """The file of a fleet's case: a preset, or a file, which is looked for beside the site's own first."""
    file = Path(named.text)
    own = Path(named.file).parent / file
    return own if preset_named(file) is None and not file.is_absolute() and own.is_file() else file


def _price(entry: Entry, close: Entry | None, workspace: Path | str | None) -> Entry:
    """The path of the market price: the fleet's rent in the year of close, falling as the fleet's case says."""
    case = _case(entry, "market.price", (), workspace)
    plan, named = case.record, (entry.block or {})[FLEET].text
    text = "" if close is None else str(close.text or close.value)
    if not text[:4].isdigit():
        raise entry.fault("bad_period", "close", "the year of close is needed to take the price from a fleet", text)
    year = int(text[:4])
    if year < plan.bought:
        hint = f"the fleet's rent is that of {plan.bought}, and the site closes before: date the fleet's case back"
        raise entry.fault("bad_period", "market.price.fleet", hint, year)
    market = RentMarket(*plan.market)
    later = float(rent_of_year(market._replace(rent=1.0), float(year - plan.bought))) * plan.unit.performance
    fall = 1.0 - float(rent_of_year(market._replace(rent=1.0), 1.0))
    told = f"Of the fleet {named}: rent of a unit in {year}"
    value = _number(entry, plan.market.rent * later, told, case.inputs.get("market.rent"), later)
    growth = entry._replace(
        value=_said(entry, -fall, f"Of the fleet {named}: what launches and time take from its rent a year"), text=""
    )
    return entry._replace(
        value={**value, "growth": growth, "from": _plain(entry, "close"), "step": _plain(entry, "year")}, text=""
    )


def _left(entry: Entry, workspace: Path | str | None) -> Entry:
    """A fleet of the site with what its chips bring, where that names the case of a fleet."""
    block = entry.block or {}
    found: dict[str, Entry] = {}
    for name in BROUGHT:
        if name in block and _names_a_fleet(block[name]):
            found[name] = _brought(block[name], f"fleets.{name}", workspace)
    return entry._replace(value={**block, **found}) if found else entry


def _brought(entry: Entry, path: str, workspace: Path | str | None) -> Entry:
    """What some units are worth at an age, by the case of a fleet."""
    case = _case(entry, path, ("age", "gpus"), workspace)
    plan, block = case.record, entry.block or {}
    age, gpus = block["age"].value, block["gpus"].value
    faults: list[CaseError] = []
    if not isinstance(age, int | float) or age != int(age) or not 0 <= age <= plan.greatest_age:
        hint = f"an age is a whole number of years, 0 to {plan.greatest_age}"
        faults.append(block["age"].fault("bad_value", f"{path}.age", hint, age))
    if not isinstance(gpus, int | float) or not 0 < gpus < 1e9:
        faults.append(block["gpus"].fault("bad_value", f"{path}.gpus", "a count of units above 0 is needed", gpus))
    raise_all(faults)
    assert isinstance(age, int | float) and isinstance(gpus, int | float)
    worth = run_unit(terms_of(plan), plan.greatest_age).lines["economic_value"][int(age)]
    reason = f"Of the fleet {block[FLEET].text}: {gpus:,.0f} units, worth {worth:,.0f} USD each at age {age:g}"
    return entry._replace(value=_said(entry, worth * gpus, reason), text="")


def _number(entry: Entry, value: float, told: str, one: Sourced | None, scale: float) -> Mapping[str, Entry]:
    """A number with the range and the facts of the one that it is a multiple of."""
    cited = f", on {', '.join(one.facts)}" if one is not None and one.facts else ""
    found = dict(_said(entry, value, f"{told}{cited}"))
    for end in ("low", "high"):
        limit = None if one is None else getattr(one, end)
        if limit is not None:
            found[end] = entry._replace(value=limit * scale, text="")
    return found


def _said(entry: Entry, value: float, reason: str) -> dict[str, Entry]:
    said = {"value": value, "reason": f"{reason}.", "author": "overbuild"}
    return {name: _plain(entry, one) for name, one in said.items()}


def _plain(entry: Entry, value: str | float) -> Entry:
    return entry._replace(value=value, text=str(value))
