"""Rents by day, read from a file: one column a series, every fault of the file with its place."""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, InputErrors

LONGEST_GAP = 31
"""Days without any number of a series after which its file is refused, unless the asker allows more."""


class RentOfDay(NamedTuple):
    """A rent on a day, USD a GPU-hour."""

    day: datetime.date
    rent: float


class RentSeries(NamedTuple):
    """A series of rents, days ascending, each day once."""

    name: str
    days: tuple[RentOfDay, ...]

    @property
    def years(self) -> float:
        """From the first day to the last, in years of 365.25 days."""
        return years_between(self.days[0].day, self.days[-1].day)


def years_between(first: datetime.date, last: datetime.date) -> float:
    """Years of 365.25 days.

    >>> years_between(datetime.date(2024, 1, 1), datetime.date(2028, 1, 1))
    4.0
    """
    return (last - first).days / 365.25


def read_rents(path: Path, longest_gap: int = LONGEST_GAP) -> tuple[RentSeries, ...]:
    """The series of a CSV file: `date` first, then one column a series, a cell empty where nothing is known.

    Raises InputErrors with every fault by line and column: `missing`, `unreadable`, `bad_value` for what is no day or no
    rent above 0, `duplicate` for a day that occurs twice, `bad_period` for one out of order, `gap` for more than
    `longest_gap` days without a number of a series.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise CaseError("missing", "file", str(path), "no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError("unreadable", "file", str(path), f"cannot be read as UTF-8 text: {error}") from None
    return rents_of(text, str(path), longest_gap)


def rents_of(text: str, file: str, longest_gap: int = LONGEST_GAP) -> tuple[RentSeries, ...]:
    r"""The series of a CSV text. Raises as `read_rents`.

    >>> rents_of("date,h100\n2026-03-06,2.44\n2026-03-07,2.46\n", "x.csv")[0].days[1].rent
    2.46
    """
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or len(rows) < 3 or len(rows[0]) < 2:
        raise CaseError(
            "missing", "file", file, "a head is needed (date, then a column a series), and two days or more"
        )
    reading = _Reading(file, rows[0][1:], longest_gap)
    for line, row in enumerate(rows[1:], start=2):
        reading.take(line, row)
    faults = [*reading.faults, *reading.gaps()]
    if faults:
        raise InputErrors(sorted(faults, key=lambda one: (one.line or 0, one.column or 0)))
    return tuple(RentSeries(name, tuple(days)) for name, days in zip(reading.names, reading.days, strict=True))


class _Reading:
    """What was read of a file so far, and its faults."""

    def __init__(self, file: str, names: Sequence[str], longest_gap: int) -> None:
        self.file, self.names, self.longest_gap = file, names, longest_gap
        self.faults: list[CaseError] = []
        self.days: list[list[RentOfDay]] = [[] for _ in names]
        self.lines: list[list[int]] = [[] for _ in names]
        self.seen: dict[datetime.date, int] = {}
        self.newest: datetime.date | None = None

    def take(self, line: int, row: Sequence[str]) -> None:
        day = self._day(line, row)
        if day is None:
            return
        if len(row) != len(self.names) + 1:
            self._fault(
                "bad_value", "row", len(row), f"{len(self.names) + 1} cells are needed, as the head has", line, 1
            )
            return
        for place, cell in enumerate(row[1:]):
            if cell.strip():
                self._cell(line, place, day, cell)

    def _cell(self, line: int, place: int, day: datetime.date, cell: str) -> None:
        try:
            rent = float(cell)
        except ValueError:
            rent = math.nan
        if not (math.isfinite(rent) and rent > 0.0):
            hint = "a rent is a number above 0, in USD a GPU-hour; leave the cell empty where none is known"
            self._fault("bad_value", self.names[place], cell, hint, line, place + 2)
            return
        self.days[place].append(RentOfDay(day, rent))
        self.lines[place].append(line)

    def _day(self, line: int, row: Sequence[str]) -> datetime.date | None:
        try:
            day = datetime.date.fromisoformat(row[0].strip() if row else "")
        except ValueError:
            self._fault("bad_value", "date", row[0] if row else "", "a day is written 2026-03-06", line, 1)
            return None
        if day in self.seen:
            hint = f"this day stands on line {self.seen[day]} already; keep one of them"
            self._fault("duplicate", "date", day.isoformat(), hint, line, 1)
            return None
        if self.newest is not None and day < self.newest:
            hint = f"days ascend, and {self.newest} stands before it; sort the file"
            self._fault("bad_period", "date", day.isoformat(), hint, line, 1)
            return None
        self.seen[day], self.newest = line, day
        return day

    def gaps(self) -> Iterator[CaseError]:
        for place, name in enumerate(self.names):
            days = self.days[place]
            if len(days) < 2:
                yield self._made("missing", name, len(days), "a series needs numbers on two days or more", 1, place + 2)
            for before, after, line in zip(days, days[1:], self.lines[place][1:], strict=False):
                apart = (after.day - before.day).days
                if apart > self.longest_gap:
                    hint = (
                        f"no number between {before.day} and {after.day}, {apart} days: cut the file there, fill what is known, "
                        f"or allow gaps of {apart} days"
                    )
                    yield self._made("gap", name, apart, hint, line, place + 2)

    def _fault(self, code: str, path: str, value: object, hint: str, line: int, column: int) -> None:
        self.faults.append(self._made(code, path, value, hint, line, column))

    def _made(self, code: str, path: str, value: object, hint: str, line: int, column: int) -> CaseError:
        return CaseError(code, path, value, hint, file=self.file, line=line, column=column)
