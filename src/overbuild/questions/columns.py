"""Tables declared by their columns: each column says its key, label and unit, and what fills it from a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from overbuild.answer import Cell, Column, Row, Table
from overbuild.ecosystem.derived_ranges import Range

Fill: TypeAlias = Callable[[Any], Cell]


class FilledColumn(NamedTuple):
    """A column with what fills it from one record; one that is not `printed` stands in the rows for programs only."""

    key: str
    label: str
    unit: str
    fill: Fill
    printed: bool = True


def column(key: str, label: str, unit: str = "", fill: Fill | None = None) -> FilledColumn:
    """A printed column; without `fill` it takes the record's attribute of its key."""
    return FilledColumn(key, label, unit, fill or attrgetter(key))


def unprinted(key: str, fill: Fill | None = None) -> FilledColumn:
    """A column for programs only; without `fill` it takes the record's attribute of its key."""
    return FilledColumn(key, key, "", fill or attrgetter(key), printed=False)


def table(
    name: str,
    title: str,
    columns: Sequence[FilledColumn],
    records: Iterable[Any],
    *,
    total: Sequence[Row] = (),
    note: str = "",
) -> Table:
    """A table with one row for each record, then the rows of `total` as they are.

    >>> powers = (unprinted("id", lambda one: one), column("square", "squared", "count", lambda one: one**2))
    >>> found = table("powers", "Powers", powers, (3, 4))
    >>> found.columns, found.rows
    ((Column(key='square', label='squared', unit='count'),), ({'id': 3, 'square': 9}, {'id': 4, 'square': 16}))
    """
    return Table(name, title, printed(columns), (*rows(columns, records), *total), note)


def itemised(
    name: str,
    title: str,
    columns: Sequence[FilledColumn],
    items: Iterable[Sequence[Cell]],
    *,
    order: Sequence[str] = (),
    note: str = "",
) -> Table:
    """A table of single items, each written out cell by cell in the order of the columns.

    `order` are the keys of the printed columns where people see them in another order than the rows hold them.

    >>> sums = (unprinted("id"), column("item", "item"), column("amount", "amount", "USD"))
    >>> itemised("sums", "Sums", sums, [("total", "Total", 5.0)]).rows
    ({'id': 'total', 'item': 'Total', 'amount': 5.0},)
    """
    keys = [one.key for one in columns]
    shown = sorted(printed(columns), key=lambda one: order.index(one.key)) if order else printed(columns)
    return Table(name, title, tuple(shown), tuple(dict(zip(keys, item, strict=True)) for item in items), note)


def rows(columns: Sequence[FilledColumn], records: Iterable[Any]) -> tuple[Row, ...]:
    """One row for each record."""
    keys, listed = [one.key for one in columns], list(records)
    filled = [map(one.fill, listed) for one in columns]
    return tuple(dict(zip(keys, cells, strict=True)) for cells in zip(*filled, strict=True))


def printed(columns: Sequence[FilledColumn]) -> tuple[Column, ...]:
    """The columns that people see."""
    return tuple(Column(one.key, one.label, one.unit) for one in columns if one.printed)


def lines_table(name: str, title: str, lines: Mapping[str, Sequence[float]], periods: Sequence[str]) -> Table:
    """Every named line of a run period by period, each under its own name, by which `why` knows it.

    >>> lines_table("periods", "Periods", {"cfads": [8.0, 9.0]}, ["2029H1", "2029H2"]).rows[1]
    {'period': '2029H2', 'cfads': 9.0}
    """
    columns = (Column("period", "period"), *(Column(line, line) for line in lines))
    found = tuple(
        {"period": period, **{line: row[place] for line, row in lines.items()}} for place, period in enumerate(periods)
    )
    return Table(name, title, columns, found)


def range_columns(unit: str, ends_of: Callable[[Any], Range | None], said: str = "") -> tuple[FilledColumn, ...]:
    """The columns of a range: low, central and high, empty where a row has none."""

    def end(name: str) -> Callable[[Any], Cell]:
        def fill(row: Any) -> Cell:
            found = ends_of(row)
            return None if found is None else getattr(found, name)

        return fill

    return tuple(column(name, f"{said}{name}", unit, end(name)) for name in ("low", "central", "high"))
