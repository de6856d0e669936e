"""Our own cases computed a second time, in plain Python and NumPy, without a line of the package.

Each function reads the inputs of its case and returns its outputs; where there is a closed form it is asserted here.
"""

from __future__ import annotations

import numpy as np


def level(amount, rate, parts, periods):
    """Interest, principal and balance of a loan repaid in equal parts."""
    rows, balance = [], amount
    for place in range(periods):
        principal = amount / parts if place < parts else 0.0
        rows.append((balance * rate, principal, balance - principal))
        balance -= principal
    return [list(column) for column in zip(*rows, strict=True)]


def build(plan, share, limit, delay):
    """Uses, draws, equity and balance while a site is built on one loan that draws its share of each need."""
    loan, spend = plan["loans"][0], next(iter(plan["components"].values()))
    balance, rows = 0.0, []
    for place in range(plan["construction"] + delay + 1):
        capex = spend["cost"] * spend["spend"][place - 1] if 1 <= place <= plan["construction"] else 0.0
        fees = loan["amount"] * loan["upfront_fee_share"] if place == 0 else 0.0
        if place > 0:
            fees += balance * loan["construction_rate_per_year"]
            fees += (loan["amount"] - balance) * loan["commitment_fee_per_year"]
        uses = capex + fees + (plan["delay_cost"] if place > plan["construction"] else 0.0)
        draw = min(share * uses, limit - balance)
        balance += draw
        rows.append((uses, draw, uses - draw))
    return rows, balance


def delayed(inputs):
    """The loan is 500 at both ends: its share of each need is found by bisection, and from the sum of the uses."""
    plan = inputs["plan"]
    loan = plan["loans"][0]
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        drawn = build(plan, middle, np.inf, 0)[1]
        low, high = (middle, high) if drawn < loan["amount"] else (low, middle)
    on_time = build(plan, low, np.inf, 0)[0]
    uses = sum(row[0] for row in on_time)
    assert abs(low - loan["amount"] / uses) < 1e-12
    rows, balance = build(plan, low, loan["amount"], inputs["departure"]["delay"])
    interest, principal, closing = level(balance, loan["rate_per_year"], loan["tenor"], len(plan["revenue"]))
    due = np.array(interest) + principal
    owners = np.array(plan["revenue"]) - due
    return {
        "debt": {loan["name"]: loan["amount"]},
        "uses": uses,
        "building": {
            "uses_of_funds": [row[0] for row in rows],
            "draw": [row[1] for row in rows],
            "equity_draw": [row[2] for row in rows],
        },
        "operating": {"interest": interest, "debt_balance": closing, "dscr": list(np.array(plan["revenue"]) / due)},
        "equity_cash_flows": [*(-row[2] for row in rows), *owners.tolist()],
    }


def cured(inputs):
    """Each cure restores the covenant's ratio: 1.2 * 140 - 150, then 1.2 * 130 - 110; the third miss calls the loan."""
    plan = inputs["plan"]
    loan, water, revenue = plan["loans"][0], plan["waterfall"], inputs["departure"]["revenue"]
    interest, principal, _ = level(loan["amount"], loan["rate_per_year"], loan["tenor"], len(revenue))
    left, cures, distributions, default = water["cures"], [], [], None
    for place, cash in enumerate(revenue):
        due = interest[place] + principal[place]
        missing = max(0.0, water["default_dscr"] * due - cash)
        if missing and not left:
            default = place + 1
            break
        left -= missing > 0
        cures.append(missing)
        distributions.append(cash + missing - due)
    whole = np.array(interest) + principal
    assert np.allclose(cures, np.maximum(0.0, water["default_dscr"] * whole - revenue)[: len(cures)])
    return {"cures": cures, "distributions": distributions, "default_period": default}


def swapped(inputs):
    """Debt service is CFADS over cover; the loan its present value at rates of floor, margin and swap."""
    plan = inputs["plan"]
    loan = plan["loans"][0]
    rates = []
    for base in loan["base_rate_per_year"][: loan["tenor"]]:
        floored = max(base, loan["floor_per_year"])
        fixed = loan["swap_fixed_per_year"]
        rates.append(floored + loan["margin_per_year"] + loan["swap_share"] * (fixed - floored))
    service = [cash / cover for cash, cover in zip(plan["revenue"], loan["target_dscr"], strict=False)]
    debt = 0.0
    for due, rate in zip(reversed(service), reversed(rates), strict=True):
        debt = (debt + due) / (1.0 + rate)
    assert np.isclose(debt, np.sum(np.array(service) / np.cumprod(1.0 + np.array(rates))), rtol=1e-13)
    balance, interests, balances = debt, [], []
    for due, rate in zip(service, rates, strict=True):
        interests.append(balance * rate)
        balance += balance * rate - due
        balances.append(balance)
    balances[-1] = 0.0
    return {
        "debt": {loan["name"]: debt},
        "operating": {"interest": interests, "debt_balance": balances, "dscr": loan["target_dscr"]},
    }


def prepaid(inputs):
    """What is prepaid is a source before the loan and the owners; CFADS falls by equal credits."""
    plan = inputs["plan"]
    loan, prepayment, spend = plan["loans"][0], plan["prepayment"], plan["components"]["it"]
    need = np.array([0.0, *spend["spend"]]) * spend["cost"]
    received = np.array([0.0, *prepayment["received"]]) * prepayment["amount"]
    share = loan["amount"] / (need - received).sum()
    draws = share * (need - received)
    count, periods = prepayment["credited_periods"], len(plan["revenue"])
    credit = [prepayment["amount"] / count if place < count else 0.0 for place in range(periods)]
    owed, balances = prepayment["amount"], []
    for one in credit:
        owed -= one
        balances.append(owed if owed > 1e-9 else 0.0)
    interest, principal, _ = level(loan["amount"], loan["rate_per_year"], loan["tenor"], periods)
    cfads = np.array(plan["revenue"]) - credit
    due = np.array(interest) + principal
    return {
        "building": {
            "prepayment_received": received.tolist(),
            "draw": draws.tolist(),
            "equity_draw": (need - received - draws).tolist(),
        },
        "operating": {
            "cfads": cfads.tolist(),
            "prepayment_balance": balances,
            "dscr": [cash / one if one > 0 else 0.0 for cash, one in zip(cfads, due, strict=True)],
        },
        "equity_cash_flows": [*(-(need - received - draws)).tolist(), *(cfads - due).tolist()],
    }


def leased_or_bought(inputs):
    """Rent against a level payment: flows of the owners, cover, the liability, and the loan's own level payment."""
    found = {}
    for side, plan in inputs.items():
        periods, hurdle = len(plan["revenue"]), plan["hurdle"]
        cash = np.array(plan["revenue"])
        cost = sum(one["cost"] for one in plan["components"].values())
        out = {}
        if plan.get("lease"):
            lease = plan["lease"]
            rent = lease["payment_per_year"] * (1.0 + lease["escalator_per_year"]) ** np.arange(periods)
            cash = cash - rent
            worth = 0.0
            for due in rent[::-1]:
                worth = (worth + due) / (1.0 + lease["rate_per_year"])
            growth = (1.0 + lease["escalator_per_year"]) / (1.0 + lease["rate_per_year"])
            closed = lease["payment_per_year"] / (1.0 + lease["rate_per_year"]) * (1.0 - growth**periods)
            assert np.isclose(worth, closed / (1.0 - growth), rtol=1e-12)
            out["lease_liability"] = worth
        due = np.zeros(periods)
        debt = 0.0
        for loan in plan["loans"]:
            rate, tenor = loan["rate_per_year"], loan["tenor"]
            if loan["repayment"] == "annuity":
                service = np.full(tenor, loan["amount"] * rate / (1.0 - (1.0 + rate) ** -tenor))
            else:
                rows = level(loan["amount"], rate, tenor, tenor)
                service = np.array(rows[0]) + rows[1]
            due[:tenor] += service
            debt += loan["amount"]
        flows = np.concatenate([[0.0, debt - cost], cash - due])
        out["operating"] = {"cfads": cash.tolist(), "dscr": (cash / due).tolist()}
        out["equity_cash_flows"] = flows.tolist()
        out["equity_npv"] = float((flows / (1.0 + hurdle) ** np.arange(len(flows))).sum())
        found[side] = out
    return found


def defaulted(inputs):
    """Chips pay the chip loan, the hall the hall loan, in proportion to what is owed; the rest by rank, mezzanine last."""
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
    return {"default_period": at + 1, "lgd": {**lgd, "mezzanine": 1.0 - recovered / claim}}


def refreshed(inputs):
    """New chips come where reserve and cash after debt service pay them; else the old ones age on.

    Chips are written off over 10 years in both books. Owners make up for what lenders miss, so their flow is what
    CFADS leaves over debt service, also below 0.
    """
    return {side: _refreshed({**inputs["plan"], **one}) for side, one in inputs["departures"].items()}


def _refreshed(plan):
    loan, refresh, chips = plan["loans"][0], plan["refresh"], plan["components"]["it"]
    at, need, periods = refresh["period"], refresh["cost"] - refresh["old_it_proceeds"], len(plan["revenue"])
    interest, principal, _ = level(loan["amount"], loan["rate_per_year"], loan["tenor"], periods)
    old, new, new_in, reserve, losses = chips["cost"], 0.0, 0, 0.0, 0.0
    rows = {name: [] for name in ("headroom", "funded", "old", "new", "tax", "cfads", "reserve", "collateral")}
    earned, spent, kept = [], [], 1.0 - plan["enforcement"]["decay_per_year"]
    for j in range(1, periods + 1):
        age, gain = (j - 1 - new_in, refresh["performance_gain"]) if new_in else (j - 1, 1.0)
        cash = plan["revenue"][j - 1] * (1.0 - plan["attrition"]) ** age * gain
        headroom = reserve + max(0.0, cash - interest[j - 1] - principal[j - 1]) - need if j == at else 0.0
        comes = j == at and headroom >= 0.0
        # written off: 10 equal parts of what stands there, then what is sold leaves
        charge = (refresh if new_in else chips)["cost"] / 10
        held = refresh["cost"] * kept ** (j - new_in) if new_in else chips["cost"] * kept**j
        rows["collateral"].append(held * chips["liquidation"] * (1.0 - plan["enforcement"]["cost_share"]))
        old, new = (old, new - charge) if new_in else (old - charge, new)
        profit = cash - charge - interest[j - 1]
        if comes:
            profit += refresh["old_it_proceeds"] - old
            old, new, new_in = 0.0, refresh["cost"], j
        if j == periods:
            profit -= old + new
        used = min(losses, max(0.0, profit))
        tax = plan["tax"]["rate"] * (max(0.0, profit) - used)
        losses += max(0.0, -profit) - used
        saved = 0.0
        if at - refresh["reserve_periods"] <= j < at:
            saved = min((need - reserve) / (at - j), max(0.0, cash - tax))
        released = reserve if j == at else 0.0
        reserve += saved - released
        net = need if comes else 0.0
        earned.append(cash - tax)
        spent.append(net)
        for name, value in (
            ("headroom", headroom),
            ("funded", float(comes)),
            ("old", old),
            ("new", new),
            ("tax", tax),
            ("cfads", cash - tax - saved + released - net),
            ("reserve", reserve),
        ):
            rows[name].append(value)
    due = np.array(interest) + principal
    flows = np.array(rows["cfads"]) - due
    # what is saved comes back: over all periods the reserve is neither a source nor a use
    assert np.isclose(flows.sum(), (np.array(earned) - spent - due).sum(), rtol=1e-13)
    return {
        "operating": {
            "refresh_headroom": rows["headroom"],
            "refresh_funded": rows["funded"],
            "it.book_value": rows["old"],
            "refreshed_it.book_value": rows["new"],
            "tax": rows["tax"],
            "cfads": rows["cfads"],
            "refresh_reserve_balance": rows["reserve"],
            "collateral_net": rows["collateral"],
        },
        "equity_cash_flows": [0.0, loan["amount"] - chips["cost"], *flows.tolist()],
        "default_period": None,
    }


SECOND = {
    "OWN1": delayed,
    "OWN2": cured,
    "OWN3": swapped,
    "OWN4": leased_or_bought,
    "OWN5": prepaid,
    "OWN6": defaulted,
    "OWN7": refreshed,
}
"""The second computation of each case."""
