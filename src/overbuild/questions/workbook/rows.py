"""A site's lines as rows: the model by period, the series it is given, and the schedule it was sized on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from overbuild.equations import flatten
from overbuild.equations.cells import Pieces, Ref, cell_of
from overbuild.equations.expression import Operand
from overbuild.equations.line_table import label_of, row_of
from overbuild.equations.named_lines import NamedLine
from overbuild.questions.wording import unit_of_leaf, words
from overbuild.questions.workbook.blocks import CONSTRUCTION, SIZING, STATE, Block, Blocks
from overbuild.questions.workbook.book import Row, Value
from overbuild.questions.workbook.copies import Copies
from overbuild.site.inputs import build_inputs
from overbuild.site.metrics import BuildingRows
from overbuild.site.run import BUILDING_LINES, SiteRun
from overbuild.site.state import BuildState, State
from overbuild.site.terms import BuildInputs, Inputs

SIZED = "sizing."
"""What the rows of the sizing pass start with: their names are those of the model."""


class Places:
    """Where each operand of a site's programs stands; remembers which terms and series were asked for."""

    def __init__(self, blocks: Blocks, found: Copies) -> None:
        self.blocks, self.found = blocks, found
        self.used: dict[str, None] = {}

    def of(self, block: Block, operand: Operand) -> Ref:
        """The place of an operand. Terms and series that are no copies of inputs stand on the time sheet."""
        if operand.kind == "constant":
            return Ref(f"constant.{operand.name}")
        if operand.kind == "term":
            return self.found.terms.get(operand.name) or self._used(operand.name)
        if operand.kind == "previous":
            return Ref(operand.name, shift=-1)
        if operand.kind == "row":
            return self.row(operand.name)
        if operand.kind == "line":
            return Ref(f"{SIZED}{operand.name}" if block.name == "sizing" else operand.name)
        if operand.name.startswith("built."):
            return Ref(CONSTRUCTION + operand.name.removeprefix("built."), first=self.blocks.start - 1)
        return self._used(f"construction.{operand.name}" if block.name == "construction" else operand.name)

    def row(self, leaf: str) -> Ref:
        """A whole row that a result is made of, such as `rows.operating.dscr` or `rows.tranches.gpu.draw`."""
        side, _, name = leaf.removeprefix("rows.").partition(".")
        if side == "building":
            name = dict(zip(BuildingRows._fields, BUILDING_LINES, strict=True))[name]
        word = name.rpartition(".")[2]
        if side == "tranches" and word == "added":
            name = name.replace(".added", ".capitalised_interest")
        built = side == "building" or (side == "tranches" and word in ("draw", "added"))
        block = self.blocks.construction if built else self.blocks.operation
        return Ref(name, first=block.first, last=block.last)

    def _used(self, name: str) -> Ref:
        self.used[name] = None
        return Ref(name)


class Opening(NamedTuple):
    """The value that a carried row has before the first period: where it stands, its formula, its number."""

    place: int
    formula: Pieces
    value: Value


def model_rows(blocks: Blocks, places: Places) -> list[Row]:
    """Rows of the model: construction, the opening, operation."""
    made = [Row("", "Close and construction"), *rows_over(blocks.construction, places, {})]
    opened = blocks.opening
    made.append(Row("", "Opening: the site on its first day"))
    openings: dict[str, Opening] = {}
    for line in opened.lines.values():
        pieces, value = cell_of(line, partial(places.of, opened)), opened.steps[0][line.place]
        if line.kind == "result":
            openings[line.name] = Opening(blocks.start - 1, pieces, value)
        else:
            made.append(_row(line, {0: value}, {0: pieces}, scalar=True))
    return [*made, Row("", "Operation"), *rows_over(blocks.operation, places, openings)]


def sized_rows(blocks: Blocks, places: Places) -> Iterator[Row]:
    """Rows of the sizing pass that cover rests on: the cash before any reserve, sweep or default moves the loans."""
    block = blocks.sizing
    wanted = {name for name in block.lines if name in ("cfads", "tax") or name.startswith(f"{SIZING}loans.")}
    waiting = list(wanted)
    while waiting:
        for operand in block.lines[waiting.pop()].operands:
            if operand.name in block.lines and operand.kind in ("line", "previous") and operand.name not in wanted:
                wanted.add(operand.name)
                waiting.append(operand.name)
    kept = block._replace(lines={name: line for name, line in block.lines.items() if name in wanted})
    openings: dict[str, Opening] = {}
    for name, line in kept.lines.items():
        if line.kind == "result":
            carried = name.removeprefix(SIZED)
            at = blocks.opening.lines[carried]
            openings[name] = Opening(
                blocks.start - 1, (Ref(carried, first=blocks.start - 1),), blocks.opening.steps[0][at.place]
            )
    for row in rows_over(kept, places, openings):
        yield row if not row.id or row.id.startswith(SIZED) else row._replace(id=f"{SIZED}{row.id}")


def rows_over(block: Block, places: Places, openings: Mapping[str, Opening]) -> Iterator[Row]:
    """A row for each line of a block; carried rows, with their openings, come last."""
    headed = False
    for line in block.lines.values():
        if line.kind == "result" and not headed:
            headed = True
            yield Row("", f"Handed from period to period: {block.name}")
        pieces = cell_of(line, partial(places.of, block))
        values: dict[int, Value] = {block.first + at: float(steps[line.place]) for at, steps in enumerate(block.steps)}
        formulas = dict.fromkeys(values, pieces)
        if line.kind == "result":
            opened = openings.get(line.name)
            if opened is None:
                values = {block.first - 1: 0.0, **values}
            else:
                values = {opened.place: opened.value, **values}
                formulas = {opened.place: opened.formula, **formulas}
        yield _row(line, values, formulas)


def _row(line: NamedLine, values: dict[int, Value], formulas: dict[int, Pieces], *, scalar: bool = False) -> Row:
    if line.kind == "part":
        return Row(line.name, label_of_part(line.name), "", values, formulas, scalar)
    if line.kind == "result":
        path = line.name.removeprefix(CONSTRUCTION).removeprefix(SIZING).removeprefix(STATE)
        record = BuildState if line.name.startswith(CONSTRUCTION) else State
        said = f"{words(path.replace('.', '_'))}, carried on"
        return Row(line.name, said, unit_of_leaf(record, path), values, formulas, scalar)
    return Row(line.name, label_of(line.name), unit_of_line(line.name), values, formulas, scalar)


def label_of_part(name: str) -> str:
    """What a part is called: after the line it belongs to, `tax.part_1` being the first part of `tax`.

    >>> label_of_part("cfads.part_1")
    'Part of: Cash flow available for debt service'
    """
    owner = name.rpartition(".")[0]
    carried = owner.startswith((STATE, CONSTRUCTION, SIZING))
    return f"Part of: {words(owner.replace('.', '_')) if carried else label_of(owner)}"


def unit_of_line(name: str) -> str:
    """Unit of a named line; empty where the table of lines does not know it."""
    row = row_of(name)
    return row.unit if row else ""


def time_rows(run: SiteRun, blocks: Blocks, places: Places) -> list[Row]:
    """Series and terms that the model takes and that are no single input: by period, copies where they are ones."""
    series, building = flatten(run.sizing.inputs(run.plan), "inputs"), flatten(build_inputs(run.plan), "inputs")
    terms, made = flatten(run.terms, "terms"), list[Row]()
    groups: list[tuple[str, Callable[[str], bool]]] = [
        ("Close and construction", lambda name: name.startswith("construction.")),
        ("Operation", lambda name: name.startswith("inputs.")),
        ("Modes and classes as numbers", lambda name: name.startswith("terms.")),
    ]
    for title, belongs in groups:
        names = sorted(filter(belongs, places.used))
        made += [Row("", title)] if names else []
        for name in names:
            plain = name.removeprefix("construction.")
            if name.startswith("terms."):
                made.append(Row(name, _leaf_label(name), "", {0: terms[name]}, scalar=True))
            elif plain != name:
                made.append(_series(name, BuildInputs, (building[plain], places.found.building[plain]), 0))
            else:
                made.append(_series(name, Inputs, (series[name], _operating(blocks, places, name)), blocks.start))
    return made


def _operating(blocks: Blocks, places: Places, name: str) -> list[Ref | None]:
    column = places.found.operating[name]
    if name != "inputs.dsra_target":
        return column
    return [Ref("sizing.dsra_target", first=blocks.start + at) for at in range(len(column))]


def _series(name: str, record: Any, column: tuple[list[float], list[Ref | None]], first: int) -> Row:
    path = name.removeprefix("construction.").removeprefix("inputs.")
    numbers, copied = column
    values: dict[int, Value] = {first + at: float(value) for at, value in enumerate(numbers)}
    formulas: dict[int, Pieces] = {first + at: (ref,) for at, ref in enumerate(copied) if ref is not None}
    return Row(name, _leaf_label(name), unit_of_leaf(record, path), values, formulas)


def _leaf_label(name: str) -> str:
    parts = name.removeprefix("construction.").split(".")[1:]
    return f"{words(parts[-1])}{': ' + ' '.join(parts[:-1]) if len(parts) > 1 else ''}"
