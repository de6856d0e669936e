"""The distribution of one number over scenarios, kept so that blocks add up to the same digits in any order.

Values are counted in buckets that are 2^-10 of their size wide, whatever their size: the bucket is the number's own
sign, exponent and first ten bits. Of each bucket the count, the sum (in whole steps of a fixed grid), the least and the
greatest value are kept: adding whole numbers and taking the lesser of two knows no order. A quantile lies between
the least and the greatest value of its bucket, so within 0.1% of its size; a value that many scenarios share is met
exactly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.stress.worlds.draws import Row

Whole = NDArray[np.int64]

MONEY_GRID, RATIO_GRID = 2.0**-10, 2.0**-40
"""What each value is rounded to before it is summed: a thousandth of a dollar; 1e-12."""

_SHIFT = 52 - 10
_SPLIT = 32
_LARGEST = 2.0**72


class ValueDistribution(NamedTuple):
    """Buckets in rising order: how many values, their sum as (high * 2^32 + low) * grid, the least and the greatest.

    `missing` counts scenarios in which the number does not exist.
    """

    grid: float
    buckets: Whole
    counts: Whole
    high: Whole
    low: Whole
    least: Row
    greatest: Row
    missing: int

    @property
    def size(self) -> int:
        """Scenarios in which the number exists."""
        return int(self.counts.sum())

    @property
    def total(self) -> float:
        """The sum of all values."""
        return float((int(self.high.sum()) << _SPLIT) + int(self.low.sum())) * self.grid

    @property
    def mean(self) -> float:
        """The mean, between the least and the greatest value; NaN without any."""
        return self._inside(self.total / self.size) if self.size else math.nan

    @property
    def deviation(self) -> float:
        """The standard deviation, of values taken at the means of their buckets; NaN without any."""
        if not self.size:
            return math.nan
        off = self._means() - self.mean
        return float(np.sqrt((self.counts * off * off).sum() / self.size))

    def quantile(self, share: float) -> float:
        """The value below which this share of the scenarios lies, within its bucket by rank; NaN without any.

        >>> distribution_of(np.array([4.0, 1.0, 2.0, 3.0]), RATIO_GRID).quantile(0.5)
        2.0
        """
        return self.at_rank(math.ceil(share * self.size))

    def at_rank(self, rank: int) -> float:
        """The value of a rank counted from 1, the least; ranks beyond the ends are those of the ends."""
        if not self.size:
            return math.nan
        upto = np.cumsum(self.counts)
        wanted = min(max(1, rank), self.size)
        place = int(np.searchsorted(upto, wanted, side="left"))
        count, low, high = int(self.counts[place]), float(self.least[place]), float(self.greatest[place])
        within = wanted - (int(upto[place]) - count) - 1
        return low if count == 1 else low + (high - low) * within / (count - 1)

    def worst_mean(self, share: float, *, high: bool = True) -> float:
        """The mean of the greatest (or least) share of the values: of losses, the expected shortfall.

        Of the bucket in which the share ends, values count at their mean.

        >>> distribution_of(np.array([0.0] * 98 + [10.0, 30.0]), RATIO_GRID).worst_mean(0.02)
        20.0
        """
        if not self.size:
            return math.nan
        counts, means = self.counts.astype(float), self._means()
        if high:
            counts, means = counts[::-1], means[::-1]
        wanted = share * self.size
        taken = np.clip(wanted - (np.cumsum(counts) - counts), 0.0, counts)
        return self._inside(float((taken * means).sum() / wanted))

    def _means(self) -> Row:
        sums = self.high.astype(float) * 2.0**_SPLIT + self.low.astype(float)
        return np.clip(sums * self.grid / self.counts, self.least, self.greatest)

    def _inside(self, value: float) -> float:
        return min(max(value, float(self.least[0])), float(self.greatest[-1]))


def distribution_of(values: Row, grid: float) -> ValueDistribution:
    """The distribution of a block of values; NaN where the number does not exist.

    Raises OverflowError for a value too large for its grid (from 2^72 steps on).

    >>> found = distribution_of(np.array([1.0, -3.0, np.nan, 0.0]), RATIO_GRID)
    >>> found.size, found.missing, found.total, found.least.tolist()
    (3, 1, -2.0, [-3.0, 0.0, 1.0])
    """
    there = np.sort(values[~np.isnan(values)])
    there += 0.0  # a bucket of 0 alone, not one of -0
    steps = np.rint(there * (1.0 / grid))
    if there.size and max(-steps[0], steps[-1]) >= _LARGEST:
        raise OverflowError(f"{there[np.abs(steps).argmax()]} is too large to be summed")
    above = np.floor(steps * 2.0**-_SPLIT)
    below = steps - above * 2.0**_SPLIT
    buckets = _bucket_of(there)
    starts = _starts(buckets)
    ends = np.append(starts, there.size)[1:]
    high, low = (np.diff(np.cumsum(part.astype(np.int64))[ends - 1], prepend=0) for part in (above, below))
    carried = low >> _SPLIT
    return ValueDistribution(
        grid,
        buckets[starts],
        ends - starts,
        high + carried,
        low - (carried << _SPLIT),
        there[starts],
        there[ends - 1],
        values.size - there.size,
    )


def together(parts: Sequence[ValueDistribution]) -> ValueDistribution:
    """The distribution of all blocks: the same digits in whatever order they come.

    >>> one, other = (distribution_of(np.array(row), RATIO_GRID) for row in ([1.0, 2.0], [2.0, 7.0]))
    >>> found = together([one, other])
    >>> found.size, found.counts.tolist(), found.total
    (4, [1, 2, 1], 12.0)
    """
    buckets = np.concatenate([one.buckets for one in parts])
    order = np.argsort(buckets, kind="stable")
    every = ValueDistribution(
        parts[0].grid,
        buckets[order],
        np.concatenate([one.counts for one in parts])[order],
        np.concatenate([one.high for one in parts])[order],
        np.concatenate([one.low for one in parts])[order],
        np.concatenate([one.least for one in parts])[order],
        np.concatenate([one.greatest for one in parts])[order],
        sum(one.missing for one in parts),
    )
    return _joined(every)


def _joined(every: ValueDistribution) -> ValueDistribution:
    """One entry a bucket, where buckets may stand several times in rising order."""
    if not every.buckets.size:
        return every
    starts = _starts(every.buckets)
    low = np.add.reduceat(every.low, starts)
    carried = low >> _SPLIT
    return ValueDistribution(
        every.grid,
        every.buckets[starts],
        np.add.reduceat(every.counts, starts),
        np.add.reduceat(every.high, starts) + carried,
        low - (carried << _SPLIT),
        np.minimum.reduceat(every.least, starts),
        np.maximum.reduceat(every.greatest, starts),
        every.missing,
    )


def _starts(buckets: Whole) -> Whole:
    """Places at which a bucket first stands, of buckets in rising order."""
    changes = np.flatnonzero(buckets[1:] != buckets[:-1]) + 1
    return np.concatenate([np.zeros(min(1, buckets.size), np.int64), changes])


def _bucket_of(values: Row) -> Whole:
    """The bucket of each value, its first bits, in the order of the values.

    >>> int(np.diff(_bucket_of(np.array([-2e9, -1.0, -1e-9, 0.0, 1e-9, 1.0, 1.001, 2e9]))).min()) > 0
    True
    """
    bits = values.view(np.int64) >> _SHIFT
    return np.where(values < 0.0, -(bits & ((1 << (63 - _SHIFT)) - 1)) - 1, bits)
