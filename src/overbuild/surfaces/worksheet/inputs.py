"""The two sheets that hold a case: single inputs, one a row, and series, which run across."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from overbuild.audit.sheet.allowed import Allowed
from overbuild.audit.sheet.case_sheet import CaseSheet, SheetInput
from overbuild.surfaces.safe_text import workbook_text
from overbuild.surfaces.workbook.formats import Formats
from overbuild.world.tree import Entry
from overbuild.world.worksheet.heads import (
    ALLOWED,
    BESIDE_HEADS,
    ENTRIES,
    LABEL,
    OPERANDS,
    PATH,
    UNIT,
    VALUE,
    WRITTEN,
)
from overbuild.world.worksheet.read import as_kept
from overbuild.world.worksheet.rows import FLAGS, operands_text

_TITLE, _HEAD, _FIRST = 0, 2, 3

_WIDTHS = {
    LABEL: 38.0,
    VALUE: 18.0,
    ENTRIES: 9.0,
    UNIT: 17.0,
    ALLOWED: 22.0,
    "low": 13.0,
    "high": 13.0,
    "note": 70.0,
    "whose note": 12.0,
    "fact": 44.0,
    "source": 30.0,
    "derived by": 30.0,
    OPERANDS: 52.0,
    WRITTEN: 12.0,
    PATH: 44.0,
}
_HEADS = {VALUE: "head_right", "low": "head_right", "high": "head_right", "note": "head_said", UNIT: "head_said"}
_BESIDE = tuple(BESIDE_HEADS.values())
SINGLE_HEADS = (LABEL, VALUE, UNIT, ALLOWED, *_BESIDE, OPERANDS, WRITTEN, PATH)
SERIES_HEADS = (LABEL, UNIT, ALLOWED, ENTRIES)
"""Heads before the entries of a series; what it rests on stands behind them."""

SPARE = 4
"""Empty cells behind the longest series."""

_LONGEST_LIST = 255
"""Most characters of the words of a choice that a cell can offer."""


def write_single(sheet: CaseSheet, page: Any, formats: Formats, *, fill_in: bool = True) -> None:
    """Every input that has one value."""
    heads = SINGLE_HEADS
    _frame(page, formats, f"{sheet.name}: inputs", heads, 2)
    line, heading = _FIRST, ""
    for one in sheet.inputs:
        if one.row.series is not None:
            continue
        if one.heading != heading:
            heading = one.heading
            _band(page, formats, line, heading, len(heads))
            line += 1
        column = heads.index(VALUE)
        _value(page, formats, _At(line, column), one.row.value, one.unit, fill_in=fill_in)
        if fill_in:
            _validated(page, _At(line, column), one)
        _beside(page, formats, line, heads, one)
        line += 1
    _on_paper(page, line, heads.index("note") + 1)


def write_series(sheet: CaseSheet, page: Any, formats: Formats, *, fill_in: bool = True) -> None:
    """Every input that has several values, one a column."""
    found = [one for one in sheet.inputs if one.row.series is not None]
    longest = max((len(one.row.series or ()) for one in found), default=0) + SPARE
    entries = tuple(str(place) for place in range(1, longest + 1))
    heads = (*SERIES_HEADS, *entries, *_BESIDE, OPERANDS, WRITTEN, PATH)
    _frame(page, formats, f"{sheet.name}: series", heads, 1)
    for line, one in enumerate(found, start=_FIRST):
        series, first = one.row.series or (), heads.index("1")
        page.write_number(line, heads.index(ENTRIES), len(series), formats.of("input" if fill_in else "fixed", "0"))
        for place in range(longest):
            at = _At(line, first + place)
            if place < len(series):
                _value(page, formats, at, series[place], one.unit, fill_in=fill_in)
                if fill_in:
                    _validated(page, at, one)
            else:
                page.write_blank(line, first + place, None, formats.of("ghost"))
        _beside(page, formats, line, heads, one)
    _on_paper(page, _FIRST + len(found), heads.index(_BESIDE[0]))


class _At:
    """A cell."""

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column


def _frame(page: Any, formats: Formats, title: str, heads: Sequence[str], frozen: int) -> None:
    page.hide_gridlines(2)
    page.write_string(_TITLE, 0, workbook_text(title), formats.of("title"))
    for column, head in enumerate(heads):
        page.set_column(column, column, _WIDTHS.get(head, 11.0))
        if head.isdigit():
            page.write_number(_HEAD, column, int(head), formats.of("head_right"))
        else:
            page.write_string(_HEAD, column, head, formats.of(_HEADS.get(head, "head")))
    page.freeze_panes(_HEAD + 1, frozen)


def _band(page: Any, formats: Formats, line: int, text: str, columns: int) -> None:
    for column in range(1, columns):
        page.write_blank(line, column, None, formats.of("heading"))
    page.write_string(line, 0, workbook_text(text), formats.of("heading"))


def _value(page: Any, formats: Formats, at: _At, entry: Entry, unit: str, *, fill_in: bool) -> None:
    value, looks = entry.value, ("input", "input_word") if fill_in else ("fixed", "fixed_said")
    if isinstance(value, bool):
        page.write_string(at.line, at.column, FLAGS[not value], formats.of(looks[1], "@"))
    elif isinstance(value, int | float):
        page.write_number(at.line, at.column, value, formats.of(looks[0], form_of(unit, value)))
    else:
        page.write_string(at.line, at.column, workbook_text(str(value)), formats.of(looks[1], "@"))


def form_of(unit: str, value: float) -> str:
    """Number format of a cell that is filled in: in full, as it is typed.

    >>> form_of("share", 0.575), form_of("USD", 2.9e9), form_of("MW", 87.3), form_of("year", 2026)
    ('0.0##%', '#,##0', 'General', 'General')
    """
    if unit in ("share", "decimal", "decimal per year"):
        return "0.0##%"
    if abs(value) < 10_000 or unit == "year":
        return "General"
    return "#,##0" if value == int(value) else "#,##0.0##"


def _validated(page: Any, at: _At, one: SheetInput) -> None:
    """Ask, when a cell is typed into, about what the reader would refuse."""
    allowed: Allowed = one.allowed
    if allowed.words and len(",".join(allowed.words)) <= _LONGEST_LIST:
        rule: dict[str, Any] = {"validate": "list", "source": list(allowed.words)}
    elif math.isfinite(allowed.low):
        between = {"criteria": "between", "minimum": allowed.low, "maximum": allowed.high}
        rule = between if math.isfinite(allowed.high) else {"criteria": ">=", "value": allowed.low}
        rule = {"validate": "decimal", **rule}
    else:
        return
    message = f"{one.label}: {allowed.text}{f', in {one.unit}' if one.unit else ''}"[:250]
    asked = {"error_type": "warning", "error_title": "Is this meant?", "error_message": message}
    page.data_validation(at.line, at.column, at.line, at.column, {**rule, **asked})


def _beside(page: Any, formats: Formats, line: int, heads: Sequence[str], one: SheetInput) -> None:
    """What stands beside a value: label, unit, what is allowed, what it rests on, its digits and its path."""
    row = one.row
    texts: dict[str, str] = {LABEL: one.label, UNIT: one.unit, ALLOWED: one.allowed.text, PATH: row.path}
    texts[OPERANDS] = operands_text(row.operands)
    texts[WRITTEN] = _written(row.series or (row.value,))
    looks = {LABEL: "text", "note": "told", OPERANDS: "wrap", WRITTEN: "id", PATH: "id", ALLOWED: "id", UNIT: "said"}
    for name, head in BESIDE_HEADS.items():
        entry = row.beside.get(name)
        if entry is None:
            continue
        if isinstance(entry.value, int | float) and not isinstance(entry.value, bool):
            number = formats.of("live", form_of(one.unit, entry.value))
            page.write_number(line, heads.index(head), entry.value, number)
        else:
            texts[head] = str(entry.value)
    for head, text in texts.items():
        if text and head in heads:
            page.write_string(line, heads.index(head), workbook_text(text), formats.of(looks.get(head, "text")))
    lines = max(1 + len(texts.get("note", "")) // 75, 1 + texts[OPERANDS].count("\n"))
    page.set_row(line, 12.75 * lines)


def _written(entries: Sequence[Entry]) -> str:
    """The digits with which numbers are written, where a number alone does not say them."""
    texts = [one.text for one in entries]
    numbers = all(isinstance(one.value, int | float) and not isinstance(one.value, bool) for one in entries)
    return " | ".join(texts) if numbers and any(not _is_said(one) for one in entries) else ""


def _is_said(entry: Entry) -> bool:
    """Whether a cell alone says how a number is written, whatever program saves it."""
    value: Any = entry.value
    return _in_cell(value) == entry.text and float(as_kept(value)) == value


def _in_cell(value: Any) -> str:
    """A number as a cell keeps it: a whole one has no decimals."""
    return repr(int(value) if abs(value) < _WHOLE and value == int(value) else value)


_WHOLE = 1e15


def _on_paper(page: Any, lines: int, columns: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(_HEAD)
    page.print_area(0, 0, max(1, lines - 1), columns - 1)
    page.fit_to_pages(1, 0)
