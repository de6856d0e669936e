"""Two sites over the same worlds: what either does where the other fails."""

from __future__ import annotations

import math
from typing import NamedTuple

from overbuild.stress.site_worlds.measures import DEFAULTED
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.worlds.intervals import SampleEstimate

_Z = 1.959963984540054


class CommonWorlds(NamedTuple):
    """Shares of the same worlds in which both sites default, one alone, neither, and how far their probabilities differ."""

    worlds: int
    both: float
    first_alone: float
    second_alone: float
    difference: SampleEstimate

    @property
    def neither(self) -> float:
        """The share of worlds in which neither defaults."""
        return 1.0 - self.both - self.first_alone - self.second_alone


def in_common(first: SiteDistribution, second: SiteDistribution) -> CommonWorlds:
    """Two distributions drawn with one seed, world by world, of the first worlds, which are kept.

    The difference is the second's probability less the first's, of all worlds, with the interval of paired shares:

        give or take 1.96 sqrt((a + b - (b - a)^2) / n),  a and b the shares in which one defaults alone, n all worlds

    Source: standard, the paired difference of two shares (McNemar 1947).
    """
    rows = [one.worlds.fan.rows[DEFAULTED][0] for one in (first, second) if one.worlds.fan is not None]
    count = min((len(row) for row in rows), default=0)
    if len(rows) < 2 or not count:
        return CommonWorlds(0, math.nan, math.nan, math.nan, SampleEstimate(math.nan, math.nan, math.nan))
    one, other = (row[:count] > 0.0 for row in rows)
    both, alone, beside = (float(part.mean()) for part in (one & other, one & ~other, ~one & other))
    off = second.default.value - first.default.value
    every = min(first.summary.counted, second.summary.counted)
    half = _Z * math.sqrt(max(0.0, beside + alone - (beside - alone) ** 2) / every)
    return CommonWorlds(count, both, alone, beside, SampleEstimate(off, off - half, off + half))
