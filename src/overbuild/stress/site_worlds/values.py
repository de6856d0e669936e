"""The values of a distribution by id, with what they are called and their units."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Cell
from overbuild.stress.site_worlds.measures import DEFAULTS, EQUITY_NPV, MIN_DSCR
from overbuild.stress.site_worlds.results import TAIL, SiteDistribution
from overbuild.stress.worlds.distribution import ValueDistribution
from overbuild.stress.worlds.intervals import too_few

QUANTILES = {"p5": 0.05, "p50": 0.5, "p95": 0.95}


class StressValue(NamedTuple):
    """A value: its id, what it is called, its unit, and why it is None."""

    id: str
    label: str
    unit: str
    value: Cell
    status: str = ""


def stress_values(found: SiteDistribution) -> Iterator[StressValue]:
    """Every value of a distribution."""
    summary = found.summary
    yield StressValue("scenarios", "Scenarios", "count", summary.scenarios)
    yield StressValue("failed", "Scenarios that could not be computed", "count", summary.scenarios - summary.counted)
    default = found.default
    yield _of("p_default", "Probability of a default", "decimal", default.value)
    yield _of("p_default.low", "Probability of a default, low end", "decimal", default.low)
    yield _of("p_default.high", "Probability of a default, high end", "decimal", default.high)
    for kind in DEFAULTS:
        yield _of(f"p_default.{kind}", f"Probability of a default: {kind}", "decimal", found.chance_of([kind]).value)
    yield _of("p_closed", "Probability that owners close the site", "decimal", found.chance_of(["closed"]).value)
    losses = list(found.losses())
    yield _of("expected_loss", "Expected loss of all lenders", "USD", sum(one.expected.value for one in losses))
    for one in losses:
        yield _of(f"expected_loss.{one.name}", f"Expected loss of {one.name}", "USD", one.expected.value)
        label, few = f"Mean loss of {one.name} in the worst 1%", too_few(summary.counted, 1.0 - TAIL, "a CVaR 99")
        yield _of(f"loss_cvar_99.{one.name}", label, "USD", math.nan if few else one.worst, few or _NONE)
        yield _of(f"p_loss.{one.name}", f"Probability that {one.name} loses", "decimal", one.chance.value)
    for name in QUANTILES:
        yield _quantile(
            found.measure(MIN_DSCR), name, "min_dscr", "Minimum DSCR", "ratio", "no debt service in any scenario"
        )
    npv = found.measure(EQUITY_NPV)
    yield _of("equity_npv.mean", "Owners' NPV, mean", "USD", npv.mean)
    for name in ("p5", "p50", "p95"):
        yield _quantile(npv, name, "equity_npv", "Owners' NPV", "USD", _NONE)
    yield _of("p_equity_hurdle", "Probability that owners reach their hurdle", "decimal", found.reaches_hurdle.value)
    for name, chance in found.breaches():
        yield _of(f"p_breach.{name}", f"Probability of a breach of {name}", "decimal", chance.value)
    for name, share in QUANTILES.items():
        few = too_few(
            round(found.default.value * summary.counted) if summary.counted else 0,
            share,
            f"a {name.upper()} of defaults",
        )
        place = None if few else found.end_by(share)
        label = None if place is None else found.basis.calendar.label(place)
        yield StressValue(
            f"default_period.{name}",
            f"Period of default, {name}",
            "period",
            label,
            "" if label else few or "no default",
        )
    yield StressValue("digest", "What stands for every digit", "", found.worlds.digest)


_NONE = "no scenario could be computed"


def _quantile(values: ValueDistribution, name: str, measure: str, label: str, unit: str, otherwise: str) -> StressValue:
    """A quantile of a measure; None where too few scenarios would have to tell it."""
    few = too_few(values.size, QUANTILES[name], f"a {name.upper()}")
    value = math.nan if few else values.quantile(QUANTILES[name])
    return _of(f"{measure}.{name}", f"{label}, {name}", unit, value, few or otherwise)


def _of(name: str, label: str, unit: str, value: float, otherwise: str = _NONE) -> StressValue:
    none = math.isnan(value)
    return StressValue(name, label, unit, None if none else value, otherwise if none else "")
