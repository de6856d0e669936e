"""A book: everything that a workbook shows, before anyone decides in which cell it stands.

A row has an id, a label, a unit, and by place on the axis of periods a value and, where it is computed, a formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from overbuild.equations.reading.cells import Pieces

if TYPE_CHECKING:
    from overbuild.audit.sheet.case_sheet import CaseSheet

Value: TypeAlias = float | int | str | bool

NONE = "none"
"""What stands where a result does not exist."""


class Row(NamedTuple):
    """A row of a sheet. A row without an id is a heading. A `scalar` row has one value, at place 0, off the axis.

    Rows of a `level` above 0 belong to the heading above them and may be folded away.
    """

    id: str
    label: str = ""
    unit: str = ""
    values: Mapping[int, Value] = {}
    formulas: Mapping[int, Pieces] = {}
    scalar: bool = False
    level: int = 0


class InputRow(NamedTuple):
    """An input and where it comes from.

    `follows` is true where the book follows a change as the program would; `effect` says it in words. `derived` is the
    arithmetic over printed figures that the value comes from, with its operands. `sized` is the value on which the debt
    was sized (None in a book in which nothing is sized); `sizes` is false where a change leaves the debt what it is.
    """

    id: str
    label: str
    unit: str
    value: Value
    kind: str
    fact: str
    source: str
    date: str
    reason: str
    low: float | None
    high: float | None
    follows: bool
    effect: str
    derived: str = ""
    sized: Value | None = None
    sizes: bool = True


class ResultRow(NamedTuple):
    """A result: its formula and value, or (`formula` None) a number that a solver found, with the words for it.

    `live` is false for a solved number: it stands while no input has changed.
    """

    id: str
    label: str
    unit: str
    value: Value
    formula: Pieces
    live: bool
    note: str


class Check(NamedTuple):
    """A number that should be within `tolerance` of 0; `otherwise` is what is said where it is not."""

    id: str
    label: str
    formula: Pieces
    value: float
    tolerance: float
    otherwise: str


def worst(amounts: Pieces) -> Pieces:
    """The greatest size of the entries of a row expression, as a formula that every spreadsheet reads alike.

    >>> worst(("a",))
    ('MAX(SUMPRODUCT(MAX(', 'a', ')),-SUMPRODUCT(MIN(', 'a', ')))')
    """
    return ("MAX(SUMPRODUCT(MAX(", *amounts, ")),-SUMPRODUCT(MIN(", *amounts, ")))")


class Picture(NamedTuple):
    """A chart over places of the axis: rows drawn as columns, rows drawn as lines, all in one unit."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[str, ...]
    first: int
    last: int


class PrintTable(NamedTuple):
    """A table for print: rows over columns of its own, numbered from 0 by its labels. It shows rows of the model."""

    title: str
    labels: tuple[str, ...]
    rows: tuple[Row, ...]


class FactRow(NamedTuple):
    """A fact that inputs lean on, and the document it was read in."""

    id: str
    label: str
    value: Value
    unit: str
    source: str
    document: str
    locator: str
    date: str
    address: str


class Book(NamedTuple):
    """Everything that a workbook shows.

    `labels` names the places of the axis from 0 (none for a book without periods); the place before 0 is the
    opening. `alive` is the row that is 0 from the period on in which everything ends. `carried` is the case word for
    word, from which it can be rebuilt.
    """

    title: str
    read_me: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    inputs: tuple[InputRow, ...]
    constants: tuple[Row, ...]
    time: tuple[Row, ...]
    model: tuple[Row, ...]
    sizing: tuple[Row, ...]
    results: tuple[ResultRow, ...]
    checks: tuple[Check, ...]
    facts: tuple[FactRow, ...]
    pictures: tuple[Picture, ...] = ()
    alive: str = ""
    bands: tuple[PrintTable, ...] = ()
    carried: CaseSheet | None = None
