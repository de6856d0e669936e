"""Shapes B20 and B30: a whole site, sized, run on a scenario, reported. Golden periods count from opening."""

from __future__ import annotations

from overbuild.money.irr import npv
from overbuild.site.case.plan import Component, IncomeTax, Owners
from overbuild.site.case.short_form.from_short_form import from_short_form
from overbuild.site.case.short_form.short_debt import ShortLoan
from overbuild.site.case.short_form.short_plan import ShortCosts, ShortMarket, ShortPlan, ShortSite
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import base_model, size
from overbuild.timeline.run import run_model
from tests.golden.overlay import overlaid
from tests.golden.short_form import MILLION, site_plan


def whole_site(inputs):
    base, built = inputs["sizing"], inputs["sizing"]["n_con"]
    sizing = size(site_plan(base))
    run = run_site(site_plan(overlaid(base, inputs.get("scenario") or {})), sizing)
    lines, ended = run.lines, run.outcome_period
    places = range(built + 1, run.plan.horizon.periods + 1)
    stopped = None if ended is None else ended - built
    out = {
        "sizing": _sized(base, sizing),
        "periods": [_period(lines, place, place == ended) for place in places if place <= run.last],
        "equity_cf": [flow / MILLION for flow in lines["net_cash_to_equity"]],
        "default_period": stopped,
        "rows": [_row(lines, place) for place in places],
        "metrics": _metrics(run, stopped),
        "max_balance_sheet_gap_lt_1e-6": max(abs(gap) for gap in lines["balance_gap"]) < 1e-6 * MILLION,
    }
    if ended is not None:
        out["default"] = {
            "claim": lines["default_claim"][ended] / MILLION,
            "recovery": lines["default_recovered"][ended] / MILLION,
            "lgd": lines["loss_given_default"][ended],
            "collateral_net": lines["collateral_value"][ended] / MILLION,
            "cash": lines["pledged_accounts"][ended] / MILLION,
        }
    return out


def _sized(base, sizing):
    """What sizing found; `lam` is the share of what cover supports that the cap leaves, seen in the first period."""
    built, rows = base["n_con"], run_model(base_model(sizing.plan, sizing)).rows["site"]
    building = slice(0, built + 1)
    dues = [due / MILLION for due in sizing.base.due[built + 1 :]]
    loan = next(iter(sizing.plan.loans), None)
    return {
        "debt": sizing.debt / MILLION,
        "uses": sizing.uses / MILLION,
        "gearing": sizing.debt / sizing.uses,
        "fin_cost": sum((*rows["fees"][building], *rows["interest"][building])) / MILLION,
        "dsra0": sizing.initial_dsra / MILLION,
        "debt_service": [] if loan is None else dues[: base["debt"]["tenor"]],
        "lam": 1.0 if loan is None else dues[0] * loan.dscr[0] * MILLION / rows["cfads"][built + 1],
        "need": [need / MILLION for need in rows["uses_of_funds"][building]],
    }


PERIOD_LINES = {
    "cfads": "cfads",
    "tax": "tax",
    "interest": "interest",
    "mra": "fleet_reserve_balance",
    "mra_contrib": "fleet_reserve_contribution",
}
SETTLED_LINES = {
    "principal": "principal",
    "draw": "dsra_draw",
    "cure": "cure",
    "sweep": "sweep",
    "trap": "trapped_cash",
    "dsra": "dsra_balance",
    "B": "debt_balance",
}
ROW_LINES = {
    "rev_c": "contract_revenue",
    "opex": "opex",
    "energy": "power_cost",
    "ptax": "property_tax",
    "ebitda": "ebitda",
    "dwc": "working_capital_change",
    "book_dep": "book_depreciation",
    "tax_dep": "tax_depreciation",
}


def _period(lines, place, defaulted):
    out = {key: lines[name][place] / MILLION for key, name in PERIOD_LINES.items()}
    out |= {key: None if defaulted else lines[name][place] / MILLION for key, name in SETTLED_LINES.items()}
    out["dist"] = None if defaulted else (lines["distribution"][place] - lines["support"][place]) / MILLION
    out["dscr"] = lines["dscr"][place] if lines["debt_is_due"][place] else None
    out["default"] = defaulted
    return out


def _row(lines, place):
    """The book value of the last year is as it stands before the books are closed."""
    market = lines["revenue"][place] - lines["contract_revenue"][place]
    held = lines["book_value"][place]
    if place + 1 == len(lines["book_value"]):
        held = lines["book_value"][place - 1] - lines["book_depreciation"][place]
    found = {key: lines[name][place] / MILLION for key, name in ROW_LINES.items()}
    return {"rev_m": market / MILLION, "nbv_end": held / MILLION, **found}


RATIOS = {
    "equity_irr": "equity_irr_per_year",
    "project_irr_pretax": "project_irr_pre_tax_per_year",
    "project_irr_posttax": "project_irr_per_year",
    "moic": "moic",
    "min_dscr": "min_dscr",
    "avg_dscr": "avg_dscr",
    "llcr_cod": "llcr",
    "plcr_cod": "plcr",
    "gearing": "debt_share",
    "wal": "wal_years",
}


def _metrics(run, stopped):
    found = run.values().values
    amounts = {word: found[name] / MILLION for word, name in AMOUNTS.items()}
    return {**amounts, **{word: found[name] for word, name in RATIOS.items()}, "default_period": stopped}


AMOUNTS = {"equity_npv": "equity_npv", "debt": "debt", "uses": "uses", "equity": "equity"}


def sam_single_owner(inputs):
    """A power plant is a site whose chips are its kilowatts, used at its capacity factor, paid by the kilowatt-hour.

    The plant stands and the loan is drawn in year 0, which is the one period of building. The loan's fee is due on that
    date, so it is written as a commitment fee: that falls on the whole loan in the first period, an upfront fee at close.
    """
    years, tenor = inputs["years"], inputs["tenor"]
    cost = inputs["installed"] + (inputs.get("constr_fin") or 0.0)
    loan = ShortLoan(
        name="senior",
        tenor=tenor,
        rate_per_year=inputs["debt_rate"],
        target_dscr=(inputs["dscr"],) * tenor,
        commitment_fee_per_year=inputs.get("debt_fee") or 0.0,
        sized_on="pre_tax",
    )
    plan = ShortPlan(
        site=ShortSite(inputs["kw"] / 1000.0, kw_per_gpu=1.0, construction_periods=1, operating_periods=years),
        components=(Component("it", cost, float(years), "MACRS5", (1.0,)),),
        market=ShortMarket(inputs["price"], 0.0, (inputs["cf"],) * years),
        costs=ShortCosts(staff_per_year=inputs.get("fixed_om") or 0.0),
        tax=IncomeTax(inputs["tax_rate"], loss_use="immediate", financing_cost_in_basis=False),
        loans=(loan,),
        owners=Owners(inputs["disc"]),
    )
    run = run_site(from_short_form(plan))
    lines, flows = run.lines, run.lines["net_cash_to_equity"]
    assert flows[0] == 0.0
    earned = run.equity_irr.per_year
    return {
        "size_of_debt": run.sizing.debt,
        "size_of_equity": run.values().values["equity"],
        "cost_installed": run.sizing.uses,
        "irr_after_tax_pct": None if earned is None else earned * 100.0,
        "npv_after_tax": npv(flows[1:], inputs["disc"]),
        "aftertax": flows[1:],
        "interest": lines["senior.interest"][2 : 2 + tenor],
        "balance": lines["senior.balance"][1 : 2 + tenor],
    }


ADAPTERS = {"B20": whole_site, "B30": sam_single_owner}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
