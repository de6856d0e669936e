"""Winners and losers: a score over many measures, a rank, and how far the rank moves with the weights.

A cross-section of companies, computed as such: no line of a page.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Mark(NamedTuple):
    """A company's mark for one measure: the measure's value, and its z-score, signed so that more is better."""

    measure: str
    value: float
    z: float


class Score(NamedTuple):
    """A company's score. `rank`, `rank_low` and `rank_high` are None where fewer than half of the measures are known.

    Rank 1 is best. The interval holds the middle 80 percent of ranks over other weights.
    """

    ticker: str
    marks: tuple[Mark, ...]
    score: float | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None


def z_scores(values: Mapping[str, float], winsor_sd: float) -> dict[str, float]:
    """How far each value lies from the mean of all, in standard deviations (n - 1), cut at `winsor_sd` either way.

        z = (value - mean) / sd

    Nothing where fewer than two are known or all are equal. Source: standard.

    >>> z_scores({"a": 1.0, "b": 2.0, "c": 3.0}, 3.0)
    {'a': -1.0, 'b': 0.0, 'c': 1.0}
    """
    if len(values) < 2:
        return {}
    mean, sd = statistics.fmean(values.values()), statistics.stdev(values.values())
    if sd <= 1e-12 * max(abs(mean), 1.0):
        return {}
    return {name: min(max((value - mean) / sd, -winsor_sd), winsor_sd) for name, value in values.items()}


def weighted_mean(marks: Sequence[Mark], weights: Mapping[str, float]) -> float | None:
    """The mean of z-scores by weight; a measure that is missing takes its weight out of the sum.

    Source: ours, a convention. None where no weight is left.

    >>> weighted_mean([Mark("a", 0.0, 1.0), Mark("b", 0.0, -0.5)], {"a": 3.0, "b": 1.0, "c": 1.0})
    0.625
    """
    weight = sum(weights[mark.measure] for mark in marks)
    return sum(weights[mark.measure] * mark.z for mark in marks) / weight if weight > 0 else None


def ranks(scores: Mapping[str, float]) -> dict[str, float]:
    """Ranks from 1, the highest score first; those that tie share the mean of their ranks.

    >>> ranks({"a": 1.0, "b": 2.0, "c": 1.0})
    {'b': 1.0, 'a': 2.5, 'c': 2.5}
    """
    values = list(scores.values())
    return {
        name: 1.0 + sum(other > one for other in values) + (values.count(one) - 1) / 2
        for name, one in sorted(scores.items(), key=lambda pair: -pair[1])
    }


def scored(
    measured: Mapping[str, Mapping[str, float]],
    better: Mapping[str, int],
    weights: Mapping[str, float],
    *,
    winsor_sd: float,
    draws: int,
    seed: int,
) -> tuple[Score, ...]:
    """The scores of companies, the best first, those that are not ranked last.

    `measured` gives by company the measures that are known, `better` for each measure 1 where more is better and -1 where
    less is. Each draw weighs the measures anew, from a Dirichlet distribution round the weights whose concentration is
    their count: with equal weights every weighing is as likely as any other. Draw n depends on the seed and n alone.

    >>> both = {"a": {"x": 1.0, "y": 5.0}, "b": {"x": 2.0, "y": 1.0}, "c": {"x": 3.0}}
    >>> found = scored(both, {"x": 1, "y": -1}, {"x": 1.0, "y": 1.0}, winsor_sd=3.0, draws=100, seed=1)
    >>> [(one.ticker, one.rank) for one in found]
    [('c', 1.0), ('b', 2.0), ('a', 3.0)]
    """
    marks = _marks(measured, better, winsor_sd)
    eligible = [ticker for ticker in measured if 2 * len(marks[ticker]) >= len(weights) and marks[ticker]]
    scores = {ticker: weighted_mean(marks[ticker], weights) or 0.0 for ticker in eligible}
    central = ranks(scores)
    drawn = _drawn_ranks({ticker: marks[ticker] for ticker in eligible}, weights, draws, seed)
    found = [
        Score(ticker, tuple(marks[ticker]), scores.get(ticker), central.get(ticker), *_interval(drawn.get(ticker, [])))
        for ticker in measured
    ]
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0.0)))


def _marks(
    measured: Mapping[str, Mapping[str, float]], better: Mapping[str, int], winsor_sd: float
) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {ticker: [] for ticker in measured}
    for measure, sign in better.items():
        values = {ticker: one[measure] for ticker, one in measured.items() if measure in one}
        for ticker, z in z_scores(values, winsor_sd).items():
            marks[ticker].append(Mark(measure, values[ticker], sign * z))
    return marks


def _drawn_ranks(
    marks: Mapping[str, Sequence[Mark]], weights: Mapping[str, float], draws: int, seed: int
) -> dict[str, list[float]]:
    mean = statistics.fmean(weights.values()) if weights else 1.0
    found: dict[str, list[float]] = {ticker: [] for ticker in marks}
    for draw in range(draws if marks else 0):
        dice = random.Random(seed * 1_000_003 + draw)
        other = {name: dice.gammavariate(weight / mean, 1.0) if weight > 0 else 0.0 for name, weight in weights.items()}
        scores = {ticker: weighted_mean(of, other) or 0.0 for ticker, of in marks.items()}
        for ticker, rank in ranks(scores).items():
            found[ticker].append(rank)
    return found


def _interval(drawn: Sequence[float]) -> tuple[float | None, float | None]:
    """The middle 80 percent of some ranks."""
    if not drawn:
        return None, None
    ordered = sorted(drawn)
    return ordered[math.floor(0.1 * (len(ordered) - 1))], ordered[math.ceil(0.9 * (len(ordered) - 1))]
