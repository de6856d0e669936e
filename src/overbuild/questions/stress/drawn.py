"""What is drawn, in words: each driver with the inputs that it moves, how it is drawn, and what its numbers rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import cast

from overbuild.answer import Assumption, Row, Table
from overbuild.questions.columns import column, table
from overbuild.questions.prose import pct, spelled
from overbuild.site.case.uncertain.uncertain import DriverTold
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.world.drivers.declared import Distribution, Dynamics, LateBuild
from overbuild.world.drivers.defaults import default_inputs
from overbuild.world.sourced import Sourced

ESTIMATED = "Estimated"
"""How the reason of a number begins that was fitted to data; all others are judged."""


def drivers_table(found: SiteDistribution) -> tuple[Table, ...]:
    """The drivers of a case."""
    columns = (
        column("driver", "driver", fill=lambda one: spelled(one.declared.name)),
        column("inputs", "moves", fill=lambda one: ", ".join(one.inputs)),
        column("how", "how", fill=lambda one: _HOW[one.declared.how]),
        column("drawn", "as", fill=drawn_as),
        column("whose", "from", fill=lambda one: "the defaults" if one.default else "the case"),
        column("rests", "its numbers are", fill=lambda one: _rests(numbers_of(one, found))),
    )
    return (table("drivers", "What is drawn", columns, found.uncertain.told),) if found.uncertain.told else ()


_HOW = {
    "multiplies": "is multiplied",
    "adds": "is added to",
    "replaces": "is replaced",
    "odds": "its odds are multiplied",
}


def drawn_as(told: DriverTold) -> str:
    """How a driver is drawn, in one sentence."""
    one = told.declared
    if one.distribution is not None:
        return f"once, {_distribution(one.distribution)}"
    if one.dynamics is not None:
        return f"each period, {_dynamics(one.dynamics)}"
    if one.hazard is not None:
        first, last = (pct(rate, 2) for rate in (one.hazard.by_year[0], one.hazard.by_year[-1]))
        rate = first if first == last else f"{first} at first, {last} later"
        return f"failure at {rate} a year{f' (class {told.rating})' if told.rating else ''}"
    return f"once, {_late(one.late)}" if one.late is not None else ""


def _distribution(one: Distribution) -> str:
    told = [
        f"{name.replace('_', ' ')} {_said(value)}"
        for name, value in one._asdict().items()
        if name != "family" and value not in (None, ())
    ]
    return f"{one.family}: {', '.join(told)}"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(_said(entry) for entry in cast("tuple[object, ...]", value))
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _dynamics(one: Dynamics) -> str:
    told = [f"volatility {one.volatility:g}"]
    if one.speed_per_year > 0.0:
        told.append(f"half-life {math.log(2.0) / one.speed_per_year:.1f} years")
    if one.trend_sd:
        told.append(f"trend give or take {one.trend_sd:g} a year")
    if any(one.levels):
        told.append(f"levels {' '.join(f'{level:g}' for level in one.levels)} by regime")
    if one.jumps is not None:
        told.append(f"{one.jumps.rate_per_year:g} jumps a year of {one.jumps.mean:g}")
    if one.carries:
        told.append(f"with {one.carries}")
    return ", ".join(told)


def _late(one: LateBuild) -> str:
    if one.cases:
        return f"{len(one.cases)} cases of delay"
    return f"in time {pct(one.on_time or 0.0)}, else late by {one.mean_months or 0.0:g} months in the mean"


def numbers_of(told: DriverTold, found: SiteDistribution) -> dict[str, Sourced]:
    """The numbers of a driver by their paths, with what they rest on."""
    inputs: Mapping[str, Sourced] = default_inputs() if told.default else found.basis.shocked.inputs
    start = f"drivers.drawn.{told.declared.name}."
    if told.rating:
        start = f"ratings.{told.rating}."
    return {path: one for path, one in inputs.items() if path.startswith(start) and one.numbers}


def _rests(numbers: Mapping[str, Sourced]) -> str:
    origins = [_origin(one) for one in numbers.values()]
    return ", ".join(f"{origins.count(word)} {word}" for word in dict.fromkeys(origins)) or "not said"


def _origin(one: Sourced) -> str:
    if one.origin == "fact":
        return "sourced"
    if one.origin == "case":
        return "bare"
    return "estimated" if one.reason.startswith(ESTIMATED) else "assumed"


def counts_of_origin(found: SiteDistribution) -> dict[str, int]:
    """How many numbers of the drivers are sourced, estimated, assumed, bare."""
    origins = [_origin(one) for told in found.uncertain.told for one in numbers_of(told, found).values()]
    return {word: origins.count(word) for word in dict.fromkeys(origins)}


def assumptions_of_drivers(found: SiteDistribution) -> Iterator[Assumption]:
    """The numbers of the drivers that no source gives, each under its path; entries of a series count from 1."""
    for told in found.uncertain.told:
        for path, one in numbers_of(told, found).items():
            if one.origin != "assumption":
                continue
            for place, number in enumerate(one.numbers, 1):
                name = path if len(one.numbers) == 1 else f"{path}.{place}"
                yield Assumption(name, float(number), one.unit, one.low, one.high, one.author, one.reason)


def correlations_table(found: SiteDistribution) -> tuple[Table, ...]:
    """How drivers move together: the pairs that do, of what is drawn once and of what is drawn each period."""
    rows: list[Row] = []
    once, matrix = found.uncertain.names, found.uncertain.correlations
    for row, one in enumerate(once):
        for column_, other in enumerate(once[:row]):
            if matrix[row, column_]:
                rows.append({"one": other, "other": one, "when": "once", "value": float(matrix[row, column_])})
    names, mix = found.uncertain.world.names, found.uncertain.world.mix
    for row, one in enumerate(names):
        for column_, other in enumerate(names[:row]):
            value = sum(a * b for a, b in zip(mix[row], mix[column_], strict=True))
            if abs(value) > 1e-12:
                rows.append({"one": other, "other": one, "when": "each period", "value": value})
    columns = (
        column("one", "driver"),
        column("other", "moves with"),
        column("when", "drawn"),
        column("value", "correlation", "ratio"),
    )
    printed = tuple(one for one in table("correlations", "What moves together", columns, ()).columns)
    return (Table("correlations", "What moves together", printed, tuple(rows)),) if rows else ()
