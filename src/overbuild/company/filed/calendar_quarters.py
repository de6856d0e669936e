"""Fiscal periods on the calendar: a quarter is shown whole under the calendar quarter that holds its last day.

Nothing is split. A fiscal year is named by the year in which it ends.
"""

from __future__ import annotations

import datetime
import functools
import re

from overbuild.facts.period import period_span

RULE = (
    "A fiscal quarter stands whole under the calendar quarter that holds its last day; nothing is split. A fiscal year "
    "is named by the calendar year in which it ends."
)


@functools.cache
def quarter_number(day: str) -> int:
    """Which calendar quarter holds a day, counted from the year 0.

    >>> quarter_number("2026-01-25") - quarter_number("2025-12-31")
    1
    """
    return 4 * int(day[:4]) + (int(day[5:7]) - 1) // 3


def quarter_label(number: int) -> str:
    """The label of a calendar quarter.

    >>> quarter_label(quarter_number("2026-08-31"))
    '2026Q3'
    """
    return f"{number // 4}Q{number % 4 + 1}"


@functools.cache
def label_of_filed(start: str, end: str) -> str:
    """The label of a filed period: the calendar quarter of its last day, a fiscal year, or the time up to a quarter.

    >>> label_of_filed("2025-06-01", "2025-08-31"), label_of_filed("2024-07-01", "2025-06-30")
    ('2025Q3', 'FY2025')
    >>> label_of_filed("2026-01-01", "2026-06-30"), label_of_filed("2026-06-30", "2026-06-30")
    ('YTD2026Q2', '2026Q2')
    """
    span = period_span(start, end)
    quarter = quarter_label(quarter_number(end))
    if span == "year":
        return f"FY{end[:4]}"
    return quarter if span in ("quarter", "at an instant") else f"YTD{quarter}"


def number_of_label(label: str) -> int | None:
    """The quarter of a label such as `2025Q3`; None for anything else.

    >>> number_of_label("2025Q3") == quarter_number("2025-09-30"), number_of_label("FY2025")
    (True, None)
    """
    match = re.fullmatch(r"(\d{4})Q([1-4])", label)
    return None if match is None else 4 * int(match[1]) + int(match[2]) - 1


def day_after(day: str) -> str:
    """The next day.

    >>> day_after("2025-12-31")
    '2026-01-01'
    """
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()
