"""A worksheet read as the tree of a case: every cell with its place, what is wrong with a cell in the place of its value."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, InputError
from overbuild.foreign.workbook.cells import Cell
from overbuild.foreign.workbook.read import Workbook
from overbuild.world.tree import CellFault, Entry, scalar
from overbuild.world.worksheet.changed import Changed, deleted_rows, with_changes
from overbuild.world.worksheet.grow import GrowingTree, is_derived, said_by
from overbuild.world.worksheet.heads import (
    AS_EXPORTED,
    AS_WRITTEN,
    BESIDE_HEADS,
    CARRIED,
    ENTRIES,
    HEAD_ROWS,
    ID,
    MOST_ROWS,
    OPERANDS,
    OWN,
    PATH,
    UNIT,
    VALUE,
    WRITTEN,
)
from overbuild.world.worksheet.rows import operands_of

HOW = "`overbuild new site FILE.xlsx` writes a worksheet to fill in; `--from-xlsx` starts a case from a model of another layout"

NOT_CARRIED = (
    "this workbook was exported without its case (after --shock, of a drafted case, or by an earlier version): it cannot be read "
    "back; export without --shock, or name the case file itself"
)

EMPTY = CellFault("missing", "this cell is empty: fill it in, write (none) where nothing is meant, or delete its row")


class Worksheet(NamedTuple):
    """A worksheet read: its tree, and what was changed in it since it was written.

    Of an exported workbook these are all inputs with another value; of a worksheet those whose rows were taken out.
    """

    tree: Entry
    changed: tuple[Changed, ...] = ()


class SheetTable(NamedTuple):
    """A sheet below its heads: rows of cells by column, the columns by head, and what a cell of it is told by."""

    file: str
    name: str
    heads: dict[str, int]
    rows: tuple[dict[int, Cell], ...]
    uncalculated: bool

    def place(self, row: dict[int, Cell], column: int) -> Entry:
        """The place of a cell, whether it holds something or not."""
        line = next(iter(row.values())).row
        return Entry(None, self.file, line, column, "", self.name)

    def entry(self, row: dict[int, Cell], head: str) -> Entry | None:
        """What stands in a row under a head; None for an empty cell, or where there is no such column."""
        column = self.heads.get(head)
        return None if column is None or column not in row else self.of_cell(row[column])

    def of_cell(self, cell: Cell) -> Entry:
        """A cell as an entry: a number, a word, a flag; the fault of what is none."""
        place = Entry(None, self.file, cell.row, cell.column, "", self.name)
        if cell.kind == "error":
            return place._replace(value=CellFault("bad_value", f"the cell shows an error, {cell.value}"))
        if cell.kind == "uncalculated" or (cell.formula and self.uncalculated):
            hint = "a formula without a value that was kept: open the workbook, save it, and read it again"
            return place._replace(value=CellFault("refused", hint))
        value = cell.value
        if isinstance(value, datetime.date):
            text = value.isoformat()[:10]
            return place._replace(value=text, text=text)
        if isinstance(value, str):
            return place._replace(value=value.strip(), text=value.strip())
        return place._replace(value=value, text=_shown(value))


def _shown(value: float | bool | None) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def read_worksheet(path: Path) -> Worksheet:
    """The worksheet of a file.

    Raises CaseError: `missing`, `unreadable`, `too_large`, `refused` for a file that is no workbook, or none of ours.
    """
    try:
        with Workbook(path) as book:
            names = {one.name for one in book.sheets}
            carried = CARRIED.single in names
            pair = CARRIED if carried else OWN
            top = Entry(None, str(path), 1, 1, "", pair.single)
            growing = GrowingTree(top)
            found = [_table(book, str(path), one, PATH) for one in pair if one in names]
            tables = [one for one in found if one is not None]
            inputs = _table(book, str(path), OWN.single, ID) if OWN.single in names else None
            if not any(one.name == pair.single for one in tables):
                hint = f"no sheet {pair.single} with the heads {PATH!r} and {VALUE!r}. {HOW}"
                if inputs is not None and AS_EXPORTED in inputs.heads:
                    hint = NOT_CARRIED
                raise CaseError("refused", "file", None, hint, file=str(path))
            for table in tables:
                _grow(growing, table)
            written = _table(book, str(path), AS_WRITTEN, PATH) if AS_WRITTEN in names else None
    except InputError as error:
        if isinstance(error, CaseError):
            raise
        raise CaseError(error.code, error.path, error.value, error.hint, file=str(path)) from None
    tree = growing.entry()
    if carried and inputs is not None:
        return Worksheet(*with_changes(tree, inputs, written))
    if carried:
        return Worksheet(tree)
    paths = {str(key.value) for table in tables for row in table.rows if (key := table.entry(row, PATH)) is not None}
    return Worksheet(tree, deleted_rows(written, paths))


def is_own(path: Path) -> bool:
    """Whether a workbook was written to be read as a case: a worksheet, or an exported one that carries its case."""
    try:
        with Workbook(path) as book:
            names = {one.name for one in book.sheets}
            pair = CARRIED if CARRIED.single in names else OWN
            return pair.single in names and _table(book, str(path), pair.single, PATH) is not None
    except InputError as error:
        raise CaseError(error.code, "--from-xlsx", error.value, error.hint, file=str(path)) from None


def _table(book: Workbook, file: str, name: str, key: str) -> SheetTable | None:
    """A sheet below the row that has the heads; None for a sheet without them."""
    heads: dict[str, int] = {}
    rows: list[dict[int, Cell]] = []
    for cells in book.rows(name):
        row = {cell.column: cell for cell in cells}
        if heads:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise CaseError("too_large", "file", None, f"a worksheet has at most {MOST_ROWS:,} rows", file=file)
            continue
        words = {str(cell.value).strip(): cell.column for cell in reversed(cells) if cell.kind in ("text", "number")}
        if key in words and (VALUE in words or ENTRIES in words):
            heads = words
        elif cells and cells[0].row > HEAD_ROWS:
            break
    return SheetTable(file, name, heads, tuple(rows), book.uncalculated) if heads else None


def _grow(growing: GrowingTree, table: SheetTable) -> None:
    across = tuple(sorted(column for head, column in table.heads.items() if head.isdigit()))
    for row in table.rows:
        path = table.entry(row, PATH)
        key = path or table.place(row, table.heads[PATH])
        value_column = table.heads.get(VALUE, table.heads.get(ENTRIES, 1))
        if path is None:
            if value_column in row and any(one in row for one in (table.heads.get(UNIT, 0), *across)):
                growing.stray(table.of_cell(row[value_column]), "a value without a path")
            continue
        growing.add(str(path.value), _leaf(table, row, across), key)


def _leaf(table: SheetTable, row: dict[int, Cell], across: tuple[int, ...]) -> Entry:
    """The input of a row: its value, in a block where something is said beside it."""
    value = _series(table, row, across) if ENTRIES in table.heads else _single(table, row)
    try:
        beside = dict(_beside(table, row))
    except CaseError as error:
        return table.place(row, error.column or 1)._replace(value=CellFault(error.code, error.hint))
    if not beside and not is_derived(value):
        return value
    own = {} if is_derived(value) else {"value": value}
    return value._replace(value={**own, **beside}, text="")


def _beside(table: SheetTable, row: dict[int, Cell]) -> Iterator[tuple[str, Entry]]:
    for name, head in BESIDE_HEADS.items():
        found = table.entry(row, head)
        if found is not None:
            yield name, said_by(found)
    unit = table.entry(row, UNIT)
    if unit is not None:
        yield "unit", unit
    operands = table.entry(row, OPERANDS)
    if operands is not None:
        yield "from", operands._replace(value=dict(operands_of(str(operands.value), operands)), text="")


def _single(table: SheetTable, row: dict[int, Cell]) -> Entry:
    found = table.entry(row, VALUE)
    if found is None:
        return table.place(row, table.heads[VALUE])._replace(value=EMPTY)
    written = table.entry(row, WRITTEN)
    return _as_written(said_by(found), "" if written is None else str(written.value))


def _series(table: SheetTable, row: dict[int, Cell], across: tuple[int, ...]) -> Entry:
    """The values of a series, as many as its row says that there are."""
    count = table.entry(row, ENTRIES)
    place = table.place(row, table.heads[ENTRIES])
    if count is None or not isinstance(count.value, int) or isinstance(count.value, bool) or count.value < 0:
        hint = "a series says how many entries it has, a whole number"
        return place._replace(value=[place._replace(value=CellFault("bad_value", hint))])
    written = table.entry(row, WRITTEN)
    texts = [] if written is None else str(written.value).split(" | ")
    found: list[Entry] = []
    last = max((place for place, column in enumerate(across, start=1) if column in row), default=0)
    for at in range(max(count.value, last)):
        column = across[at] if at < len(across) else (across[-1] if across else place.column) + at + 1 - len(across)
        where = table.place(row, column)
        if at >= count.value and column not in row:
            continue
        if at >= count.value:
            hint = f"the row says that this series has {count.value} entries, and here stands one more: mend the count or this cell"
            found.append(where._replace(value=CellFault("bad_value", hint)))
        elif column not in row:
            hint = f"this cell is empty: the row says that this series has {count.value} entries; fill it in, or mend the count"
            found.append(where._replace(value=CellFault("missing", hint)))
        else:
            found.append(_as_written(said_by(table.of_cell(row[column])), texts[at] if at < len(texts) else ""))
    return place._replace(value=found)


def as_kept(number: float) -> str:
    """A number in the fifteen digits that every spreadsheet program keeps.

    >>> as_kept(4.583333333333333) == as_kept(4.58333333333333), as_kept(0.1) == as_kept(0.1000001)
    (True, False)
    """
    return f"{number:.14e}"


def _as_written(found: Entry, written: str) -> Entry:
    """The entry with the digits that the case was written with, while it still is that number."""
    if isinstance(found.value, bool) or not isinstance(found.value, int | float) or not written:
        return found
    try:
        same = as_kept(float(written)) == as_kept(float(found.value))
    except ValueError:
        return found
    return found._replace(value=scalar(written), text=written) if same else found
