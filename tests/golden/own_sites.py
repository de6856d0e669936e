"""Adapter of our own whole-site cases: what one thing does inside a run, on a site that only earns.

`inputs.plan` describes the site in USD: revenue by operating period (all of it from the market, or all under one
contract of `contract_tenor` periods), components, and the blocks of a case file in the short form; `inputs.departure`
replaces top-level entries after sizing. Lines have one entry a period, close first.
"""

from __future__ import annotations

from overbuild.site.case.plan import Component, EnforcementCosts, Funding, IncomeTax, Owners, ShellLease
from overbuild.site.case.short_form.from_short_form import from_short_form
from overbuild.site.case.short_form.short_debt import ShortLoan, ShortMezzanine, ShortPrepayment, ShortWaterfall
from overbuild.site.case.short_form.short_plan import ShortMarket, ShortOfftake, ShortPlan, ShortRefresh, ShortSite
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size

HOURS = 1000 * 8760.0


def plan_of(case):
    """1000 chips, all sold at a price that brings the highest revenue, used in the share that brings the others."""
    revenue, most = case["revenue"], max(case["revenue"])
    used, price = tuple(one / most for one in revenue), most / HOURS
    tenor = case.get("contract_tenor")
    return from_short_form(
        ShortPlan(
            site=ShortSite(
                it_mw=1.0,
                kw_per_gpu=1.0,
                construction_periods=case["construction"],
                operating_periods=len(revenue),
                delay_periods=case.get("delay", 0),
                delay_cost_per_period=case.get("delay_cost", 0.0),
                attrition_per_year=case.get("attrition", 0.0),
            ),
            components=tuple(
                Component(
                    name, one["cost"], 10.0, "SL10", tuple(one["spend"]), liquidation_share=one.get("liquidation", 0.0)
                )
                for name, one in case["components"].items()
            ),
            market=ShortMarket(price, 0.0, used),
            offtake=ShortOfftake(tenor, 1.0, price, used) if tenor else None,
            funding=Funding(**case.get("funding", {})),
            loans=tuple(_block(ShortLoan, one) for one in case.get("loans", ())),
            mezzanine=_block(ShortMezzanine, case.get("mezzanine")),
            prepayment=_block(ShortPrepayment, case.get("prepayment")),
            lease=_block(ShellLease, case.get("lease")),
            refresh=_block(ShortRefresh, case.get("refresh")),
            tax=IncomeTax(**case.get("tax", {})),
            waterfall=ShortWaterfall(**case.get("waterfall", {})),
            enforcement=EnforcementCosts(**case.get("enforcement", {})),
            owners=Owners(case.get("hurdle", 0.0)),
        )
    )


def _block(record, block):
    return record(**{key: _whole(value) for key, value in block.items()}) if block else None


def _whole(value):
    return tuple(value) if isinstance(value, list) else value


def small_site(inputs):
    """One site on its sizing, or on that of the plan it departs from. Rows are cut at the outcome."""
    sizing = size(plan_of(inputs["plan"]))
    run = run_site(plan_of({**inputs["plan"], **inputs.get("departure", {})}), sizing)
    found, end = run.values().values, run.last + 1
    return {
        "debt": {loan.name: loan.amount for loan in sizing.loans},
        "uses": sizing.uses,
        "lines": {name: row[:end] for name, row in run.lines.items()},
        "equity_npv": found["equity_npv"],
        "lease_liability": found.get("lease_liability"),
        "outcome": run.outcome,
        "outcome_period": run.outcome_period,
        "lgd": {
            name.split(".")[1]: value
            for name, value in found.items()
            if name.startswith("tranche.") and name.endswith(".lgd")
        },
    }


def each_side(inputs):
    """Two sites beside each other, by name."""
    return {side: small_site({"plan": plan}) for side, plan in inputs.items()}


def each_departure(inputs):
    """The same site on one sizing, under each of the departures."""
    return {side: small_site({"plan": inputs["plan"], "departure": one}) for side, one in inputs["departures"].items()}


ADAPTERS = {"S20": small_site, "S21": each_side, "S22": each_departure}
"""The function of each shape of our own."""
