"""Adapter of our own whole-site cases: what a stack does inside a run, on a site that only earns.

`inputs.plan` describes the site in USD: revenue by period (all of it merchant, or all under one contract of `tenor`
periods), components, and the blocks of a case file; `inputs.departure` replaces top-level entries after sizing.
"""

from __future__ import annotations

from overbuild.old_site.case.plan import (
    Component,
    Enforcement,
    Lease,
    Loan,
    Market,
    Mezzanine,
    Offtake,
    Owners,
    Prepayment,
    Refresh,
    Site,
    SitePlan,
    Tax,
    Waterfall,
)
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.old_site.terms.from_plan import shape_of

HOURS = 1000 * 8760.0


def plan_of(case):
    """1000 chips, all sold at a price that brings the highest revenue, used in the share that brings the others."""
    revenue, most = case["revenue"], max(case["revenue"])
    used, price = tuple(one / most for one in revenue), most / HOURS
    tenor = case.get("contract_tenor")
    return SitePlan(
        site=Site(
            it_mw=1.0,
            kw_per_gpu=1.0,
            construction_periods=case["construction"],
            operating_periods=len(revenue),
            delay_periods=case.get("delay", 0),
            delay_cost_per_period=case.get("delay_cost", 0.0),
            attrition_per_year=case.get("attrition", 0.0),
        ),
        components=tuple(
            Component(name, one["cost"], tuple(one["spend"]), 10.0, "SL10", one.get("liquidation", 0.0))
            for name, one in case["components"].items()
        ),
        market=Market(price, 0.0, used),
        offtake=Offtake(tenor, 1.0, price, used) if tenor else None,
        loans=tuple(Loan(**{key: _whole(value) for key, value in one.items()}) for one in case.get("loans", ())),
        mezzanine=Mezzanine(**case["mezzanine"]) if case.get("mezzanine") else None,
        prepayment=_block(Prepayment, case.get("prepayment")),
        lease=_block(Lease, case.get("lease")),
        refresh=_block(Refresh, case.get("refresh")),
        tax=Tax(**case.get("tax", {})),
        waterfall=Waterfall(**case.get("waterfall", {})),
        enforcement=Enforcement(**case.get("enforcement", {})),
        owners=Owners(case.get("hurdle", 0.0)),
    )


def _block(record, block):
    return record(**{key: _whole(value) for key, value in block.items()}) if block else None


def _whole(value):
    return tuple(value) if isinstance(value, list) else value


def stacked_site(inputs):
    sizing = size(plan_of(inputs["plan"]))
    plan = plan_of({**inputs["plan"], **inputs.get("departure", {})})
    run = run_site(plan, sizing)
    assert shape_of(plan) == run.shape
    return {
        "debt": {loan.name: loan.amount for loan in sizing.loans},
        "uses": sizing.uses,
        "building": run.building,
        "operating": run.operating,
        "equity_cash_flows": list(run.equity_cash_flows),
        "equity_npv": run.results.equity_npv,
        "lease_liability": run.results.lease_liability,
        "default_period": run.defaulted_in,
        "lgd": {one.name: one.loss_given_default for one in run.results.tranches},
    }


def lease_against_loan(inputs):
    """The same shell leased, and bought on a loan."""
    return {side: stacked_site({"plan": inputs[side]}) for side in ("leased", "bought")}


def refreshed_or_not(inputs):
    """The same site on one sizing, under each of the departures."""
    return {
        side: stacked_site({"plan": inputs["plan"], "departure": one}) for side, one in inputs["departures"].items()
    }


def cured_site(inputs):
    """The cures of a run and what they lead to, up to a default."""
    found = stacked_site(inputs)
    last = (found["default_period"] or len(found["operating"]["cfads"]) + 1) - 1
    return {
        "cures": found["operating"]["covenant_cure"][:last],
        "distributions": found["operating"]["distribution"][:last],
        "default_period": found["default_period"],
    }


ADAPTERS = {"S20": stacked_site, "S21": lease_against_loan, "S22": cured_site, "S23": refreshed_or_not}
"""The function of each shape of our own."""
