"""What a citing key stands for: an observation, a row of a typed table, or one field of such a row.

    ENTITY.METRIC@PERIOD#source     an observation, its newest vintage; with ~2026-04-30 behind it the one of that day
    TABLE.ID                        a row of deals, site_costs, accelerators or published_analyses, by its one figure
    TABLE.ID.FIELD                  one column of such a row: `deals.iren_gpu_notes.coupon_pct`

A case file writes the key after `fact:`; every function here takes it with or without that word.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from overbuild import units
from overbuild.errors import FactError, did_you_mean
from overbuild.facts.fact import Fact
from overbuild.facts.store import load_ledger
from overbuild.facts.typed_tables import TypedRow, TypedTable, keyed_rows, table_named
from overbuild.foreign.numbers import number_of

ORIGIN = ("id", "unit", "unit_printed", "status", "source_class", "source", "known_at", "known_at_precision")
"""Columns of a typed row that say where its figures come from; they are no fields that a case can cite."""


class CitedField(NamedTuple):
    """What one key stands for.

    `number`, `low` and `high` are in `unit`, the unit used inside (USD, MW, decimals); `number` is None where the
    source prints words, and `text` then holds them. `printed` and `printed_unit` are as the source has them. `table` is
    the typed table (empty for an observation), `field` the column (empty where the key names a whole row), `label` what
    a reader calls it. A unit that is a label in the source's own words (`published_analyses`) is not converted.
    """

    key: str
    table: str
    field: str
    label: str
    number: float | None
    text: str
    unit: str
    low: float | None
    high: float | None
    printed: str
    printed_unit: str
    status: str
    source: str
    source_class: str
    known_at: str
    known_at_precision: str
    note: str


def cited_fields(keys: Iterable[str], workspace: Path | str | None = None) -> dict[str, CitedField]:
    """What each of these keys stands for, by the key as it was given; keys that name nothing are left out.

    Facts of the workspace are found too. Raises every fault of the tables at once (FactError or InputErrors).

    >>> found = cited_fields(["fact:site_costs.pue_applied_digital_polaris_forge", "deals.iren_gpu_notes.coupon_pct"])
    >>> [(one.number, one.unit, one.printed, one.printed_unit) for one in found.values()]
    [(1.18, 'ratio', '1.18', 'ratio'), (0.0596, 'decimal', '5.96', 'pct')]
    """
    plain = {key: key.removeprefix("fact:") for key in keys}
    wanted = set(plain.values())
    found = {key: one for key in wanted if (one := _typed_field(key)) is not None}
    if wanted - found.keys():
        cited = load_ledger(workspace).cited()
        found |= {key: observed(fact)._replace(key=key) for key, fact in cited.items() if key in wanted}
    return {given: found[key] for given, key in plain.items() if key in found}


def cited_field(key: str, workspace: Path | str | None = None) -> CitedField:
    """What one key stands for.

    Raises FactError `unknown_name` for a key that names nothing, with close keys of both kinds; `no_fact` for a field
    that is blank in its row.
    """
    found = cited_fields([key], workspace)
    if key in found:
        return found[key]
    plain = key.removeprefix("fact:")
    table, name, column = _parts(plain)
    row = keyed_rows().get(f"{table}.{name}")
    if row is not None:
        fields = fields_of(row)
        if column in row.cells and column not in ORIGIN:
            hint = f"the row says nothing there. It has {', '.join(fields)}"
            raise FactError("no_fact", "fact", plain, hint)
        hint = f"{table}.{name} has no field {column}.{did_you_mean(column, fields)} It has {', '.join(fields)}"
        raise FactError("unknown_name", "fact", plain, hint)
    hint = f"no such fact.{did_you_mean(plain, every_key(workspace))} `overbuild facts search WORDS` finds keys"
    raise FactError("unknown_name", "fact", plain, hint)


def every_key(workspace: Path | str | None = None) -> list[str]:
    """Every key of an observation and of a row of a typed table."""
    return [*(fact.key for fact in load_ledger(workspace).facts), *keyed_rows()]


def fields_of(row: TypedRow) -> tuple[str, ...]:
    """The columns of a typed row that are filled and that a case can cite, in the order of the table."""
    return tuple(name for name, cell in row.cells.items() if cell and name not in ORIGIN)


def observed(fact: Fact) -> CitedField:
    """An observation as a cited field."""
    return CitedField(
        key=fact.key,
        table="",
        field="",
        label=f"{fact.entity} {fact.metric} {fact.period}".strip(),
        number=fact.value_in_base_unit,
        text=fact.value_text,
        unit=fact.base_unit,
        low=None,
        high=None,
        printed=fact.value_text if fact.value is None else f"{fact.value:.12g}",
        printed_unit=fact.unit,
        status=fact.status,
        source=fact.source,
        source_class=fact.source_class,
        known_at=fact.known_at,
        known_at_precision=fact.known_at_precision,
        note=fact.note,
    )


def typed_field(table: TypedTable, row: TypedRow, column: str = "") -> CitedField:
    """A field of a typed row, or the row by its one figure where no column is named."""
    shown = column or table.figure
    printed, number = row.cells.get(shown, ""), _number(table, row, shown)
    unit = "text" if number is None and shown not in table.numbers else unit_of(table, row, shown)
    cells = row.cells
    key = f"{table.name}.{cells['id']}"
    return CitedField(
        key=f"{key}.{column}" if column else key,
        table=table.name,
        field=column,
        label=" ".join(cells[name] for name in table.label if cells.get(name)),
        number=number,
        text=printed if number is None else "",
        unit=units.UNITS[unit].inside if unit in units.UNITS and not _labelled(table, shown) else unit,
        low=None if column else _number(table, row, table.low),
        high=None if column else _number(table, row, table.high),
        printed=printed,
        printed_unit=unit,
        status=cells.get("status", "seen"),
        source=cells["source"],
        source_class=cells["source_class"],
        known_at=cells["known_at"],
        known_at_precision=cells["known_at_precision"],
        note=cells.get("note", ""),
    )


def unit_of(table: TypedTable, row: TypedRow, column: str) -> str:
    """The unit of a column in one row, as printed: declared for the column, or said by the row; `text` for words."""
    if column in table.units:
        return table.units[column]
    return row.cells.get(table.unit, "") if column in table.numbers else "text"


def _typed_field(key: str) -> CitedField | None:
    name, row_id, column = _parts(key)
    row = keyed_rows().get(f"{name}.{row_id}")
    if row is None or (column and column not in fields_of(row)) or key.endswith("."):
        return None
    return typed_field(table_named(name), row, column)


def _parts(key: str) -> list[str]:
    return [*key.split(".", 2), "", ""][:3]


def _labelled(table: TypedTable, column: str) -> bool:
    return table.any_unit and column not in table.units


def _number(table: TypedTable, row: TypedRow, column: str) -> float | None:
    """The number of a cell in the unit used inside; None where it is blank or holds words."""
    if column not in table.numbers and column not in table.units:
        return None
    try:
        value = number_of(row.cells.get(column, ""))
    except ValueError:
        return None
    return value if _labelled(table, column) else units.inside(value, unit_of(table, row, column))
