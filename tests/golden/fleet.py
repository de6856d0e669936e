"""Golden cases of the fleet: a vintage through its ages, the impairment test."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from overbuild.fleet.ageing import AgeingTerms, Resale
from overbuild.fleet.book_value import AccountingLife
from overbuild.fleet.impairment import impairment
from overbuild.fleet.quasi_rent import RentMarket, RunningUnit
from overbuild.fleet.unit_run import run_unit
from overbuild.money.irr import npv


def vintage(inputs: dict[str, Any]) -> dict[str, Any]:
    terms = AgeingTerms(
        cost=inputs["cost"],
        unit=RunningUnit(
            inputs["perf"],
            inputs["kw"],
            inputs["pue"],
            inputs["util"],
            inputs["idle"],
            0.0,
            inputs["maint"],
            inputs["fail"],
        ),
        market=RentMarket(inputs["p0"], inputs["obsolescence"], 0.0, 1.0, inputs["energy"], inputs["energy_g"]),
        market_year=float(inputs["start_year"]),
        resale=Resale(inputs["scrap0"], inputs["scrap_decline"]),
        discount_rate=inputs["rate"],
        lives=tuple(AccountingLife(f"life_{years}", float(years)) for years in inputs["book_lives"]),
    )
    run = run_unit(terms, inputs["max_life"])
    life = run.economic_life
    value = run.lines["economic_value"][: life + 1]
    return {
        "quasi_rent": run.lines["quasi_rent"][: inputs["max_life"]],
        "value": value,
        "economic_life": life,
        "econ_dep": run.lines["economic_depreciation"][:life],
        "npv": run.totals["unit_npv"],
        "hulten_wykoff_rates": [1 - after / before for before, after in pairwise(value)],
        "nbv_minus_value": {
            str(years): run.lines[f"life_{years}.overstatement"][: life + 1] for years in inputs["book_lives"]
        },
        "book_first_year": {
            str(years): inputs["cost"] - run.lines[f"life_{years}.net_book_value"][1] for years in inputs["book_lives"]
        },
    }


def impaired_groups(inputs: dict[str, Any]) -> dict[str, Any]:
    rows, stranded = [], 0.0
    for group in inputs["groups"]:
        flows, carrying = group["cash_flows"], group["carrying"]
        fair = npv([0.0, *flows], inputs["rate"])
        found = impairment(group["name"], carrying, sum(flows), fair)
        stranded += found.stranded
        rows.append(
            {
                "name": group["name"],
                "undiscounted": sum(flows),
                "fair_value": fair,
                "impaired": found.fails > 0.0,
                "loss": found.loss,
                "hidden": found.hidden,
            }
        )
    return {"rows": rows, "total_loss": sum(row["loss"] for row in rows), "stranded": stranded}


ADAPTERS = {"C01": vintage, "C03": impaired_groups}
