"""A whole site of shape B20 in plain Python, without a line of the package: yearly, one sculpted loan, no default.

What a refresh costs comes after debt service: CFADS knows nothing of it. Money is in USD million.
"""

from __future__ import annotations

HOURS, DAYS = 8760.0, 365.0
TABLES = {
    "MACRS5": (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576),
    "MACRS15": (0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059, 0.0591, *(0.059, 0.0591) * 3, 0.0295),
    "SL39": (1.0 / 39.0,) * 39,
}


def earnings(case):
    """Revenue of contract and market, power, and costs that know no book value, by year; chips begin anew when bought."""
    contract, bought = case["contract"], case["refresh"]
    for j in range(case["n_op"]):
        renewed = bought is not None and j >= bought["period"]
        gain, age = (bought["perf_gain"], j - bought["period"]) if renewed else (1.0, j)
        gpus = case["it_mw"] * 1000.0 / case["kw_per_gpu"] * (1.0 - case["attrition"]) ** age
        hours = gpus * gain * case["availability"] * HOURS / 1e6
        share = contract["share"] if j < contract["tenor"] else 0.0
        used, free = case["util_contract"][j], case["util_merchant"][j]
        paid = max(used, contract["take_or_pay"])
        load = case["idle_load"] + (1.0 - case["idle_load"]) * (share * used + (1.0 - share) * free)
        mwh = case["it_mw"] * load * case["pue"] * HOURS
        grown = (1.0 + case["inflation"]) ** j
        chips = bought["cost"] if renewed else case["capex"]["it"]["cost"]
        built = sum(one["cost"] for one in case["capex"].values())
        yield {
            "rev_c": share * hours * paid * contract["price"] * (1.0 + contract["escalator"]) ** j,
            "rev_m": (1.0 - share) * hours * free * case["merchant_price0"] * (1.0 - case["merchant_decline"]) ** j,
            "energy": mwh * case["energy_price"] * (1.0 + case["energy_escalator"]) ** j / 1e6,
            "costs": case["staff"] * grown
            + case["maint_pct"] * (chips + case["capex"]["network"]["cost"]) * grown
            + case["insurance_pct"] * built,
        }


def books(case, financing):
    """Opening book value, depreciation of both books, what the books hold at the end and of sold chips, by year."""
    built, bought = sum(one["cost"] for one in case["capex"].values()), case["refresh"]
    parts = [
        (name, one["cost"] * (1.0 + financing / built), one["book_life"], TABLES[one["tax_class"]], 0)
        for name, one in case["capex"].items()
    ]
    if bought is not None:
        chips = case["capex"]["it"]
        parts.append(("new", bought["cost"], chips["book_life"], TABLES[chips["tax_class"]], bought["period"]))
    book = {one[0]: one[1] for one in parts if one[4] == 0}
    tax = dict(book)
    for j in range(case["n_op"]):
        opening = sum(book.values())
        written = {"book_dep": 0.0, "tax_dep": 0.0}
        for name, basis, life, table, first in parts:
            if name in book:
                charge = basis * min(1.0, max(0.0, life - (j - first))) / life
                share = basis * table[j - first] if j - first < len(table) else 0.0
                written["book_dep"] += charge
                written["tax_dep"] += share
                book[name] -= charge
                tax[name] -= share
        sold = 0.0
        if bought is not None and j + 1 == bought["period"]:
            sold = tax.pop("it")
            book.pop("it")
            book["new"] = tax["new"] = bought["cost"]
        if j + 1 == case["n_op"]:
            sold += sum(tax.values())
        yield {"opening": opening, **written, "sold": sold, "nbv_end": sum(book.values())}


def taxes(case, rows, interests):
    """Tax by year: interest up to a share of income, losses up to a share of profit, both carried forward."""
    nol = carry = 0.0
    for row, interest in zip(rows, interests, strict=True):
        income = row["ebitda"] + row["gain"]
        allowed = min(interest + carry, case["interest_cap"] * max(0.0, income))
        carry += interest - allowed
        taxable = income - row["tax_dep"] - allowed
        used = min(nol, case["nol_cap"] * max(0.0, taxable))
        nol += max(0.0, -taxable) - used
        yield case["tax_rate"] * (max(0.0, taxable) - used)


def operated(case, financing):
    """Rows of the operating years, without debt and tax."""
    rows, owed, owing, bought = [], 0.0, 0.0, case["refresh"]
    for j, (earned, held) in enumerate(zip(earnings(case), books(case, financing), strict=True)):
        last = j + 1 == case["n_op"]
        ptax = case["property_tax_pct"] * held["opening"]
        revenue = earned["rev_c"] + earned["rev_m"]
        opex = earned["energy"] + earned["costs"] + ptax
        now = (0.0, 0.0) if last else (revenue * case["dso"] / DAYS, opex * case["dpo"] / DAYS)
        change = now[0] - owed - (now[1] - owing)
        owed, owing = now
        terminal = case["terminal_proceeds"] - case["decommission"] if last else 0.0
        old = bought["old_it_proceeds"] if bought is not None and j + 1 == bought["period"] else 0.0
        rows.append(
            {
                **earned,
                **held,
                "ptax": ptax,
                "opex": opex,
                "ebitda": revenue - opex,
                "dwc": change,
                "gain": terminal + old - held["sold"],
                "cash": revenue - opex - change + terminal,
            }
        )
    return rows


def built(case, debt, reserve):
    """Uses, draws and financing cost of each period of construction, close first; each side pays its share."""
    terms, years = case["debt"], case["n_con"]
    share, uses = 0.5, 0.0
    for _ in range(200):
        balance, needs, draws, financing = 0.0, [], [], 0.0
        for t in range(years + 1):
            cost = terms["upfront_fee"] * debt if t == 0 else balance * terms["rate_con"]
            cost += 0.0 if t == 0 else (debt - balance) * terms["commit_fee"]
            spent = sum(one["cost"] * one["spend"][t - 1] for one in case["capex"].values()) if t else 0.0
            needs.append(spent + cost + (reserve if t == years else 0.0))
            draws.append(share * needs[-1])
            balance += draws[-1]
            financing += cost
        uses = sum(needs)
        share = debt / uses
    return {"need": needs, "draws": draws, "fin_cost": financing, "uses": uses}


def sized(case):
    """Debt and its service by passes: cash over cover, its value, what it costs to build with it, and again."""
    terms, rate, n = case["debt"], case["debt"]["rate"], case["n_op"]
    debt, service, previous = 1000.0, [0.0] * n, None
    for _ in range(500):
        funded = built(case, debt, sum(service[: terms["dsra_periods"]]))
        rows = operated(case, funded["fin_cost"])
        balance, interests = debt, []
        for due in service:
            interests.append(balance * rate)
            balance += balance * rate - due
            balance = balance if balance > 1e-6 else 0.0
        paid = list(taxes(case, rows, interests))
        cfads = [row["cash"] - tax for row, tax in zip(rows, paid, strict=True)]
        wanted = [max(0.0, cash) / cover for cash, cover in zip(cfads, terms["dscr"], strict=False)]
        supported = sum(due / (1.0 + rate) ** j for j, due in enumerate(wanted, 1))
        scale = min(1.0, terms["max_gearing"] * funded["uses"] / supported)
        debt, service = scale * supported, [*(scale * due for due in wanted), *[0.0] * (n - len(wanted))]
        found = (debt, *service)
        if previous is not None and max(abs(a - b) for a, b in zip(found, previous, strict=True)) < 1e-11:
            break
        previous = found
    return {"debt": debt, "service": service, "rows": rows, "tax": paid, "cfads": cfads, "lam": scale, **funded}


def whole_site(inputs):
    """The outputs of shape B20."""
    case = inputs["sizing"]
    found = sized(case)
    terms, bought, rows, service = case["debt"], case["refresh"], found["rows"], found["service"]
    debt, rate, held = found["debt"], terms["rate"], terms["dsra_periods"]
    balance, dsra, saved, periods, flows = debt, sum(service[:held]), 0.0, [], []
    need = bought["cost"] - bought["old_it_proceeds"] if bought is not None else 0.0
    for j, (tax, cfads, due) in enumerate(zip(found["tax"], found["cfads"], service, strict=True)):
        interest, free, contribution = balance * rate, cfads - due, 0.0
        left = bought["period"] - 1 - j if bought is not None else -1
        if left == 0:
            assert saved + free - need >= 0.0, "the refresh is not paid"
            free, saved = free + saved - need, 0.0
        elif bought is not None and 0 < left <= bought["reserve_periods"]:
            contribution = min((need - saved) / left, free)
            free, saved = free - contribution, saved + contribution
        assert due == 0.0 or cfads / due > case["waterfall"]["sweep_trigger"] > case["waterfall"]["lockup"]
        balance = balance + interest - due if due else 0.0
        target = min(sum(service[j + 1 : j + 1 + held]), balance * (1.0 + rate * held))
        topped = min(target, dsra + free)
        paid_out, dsra = free - (topped - dsra), topped
        flows.append(paid_out)
        periods.append(
            {
                "cfads": cfads,
                "tax": tax,
                "interest": interest,
                "principal": due - interest if due else 0.0,
                "dscr": cfads / due if due else None,
                "dsra": dsra,
                "dist": paid_out,
                "B": balance,
                "mra": saved,
                "mra_contrib": contribution,
                **dict.fromkeys(("draw", "cure", "sweep", "trap"), 0.0),
                "default": False,
            }
        )
    keys = ("rev_c", "rev_m", "opex", "energy", "ptax", "ebitda", "dwc", "book_dep", "tax_dep", "nbv_end")
    invested = [draw - need for draw, need in zip(found["draws"], found["need"], strict=True)]
    return {
        "sizing": {
            "debt": debt,
            "uses": found["uses"],
            "gearing": debt / found["uses"],
            "fin_cost": found["fin_cost"],
            "dsra0": sum(service[:held]),
            "debt_service": service[: terms["tenor"]],
            "lam": found["lam"],
            "need": found["need"],
        },
        "periods": periods,
        "equity_cf": [*invested, *flows],
        "default_period": None,
        "rows": [{key: row[key] for key in keys} for row in rows],
        "metrics": metrics(case, found, invested, flows),
    }


def metrics(case, found, invested, flows):
    """Ratios and rates of return; the site without debt has no financing cost in its books and no interest for its tax."""
    debt, rate, service, tenor = found["debt"], case["debt"]["rate"], found["service"], case["debt"]["tenor"]
    covers = [cash / due for cash, due in zip(found["cfads"], service, strict=True) if due]
    owners, close = [*invested, *flows], case["n_con"]
    value = [cash / (1.0 + rate) ** j for j, cash in enumerate(found["cfads"], 1)]
    balance, weighed = debt, 0.0
    for j, due in enumerate(service[:tenor], 1):
        paid = due - balance * rate
        balance, weighed = balance - paid, weighed + j * paid
    spent = [sum(one["cost"] * one["spend"][t] for one in case["capex"].values()) for t in range(close)]
    bought, bare = case["refresh"], operated(case, 0.0)
    at = [need_of(bought) if bought and j + 1 == bought["period"] else 0.0 for j in range(case["n_op"])]
    untaxed = taxes(case, bare, [0.0] * case["n_op"])
    before_tax = [row["cash"] - one for row, one in zip(bare, at, strict=True)]
    after_tax = [cash - tax for cash, tax in zip(before_tax, untaxed, strict=True)]
    equity = -sum(invested)
    return {
        "equity_irr": rate_of(owners),
        "project_irr_pretax": rate_of([0.0, *(-one for one in spent), *before_tax]),
        "project_irr_posttax": rate_of([0.0, *(-one for one in spent), *after_tax]),
        "equity_npv": sum(flow / (1.0 + case["equity_hurdle"]) ** t for t, flow in enumerate(owners)),
        "moic": sum(flows) / equity,
        "min_dscr": min(covers),
        "avg_dscr": sum(covers) / len(covers),
        "llcr_cod": sum(value[:tenor]) / debt,
        "plcr_cod": sum(value) / debt,
        "debt": debt,
        "gearing": debt / found["uses"],
        "uses": found["uses"],
        "equity": equity,
        "wal": weighed / debt,
        "default_period": None,
    }


def need_of(bought):
    """What new chips cost beyond what the old ones bring."""
    return bought["cost"] - bought["old_it_proceeds"]


def rate_of(flows):
    """The rate at which flows that change their sign once are worth nothing, by bisection."""
    low, high = -0.9, 10.0
    for _ in range(200):
        middle = (low + high) / 2.0
        worth = sum(flow / (1.0 + middle) ** t for t, flow in enumerate(flows))
        low, high = (middle, high) if worth > 0.0 else (low, middle)
    return low
