"""Golden cases of policy and of the stack: ceilings of fines, losses added up two ways, the moat, margin chains."""

from __future__ import annotations

from typing import Any

from overbuild.demand.stack.layer import BoughtInput, LayerTerms
from overbuild.demand.stack.model import StackShape, StackTerms, stack_model
from overbuild.demand.stack.owner import IntegrationTerms, OwnedLayers
from overbuild.policy.governance.moat import (
    ControlTerms,
    ControlYear,
    LossesOfYear,
    MoatParts,
    MoatTotals,
    discounted_parts,
    moat,
)
from overbuild.policy.losses.bad_year import bad_year, check_grid
from overbuild.policy.losses.compound import LossSource, sizes_on_grid, summed, summed_by_recursion
from overbuild.policy.rules.fines import FinedFirm, FineRule, fine_ceiling
from overbuild.policy.rules.rule import RuleScope, RuleStart
from overbuild.timeline.compiled_run import run_compiled

AGREE = 1e-10


def ceiling(inputs: dict[str, Any]) -> dict[str, Any]:
    everywhere, always = RuleScope(1.0, 0.0, 0.0), RuleStart(1.0, 0.0, 0.0)
    rule = FineRule("act", everywhere, always, 0.0, inputs["fixed"], inputs["pct"], 1.0, 0.0, 0.0, (), ())
    return {"cap": fine_ceiling(rule, FinedFirm(inputs["turnover"], float(inputs["sme"]), 0.0, 1.0))}


def bad_year_of_fines(inputs: dict[str, Any]) -> dict[str, Any]:
    units, shares = zip(*inputs["sev"], strict=True)
    cap = inputs["cap_units"] if inputs.get("cap_units") is not None else float("inf")
    source = LossSource(inputs["lam"], 1.0, sizes_on_grid(units, shares, cap))
    by_recursion, by_transform = (way((source,), inputs["grid"]) for way in (summed_by_recursion, summed))
    check_grid(by_recursion, "grid")
    assert abs(by_recursion - by_transform).max() < AGREE
    found = bad_year(by_recursion, inputs["unit"], inputs["level"])
    return {
        "mean": found.mean,
        "sd": found.deviation,
        "var": found.value_at_risk,
        "tvar": found.tail_value_at_risk,
        "p_none": found.no_loss,
    }


def controls(inputs: dict[str, Any]) -> dict[str, Any]:
    terms = ControlTerms(
        discount_rate=inputs["rate"],
        ramp=inputs["ramp"],
        capital_charge=inputs["capital_charge"],
        pipeline=inputs["pipeline"],
        regulated_share=inputs["regulated_share"],
        win_uplift=inputs["win_uplift"],
        margin=inputs["margin"],
        time_saved=inputs["delay_months_saved"],
        launch_margin=inputs["launch_margin"],
        debt=inputs["debt"],
        spread_saving=inputs["spread_saving"],
        capex=inputs["control_capex"],
        opex=inputs["control_opex"],
    )
    losses = LossesOfYear(inputs["loss_without"], inputs["tvar_without"], inputs["loss_with"], inputs["tvar_with"])
    years = [
        discounted_parts(terms, losses, ControlYear(float(year), float(year == 1), (1 + inputs["rate"]) ** -year))
        for year in range(1, inputs["years"] + 1)
    ]
    parts = MoatParts(*(sum(amounts) for amounts in zip(*(year.parts for year in years), strict=True)))
    found = moat(MoatTotals(parts, sum(year.wins_per_uplift for year in years)), terms)
    told = {**parts._asdict(), "cost": parts.cost - terms.capex}
    return {"npv": found.net_present_value, "parts": told, "breakeven_win_uplift": found.breakeven_uplift}


NO_INTEGRATION = IntegrationTerms(1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.1, 0.0, ())


def chain(inputs: dict[str, Any]) -> dict[str, Any]:
    costs, prices = inputs.get("shock") or {}, inputs.get("price_shock") or {}
    layers: list[LayerTerms] = []
    for one in inputs["layers"]:
        buys = (BoughtInput(layers[-1].name, one["a"], None),) if layers else ()
        shocks = costs.get(one["name"], 0.0), prices.get(one["name"], 0.0)
        layers.append(LayerTerms(one["name"], one["own"], one["margin"], one["theta"], *shocks, buys))
    names = [layer.name for layer in layers]
    firms = tuple(
        OwnedLayers(f"firm_{one['name']}", tuple(names[names.index(one["lo"]) : names.index(one["hi"]) + 1]))
        for one in inputs["firms"]
    )
    shape = StackShape(firms, firms[0].name, firms[-1].name)
    rows = run_compiled(stack_model(shape, StackTerms(tuple(layers), NO_INTEGRATION))).rows["results"]
    found = {name: row[0] for name, row in rows.items()}

    def told(layer: LayerTerms, when: str) -> dict[str, Any]:
        of = {key: found[f"{layer.name}.{key}_{when}"] for key in ("cost", "price", "margin", "unit_margin")}
        own = layer.own_cost * (1 + (layer.cost_shock if when == "after" else 0.0))
        return {"name": layer.name, "c": of["cost"], "p": of["price"], "own": own, **dict(list(of.items())[2:])}

    def owner(one: dict[str, Any]) -> dict[str, Any]:
        name, ends = f"firm_{one['name']}", {}
        for end, when in (("base", "before"), ("shocked", "after")):
            ends[end] = {
                "cost": found[f"{name}.owner_cost_{when}"],
                "price": found[f"{one['hi']}.price_{when}"],
                "margin": found[f"{name}.owner_margin_{when}"],
            }
        change = found[f"{name}.owner_unit_margin_after"] - found[f"{name}.owner_unit_margin_before"]
        return {**ends, "margin_change": found[f"{name}.owner_margin_change"], "unit_change": change}

    return {
        "base": [told(layer, "before") for layer in layers],
        "shocked": [told(layer, "after") for layer in layers],
        "firms": {one["name"]: owner(one) for one in inputs["firms"]},
    }


ADAPTERS = {"F01": ceiling, "F02": bad_year_of_fines, "F03": controls, "G01": chain}
