"""What a series says of its own movement: drift and volatility a year, each with what is not known of it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from overbuild.errors import InputError
from overbuild.fleet.rental_price.series import RentOfDay, RentSeries, years_between

FEWEST_STEPS = 5
"""Steps of which a volatility is still told."""

_NINETY = 0.9


class RentEstimate(NamedTuple):
    """A number with its standard error and the ends between which it lies with 90%."""

    value: float
    se: float
    low: float
    high: float


class Movement(NamedTuple):
    """A series over a window: steps, years, drift and volatility of its log a year."""

    name: str
    steps: int
    years: float
    drift: RentEstimate
    volatility: RentEstimate


def weekly(series: RentSeries) -> RentSeries:
    """The last number of each week that ends on a Sunday, dated that Sunday.

    >>> friday = RentOfDay(datetime.date(2026, 3, 6), 2.44)
    >>> weekly(RentSeries("h100", (friday,))).days[0].day.isoformat()
    '2026-03-08'
    """
    weeks: dict[datetime.date, float] = {}
    for at in series.days:
        weeks[at.day + datetime.timedelta(days=6 - at.day.weekday())] = at.rent
    return RentSeries(series.name, tuple(RentOfDay(day, rent) for day, rent in weeks.items()))


def movement_of(series: RentSeries) -> Movement:
    """Drift and volatility of a random walk in logs, steps of any length.

        drift        = (last log - first log) / years,                     se = volatility / sqrt(years)
        volatility^2 = sum of (step - drift * years of it)^2 / its years, over (steps - 1); chi-square interval

    Raises InputError `missing` for fewer than five steps. Source: maximum likelihood of a Brownian motion with drift,
    Campbell, Lo and MacKinlay 1997, 9.3; the divisor is unbiased.
    """
    steps, years = _steps(series), series.years
    count = len(steps)
    if count < FEWEST_STEPS:
        raise InputError("missing", series.name, count, f"a volatility needs {FEWEST_STEPS} steps or more")
    drift = math.log(series.days[-1].rent / series.days[0].rent) / years
    squares = [(moved - drift * over) ** 2 / over for over, moved in steps]
    volatility = math.sqrt(sum(squares) / (count - 1))
    ends = [float(stats.chi2.ppf(share, count - 1)) for share in ((1 + _NINETY) / 2, (1 - _NINETY) / 2)]
    far, se = float(stats.norm.ppf((1 + _NINETY) / 2)), volatility / math.sqrt(years)
    low, high = (volatility * math.sqrt((count - 1) / one) for one in ends)
    return Movement(
        series.name,
        count,
        years,
        RentEstimate(drift, se, drift - far * se, drift + far * se),
        RentEstimate(volatility, volatility / math.sqrt(2 * (count - 1)), low, high),
    )


def _steps(series: RentSeries) -> list[tuple[float, float]]:
    """Years and change of the log of each step."""
    return [
        (years_between(before.day, after.day), math.log(after.rent / before.rent))
        for before, after in zip(series.days, series.days[1:], strict=False)
    ]


def pooled_volatility(movements: Sequence[Movement]) -> float:
    """The volatility of several series taken as one: the root of the mean square."""
    return math.sqrt(sum(one.volatility.value**2 for one in movements) / len(movements))


def mean_correlation(series: Sequence[RentSeries]) -> float:
    """The mean correlation of the steps of pairs of series, on the days that both have."""
    changes: list[Mapping[datetime.date, float]] = [
        {after.day: math.log(after.rent / before.rent) for before, after in zip(one.days, one.days[1:], strict=False)}
        for one in series
    ]
    found: list[float] = []
    for place, one in enumerate(changes):
        for other in changes[place + 1 :]:
            both = sorted(one.keys() & other.keys())
            found.append(float(np.corrcoef([one[day] for day in both], [other[day] for day in both])[0, 1]))
    return float(np.mean(found))
