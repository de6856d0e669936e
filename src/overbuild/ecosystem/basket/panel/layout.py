"""A table of a panel, long (a row a day and name) or wide (a column a name), as single numbers with their places."""

from __future__ import annotations

import math
import re

from overbuild.ecosystem.basket.panel.dates import day_of
from overbuild.ecosystem.basket.panel.records import FaultList, Observed, Quoted, SourceRow, SourceTable
from overbuild.ecosystem.basket.settings import Form

DAYS = ("date", "day", "month_end", "month", "period", "period_end", "time", "timestamp", "datetime")
"""Headings of the column of days; the first column is it where none has one of these."""
NAMES = ("ticker", "name", "symbol", "company", "entity", "stock", "id")
"""Headings of the column of names in a long panel."""
VALUES: dict[str, Form | None] = {
    "log_return": "log",
    "log_returns": "log",
    "logret": "log",
    "simple_return": "simple",
    "return": None,
    "returns": None,
    "ret": None,
    "value": None,
    "price": "prices",
    "close": "prices",
    "adj_close": "prices",
    "adjusted_close": "prices",
}
"""Headings of the column of numbers in a long panel, and what each says they are."""

NOTHING = ("", "na", "n/a", "nan", "null", "none", "-")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)


def observed(table: SourceTable, *, prices: bool) -> Observed:
    r"""The numbers of a table, with all faults of form. `prices` are taken where a long panel has both.

    >>> from overbuild.ecosystem.basket.panel.source_text import csv_table
    >>> found = observed(csv_table("date,ticker,log_return\n2024-01-31,MSFT,0.01\n", "my.csv"), prices=False)
    >>> found.quoted[0].name, found.said, found.wide
    ('MSFT', 'log', False)
    """
    faults = FaultList(table.file)
    heads = [head.casefold().replace(" ", "_") for head in table.header]
    day = next((heads.index(word) for word in DAYS if word in heads), 0)
    name = next((heads.index(word) for word in NAMES if word in heads and heads.index(word) != day), None)
    value = _value_column(heads, prices=prices) if name is not None else None
    rows = [row for row in table.rows if _whole(row, table, faults)]
    if name is None or value is None:
        quoted = _wide(table, rows, day, faults) if name is None else []
        if name is not None:
            hint = f"a column {table.header[name]!r} says a long panel, but none of its numbers: head one {', '.join(VALUES)}"
            faults.add("bad_layout", "header", ", ".join(table.header), hint, line=1, column=1)
        return Observed(tuple(quoted), tuple(faults.all()), None, wide=True)
    found: list[Quoted] = []
    for row in rows:
        when = _day(row, day, faults)
        one = _quoted(row, row.cells[name], when, value, faults) if when else None
        found += [one] if one else []
    return Observed(tuple(found), tuple(faults.all()), VALUES[heads[value]], wide=False)


def _value_column(heads: list[str], *, prices: bool) -> int | None:
    known = [word for word in VALUES if word in heads]
    first = [word for word in known if (VALUES[word] == "prices") == prices] or known
    return heads.index(first[0]) if first else None


def _whole(row: SourceRow, table: SourceTable, faults: FaultList) -> bool:
    """Whether a row has a cell for each heading."""
    if len(row.cells) == len(table.header):
        return True
    hint = f"the header has {len(table.header)} columns; quote a cell that holds the separator"
    faults.add("length_mismatch", "row", len(row.cells), hint, line=row.line, column=1)
    return False


def _wide(table: SourceTable, rows: list[SourceRow], day: int, faults: FaultList) -> list[Quoted]:
    """The numbers of a wide table: every column but that of the days is a name."""
    seen: dict[str, int] = {}
    for at, head in enumerate(table.header):
        if at != day and not head:
            faults.add(
                "missing", "header", None, "a column of a wide panel is headed by its name", line=1, column=at + 1
            )
        if head in seen:
            hint = f"column {seen[head] + 1} has this name already; leave one of the two out"
            faults.add("duplicate", head, head, hint, line=1, column=at + 1)
        seen.setdefault(head, at)
    columns = [at for at in seen.values() if at != day]
    found: list[Quoted] = []
    for row in rows:
        when = _day(row, day, faults)
        quoted = (_quoted(row, table.header[at], when, at, faults) for at in columns) if when else ()
        found += [one for one in quoted if one]
    return found


def _day(row: SourceRow, day: int, faults: FaultList) -> str | None:
    """The day of a row, or none where it is no day."""
    when = day_of(row.cells[day])
    if when is None:
        hint = "a day is written YYYY-MM-DD, a month YYYY-MM"
        faults.add("bad_period", "day", row.cells[day], hint, line=row.line, column=day + 1)
    return when


def _quoted(row: SourceRow, name: str, when: str, value: int, faults: FaultList) -> Quoted | None:
    """One number of a row, or none where its name or text cannot be."""
    if not name:
        faults.add("missing", "name", None, "the row names nobody", line=row.line, column=1)
        return None
    text = row.cells[value]
    number = _number(text)
    if number is None:
        faults.add("bad_value", name, text, _meant(text), line=row.line, column=value + 1)
        return None
    return Quoted(when, name, number, row.line, value + 1)


def _number(text: str) -> float | None:
    """A number as it is written, NaN for a cell that holds none, nothing for what is neither."""
    if text.casefold() in NOTHING:
        return math.nan
    found = float(text) if _NUMBER.match(text) else math.inf
    return found if math.isfinite(found) else None


def _meant(text: str) -> str:
    """What to write in the place of a text that is no number.

    >>> _meant("1.5%"), _meant("0,015")
    ('not a number; did you mean 0.015?', 'not a number; decimals are written with a point: did you mean 0.015?')
    """
    share = _number(text.removesuffix("%").strip()) if text.endswith("%") else None
    if share is not None and math.isfinite(share):
        return f"not a number; did you mean {share / 100.0:.6g}?"
    point = _number(text.replace(",", ".")) if text.count(",") == 1 else None
    if point is not None and math.isfinite(point):
        return f"not a number; decimals are written with a point: did you mean {point:.6g}?"
    return "a number, or an empty cell where there is none"
