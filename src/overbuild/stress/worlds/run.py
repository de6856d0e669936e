"""Many scenarios, part by part: the only file that knows of parts, of those who run them and of going on after a kill.

Workers know the scenarios by their numbers, so the answer is the same to the last digit for any size of parts, any
number of threads or machines and any order.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeAlias

from overbuild.errors import InputError, OverbuildError, raise_all
from overbuild.stress.worlds.intervals import share_of
from overbuild.stress.worlds.kept import KeptBlocks
from overbuild.stress.worlds.summaries import Asked, Fan, Summary, added, digest_of, whole_fan
from overbuild.stress.worlds.workers.running_sum import RunningSum
from overbuild.stress.worlds.workers.summarised import BLOCK, BlockFunction, Summarised, Workers
from overbuild.stress.worlds.workers.threads import ThreadWorkers

MOST_SCENARIOS = 10_000_000_000

_CHECKED = 16_384
_MOST_THREADS = 256
_LOOKED_EVERY = 1.0


Progress: TypeAlias = Callable[[int, int], None]
"""Told how many scenarios are done, of how many."""


class HowMany(NamedTuple):
    """How many scenarios, on how many threads, in parts of what size.

    `scramble` is the number of scenarios of a Sobol scramble, 0 where scenarios are independent. With `until_error` a run
    ends as soon as half the 95% interval of the probability of an early end is no wider than that.
    """

    scenarios: int
    threads: int = 1
    block: int = BLOCK
    scramble: int = 0
    until_error: float | None = None


class WorldsRun(NamedTuple):
    """What was run: the summary of all scenarios, of each Sobol scramble, the rows of the first.

    `stopped` says why fewer than `wanted` were run, empty where all were.
    """

    asked: Asked
    summary: Summary
    by_scramble: tuple[Summary, ...]
    fan: Fan | None
    wanted: int
    stopped: str = ""

    @property
    def digest(self) -> str:
        """Sixteen letters that stand for every digit."""
        return digest_of(self.summary, self.fan)


def checked(wanted: HowMany) -> HowMany:
    """The same, where it can be run. Raises InputError(s) with every fault.

    >>> checked(HowMany(0))
    Traceback (most recent call last):
    overbuild.errors.InputError: scenarios: must be a whole number from 1 to 10,000,000,000 (got 0) [out_of_range]
    """
    faults: list[InputError] = []
    if not 1 <= wanted.scenarios <= MOST_SCENARIOS:
        hint = f"must be a whole number from 1 to {MOST_SCENARIOS:,}"
        faults.append(InputError("out_of_range", "scenarios", wanted.scenarios, hint))
    if not 1 <= wanted.threads <= _MOST_THREADS:
        hint = f"must be a whole number from 1 to {_MOST_THREADS}"
        faults.append(InputError("out_of_range", "threads", wanted.threads, hint))
    if wanted.until_error is not None and not 0.0 < wanted.until_error < 1.0:
        hint = "is half the width of the interval of a probability: must lie between 0 and 1, for example 0.001"
        faults.append(InputError("out_of_range", "until_error", wanted.until_error, hint))
    if wanted.until_error is not None and wanted.scramble:
        hint = "Sobol points keep their balance only in their full number; use --sampler random"
        faults.append(InputError("contradiction", "until_error", wanted.until_error, hint))
    raise_all(faults)
    return wanted


def threads_here() -> int:
    """Threads that a run takes where none are asked for: one a core, at most eight."""
    return max(1, min(8, os.cpu_count() or 1))


def run_worlds(
    block: BlockFunction,
    asked: Asked,
    wanted: HowMany,
    *,
    kept: KeptBlocks | None = None,
    progress: Progress | None = None,
) -> WorldsRun:
    """Run scenarios 0, 1, 2, ... and sum them up.

    With `kept` a block that is there is read and not run, and each block that is run is written. An interrupt (Ctrl-C)
    ends the run with the blocks that are done; without any it is raised. Raises what the block function raises;
    InputError as `checked`, and `not_writable` from `kept`.

    >>> import numpy as np
    >>> from overbuild.stress.worlds.distribution import RATIO_GRID
    >>> from overbuild.stress.worlds.summaries import ScenarioMeasure
    >>> found = run_worlds(lambda first, count: {"x": np.arange(first, first + count) / 2.0},
    ...     Asked((ScenarioMeasure("x", RATIO_GRID),)), HowMany(10_000))
    >>> found.summary.measures["x"].mean
    2499.75
    """
    with ThreadWorkers(block, asked, checked(wanted).threads) as workers:
        return run_on(workers, asked, wanted, kept=kept, progress=progress)


def run_on(
    workers: Workers,
    asked: Asked,
    wanted: HowMany,
    *,
    kept: KeptBlocks | None = None,
    progress: Progress | None = None,
) -> WorldsRun:
    """Run scenarios 0, 1, 2, ... on workers, and sum them up, as `run_worlds` does. Raises also what the workers raise."""
    run = _Running(workers, asked, checked(wanted), kept, progress)
    try:
        run.all()
    except KeyboardInterrupt:
        if not run.done:
            raise
        run.stopped = f"stopped by hand after {run.done:,} of {wanted.scenarios:,} scenarios"
    return run.worlds()


class _Part(NamedTuple):
    """A part to be run, by its number."""

    number: int
    first: int
    size: int


@dataclass
class _Running:
    """A run under way."""

    workers: Workers
    asked: Asked
    wanted: HowMany
    kept: KeptBlocks | None
    progress: Progress | None
    sums: dict[int, RunningSum] = field(default_factory=dict[int, RunningSum])
    fans: list[Fan] = field(default_factory=list[Fan])
    stopped: str = ""

    @property
    def done(self) -> int:
        """Scenarios that are done."""
        return sum(one.scenarios for one in self.sums.values())

    def all(self) -> None:
        for stretch in self._stretches():
            self._run(stretch)
            if self._sure_enough() and self.done < self.wanted.scenarios:
                error = f"{self.wanted.until_error:g}"
                self.stopped = f"ended after {self.done:,} scenarios: the probability is known to within {error}"
                return

    def worlds(self) -> WorldsRun:
        by_scramble = tuple(one.whole() for _, one in sorted(self.sums.items()) if one.scenarios)
        return WorldsRun(
            self.asked, added(by_scramble), by_scramble, whole_fan(self.fans), self.wanted.scenarios, self.stopped
        )

    def _stretches(self) -> Iterator[Iterator[_Part]]:
        """Parts in the order of their numbers; with an error asked for, in stretches after each of which one looks."""
        size = self.wanted.block if not self.wanted.scramble else min(self.wanted.block, self.wanted.scramble)
        every = range(-(-self.wanted.scenarios // size))
        step = max(1, _CHECKED // size) if self.wanted.until_error is not None else len(every)
        for start in range(0, len(every), step):
            yield (
                _Part(number, number * size, min(size, self.wanted.scenarios - number * size))
                for number in every[start : start + step]
            )

    def _run(self, stretch: Iterator[_Part]) -> None:
        running: dict[Future[Summarised], _Part] = {}
        try:
            for part in stretch:
                running[self._started(part)] = part
                while len(running) >= self.workers.room:
                    self._collect_some(running)
            while running:
                self._collect_some(running)
        except BaseException:
            self._finish(running)
            raise

    def _started(self, part: _Part) -> Future[Summarised]:
        there = None if self.kept is None else self.kept.block(part.number)
        if there is not None and there[0].scenarios == part.size:
            read = Future[Summarised]()
            read.set_result(Summarised(*there))
            return read
        keep = None if self.kept is None else partial(self.kept.keep, part.number)
        return self.workers.start(part.first, part.size, keep)

    def _collect_some(self, running: dict[Future[Summarised], _Part]) -> None:
        """Wait for a part, and collect what is ready."""
        ready = wait(running, timeout=_LOOKED_EVERY, return_when=FIRST_COMPLETED).done
        for one in ready:
            self._collect(running.pop(one), one.result())
        if not ready:
            self.workers.look()
        elif self.progress is not None:
            self.progress(self.done, self.wanted.scenarios)

    def _finish(self, running: dict[Future[Summarised], _Part]) -> None:
        """Start no more parts, and collect those that are under way, as long as there is someone to run them."""
        left = {one: part for one, part in running.items() if not one.cancel()}
        while left:
            ready = wait(left, timeout=_LOOKED_EVERY, return_when=FIRST_COMPLETED).done
            for one in ready:
                part = left.pop(one)
                if one.exception() is None:
                    self._collect(part, one.result())
            try:
                self.workers.look()
            except OverbuildError:
                return

    def _collect(self, part: _Part, found: Summarised) -> None:
        scramble = part.first // self.wanted.scramble if self.wanted.scramble else 0
        self.sums.setdefault(scramble, RunningSum()).add(found.summary)
        if found.fan is not None:
            self.fans.append(found.fan)

    def _sure_enough(self) -> bool:
        if self.wanted.until_error is None:
            return False
        ended = sum(one.ended_early for one in self.sums.values())
        error = share_of(ended, self.done).error
        return not math.isnan(error) and error <= self.wanted.until_error
