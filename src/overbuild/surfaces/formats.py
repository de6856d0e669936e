"""How a number is printed: base units become billions, percent and ratios here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.answer import Cell, Table

_SCALES: Mapping[str, tuple[float, str, int]] = {
    "USD": (1e9, "USD bn", 1),
    "USD_per_year": (1e9, "USD bn a year", 1),
    "USD_m": (1e6, "USD m", 1),
    "USD_k": (1e3, "USD k", 1),
    "USD a unit": (1.0, "USD a unit", 0),
    "USD per unit": (1.0, "USD", 2),
    "USD a task": (1.0, "USD a task", 2),
    "EUR a task": (1.0, "EUR a task", 2),
    "EUR_k": (1e3, "EUR k", 1),
    "USD a month": (1.0, "USD a month", 2),
    "decimal": (0.01, "%", 1),
    "decimal_per_year": (0.01, "% a year", 1),
    "ratio": (1.0, "", 3),
    "years": (1.0, "years", 1),
    "quarters": (1.0, "quarters", 1),
    "count": (1.0, "", 0),
    "MW": (1.0, "MW", 1),
    "USD_per_month": (1.0, "USD a month", 2),
    "USD_per_MWh": (1.0, "USD a MWh", 2),
    "USD_per_MW_day": (1.0, "USD a MW-day", 2),
    "tCO2": (1e6, "Mt CO2", 2),
    "t_per_MWh": (1.0, "t a MWh", 3),
}


def unit_label(unit: str) -> str:
    """The unit as printed in a heading.

    >>> unit_label("USD"), unit_label("decimal")
    ('USD bn', '%')
    """
    return _SCALES[unit][1] if unit in _SCALES else unit.replace("_", " ")


def number(value: Cell, unit: str) -> str:
    """One cell as printed; a number that does not exist is `-`.

    >>> number(-437e9, "USD"), number(0.390516, "decimal"), number(None, "USD"), number(2026, "")
    ('-437.0', '39.1', '-', '2026')
    """
    if value is None:
        return "-"
    if isinstance(value, bool | str):
        return str(value)
    scale, _, digits = _SCALES.get(unit, (1.0, "", -1))
    if digits < 0 and isinstance(value, float) and abs(value) < 1e-9:
        return "0"
    if digits < 0:
        return _six_digits(value) if isinstance(value, float) else str(value)
    text = f"{value / scale:,.{digits}f}"
    return text.removeprefix("-") if text.strip("-0.,") == "" else text


def _six_digits(value: float) -> str:
    """Six digits of a number, and never a power of ten for a large one.

    >>> _six_digits(511_300_000.0), _six_digits(1_666_666.67), _six_digits(0.0834201), _six_digits(1e-7)
    ('511,300,000', '1,666,670', '0.0834201', '1e-07')
    """
    text = f"{value:,.6g}"
    return f"{float(text.replace(',', '')):,.0f}" if "e+" in text else text


def is_numeric(table: Table, key: str) -> bool:
    """Whether a column holds numbers and no words."""
    cells = [row.get(key) for row in table.rows]
    return any(isinstance(cell, int | float) for cell in cells) and not any(isinstance(cell, str) for cell in cells)


def title_and_headings(table: Table) -> tuple[str, list[str]]:
    """A table's title and headings; a unit that all its numbers share is said once, in the title."""
    labels = [unit_label(column.unit) for column in table.columns]
    shared = {label for column, label in zip(table.columns, labels, strict=True) if is_numeric(table, column.key)}
    if len(shared) == 1 and shared != {""}:
        return f"{table.title} ({shared.pop()})", [column.label for column in table.columns]
    headings = [
        f"{column.label} ({label})" if label else column.label
        for column, label in zip(table.columns, labels, strict=True)
    ]
    return table.title, headings
