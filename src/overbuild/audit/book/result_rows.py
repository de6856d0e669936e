"""A model's results as rows: each declared result with its formula, guarded by the conditions under which it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from overbuild.audit.book.blocks import Block, Places
from overbuild.audit.book.book import NONE, ResultRow, Value
from overbuild.audit.line_labels import label_of_row, unit_of_line
from overbuild.equations.reading.cells import Pieces, Ref, cell_of
from overbuild.equations.reading.line_table import label_of
from overbuild.equations.reported import Reported, missing

LABELS = "calendar"
"""The row that names the periods."""


def line_rows(reported: Iterable[Reported], blocks: Iterable[Block], places: Places) -> Iterator[ResultRow]:
    """Every line of the stages that are run once on whole rows: those that are results by their ids, guarded."""
    results = {one.line: one for one in reported if one.line and not one.is_period}
    known = list(blocks)
    numbers = {name: block.row(name)[0] for block in known for name in block.lines}
    for block in known:
        for line in block.lines.values():
            result = results.get(line.name)
            pieces = _by_id(cell_of(line, partial(places.of, block)), results)
            why = None if result is None else missing(result, numbers)
            value: Value = numbers[line.name] if why is None else NONE
            label = label_of_row(line)
            name = line.name if result is None else result.id
            formula = pieces if result is None else guarded(result, pieces, results)
            yield ResultRow(name, label, unit_of_line(line.name), value, formula, True, why or "")


def period_rows(
    reported: Iterable[Reported], values: Mapping[str, Value | None], periods: Block
) -> Iterator[ResultRow]:
    """Results that are periods: their names, found by their place (close is 0) among those of a stage."""
    declared = list(reported)
    results = {one.line: one for one in declared if one.line and not one.is_period}
    labels, from_first = Ref(LABELS, first=periods.first, last=periods.last), f"+{1 - periods.first})"
    for one in declared:
        if one.is_period:
            value = values[one.id]
            found: Pieces = ("INDEX(", labels, ",1,(", *_by_id((Ref(one.line),), results), from_first, ")")
            formula = guarded(one, found, results)
            yield ResultRow(one.id, label_of(one.line), "period", NONE if value is None else value, formula, True, "")


def _by_id(pieces: Pieces, results: Mapping[str, Reported]) -> Pieces:
    """References to lines that are results, by the ids of the results."""
    return tuple(
        piece._replace(row=results[piece.row].id) if isinstance(piece, Ref) and piece.row in results else piece
        for piece in pieces
    )


def guarded(result: Reported, pieces: Pieces, results: Mapping[str, Reported]) -> Pieces:
    """The formula where the conditions of the result hold, `none` elsewhere."""
    found = pieces
    for one in reversed(result.exists):
        sign = "<=0" if one.absent else ">0"
        found = ("IF(", *_by_id((Ref(one.line),), results), f"{sign},", *found, f',"{NONE}")')
    return found
