"""Shapes A02 to A06, A09 and A10: what must be earned, when it pays back, ranges that add up, all vintages alive."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from overbuild.company.measures.returns import CompanyYear, returns
from overbuild.ecosystem.capital_charges import CapexPart, capital_charges
from overbuild.ecosystem.derived_figures import ENDS
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.gap.annualised import Vintage, annualised_gap
from overbuild.ecosystem.need.estimates import Estimate, lognormal, moments
from overbuild.ecosystem.need.multiplier_chain import multiplier_chain
from overbuild.ecosystem.need.payback import QuarterlyPath, payback
from overbuild.ecosystem.need.required_revenue import check_requirement, need_gap, required_revenue
from overbuild.money.capital_charge import AssetClass, tax_shield_present_value
from overbuild.money.user_cost import user_cost


def a02(inputs: dict[str, Any]) -> dict[str, Any]:
    chain = multiplier_chain(
        inputs["chip_run_rate"],
        inputs["chip_share_of_tco"],
        inputs["end_user_gross_margin"],
        inputs.get("actual_revenue") or 0.0,
    )
    return {"datacenter_cost": chain.datacentre_cost, **chain._asdict()}


def a03(inputs: dict[str, Any]) -> dict[str, Any]:
    hurdle, tax = inputs["hurdle"], inputs.get("tax_rate") or 0.0
    assets = tuple(
        AssetClass(
            asset["name"],
            asset["cost"],
            asset["life"],
            asset.get("residual") or 0.0,
            tuple(asset.get("tax_dep") or ()),
            asset.get("price_decline") or 0.0,
        )
        for asset in inputs["assets"]
    )
    margins = tuple(inputs.get("layer_gross_margins") or ())
    check_requirement(assets, hurdle, tax, margins)
    found = required_revenue(capital_charges(assets, hurdle, tax), inputs.get("opex") or 0.0, margins)
    return {
        "detail": [
            {"name": a.name, "z": tax_shield_present_value(a.tax_depreciation, hurdle), "charge": charge.charge}
            for a, charge in zip(assets, found.charges, strict=True)
        ],
        "capital_charge": found.capital_charge,
        "required_infra_revenue": found.owner,
        "required_end_revenue": found.end_user,
        "gap_vs_actual": need_gap(inputs.get("actual_revenue") or 0.0, found.end_user),
    }


def a04(inputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "user_cost": user_cost(
            asset_price=inputs["q"],
            required_return=inputs["r"],
            depreciation=inputs["delta"],
            asset_price_change=inputs["pi"],
            tax_rate=inputs["tau"],
            tax_shield=inputs["z"],
        )
    }


def a05(inputs: dict[str, Any]) -> dict[str, Any]:
    path = QuarterlyPath(
        first_revenue=inputs["rev0"],
        growth_per_quarter=inputs["g"],
        margin=inputs["margin"],
        capex=tuple(inputs["capex"]),
        sustain=inputs.get("sustain") or 0.0,
    )
    found = payback(path, inputs.get("hurdle") or 0.0, inputs["n"])
    return {
        "operating_breakeven_quarter": found.operating_breakeven_quarter,
        "payback_quarters": found.payback_quarters,
        "discounted_payback_quarters": found.discounted_payback_quarters,
        "cum_end": found.cumulative[-1],
        "min_cum": min(found.cumulative),
    }


def a06(inputs: dict[str, Any]) -> dict[str, Any]:
    years = inputs["years"]
    rows = []
    for before, year in pairwise(years):
        found = returns(
            CompanyYear(before["ebit"], before["invested"]),
            CompanyYear(year["ebit"], year["invested"]),
            inputs["tax_rate"],
            inputs["wacc"],
        )
        marginal = found.marginal if found.marginal_exists else None
        rows.append(
            {"year": year["year"], "roic": found.roic, "marginal": marginal, "spread": found.spread, "eva": found.eva}
        )
    return {"rows": rows}


def a09(inputs: dict[str, Any]) -> dict[str, Any]:
    estimates = [Estimate(one["name"], one["low"], one["high"]) for one in inputs["estimates"]]
    mean, sd = moments(estimates, inputs.get("rho") or 0.0)
    parts = [lognormal(one) for one in estimates]
    return {
        "means": [part.mean for part in parts],
        "medians": [part.median for part in parts],
        "total_mean": mean,
        "total_sd": sd,
    }


def a10(inputs: dict[str, Any]) -> dict[str, Any]:
    parts = tuple(
        CapexPart(
            asset["name"],
            asset["share"],
            float(asset["life"]),
            asset["residual"],
            tuple(asset["tax_dep"]),
            asset["price_decline"],
        )
        for asset in inputs["assets"]
    )
    shares = inputs["ai_share"]
    vintages = tuple(
        Vintage(year, float(inputs["year"] - int(year)), capex, Range(*(shares[end][year] for end in ENDS)))
        for year, capex in inputs["capex"].items()
    )
    energy, revenue = (Range(*(inputs[name][end] for end in ENDS)) for name in ("energy", "revenue"))
    found = annualised_gap(vintages, parts, inputs["hurdle"], inputs["tax_rate"], energy=energy, revenue=revenue)
    return {
        "charge": {one.name: one.charge.central for one in found.charges},
        "annualised_cost": found.cost.central,
        "annualised_cost_low": found.cost.low,
        "annualised_cost_high": found.cost.high,
        "annualised_gap": found.gap.central,
        "annualised_gap_low": found.gap.low,
        "annualised_gap_high": found.gap.high,
    }


ADAPTERS = {"A02": a02, "A03": a03, "A04": a04, "A05": a05, "A06": a06, "A09": a09, "A10": a10}
