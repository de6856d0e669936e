"""What many worlds of a site come to: how likely it fails, how and when, what each lender loses, what owners get.

Probabilities are shares of the scenarios that could be computed, with intervals of 95%: Wilson's for independent
scenarios, Student's over the sixteen scrambles for Sobol points. Money is in USD.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np

from overbuild.site.case.uncertain.uncertain import Uncertain
from overbuild.site.case_run import CaseRun
from overbuild.stress.site_worlds.drawing import ScenarioSource
from overbuild.stress.site_worlds.measures import (
    DEFAULTED,
    DEFAULTS,
    HURDLE,
    KINDS,
    MOVED,
    breach_of,
    lenders_of,
    loss_of,
    tests_of,
)
from overbuild.stress.worlds.distribution import ValueDistribution
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.estimates import Hits, above_zero, estimated, fifths, mean_in
from overbuild.stress.worlds.intervals import SampleEstimate
from overbuild.stress.worlds.run import WorldsRun
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.summaries import Summary

FAN_SHARES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
"""Quantiles of a fan."""

TAIL = 0.01
"""The share of worst scenarios over which a loss is averaged: expected shortfall at 99%."""


class LenderLoss(NamedTuple):
    """What a lender loses: what it lent in the case, how often it loses, in the mean, in the mean of the worst 1%."""

    name: str
    lent: float
    chance: SampleEstimate
    expected: SampleEstimate
    worst: float


class EndOfSite(NamedTuple):
    """A way in which a site ends before its time: how often, and the places by which 5, 50 and 95% of these have ended."""

    kind: str
    chance: SampleEstimate
    early: int | None
    median: int | None
    late: int | None


class FanPlace(NamedTuple):
    """A row in one place: the share of scenarios that have a number there, and its quantiles; NaN where none has."""

    place: int
    there: float
    quantiles: tuple[float, ...]


class MovedDefault(NamedTuple):
    """How often a site defaults in the fifth of the worlds in which a driver is lowest, and in which it is highest."""

    name: str
    lowest: float
    highest: float

    @property
    def swing(self) -> float:
        """How far apart they are."""
        return abs(self.highest - self.lowest)


class SiteDistribution(NamedTuple):
    """A site over many worlds, beside the case as it stands: what is uncertain, how it was drawn, what came of it.

    `owners_complete` says that owners pay what building costs beyond the budget, as the case does not say who does.
    """

    basis: CaseRun
    uncertain: Uncertain
    settings: StressSettings
    worlds: WorldsRun
    source: ScenarioSource
    owners_complete: bool = False

    @property
    def summary(self) -> Summary:
        """The summary of all scenarios."""
        return self.worlds.summary

    @property
    def default(self) -> SampleEstimate:
        """The probability of a default."""
        return self.chance_of(DEFAULTS)

    @property
    def reaches_hurdle(self) -> SampleEstimate:
        """The probability that the owners' NPV at their hurdle is 0 or more."""
        return self.share(HURDLE)

    def chance_of(self, kinds: Collection[str]) -> SampleEstimate:
        """The probability of an end of some kinds."""
        rows = [1 + KINDS.index(kind) for kind in kinds]
        return estimated(
            self.worlds, [Hits(int(one.ended[rows].sum()), one.counted) for one in self.worlds.by_scramble]
        )

    def share(self, measure: str) -> SampleEstimate:
        """The probability of a measure that is 1 or 0."""
        return estimated(
            self.worlds, [Hits(round(one.measures[measure].total), one.counted) for one in self.worlds.by_scramble]
        )

    def measure(self, name: str) -> ValueDistribution:
        """The distribution of a measure."""
        return self.summary.measures[name]

    def mean(self, name: str) -> SampleEstimate:
        """The mean of a measure."""
        return mean_in(self.worlds, name)

    def ends(self) -> Iterator[EndOfSite]:
        """The ways in which scenarios end before their time, the most frequent first."""
        order = sorted(KINDS, key=lambda kind: -int(self.summary.ended[1 + KINDS.index(kind)].sum()))
        for kind in order:
            if self.summary.ended[1 + KINDS.index(kind)].any():
                yield EndOfSite(kind, self.chance_of([kind]), *(self.end_by(one, [kind]) for one in (0.05, 0.5, 0.95)))

    def end_by(self, share: float, kinds: Collection[str] = DEFAULTS) -> int | None:
        """The place by which this share of the ends of some kinds has come; None without any."""
        counts = self.summary.ended[[1 + KINDS.index(kind) for kind in kinds]].sum(axis=0)
        if not counts.any():
            return None
        return int(np.searchsorted(np.cumsum(counts), math.ceil(share * int(counts.sum())), side="left"))

    def losses(self) -> Iterator[LenderLoss]:
        """What each lender loses, in the order of the case."""
        for name in lenders_of(self.basis.run.model).names:
            found = self.measure(loss_of(name))
            yield LenderLoss(
                name,
                float(self.basis.run.totals[f"{name}.debt"]),
                estimated(self.worlds, [above_zero(one.measures[loss_of(name)]) for one in self.worlds.by_scramble]),
                self.mean(loss_of(name)),
                found.worst_mean(TAIL),
            )

    def breaches(self) -> Iterator[tuple[str, SampleEstimate]]:
        """The tests of the case by name, each with the probability that it is ever breached."""
        for name in tests_of(self.basis.run.model):
            yield name, self.share(breach_of(name))

    def fan(self, row: str) -> Iterator[FanPlace]:
        """Quantiles of a row in each place, of the first scenarios."""
        if self.worlds.fan is None:
            return
        for place, values in enumerate(self.worlds.fan.rows[row]):
            there = np.sort(values[~np.isnan(values)])
            yield FanPlace(place, there.size / values.size, tuple(_ranked(there, share) for share in FAN_SHARES))

    def moves(self) -> list[MovedDefault]:
        """What a driver has to do with defaults, the driver with the widest gap first."""
        if self.worlds.fan is None:
            return []
        failed = self.worlds.fan.rows[DEFAULTED][0]
        found = [
            _fifths(name, row, failed)
            for name, row in zip(self.source.followed, self.worlds.fan.rows[MOVED], strict=True)
        ]
        return sorted(found, key=lambda one: -one.swing)


def _ranked(values: Row, share: float) -> float:
    """The value of a rank, of values in rising order; NaN without any."""
    return float(values[max(0, math.ceil(share * values.size) - 1)]) if values.size else math.nan


def _fifths(name: str, row: Row, failed: Row) -> MovedDefault:
    """Defaults where a number is lowest and where it is highest."""
    ends = fifths(row)
    return MovedDefault(name, float(failed[ends.lowest].mean()), float(failed[ends.highest].mean()))
