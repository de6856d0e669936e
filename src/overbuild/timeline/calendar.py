"""Periods and their names: years, half-years, quarters or months, counted from a first one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from overbuild.errors import InputError

PERIODS_PER_YEAR = (1, 2, 4, 12)
_MARKS = {1: "", 2: "H", 4: "Q", 12: "-"}
_WORDS = {1: "year", 2: "half-year", 4: "quarter", 12: "month"}
_LABEL = re.compile(r"^(?P<year>\d{4})(?:(?P<mark>[HQ]|-)(?P<part>\d{1,2}))?$", re.ASCII)


def checked_periods_per_year(periods_per_year: int) -> int:
    """The number as it is. Raises InputError (`bad_period`) unless it is 1, 2, 4 or 12.

    >>> checked_periods_per_year(4)
    4
    """
    if periods_per_year not in PERIODS_PER_YEAR:
        raise InputError("bad_period", "periods_per_year", periods_per_year, "a year has 1, 2, 4 or 12 periods")
    return periods_per_year


class Calendar(NamedTuple):
    """A run of equal calendar periods; `first` counts periods since year 0, so periods are plain integers."""

    periods_per_year: int
    first: int
    periods: int

    def label(self, place: int) -> str:
        """Name of the period at this place, 0 being the first: `2029`, `2029H1`, `2029Q3` or `2029-07`.

        >>> starting("2029Q3", 8).label(2)
        '2030Q1'
        """
        year, part = divmod(self.first + place, self.periods_per_year)
        if self.periods_per_year == 1:
            return f"{year:04d}"
        digits = 2 if self.periods_per_year == 12 else 1
        return f"{year:04d}{_MARKS[self.periods_per_year]}{part + 1:0{digits}d}"

    @property
    def word(self) -> str:
        """What one period is called.

        >>> starting("2029Q3", 8).word
        'quarter'
        """
        return word_of(self.periods_per_year)

    def labels(self) -> tuple[str, ...]:
        """Names of all periods in order."""
        return tuple(self.label(place) for place in range(self.periods))

    def place(self, label: str) -> int:
        """Place of a named period, 0 being the first. Raises InputError (`bad_period`) for one outside the run.

        >>> starting("2029-07", 24).place("2030-01")
        6
        """
        place = parsed(label, self.periods_per_year) - self.first
        if not 0 <= place < self.periods:
            span = f"{self.label(0)} to {self.label(self.periods - 1)}"
            raise InputError("bad_period", "period", label, f"the calendar runs from {span}")
        return place

    def last_day(self, place: int) -> date:
        """The day on which the flows of the period fall; place -1 gives the day of close.

        >>> starting("2029H1", 2).last_day(0)
        datetime.date(2029, 6, 30)
        """
        months = (self.first + place + 1) * (12 // self.periods_per_year)
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def word_of(periods_per_year: int) -> str:
    """What a period of this length is called: year, half-year, quarter, month.

    >>> word_of(12)
    'month'
    """
    return _WORDS[periods_per_year]


def parsed(label: str, periods_per_year: int) -> int:
    """Number of the named period since year 0.

    Raises InputError (`bad_period`) for a label that is none, or that is of another length of period.

    >>> parsed("0001Q1", 4)
    4
    """
    match = _LABEL.match(label)
    mark = _MARKS[checked_periods_per_year(periods_per_year)]
    part = int(match["part"] or 1) if match else 0
    if match is None or (match["mark"] or "") != mark or not 1 <= part <= periods_per_year:
        example = Calendar(periods_per_year, 2029 * periods_per_year, 1).label(0)
        raise InputError("bad_period", "period", label, f"a period is written like {example}")
    return int(match["year"]) * periods_per_year + part - 1


def starting(label: str, periods: int) -> Calendar:
    """The calendar whose first period has this name; the form of the name tells the length of a period.

    >>> starting("2029Q3", 3).labels()
    ('2029Q3', '2029Q4', '2030Q1')
    """
    match = _LABEL.match(label)
    marked = next((p for p, mark in _MARKS.items() if match is not None and (match["mark"] or "") == mark), 1)
    return Calendar(marked, parsed(label, marked), periods)
