"""Posted prices stand still and jump: how often a seller changes a price, by how much, and which way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.fleet.rental_price.estimates import RentEstimate
from overbuild.fleet.rental_price.series import RentSeries

_FAR = 1.6448536269514722


class PostedMoves(NamedTuple):
    """Changes of posted prices: how many, in how many years of a price, how often a year, of which size, which share up.

    `dates` counts the days on which a seller changed any price: changes of one day are no independent events.
    """

    changes: int
    dates: int
    price_years: float
    per_year: RentEstimate
    size: RentEstimate
    share_up: float


def posted_moves(series: Sequence[RentSeries], sellers: Sequence[str]) -> PostedMoves:
    """The changes of some posted prices, one a series, `sellers` in their order.

    Changes on days that follow each other are one. The rate's standard error takes the days of a seller for the events,
    as a Poisson count. Raises InputError `missing` where no price ever changed.
    Source: Poisson rates, standard; Nakamura and Steinsson 2008 for posted prices as rare jumps.
    """
    moves: list[float] = []
    dates: set[tuple[str, int]] = set()
    for one, seller in zip(series, sellers, strict=True):
        last = 0
        for before, after in zip(one.days, one.days[1:], strict=False):
            moved = math.log(after.rent / before.rent)
            if abs(moved) < 1e-9:
                continue
            day = after.day.toordinal()
            if moves and last and day - last == 1:
                moves[-1] += moved
            else:
                moves.append(moved)
                dates.add((seller, day))
            last = day
    if not moves:
        raise InputError("missing", "posted prices", 0, "no price changed: nothing can be said of the size of a change")
    years = sum(one.years for one in series)
    rate, events = len(moves) / years, len(dates)
    se = rate / math.sqrt(events)
    sizes = [abs(one) for one in moves]
    mean = sum(sizes) / len(sizes)
    sd = math.sqrt(sum((one - mean) ** 2 for one in sizes) / max(1, len(sizes) - 1))
    of_mean = sd / math.sqrt(events)
    return PostedMoves(
        len(moves),
        events,
        years,
        RentEstimate(rate, se, max(0.0, rate - _FAR * se), rate + _FAR * se),
        RentEstimate(mean, of_mean, mean - _FAR * of_mean, mean + _FAR * of_mean),
        sum(one > 0 for one in moves) / len(moves),
    )
