"""Departures from the running case, and the site run over many of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.model import Model
from overbuild.equations.reported import Reported
from overbuild.site.case.dates import availability_end
from overbuild.site.case.plan import OfftakeContract, SitePlan
from overbuild.site.model import model_of
from overbuild.site.run import OUTCOMES
from overbuild.site.sizing.sizing import Sizing
from overbuild.site.terms.columns import columns_of, contract_columns
from overbuild.stress.drivers import BY_ID, DRIVERS
from overbuild.stress.moves import chip_names
from overbuild.timeline.compiled_run import run_compiled

Row = NDArray[np.float64]
T = TypeVar("T")

RESULTS = ("min_dscr", "llcr", "equity_npv")
"""Results that a break-even may be of."""

UNFUNDED, CLOSED = (1.0 + OUTCOMES.index(name) for name in ("stops_unfunded", "outcome_closed"))
"""`Measured.outcome` of a site whose construction is not funded, and of one that its owners close without debt."""


class OfftakerFails(NamedTuple):
    """The offtaker of a contract fails in a period, with all contracts that it has."""

    contract: str
    period: int


class Departure(NamedTuple):
    """What departs from the running case.

    `amounts` are of drivers, by their ids: multiples of the case, or additions. `late` are periods later than in the
    case, one entry a phase. `fails` replaces the failure of one offtaker.
    """

    amounts: Mapping[str, Any] = {}
    late: tuple[int, ...] = ()
    fails: OfftakerFails | None = None


class Measured(NamedTuple):
    """What is measured, by scenario.

    `values` are results by id, NaN where one does not exist; `breaches` are the first periods of breach by test, 0 where
    there is none. `outcome` is 0 where the site runs to its end, else the place of its outcome among `OUTCOMES`, counted
    from 1, in place `ended_in`. `bought` says of each later fleet whether it is bought.
    """

    values: dict[str, Row]
    breaches: dict[str, Row]
    outcome: Row
    ended_in: Row
    bought: dict[str, Row]


def joined(one: Measured, other: Measured) -> Measured:
    """What was measured in two passes, as if it were one."""
    return Measured(
        values={name: np.concatenate([row, other.values[name]]) for name, row in one.values.items()},
        breaches={name: np.concatenate([row, other.breaches[name]]) for name, row in one.breaches.items()},
        outcome=np.concatenate([one.outcome, other.outcome]),
        ended_in=np.concatenate([one.ended_in, other.ended_in]),
        bought={name: np.concatenate([row, other.bought[name]]) for name, row in one.bought.items()},
    )


def departed(plan: SitePlan, by: Departure) -> SitePlan:
    """The plan that a departure makes of a plan. Replaced GPUs sell for what they sold for.

    >>> from overbuild.site.examples import PLAN
    >>> departed(PLAN, Departure({"price": 0.5})).contracts[0].price.value / PLAN.contracts[0].price.value
    0.5
    >>> departed(PLAN, Departure(late=(2,))).phases[0].delay
    2
    """
    for driver in DRIVERS:
        if driver.id in by.amounts:
            plan = driver.moved(plan, by.amounts[driver.id])
    if by.late:
        phases = zip(plan.phases, by.late, strict=True)
        plan = plan._replace(phases=tuple(phase._replace(delay=phase.delay + more) for phase, more in phases))
    return plan if by.fails is None else plan._replace(contracts=_failed(plan, by.fails))


def _failed(plan: SitePlan, fails: OfftakerFails) -> tuple[OfftakeContract, ...]:
    """The contracts with the failure of one offtaker replaced; an offtaker without a name has one contract."""
    failing = next(one for one in plan.contracts if one.name == fails.contract)
    return tuple(
        one._replace(fails_in=fails.period if one is failing else None)
        if one is failing or one.offtaker == failing.offtaker != ""
        else one
        for one in plan.contracts
    )


def committed(plan: SitePlan, sizing: Sizing, by: Departure) -> SitePlan:
    """The departed plan, with owners who stand by for what dearer GPUs and dearer loans take while building.

        more = 2 * (cost of GPUs that are built * (multiple - 1) + (debt + mezzanine) * shift * years while building)

    each only where it is above 0. Standby is drawn last and only as far as it is needed, so that twice what is asked for
    is enough for the interest on earlier draws too. What else costs more while building is paid from the commitments
    as sized, or leaves the site unfunded.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> float(committed(PLAN, SIZING, Departure({"gpu_cost": 1.5})).funding.standby) / 1e6
    600.0
    """
    chips, years = chip_names(plan), availability_end(plan) / plan.horizon.periods_per_year
    cost = sum(one.cost for one in plan.components if one.name in chips and one.spend)
    more = cost * np.maximum(0.0, by.amounts.get("gpu_cost", 1.0) - 1.0)
    more = more + (sizing.debt + sizing.mezzanine) * years * np.maximum(0.0, by.amounts.get("base_rate", 0.0))
    made = departed(plan, by)
    return made._replace(funding=made.funding._replace(standby=made.funding.standby + 2.0 * more))


def measured(plan: SitePlan, sizing: Sizing, departures: Sequence[Departure]) -> Measured:
    """Run the site over departures from a plan, all on one sizing and in one pass of arrays.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> measured(PLAN, SIZING, [Departure(), Departure({"price": 0.5})]).values["min_dscr"].round(2)
    array([1.61, 0.57])
    """
    return measured_on(model_over(plan, sizing, departures), len(departures))


def measured_on(model: Model, count: int) -> Measured:
    """What a model of so many scenarios shows.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> measured_on(model_of(PLAN, SIZING), 1).values["min_dscr"].round(2)
    array([1.61])
    """
    tests = [one.name for one in model.stage("site").shape.tests]
    declared = {one.id: one for one in model.reported if one.id in RESULTS}
    wanted = {one.line for one in declared.values()} | {f"{name}.first_period" for name in tests}
    wanted |= {condition.line for one in declared.values() for condition in one.exists}
    fleets = [one.name for one in model.stage("site").shape.fleets if one.later]
    ran = run_compiled(model, (*OUTCOMES, *(f"{name}.funded" for name in fleets), *wanted)).rows
    lines = {name: row[0] for name, row in ran["results"].items()}
    outcome, ended_in = _outcomes(ran["site"], count)
    values = {
        name: np.where(outcome == UNFUNDED, np.nan, _value(result, lines, count)) for name, result in declared.items()
    }
    breaches = {name: _spread(lines[f"{name}.first_period"], count) for name in tests}
    lives = np.where(outcome == 0.0, np.inf, ended_in)
    bought = {name: _ever(ran["site"][f"{name}.funded"], lives) for name in fleets}
    return Measured(values, breaches, outcome, ended_in, bought)


def _value(result: Reported, lines: Mapping[str, Any], count: int) -> Row:
    exists = np.full(count, True)
    for one in result.exists:
        held = _spread(lines[one.line], count) <= 0.0
        exists &= held if one.absent else ~held
    return np.where(exists, _spread(lines[result.line], count), np.nan)


def _outcomes(rows: Mapping[str, list[Any]], count: int) -> tuple[Row, Row]:
    """The outcome of each scenario as a number, and its place; where two fall together, the first of `OUTCOMES`."""
    happens = np.stack([_rows(rows[name], count) > 0.0 for name in OUTCOMES])
    ends = happens.any(axis=(0, 1))
    place = happens.any(axis=0).argmax(axis=0)
    number = happens[:, place, np.arange(count)].argmax(axis=0) + 1.0
    return np.where(ends, number, 0.0), np.where(ends, place, 0).astype(float)


def _ever(row: Sequence[Any], lives: Row) -> Row:
    """Whether a flag is ever set before the site ends."""
    places = np.arange(len(row))[:, None]
    return np.any((_rows(row, len(lives)) > 0.0) & (places < lives), axis=0)


def _rows(row: Sequence[Any], count: int) -> NDArray[np.float64]:
    """A line by place and scenario."""
    stacked = np.empty((len(row), count))
    for place, entry in enumerate(row):
        stacked[place] = entry
    return stacked


def _spread(entry: Any, count: int) -> Row:
    return np.broadcast_to(np.asarray(entry, dtype=float), (count,))


def model_over(plan: SitePlan, sizing: Sizing, departures: Sequence[Departure]) -> Model:
    """One model of all departures, with an entry for each wherever they differ; a holding company is left out."""
    amounts = _amounts(departures)
    everything = Departure(amounts)
    model = model_of(committed(plan, sizing, everything), sizing)
    kinds = [one._replace(amounts={}) for one in departures]
    keys = [(one.late, one.fails) for one in kinds]
    distinct = list(dict.fromkeys(keys))
    site, results = model.stage("site"), model.stage("results")
    if distinct == [((), None)]:
        return model._replace(stages=(site, results))
    which, schedules = np.array([distinct.index(key) for key in keys]), sizing.schedules
    unmoved = departed(plan, Departure({name: BY_ID[name].neutral for name in amounts}))
    columns: list[Any] = []
    on_time: dict[Any, Any] = {}
    for number, (late, fails) in enumerate(distinct):
        here = which == number
        moved = {name: _one(row[here], BY_ID[name].neutral) for name, row in amounts.items()}
        still = all(type(one) is float for one in moved.values())
        made = departed(unmoved, Departure({}, late, fails)) if still else departed(plan, Departure(moved, late, fails))
        neutral = still and not late
        if neutral and on_time:
            columns.append(on_time["columns"]._replace(contracts=contract_columns(made)))
            continue
        columns.append(columns_of(made, schedules))
        if neutral:
            on_time["columns"] = columns[-1]
    return model._replace(stages=(site._replace(columns=together(columns, which)), results))


def _one(amounts: Row, neutral: float) -> Any:
    """The amounts of a driver, or the one that moves nothing where none of them does."""
    return neutral if bool(np.all(amounts == neutral)) else amounts


def _amounts(departures: Sequence[Departure]) -> dict[str, Row]:
    """The amounts of the drivers that any departure moves, one entry a departure."""
    moved = {name for one in departures for name in one.amounts}
    found = {driver.id: np.full(len(departures), driver.neutral) for driver in DRIVERS if driver.id in moved}
    for place, one in enumerate(departures):
        for name, amount in one.amounts.items():
            found[name][place] = amount
    return found


def together(records: Sequence[T], which: NDArray[Any]) -> T:
    """One record of columns over scenarios; `which` of the records each scenario takes."""
    members, rows = cast("Any", records[0]), cast("Any", records)
    if all(one is members for one in records) or members is None or isinstance(members, str):
        return cast("T", members)
    if isinstance(members, list):
        return cast("T", _column(rows, which))
    merged = [together(parts, which) for parts in zip(*rows, strict=True)]
    return cast("T", type(members)(*merged) if hasattr(members, "_fields") else tuple(merged))


def _column(rows: Sequence[list[Any]], which: NDArray[Any]) -> list[Any]:
    """One series over scenarios: a float where all records have the same, else an entry of each scenario's own."""
    first = rows[0]
    if all(isinstance(row[0], float) for row in rows):
        if all(row is first or row == first for row in rows):
            return first
        different = {id(row): row for row in rows}
        numbers, order = np.array(list(different.values())).T, {one: place for place, one in enumerate(different)}
        each = np.array([order[id(row)] for row in rows])[which]
        alike = np.all(numbers == numbers[:, :1], axis=1)
        return [float(one[0]) if same else one[each] for one, same in zip(numbers, alike, strict=True)]
    merged: list[Any] = []
    for entries in zip(*rows, strict=True):
        whole = np.empty(len(which))
        for number, entry in enumerate(entries):
            whole[which == number] = entry
        merged.append(whole)
    return merged
