"""A number with what it is made of, as a tree, for the numbers of any model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

from overbuild.answer import Cell, FactUsed
from overbuild.audit.labels import words
from overbuild.audit.line_labels import CARRIED, label_of_row, unit_of_row
from overbuild.audit.origins import Leaf
from overbuild.equations import flatten, number
from overbuild.equations.model import Left, RowOf
from overbuild.equations.reading.line_table import row_of
from overbuild.equations.reading.named_lines import NamedLine, named_lines
from overbuild.equations.reading.told import told
from overbuild.timeline.run import Evaluated


class Document(NamedTuple):
    """The document that a figure was read in: publisher, title, date, address, and the place in it."""

    publisher: str
    title: str
    date: str
    address: str
    locator: str = ""


class Reason(NamedTuple):
    """What a case says beside a number: who chose it, why or from which paper, its range, and where it is written."""

    author: str
    reason: str
    low: float | None
    high: float | None
    place: str = ""


class Why(NamedTuple):
    """One number: its id, what it is, value and unit, the formula in words of other lines, where it comes from.

    `kind` is `line`, `result`, `input`, `fact`, `assumption`, `schedule` or `constant`; `below` are its operands. A
    part that several numbers are made of is one object. `origin` says in one line what `document` or `reason` tell.
    """

    id: str
    label: str
    value: Cell
    unit: str
    kind: str
    formula: str = ""
    origin: str = ""
    below: tuple[Why, ...] = ()
    fact: FactUsed | None = None
    document: Document | None = None
    reason: Reason | None = None


class LeafOf(Protocol):
    """What tells of a number that a stage is given: its leaf, its value, the name of its period where it has one."""

    def __call__(self, leaf: Leaf, value: float, label: str = "") -> Why:
        """The number as a leaf of the tree."""
        ...


class Tree:
    """The numbers of an evaluated model, each with what it is made of.

    `label` names a place of the axis, `shown_at` is the place at which whole rows are shown.
    """

    def __init__(
        self,
        question: str,
        stages: Mapping[str, Evaluated],
        leaf: LeafOf,
        label: Callable[[int], str] = str,
        shown_at: int = 0,
    ) -> None:
        self.question, self.stages, self.leaf, self.label, self.shown_at = question, stages, leaf, label, shown_at
        self._met: dict[tuple[str, str, int, int], Why] = {}
        self._rows: dict[str, dict[str, NamedLine]] = {}

    def at(self, line: str, place: int, depth: int) -> Why | None:
        """A line at a place of the axis; None where no stage that stands there has it."""
        for stage in self.stages.values():
            if stage.stage.columns is not None and stage.first <= place <= stage.last and line in self._named(stage):
                return self.of_line(stage, line, place - stage.first, depth)
        return None

    def result(self, line: str, depth: int) -> Why | None:
        """A line of a stage that is run once; None where none has it."""
        for stage in self.stages.values():
            if stage.stage.columns is None and line in self._named(stage):
                return self.of_line(stage, line, 0, depth)
        return None

    def lines(self, *, run_once: bool) -> list[str]:
        """Names of the lines of the stages that are run once, or of those that are run place by place."""
        return [
            line
            for stage in self.stages.values()
            if (stage.stage.columns is None) == run_once
            for line in stage.program.lines
        ]

    def _named(self, stage: Evaluated) -> dict[str, NamedLine]:
        """The lines of a stage, their parts, and what it hands from period to period."""
        if stage.name not in self._rows:
            carried = None if stage.stage.columns is None else CARRIED
            self._rows[stage.name] = named_lines(stage.program, carried)
        return self._rows[stage.name]

    def of_line(self, stage: Evaluated, line: str, at: int, depth: int) -> Why:
        """A line of a stage, `depth` levels of lines deep; inputs are always followed to their source."""
        key = (stage.name, line, at, depth)
        if key not in self._met:
            self._met[key] = self._made_of(stage, self._named(stage)[line], at, depth)
        return self._met[key]

    def _made_of(self, stage: Evaluated, line: NamedLine, at: int, depth: int) -> Why:
        read, row = told(stage.program, line.name, self._named(stage)), row_of(line.name)
        below: tuple[Why, ...] = ()
        if depth > 0:
            below = (
                *(self.of_line(stage, one, at, depth - 1) for one in read.lines),
                *(node for one in read.inputs for node in self._given(stage, one, at, depth - 1)),
            )
        label, over_rows = label_of_row(line), isinstance(stage.stage.opening, tuple) and stage.stage.columns is None
        if over_rows and below:
            label += f" (rows shown at {self.label(self.shown_at)})"
        said = f"equation of {row.room}; {row.source}" if row and line.kind == "line" else ""
        return Why(
            id=self._id(stage, line.name, at),
            label=label,
            value=number(stage.steps[at][line.place]),
            unit=unit_of_row(line, stage.stage),
            kind="result" if over_rows else "line",
            formula=f"{line.name.removeprefix(CARRIED)} = {self._formula(stage, read.text, read.inputs)}",
            origin="over all periods" if over_rows else said,
            below=below,
        )

    def _id(self, stage: Evaluated, line: str, at: int) -> str:
        period = "" if stage.stage.columns is None else f"@{self.label(stage.first + at)}"
        return f"{self.question}:{line}{period}"

    def _formula(self, stage: Evaluated, text: str, inputs: tuple[str, ...]) -> str:
        """The formula over names as people say them: lines of whole rows, terms and inputs of the period."""
        for name in sorted(inputs, key=len, reverse=True):
            row = self._row(stage, name)
            if row is not None:
                text = text.replace(name, row.line)
        text = text.replace("terms.", "").replace("inputs.", "").replace(f"previous {CARRIED}", CARRIED)
        return text.replace(CARRIED, "previous ")

    def _row(self, stage: Evaluated, name: str) -> RowOf | None:
        """The row behind an input: a whole row of results, or a series that is a line of an earlier stage."""
        parts = stage.stage.parameters
        given = stage.stage.opening if name.split(".")[0] == parts[0] else stage.stage.columns
        if not isinstance(given, tuple):
            return None
        found = flatten(given, name.split(".")[0]).get(name)
        return found if isinstance(found, RowOf) else None

    def _given(self, stage: Evaluated, name: str, at: int, depth: int) -> Iterator[Why]:
        """What stands behind an input of a line: an earlier line, a row's entry, or a number that the stage is given."""
        value = float(stage.steps[at][stage.program.inputs[name]]) if self._row(stage, name) is None else 0.0
        part, _, path = name.partition(".")
        parts, row = stage.stage.parameters, self._row(stage, name)
        if row is not None:
            source = self.stages[row.stage]
            place = at if stage.stage.columns is not None else self.shown_at - source.first
            if 0 <= place < len(source.steps):
                yield self.of_line(source, row.line, place, depth)
        elif part == parts[-1]:
            yield self.leaf(Leaf(stage.name, name), value)
        elif stage.stage.columns is not None and part == parts[1]:
            yield self.leaf(Leaf(stage.name, name, at), value, self.label(stage.first + at))
        else:
            yield self._carried(stage, path, at, value, depth)

    def _carried(self, stage: Evaluated, path: str, at: int, value: float, depth: int) -> Why:
        """What the stage opened with, or what the place before handed on: a line, or a formula of its own."""
        source, before = stage, at - 1
        if at == 0 and isinstance(stage.stage.opening, Left):
            source = self.stages[stage.stage.opening.stage]
            before = len(source.steps) - 1
        place = source.program.results.get(path)
        if place is None or before < 0:
            return Why(f"{self.question}:{path}", f"{words(path.replace('.', '_'))} at the opening", value, "", "state")
        step = source.program.steps[place]
        return self.of_line(source, step.name if step.kind == "line" else f"{CARRIED}{path}", before, depth)
