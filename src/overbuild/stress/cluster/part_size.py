"""How many scenarios a worker is given at once: enough to hide what handing them out costs, few enough to share."""

from __future__ import annotations

import math
import time
from typing import NamedTuple

from overbuild.stress.worlds.summaries import Asked
from overbuild.stress.worlds.workers.summarised import BLOCK, BlockFunction, summarised

SECONDS = 2.0
"""What a part is meant to take: a hundred times and more what handing it out costs."""

_MOST = 2**20
_PARTS_A_THREAD = 4
_ROUNDS = 3


class MeasuredBlock(NamedTuple):
    """What a block takes on one core of this machine, in seconds of its clock."""

    scenarios: int
    seconds: float

    @property
    def each(self) -> float:
        """Seconds a scenario."""
        return self.seconds / self.scenarios


def measured(block: BlockFunction, asked: Asked) -> MeasuredBlock:
    """What a block takes, the least of three once its code is made. Blocks beyond the rows of fans are measured."""
    summarised(block, asked, 0, BLOCK)
    taken: list[float] = []
    for place in range(_ROUNDS):
        began = time.thread_time()
        summarised(block, asked, (8 + place) * BLOCK, BLOCK)
        taken.append(time.thread_time() - began)
    return MeasuredBlock(BLOCK, min(taken))


def part_size(block: BlockFunction, asked: Asked, scenarios: int, threads: int) -> int:
    """Scenarios of a part of a run on so many threads: a power of two of blocks."""
    return size_of_part(measured(block, asked).each, scenarios, threads)


def size_of_part(each: float, scenarios: int, threads: int) -> int:
    """Scenarios of a part where one takes so many seconds.

    >>> size_of_part(1e-5, 10_000_000, 2), size_of_part(1e-5, 50_000, 2), size_of_part(1e-2, 10_000_000, 2)
    (131072, 4096, 4096)
    """
    long_enough = SECONDS / max(each, 1e-9)
    shared = scenarios / (_PARTS_A_THREAD * max(1, threads))
    most = min(long_enough, shared, float(_MOST))
    return max(BLOCK, 2 ** math.floor(math.log2(max(1.0, most))))
