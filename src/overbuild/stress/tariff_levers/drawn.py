"""Worlds of a large load: its drivers drawn, and the deal run in all of them at once, on the same draws each time."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from overbuild.equations import flatten
from overbuild.equations.records import replaced
from overbuild.errors import InputError, raise_all
from overbuild.policy.tariff.case import TariffPlan
from overbuild.policy.tariff.deal_run import model_of_plan
from overbuild.stress.worlds.dependence import Row, correlated
from overbuild.stress.worlds.draws import HIGHEST_SEED, normals, scenario_ids
from overbuild.stress.worlds.run import HowMany, checked
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.drivers.declared import DriversBlock, UncertainInputs
from overbuild.world.drivers.dependence import Pair, correlation_matrix, mixing
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.record import RecordReading, read_record
from overbuild.world.sourced import Sourced
from overbuild.world.tree import read_tree

FILE = "large-loads-2026.yaml"
MOST_SCENARIOS = 200_000
BLOCK = 8192


class DrawnDeal(NamedTuple):
    """A deal with what is uncertain of it, drawn: values by input, one entry a world."""

    plan: TariffPlan
    scenarios: int
    seed: int
    values: dict[str, Row]


class _LoadDrivers(NamedTuple):
    drivers: UncertainInputs
    inputs: Mapping[str, Sourced]


@functools.cache
def _read() -> _LoadDrivers:
    text = files("overbuild.world").joinpath("presets", FILE).read_text("utf-8")
    reading = RecordReading()
    found = read_record(read_tree(text, FILE), DriversBlock, reading)
    raise_all(reading.faults)
    assert found is not None and found.drivers is not None
    return _LoadDrivers(found.drivers, reading.inputs)


def drivers_of_large_loads() -> UncertainInputs:
    """What is uncertain of any large load.

    >>> [one.name for one in drivers_of_large_loads().drawn][:3]
    ['arrival', 'lateness', 'stay']
    """
    return _read().drivers


def drawn_assumptions() -> dict[str, Sourced]:
    """Every number of what is drawn that stands alone, by its path.

    >>> drawn_assumptions()["drivers.drawn.stay.distribution.median"].value
    0.55
    """
    return {path: one for path, one in _read().inputs.items() if one.reason and isinstance(one.value, int | float)}


def drawn_deal(plan: TariffPlan, scenarios: int, seed: int) -> DrawnDeal:
    """A deal with its drivers drawn once for each of so many worlds; a driver of an input that the case leaves out is left out.

    Raises InputError for a number of worlds or a seed that cannot be.

    >>> from pathlib import Path
    >>> from overbuild.policy.tariff.faults import TARIFFS
    >>> from overbuild.world.case_record import read_case
    >>> found = drawn_deal(read_case(Path("preset:aep-ohio"), TARIFFS).record, 1000, 1)
    >>> round(float(np.mean(found.values["load.arrives_share"] == 0.0)), 2)
    0.09
    """
    checked(HowMany(scenarios))
    if scenarios > MOST_SCENARIOS:
        hint = f"must be a whole number from 1 to {MOST_SCENARIOS:,} here"
        raise InputError("out_of_range", "scenarios", scenarios, hint)
    if not 0 <= seed <= HIGHEST_SEED:
        raise InputError("out_of_range", "seed", seed, f"must be a whole number from 0 to {HIGHEST_SEED}")
    block, numbers = drivers_of_large_loads(), flatten(plan)
    names = [one.name for one in block.drawn]
    pairs = [Pair(one.one, one.other, one.value) for one in block.correlations]
    ids = scenario_ids(0, scenarios)
    independent = np.array([normals(seed, place, ids) for place in range(len(names))])
    scores = correlated(independent, mixing(correlation_matrix(names, pairs)))
    values: dict[str, Row] = {}
    for one, score in zip(block.drawn, scores, strict=True):
        base = numbers.get(one.input)
        if base is not None and one.distribution is not None:
            values[one.input] = _moved(float(base), one.how, quantile_of(one.distribution)(score))
    return DrawnDeal(plan, scenarios, seed, values)


def _moved(base: float, how: str, value: Row) -> Row:
    """The number of the case in each world."""
    if how == "odds":
        odds = base * np.exp(value)
        return np.asarray(odds / (1.0 - base + odds), dtype=np.float64)
    moved = {"multiplies": base * value, "adds": base + value, "replaces": value}
    return np.asarray(moved[how], dtype=np.float64)


def outcomes(drawn: DrawnDeal, plan: TariffPlan, line: str) -> Row:
    """A line of the results in every world, of the drawn deal under the rule of `plan`."""
    found = [
        _block(drawn, plan, line, first, min(first + BLOCK, drawn.scenarios))
        for first in range(0, drawn.scenarios, BLOCK)
    ]
    return np.concatenate(found)


def _block(drawn: DrawnDeal, plan: TariffPlan, line: str, first: int, end: int) -> Row:
    moved: Any = replaced(plan, {path: row[first:end] for path, row in drawn.values.items()})
    rows = run_compiled(model_of_plan(moved), [line]).rows
    amounts = np.asarray(rows["results"][line][0], dtype=np.float64)
    return np.broadcast_to(amounts, (end - first,))
