"""Small companyfacts made for a story: a filer with figures by tag, each filed on a day under an accession."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

CIK, NAME = 4242, "EXAMPLE COMPUTE, INC."
Q1, H1, M9, FY = "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"
START = "2024-01-01"


def filed(
    value: float, end: str, day: str, *, start: str = START, form: str = "10-Q", number: int = 0
) -> dict[str, Any]:
    """One value; its accession follows from the day. An empty start is an instant."""
    accession = f"0000004242-{day[2:4]}-{number or int(day[5:7] + day[8:]):06d}"
    point = {
        "end": end,
        "val": value,
        "accn": accession,
        "fy": 1999,
        "fp": "Q9",
        "form": form,
        "filed": day,
        "frame": "CY1999",
    }
    return point | ({"start": start} if start else {})


def a_year(*values: float, form: str = "10-K") -> list[dict[str, Any]]:
    """Year-to-date values of 2024 at the end of each quarter, filed a month after; the last by an annual report."""
    days = ((Q1, "2024-04-25"), (H1, "2024-07-25"), (M9, "2024-10-25"), (FY, "2025-02-05"))
    forms = ("10-Q", "10-Q", "10-Q", form)
    return [filed(v, end, day, form=f) for v, (end, day), f in zip(values, days, forms, strict=True)]


def company_facts(tags: dict[str, list[dict[str, Any]]], *, cik: int = CIK, name: str = NAME, **more: Any) -> bytes:
    """A companyfacts text of USD figures by us-gaap tag."""
    facts = {tag: {"label": tag, "description": "", "units": {"USD": points}} for tag, points in tags.items()}
    body = {
        "cik": cik,
        "entityName": name,
        "facts": {"dei": {}, "us-gaap": facts, "zz-own": {"Odd": {"units": {}}}},
        **more,
    }
    return json.dumps(body).encode()


def write(path: Path, data: bytes) -> Path:
    """The file, gzipped where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


CAPEX = "PaymentsToAcquirePropertyPlantAndEquipment"
ASSETS = "PaymentsToAcquireProductiveAssets"
REVENUE = "Revenues"
CONTRACTS = "RevenueFromContractWithCustomerExcludingAssessedTax"
CASH_FLOW = "NetCashProvidedByUsedInOperatingActivities"
