"""A sponsor's model in a layout of its own: merged cells, a hidden sheet, a circular reference, cash across the years."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

ASSUMPTIONS: tuple[tuple[Any, ...], ...] = (
    ("IT capacity (MW)", 80, ""),
    ("Design PUE", 1.25, "x"),
    ("Power price", 62, "USD/MWh"),
    ("Contract price ($/GPU-hour)", 3.5, ""),
    ("Contract tenor", 5, "years"),
    ("GPU capex (USD m)", 2000, ""),
    ("Gearing (%)", 70, ""),
    ("All-in interest rate", 0.08, "% p.a."),
    ("Corporate tax rate", 0.25, "%"),
    ("Contingency (EUR m)", 40, ""),
    ("Working capital facility (USD m)", 15, ""),
    ("Development fee", 0.02, "%"),
    ("Loan tenor", 4.9, "years"),
)


def sponsor_model(file: Path, cfads: Mapping[int, float], debt_service: Mapping[int, float]) -> Path:
    """Write the model; amounts by year are in USD and stand in it in USD million."""
    draft = file.with_name(f"draft-{file.name}")
    book: Any = xlsxwriter.Workbook(draft)
    bold = book.add_format({"bold": True, "align": "center"})
    inputs = book.add_worksheet("Key Assumptions")
    inputs.merge_range("B2:F2", "Project Falcon: key assumptions", bold)
    line = 3
    for label, value, unit in ASSUMPTIONS:
        inputs.merge_range(line, 1, line, 2, label)
        inputs.write(line, 4, value)
        inputs.write(line, 5, unit)
        line += 1
    inputs.write(line, 1, "Financial close")
    inputs.write_datetime(line, 4, _day(2026, 11, 15), book.add_format({"num_format": "d mmm yyyy"}))
    inputs.write(line + 2, 1, "Availability")
    inputs.write(line + 3, 1, 0.97)
    cash = book.add_worksheet("Cash Flow")
    cash.write(0, 0, "USD m")
    years = sorted(cfads)
    for column, year in enumerate(years, start=3):
        cash.write(2, column, f"FY{year}")
        cash.write(4, column, cfads[year] / 1e6)
        cash.write(5, column, debt_service.get(year, 0.0) / 1e6)
    cash.write(4, 0, "Cash flow available for debt service")
    cash.write(4, 1, "USD m")
    cash.write(5, 0, "Total debt service (USD m)")
    cash.write(7, 0, "Interest during construction")
    cash.write_formula(7, 3, "=D9*0.08", None, 12.5)
    cash.write(8, 0, "Senior debt")
    cash.write_formula(8, 3, "=D8+1000", None, 1012.5)
    hidden = book.add_worksheet("Lender case")
    hidden.write(0, 0, "Market price")
    hidden.write(0, 1, 1.9)
    hidden.hide()
    book.close()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'fullCalcOnLoad="1"', b'iterate="1"'))
    draft.unlink()
    return file


def _day(year: int, month: int, day: int) -> Any:
    import datetime

    return datetime.datetime(year, month, day)
