"""Adapters of the golden shapes of clearing, DebtRank, circular flows, concentration and quarters."""

from __future__ import annotations

import numpy as np

from overbuild.ecosystem.contagion.market.circular_flows import Flow, circular_flows
from overbuild.ecosystem.contagion.market.concentration import absorbed, concentration
from overbuild.lenders.clearing.greatest import clear
from overbuild.lenders.clearing.payment_system import linked, system_of
from overbuild.lenders.debtrank import debtrank, debtrank_2012
from overbuild.lenders.quarters import quarter


def clearing(inputs):
    system = linked(system_of(inputs["L"], inputs["e"], inputs.get("ext_liab")))
    shares = [1.0 if inputs.get(name) is None else inputs[name] for name in ("alpha", "beta")]
    found = clear(system, *shares)
    return {
        "payments": found.payments.tolist(),
        "pbar": system.owed.tolist(),
        "defaults": found.defaults.tolist(),
        "equity": found.equity.tolist(),
        "recovery": found.recovery.tolist(),
        "shortfall": found.shortfall(system.owed),
        "deadweight": float(found.destroyed.sum()),
    }


def debt_rank(inputs):
    given = [inputs[name] for name in ("A", "E", "shock", "v")]
    new, old = debtrank(*given), debtrank_2012(*given)
    return {
        "h_2015": new.losses.tolist(),
        "R_2015": new.rank,
        "h_2012": old.losses.tolist(),
        "R_2012": old.rank,
        "equity_loss_2015": float(new.losses @ np.asarray(inputs["E"])),
    }


def circular(inputs):
    found = circular_flows(
        tuple(Flow(one["from"], one["to"], one["amount"], one["kind"] == "finance") for one in inputs["edges"])
    )
    return {
        "max_circulation": found.volume,
        "total_flow": found.total,
        "circular_share": found.share,
        "vendor": {
            one.vendor: {"revenue": one.revenue, "self_financed": one.self_financed, "share": one.share}
            for one in found.vendors
        },
    }


def shares_of_market(inputs):
    before = concentration(inputs["shares"])
    found = {"hhi": before.hhi, "effective_firms": before.effective_firms}
    if inputs.get("acquirer") is None:
        return found
    after = absorbed(inputs["shares"], inputs["acquirer"], inputs["target"], inputs["retention"])
    return found | {
        "post": after.hhi,
        "delta": after.rise,
        "presumption": after.presumed,
        "post_shares": dict(after.shares),
    }


def quarters(inputs):
    names, cash = inputs["names"], np.asarray(inputs["cash"], float)
    alive, rows = np.ones(len(names), bool), []
    for time in range(inputs["n"]):
        parts = (inputs[name][time] for name in ("L", "ext_rev", "ext_cost"))
        found = quarter(cash, alive, *parts, (inputs["alpha"], inputs["beta"]))
        cash, alive = found.cash, alive & ~found.fails
        failed = [name for name, fails in zip(names, found.fails, strict=True) if fails]
        rows.append(
            {
                "t": time,
                "defaults": failed,
                "cash": cash.tolist(),
                "paid": found.paid.tolist(),
                "shortfall": found.shortfall,
            }
        )
    return {"rows": rows, "alive": [name for name, lives in zip(names, alive, strict=True) if lives]}


ADAPTERS = {"D01": clearing, "D05": debt_rank, "D06": circular, "D07": shares_of_market, "D08": quarters}
