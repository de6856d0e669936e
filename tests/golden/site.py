"""Adapters of the site's golden shapes: from the inputs of a case file to its outputs, through the public functions.

Case files speak USD million and one number a period; a key that is missing or null means that the thing is not there.
"""

from __future__ import annotations

from datetime import date

from overbuild.instruments import (
    CollateralPool,
    CreditorClaim,
    Lien,
    after_tax_debt,
    average_balance_sweep,
    enforce_liens,
    principals,
    sculpted_schedule,
    supported_debt,
)
from overbuild.money.irr import irr, npv, xirr
from overbuild.old_site.accounts.depreciation import tax_depreciation
from overbuild.old_site.accounts.tax import taxed
from overbuild.old_site.case.plan import (
    Component,
    Costs,
    Enforcement,
    Loan,
    Market,
    Offtake,
    OfftakerDefault,
    Owners,
    Power,
    Refresh,
    Reserves,
    Site,
    SitePlan,
    Tax,
    Waterfall,
)
from overbuild.old_site.case.tax_tables import LONGEST_BONUS_YEARS, recovery_years, table
from overbuild.old_site.examples import OPENING, SHAPE, TERMS
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.funding import fund, geared_uses
from overbuild.old_site.sizing.sizing import size
from overbuild.old_site.terms.inputs import ComponentInputs
from overbuild.old_site.terms.state import ComponentState
from overbuild.old_site.waterfall.dsra import dsra_draw, dsra_refill
from overbuild.timeline.series import look_ahead, padded

MILLION = 1e6


def xirr_of_dated_flows(inputs):
    days, flows = zip(*inputs["dated"], strict=True)
    return {"xirr": xirr(flows, [date.fromisoformat(day) for day in days]).per_year}


def irr_with_its_roots(inputs):
    found = irr(inputs["cfs"])
    return {"irr": found.per_year, "irr_roots": list(found.roots), "status": found.status}


def sculpted_loan(inputs):
    rates, cfads = inputs["rates"], inputs["cfads"]
    service = sculpted_schedule(cfads, inputs["dscr"])
    debt = supported_debt(service, rates)
    balance, rows = debt, []
    paid = principals(debt, service, rates)
    for rate, principal, due in zip(rates, paid, service, strict=True):
        rows.append({"interest": rate * balance, "principal": principal, "debt_service": due})
        balance -= principal
        rows[-1]["closing"] = balance
    return {
        "debt": debt,
        "rows": rows,
        "llcr": supported_debt(cfads, rates) / debt,
        "wal": sum(year * principal for year, principal in enumerate(paid, 1)) / debt,
        "negative_amortisation": any(principal < -1e-12 * debt for principal in paid),
    }


def after_tax_sculpting(inputs):
    rate, tax_rate = inputs["rate"], inputs["tax_rate"]
    balances = after_tax_debt(inputs["ebitda"], inputs["tax_dep"], rate, tax_rate, inputs["dscr"])
    interests = [rate * balance for balance in balances[:-1]]
    terms = TERMS.tax._replace(rate=tax_rate)
    shape = SHAPE._replace(interest_limit="none", loss_use="immediate")
    flows = zip(inputs["ebitda"], inputs["tax_dep"], interests, strict=True)
    cfads = [
        ebitda - taxed(ebitda, (0.0, charge, interest), OPENING, terms, shape).tax for ebitda, charge, interest in flows
    ]
    return {"debt": balances[0], "cfads": cfads, "interest": interests}


def construction_circle(inputs):
    capex = inputs["capex"]
    total = sum(capex)
    loan = Loan(
        "senior",
        0.0,
        1,
        "bullet",
        debt_share=inputs["gearing"],
        construction_rate_per_year=inputs.get("rate") or 0.0,
        upfront_fee_share=inputs.get("upfront_fee") or 0.0,
        commitment_fee_per_year=inputs.get("commit_fee") or 0.0,
    )
    component = Component("site", total, tuple(spent / total for spent in capex), 1.0, "SL1")
    plan = SitePlan(Site(1.0, 1.0, len(capex), 1), (component,), Market(0.0, 0.0, (0.0,)), loans=(loan,))
    per_debt = inputs.get("dsra_mult") or 0.0
    facility = inputs["gearing"] * geared_uses(plan, {"senior": per_debt})
    funded = fund(plan, {"senior": facility}, per_debt * facility)
    rows = funded.run.rows
    return {
        "facility": facility,
        "uses": funded.uses,
        "equity": sum(rows["equity_draw"]),
        "idc": sum(rows["senior.capitalised_interest"]),
        "commitment_fees": sum(rows["senior.commitment_fee"]),
        "upfront": sum(rows["senior.upfront_fee"]),
        "dsra": sum(rows["initial_dsra"]),
    }


def average_balance_interest(inputs):
    balance, rows = inputs["opening"], []
    for cash, due in zip(inputs["cf_pre"], inputs["principal"], strict=True):
        swept = average_balance_sweep(balance, inputs["rate"], inputs["tax_rate"], inputs["sweep"], cash, due)
        rows.append(swept._asdict())
        balance = swept.closing
    return {"rows": rows}


def tax_of_an_asset(inputs):
    years = len(inputs["ebitda"])
    bonus = (inputs.get("bonus") or 0.0) if recovery_years(inputs["cls"]) <= LONGEST_BONUS_YEARS else 0.0
    asset = ComponentState("asset", *[inputs["cost"]] * 4)
    term = TERMS.components[0]._replace(bonus_share=bonus)
    cap, nol_cap = inputs.get("cap163j"), inputs.get("nol_cap")
    tax_terms = TERMS.tax._replace(
        rate=inputs["rate"], nol_share=1.0 if nol_cap is None else nol_cap, interest_share=cap or 0.0
    )
    shape = SHAPE._replace(interest_limit="none" if cap is None else "ebitda_share", loss_use="carry")
    state, rows = OPENING, []
    interests = inputs.get("interest") or [0.0] * years
    shares = zip(padded(table(inputs["cls"]), years), padded((1.0,), years), strict=True)
    for ebitda, interest, (share, first) in zip(inputs["ebitda"], interests, shares, strict=True):
        charge = tax_depreciation(asset, ComponentInputs("asset", 0.0, share, first, 1.0, 0.0, 0.0, 0.0), term)
        tax = taxed(ebitda, (0.0, charge, interest), state, tax_terms, shape)
        allowed = state.interest_carry + interest - tax.interest_carry
        taxable = ebitda - charge - allowed
        rows.append(
            {
                "dep": charge,
                "interest_allowed": allowed,
                "carryforward": tax.interest_carry,
                "taxable_before_nol": taxable,
                "nol_used": state.nol + max(0.0, -taxable) - tax.nol,
                "nol_close": tax.nol,
                "tax": tax.tax,
            }
        )
        state = state._replace(interest_carry=tax.interest_carry, nol=tax.nol)
    return {"rows": rows, "total_tax": sum(row["tax"] for row in rows)}


def reserve_alone(inputs):
    balance, rows = inputs["initial"], []
    targets = look_ahead(inputs["ds"], inputs["periods"])
    for due, cash, target in zip(inputs["ds"], inputs["cfads"], targets, strict=True):
        shortfall = max(0.0, due - cash)
        draw = dsra_draw(balance, shortfall, due)
        after = dsra_refill(balance, draw, max(0.0, cash - due), target)
        moved = after.balance - (balance - draw)
        rows.append(
            {
                "draw": draw,
                "unpaid": shortfall - draw,
                "topup": max(0.0, moved),
                "release": max(0.0, -moved),
                "balance": after.balance,
                "target": target,
                "distributable": after.free_cash,
            }
        )
        balance = after.balance
    return {"rows": rows}


def enforcement(inputs):
    pools = tuple(
        CollateralPool(one["value"], one.get("cost") or 0.0, tuple(Lien(**lien) for lien in one["liens"]))
        for one in inputs.get("collateral") or ()
    )
    claims = tuple(
        CreditorClaim(one["name"], one["amount"], one["rank"], one.get("rate") or 0.0) for one in inputs["claims"]
    )
    found, left = enforce_liens(pools, inputs.get("unencumbered") or 0.0, claims, inputs.get("lag") or 0.0)
    recoveries = {
        one.name: {"paid": one.paid, "rate": one.paid_share, "pv_lgd": one.loss_given_default} for one in found
    }
    return {"recoveries": recoveries, "to_equity": left}


def overlaid(base, overlay):
    """A recursive overlay: records are merged, everything else is replaced."""
    if not isinstance(base, dict) or not isinstance(overlay, dict):
        return overlay
    return {key: overlaid(base.get(key), overlay[key]) if key in overlay else base[key] for key in {**base, **overlay}}


def site_plan(case):
    """The plan that a whole-site case describes, in USD."""
    site, p, periods = case.get, case["ppy"], case["n_op"]
    liquidation = site("liq_frac") or {}
    water, refresh, failure = site("waterfall") or {}, site("refresh"), site("offtaker_default")
    return SitePlan(
        site=Site(
            it_mw=case["it_mw"],
            kw_per_gpu=case["kw_per_gpu"],
            construction_periods=case["n_con"],
            operating_periods=periods,
            periods_per_year=p,
            attrition_per_year=site("attrition") or 0.0,
            availability_share=1.0 if site("availability") is None else case["availability"],
            pue=1.0 if site("pue") is None else case["pue"],
            idle_load_share=site("idle_load") or 0.0,
            terminal_proceeds=(site("terminal_proceeds") or 0.0) * MILLION,
            decommissioning=(site("decommission") or 0.0) * MILLION,
        ),
        components=tuple(
            Component(
                name,
                one["cost"] * MILLION,
                tuple(one["spend"]),
                one["book_life"],
                one["tax_class"],
                liquidation.get(name) or 0.0,
            )
            for name, one in case["capex"].items()
        ),
        market=Market(
            site("merchant_price0") or 0.0,
            site("merchant_decline") or 0.0,
            tuple(site("util_merchant") or (0.0,) * periods),
        ),
        offtake=site_offtake(case),
        offtaker_default=failure
        and OfftakerDefault(failure["period"], failure.get("recovery") or 0.0, failure.get("claim_periods") or 0),
        power=Power(site("energy_price") or 0.0, site("energy_escalator") or 0.0),
        costs=Costs(
            staff_per_year=(site("staff") or 0.0) * MILLION,
            maintenance_share_per_year=site("maint_pct") or 0.0,
            insurance_share_per_year=site("insurance_pct") or 0.0,
            property_tax_share_per_year=site("property_tax_pct") or 0.0,
            inflation_per_year=site("inflation") or 0.0,
            receivable_days=site("dso") or 0.0,
            payable_days=site("dpo") or 0.0,
        ),
        refresh=refresh
        and Refresh(
            refresh["period"],
            refresh["cost"] * MILLION,
            (refresh.get("old_it_proceeds") or 0.0) * MILLION,
            refresh.get("reserve_periods") or 0,
            1.0 if refresh.get("perf_gain") is None else refresh["perf_gain"],
        ),
        tax=Tax(
            rate=site("tax_rate") or 0.0,
            bonus_share=site("bonus") or 0.0,
            nol_share=1.0 if site("nol_cap") is None else case["nol_cap"],
            interest_share=site("interest_cap"),
            loss_use=site("loss_use") or "carry",
        ),
        loans=site_loans(case),
        reserves=Reserves((site("debt") or {}).get("dsra_periods") or 0),
        waterfall=Waterfall(
            cures=water.get("max_cures") or 0,
            sweep_trigger=water.get("sweep_trigger"),
            sweep_share=None if water.get("sweep_trigger") is None else water.get("sweep_frac"),
            lockup_dscr=water.get("lockup"),
        ),
        enforcement=Enforcement(
            water.get("enforce_cost") or 0.0, water.get("enforce_lag") or 0.0, water.get("liq_decay") or 0.0
        ),
        owners=Owners(site("equity_hurdle") or 0.0),
    )


def site_offtake(case):
    contract = case.get("contract")
    return contract and Offtake(
        tenor=contract["tenor"],
        contract_share=contract["share"],
        price_per_gpu_hour=contract["price"],
        utilisation=tuple(case.get("util_contract") or (0.0,) * case["n_op"]),
        escalator_per_year=contract.get("escalator") or 0.0,
        take_or_pay_share=contract.get("take_or_pay") or 0.0,
    )


def site_loans(case):
    debt = case.get("debt")
    if not debt:
        return ()
    dscr = debt["dscr"] if isinstance(debt["dscr"], list) else [debt["dscr"]] * debt["tenor"]
    loan = Loan(
        name="senior",
        rate_per_year=debt["rate"],
        tenor=debt["tenor"],
        target_dscr=tuple(dscr),
        max_debt_share=debt.get("max_gearing"),
        construction_rate_per_year=debt.get("rate_con") or 0.0,
        upfront_fee_share=debt.get("upfront_fee") or 0.0,
        commitment_fee_per_year=debt.get("commit_fee") or 0.0,
        allow_negative_amortisation=bool(debt.get("allow_negative_amort")),
    )
    return (loan,)


def whole_site(inputs):
    base = site_plan(inputs["sizing"])
    sizing = size(base)
    run = run_site(site_plan(overlaid(inputs["sizing"], inputs.get("scenario") or {})), sizing)
    stopped = run.defaulted_in
    last = stopped or run.plan.site.operating_periods
    out = {
        "sizing": {
            "debt": sizing.debt / MILLION,
            "uses": sizing.uses / MILLION,
            "gearing": sizing.debt / sizing.uses,
            "fin_cost": sizing.financing_cost / MILLION,
            "dsra0": sizing.initial_dsra / MILLION,
            "debt_service": [due / MILLION for due in sizing.debt_service],
            "lam": sizing.loans[0].scale if sizing.loans else 1.0,
            "need": [need / MILLION for need in sizing.uses_by_period],
        },
        "periods": [site_period(run.operating, place, stopped) for place in range(last)],
        "equity_cf": [flow / MILLION for flow in run.equity_cash_flows],
        "default_period": stopped,
        "rows": [site_row(run.operating, place) for place in range(run.plan.site.operating_periods)],
        "metrics": site_metrics(run),
        "max_balance_sheet_gap_lt_1e-6": max(abs(gap) for gap in run.operating["balance_gap"]) < 1e-6 * MILLION,
    }
    if stopped:
        row = {name: run.operating[name][stopped - 1] for name in run.operating}
        out["default"] = {
            "claim": row["default_claim"] / MILLION,
            "recovery": row["default_recovery"] / MILLION,
            "lgd": row["loss_given_default"],
            "collateral_net": row["collateral_net"] / MILLION,
            "cash": row["default_cash"] / MILLION,
        }
    return out


PERIOD_LINES = {
    "cfads": "cfads",
    "tax": "tax",
    "interest": "interest",
    "mra": "refresh_reserve_balance",
    "mra_contrib": "refresh_reserve_contribution",
}
SETTLED_LINES = {
    "principal": "principal",
    "draw": "dsra_draw",
    "cure": "equity_cure",
    "sweep": "sweep",
    "trap": "trapped_cash",
    "dsra": "dsra_balance",
    "B": "debt_balance",
}
ROW_LINES = {
    "rev_c": "contract_revenue",
    "rev_m": "merchant_revenue",
    "opex": "opex",
    "energy": "energy_cost",
    "ptax": "property_tax",
    "ebitda": "ebitda",
    "dwc": "working_capital_change",
    "book_dep": "book_depreciation",
    "tax_dep": "tax_depreciation",
    "nbv_end": "book_value",
}


def site_period(rows, place, stopped):
    defaulted = stopped == place + 1
    out = {key: rows[name][place] / MILLION for key, name in PERIOD_LINES.items()}
    out |= {key: None if defaulted else rows[name][place] / MILLION for key, name in SETTLED_LINES.items()}
    paid_to_owners = rows["distribution"][place] - rows["owner_support"][place]
    out["dist"] = None if defaulted else paid_to_owners / MILLION
    out["dscr"] = rows["dscr"][place] if rows["debt_is_due"][place] else None
    out["default"] = defaulted
    return out


def site_row(rows, place):
    return {key: rows[name][place] / MILLION for key, name in ROW_LINES.items()}


def site_metrics(run):
    found = run.results
    covered, indebted = found.covered_periods > 0, found.debt > 0 and run.defaulted_in is None
    return {
        "equity_irr": run.equity_irr.per_year,
        "project_irr_pretax": run.project_irr_pre_tax.per_year,
        "project_irr_posttax": run.project_irr_post_tax.per_year,
        "equity_npv": found.equity_npv / MILLION,
        "moic": found.moic,
        "min_dscr": found.min_dscr if covered else None,
        "avg_dscr": found.avg_dscr if covered else None,
        "llcr_cod": found.llcr if indebted else None,
        "plcr_cod": found.plcr if indebted else None,
        "debt": found.debt / MILLION,
        "gearing": found.debt_share,
        "uses": found.uses / MILLION,
        "equity": found.equity / MILLION,
        "wal": found.wal_years if found.debt > 0 else None,
        "default_period": run.defaulted_in,
    }


def sam_single_owner(inputs):
    """A power plant is a site whose chips are its kilowatts, used at its capacity factor, paid by the kilowatt-hour."""
    years, tenor = inputs["years"], inputs["tenor"]
    plan = SitePlan(
        site=Site(it_mw=inputs["kw"] / 1000.0, kw_per_gpu=1.0, construction_periods=0, operating_periods=years),
        components=(
            Component("plant", inputs["installed"] + (inputs.get("constr_fin") or 0.0), (1.0,), float(years), "MACRS5"),
        ),
        market=Market(inputs["price"], 0.0, (inputs["cf"],) * years),
        costs=Costs(staff_per_year=inputs.get("fixed_om") or 0.0),
        tax=Tax(inputs["tax_rate"], loss_use="immediate", financing_cost_in_basis=False),
        loans=(
            Loan(
                "senior",
                inputs["debt_rate"],
                tenor,
                target_dscr=(inputs["dscr"],) * tenor,
                upfront_fee_share=inputs.get("debt_fee") or 0.0,
                sized_on="pre_tax",
            ),
        ),
        owners=Owners(inputs["disc"]),
    )
    run = run_site(plan)
    rows = run.operating
    return {
        "size_of_debt": run.sizing.debt,
        "size_of_equity": run.results.equity,
        "cost_installed": run.sizing.uses,
        "irr_after_tax_pct": None if run.equity_irr.per_year is None else run.equity_irr.per_year * 100.0,
        "npv_after_tax": npv(run.equity_cash_flows, inputs["disc"]),
        "aftertax": list(run.equity_cash_flows),
        "interest": rows["senior.interest"][:tenor],
        "balance": [run.sizing.debt, *rows["senior.balance"][:tenor]],
    }


ADAPTERS = {
    "B01": xirr_of_dated_flows,
    "B02": irr_with_its_roots,
    "B03": sculpted_loan,
    "B04": after_tax_sculpting,
    "B05": construction_circle,
    "B08": average_balance_interest,
    "B09": tax_of_an_asset,
    "B10": reserve_alone,
    "B12": enforcement,
    "B20": whole_site,
    "B30": sam_single_owner,
}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
