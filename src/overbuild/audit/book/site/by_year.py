"""What of a model is printed: its main lines for the first three years by period, then all of them by calendar year.

Every cell is a formula over the periods: flows are summed, cover is the least where debt is due, balances are those
at the end. Periods after the outcome count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from overbuild.audit.book.book import NONE, PrintTable, Row, Value
from overbuild.audit.book.things import Thing
from overbuild.equations.operations import OPERATIONS
from overbuild.equations.reading.cells import Pieces, Ref

_YEARS = 3
"""Years that are printed by period."""

_COLUMNS = 13
"""Most columns of a table that is to be read on paper."""

_ALIVE, _COVER, _DUE = "state.alive", "dscr", "debt_is_due"
_MAIN = (
    *("revenue", "opex", "ebitda", "tax", "capex", "cfads", "debt_service", _COVER, "debt_balance"),
    *("distribution", "equity_paid_in", "equity_support", "equity_received", "net_cash_to_equity"),
)
_OF_THINGS = {
    "phase": ("phase_revenue",),
    "contract": ("revenue",),
    "loan": ("interest", "principal", "balance", "new.interest", "new.principal", "new.balance"),
}


class LiveCell(NamedTuple):
    """A cell: the value that the program computed, and its formula."""

    value: Value
    formula: Pieces


class PlaceRun(NamedTuple):
    """The places of a column, the first and the last."""

    first: int
    last: int


def bands_of(
    rows: Iterable[Row], labels: tuple[str, ...], periods_per_year: int, things: Iterable[Thing]
) -> Iterator[PrintTable]:
    """The tables to print. `labels` name the places from close, 0, on."""
    found = {row.id: row for row in rows}
    shown = list(_shown(things, found))
    by_period = [PlaceRun(at, at) for at in range(min(len(labels), _YEARS * periods_per_year + 1))]
    by_year = list(years_of(labels))
    for title, columns, length in (
        ("Close and the first three years, by period", by_period, 0),
        ("By year", by_year, 4),
    ):
        for part in _parts(columns):
            names = tuple(labels[one.first][: length or None] for one in part)
            yield PrintTable(title, names, tuple(_row(row, part, found) for row in shown))


def years_of(labels: tuple[str, ...]) -> Iterator[PlaceRun]:
    """The places of each calendar year.

    >>> list(years_of(("2027Q3", "2027Q4", "2028Q1")))
    [PlaceRun(first=0, last=1), PlaceRun(first=2, last=2)]
    """
    first = 0
    for at, label in enumerate(labels):
        if at + 1 == len(labels) or labels[at + 1][:4] != label[:4]:
            yield PlaceRun(first, at)
            first = at + 1


def _parts(columns: list[PlaceRun]) -> Iterator[list[PlaceRun]]:
    """The columns in parts of like size, none wider than a page."""
    count = -(-len(columns) // _COLUMNS)
    size = -(-len(columns) // count)
    yield from (columns[at : at + size] for at in range(0, len(columns), size))


def _shown(things: Iterable[Thing], found: Mapping[str, Row]) -> Iterator[Row]:
    """The rows of the model that are printed, with headings."""
    yield from (found[name] for name in _MAIN)
    headed = ""
    for kind, ends in _OF_THINGS.items():
        for thing in dict.fromkeys(one for one in things if one.kind == kind):
            for end in ends:
                row = found.get(f"{thing.name}.{end}")
                if row is not None:
                    if headed != kind:
                        headed = kind
                        yield Row("", f"{kind.capitalize()}s")
                    yield row


def _row(row: Row, columns: list[PlaceRun], found: Mapping[str, Row]) -> Row:
    if not row.id:
        return row
    values: dict[int, Value] = {}
    formulas: dict[int, Pieces] = {}
    for at, places in enumerate(columns):
        values[at], formulas[at] = _cell(row, places, found)
    label, unit = row.label, row.unit.removesuffix(" per period")
    if row.id == _COVER:
        label = f"{label}, least of the column"
    elif row.unit == "USD":
        label = f"{label}, at the end"
    return Row(row.id, label, unit, values, formulas)


def _cell(row: Row, places: PlaceRun, found: Mapping[str, Row]) -> LiveCell:
    if row.id == _COVER:
        return _least(row, found[_DUE], places)
    return (_last if row.unit == "USD" else _sum)(row, found[_ALIVE], places)


def _numbers(row: Row, first: int, last: int) -> list[float]:
    return [float(row.values[at]) for at in range(first, last + 1)]


def _counts(alive: Row, places: PlaceRun) -> tuple[list[float], Ref]:
    """1 for each period that counts: those that the site was alive before."""
    first, last = places.first - 1, places.last - 1
    return _numbers(alive, first, last), Ref(alive.id, first=first, last=last)


def _sum(row: Row, alive: Row, places: PlaceRun) -> LiveCell:
    counted, where = _counts(alive, places)
    entries = Ref(row.id, first=places.first, last=places.last)
    dot = OPERATIONS["row_dot"]
    return LiveCell(dot.floats(_numbers(row, *places), counted), _filled(dot.cell, entries, where))


def _last(row: Row, alive: Row, places: PlaceRun) -> LiveCell:
    counted, where = _counts(alive, places)
    count, entries = int(sum(counted)), Ref(row.id, first=places.first, last=places.last)
    value = _numbers(row, *places)[count - 1] if count else 0.0
    return LiveCell(value, ("IF(SUM(", where, ")>0,INDEX(", entries, ",1,SUM(", where, ")),0)"))


def _least(row: Row, due: Row, places: PlaceRun) -> LiveCell:
    flags, entries = (Ref(one.id, first=places.first, last=places.last) for one in (due, row))
    least = OPERATIONS["row_min"]
    owed = _numbers(due, *places)
    value = least.floats(_numbers(row, *places), owed) if any(owed) else NONE
    return LiveCell(value, ("IF(SUM(", flags, ")>0,", *_filled(least.cell, entries, flags), f',"{NONE}")'))


def _filled(cell: str, *operands: Ref) -> Pieces:
    """The form of an operation in a cell, with its operands.

    >>> _filled("SUMPRODUCT({0},{1})", Ref("a"), Ref("b"))[0::2]
    ('SUMPRODUCT(', ',', ')')
    """
    pieces: list[str | Ref] = []
    for text in cell.replace("}", "{").split("{"):
        pieces.append(operands[int(text)] if text in ("0", "1") else text)
    return tuple(pieces)
