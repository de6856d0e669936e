"""Periods as people type them, and the ledger's figure that each means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overbuild.facts.fact import Fact
from overbuild.facts.filings.quarters import calendar_quarter
from overbuild.facts.period import period_days, period_span

_FISCAL_YEAR = re.compile(r"FY ?(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:Q([1-4]) ?(\d{4})|(\d{4}) ?Q([1-4]))", re.IGNORECASE)


class Spell(NamedTuple):
    """A typed period: a quarter by the calendar (`2025Q3`), a fiscal year by the year it ends in, or two days."""

    label: str
    quarter: str = ""
    fiscal_year: str = ""
    start: str = ""
    end: str = ""

    def find(self, facts: Iterable[Fact]) -> Fact | None:
        """The figure of this period; of several that are shown under one quarter, the one that ends last."""
        found = [fact for fact in facts if self._means(fact)]
        return max(found, key=lambda fact: (fact.period_end, fact.period_start), default=None)

    def _means(self, fact: Fact) -> bool:
        if not fact.period_end:
            return False
        span = period_span(fact.period_start, fact.period_end)
        if self.quarter:
            return span in ("quarter", "at an instant") and calendar_quarter(fact.period_end) == self.quarter
        if self.fiscal_year:
            return span == "year" and calendar_quarter(fact.period_end)[:4] == self.fiscal_year
        return (fact.period_start, fact.period_end) == (self.start, self.end)


def spell_of(text: str) -> Spell:
    """The period that a label means: `2025Q3`, `Q3 2025`, `FY2025`, `2025`, `2025-06-30`, `2025-01-01..2025-03-31`.

    Raises ValueError for anything else.

    >>> spell_of("Q3 2025").quarter, spell_of("FY2025").fiscal_year, spell_of("2025").end
    ('2025Q3', '2025', '2025-12-31')
    """
    text = text.strip()
    if found := _QUARTER.fullmatch(text):
        quarter = f"{found[2]}Q{found[1]}" if found[1] else f"{found[3]}Q{found[4]}"
        return Spell(quarter, quarter=quarter)
    if found := _FISCAL_YEAR.fullmatch(text):
        return Spell(f"FY{found[1]}", fiscal_year=found[1])
    if not text:
        raise ValueError(text)
    start, end = period_days(text)
    return Spell(text, start=start, end=end)


def neighbours(fact: Fact, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Figures of the same length that end within a year of a fact's end, but not with it, the nearest first."""
    length = period_span(fact.period_start, fact.period_end)
    near = [
        (abs(_months(other.period_end) - _months(fact.period_end)), other)
        for other in facts
        if other.period_end and other.period_end != fact.period_end
        if period_span(other.period_start, other.period_end) == length
    ]
    for months, other in sorted(near, key=lambda pair: (pair[0], pair[1].period_end)):
        if months <= 12:
            yield other


def _months(day: str) -> int:
    return 12 * int(day[:4]) + int(day[5:7])
