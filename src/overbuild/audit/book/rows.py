"""A site's lines as rows: the model by period, the series it is given, and the schedule it was sized on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, get_type_hints

from overbuild.audit.book.blocks import Block, Places
from overbuild.audit.book.book import Row, Value
from overbuild.audit.labels import words
from overbuild.audit.origins import Leaf
from overbuild.equations import flatten
from overbuild.equations.reading.cells import Pieces, Ref, cell_of
from overbuild.equations.reading.line_table import label_of, row_of
from overbuild.equations.reading.named_lines import NamedLine
from overbuild.world.fields import unit_of_leaf

SIZED = "sizing."
"""What the rows of the schedule's own run start with: their names are those of the model."""

CARRIED = {
    "construction": "construction.state.",
    "opening": "state.",
    "operation": "state.",
    "schedule": "sizing.state.",
    "holdco": "holdco.state.",
}
"""What the names of rows that are handed from period to period start with, by stage."""

TITLES = {
    "construction": "Close and construction",
    "operation": "Operation",
    "holdco": "Debt of the holding company",
}
"""Headings of the stages that are run period by period."""


class Opening(NamedTuple):
    """The value that a carried row has before the first period: where it stands, its formula, its number."""

    place: int
    formula: Pieces
    value: Value


def model_rows(blocks: Mapping[str, Block], places: Places) -> list[Row]:
    """Rows of the model: construction, the opening, operation, and the debt of a holding company."""
    opened = blocks["opening"]
    openings: dict[str, Opening] = {}
    scalars: list[Row] = []
    for line in opened.lines.values():
        pieces, value = cell_of(line, partial(places.of, opened)), opened.steps[0][line.place]
        if line.kind == "result":
            openings[line.name] = Opening(opened.first, pieces, value)
        else:
            scalars.append(_row(opened, line, {0: value}, {0: pieces}, scalar=True))
    made: list[Row] = []
    for name, title in TITLES.items():
        if name == "operation":
            made += [Row("", "Opening: the site on its first day"), *scalars]
        if name in blocks:
            block = blocks[name]
            before = openings if name == "operation" else dict(_first_values(block, places))
            made += [Row("", title), *rows_over(block, places, before)]
    return made


def _first_values(block: Block, places: Places) -> Iterator[tuple[str, Opening]]:
    """What a stage opens with, where that is numbers: copies of inputs, or zeros."""
    for path, value in flatten(block.stage.stage.opening).items():
        copied = places.copied(Leaf(block.name, f"state.{path}"))
        yield f"{block.carried}{path}", Opening(block.first - 1, () if copied is None else (copied,), float(value))


def sized_rows(blocks: Mapping[str, Block], places: Places) -> Iterator[Row]:
    """Rows of the schedule's own run that cover rests on: cash before any reserve, sweep or default moves the loans."""
    block, opened = blocks["schedule"], blocks["opening"]
    wanted = {name for name in block.lines if name in ("cfads", "tax") or name.startswith(f"{block.carried}loans.")}
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
            at = opened.lines[carried].place
            openings[name] = Opening(opened.first, (Ref(carried, first=opened.first),), opened.steps[0][at])
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
            opened = openings[line.name]
            values = {opened.place: opened.value, **values}
            formulas = {**({opened.place: opened.formula} if opened.formula else {}), **formulas}
        yield _row(block, line, values, formulas)


def _row(
    block: Block, line: NamedLine, values: dict[int, Value], formulas: dict[int, Pieces], *, scalar: bool = False
) -> Row:
    if line.kind == "part":
        return Row(line.name, label_of_part(line.name), "", values, formulas, scalar)
    if line.kind == "result":
        path = line.name.removeprefix(block.carried)
        said = f"{words(path.replace('.', '_'))}, carried on"
        return Row(line.name, said, unit_of_leaf(_state_of(block), path), values, formulas, scalar)
    return Row(line.name, label_of(line.name), unit_of_line(line.name), values, formulas, scalar)


def _state_of(block: Block) -> Any:
    """The type of what a stage hands on, as its function says."""
    return get_type_hints(block.stage.stage.function)["return"]


def label_of_part(name: str) -> str:
    """What a part is called: after the line it belongs to, `tax.part_1` being the first part of `tax`.

    >>> label_of_part("cfads.part_1")
    'Part of: Cash flow available for debt service'
    """
    owner = name.rpartition(".")[0]
    carried = owner.startswith(tuple(CARRIED.values()))
    return f"Part of: {words(owner.replace('.', '_')) if carried else label_of(owner)}"


def unit_of_line(name: str) -> str:
    """Unit of a named line; empty where the table of lines does not know it."""
    row = row_of(name)
    return row.unit if row else ""


def time_rows(blocks: Mapping[str, Block], places: Places) -> list[Row]:
    """Series and terms that the model takes and that are no single input: by period, copies where they are ones."""
    made: list[Row] = []
    series = {row: used for row, used in places.used.items() if not used[1].startswith("terms.")}
    for stage, title in TITLES.items():
        of_stage = ("operation", "schedule") if stage == "operation" else (stage,)
        names = sorted(row for row, used in series.items() if used[0] in of_stage)
        made += [Row("", title)] if names else []
        made += [_series(row, blocks[series[row][0]], series[row][1], places) for row in names]
    terms = sorted(row for row, used in places.used.items() if used[1].startswith("terms."))
    made += [Row("", "Modes and classes as numbers")] if terms else []
    for row in terms:
        value = flatten(blocks[places.used[row][0]].stage.stage.terms, "terms")[row]
        made.append(Row(row, _leaf_label(row), "", {0: float(value)}, scalar=True))
    return made


def _series(row: str, block: Block, name: str, places: Places) -> Row:
    columns = block.stage.stage.columns
    numbers = flatten(columns, "inputs")[name]
    values: dict[int, Value] = {block.first + at: float(value) for at, value in enumerate(numbers)}
    formulas: dict[int, Pieces] = {}
    for at in range(len(numbers)):
        copied = places.copied(Leaf(block.name, name, at))
        if name == "inputs.dsra_target":
            copied = Ref("sizing.dsra_target", first=block.first + at)
        if copied is not None:
            formulas[block.first + at] = (copied,)
    return Row(row, _leaf_label(name), unit_of_leaf(type(columns), name.removeprefix("inputs.")), values, formulas)


def _leaf_label(name: str) -> str:
    parts = name.split(".")[1:]
    return f"{words(parts[-1])}{': ' + ' '.join(parts[:-1]) if len(parts) > 1 else ''}"
