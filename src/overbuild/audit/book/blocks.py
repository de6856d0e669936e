"""The stages of a model taken apart into lines, and where on the sheets of a book each operand of a line stands.

What a period hands to the next is a row of its own (`state.dsra`); its opening stands one place before the first
period. Terms and series that are copies of an input point to it; the others stand on the sheet of time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from overbuild.audit.line_labels import CARRIED
from overbuild.audit.origins import SOLVED, Leaf, Origins
from overbuild.equations import Program, flatten
from overbuild.equations.model import Left, Model, RowOf
from overbuild.equations.reading.cells import Pieces, Ref
from overbuild.equations.reading.expression import Operand
from overbuild.equations.reading.named_lines import NamedLine, named_lines
from overbuild.timeline.run import Evaluated, evaluate


class Block(NamedTuple):
    """A stage with the value of every step at each place, and its lines; names of carried rows start with `carried`."""

    stage: Evaluated
    lines: dict[str, NamedLine]
    carried: str

    @property
    def name(self) -> str:
        """Name of the stage."""
        return self.stage.name

    @property
    def program(self) -> Program:
        """The program of the stage."""
        return self.stage.program

    @property
    def steps(self) -> list[list[Any]]:
        """The value of every step at each place."""
        return self.stage.steps

    @property
    def first(self) -> int:
        """The first place."""
        return self.stage.first

    @property
    def last(self) -> int:
        """The last place."""
        return self.stage.last

    @property
    def over_time(self) -> bool:
        """Whether the stage is run place by place."""
        return self.stage.stage.columns is not None

    def row(self, line: str) -> list[float]:
        """The numbers of a line, place by place."""
        at = self.lines[line].place
        return [float(steps[at]) for steps in self.steps]


AHEAD = "world"
"""The stage that may stand in front of a model, so that the model draws some of its inputs from it."""


def blocks_of(model: Model) -> dict[str, Block]:
    """The stages of a model as blocks. Stages that are run once carry nothing on.

    The carried rows of the first stage that is run period by period begin with `state.`, those of a later one, and of a
    world ahead of it, with its name before that.
    """
    found: dict[str, Block] = {}
    for name, stage in evaluate(model).items():
        carried, lines = "", named_lines(stage.program, None, "")
        if stage.stage.columns is not None:
            later = any(block.over_time and block.name != AHEAD for block in found.values())
            carried = f"{name}.{CARRIED}" if later or name == AHEAD else CARRIED
            lines = named_lines(stage.program, carried, CARRIED)
        found[name] = Block(stage, lines, carried)
    return found


class Places:
    """Where each operand of a model's lines stands; remembers which terms and series were asked for."""

    def __init__(self, blocks: Mapping[str, Block], origins: Origins) -> None:
        self.blocks, self.origins = blocks, origins
        self.used: dict[str, GivenTo] = {}

    def of(self, block: Block, operand: Operand) -> Ref:
        """The place of an operand of a line of a block."""
        if operand.kind == "constant":
            return Ref(f"constant.{operand.name}")
        if operand.kind == "previous":
            return Ref(operand.name, shift=-1)
        if operand.kind == "line":
            return Ref(operand.name)
        row = self._row(block, operand.name)
        if row is not None:
            return row
        if operand.kind == "term":
            return self.copied(Leaf(block.name, operand.name)) or self._used(block, operand.name)
        return self._used(block, operand.name)

    def copied(self, leaf: Leaf) -> Ref | None:
        """The cell that a number given to a stage is a copy of; None where it is none."""
        path = self.origins.copy_of(leaf)
        return self._cell(path) if path else None

    def formula(self, leaf: Leaf) -> Pieces:
        """The formula of a number given to a stage: the cell that it copies, or its opposite; none for any other."""
        copied, opposite = self.copied(leaf), self.origins.opposite_of(leaf)
        if copied is not None:
            return (copied,)
        return ("(-", self._cell(opposite), ")") if opposite else ()

    def _cell(self, path: str) -> Ref:
        """The cell of a number of the case, or of one that sizing fixed."""
        if not path.startswith(f"{SOLVED}."):
            return Ref(self.origins.input_of[path])
        name, _, last = path.replace(".loans.", ".").rpartition(".")
        return Ref(name, first=int(last)) if last.isdigit() else Ref(f"{name}.{last}")

    def _row(self, block: Block, name: str) -> Ref | None:
        """A row of another stage: whole where results are made of it, at the same place where it is a series.

        What an earlier stage leaves is the last entry of the row that it hands on.
        """
        stage = block.stage.stage
        if isinstance(stage.opening, Left) and not block.over_time and name.startswith(f"{stage.parameters[0]}."):
            return self._left(self.blocks[stage.opening.stage], name.partition(".")[2])
        given, over_time = (stage.columns, True) if block.over_time else (stage.opening, False)
        if not isinstance(given, tuple):
            return None
        found = flatten(given, name.partition(".")[0]).get(name)
        if not isinstance(found, RowOf):
            return None
        source = self.blocks[found.stage]
        return Ref(found.line) if over_time else Ref(found.line, first=source.first, last=source.last)

    def handed_on(self, block: Block) -> dict[str, HandedOn]:
        """What a stage that is run place by place opens with, by path, where an earlier stage leaves it: cell and number."""
        opening = block.stage.stage.opening
        if not isinstance(opening, Left):
            return {}
        source = self.blocks[opening.stage]
        last = source.steps[-1]
        return {
            path: HandedOn(self._left(source, path), float(last[at])) for path, at in source.program.results.items()
        }

    def _left(self, source: Block, path: str) -> Ref:
        step = source.program.steps[source.program.results[path]]
        if not source.over_time:
            return Ref(step.name)
        row = step.name if step.kind == "line" else f"{source.carried}{path}"
        return Ref(row, first=source.last, last=source.last)

    def _used(self, block: Block, name: str) -> Ref:
        row = given_row(block, name)
        self.used[row] = GivenTo(block.name, name)
        return Ref(row)


class HandedOn(NamedTuple):
    """A number that a stage opens with, and the cell of the earlier stage that leaves it."""

    cell: Ref
    value: float


class GivenTo(NamedTuple):
    """A number or a series that a stage is given, by its path in the trace of the stage."""

    stage: str
    path: str


def given_row(block: Block, name: str) -> str:
    """Id of the row of a series or a term of a stage: those of the first stage go by their own names."""
    return name if block.carried == CARRIED else f"{block.name}.{name}"
