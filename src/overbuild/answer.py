"""An Answer: what every question returns and every surface renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from overbuild.version import __version__

Cell = float | int | str | bool | None
Row = Mapping[str, Cell]


class Headline(NamedTuple):
    """The one number of an answer, and the sentence that says it."""

    id: str
    value: Cell
    unit: str
    text: str


class Column(NamedTuple):
    """A column of a table: the rows' key, its label, and the unit of its numbers (empty for words)."""

    key: str
    label: str
    unit: str = ""


class Table(NamedTuple):
    """Rows of one shape. Numbers are in base units; a surface chooses how to print them.

    `spare` are the keys of columns that a surface too narrow for all may leave out, the last one first.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    spare: tuple[str, ...] = ()


class FactUsed(NamedTuple):
    """A fact the answer leans on."""

    id: str
    source: str
    known_at: str
    known_at_precision: str


class Assumption(NamedTuple):
    """A number that no source gives: whose it is and why it was chosen."""

    id: str
    value: float
    unit: str
    low: float | None
    high: float | None
    author: str
    reason: str


class Chart(NamedTuple):
    """A picture as Vega-Lite JSON, self-contained (its data inside)."""

    name: str
    title: str
    spec: dict[str, Any]


class Branch(NamedTuple):
    """A line of an outline: how far in it stands, what it is, its number as said, and the names of its notes.

    `formula` says how it is made of the lines below it, `remark` what else is to be said.
    """

    level: int
    label: str
    amount: str = ""
    formula: str = ""
    remark: str = ""
    notes: tuple[str, ...] = ()


class Note(NamedTuple):
    """A note at the foot of an outline, by its name."""

    name: str
    text: str


class Outline(NamedTuple):
    """An answer as indented lines with notes, for people; `below` are the blocks of notes by their titles."""

    branches: tuple[Branch, ...]
    below: Mapping[str, tuple[Note, ...]]
    table: str
    """The table of the answer that says the same to programs."""


class Screen(NamedTuple):
    """What is printed first: one table, what moves the answer, and the assumptions that decide it.

    `table` names one of the answer's tables, or is one that was cut for the screen; empty for none. A `whole` screen
    leaves no sentence out, however narrow the terminal.
    """

    table: str | Table
    moves: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    moves_title: str = "What moves it"
    whole: bool = False


@dataclass(frozen=True)
class Answer:
    """The answer to one question.

    `values` maps an id to a number in base units (USD, MW, decimals), to a word where the id is a name or a
    period, or to None where the number does not exist; `status` then says why. `data_until` is the newest exact
    day among the facts used. `outline` stands for one of the tables where people read; `screen` says what is printed
    first, where that is not everything. `units` and `labels` say what values, by id, are in
    and are called. `limits` says what the answer cannot tell (at least two entries, the weightiest
    first).
    """

    question: str
    headline: Headline
    values: Mapping[str, Cell]
    status: Mapping[str, str]
    tables: tuple[Table, ...]
    facts: tuple[FactUsed, ...]
    assumptions: tuple[Assumption, ...]
    limits: tuple[str, ...]
    as_of: str | None = None
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    outline: Outline | None = None
    screen: Screen | None = None

    @property
    def data_until(self) -> str | None:
        """The newest day, known exactly, on which a fact used here became known."""
        return max((fact.known_at for fact in self.facts if fact.known_at_precision == "day"), default=None)

    def table(self, name: str) -> Table:
        """A table by name. Raises KeyError if there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    def as_json(self) -> dict[str, Any]:
        """The contract other programs rely on: one object, numbers or null, words only for names and periods."""
        return {
            "question": self.question,
            "as_of": self.as_of,
            "data_until": self.data_until,
            "headline": self.headline._asdict(),
            "values": dict(self.values),
            "status": dict(self.status),
            "tables": {table.name: [dict(row) for row in table.rows] for table in self.tables},
            "facts": [{"id": fact.id, "source": fact.source} for fact in self.facts],
            "assumptions": [assumption._asdict() for assumption in self.assumptions],
            "limits": list(self.limits),
            "version": __version__,
        }
