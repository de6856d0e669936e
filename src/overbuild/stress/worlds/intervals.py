"""How far a number of many worlds may be from that of infinitely many: intervals of 95%."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from overbuild.stress.worlds.distribution import ValueDistribution

CONFIDENCE = 0.95
_Z = 1.959963984540054


class SampleEstimate(NamedTuple):
    """A number with its interval; NaN where it does not exist."""

    value: float
    low: float
    high: float

    @property
    def error(self) -> float:
        """Half the width of its interval."""
        return 0.5 * (self.high - self.low)


NOT_TOLD = SampleEstimate(math.nan, math.nan, math.nan)
"""A number that does not exist, or that too few values would have to tell."""


def share_of(hits: int, count: int) -> SampleEstimate:
    """A probability from independent scenarios, with the Wilson interval, which keeps its promise near 0 and 1.

        centre = (p + z^2 / 2n) / (1 + z^2 / n);  half = z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n)

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).

    >>> found = share_of(10, 100)
    >>> found.value, round(found.low, 4), round(found.high, 4)
    (0.1, 0.0552, 0.1744)
    >>> share_of(0, 100).low, round(share_of(0, 100).high, 4)
    (0.0, 0.037)
    """
    if count == 0:
        return NOT_TOLD
    p, part = hits / count, _Z * _Z / count
    centre = (p + 0.5 * part) / (1.0 + part)
    half = _Z * math.sqrt(p * (1.0 - p) / count + 0.25 * part / count) / (1.0 + part)
    low, high = (0.0 if hits == 0 else centre - half), (1.0 if hits == count else centre + half)
    return SampleEstimate(p, max(0.0, low), min(1.0, high))


def mean_of(found: ValueDistribution) -> SampleEstimate:
    """The mean of independent scenarios: give or take 1.96 standard errors; NaN for the ends that one value cannot tell.

    >>> from overbuild.stress.worlds.distribution import RATIO_GRID, distribution_of
    >>> mean_of(distribution_of(np.array([1.0, 3.0] * 50), RATIO_GRID)).error.__round__(3)
    0.196
    >>> mean_of(distribution_of(np.array([1.0]), RATIO_GRID))
    SampleEstimate(value=1.0, low=nan, high=nan)
    """
    half = _Z * found.deviation / math.sqrt(found.size) if found.size > 1 else math.nan
    return SampleEstimate(found.mean, found.mean - half, found.mean + half)


def mean_of_scrambles(means: Sequence[float]) -> SampleEstimate:
    """A mean, or a probability, from independent scrambles of Sobol points: Student's t on their own means.

    >>> found = mean_of_scrambles([0.1, 0.3] * 8)
    >>> round(found.value, 9), round(found.error, 4)
    (0.2, 0.055)
    """
    from scipy.special import stdtrit

    row = np.asarray(means, dtype=float)
    count = len(row)
    value = float(row.mean())
    if count < 2:
        return SampleEstimate(value, math.nan, math.nan)
    half = float(stdtrit(count - 1, 0.5 + 0.5 * CONFIDENCE)) * float(row.std(ddof=1)) / math.sqrt(count)
    return SampleEstimate(value, value - half, value + half)


def fewest_for(share: float) -> int:
    """The fewest values that tell a quantile, or the mean of what lies beyond it: so many that one of them lies beyond.

    Source: ours, a convention: of fewer, the least or greatest value would stand for it.

    >>> fewest_for(0.5), fewest_for(0.95), fewest_for(0.05), fewest_for(0.99)
    (2, 20, 20, 100)
    """
    return round(1.0 / min(share, 1.0 - share))


def too_few(size: int, share: float, name: str) -> str:
    """Why a number of so many values is not told; empty where they are enough, and where there are none at all.

    >>> too_few(5, 0.95, "a P95"), too_few(20, 0.95, "a P95")
    ('too few worlds for a P95 (at least 20)', '')
    """
    least = fewest_for(share)
    return f"too few worlds for {name} (at least {least})" if 0 < size < least else ""


def quantile_of(found: ValueDistribution, share: float) -> SampleEstimate:
    """A quantile with the values of the ranks between which it lies: n q, give or take 1.96 sqrt(n q (1 - q)).

    Source: order statistics, the binomial count below a quantile in its normal approximation.

    >>> from overbuild.stress.worlds.distribution import RATIO_GRID, distribution_of
    >>> quantile_of(distribution_of(np.arange(10_000.0), RATIO_GRID), 0.5)
    SampleEstimate(value=4999.0, low=4901.0, high=5098.0)
    """
    size = found.size
    off = _Z * math.sqrt(size * share * (1.0 - share))
    low, high = math.floor(size * share - off), math.ceil(size * share + off) + 1
    return SampleEstimate(found.quantile(share), found.at_rank(low), found.at_rank(high))
