"""The stages of a model taken apart into lines, and where on the sheets of a book each operand of a line stands.

What a period hands to the next is a row of its own (`state.dsra`); its opening stands one place before the first
period. Terms and series that are copies of an input point to it; the others stand on the sheet of time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from overbuild.audit.origins import SOLVED, Leaf, Origins
from overbuild.equations import Program, flatten
from overbuild.equations.model import Left, Model, RowOf
from overbuild.equations.reading.cells import Ref
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


def blocks_of(model: Model, carried: Mapping[str, str]) -> dict[str, Block]:
    """The stages of a model as blocks; `carried` says what the names of a stage's carried rows start with.

    What a stage that is run once hands on is carried under the name of the stage that opens with it; where nobody
    does, as with results, there are no carried rows.
    """
    found: dict[str, Block] = {}
    for name, stage in evaluate(model).items():
        start = carried.get(name, "")
        over_time = stage.stage.columns is not None
        lines = named_lines(stage.program, start or None, "state." if over_time else "")
        found[name] = Block(stage, lines, start)
    return found


class Places:
    """Where each operand of a model's lines stands; remembers which terms and series were asked for.

    `input_row` turns the path of a number of the case into the id of its row, `prefixed` has by stage what the names
    of its lines start with where another stage has lines of the same names.
    """

    def __init__(
        self,
        blocks: Mapping[str, Block],
        origins: Origins,
        input_rows: Mapping[str, str],
        prefixed: Mapping[str, str],
        start: int,
    ) -> None:
        self.blocks, self.origins, self.input_rows, self.prefixed = blocks, origins, input_rows, prefixed
        self.start = start
        self.used: dict[str, tuple[str, str]] = {}
        columns = {
            id(block.stage.stage.columns): name for name, block in reversed(list(blocks.items())) if block.over_time
        }
        self._given_as = {
            name: columns.get(id(block.stage.stage.columns), name) if block.over_time else name
            for name, block in blocks.items()
        }

    def of(self, block: Block, operand: Operand) -> Ref:
        """The place of an operand of a line of a block."""
        if operand.kind == "constant":
            return Ref(f"constant.{operand.name}")
        if operand.kind == "previous":
            return Ref(operand.name, shift=-1)
        if operand.kind == "line":
            return Ref(f"{self.prefixed.get(block.name, '')}{operand.name}")
        row = self._row(block, operand.name)
        if row is not None:
            return row
        if operand.kind == "term":
            return self.copied(Leaf(block.name, operand.name)) or self._used(block, operand.name, operand.name)
        opening = block.stage.stage.opening
        part, _, path = operand.name.partition(".")
        if isinstance(opening, Left) and part == block.stage.stage.parameters[0]:
            source = self.blocks[opening.stage]
            return Ref(f"{source.carried}{path}", first=source.last)
        return self._used(block, series_row(block, operand.name), operand.name)

    def copied(self, leaf: Leaf) -> Ref | None:
        """The cell that a number given to a stage is a copy of; None where it is none.

        A stage that is given the very series of another has the same origins.
        """
        path = self.origins.copy_of(leaf._replace(stage=self._given_as[leaf.stage]))
        if not path:
            return None
        if not path.startswith(f"{SOLVED}."):
            return Ref(self.input_rows[path])
        name, _, last = path.replace(".loans.", ".").rpartition(".")
        return Ref(name, first=self.start + int(last)) if last.isdigit() else Ref(f"{name}.{last}")

    def _row(self, block: Block, name: str) -> Ref | None:
        """A row of another stage: whole where results are made of it, at the same place where it is a series."""
        stage = block.stage.stage
        given, over_time = (stage.columns, True) if block.over_time else (stage.opening, False)
        if not isinstance(given, tuple):
            return None
        found = flatten(given, name.partition(".")[0]).get(name)
        if not isinstance(found, RowOf):
            return None
        source = self.blocks[found.stage]
        return Ref(found.line) if over_time else Ref(found.line, first=source.first, last=source.last)

    def _used(self, block: Block, row: str, name: str) -> Ref:
        self.used[row] = (block.name, name)
        return Ref(row)


def series_row(block: Block, name: str) -> str:
    """Id of a series of a stage on the sheet of time: those of operation go by their own name."""
    return name if block.name in ("operation", "schedule") else f"{block.name}.{name}"
