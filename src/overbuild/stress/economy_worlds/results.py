"""What the economy comes to over many worlds: losses by class with their intervals, the tail, who stops in it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.lenders.clearing.payment_system import Places
from overbuild.stress.economy_worlds.drawing import FOLLOWED, LOST, MOVED, STOPPED, Coordinates
from overbuild.stress.economy_worlds.too_big_drawn import DrawnTooBig
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.intervals import SampleEstimate, mean_of, mean_of_scrambles, quantile_of, share_of
from overbuild.stress.worlds.run import WorldsRun
from overbuild.stress.worlds.settings import StressSettings

TAIL = 0.05
"""The share of worlds that are the tail: those in which all lose most."""

_Z = 1.959963984540054
_FEWEST = 30
"""Worlds that a conditional quantile needs."""


class ClassLosses(NamedTuple):
    """What a class loses over the worlds, USD: mean and quantiles with intervals, the mean of the worst, and in the tail of all."""

    id: str
    mean: SampleEstimate
    median: float
    p95: SampleEstimate
    p99: SampleEstimate
    worst: SampleEstimate
    in_tail: float


class TailParty(NamedTuple):
    """A company: how often it stops, how often in the tail of all losses, and what the tail is where it stops.

    `with_it` is the 95% quantile of all losses where it stops, `apart` how far that lies above where it stands; NaN where too
    few worlds have it.
    """

    id: str
    label: str
    stops: SampleEstimate
    in_tail: float
    with_it: float
    apart: float


class MovedLoss(NamedTuple):
    """What a driver has to do with losses: the mean of all losses in the fifth of worlds where it is lowest, and highest. USD."""

    name: str
    lowest: float
    highest: float


class EconomyDistribution(NamedTuple):
    """An economy over many worlds."""

    case: ContagionCase
    settings: StressSettings
    coordinates: Coordinates
    worlds: WorldsRun
    too_big: tuple[DrawnTooBig, ...]

    def classes(self) -> Iterator[ClassLosses]:
        """Every class that is followed."""
        tail = self.tail()
        for place, name in enumerate(FOLLOWED):
            found = self.worlds.summary.measures[f"loss.{name}"]
            yield ClassLosses(
                name,
                self.mean(f"loss.{name}"),
                found.quantile(0.5),
                quantile_of(found, 0.95),
                quantile_of(found, 0.99),
                self._worst(place),
                float(self._rows(LOST)[place][tail].mean()),
            )

    def mean(self, measure: str) -> SampleEstimate:
        """The mean of a measure."""
        if len(self.worlds.by_scramble) > 1:
            return mean_of_scrambles([one.measures[measure].mean for one in self.worlds.by_scramble])
        return mean_of(self.worlds.summary.measures[measure])

    def tail(self) -> Places:
        """The first worlds in which all lose most: a share of them, ties by number."""
        total = self._rows(LOST)[0]
        many = max(1, round(TAIL * total.size))
        return np.sort(np.argsort(-total, kind="stable")[:many])

    def parties(self) -> tuple[TailParty, ...]:
        """Companies that stop in some world, those first that stop most often in the tail."""
        stopped, total, tail = self._rows(STOPPED), self._rows(LOST)[0], self.tail()
        found: list[TailParty] = []
        for place, party in enumerate(self.case.given.study.parties):
            row = stopped[place] > 0
            if row.any():
                with_it, without = _quantile(total[row]), _quantile(total[~row])
                share = share_of(int(row.sum()), row.size)
                apart = with_it - without
                found.append(TailParty(party.id, party.label, share, float(row[tail].mean()), with_it, apart))
        return tuple(sorted(found, key=lambda one: (-one.in_tail, -one.stops.value)))

    def moves(self) -> tuple[MovedLoss, ...]:
        """What drivers that move all have to do with losses, the widest gap first."""
        total, moved = self._rows(LOST)[0], self._rows(MOVED)
        found: list[MovedLoss] = []
        for place, name in enumerate(self.coordinates.once):
            order = np.argsort(moved[place], kind="stable")
            fifth = max(1, order.size // 5)
            found.append(MovedLoss(name, float(total[order[:fifth]].mean()), float(total[order[-fifth:]].mean())))
        return tuple(sorted(found, key=lambda one: -abs(one.highest - one.lowest)))

    def _worst(self, place: int) -> SampleEstimate:
        """The mean of the worst share of a class's own losses in the first worlds, with its standard error.

            q + mean(max(0, loss - q)) / share, q the quantile

        Source: R. Rockafellar, S. Uryasev, "Optimization of conditional value-at-risk" (2000).
        """
        row = self._rows(LOST)[place]
        least = float(np.sort(row)[max(0, math.ceil((1.0 - TAIL) * row.size) - 1)])
        above = np.maximum(0.0, row - least) / TAIL
        half = _Z * float(above.std()) / math.sqrt(row.size)
        value = least + float(above.mean())
        return SampleEstimate(value, value - half, value + half)

    def _rows(self, name: str) -> Row:
        assert self.worlds.fan is not None
        return self.worlds.fan.rows[name]


def _quantile(row: Row) -> float:
    if row.size < _FEWEST:
        return math.nan
    return float(np.sort(row)[max(0, math.ceil(0.95 * row.size) - 1)])
