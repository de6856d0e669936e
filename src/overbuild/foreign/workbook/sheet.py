"""One sheet, read as a stream of rows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.foreign.workbook.cells import (
    LAST_COLUMN,
    LAST_ROW,
    At,
    Cell,
    CellKind,
    CellValue,
    MergedRange,
    address,
    day_of,
    place_of,
)
from overbuild.foreign.workbook.package import Package
from overbuild.foreign.workbook.parts import attributes, local, new_parser, plain

MOST_CELLS = 3_000_000
"""Cells with something in them that one sheet may have."""

LONGEST_CELL = 32_767
LONGEST_ROW = 4_000_000
MOST_MERGED = 20_000
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class SharedParts(NamedTuple):
    """What all sheets refer to."""

    texts: list[str]
    date_styles: frozenset[int]
    from_1904: bool
    percent_styles: frozenset[int] = frozenset()


class SheetRows:
    """The rows of a sheet as they are read; `merged` is whole once the last row is."""

    def __init__(self, package: Package, part: str, sheet: str, shared: SharedParts) -> None:
        self._package, self._part, self._sheet, self._shared = package, part, sheet, shared
        self.merged: list[MergedRange] = []
        self._done: list[list[Cell]] = []
        self._row: list[Cell] = []
        self._at, self._count = At(0, 0), 0
        self._said: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self._inside: list[str] = []
        self._formula = False
        self._in_cell, self._in_row = 0, 0

    def __iter__(self) -> Iterator[list[Cell]]:
        """The cells of each row that holds any, from left to right as the file has them."""
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._say
        for _ in self._package.feed(self._part, parser):
            yield from self._done
            self._done.clear()

    def _start(self, name: str, given: dict[str, str]) -> None:
        tag = local(name)
        self._inside.append(tag)
        if len(self._inside) > 64:
            self._package.unreadable("its XML is nested deeper than a sheet is")
        if tag == "row":
            row = int(given["r"]) if "r" in given else self._at.row + 1
            if not self._at.row < row <= LAST_ROW:
                raise ValueError(f"row {row} after row {self._at.row}")
            self._at, self._row, self._in_row = At(row, 0), [], 0
        elif tag == "c":
            self._start_cell(attributes(given))
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell":
            first, _, last = given.get("ref", "").partition(":")
            self.merged.append(MergedRange(place_of(first), place_of(last or first)))
            if len(self.merged) > MOST_MERGED:
                self._package.refuse("too_large", f"a sheet has at most {MOST_MERGED:,} merged ranges")

    def _start_cell(self, said: dict[str, str]) -> None:
        at = place_of(said["r"]) if "r" in said else At(self._at.row, self._at.column + 1)
        if at.row != self._at.row or not self._at.column < at.column <= LAST_COLUMN:
            raise ValueError(f"cell {said.get('r', '')} out of its order")
        self._at, self._said, self._texts, self._formula = at, said, {}, False
        self._in_cell = 0

    def _say(self, text: str) -> None:
        tag = self._inside[-1] if self._inside else ""
        if tag in ("v", "t") and "rPh" not in self._inside and "c" in self._inside:
            self._texts.setdefault(tag, []).append(text)
            self._in_cell += len(text)
            self._in_row += len(text)
            if self._in_cell > LONGEST_CELL:
                self._package.refuse("too_large", f"a cell holds at most {LONGEST_CELL:,} characters", self._place)
            if self._in_row > LONGEST_ROW:
                self._package.refuse("too_large", f"a row holds at most {LONGEST_ROW:,} characters", self._place)

    def _end(self, name: str) -> None:
        self._inside.pop()
        tag = local(name)
        if tag == "c":
            self._end_cell()
        elif tag == "row" and self._row:
            self._done.append(self._row)
            self._row = []

    def _end_cell(self) -> None:
        kind = self._said.get("t", "n")
        written = "".join(self._texts.get("t" if kind == "inlineStr" else "v", ()))
        if not written and not self._formula:
            return
        self._count += 1
        if self._count > MOST_CELLS:
            hint = f"a sheet has at most {MOST_CELLS:,} cells with something in them; save what is meant by itself"
            self._package.refuse("too_large", hint, self._sheet)
        if not written and kind != "str":
            self._row.append(Cell(*self._at, "uncalculated", None, formula=True, written=""))
            return
        try:
            said, value = self._value(kind, written)
        except (ValueError, IndexError, OverflowError) as error:
            self._package.unreadable(f"{self._place} holds what no cell holds ({error})")
        if value != "":
            is_percent = said == "number" and _index(self._said.get("s", "0")) in self._shared.percent_styles
            self._row.append(Cell(*self._at, said, value, self._formula, written, is_percent))

    def _value(self, kind: str, written: str) -> tuple[CellKind, CellValue]:
        match kind:
            case "s":
                return "text", self._shared.texts[_index(written)]
            case "str" | "inlineStr":
                return "text", plain(written)
            case "e":
                return "error", written
            case "b":
                return "boolean", written.strip() in ("1", "true")
            case "d":
                return "text", written
            case "n":
                number = _number(written)
                if _index(self._said.get("s", "0")) in self._shared.date_styles:
                    return self._day(number)
                return "number", number
            case _:
                raise ValueError(f"no kind of cell: {kind[:20]}")

    def _day(self, number: float) -> tuple[CellKind, CellValue]:
        try:
            return "date", day_of(number, from_1904=self._shared.from_1904)
        except ValueError:
            return "number", number

    @property
    def _place(self) -> str:
        return f"{self._sheet}!{address(self._at.row, self._at.column or 1)}"


def _index(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text[:20]} is no place in a list")
    return int(text[:12])


def _number(text: str) -> float:
    """A whole number as an int, so that a count stays one; any other as a float."""
    if _NUMBER.fullmatch(text.strip()) is None:
        raise ValueError(f"{text[:20]} is no number")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is no number")
    return int(text) if re.fullmatch(r"\s*-?\d{1,15}\s*", text, re.ASCII) else value
