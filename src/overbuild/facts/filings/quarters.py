"""Periods of filings: quarters out of year-to-date figures, fiscal years told from trailing years, calendar quarters.

A 10-Q gives cash flows from the start of the fiscal year. Two such figures of one start differ by what lies between
their ends, whatever their labels: the difference of figures that end a quarter apart is that quarter. It is taken
from what was known on the day the later figure was filed, and anew only when both its ends have been restated: a year
restated without its nine months would put the whole year's change into the fourth quarter.
"""

from __future__ import annotations

import bisect
import datetime
import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overbuild.facts.filings.tag_choice import Chosen, FiledVintage, Series, Span

QUARTER_DAYS = (84, 99)
YEAR_DAYS = (350, 379)
"""Days of a quarter of 12 to 14 weeks and of a year of 50 to 54 weeks; the second is the first day too many."""

NEAR_DAYS = 7
"""How far starts of one fiscal year may lie apart in the tags of two filings."""

ANNUAL_FORMS = ("10-K", "20-F", "40-F")
"""Forms of annual reports begin like this (10-K/A, 10-KT)."""


class Difference(NamedTuple):
    """A quarter computed: what was filed to its end less what was filed to the day before its start."""

    span: Span
    value: float
    to_end: FiledVintage
    end_span: Span
    to_start: FiledVintage
    start_span: Span

    known: str


def differences(chosen: Chosen) -> Iterator[Difference]:
    """Every quarter that two filed figures of one start give, each as it was first known and as it was restated.

    A quarter that was itself filed by the day is not computed, nor one between two tags that nothing shows to mean the
    same: `known` is the day from which both figures, and that their tags mean the same, are known.
    """
    series = chosen.series
    ends_by_start: dict[str, list[str]] = {}
    for start, end in sorted(series):
        if start:
            ends_by_start.setdefault(start, []).append(end)
    starts = sorted(ends_by_start)
    for start, ends in ends_by_start.items():
        for place, end in enumerate(ends):
            if _days(start, end) >= QUARTER_DAYS[1]:
                earlier = _ends_before(end, start, ends[:place]) or _quarter_before(start, end, starts, ends_by_start)
                if earlier is not None:
                    yield from _vintages((start, end), earlier, chosen)


def _ends_before(end: str, start: str, ends: list[str]) -> Span | None:
    """The period from a start to the one of some ends that lies a quarter before an end."""
    day = _ordinal(end)
    for one in reversed(ends):
        between = day - _ordinal(one)
        if between >= QUARTER_DAYS[0]:
            return (start, one) if between < QUARTER_DAYS[1] else None
    return None


def _quarter_before(start: str, end: str, starts: list[str], ends: dict[str, list[str]]) -> Span | None:
    """The filed period of nearly the same start that ends a quarter earlier."""
    day = _ordinal(start)
    near = starts[_first_at(starts, day - NEAR_DAYS) : _first_at(starts, day + NEAR_DAYS + 1)]
    for other in sorted(near, key=lambda one: abs(_ordinal(one) - day)):
        if (found := _ends_before(end, other, [one for one in ends[other] if one < end])) is not None:
            return found
    return None


def _first_at(starts: list[str], ordinal: int) -> int:
    return bisect.bisect_left(starts, _date(max(ordinal, 1)))


def _vintages(late: Span, early: Span, chosen: Chosen) -> Iterator[Difference]:
    span = (_date(_ordinal(early[1]) + 1), late[1])
    own = _filed_itself(span, chosen.series)
    if own and own <= max(chosen.series[late][0].filed, chosen.series[early][0].filed):
        return
    last: tuple[FiledVintage, FiledVintage] | None = None
    for to_end, to_start in _both_known(chosen.series[late], chosen.series[early]):
        anew = last is None or (to_end is not last[0] and to_start is not last[1])
        same_since = to_end.filed if to_end.way == to_start.way else chosen.same_since(to_end.way, to_start.way)
        if anew and same_since:
            last = (to_end, to_start)
            known = max(to_end.filed, to_start.filed, same_since)
            if not own or known < own:
                yield Difference(span, to_end.value - to_start.value, to_end, late, to_start, early, known)


def _both_known(late: list[FiledVintage], early: list[FiledVintage]) -> Iterator[tuple[FiledVintage, FiledVintage]]:
    """The pairs in force on each day on which one of them was filed and both were known."""
    if len(late) == len(early) == 1:
        yield late[0], early[0]
        return
    for day in sorted({one.filed for one in (*late, *early)}):
        ends = [one for one in late if one.filed <= day]
        begins = [one for one in early if one.filed <= day]
        if ends and begins:
            yield ends[-1], begins[-1]


def _filed_itself(span: Span, series: Series) -> str:
    """The day on which a quarter was first filed as such; empty where it never was."""
    found = series.get(span)
    return found[0].filed if found else ""


def drop_misdated(series: Series) -> int:
    """Take out quarters that were filed with the amount of their year, and say how many.

    Filers date a column wrongly: the quarter then equals the year that ends with it, though the nine months before
    were not nothing.
    """
    years = {(end, start): vintages for (start, end), vintages in series.items() if start and is_year(start, end)}
    starts = sorted({start for start, _ in series if start})
    ends: dict[str, list[str]] = {}
    for start, end in series:
        ends.setdefault(start, []).append(end)
    dropped = 0
    for (end, start), vintages in years.items():
        early = _ends_before(end, start, sorted(ends[start])) or _quarter_before(start, end, starts, ends)
        span = (_date(_ordinal(early[1]) + 1), end) if early else ("", "")
        if early and span in series and any(one.value for one in series[early]):
            amounts = {one.value for one in vintages} - {0}
            kept = [one for one in series[span] if one.value not in amounts]
            dropped += len(series[span]) - len(kept)
            series[span] = kept
            if not kept:
                del series[span]
    return dropped


class FiscalYears:
    """The days on which an issuer's fiscal years end, as its annual reports say."""

    def __init__(self, series: Iterable[Series]) -> None:
        latest: dict[str, str] = {}
        for one in series:
            for (start, end), vintages in one.items():
                if start and is_year(start, end):
                    for vintage in vintages:
                        if vintage.form.startswith(ANNUAL_FORMS):
                            latest[vintage.accession] = max(end, latest.get(vintage.accession, ""))
        self.ends = sorted({_ordinal(end) for end in latest.values()})
        self._known: dict[str, bool] = {}

    def end_on(self, end: str) -> bool:
        """Whether a fiscal year ends on a day: a whole number of years from one that is known, within ten days."""
        known = self._known.get(end)
        if known is None:
            day = _ordinal(end)
            known = self._known[end] = any((day - one + 10) % 365.25 <= 20 for one in self.ends)
        return known


def is_year(start: str, end: str) -> bool:
    """Whether a period has the length of a year of 50 to 54 weeks."""
    return YEAR_DAYS[0] <= _days(start, end) < YEAR_DAYS[1]


def calendar_quarter(end: str) -> str:
    """The calendar quarter that a fiscal quarter is shown under: the one that holds its last day.

    Years of 52 or 53 weeks end up to a week after the month: a last day in the first week of a quarter belongs to the
    quarter before, or two fiscal quarters would fall into one.

    >>> [calendar_quarter(day) for day in ("2026-01-25", "2026-06-30", "2023-04-01", "2023-01-06")]
    ['2026Q1', '2026Q2', '2023Q1', '2022Q4']
    """
    day = datetime.date.fromisoformat(end)
    if day.day <= NEAR_DAYS and day.month % 3 == 1:
        day -= datetime.timedelta(days=NEAR_DAYS)
    return f"{day.year}Q{(day.month + 2) // 3}"


def _days(start: str, end: str) -> int:
    return _ordinal(end) - _ordinal(start) + 1


@functools.lru_cache(maxsize=50_000)
def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


@functools.lru_cache(maxsize=50_000)
def _date(ordinal: int) -> str:
    return datetime.date.fromordinal(ordinal).isoformat()
