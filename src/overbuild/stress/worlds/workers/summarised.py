"""What comes of a part of the scenarios, and what any worker has to be able to do.

A *block function* gives the scenarios from `first` on as arrays; a part is run block by block, and only its summary stays.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple, Protocol, TypeAlias

from overbuild.stress.worlds.summaries import Asked, Block, Fan, Summary, added, fan_of, summary_of, whole_fan

BLOCK = 4096
"""Scenarios of a block: few enough to stay in the cache of a core, many enough to hide what a call costs."""

FAN_SCENARIOS = 16_384
"""Rows of a fan are kept of the first so many scenarios of a run."""

_MERGED = 16


class BlockFunction(Protocol):
    """Gives so many scenarios from the first on: see `summary_of` for what a block holds."""

    def __call__(self, first: int, count: int) -> Block:
        """A block of scenarios."""
        ...


class Summarised(NamedTuple):
    """What comes of a part: its summary, and the rows of those of its scenarios that are kept whole."""

    summary: Summary
    fan: Fan | None


Keep: TypeAlias = Callable[[Summary, Fan | None], None]
"""Keeps what comes of a part before it counts as done."""


class Workers(Protocol):
    """Those who run parts of the scenarios."""

    @property
    def room(self) -> int:
        """How many parts may be under way at once, those included that wait for a free worker."""
        ...

    def start(self, first: int, count: int, keep: Keep | None) -> Future[Summarised]:
        """Start a part; what comes of it is kept before the future has it."""
        ...

    def look(self) -> None:
        """Asked about once a second while nothing comes. Raises where nothing will."""
        ...


def summarised(block: BlockFunction, asked: Asked, first: int, count: int) -> Summarised:
    """What comes of so many scenarios from the first on, in the memory of a block.

    >>> import numpy as np
    >>> from overbuild.stress.worlds.distribution import RATIO_GRID
    >>> from overbuild.stress.worlds.summaries import ScenarioMeasure
    >>> found = summarised(lambda first, count: {"x": np.arange(first, first + count) / 2.0},
    ...     Asked((ScenarioMeasure("x", RATIO_GRID),)), 0, 10_000)
    >>> found.summary.scenarios, found.summary.measures["x"].mean
    (10000, 2499.75)
    """
    summaries, fans = list[Summary](), list[Fan]()
    for start in range(first, first + count, BLOCK):
        size = min(BLOCK, first + count - start)
        found = block(start, size)
        summaries.append(summary_of(found, asked))
        rows = fan_of(found, asked, start, min(size, FAN_SCENARIOS - start))
        fans += [] if rows is None else [rows]
        if len(summaries) >= _MERGED:
            summaries = [added(summaries)]
    return Summarised(summaries[0] if len(summaries) == 1 else added(summaries), whole_fan(fans))
