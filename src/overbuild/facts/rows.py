"""From text to facts: reading an observation table and saying everything that is wrong with it at once."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from overbuild.errors import FactError, did_you_mean
from overbuild.facts.fact import CLASS_RANK, COLUMNS, DESCRIBED, KINDS, PRECISIONS, STATUSES, Fact
from overbuild.facts.period import is_day
from overbuild.foreign.numbers import is_number, number_of
from overbuild.foreign.row import Line
from overbuild.units import UNITS, WORDS_ONLY

REQUIRED = (
    "entity",
    "metric",
    "period_start",
    "period_end",
    "value",
    "unit",
    "kind",
    "source",
    "source_class",
    "known_at",
)
"""Columns a table must have; the others may be left out."""

MAGNITUDES = (
    "capex",
    "spend",
    "energy_cost",
    "ai_revenue",
    "revenue",
    "depreciation",
    "lease_commitments",
    "total_spend",
)
"""Metrics that begin with one of these are gross amounts: never negative, the name says the direction."""


class _Faults(list[FactError]):
    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.line = 0

    def add(self, code: str, path: str, value: object, hint: str) -> None:
        self.append(FactError(code, path, value, hint, file=self.file, line=self.line))


def read_table(text: str, file: str, sources: Collection[str]) -> tuple[list[Fact], list[FactError]]:
    """Every sound row of a CSV text as a Fact, and every fault with its file and line; as `read_rows`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Line] = []
    broken: list[FactError] = []
    try:
        for cells in reader:
            if cells:
                rows.append(Line(reader.line_num, [*map(str.strip, cells)]))
    except csv.Error as error:
        hint = f"not a readable CSV row: {error}"
        broken = [FactError("syntax", "row", None, hint, file=file, line=reader.line_num)]
    if broken and not rows:
        return [], broken
    facts, faults = read_rows(rows, file, sources)
    return facts, [*faults, *broken]


def read_rows(rows: Sequence[Line], file: str, sources: Collection[str]) -> tuple[list[Fact], list[FactError]]:
    """Every sound row as a Fact, and every fault with its file and line; the first row is the header.

    `sources` are the keys a row may cite. A row with a fault gives no fact. Cells have no spaces around them.
    """
    faults = _Faults(file)
    header = rows[0].cells if rows else []
    faults.line = rows[0].number if rows else 1
    _check_header(header, faults)
    if faults:
        return [], list(faults)
    reading = _FactReading(sources, faults)
    in_order = itemgetter(*(header.index(name) if name in header else len(header) for name in COLUMNS))
    facts: list[Fact] = []
    for line, cells in rows[1:]:
        if len(cells) != len(header):
            if any(cells):
                faults.append(length_fault(len(cells), len(header), file, line))
            continue
        if (fact := reading.fact(in_order([*cells, ""]), line)) is not None:
            facts.append(fact)
    return facts, list(faults)


def length_fault(found: int, wanted: int, file: str, line: int) -> FactError:
    """A row of another length than the header."""
    hint = f"the header has {wanted} columns; quote a cell that holds a comma"
    return FactError("length_mismatch", "row", found, hint, file=file, line=line)


class _FactReading:
    """Rows as they are read. What is sound once is known: a combination of words, the days of a row, a number."""

    def __init__(self, sources: Collection[str], faults: _Faults) -> None:
        self.sources, self.faults = sources, faults
        self.words: dict[tuple[str | bool, ...], tuple[str, str]] = {}
        self.days: set[tuple[str, ...]] = set()
        self.numbers: dict[str, float] = {}

    def fact(self, cells: Sequence[str], line: int) -> Fact | None:
        """The fact of a row; None for a row that is blank or has faults, which are added.

        A row is read cell by cell unless all of it is known to be sound: its words and which of its cells are filled
        (`words`), its days with the kind that they must suit (`days`), its source and its number.
        """
        entity, metric, start, end, text, said, unit, unit_printed, kind, status, source, source_class = cells[:12]
        locator, known_at, precision, note = cells[12:]
        words = (kind, status, source_class, precision, unit, bool(note), bool(text), bool(said))
        days = (start, end, known_at, kind)
        known = self.words.get(words)
        if known is not None and days in self.days and entity and metric and source in self.sources:
            value = self._number(text) if text else None
            if value is None or value >= 0 or (value < 0 and not metric.startswith(MAGNITUDES)):
                row = (entity, metric, start, end, value, said, unit, unit_printed, kind, known[0], source, source_class,
                       locator, known_at, known[1], note, 0, self.faults.file, line)  # fmt: skip
                return Fact._make(row)
        return self._cell_by_cell(cells, line, words, days)

    def _number(self, text: str) -> float:
        """A number that is finite; none of the order of numbers (nan) for any other text."""
        value = self.numbers.get(text)
        if value is None:
            value = float(text) if is_number(text) else math.nan
            self.numbers[text] = value = value if math.isfinite(value) else math.nan
        return value

    def _cell_by_cell(
        self, cells: Sequence[str], line: int, words: tuple[str | bool, ...], days: tuple[str, ...]
    ) -> Fact | None:
        if not any(cells):
            return None
        self.faults.line, before = line, len(self.faults)
        fact = _fact(dict(zip(COLUMNS, cells, strict=True)), self.sources, self.faults)
        if len(self.faults) > before:
            return None
        self.words[words] = (fact.status, fact.known_at_precision)
        self.days.add(days)
        return fact


def _check_header(header: list[str], faults: _Faults) -> None:
    allowed = (*COLUMNS, *DESCRIBED)
    for name in header:
        if name not in COLUMNS:
            close = did_you_mean(name, allowed)
            remedy = f"Allowed: {', '.join(allowed)}; --map {name or 'THEIRS'}=OURS reads it under another name"
            faults.add("unknown_name", "column", name, f"not a column of a fact table.{close} {remedy}")
    for name in REQUIRED:
        if name not in header:
            faults.add("missing", "column", None, f"the column {name} is required")
    for name in {name for name in header if header.count(name) > 1}:
        faults.add("duplicate", "column", name, "this column occurs twice")


def _fact(cell: Mapping[str, str], sources: Collection[str], faults: _Faults) -> Fact:
    who = f"{cell['entity'] or '?'} {cell['metric'] or '?'}"
    for name in ("entity", "metric", "known_at"):
        if not cell[name]:
            faults.add("missing", f"{who}: {name}", None, f"{name} is blank")
    _one_of(cell["kind"], KINDS, who, "kind", faults)
    _one_of(cell["source_class"], CLASS_RANK, who, "source_class", faults)
    status = cell["status"] or ("assumption" if cell["kind"] == "assumption" else "seen")
    precision = cell["known_at_precision"] or "day"
    _one_of(status, STATUSES, who, "status", faults)
    _one_of(precision, PRECISIONS, who, "known_at_precision", faults)
    _check_assumption(cell, status, precision, who, faults)
    value = _value(cell, status, who, faults)
    _check_days(cell, who, faults)
    if not cell["source"]:
        hint = "cite the key of a source, or describe the document in source_title and source_url in place of source"
        faults.add("missing", f"{who}: source", None, hint)
    elif cell["source"] not in sources:
        faults.add(
            "unknown_name",
            f"{who}: source",
            cell["source"],
            f"no such source.{did_you_mean(cell['source'], sources)} Add a block for it to sources.toml",
        )
    said: dict[str, Any] = {**cell, "value": value, "status": status, "known_at_precision": precision}
    return Fact(*said.values(), rank=0, file=faults.file, line=faults.line)


def _one_of(word: str, allowed: Collection[str], who: str, name: str, faults: _Faults) -> None:
    if word not in allowed:
        faults.add(
            "unknown_name", f"{who}: {name}", word, f"allowed: {', '.join(allowed)}.{did_you_mean(word, allowed)}"
        )


def _check_assumption(cell: Mapping[str, str], status: str, precision: str, who: str, faults: _Faults) -> None:
    is_assumption = cell["kind"] == "assumption"
    if status in ("recalled", "assumption") and not is_assumption:
        faults.add(
            "unknown_name",
            f"{who}: kind",
            cell["kind"],
            f"a figure that was {status} has kind assumption until a source is found",
        )
    if is_assumption and not cell["note"] and cell["source_class"] == "assumption" and status == "assumption":
        faults.add("missing", f"{who}: note", None, "an assumption says why in its note")
    if precision == "entered" and not is_assumption:
        faults.add("unknown_name", f"{who}: known_at_precision", precision, "only an assumption is dated by its entry")


def _value(cell: Mapping[str, str], status: str, who: str, faults: _Faults) -> float | None:
    unit, text, words = cell["unit"], cell["value"], cell["value_text"]
    if unit not in UNITS:
        faults.add("bad_unit", f"{who}: unit", unit, f"not a unit of the list.{did_you_mean(unit, UNITS)}")
    if status == "withdrawn":
        if text or words:
            faults.add("bad_value", f"{who}: value", text or words, "a withdrawn figure has neither value nor text")
        return None
    if bool(text) == bool(words):
        faults.add("bad_value", f"{who}: value", text or None, "fill exactly one of value and value_text")
        return None
    return _number(text, cell, who, faults) if text else None


_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan)", re.IGNORECASE)


def _number(text: str, cell: Mapping[str, str], who: str, faults: _Faults) -> float | None:
    if _NOT_FINITE.fullmatch(text):
        faults.add("not_finite", f"{who}: value", text, "a figure is finite")
        return None
    try:
        value = number_of(text)
    except ValueError as error:
        written = any(digit in text for digit in "0123456789") or any(map(str.isdigit, text))
        hint = str(error) if written else "not a number; a figure printed as words goes into value_text"
        faults.add("bad_value", f"{who}: value", text, hint)
        return None
    if not math.isfinite(value):
        faults.add("not_finite", f"{who}: value", text, "a figure is finite")
    if cell["unit"] in WORDS_ONLY:
        faults.add("bad_unit", f"{who}: unit", cell["unit"], "this unit is not a quantity; use value_text")
    if value < 0 and cell["metric"].startswith(MAGNITUDES):
        faults.add("negative", f"{who}: value", value, "a gross amount is never negative; its name says the direction")
    return value


def _check_days(cell: Mapping[str, str], who: str, faults: _Faults) -> None:
    start, end, known_at = cell["period_start"], cell["period_end"], cell["known_at"]
    if bool(start) != bool(end):
        faults.add("bad_period", f"{who}: period", f"{start}..{end}", "give both days of the period, or neither")
        return
    bad = [name for name in ("period_start", "period_end", "known_at") if cell[name] and not is_day(cell[name])]
    for name in bad:
        faults.add("bad_period", f"{who}: {name}", cell[name], "a date is a day of the calendar written YYYY-MM-DD")
    if bad or not end:
        return
    if start > end:
        faults.add("bad_period", f"{who}: period", f"{start}..{end}", "the period ends before it starts")
    elif not "1900" <= start[:4] <= end[:4] <= "2200":
        faults.add("bad_period", f"{who}: period", f"{start}..{end}", "periods lie between 1900 and 2200")
    if cell["kind"] in ("reported", "run_rate") and known_at and known_at < end:
        faults.add(
            "lookahead",
            f"{who}: known_at",
            known_at,
            f"a reported figure or a run rate cannot be known before its period ends ({end})",
        )
