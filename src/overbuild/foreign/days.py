"""Days as others write them: 31.12.2024, 12/31/2024, 2024-12-31T21:00:00Z."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

Order: TypeAlias = Literal["", "mdy", "dmy"]

_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+ ?(Z|[+-][0-9]{2}:?[0-9]{2})?")
_YEAR_FIRST = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")


def order_of(texts: Iterable[str]) -> Order:
    """The one order of day and month that days with slashes can have; none where they leave it open.

    A table has one order: a first number above 12 is a day, a second one too. Raises ValueError where both occur.

    >>> order_of(["1/1/2024", "12/31/2024"]), order_of(["31/1/2024"]), order_of(["1/2/2024"])
    ('mdy', 'dmy', '')
    """
    parts = [found for text in texts if (found := _SLASHED.fullmatch(text))]
    day_first = any(int(found[1]) > 12 for found in parts)
    month_first = any(int(found[2]) > 12 for found in parts)
    if day_first and month_first:
        raise ValueError("some days are written day first and some month first")
    return "dmy" if day_first else "mdy" if month_first else ""


def day_in_grammar(text: str, order: Order) -> str:
    """A day as YYYY-MM-DD; the text as it is where it is no day. Raises ValueError where day and month may be either.

    >>> day_in_grammar("12/31/2024", "mdy"), day_in_grammar("31.12.2024", ""), day_in_grammar("2026-02-11T21:00:03Z", "")
    ('2024-12-31', '2024-12-31', '2026-02-11')
    """
    if found := _WITH_TIME.fullmatch(text):
        return found[1]
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3], text)
    if found := _DOTTED.fullmatch(text):
        return _day(found[3], found[2], found[1], text)
    if found := _SLASHED.fullmatch(text):
        if not order and found[1] != found[2]:
            raise ValueError(f"{text} may be day or month first")
        first, second = (found[1], found[2]) if order == "mdy" else (found[2], found[1])
        return _day(found[3], first, second, text)
    return text


def _day(year: str, month: str, day: str, text: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return text
