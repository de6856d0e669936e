"""What is drawn of a case, and from which source: the drivers, and every number behind them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from overbuild.answer import Table
from overbuild.questions.columns import column, table
from overbuild.site.case.read import SiteCase
from overbuild.site.case.uncertain.driver_numbers import DriverNumber, driver_numbers
from overbuild.site.case.uncertain.uncertain import DriverTold, Uncertain
from overbuild.world.drivers.declared import Distribution, DrawnDriver, Dynamics, LateBuild
from overbuild.world.drivers.fitting import quantile_of

_FIVE = 1.6448536269514722
"""The normal number above which lie five percent."""


def drivers_table(found: Uncertain) -> Table:
    """The drivers of a case: what each moves, how, and whether the case names it."""
    note = (
        "The number of the case is where a driver does nothing: the median of what is multiplied, the mean of what is "
        "added, but for regimes and for where a cycle starts; of what is drawn once, 5, 50 and 95 percent of what the "
        "input is multiplied by, moved by or replaced with."
    )
    return table("drivers", "What is drawn", _DRIVERS, found.told, note=note)


def driver_numbers_table(case: SiteCase, found: Uncertain) -> Table:
    """Every number of the drivers of a case, with where it comes from."""
    return numbers_table(driver_numbers(case, found))


def numbers_table(numbers: Iterable[DriverNumber]) -> Table:
    """Numbers of drivers with where they come from."""
    return table("driver_numbers", "Numbers of what is drawn", _NUMBERS, numbers)


def _drawn(one: DriverTold) -> str:
    """How a driver is drawn, in words; one rated as the defaults rate it by its class."""
    return f"each period: fails as one rated {one.rating}" if one.rating else drawn_words(one.declared)


def drawn_words(declared: DrawnDriver) -> str:
    """How a driver is drawn, in words."""
    if declared.distribution is not None:
        return f"once: {_of_distribution(declared.distribution)}"
    if declared.dynamics is not None:
        return f"each period: {_of_dynamics(declared.dynamics)}"
    if declared.late is not None:
        return f"once: {_of_late(declared.late)}"
    assert declared.hazard is not None
    return f"each period: fails {declared.hazard.by_year[0]:.2%} a year at first"


def _of_distribution(one: Distribution) -> str:
    cut = "" if one.at_least is None and one.at_most is None else ", cut"
    return f"{one.family}{cut}"


def _of_dynamics(one: Dynamics) -> str:
    parts = [f"pull {one.speed_per_year:g} a year", f"volatility {one.volatility:g}"]
    goes_on = "" if one.trend_years is None else f" for {one.trend_years:g} years"
    parts += [f"trend +- {one.trend_sd:g} a year{goes_on}"] if one.trend_sd else []
    parts += [f"starts {one.start:+g}"] if one.start else []
    parts += [f"by regime {', '.join(f'{level:+g}' for level in one.levels)}"] if one.levels else []
    parts += [f"jumps {one.jumps.rate_per_year:g} a year"] if one.jumps is not None else []
    parts += [f"with {one.carries}"] if one.carries else []
    return "; ".join(parts)


def _of_late(one: LateBuild) -> str:
    if one.cases:
        return f"one of {len(one.cases)} cases"
    return f"in time {one.on_time:.0%}, else {one.mean_months:g} months late in the mean"


def drawn_at(declared: DrawnDriver, z: float) -> float | None:
    """What a driver that is drawn once is worth at a standard normal number, in three digits."""
    given = declared.distribution
    return None if given is None else float(f"{float(quantile_of(given)(np.array([z]))[0]):.3g}")


_DRIVERS = (
    column("driver", "driver", fill=lambda one: one.declared.name),
    column("input", "moves", fill=lambda one: one.declared.input if len(one.inputs) > 1 else "".join(one.inputs)),
    column("how", "how", fill=lambda one: one.declared.how),
    column("drawn", "drawn", fill=_drawn),
    column("p5", "5%", fill=lambda one: drawn_at(one.declared, -_FIVE)),
    column("p50", "50%", fill=lambda one: drawn_at(one.declared, 0.0)),
    column("p95", "95%", fill=lambda one: drawn_at(one.declared, _FIVE)),
    column("of", "from", fill=lambda one: "default" if one.default else "the case"),
)

_NUMBERS = (
    column("driver", "driver"),
    column("number", "number"),
    column("value", "value", fill=lambda one: ", ".join(f"{each:g}" for each in one.given.numbers)),
    column("low", "low", fill=lambda one: one.given.low),
    column("high", "high", fill=lambda one: one.given.high),
    column("origin", "origin", fill=lambda one: "assumed" if one.given.origin == "assumption" else one.given.origin),
    column("from", "from", fill=lambda one: "; ".join(one.given.facts) or one.given.source or one.given.author),
    column("reason", "reason", fill=lambda one: one.given.reason),
)
