"""Rules by which slips of a price feed are taken out, each drop with its rule: nothing is filled, nothing smoothed."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from overbuild.fleet.rental_price.series import RentOfDay, RentSeries

LEFT_FILL, FILL_VALUE, OUTLIER = "I2", "I3", "I4"
RULES = {
    LEFT_FILL: "equals the raw cell to its left (within 0.005): filled from there",
    FILL_VALUE: "exactly 1.00, a value that the feed fills with",
    OUTLIER: "log more than 0.25 from the median of itself and three neighbours each side",
}
"""What each rule drops; empty cells stay empty (I1)."""

_SAME, _APART, _BESIDE = 0.005, 0.25, 3


class Dropped(NamedTuple):
    """A number that was taken out."""

    series: str
    day: datetime.date
    rent: float
    rule: str


class Cleaned(NamedTuple):
    """Series without their slips, and what was dropped."""

    series: tuple[RentSeries, ...]
    dropped: tuple[Dropped, ...]


def cleaned(raw: Sequence[RentSeries], filled_with: float | None = 1.0) -> Cleaned:
    """Series side by side as a file holds them, without the slips of the feed. `filled_with` is None where it fills with nothing.

    >>> days = [datetime.date(2026, 3, day) for day in (1, 2, 3)]
    >>> left, right = ([RentOfDay(day, rent) for day, rent in zip(days, rents)] for rents in ((7.43, 7.42, 7.43), (2.4, 7.42, 2.4)))
    >>> cleaned((RentSeries("list", tuple(left)), RentSeries("spot", tuple(right)))).dropped[0][2:]
    (7.42, 'I2')
    """
    found: list[RentSeries] = []
    dropped: list[Dropped] = []
    left: dict[datetime.date, float] = {}
    for one in raw:
        kept: list[RentOfDay] = []
        for at in one.days:
            beside = left.get(at.day)
            rule = ""
            if beside is not None and abs(at.rent - beside) <= _SAME + 1e-12:
                rule = LEFT_FILL
            elif filled_with is not None and at.rent == filled_with:
                rule = FILL_VALUE
            if rule:
                dropped.append(Dropped(one.name, at.day, at.rent, rule))
            else:
                kept.append(at)
        left = {at.day: at.rent for at in one.days}
        outliers = _outliers(kept)
        dropped += [Dropped(one.name, at.day, at.rent, OUTLIER) for at in outliers]
        found.append(RentSeries(one.name, tuple(at for at in kept if at not in outliers)))
    return Cleaned(tuple(found), tuple(dropped))


def _outliers(days: Sequence[RentOfDay]) -> list[RentOfDay]:
    logs = [math.log(at.rent) for at in days]
    return [
        at
        for place, at in enumerate(days)
        if abs(logs[place] - median(logs[max(0, place - _BESIDE) : place + _BESIDE + 1])) > _APART
    ]
