"""Days of a panel: how they are written, how far they stand apart, and where one is missing."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_WRITTEN = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00(?::?00)?)?)?\Z", re.ASCII)


class Spacing(NamedTuple):
    """How far the days of a panel stand apart: in words, and the most days between two that follow each other."""

    name: str
    most: int


_SPACINGS = (
    (4.0, Spacing("day", 10)),
    (10.0, Spacing("week", 11)),
    (45.0, Spacing("month", 45)),
    (120.0, Spacing("quarter", 130)),
    (400.0, Spacing("year", 500)),
)
"""Up to how many days apart, by the median, a panel is of days, weeks, months, quarters or years.

Trading days: the longest stop of a large exchange since 1933 was of seven days (September 2001).
"""


def day_of(text: str) -> str | None:
    """A day in the form YYYY-MM-DD; of a month its last day; nothing for what is no day.

    >>> day_of("2024-02-29"), day_of("2024-02"), day_of("2024-01-31 00:00:00"), day_of("2023-02-29"), day_of("1/2/2024")
    ('2024-02-29', '2024-02-29', '2024-01-31', None, None)
    """
    found = _WRITTEN.match(text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or year < 1:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(found[3]) if found[3] else last
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= last else None


def spacing(days: Sequence[str]) -> Spacing | None:
    """How far days stand apart, by the median; nothing for fewer than two.

    >>> spacing(["2024-01-31", "2024-02-29", "2024-03-31"]).name, spacing(["2024-01-01"])
    ('month', None)
    """
    apart = [_number(after) - _number(before) for before, after in pairwise(days)]
    if not apart:
        return None
    middle = median(apart)
    return next((one for most, one in _SPACINGS if middle <= most), _SPACINGS[-1][1])


def holes(days: Sequence[str]) -> list[int]:
    """Places of the days that come too late after the one before them.

    >>> holes(["2024-01-31", "2024-02-29", "2024-03-31", "2024-05-31", "2024-06-30"])
    [3]
    """
    usual = spacing(days)
    if usual is None:
        return []
    return [place for place in range(1, len(days)) if _number(days[place]) - _number(days[place - 1]) > usual.most]


def periods_a_year(days: Sequence[str]) -> float:
    """Periods of the panel in a year, by the days between the first and the last.

    >>> round(periods_a_year(["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"]))
    12
    """
    return 365.25 * (len(days) - 1) / (_number(days[-1]) - _number(days[0]))


def _number(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()
