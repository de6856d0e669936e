"""Published stress scenarios beside a study: what they print, what ours would be beside it, and why the two differ."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.facts.typed_tables import typed_rows


class Published(NamedTuple):
    """A figure of a published scenario, ours beside it in its unit (None where we compute nothing of the kind), and why."""

    id: str
    publisher: str
    scenario: str
    outcome: str
    region: str
    figure: float
    unit: str
    ours: float | None
    ours_high: float | None
    why: str
    source: str
    known_at: str
    known_at_precision: str


_WHY = {
    "gop_us": "the fall of all US shares in a crash like that of 2000; ours is the capital of the firms in this network alone",
    "gop_for": "the same crash, shares held abroad; ours does not say where owners live",
    "ubs_base": "all defaults of leveraged loans and private credit in a year, the amount that defaults; ours is what is lost "
    "on the debt of this network",
    "ubs_tail": "the same at twice the midpoint, all borrowers that AI disrupts; ours are those who build for it",
    "ecb_bk": "a shock to all private credit, percent of banks' capital in the euro area; ours is over the assets of US banks, "
    "on loans to this network alone",
    "ecb_ins": "a shock to all private credit, percent of assets of insurers in the euro area; ours is over US life insurers",
    "ubs_pc": "the share of private credit that defaults; ours is what private credit loses here over what it has lent to AI firms",
    "imf_ai_down": "an effect on output; nothing here says what losses do to demand",
    "gop_c": "an effect on consumption; nothing here says what owners spend less",
    "econ_c": "an effect on consumption a year; nothing here says what owners spend less",
}


def published(case: ContagionCase, day: str | None) -> tuple[Published, ...]:
    """The scenarios known on a day that print a figure, each with ours where there is one of the same kind."""
    rows: list[Published] = []
    for row in typed_rows("ecosystem_scenarios"):
        cells = row.cells
        if cells["id"] not in _WHY or (day is not None and cells["known_at"] > day):
            continue
        ours = _ours(case, cells["id"])
        rows.append(
            Published(
                cells["id"],
                cells["publisher"],
                cells["scenario"],
                cells["outcome_variable"],
                cells["region"],
                float(cells["outcome_value"]),
                cells["outcome_unit"].replace("_", " "),
                *ours,
                _WHY[cells["id"]],
                cells["source"],
                cells["known_at"],
                cells["known_at_precision"],
            )
        )
    order = list(_WHY)
    return tuple(sorted(rows, key=lambda one: order.index(one.id)))


_ASSETS = {
    "ecb_bk": ("banks", "sec_banks"),
    "ecb_ins": ("insurers", "sec_life"),
    "ubs_pc": ("private_credit", "pc_ai_bis"),
}
_PERCENT = 100.0


def _ours(case: ContagionCase, name: str) -> tuple[float | None, float | None]:
    """Our point and our upper bound in the unit of a scenario's figure."""
    if name in _ASSETS:
        holder, total = _ASSETS[name]
        whole = next(
            float(row.cells["amount_usd_bn"]) for row in typed_rows("ecosystem_holders") if row.cells["id"] == total
        )
        one = case.losses[holder]
        return _PERCENT * one.point / BN / whole, _PERCENT * one.high / BN / whole
    if name in ("gop_us", "gop_for"):
        one = case.losses["equity"]
        return one.point / BN, one.high / BN
    if name in ("ubs_base", "ubs_tail"):
        one = case.losses["lenders"]
        return one.point / BN, one.high / BN
    return None, None
