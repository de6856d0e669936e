"""The columns of a worksheet by their heads, and its sheets: what writes one and what reads one agree here."""

from __future__ import annotations

from typing import NamedTuple


class SheetPair(NamedTuple):
    """The two sheets that hold a case: its single inputs, and its series, which run across."""

    single: str
    series: str


OWN = SheetPair("Inputs", "Series")
"""The sheets of a workbook that is filled in."""

CARRIED = SheetPair("Case", "Case series")
"""The sheets of an exported workbook that carry the case as it was exported, word for word."""

AS_WRITTEN = "As written"
"""The sheet that says which inputs a workbook was written with, their units and values: it tells what was taken out since."""

PATH, LABEL, VALUE, UNIT, ALLOWED, ENTRIES = "path", "input", "value", "unit", "allowed", "entries"
WRITTEN, OPERANDS = "as written", "derived from"

BESIDE_HEADS = {
    "low": "low",
    "high": "high",
    "reason": "note",
    "author": "whose note",
    "fact": "fact",
    "source": "source",
    "derive": "derived by",
}
"""The head of the column of each thing that stands beside a value."""

AS_EXPORTED, ID = "as exported", "id"
"""Heads of the sheet Inputs of an exported workbook."""

HEAD_ROWS = 20
"""The heads stand in one of the first rows."""

MOST_ROWS = 20_000
"""A worksheet of more inputs is refused."""
