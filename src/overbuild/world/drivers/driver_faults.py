"""Faults of a block of drivers in itself: what each driver says, regimes, correlations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from overbuild.errors import CaseError, InputError, did_you_mean
from overbuild.world.drivers.declared import (
    Correlation,
    Distribution,
    DrawnDriver,
    Dynamics,
    FailureHazard,
    LateBuild,
    Regime,
    UncertainInputs,
)
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.fields import word_faults

WAYS = ("distribution", "dynamics", "hazard", "late")
"""The ways in which a driver may be drawn."""

MOST_LATE_CASES = 64

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_ONE = 1e-9


def block_faults(block: UncertainInputs, beside: UncertainInputs) -> Iterator[CaseError]:
    """Faults of a block; `beside` are the defaults that it may name.

    >>> rent = DrawnDriver("rent", "market.price", dynamics=Dynamics(1.5, 0.22, levels=(-0.3,)))
    >>> [fault.path for fault in block_faults(UncertainInputs(drawn=(rent,)), UncertainInputs())]
    ['drivers.drawn.rent.dynamics.levels']
    """
    words = list(word_faults(block, "drivers"))
    if words:
        yield from words
        return
    regimes = block.regimes or (beside.regimes if block.defaults else ())
    known = {one.name: one for one in (*(beside.drawn if block.defaults else ()), *block.drawn)}
    for one in block.drawn:
        for fault in _driver_faults(one, regimes, known):
            fault.path = f"drivers.drawn.{one.name}{fault.path and '.'}{fault.path}"
            yield fault
    yield from _regime_faults(block.regimes)
    yield from _regimes_of_defaults(block, beside)
    yield from _correlation_faults(block.correlations, known)
    for name in block.without:
        if name not in {one.name for one in beside.drawn}:
            hint = f"no default driver of this name.{did_you_mean(name, [one.name for one in beside.drawn])}"
            yield CaseError("unknown_name", "drivers.without", name, hint)


def _fault(code: str, path: str, value: object, hint: str) -> CaseError:
    return CaseError(code, path, value, hint)


def _driver_faults(one: DrawnDriver, regimes: Sequence[Regime], known: dict[str, DrawnDriver]) -> Iterator[CaseError]:
    if not _NAME.match(one.name):
        yield _fault("bad_value", "name", one.name, "a name is one word of letters, digits and _")
    said = [way for way in WAYS if getattr(one, way) is not None]
    if len(said) != 1:
        hint = f"a driver has one of {', '.join(WAYS)}"
        yield _fault("bad_value" if said else "missing", "", " and ".join(said) or None, hint)
        return
    if one.how == "odds" and one.dynamics is None:
        yield _fault("bad_value", "how", one.how, "odds are multiplied by a path: a driver with dynamics")
    if one.distribution is not None:
        yield from _distribution_faults(one.distribution)
    elif one.dynamics is not None:
        yield from _dynamics_faults(one.dynamics, regimes)
        yield from _added_faults(one, one.dynamics, known)
    elif one.hazard is not None:
        yield from _hazard_faults(one.hazard)
    elif one.late is not None:
        yield from late_faults(one.late)


def _distribution_faults(one: Distribution) -> Iterator[CaseError]:
    try:
        quantile_of(one)
    except InputError as error:
        yield _fault(error.code, f"distribution.{error.path}", error.value, error.hint)


def _dynamics_faults(one: Dynamics, regimes: Sequence[Regime]) -> Iterator[CaseError]:
    numbers = {f"dynamics.{name}": getattr(one, name) for name in ("speed_per_year", "volatility", "trend_sd")}
    if one.jumps is not None:
        numbers |= {"dynamics.jumps.rate_per_year": one.jumps.rate_per_year, "dynamics.jumps.sd": one.jumps.sd}
    for path, number in numbers.items():
        if number < 0.0:
            yield _fault("negative", path, number, "0 or more is needed")
    if one.trend_years is not None and not one.trend_years > 0.0:
        yield _fault(
            "out_of_range", "dynamics.trend_years", one.trend_years, "more than 0 is needed; without, it goes on"
        )
    if one.levels and len(one.levels) != len(regimes):
        hint = f"one level a regime is needed: {', '.join(each.name for each in regimes) or 'there are no regimes'}"
        yield _fault("length_mismatch", "dynamics.levels", len(one.levels), hint)


def _added_faults(driver: DrawnDriver, one: Dynamics, known: dict[str, DrawnDriver]) -> Iterator[CaseError]:
    """Faults of what moves from period to period in how it moves its input."""
    if driver.how == "replaces":
        hint = "what moves from period to period multiplies, adds, or multiplies odds"
        yield _fault("bad_value", "how", driver.how, hint)
    if driver.how != "adds":
        for name, said in (("level", one.level is not None), ("carries", bool(one.carries))):
            if said:
                hint = "a spread that moves and what is carried are added: how: adds"
                yield _fault("bad_value", f"dynamics.{name}", getattr(one, name), hint)
    carried = known.get(one.carries)
    if one.carries and (one.carries == driver.name or carried is None or carried.dynamics is None):
        names = [each.name for each in known.values() if each.dynamics is not None and each is not driver]
        hint = f"another driver with dynamics is carried.{did_you_mean(one.carries, names)}"
        yield _fault("unknown_name", "dynamics.carries", one.carries, hint)


def _hazard_faults(one: FailureHazard) -> Iterator[CaseError]:
    if bool(one.by_year) == bool(one.rating):
        hint = "one hazard or more, a year from close (by_year), or a class of rating"
        yield _fault("bad_value" if one.rating else "missing", "hazard.by_year", one.by_year or None, hint)
    if any(hazard < 0.0 for hazard in one.by_year):
        yield _fault("negative", "hazard.by_year", one.by_year, "a hazard is 0 or more")


def late_faults(one: LateBuild) -> Iterator[CaseError]:
    """Faults of how late completion may be, in itself.

    >>> [fault.code for fault in late_faults(LateBuild(on_time=1.2, mean_months=6.0))]
    ['share_out_of_range']
    """
    if one.cases:
        yield from _late_case_faults(one)
        return
    if one.on_time is None or one.mean_months is None:
        yield _fault("missing", "late", None, "on_time and mean_months are needed, or cases")
        return
    if not 0.0 <= one.on_time <= 1.0:
        yield _fault("share_out_of_range", "late.on_time", one.on_time, "a probability lies in 0..1")
    if one.mean_months <= 0.0:
        yield _fault("bad_value", "late.mean_months", one.mean_months, "more than 0 months")
    if not 1 <= one.most_periods < MOST_LATE_CASES:
        yield _fault("bad_value", "late.most_periods", one.most_periods, f"1 to {MOST_LATE_CASES - 1} periods")


def _late_case_faults(one: LateBuild) -> Iterator[CaseError]:
    total = sum(case.share for case in one.cases)
    if one.on_time is not None or one.mean_months is not None:
        yield _fault("bad_value", "late.cases", len(one.cases), "either cases, or on_time and mean_months")
    if len(one.cases) >= MOST_LATE_CASES:
        yield _fault("bad_value", "late.cases", len(one.cases), f"fewer than {MOST_LATE_CASES} cases")
    if abs(total - 1.0) > _ONE:
        yield _fault("pmf_not_one", "late.cases", total, "the shares of all cases are 1 in sum")
    if any(case.share < 0.0 or not case.periods or min(case.periods) < 0 for case in one.cases):
        yield _fault("negative", "late.cases", None, "shares and periods are 0 or more")


def _regime_faults(regimes: Sequence[Regime]) -> Iterator[CaseError]:
    if regimes and abs(sum(one.start for one in regimes) - 1.0) > _ONE:
        total = sum(one.start for one in regimes)
        yield _fault("pmf_not_one", "drivers.regimes", total, "the chances at close are 1 in sum")
    for one in regimes:
        where = f"drivers.regimes.{one.name}"
        if not _NAME.match(one.name):
            yield _fault("bad_value", f"{where}.name", one.name, "a name is one word of letters, digits and _")
        if len(one.next_quarter) != len(regimes):
            hint = f"one chance a regime is needed: {', '.join(each.name for each in regimes)}"
            yield _fault("length_mismatch", f"{where}.next_quarter", len(one.next_quarter), hint)
        elif abs(sum(one.next_quarter) - 1.0) > _ONE or min(one.next_quarter) < 0.0:
            hint = "chances are 0 or more, and 1 in sum"
            yield _fault("pmf_not_one", f"{where}.next_quarter", sum(one.next_quarter), hint)


def _regimes_of_defaults(block: UncertainInputs, beside: UncertainInputs) -> Iterator[CaseError]:
    """Defaults that stand beside a block whose regimes are of another number than theirs."""
    if not block.regimes or not block.defaults:
        return
    own = {*block.without, *(one.name for one in block.drawn)}
    for one in beside.drawn:
        levels = one.dynamics.levels if one.dynamics is not None and one.name not in own else ()
        if levels and len(levels) != len(block.regimes):
            hint = f"the default driver {one.name} has {len(levels)} levels, one a regime; name as many regimes, or replace it"
            yield _fault("length_mismatch", "drivers.regimes", len(block.regimes), hint)


def _correlation_faults(rows: Sequence[Correlation], known: dict[str, Any]) -> Iterator[CaseError]:
    met: set[frozenset[str]] = set()
    for place, one in enumerate(rows, start=1):
        where = f"drivers.correlations.{place}"
        for field in ("one", "other"):
            name = getattr(one, field)
            if name not in known:
                hint = f"no driver of this name.{did_you_mean(name, known)} There are {', '.join(known)}"
                yield _fault("unknown_name", f"{where}.{field}", name, hint)
        if one.one == one.other:
            yield _fault("bad_value", f"{where}.other", one.other, "a driver moves with itself; name another")
        if not -1.0 <= one.value <= 1.0:
            yield _fault("bad_value", f"{where}.value", one.value, "a correlation lies in -1..1")
        if frozenset((one.one, one.other)) in met:
            hint = f"{one.one} and {one.other} have a correlation already"
            yield _fault("duplicate", f"{where}.value", one.value, hint)
        met.add(frozenset((one.one, one.other)))
        yield from _level_faults(one, known, where)


def levels_of(one: DrawnDriver) -> set[str]:
    """When a driver is drawn: once for a scenario, each period, or both (a path with a trend of its own).

    >>> sorted(levels_of(DrawnDriver("rent", "market.price", dynamics=Dynamics(1.5, 0.22, trend_sd=0.1))))
    ['once', 'period']
    """
    if one.dynamics is not None:
        return {"period"} | ({"once"} if one.dynamics.trend_sd else set())
    return {"period"} if one.hazard is not None else {"once"}


def _level_faults(one: Correlation, known: dict[str, DrawnDriver], where: str) -> Iterator[CaseError]:
    if one.one not in known or one.other not in known or one.value == 0.0:
        return
    first, second = known[one.one], known[one.other]
    if not levels_of(first) & levels_of(second):
        once, moving = (first, second) if "once" in levels_of(first) else (second, first)
        hint = (
            f"{once.name} is drawn once for a scenario and {moving.name} in each period: they can only move together "
            f"through a trend of {moving.name} (trend_sd)"
        )
        yield _fault("corr_times", f"{where}.value", one.value, hint)
