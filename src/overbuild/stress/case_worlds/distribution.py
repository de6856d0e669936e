"""What many worlds of a case come to: each result with its quantiles, how likely it is bad, which driver moves it most.

Probabilities and means are of the scenarios that could be computed and in which the result exists, with intervals of
95%: Wilson's and the normal for independent scenarios, Student's over the sixteen scrambles for Sobol points.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from overbuild.stress.case_worlds.asked_results import AskedResult
from overbuild.stress.case_worlds.deciding_result import DecidingResult
from overbuild.stress.case_worlds.worlds import CaseWorlds
from overbuild.stress.worlds.distribution import ValueDistribution
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.estimates import Hits, below_zero, estimated, fifths, mean_in
from overbuild.stress.worlds.intervals import NOT_TOLD, SampleEstimate, quantile_of, too_few
from overbuild.stress.worlds.run import WorldsRun

BAD, DRAWN, FOUND = "bad", "drawn", "found"

QUANTILES = (0.05, 0.5, 0.95)
"""The quantiles that are told of a result."""


class MovedResult(NamedTuple):
    """The mean of a result in the fifth of the worlds in which a driver is lowest, and in which it is highest."""

    name: str
    lowest: float
    highest: float

    @property
    def swing(self) -> float:
        """How far apart they are."""
        return abs(self.highest - self.lowest)


class ResultDistribution(NamedTuple):
    """A result over many worlds, beside what it is in the case itself (None where it does not exist there).

    A quantile is NaN where the result exists in too few worlds to tell it.
    """

    asked: AskedResult
    at_base: float | None
    values: ValueDistribution
    mean: SampleEstimate
    quantiles: tuple[SampleEstimate, ...]
    below_zero: SampleEstimate
    not_existing: SampleEstimate

    def untold(self, share: float) -> str:
        """Why a quantile is not told; empty where it is."""
        if not self.values.size:
            return "it exists in no world"
        return too_few(self.values.size, share, f"a P{100.0 * share:g}")


class CaseDistribution(NamedTuple):
    """A case over many worlds: how it was drawn, what is bad, what came of it."""

    worlds: CaseWorlds
    verdict: DecidingResult
    run: WorldsRun

    @property
    def ids(self) -> tuple[str, ...]:
        """The results by id."""
        return tuple(one.id for one in self.worlds.results)

    @property
    def bad(self) -> SampleEstimate:
        """The probability of what is bad."""
        return estimated(self.run, [Hits(int(one.ended[1:].sum()), one.counted) for one in self.run.by_scramble])

    def result(self, name: str) -> ResultDistribution:
        """A result by its id. Raises KeyError."""
        asked = next((one for one in self.worlds.results if one.id == name), None)
        if asked is None:
            raise KeyError(name)
        found = self.run.summary.measures[name]
        every = [one.measures[name] for one in self.run.by_scramble]
        return ResultDistribution(
            asked,
            self.worlds.at_base[name],
            found,
            mean_in(self.run, name),
            tuple(_told(found, share) for share in QUANTILES),
            estimated(self.run, [below_zero(one) for one in every]),
            estimated(self.run, [Hits(one.missing, one.missing + one.size) for one in every]),
        )

    def chance(self, name: str, level: float, *, above: bool = True) -> SampleEstimate:
        """The probability that a result lies above (or below) a level, of the worlds in which it exists."""
        row, size = self.values(name), self.run.wanted
        part = self.worlds.how_many.scramble or size
        hits: list[Hits] = []
        for first in range(0, row.size, part):
            some = row[first : first + part]
            there = some[np.isfinite(some)]
            hits.append(Hits(int((there > level if above else there < level).sum()), there.size))
        return estimated(self.run, hits)

    def values(self, name: str) -> Row:
        """A result of every scenario that was run, drawn and run again; NaN where it does not exist."""
        return self.worlds.values(name, scenarios=self.run.summary.scenarios)[name]

    def moves(self, name: str) -> list[MovedResult]:
        """What each driver has to do with a result, of the first worlds; the driver with the widest gap first."""
        fan = self.run.fan
        if fan is None or not self.worlds.names:
            return []
        row = fan.rows[FOUND][self.ids.index(name)]
        found = [
            MovedResult(driver, *(_mean(row[part]) for part in fifths(drawn)))
            for driver, drawn in zip(self.worlds.names, fan.rows[DRAWN], strict=True)
        ]
        return sorted(found, key=lambda one: -one.swing if math.isfinite(one.swing) else 0.0)


def _told(found: ValueDistribution, share: float) -> SampleEstimate:
    """A quantile with its interval; NaN of too few values."""
    return NOT_TOLD if too_few(found.size, share, "") else quantile_of(found, share)


def _mean(row: Row) -> float:
    there = row[np.isfinite(row)]
    return float(there.mean()) if there.size else math.nan
