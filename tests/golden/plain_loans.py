"""Our own cases of loans and what stands beside them, computed a second time without a line of the package.

Each function reads the inputs of its case and returns its outputs; rows have one entry a period, close first. Where there
is a closed form it is asserted here.
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


def build(plan, share):
    """Uses, draws, equity and balance while a site is built on one loan that draws its share of each need."""
    loan, spend = plan["loans"][0], next(iter(plan["components"].values()))
    balance, rows = 0.0, []
    for place in range(plan["construction"] + 1):
        uses = spend["cost"] * spend["spend"][place - 1] if place else loan["amount"] * loan["upfront_fee_share"]
        if place > 0:
            uses += balance * loan["construction_rate_per_year"]
            uses += (loan["amount"] - balance) * loan["commitment_fee_per_year"]
        rows.append((uses, share * uses, uses - share * uses))
        balance += share * uses
    return rows, balance


def delayed(inputs):
    """The loan is 500 at both ends: its share of each need is found by bisection, and from the sum of the uses.

    No date of the loan moves: what it asks for while nothing is earned, and what the delay costs, owners stand by for.
    """
    plan = inputs["plan"]
    loan, late, built = plan["loans"][0], inputs["departure"]["delay"], plan["construction"]
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if build(plan, middle)[1] < loan["amount"] else (low, middle)
    rows, balance = build(plan, low)
    uses = sum(row[0] for row in rows)
    assert abs(low - loan["amount"] / uses) < 1e-12
    interest, principal, closing = level(balance, loan["rate_per_year"], loan["tenor"], len(plan["revenue"]))
    due = np.array(interest) + principal
    cash = np.array([-plan["delay_cost"]] * late + plan["revenue"][late:])
    before = np.zeros(built + 1)
    standby = np.maximum(0.0, due - cash)
    standby[late:] = 0.0
    assert standby.sum() <= plan["funding"]["standby"]
    equity = np.array([row[2] for row in rows])
    return {
        "debt": {loan["name"]: loan["amount"]},
        "uses": uses,
        "lines": {
            "uses_of_funds": [*(row[0] for row in rows), *[0.0] * len(cash)],
            "senior.draw": [*(row[1] for row in rows), *[0.0] * len(cash)],
            "equity_draw": [*equity, *[0.0] * len(cash)],
            "standby_draw": [*before, *standby],
            "debt_balance": [*np.cumsum([row[1] for row in rows]), *closing],
            "net_cash_to_equity": [*-equity, *(cash - due)],
        },
        "outcome": None,
    }


def cured(inputs):
    """What the covenant misses is paid in, first to what is due and then to the loan; the third miss is a default.

    120% of 140 less 150, then 120% of 128.2 less 110: owners get nothing of it back.
    """
    plan = inputs["plan"]
    loan, water, revenue = plan["loans"][0], plan["waterfall"], inputs["departure"]["revenue"]
    balance, left, rows, ended = loan["amount"], water["cures"], [], None
    for place, cash in enumerate(revenue):
        principal = min(balance, loan["amount"] / loan["tenor"])
        due = balance * loan["rate_per_year"] + principal
        missing = max(0.0, water["default_dscr"] * due - cash)
        if missing and not left:
            ended = place + 2
            break
        left -= missing > 0
        prepaid = missing - max(0.0, due - cash) if missing else 0.0
        balance -= principal + prepaid
        rows.append((missing, prepaid, max(0.0, cash - due)))
    assert np.isclose(rows[0][0], 1.2 * 140.0 - 150.0) and np.isclose(rows[1][0], 1.2 * 128.2 - 110.0)
    cures, prepaid, distributions = (list(row) for row in zip(*rows, strict=True))
    last = len(revenue) - len(rows)
    return {
        "lines": {
            "cure": [0.0, 0.0, *cures, *[0.0] * last],
            "to_prepay": [0.0, 0.0, *prepaid, *[0.0] * last],
            "distribution": [0.0, 0.0, *distributions, *[0.0] * last],
        },
        "outcome": "payment",
        "outcome_period": ended,
    }


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
        "lines": {
            "interest": [0.0, 0.0, *interests],
            "debt_balance": [0.0, debt, *balances],
            "dscr": [0.0, 0.0, *loan["target_dscr"]],
        },
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
    later = [0.0] * periods
    return {
        "lines": {
            "prepayment_received": [*received, *later],
            "senior.draw": [*draws, *later],
            "equity_draw": [*(need - received - draws), *later],
            "cfads": [*np.zeros(len(need)), *cfads],
            "prepaid": [*np.cumsum(received), *balances],
            "dscr": [
                *np.zeros(len(need)),
                *(cash / one if one > 0 else 0.0 for cash, one in zip(cfads, due, strict=True)),
            ],
            "net_cash_to_equity": [*-(need - received - draws), *(cfads - due)],
        }
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
        out["lines"] = {
            "cfads": [0.0, 0.0, *cash],
            "dscr": [0.0, 0.0, *(cash / due)],
            "net_cash_to_equity": flows.tolist(),
        }
        out["equity_npv"] = float((flows / (1.0 + hurdle) ** np.arange(len(flows))).sum())
        found[side] = out
    return found
