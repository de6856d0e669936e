"""A model's lines as rows: by period, grouped by the things of the model; and the series and terms that it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from overbuild.audit.book.blocks import Block, Places, given_row
from overbuild.audit.book.book import Row, Value
from overbuild.audit.book.things import Thing, grouped
from overbuild.audit.labels import words
from overbuild.audit.line_labels import CARRIED, label_of_row, unit_of_row
from overbuild.audit.origins import Leaf
from overbuild.equations import flatten
from overbuild.equations.model import Left
from overbuild.equations.reading.cells import Pieces, cell_of
from overbuild.world.fields import unit_of_leaf


class Opening(NamedTuple):
    """The value that a carried row has before the first period: its formula, none where it is fixed, and its number."""

    formula: Pieces
    value: Value


def model_rows(blocks: Mapping[str, Block], places: Places, things: tuple[Thing, ...]) -> Iterator[Row]:
    """Rows of every stage that is run period by period: its own lines, those of each thing, what it carries on."""
    for block in blocks.values():
        if block.over_time:
            yield Row("", f"{words(block.name)}: every line, period by period")
            yield from grouped(list(rows_over(block, places)), things)


def rows_over(block: Block, places: Places) -> Iterator[Row]:
    """A row for each line of a block; carried rows, with their openings, come last."""
    openings = dict(_openings(block, places))
    for line in block.lines.values():
        pieces = cell_of(line, partial(places.of, block))
        values: dict[int, Value] = {block.first + at: float(steps[line.place]) for at, steps in enumerate(block.steps)}
        formulas = dict.fromkeys(values, pieces)
        if line.kind == "result":
            opened, before = openings[line.name], block.first - 1
            values = {before: opened.value, **values}
            formulas = {**({before: opened.formula} if opened.formula else {}), **formulas}
        yield Row(line.name, label_of_row(line), unit_of_row(line, block.stage.stage), values, formulas)


def _openings(block: Block, places: Places) -> Iterator[tuple[str, Opening]]:
    for path, one in places.handed_on(block).items():
        yield f"{block.carried}{path}", Opening((one.cell,), one.value)
    if isinstance(block.stage.stage.opening, Left):
        return
    for path, value in flatten(block.stage.stage.opening).items():
        pieces = places.formula(Leaf(block.name, f"{CARRIED}{path}"))
        yield f"{block.carried}{path}", Opening(pieces, float(value))


def time_rows(blocks: Mapping[str, Block], places: Places, things: tuple[Thing, ...]) -> Iterator[Row]:
    """Series and terms that the model takes and that are no single input: by period, copies where they are ones."""
    for block in blocks.values():
        used = sorted(one.path for one in places.used.values() if one.stage == block.name)
        terms = [path for path in used if path.startswith("terms.")]
        series = [_series(block, path, places) for path in used if path not in terms]
        if series:
            yield Row("", f"{words(block.name)}: series, period by period")
            yield from grouped(series, things)
        if terms:
            yield Row("", f"{words(block.name)}: numbers made of the case and of what sizing found, before the run")
            yield from grouped([_term(block, path, places) for path in terms], things)


def _term(block: Block, path: str, places: Places) -> Row:
    value, pieces = flatten(block.stage.stage.terms, "terms")[path], places.formula(Leaf(block.name, path))
    unit = unit_of_leaf(type(block.stage.stage.terms), path.removeprefix("terms."))
    formulas = {0: pieces} if pieces else {}
    return Row(given_row(block, path), _leaf_label(path), unit, {0: float(value)}, formulas, scalar=True)


def _series(block: Block, path: str, places: Places) -> Row:
    columns = block.stage.stage.columns
    numbers = flatten(columns, "inputs")[path]
    values: dict[int, Value] = {block.first + at: float(value) for at, value in enumerate(numbers)}
    formulas: dict[int, Pieces] = {}
    for at in range(len(numbers)):
        pieces = places.formula(Leaf(block.name, path, at))
        if pieces:
            formulas[block.first + at] = pieces
    unit = unit_of_leaf(type(columns), path.removeprefix("inputs."))
    return Row(given_row(block, path), _leaf_label(path), unit, values, formulas)


def _leaf_label(name: str) -> str:
    parts = name.split(".")[1:]
    return f"{words(parts[-1])}{': ' + ' '.join(parts[:-1]) if len(parts) > 1 else ''}"
