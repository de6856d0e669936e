"""Typed tables: deals, accelerators, site costs and published analyses, each with columns of its own."""

from __future__ import annotations

import csv
import functools
import io
import math
from collections.abc import Collection, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from overbuild.errors import FactError, did_you_mean, raise_all
from overbuild.facts.fact import CLASS_RANK, PRECISIONS, STATUSES
from overbuild.facts.period import is_day
from overbuild.facts.sources import shipped_sources
from overbuild.foreign.numbers import is_number
from overbuild.units import UNITS


class TypedTable(NamedTuple):
    """What the columns of a typed table hold.

    `units` gives the unit of a column, `unit` names the column that holds the unit of the other `numbers`; where
    `any_unit`, that is a label in the source's words and is never converted. A column of `units` that is not among the
    `numbers` holds words with numbers in them; a cell there is a number only where it is nothing else. `label` are the
    columns that name a row, `figure` is the number that a row is cited for, `low` and `high` its range. `holds` says what
    a row is, `listed` which columns stand in a list of the rows.
    """

    name: str
    holds: str
    numbers: tuple[str, ...]
    label: tuple[str, ...]
    listed: tuple[str, ...]
    units: Mapping[str, str] = MappingProxyType({})
    unit: str = ""
    any_unit: bool = False
    ordered: tuple[str, ...] = ()
    shipped: str = "status"
    figure: str = ""
    low: str = ""
    high: str = ""


class TypedRow(NamedTuple):
    """One row: its cells as text, and where it stands."""

    cells: Mapping[str, str]
    file: str
    line: int


_DEALS = {"amount_usd_bn": "USD_bn", "spread_bp": "bp", "coupon_pct": "pct", "mw": "MW"}
_DEAL_TERMS = {"tenor_years": "years", "ltv": "pct", "lease_years": "years"}
_ACCELERATORS = {
    "unit_price_usd_low": "USD",
    "unit_price_usd_high": "USD",
    "server_price_usd_low": "USD",
    "server_price_usd_high": "USD",
    "tdp_w": "W",
    "rack_kw": "kW",
    "dense_bf16_tflops": "TFLOPS",
    "fp8_tflops": "TFLOPS",
    "hbm_gb": "GB",
    "hbm_bw_tbs": "TB_per_s",
}
_BALANCE: dict[str, str] = dict.fromkeys(
    (
        "cash_usd_bn",
        "ppe_usd_bn",
        "total_debt_usd_bn",
        "lease_obligations_usd_bn",
        "leases_not_commenced_usd_bn",
        "equity_book_usd_bn",
        "market_value_usd_bn",
        "revenue_usd_bn",
        "operating_income_usd_bn",
        "capex_usd_bn",
        "backlog_usd_bn",
    ),
    "USD_bn",
)
_CONTRACTS: dict[str, str] = {"total_usd_bn": "USD_bn", "annual_usd_bn": "USD_bn_per_year", "mw": "MW"}
_HOLDERS: dict[str, str] = dict.fromkeys(("low_usd_bn", "amount_usd_bn", "high_usd_bn"), "USD_bn")
_HELD_SHARES: dict[str, str] = dict.fromkeys(("share_low_pct", "share_pct", "share_high_pct"), "pct")
_RANGE = ("value_low", "value_central", "value_high")

TABLES = (
    TypedTable(
        "deals",
        "deal",
        numbers=tuple(_DEALS),
        label=("deal",),
        listed=tuple(_DEALS),
        units=_DEALS | _DEAL_TERMS,
        figure="amount_usd_bn",
    ),
    TypedTable(
        "accelerators",
        "accelerator",
        numbers=tuple(_ACCELERATORS),
        label=("name",),
        listed=("unit_price_usd_low", "unit_price_usd_high", "tdp_w", "dense_bf16_tflops", "hbm_gb"),
        units=_ACCELERATORS,
    ),
    TypedTable(
        "site_costs",
        "cost",
        numbers=_RANGE,
        label=("item", "scope"),
        listed=(*_RANGE, "unit"),
        unit="unit",
        ordered=_RANGE,
        figure="value_central",
        low="value_low",
        high="value_high",
    ),
    TypedTable(
        "published_analyses",
        "analysis",
        numbers=("output", "printed_step", "tolerance"),
        label=("author", "claim"),
        listed=("author", "claim", "output", "unit", "verdict"),
        units={"tolerance": "ratio"},
        unit="unit",
        any_unit=True,
        shipped="",
        figure="output",
    ),
    TypedTable(
        "ecosystem_entities",
        "entity",
        numbers=tuple(_BALANCE),
        label=("name",),
        listed=("cash_usd_bn", "total_debt_usd_bn", "equity_book_usd_bn", "market_value_usd_bn", "revenue_usd_bn"),
        units=_BALANCE,
    ),
    TypedTable(
        "ecosystem_contracts",
        "contract",
        numbers=tuple(_CONTRACTS),
        label=("payer", "payee", "type"),
        listed=("total_usd_bn", "annual_usd_bn", "version_state", "counted"),
        units=_CONTRACTS,
        figure="total_usd_bn",
    ),
    TypedTable(
        "ecosystem_holders",
        "total of a class of holders",
        numbers=(*_HOLDERS, *_HELD_SHARES),
        label=("holder_class", "scope"),
        listed=(*_HOLDERS, "basis"),
        units=_HOLDERS | _HELD_SHARES,
        ordered=tuple(_HOLDERS),
        figure="amount_usd_bn",
        low="low_usd_bn",
        high="high_usd_bn",
    ),
    TypedTable(
        "ecosystem_scenarios",
        "figure of a published scenario",
        numbers=("outcome_value",),
        label=("publisher", "scenario", "outcome_variable"),
        listed=("outcome_value", "outcome_unit", "region"),
        unit="outcome_unit",
        any_unit=True,
        figure="outcome_value",
    ),
)


def read_rows(text: str, file: str) -> tuple[list[TypedRow], list[FactError]]:
    """The rows of a CSV text with a header, and its faults of form."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[TypedRow] = []
    faults: list[FactError] = []
    try:
        header = next((row for row in reader if row), list[str]())
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                hint = f"the header has {len(header)} columns; quote a cell that holds a comma"
                faults.append(FactError("length_mismatch", "row", len(cells), hint, file=file, line=reader.line_num))
            else:
                stripped = (cell.strip() for cell in cells)
                rows.append(TypedRow(dict(zip(header, stripped, strict=True)), file, reader.line_num))
    except csv.Error as error:
        faults.append(
            FactError("syntax", "row", None, f"not a readable CSV row: {error}", file=file, line=reader.line_num)
        )
    return rows, faults


def _check(row: TypedRow, table: TypedTable, sources: Collection[str]) -> list[FactError]:
    cells, faults = row.cells, list[FactError]()

    def add(code: str, name: str, hint: str) -> None:
        path = f"{cells.get('id', '?')}: {name}"
        faults.append(FactError(code, path, cells.get(name), hint, file=row.file, line=row.line))

    words = (
        ("source_class", CLASS_RANK),
        ("known_at_precision", PRECISIONS),
        ("source", sources),
        *(((table.shipped, STATUSES),) if table.shipped else ()),
    )
    for name, allowed in words:
        if cells.get(name, "") not in allowed:
            add("unknown_name", name, f"not in the list.{did_you_mean(cells.get(name, ''), allowed)}")
    if not is_day(cells.get("known_at", "")):
        add("bad_period", "known_at", "a date is a day of the calendar written YYYY-MM-DD")
    if table.unit and not table.any_unit and cells.get(table.unit) not in UNITS:
        add("bad_unit", table.unit, f"not a unit of the list.{did_you_mean(cells.get(table.unit, ''), UNITS)}")
    return faults + _check_numbers(row, table)


def _check_numbers(row: TypedRow, table: TypedTable) -> list[FactError]:
    cells, faults = row.cells, list[FactError]()

    def add(code: str, name: str, hint: str) -> None:
        path = f"{cells.get('id', '?')}: {name}"
        faults.append(FactError(code, path, cells.get(name), hint, file=row.file, line=row.line))

    numbers = {name: _number(cells.get(name, "")) for name in table.numbers}
    for name, value in numbers.items():
        if value is not None and not math.isfinite(value):
            add("bad_value", name, "a number, or blank")
    ordered = [value for name in table.ordered if (value := numbers[name]) is not None]
    if ordered != sorted(ordered):
        add("bad_interval", table.ordered[0], "low, central and high are in this order")
    return faults


def _number(text: str) -> float | None:
    if not text:
        return None
    return float(text) if is_number(text) else math.nan


def check_table(rows: list[TypedRow], table: TypedTable, sources: Collection[str]) -> list[FactError]:
    """Every fault of a typed table: unknown words, bad dates, text where a number belongs, a repeated id."""
    faults: list[FactError] = []
    seen: dict[str, int] = {}
    for row in rows:
        faults += _check(row, table, sources)
        name = row.cells.get("id", "")
        if not name or name in seen:
            hint = f"the id of line {seen[name]} again" if name else "a row needs an id"
            faults.append(
                FactError("duplicate" if name else "missing", "id", name or None, hint, file=row.file, line=row.line)
            )
        seen.setdefault(name, row.line)
    return faults


@functools.cache
def _shipped(name: str) -> tuple[tuple[TypedRow, ...], tuple[FactError, ...]]:
    table = next(table for table in TABLES if table.name == name)
    text = files("overbuild.facts").joinpath("tables", f"{name}.csv").read_text("utf-8")
    rows, faults = read_rows(text, f"tables/{name}.csv")
    return tuple(rows), (*faults, *check_table(rows, table, shipped_sources()))


def typed_rows(name: str) -> tuple[TypedRow, ...]:
    """The rows of a shipped typed table. Raises all of its faults at once."""
    rows, faults = _shipped(name)
    raise_all(faults)
    return rows


@functools.cache
def keyed_rows() -> dict[str, TypedRow]:
    """Every row of every shipped typed table by the key that cites it, `TABLE.ID`. Raises all faults at once."""
    return {f"{table.name}.{row.cells['id']}": row for table in TABLES for row in typed_rows(table.name)}


def table_named(name: str) -> TypedTable:
    """A typed table by its name. Raises KeyError if there is none."""
    return {table.name: table for table in TABLES}[name]


def typed_faults() -> tuple[FactError, ...]:
    """Every fault of every shipped typed table."""
    return tuple(fault for table in TABLES for fault in _shipped(table.name)[1])
