"""Shape SITE2: sites with phases, sized on their base case and run on a scenario. Money in USD m, periods from close."""

from __future__ import annotations

from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.golden.overlay import overlaid
from tests.golden.site2_plan import MILLION, plan_of

AMOUNTS = {
    "revenue": "revenue",
    "opex": "opex",
    "damages": "offtaker_damages",
    "tax": "tax",
    "cfads": "cfads",
    "interest": "interest",
    "principal": "principal",
    "balloon": "balloon",
    "refinanced": "refinanced",
    "draw": "draw",
    "equity": "equity_draw",
    "standby": "standby_draw",
    "unfunded": "unfunded",
    "dsra_draw": "dsra_draw",
    "lc_draw": "lc_draw",
    "lc": "lc_balance",
    "cure": "cure",
    "to_prepay": "to_prepay",
    "support": "support",
    "sweep": "sweep",
    "trapped": "trapped_cash",
    "distribution": "distribution",
    "debt": "debt_balance",
    "dsra": "dsra_balance",
    "mra": "fleet_reserve_balance",
    "prepaid": "prepaid",
    "to_owners": "net_cash_to_equity",
    "credit": "prepayment_credit",
    "capex": "capex",
    "fees": "fees",
    "mezz_cash": "mezzanine.cash_interest",
    "mezz_pik": "mezzanine.pik_interest",
    "mezz": "mezzanine.balance",
}
"""Lines by the words of a golden period."""


def golden_period(run, place):
    lines, ended = run.lines, place == run.outcome_period
    found = {word: lines[name][place] / MILLION for word, name in AMOUNTS.items() if name in lines}
    found["draw"] = sum(lines[f"{one.name}.draw"][place] for one in run.plan.loans) / MILLION
    due = lines["debt_is_due"][place] > 0.0
    due_12m = lines["dscr_12m_exists"][place] > 0.0
    found |= {
        "t": place,
        "dscr": lines["dscr"][place] if due else None,
        "dscr_12m": lines["dscr_12m"][place] if due_12m else None,
        "ltv": lines["ltv"][place] if lines["debt_is_owed"][place] > 0.0 else None,
        "default": run.outcome if ended else None,
        "outlook": lines["outlook"][place],
        "balances": {
            name.removesuffix(".balance"): row[place] / MILLION
            for name, row in lines.items()
            if name.endswith(".balance") and name != "mezzanine.balance"
        },
        "refresh_funded": max((row[place] for name, row in lines.items() if name.endswith(".funded")), default=0.0),
    }
    return found


def sized_and_run(inputs):
    """A whole site: sized on its base case, run on the scenario."""
    sizing = size(plan_of(inputs["sizing"]))
    run = run_site(plan_of(overlaid(inputs["sizing"], inputs.get("scenario") or {})), sizing)
    lines, p = run.lines, inputs["sizing"]["ppy"]
    out = {
        "sizing": {
            "debt": sizing.debt / MILLION,
            "uses": sizing.uses / MILLION,
            "equity": sizing.equity / MILLION,
            "dsra0": sizing.initial_dsra / MILLION,
            "principal": {one.name: [paid / MILLION for paid in one.principal[1:]] for one in sizing.loans},
        },
        "periods": [golden_period(run, place) for place in range(run.last + 1)],
        "to_owners": [flow / MILLION for flow in run.equity_cash_flows],
        "default": run.outcome,
        "default_period": run.outcome_period,
        "metrics": {
            "owners_in": sum(lines["equity_paid_in"]) / MILLION,
            "owners_out": sum(lines["equity_received"]) / MILLION,
            "owners_irr": run.equity_irr.per_year,
            "min_dscr": run.min_dscr,
            "project_flows": [flow / MILLION for flow in lines["project_cash_flow"]],
        },
    }
    if run.outcome == "closed":
        out["closing"] = lines["closing"][run.last] / MILLION
    elif run.outcome:
        names = [name for name in lines if name.endswith(".recovered")]
        row = {name: lines[name][run.last] / MILLION for name in (*names, *RECOVERY.values())}
        claim = row["default_claim"]
        out["enforcement"] = {word: row[name] for word, name in RECOVERY.items()}
        out["enforcement"]["lgd"] = 1.0 - row["default_recovered"] / claim
        out["enforcement"]["by_loan"] = {name.removesuffix(".recovered"): row[name] for name in names}
    assert p == run.plan.horizon.periods_per_year
    return out


RECOVERY = {
    "claim": "default_claim",
    "recovered": "default_recovered",
    "prepaid_recovered": "prepayment_recovered",
    "collateral": "collateral_value",
    "accounts": "pledged_accounts",
    "surplus": "surplus",
    "called": "called",
}

ADAPTERS = {"SITE2": sized_and_run}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
