"""The summary of scenarios: how many failed and why, how and when they ended, the distribution of each measure.

Summaries of blocks add up to the same digits in any order: counts are whole numbers, distributions add exactly. The
rows of a fan are kept as they are, scenario by scenario, for the first scenarios of a run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from overbuild.stress.worlds.distribution import ValueDistribution, Whole, distribution_of, together
from overbuild.stress.worlds.draws import Row

Block: TypeAlias = Mapping[str, Any]
"""What a block function gives, one entry a scenario (the last axis), by name: see `summary_of`."""

NOT_FINITE, TOO_LARGE = "a result is no finite number", "a result is too large to be summed"
_LARGEST = 1e20


class ScenarioMeasure(NamedTuple):
    """A number of a scenario by the name under which a block gives it, and the grid on which it is summed."""

    name: str
    grid: float


class Asked(NamedTuple):
    """What is kept of scenarios.

    `kinds` are the ways in which a scenario may end before its time, `reasons` those for which it may not be computed,
    `places` is the number of places along time, `fans` are rows kept whole.
    """

    measures: tuple[ScenarioMeasure, ...]
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    places: int = 1
    fans: tuple[str, ...] = ()

    @property
    def every_reason(self) -> tuple[str, ...]:
        """Reasons of the block function, then those found here."""
        return (*self.reasons, NOT_FINITE, TOO_LARGE)


class Fan(NamedTuple):
    """Rows of scenarios from the first on, by name: (place, scenario), NaN where there is none."""

    first: int
    rows: dict[str, Row]


class Summary(NamedTuple):
    """What so many scenarios have in common.

    `failed` counts scenarios that could not be computed, by reason; they count nowhere else. `ended` counts the others
    by (kind, place): kind 0 in place 0 are those that run to their end.
    """

    scenarios: int
    failed: Whole
    ended: Whole
    measures: dict[str, ValueDistribution]

    @property
    def counted(self) -> int:
        """Scenarios that were computed."""
        return self.scenarios - int(self.failed.sum())


def summary_of(block: Block, asked: Asked) -> Summary:
    """The summary of a block.

    A block has a row for each measure, NaN where the number does not exist; `ended_as` with the number of a kind,
    counted from 1, or 0; `ended_in` with the place; and `failed` with the number of a reason, counted from 1, or 0.
    Without `ended_as` all run to their end, without `failed` all are computed. Infinite numbers fail a scenario.

    >>> from overbuild.stress.worlds.distribution import RATIO_GRID
    >>> block = {"cover": np.array([1.5, np.inf, 1.0, 2.0]), "ended_as": np.array([0, 0, 1, 0]), "ended_in": np.array([0, 0, 3, 0])}
    >>> found = summary_of(block, Asked((ScenarioMeasure("cover", RATIO_GRID),), ("default",), places=4))
    >>> found.counted, found.failed.tolist(), int(found.ended[1, 3]), found.measures["cover"].mean
    (3, [1, 0], 1, 1.5)
    """
    rows = {one.name: np.asarray(block[one.name], dtype=np.float64) for one in asked.measures}
    count = next(iter(rows.values())).size
    none = np.zeros(count, np.int64)
    failed = np.asarray(block.get("failed", none), dtype=np.int64)
    for row in rows.values():
        failed = np.where((failed == 0) & np.isinf(row), len(asked.reasons) + 1, failed)
        failed = np.where((failed == 0) & (np.abs(row) > _LARGEST), len(asked.reasons) + 2, failed)
    computed = failed == 0
    kinds = np.asarray(block.get("ended_as", none), dtype=np.int64)
    places = np.where(kinds > 0, np.asarray(block.get("ended_in", none), dtype=np.int64), 0)
    width = max(1, asked.places)
    cells = np.bincount((kinds * width + places)[computed], minlength=(len(asked.kinds) + 1) * width)
    return Summary(
        scenarios=count,
        failed=np.bincount(failed, minlength=len(asked.every_reason) + 1)[1:].astype(np.int64),
        ended=cells.reshape(len(asked.kinds) + 1, width).astype(np.int64),
        measures={
            one.name: distribution_of(rows[one.name] if computed.all() else rows[one.name][computed], one.grid)
            for one in asked.measures
        },
    )


def fan_of(block: Block, asked: Asked, first: int, count: int) -> Fan | None:
    """The rows of a block's first scenarios that are kept whole; None where nothing is asked for or left."""
    there = {name: np.array(block[name][:, :count]) for name in asked.fans if name in block and count > 0}
    return Fan(first, there) if there else None


def added(parts: Sequence[Summary]) -> Summary:
    """The summary of all parts: the same digits in whatever order they come."""
    return Summary(
        scenarios=sum(one.scenarios for one in parts),
        failed=np.sum([one.failed for one in parts], axis=0),
        ended=np.sum([one.ended for one in parts], axis=0),
        measures={name: together([one.measures[name] for one in parts]) for name in parts[0].measures},
    )


def whole_fan(parts: Sequence[Fan]) -> Fan | None:
    """The rows of all parts side by side, in the order of the scenarios."""
    those = sorted(parts, key=lambda one: one.first)
    if not those:
        return None
    return Fan(
        those[0].first, {name: np.concatenate([one.rows[name] for one in those], axis=1) for name in those[0].rows}
    )


def digest_of(summary: Summary, fan: Fan | None) -> str:
    """Sixteen letters that stand for every digit of a summary."""
    found = hashlib.sha256()
    for name, array in arrays_of(summary, fan).items():
        found.update(f"{name}:{array.dtype.str}:{array.shape};".encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()[:16]


def arrays_of(summary: Summary, fan: Fan | None) -> dict[str, np.ndarray[Any, Any]]:
    """Everything as arrays by name, as they are written to a file."""
    found: dict[str, np.ndarray[Any, Any]] = {
        "scenarios": np.array(summary.scenarios),
        "failed": summary.failed,
        "ended": summary.ended,
    }
    for name, one in summary.measures.items():
        for field, value in one._asdict().items():
            found[f"measure:{name}:{field}"] = np.asarray(value)
    if fan is not None:
        found["first"] = np.array(fan.first)
        found |= {f"fan:{name}": row for name, row in fan.rows.items()}
    return found


def from_arrays(arrays: Mapping[str, np.ndarray[Any, Any]]) -> tuple[Summary, Fan | None]:
    """The summary and the fan that were written as arrays. Raises KeyError or ValueError for arrays of another make."""
    fields: dict[str, dict[str, Any]] = {}
    rows: dict[str, Row] = {}
    for name, array in arrays.items():
        kind, _, rest = name.partition(":")
        if kind == "measure":
            measure, _, field = rest.rpartition(":")
            fields.setdefault(measure, {})[field] = array.item() if array.ndim == 0 else array
        elif kind == "fan":
            rows[rest] = array
    measures = {name: ValueDistribution(**those) for name, those in fields.items()}
    summary = Summary(int(arrays["scenarios"]), arrays["failed"], arrays["ended"], measures)
    return summary, Fan(int(arrays["first"]), rows) if rows else None
