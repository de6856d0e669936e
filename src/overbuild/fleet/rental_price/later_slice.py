"""What the earlier part of a series says of its later part: a fan of 80%, and how much of it came true."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scipy import stats

from overbuild.fleet.rental_price.estimates import Movement, movement_of
from overbuild.fleet.rental_price.series import RentOfDay, RentSeries, years_between

FAN = 0.8
"""The share of outcomes that the fan is made to hold."""

WANTED = (0.65, 0.95)
"""Between which shares the fan may hold the later slice and count as honest."""


class FanAt(NamedTuple):
    """A later day: the fan's ends on it, and the rent that came."""

    series: str
    at: RentOfDay
    low: float
    high: float

    @property
    def held(self) -> bool:
        """Whether the rent that came lies in the fan."""
        return self.low <= self.at.rent <= self.high


class LaterSlice(NamedTuple):
    """The later part of some series against the fan of the earlier."""

    points: tuple[FanAt, ...]

    @property
    def coverage(self) -> float:
        """The share of later numbers that lie in the fan."""
        return sum(one.held for one in self.points) / len(self.points)

    @property
    def by_series(self) -> dict[str, float]:
        """The same by series. Numbers of one series are no independent trials."""
        names = dict.fromkeys(one.series for one in self.points)
        return {name: LaterSlice(tuple(one for one in self.points if one.series == name)).coverage for name in names}


def later_slice(series: Sequence[RentSeries], share: float = 0.5) -> LaterSlice:
    """The later part of each series against the fan that its earlier part, a share of its steps, gives.

    Raises as `movement_of`.
    """
    return LaterSlice(tuple(point for one in series for point in _points(one, share)))


def _points(series: RentSeries, share: float) -> Iterator[FanAt]:
    cut = max(1, math.floor((len(series.days) - 1) * share))
    earlier = RentSeries(series.name, series.days[: cut + 1])
    movement, origin = movement_of(earlier), earlier.days[-1]
    for at in series.days[cut + 1 :]:
        low, high = fan(movement, years_between(origin.day, at.day))
        yield FanAt(series.name, at, origin.rent * math.exp(low), origin.rent * math.exp(high))


def fan(movement: Movement, years: float) -> tuple[float, float]:
    """The ends of the fan of a log's change over some years: what is drawn, and what is not known of drift and volatility.

        drift * years -+ t * volatility * sqrt(years + years^2 / years seen), t of (steps - 1) degrees

    Source: predictive interval of a Brownian motion with drift, both estimated; standard.
    """
    far = float(stats.t.ppf((1 + FAN) / 2, movement.steps - 1))
    sd = movement.volatility.value * math.sqrt(years + years * years / movement.years)
    return movement.drift.value * years - far * sd, movement.drift.value * years + far * sd
