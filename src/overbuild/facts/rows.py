"""From text to facts: reading an observation table and saying everything that is wrong with it at once."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from overbuild.errors import FactError, did_you_mean
from overbuild.facts.fact import CLASS_RANK, COLUMNS, DESCRIBED, KINDS, PRECISIONS, STATUSES, Fact
from overbuild.facts.period import is_day
from overbuild.foreign.numbers import number_of
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
    """Every sound row of a CSV text as a Fact, and every fault with its file and line.

    `sources` are the keys a row may cite. A row with a fault gives no fact.
    """
    faults = _Faults(file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    facts: list[Fact] = []
    try:
        header = next((row for row in reader if row), list[str]())
        faults.line = reader.line_num or 1
        _check_header(header, faults)
        if faults:
            return [], list(faults)
        places = [header.index(name) if name in header else -1 for name in COLUMNS]
        for cells in reader:
            faults.line = reader.line_num
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(header):
                faults.add(
                    "length_mismatch",
                    "row",
                    len(cells),
                    f"the header has {len(header)} columns; quote a cell that holds a comma",
                )
                continue
            before = len(faults)
            stripped = ["" if place < 0 else cells[place].strip() for place in places]
            fact = _fact(dict(zip(COLUMNS, stripped, strict=True)), sources, faults)
            if len(faults) == before:
                facts.append(fact)
    except csv.Error as error:
        faults.line = reader.line_num
        faults.add("syntax", "row", None, f"not a readable CSV row: {error}")
    return facts, list(faults)


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
    if not "1900" <= start[:4] <= end[:4] <= "2200":
        faults.add("bad_period", f"{who}: period", f"{start}..{end}", "periods lie between 1900 and 2200")
    if cell["kind"] in ("reported", "run_rate") and known_at and known_at < end:
        faults.add(
            "lookahead",
            f"{who}: known_at",
            known_at,
            f"a reported figure or a run rate cannot be known before its period ends ({end})",
        )


def find_duplicates(facts: Iterable[Fact]) -> list[FactError]:
    """Rows that repeat the identity of an earlier row, with what to do: it depends on what else is the same."""
    seen: dict[tuple[str, ...], Fact] = {}
    faults: list[FactError] = []
    for fact in facts:
        first = seen.setdefault(fact.identity, fact)
        if first is not fact:
            faults.append(_at_row(fact, "duplicate", fact.vintage, _figure(fact), _repeated(fact, first)))
    return faults


def _repeated(fact: Fact, first: Fact) -> str:
    place = f"{first.file}:{first.line}"
    if fact.base_unit != first.base_unit or fact.unit_printed != first.unit_printed:
        said = " ".join(part for part in (_figure(first), first.unit_printed) if part)
        return (
            f"{place} has the same entity, metric, period, kind, source and known_at in another unit or definition"
            f" ({said}); say the difference in the name of the metric"
        )
    if (fact.value_in_base_unit, fact.value_text) == (first.value_in_base_unit, first.value_text):
        return f"repeats {place} exactly; take one of the two rows out"
    return (
        f"the same entity, metric, period, kind, source and known_at as {place}, which says {_figure(first)};"
        " one source gives one figure on one day: enter a revision with the later day on which it became known"
    )


def _figure(fact: Fact) -> str:
    if fact.status == "withdrawn":
        return "withdrawn"
    return fact.value_text or f"{fact.value:.12g} {fact.unit}"


def find_unit_clashes(added: Iterable[Fact], established: Iterable[Fact]) -> list[FactError]:
    """Added rows that measure something else than the metric does in every established row, or in an earlier row.

    The earlier row is one of the same entity, metric and period.
    """
    measures: dict[str, set[str]] = {}
    units: dict[tuple[str, ...], Fact] = {}
    for fact in established:
        if fact.value is not None:
            measures.setdefault(fact.metric, set()).add(UNITS[fact.unit].measures)
            units.setdefault(fact.identity[:4], fact)
    faults: list[FactError] = []
    for fact in added:
        if fact.value is None:
            continue
        known, measured = measures.get(fact.metric), UNITS[fact.unit].measures
        first = units.setdefault(fact.identity[:4], fact)
        path = f"{fact.entity} {fact.metric}: unit"
        if known and measured not in known:
            hint = f"{fact.metric} is {' or '.join(sorted(known))} in the tables, {fact.unit} is {measured}"
            faults.append(_at_row(fact, "bad_unit", path, fact.unit, hint))
        elif first.base_unit != fact.base_unit:
            hint = f"{first.file}:{first.line} gives this period in {first.unit}; a figure of another measure is another metric"
            faults.append(_at_row(fact, "bad_unit", path, fact.unit, hint))
    return faults


def _at_row(fact: Fact, code: str, path: str, value: object, hint: str) -> FactError:
    return FactError(code, path, value, hint, file=fact.file, line=fact.line)
