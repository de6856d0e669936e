"""Periods of facts: pairs of days, and the short labels people give them."""

from __future__ import annotations

import calendar
import datetime
import functools
import re


@functools.cache
def is_day(text: str) -> bool:
    """Whether the text is a day of the calendar written `YYYY-MM-DD`.

    >>> is_day("2026-02-28"), is_day("2026-02-30"), is_day("2026-2-3")
    (True, False, False)
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@functools.cache
def period_label(start: str, end: str) -> str:
    """The label of a period: calendar year, half, quarter, month or day where it is one, else both days.

    >>> period_label("2026-01-01", "2026-12-31"), period_label("2026-01-01", "2026-03-31")
    ('2026', '2026Q1')
    >>> period_label("2026-05-31", "2026-05-31"), period_label("2025-07-01", "2026-06-30")
    ('2026-05-31', '2025-07-01..2026-06-30')
    >>> period_label("", "")
    ''
    """
    if start == end:
        return start
    year, first, last = start[:4], start[5:7], end[5:7]
    whole_months = start[8:] == "01" and end == _last_day(int(end[:4]), int(last))
    if whole_months and year == end[:4]:
        months = int(last) - int(first) + 1
        if months == 12:
            return year
        if months == 6 and first in ("01", "07"):
            return f"{year}H{(int(first) + 5) // 6}"
        if months == 3 and int(first) % 3 == 1:
            return f"{year}Q{(int(first) + 2) // 3}"
        if months == 1:
            return f"{year}-{first}"
    return f"{start}..{end}"


def period_span(start: str, end: str) -> str:
    """How long a period is, in words: at an instant, month, quarter, half, year, other period, undated.

    >>> period_span("2025-07-01", "2026-06-30"), period_span("2026-01-01", "2026-03-31"), period_span("", "")
    ('year', 'quarter', 'undated')
    """
    if not end:
        return "undated"
    if start == end:
        return "at an instant"
    days = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days + 1
    lengths = {"month": (28, 31), "quarter": (84, 98), "half": (178, 188), "year": (357, 373)}
    return next((word for word, (least, most) in lengths.items() if least <= days <= most), "other period")


def period_days(label: str) -> tuple[str, str]:
    """First and last day of a label; the inverse of `period_label`.

    Raises ValueError for anything else.

    >>> period_days("2026Q1"), period_days("2026-02")
    (('2026-01-01', '2026-03-31'), ('2026-02-01', '2026-02-28'))
    """
    if label == "":
        return ("", "")
    if is_day(label):
        return (label, label)
    first, dots, last = label.partition("..")
    if dots and is_day(first) and is_day(last):
        return (first, last)
    match = re.fullmatch(r"(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?", label, re.ASCII)
    if match is None:
        raise ValueError(label)
    year = int(match[1])
    if match[2]:
        begin, months = int(match[2]) * 6 - 5, 6
    elif match[3]:
        begin, months = int(match[3]) * 3 - 2, 3
    elif match[4]:
        begin, months = int(match[4]), 1
    else:
        begin, months = 1, 12
    return (f"{year:04d}-{begin:02d}-01", _last_day(year, begin + months - 1))


def _last_day(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
