"""What is varied for a break-even, and the site run over many departures from the running case at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from overbuild.equations import flatten, rebuild
from overbuild.equations.model import Model
from overbuild.old_site.case.plan import OfftakerDefault, SitePlan
from overbuild.old_site.model import model_of
from overbuild.old_site.sizing.sizing import Sizing
from overbuild.timeline.run import run_model
from overbuild.timeline.series import delayed

Row = NDArray[np.float64]
T = TypeVar("T")

LEAST, MOST = 0.05, 20.0
"""Multiples between which a break-even is looked for."""


class Driver(NamedTuple):
    """Something that a break-even multiplies; `adverse` is -1 where less of it hurts, 1 where more does."""

    id: str
    label: str
    adverse: int


DRIVERS = (
    Driver("price", "price, contract and market", -1),
    Driver("utilisation", "use, contract and market", -1),
    Driver("gpu_cost", "cost of chips, first and refresh", 1),
    Driver("power_price", "price of power", 1),
)


class Departure(NamedTuple):
    """What is multiplied in the running case, and which counts are replaced (None: the case's own).

    `delay` is the delay of opening in all, `offtaker_default` the operating period in which the offtaker fails.
    """

    price: Any = 1.0
    utilisation: Any = 1.0
    gpu_cost: Any = 1.0
    power_price: Any = 1.0
    delay: int | None = None
    offtaker_default: int | None = None


class Measured(NamedTuple):
    """Targets by scenario; NaN where one does not exist (no debt service; a loan that does not live to maturity)."""

    min_dscr: Row
    llcr: Row
    equity_npv: Row


def departed(plan: SitePlan, by: Departure) -> SitePlan:
    """The plan that a departure makes of a plan.

    Old chips sell for what they sold for. An offtaker that the plan does not let fail leaves nothing when it fails:
    no recovery, no claim on periods ahead.

    >>> from overbuild.old_site.examples import PLAN
    >>> departed(PLAN, Departure(price=0.5)).market.price_per_gpu_hour / PLAN.market.price_per_gpu_hour
    0.5
    """
    market, offtake, refresh, chips = plan.market, plan.offtake, plan.refresh, chip_names(plan)
    fails = plan.offtaker_default
    if by.offtaker_default is not None:
        fails = (fails or OfftakerDefault(0, 0.0, 0))._replace(period=by.offtaker_default)
    return plan._replace(
        site=plan.site if by.delay is None else plan.site._replace(delay_periods=by.delay),
        components=tuple(
            component._replace(cost=component.cost * by.gpu_cost) if component.name in chips else component
            for component in plan.components
        ),
        refresh=refresh and refresh._replace(cost=refresh.cost * by.gpu_cost),
        market=market._replace(
            price_per_gpu_hour=market.price_per_gpu_hour * by.price,
            utilisation=tuple(share * by.utilisation for share in market.utilisation),
        ),
        offtake=offtake
        and offtake._replace(
            price_per_gpu_hour=offtake.price_per_gpu_hour * by.price,
            utilisation=tuple(share * by.utilisation for share in offtake.utilisation),
        ),
        power=plan.power._replace(price_per_mwh=plan.power.price_per_mwh * by.power_price),
        offtaker_default=fails,
    )


def chip_names(plan: SitePlan) -> set[str]:
    """Components whose cost is that of chips: `it`, and what the refresh replaces."""
    return {"it"} | ({plan.refresh.replaces} if plan.refresh else set())


def absent(plan: SitePlan, driver: str) -> str | None:
    """Why a plan has nothing that the driver could multiply; None where it has.

    >>> from overbuild.old_site.examples import PLAN
    >>> absent(PLAN._replace(power=PLAN.power._replace(price_per_mwh=0.0)), "power_price")
    'the case has no price of power'
    """
    offtake = plan.offtake
    there = {
        "price": max(plan.market.price_per_gpu_hour, offtake.price_per_gpu_hour if offtake else 0.0),
        "utilisation": most_used(plan),
        "gpu_cost": sum(component.cost for component in plan.components if component.name in chip_names(plan)),
        "power_price": plan.power.price_per_mwh,
    }
    words = {
        "price": "the case has no price",
        "utilisation": "the case has no use",
        "gpu_cost": "the case has no component named it",
        "power_price": "the case has no price of power",
    }
    return None if there[driver] > 0.0 else words[driver]


def most_used(plan: SitePlan) -> float:
    """The highest share of use in any period, of the contract or at the market."""
    return max((*plan.market.utilisation, *(plan.offtake.utilisation if plan.offtake else ())), default=0.0)


def reach(plan: SitePlan, driver: str) -> tuple[float, float]:
    """The multiples between which a driver is varied: no share of use is ever pushed above 1.

    >>> from overbuild.old_site.examples import PLAN
    >>> reach(PLAN, "price"), round(reach(PLAN, "utilisation")[1] * most_used(PLAN), 12)
    ((0.05, 20.0), 1.0)
    """
    if driver != "utilisation":
        return LEAST, MOST
    most = most_used(plan)
    highest = max(1.0, min(MOST, 1.0 / most))
    return LEAST, highest if most * highest <= 1.0 else max(1.0, float(np.nextafter(highest, 0.0)))


def measured(plan: SitePlan, sizing: Sizing, departures: Sequence[Departure]) -> Measured:
    """Run the site over departures from a plan, all on one sizing and in one pass of arrays.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.sizing.sizing import size
    >>> measured(PLAN, size(PLAN), [Departure(), Departure(price=0.8)]).min_dscr.round(2)
    array([1.36, 0.93])
    """
    found = run_model(_model_over(plan, sizing, departures), ()).left["results"]
    owed = bool(plan.loans)
    return Measured(
        _where(np.logical_and(owed, found.covered_periods > 0.0), found.min_dscr, len(departures)),
        _where(np.logical_and(owed, found.default_period == 0.0), found.llcr, len(departures)),
        _where(np.array(True), found.equity_npv, len(departures)),
    )


def _model_over(plan: SitePlan, sizing: Sizing, departures: Sequence[Departure]) -> Model:
    """One model of all departures, an entry for each where they differ; results by loan and a holding company left out."""
    kinds = [(one.delay, one.offtaker_default) for one in departures]
    distinct = list(dict.fromkeys(kinds))
    which = np.array([distinct.index(kind) for kind in kinds])
    price, used, cost, power = (np.array([one[place] for one in departures], dtype=float) for place in range(4))
    moved = model_of(departed(plan, Departure(price=price, gpu_cost=cost, power_price=power)), sizing)
    variants = [
        model_of(departed(plan, Departure(delay=delay, offtaker_default=fails)), sizing) for delay, fails in distinct
    ]
    operation, results = moved.stage("operation"), moved.stage("results")
    columns = _together([one.stage("operation").columns for one in variants], which)
    columns = columns._replace(
        utilisation_contract=[share * used for share in columns.utilisation_contract],
        utilisation_merchant=[share * used for share in columns.utilisation_merchant],
    )
    building = _together([one.stage("construction").columns for one in variants], which)
    return Model(
        (
            moved.stage("construction")._replace(columns=building),
            moved.stage("opening"),
            operation._replace(columns=columns),
            results._replace(opening=results.opening._replace(tranches=())),
        )
    )


def _where(exists: Any, row: Any, count: int) -> Row:
    return np.broadcast_to(np.where(exists, row, np.nan), (count,))


def _together(records: Sequence[T], which: NDArray[Any]) -> T:
    """One record with entries over scenarios; `which` of the records each scenario takes.

    Series of different lengths end together: before the shorter stand zeros, which is a site not yet begun.
    """
    flat: list[list[list[float]]] = [list(flatten(record).values()) for record in records]
    longest = max(len(series) for leaves in flat for series in leaves)
    return rebuild(records[0], [_column(rows, which, longest) for rows in zip(*flat, strict=True)])


def _column(rows: Sequence[list[float]], which: NDArray[Any], longest: int) -> list[Any]:
    if all(row == rows[0] for row in rows):
        return list(rows[0])
    whole = np.array([delayed(row, longest - len(row)) for row in rows])
    return list(whole.T[:, which])
