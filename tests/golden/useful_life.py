"""Shape C02: a change of the useful life, prospective, over quarterly vintages."""

from __future__ import annotations

from typing import Any

from overbuild.company.life.change import LifeEffect, share_of_income
from overbuild.company.life.depreciation import LifeRegime, LifeVintage, depreciation_between

FAR = 10_000.0


def c02(inputs: dict[str, Any]) -> dict[str, Any]:
    vintages = [LifeVintage(str(n), float(q), cost) for n, (q, cost) in enumerate(inputs["vintages"])]
    change, quarters = float(inputs["change_at"]), inputs["n"]
    before = LifeRegime("old", -FAR, change, float(inputs["old_life"]))

    def annual(life: float) -> list[float]:
        regimes = (before, LifeRegime("new", change, FAR, float(life)))
        return [
            sum(depreciation_between(one, regimes, float(first), float(min(first + 4, quarters))) for one in vintages)
            for first in range(0, quarters, 4)
        ]

    kept = annual(inputs["old_life"])
    found: dict[str, Any] = {}
    for life in inputs["lives"]:
        years = annual(life)
        effects = [LifeEffect("", old, new - old, old - new, 0.0, 0.0) for old, new in zip(kept, years, strict=True)]
        income = inputs.get("op_income") or 0.0
        found[str(life)] = {
            "annual": years,
            "total": sum(years),
            "op_income_change_pct": [share_of_income(one, income) for one in effects],
        }
    return found


ADAPTERS = {"C02": c02}
