"""Our own cases of a default in a stack and of new chips, computed a second time without a line of the package.

Each function reads the inputs of its case and returns its outputs; rows have one entry a period, close first.
"""

from __future__ import annotations

import numpy as np

from tests.golden.plain_loans import level


def defaulted(inputs):
    """Chips pay the chip loan, the hall the hall loan, in proportion to what is owed; cash and the rest by rank, then the mezzanine."""
    plan = inputs["plan"]
    revenue = inputs["departure"]["revenue"]
    loans = {loan["name"]: loan for loan in plan["loans"]}
    costs = {name: one["cost"] for name, one in plan["components"].items()}
    amounts = {
        name: loan["advance_rate"] * sum(costs[one] for one in loan["advances_on"])
        if "advance_rate" in loan
        else loan["amount"]
        for name, loan in loans.items()
    }
    rows = {
        name: level(amounts[name], loan["rate_per_year"], loan["tenor"], len(revenue)) for name, loan in loans.items()
    }
    junior = plan["mezzanine"]
    balance, at = junior["amount"], None
    for place, cash in enumerate(revenue):
        due = sum(row[0][place] + row[1][place] for row in rows.values())
        if cash < due:
            at = place
            break
        left, asked = cash - due, balance * junior["cash_rate_per_year"]
        paid = min(left, asked)
        unpaid = (asked - paid) / asked
        premium = unpaid * (junior["cash_rate_per_year"] + junior["pik_premium_per_year"])
        balance += balance * (junior["pik_rate_per_year"] + premium)
    before = {name: row[2][at - 1] if at else amounts[name] for name, row in rows.items()}
    claims = {name: before[name] * (1.0 + loans[name]["rate_per_year"]) for name in loans}
    owing, free = dict(claims), revenue[at]
    for name, one in plan["components"].items():
        pot = one["cost"] * one["liquidation"] * (1.0 - plan["enforcement"]["cost_share"])
        holders = [loan for loan in loans if name in loans[loan].get("collateral", ())]
        asked = sum(owing[loan] for loan in holders)
        paid = min(1.0, pot / asked) if asked else 0.0
        free += pot - paid * asked
        for loan in holders:
            owing[loan] *= 1.0 - paid
    for rank in sorted({loan.get("rank", 1) for loan in loans.values()}):
        members = [name for name in loans if loans[name].get("rank", 1) == rank]
        asked = sum(owing[name] for name in members)
        paid = min(1.0, free / asked) if asked else 0.0
        free -= paid * asked
        for name in members:
            owing[name] *= 1.0 - paid
    claim = balance * (1.0 + junior["cash_rate_per_year"] + junior["pik_rate_per_year"])
    recovered = min(claim, free)
    sold = sum(one["cost"] * one["liquidation"] for one in plan["components"].values())
    pot = sold * (1.0 - plan["enforcement"]["cost_share"]) + revenue[at]
    assert np.isclose(sum(claims.values()) - sum(owing.values()) + recovered + (free - recovered), pot)
    lgd = {name: owing[name] / claims[name] for name in loans}
    return {
        "outcome": "payment",
        "outcome_period": plan["construction"] + at + 1,
        "lgd": {**lgd, "mezzanine": 1.0 - recovered / claim},
    }


def refreshed(inputs):
    """New chips come where reserve and cash after debt service pay them; else the old ones age on.

    Chips are written off over 10 years in both books. CFADS knows nothing of what is saved and spent.
    """
    return {side: _refreshed({**inputs["plan"], **one}) for side, one in inputs["departures"].items()}


def _refreshed(plan):
    loan, refresh, chips = plan["loans"][0], plan["refresh"], plan["components"]["it"]
    at, need, periods = refresh["period"], refresh["cost"] - refresh["old_it_proceeds"], len(plan["revenue"])
    interest, principal, _ = level(loan["amount"], loan["rate_per_year"], loan["tenor"], periods)
    old, new, new_in, reserve, losses, cures = chips["cost"], 0.0, 0, 0.0, 0.0, plan["waterfall"]["cures"]
    rows = {name: [] for name in ("funded", "old", "new", "tax", "cfads", "saved", "cure", "owners")}
    for j in range(1, periods + 1):
        due = interest[j - 1] + principal[j - 1]
        age, gain = (j - 1 - new_in, refresh["performance_gain"]) if new_in else (j - 1, 1.0)
        cash = plan["revenue"][j - 1] * (1.0 - plan["attrition"]) ** age * gain
        charge = (refresh if new_in else chips)["cost"] / 10
        old, new = (old, new - charge) if new_in else (old - charge, new)
        profit = cash - charge - interest[j - 1]
        sold = profit + refresh["old_it_proceeds"] - old
        taxed = {flag: plan["tax"]["rate"] * max(0.0, one - losses) for flag, one in ((False, profit), (True, sold))}
        comes = j == at and reserve + max(0.0, cash - taxed[True] - due) >= need and cash - taxed[True] >= due
        if comes:
            profit, old, new, new_in = sold, 0.0, refresh["cost"], j
        if j == periods:
            profit, old, new = profit - old - new, 0.0, 0.0
        used = min(losses, max(0.0, profit))
        tax = plan["tax"]["rate"] * (max(0.0, profit) - used)
        losses += max(0.0, -profit) - used
        missing = max(0.0, due - (cash - tax))
        cures -= missing > 0.0
        saves = at - refresh["reserve_periods"] <= j < at
        saved = min((need - reserve) / (at - j), max(0.0, cash - tax - due)) if saves else 0.0
        side = (reserve if j == at else 0.0) - saved - (need if comes else 0.0)
        reserve = 0.0 if j == at else reserve + saved
        for name, value in (
            ("funded", float(comes)),
            ("old", old),
            ("new", new),
            ("tax", tax),
            ("cfads", cash - tax),
            ("saved", reserve),
            ("cure", missing),
            ("owners", cash - tax - due + side),
        ):
            rows[name].append(value)
    assert cures >= 0
    owners = [0.0, loan["amount"] - chips["cost"], *rows["owners"]]
    earned = np.array(rows["cfads"]) - interest - principal
    # what is saved comes back: over all periods the reserve is neither a source nor a use
    assert np.isclose(sum(rows["owners"]), earned.sum() - need * sum(rows["funded"]), rtol=1e-13)
    return {
        "lines": {
            "refreshed_it.funded": [0.0, 0.0, *rows["funded"]],
            "it.book_value": [0.0, chips["cost"], *rows["old"]],
            "refreshed_it.book_value": [0.0, 0.0, *rows["new"]],
            "tax": [0.0, 0.0, *rows["tax"]],
            "cfads": [0.0, 0.0, *rows["cfads"]],
            "fleet_reserve_balance": [0.0, 0.0, *rows["saved"]],
            "cure": [0.0, 0.0, *rows["cure"]],
            "net_cash_to_equity": owners,
        },
        "outcome": None,
    }
