"""What a contract brings in a year: printed, or its total over its term, or as much of both as is known."""

from __future__ import annotations

import calendar
import datetime
from typing import NamedTuple

from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.derived_ranges import Range
from overbuild.lenders.network.records import ContractRow
from overbuild.units import DAYS_PER_YEAR

NOTICE = 90.0 / DAYS_PER_YEAR
"""The part of a year that a customer pays who may leave at ninety days' notice."""

_HALF_A_YEAR = 0.5


class YearlyAmount(NamedTuple):
    """USD a year, and what it rests on; None for a contract of which no amount is known."""

    amount: Range | None
    rests_on: str


def first_day(date: str) -> datetime.date:
    """The first day of a date that may be a year or a month.

    >>> first_day("2027"), first_day("2026-03").isoformat()
    (datetime.date(2027, 1, 1), '2026-03-01')
    """
    year, month, day = [int(part) for part in f"{date}-1-1".split("-")[:3]]
    return datetime.date(year, month, day)


def last_day(date: str) -> datetime.date:
    """The last day of a date that may be a year or a month.

    >>> last_day("2031").isoformat(), last_day("2026-02").isoformat()
    ('2031-12-31', '2026-02-28')
    """
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return datetime.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def years_between(start: datetime.date, end: datetime.date) -> float:
    """Years from one day to another.

    >>> round(years_between(datetime.date(2027, 1, 1), datetime.date(2031, 12, 31)), 2)
    5.0
    """
    return (end - start).days / DAYS_PER_YEAR


def yearly_of(row: ContractRow, today: datetime.date, until: datetime.date) -> YearlyAmount:
    """A year of a contract's payments at its running rate, also where it has not begun.

    A start known by the year only is its first day, an end its last. Without an end the total is taken to run to `until`, at
    most; the low end is then 0. A customer who may leave at notice is sure for ninety days of the year.
    """
    firm_from = NOTICE if row.take_or_pay.startswith("no (90 days") else 1.0
    if row.annual_usd_bn is not None:
        rate = row.annual_usd_bn * BN
        return YearlyAmount(Range(rate * firm_from, rate, rate), "printed")
    if row.total_usd_bn is None:
        return YearlyAmount(None, "no amount is published")
    total = row.total_usd_bn * BN
    start = first_day(row.start) if row.start else today
    end = last_day(row.end) if row.end else until
    term = max(_HALF_A_YEAR, years_between(start if row.end and row.start else max(start, today), end))
    rate = total / max(1.0, term)
    if row.end:
        return YearlyAmount(Range(rate * firm_from, rate, rate), "total over its term")
    return YearlyAmount(Range(0.0, rate, rate), f"total until {until.isoformat()}, its end is not published")
