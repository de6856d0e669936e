"""A map of a sponsor's model: which cell is which input, which row is tied out; written, read and used again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.audit.sponsor.model_cells import ModelSheet, year_of
from overbuild.audit.sponsor.recognise import Recognised, TakenInput, TakenRow
from overbuild.errors import CaseError
from overbuild.foreign.workbook.cells import Cell, address, place_of
from overbuild.world.record import read_sound
from overbuild.world.tree import read_case_file

TIED = ("cfads", "debt_service")
"""The rows that are tied out."""


class MapInput(NamedTuple):
    """An input of the case and its cell, `Assumptions!C5`; the cell's number is multiplied by `times`."""

    input: str
    cell: str
    times: float = 1.0


class MapRow(NamedTuple):
    """A row to tie out: `cfads` or `debt_service`, its cells and those of its years, both as `Cash!C9:H9`."""

    row: str
    cells: str
    years: str
    times: float = 1.0


class ModelMap(NamedTuple):
    """What a map says."""

    inputs: tuple[MapInput, ...] = ()
    rows: tuple[MapRow, ...] = ()


def read_map(file: Path) -> ModelMap:
    """The map in a YAML file. Raises CaseError, located, for every fault of it."""
    return read_sound(read_case_file(file), ModelMap, _faults)


def _faults(found: ModelMap) -> Iterator[CaseError]:
    for place, one in enumerate(found.inputs, start=1):
        if not _is_place(one.cell, 1):
            yield CaseError("bad_value", f"inputs.{place}.cell", one.cell, "a sheet and a cell, such as Assumptions!C5")
    for place, row in enumerate(found.rows, start=1):
        if row.row not in TIED:
            yield CaseError("unknown_name", f"rows.{place}.row", row.row, f"one of {', '.join(TIED)}")
        for name, text in (("cells", row.cells), ("years", row.years)):
            if not _is_place(text, 2):
                yield CaseError(
                    "bad_value", f"rows.{place}.{name}", text, "a sheet and a range in a row, such as Cash!C9:H9"
                )


def _is_place(text: str, count: int) -> bool:
    sheet, _, cells = text.rpartition("!")
    try:
        places = [place_of(one) for one in cells.split(":")]
    except ValueError:
        return False
    return bool(sheet) and len(places) == count and len({one.row for one in places}) == 1


def mapped(found: Recognised, chosen: ModelMap, sheets: tuple[ModelSheet, ...]) -> Recognised:
    """What was recognised, with what a map says in its place. Raises CaseError for a cell that shows no number."""
    by_name = {sheet.name: sheet for sheet in sheets}
    inputs = {one.input: one for one in found.inputs}
    rows = {one.row: one for one in found.rows}
    for one in chosen.inputs:
        sheet, cell = _cell(one.cell, by_name)
        number = None if cell is None else sheet.number(cell)
        if cell is not None and number is None and cell.kind == "text":
            inputs[one.input] = TakenInput(one.input, one.cell, "named in the map", str(cell.value), 1.0, "as mapped")
            continue
        if number is None:
            raise CaseError("bad_value", one.input, one.cell, "this cell shows no number that was kept")
        inputs[one.input] = TakenInput(one.input, one.cell, "named in the map", number, one.times, "as mapped")
    for row in chosen.rows:
        rows[row.row] = _row(row, by_name)
    used = {one.cell for one in inputs.values()} | {one.cells.split(":")[0] for one in rows.values()}
    return Recognised(
        tuple(inputs.values()), tuple(rows.values()), tuple(one for one in found.left if one.cell not in used)
    )


def _cell(place: str, sheets: dict[str, ModelSheet]) -> tuple[ModelSheet, Cell | None]:
    name, _, text = place.rpartition("!")
    if name not in sheets:
        raise CaseError("unknown_name", "--map", place, f"the model has no such sheet; it has {', '.join(sheets)}")
    at = place_of(text)
    return sheets[name], sheets[name].rows.get(at.row, {}).get(at.column)


def _row(row: MapRow, sheets: dict[str, ModelSheet]) -> TakenRow:
    by_year: dict[int, float] = {}
    name, _, cells = row.cells.rpartition("!")
    heads, _, years = row.years.rpartition("!")
    first, last = (place_of(one) for one in cells.split(":"))
    start = place_of(years.split(":")[0])
    for step in range(last.column - first.column + 1):
        sheet, cell = _cell(f"{name}!{address(first.row, first.column + step)}", sheets)
        _, year = _cell(f"{heads}!{address(start.row, start.column + step)}", sheets)
        number = None if cell is None else sheet.number(cell)
        when = None if year is None else year_of(year)
        if number is not None and when is not None:
            by_year[when] = by_year.get(when, 0.0) + number * row.times
    if not by_year:
        raise CaseError("bad_value", row.row, row.cells, "these cells show no numbers under years")
    return TakenRow(row.row, row.cells, row.years, "named in the map", row.times, by_year)


def map_text(found: Recognised, model: str) -> str:
    """The map of what was taken, as YAML that `read_map` reads.

    >>> print(map_text(Recognised((TakenInput("site.it_mw", "A!C5", "IT", 100, 1.0, "MW"),), (), ()), "model.xlsx"))
    # Which cells of model.xlsx are which inputs of a case; times: what the number of the cell is multiplied by.
    inputs:
      - {input: site.it_mw, cell: "A!C5", times: 1.0}
    rows: []
    <BLANKLINE>
    """
    inputs = [
        f"  - {{input: {one.input}, cell: {json.dumps(one.cell)}, times: {one.times!r}}}"
        for one in found.inputs
        if not isinstance(one.read, str)
    ]
    rows = [
        f"  - {{row: {one.row}, cells: {json.dumps(one.cells)}, years: {json.dumps(one.years_at)}, times: {one.times!r}}}"
        for one in found.rows
    ]
    head = f"# Which cells of {model} are which inputs of a case; times: what the number of the cell is multiplied by."
    return "\n".join((head, *_listed("inputs", inputs), *_listed("rows", rows))) + "\n"


def _listed(name: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [f"{name}:", *found] if found else [f"{name}: []"]
