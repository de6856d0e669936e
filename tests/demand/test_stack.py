"""The stack: margins under shocks by hand, a matrix of purchases, who wins, what owning takes, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.demand.stack.case import stack_shape, stack_terms
from overbuild.demand.stack.examples import SHAPE, TERMS
from overbuild.demand.stack.layer import BoughtInput, LayerPrices, paid_after
from overbuild.demand.stack.model import stack_model
from overbuild.demand.stack.stack_run import NEITHER, lines_of_stack, run_stack
from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.errors import CaseError, InputErrors
from overbuild.timeline.compiled_run import run_compiled
from overbuild.timeline.run import run_model

CHAIN, AI = Path("preset:adjacent-chain"), Path("preset:ai-stack-2026")


def lines(shape=SHAPE, terms=TERMS):
    return {name: row[0] for name, row in run_compiled(stack_model(shape, terms)).rows["results"].items()}


def shocked(file, *shocks):
    return run_stack(file, (), shocks)


def test_the_golden_chains_have_opposite_winners():
    assert shocked(CHAIN, "chips_cost=+25%", "energy_cost=+40%").winner == "api_app"
    assert shocked(CHAIN, "model_price=+30%").winner == "integrated"


def test_a_stack_without_a_shock_has_no_winner_and_changes_no_margin():
    run = shocked(CHAIN)
    assert run.winner == NEITHER and not run.is_shocked
    for layer in run.plan.layers:
        assert run.lines[f"{layer.name}.margin_after"] == run.lines[f"{layer.name}.margin_before"]


def test_an_energy_shock_reaches_the_cloud_through_its_own_tenth_and_not_through_chips():
    calm, hot = shocked(AI), shocked(AI, "energy_cost=+50%")
    assert hot.lines["chips.cost_after"] == calm.lines["chips.cost_after"]
    rise = hot.lines["energy.price_after"] - calm.lines["energy.price_after"]
    assert hot.lines["cloud.cost_after"] - calm.lines["cloud.cost_after"] == pytest.approx(0.1 * rise, rel=1e-12)


def test_a_shock_to_chips_reaches_the_cloud_only_through_what_it_buys_of_them():
    calm, hot = shocked(AI), shocked(AI, "chips_price=+40%")
    assert hot.lines["energy.price_after"] == calm.lines["energy.price_after"]
    assert hot.lines["cloud.cost_after"] - calm.lines["cloud.cost_after"] == pytest.approx(0.45 * 0.4, rel=1e-9)


def test_every_layer_of_the_stack_of_2026_sells_a_unit_for_a_dollar():
    for layer in shocked(AI).plan.layers:
        assert shocked(AI).lines[f"{layer.name}.price_before"] == pytest.approx(1.0, abs=2e-3)


def test_full_pass_through_keeps_every_margin_of_a_unit():
    terms = TERMS._replace(layers=tuple(one._replace(pass_through=1.0) for one in TERMS.layers))
    found = lines(terms=terms)
    for layer in terms.layers:
        before, after = (found[f"{layer.name}.unit_margin_{when}"] for when in ("before", "after"))
        assert after == pytest.approx(before, rel=1e-12)


def test_a_firm_of_one_layer_is_that_layer():
    found = lines()
    for when in ("before", "after"):
        assert found[f"api_app.owner_margin_{when}"] == pytest.approx(found[f"app.margin_{when}"], rel=1e-12)


def test_a_buyer_that_may_leave_pays_no_more_than_leaving_costs():
    model = LayerPrices("model", 70.0, 100.0, 75.0, 142.5, 2.5, 40.0)
    paid = [paid_after(BoughtInput("model", 1.0, cost), model) for cost in (None, 0.0, 10.0, 40.0, 90.0)]
    assert paid == [142.5, 102.5, 112.5, 142.5, 142.5]


def test_what_is_passed_on_of_a_cost_is_not_escaped_by_leaving():
    calm = run_stack(AI, ("layers.app.buys.model.switching_cost=0.0",), ("cloud_cost=+20%",))
    locked = run_stack(AI, ("layers.app.buys.model.switching_cost=9.0",), ("cloud_cost=+20%",))
    assert calm.lines["app.cost_after"] == locked.lines["app.cost_after"]


def test_sales_answer_the_price_by_the_elasticity():
    run = shocked(AI, "app_price=+10%")
    assert run.lines["units_after"] == pytest.approx(10e9 / 1.1, rel=1e-9)


def test_owning_is_never_free():
    values = shocked(AI).values().values
    assert values["capital_charge"] > 0.0
    free = run_stack(AI, ("integration.assets=0", "integration.one_off=0"))
    assert free.values().values["integration_npv"] > values["integration_npv"]
    assert free.values().status["integration_assets_breakeven"].startswith("owning takes no assets")


def test_at_the_assets_of_break_even_owning_is_worth_nothing():
    most = shocked(AI).values().values["integration_assets_breakeven"]
    at = run_stack(AI, (f"integration.assets={most!r}",)).values().values["integration_npv"]
    assert at == pytest.approx(0.0, abs=1e-3)


def test_money_scales_and_margins_do_not():
    terms = TERMS._replace(layers=tuple(one._replace(own_cost=7.0 * one.own_cost) for one in TERMS.layers))
    one, seven = lines(), lines(terms=terms)
    for name in one:
        if name.endswith(("margin_before", "margin_after")) and "unit" not in name:
            assert seven[name] == pytest.approx(one[name], rel=1e-12)
    assert seven["integration_gain"] == pytest.approx(7.0 * one["integration_gain"], rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    shock=st.floats(0.01, 2.0),
    through=st.lists(st.floats(0.0, 1.0), min_size=5, max_size=5),
    at=st.integers(0, 3),
)
def test_a_rise_of_cost_below_never_lowers_a_price_and_costs_the_owner_what_is_not_passed_on(shock, through, at):
    calm = [
        layer._replace(pass_through=share, cost_shock=0.0, price_shock=0.0)
        for layer, share in zip(TERMS.layers, through, strict=True)
    ]
    calm[at] = calm[at]._replace(cost_shock=shock)
    found = lines(terms=TERMS._replace(layers=tuple(calm)))
    for layer in calm:
        assert found[f"{layer.name}.price_after"] >= found[f"{layer.name}.price_before"] - 1e-9
    before, after = (found[f"integrated.owner_unit_margin_{when}"] for when in ("before", "after"))
    rise = found["app.price_after"] - found["app.price_before"]
    borne = found["integrated.owner_cost_after"] - found["integrated.owner_cost_before"]
    assert after - before == pytest.approx(rise - borne, abs=1e-9)


def test_the_compiled_run_is_the_plain_run():
    model = stack_model(SHAPE, TERMS)
    assert run_compiled(model).rows == run_model(model).rows


@pytest.mark.parametrize(
    ("sets", "code", "said"),
    [
        (("layers.app.margin=1",), "margin_ge_1", "lies below 1"),
        (("layers.app.margin=45",), "margin_ge_1", "did you mean 0.45?"),
        (("layers.app.margin_kind=operating",), "mixed_margins", "one kind"),
        (("layers.app.margin_kind=net",), "unknown_name", "one of gross, operating"),
        (("layers.chips.buys=[{name: app, units: 0.1}]",), "cycle", "a cycle: chips buys of app"),
        (("layers.energy.buys=[{name: chips, units: 0.1}]", "layers.chips.buys=[]"), "bad_order", "from the lowest up"),
        (("layers.energy.buys=[{name: energy, units: 0.1}]",), "cycle", "energy buys of energy"),
        (("layers.cloud.buys=[{name: chip, units: 1}]",), "unknown_name", "Did you mean chips?"),
        (("firms.integrated.lowest=app", "firms.integrated.highest=chips"), "bad_order", "exchange them"),
        (("integration.owner=integratd",), "unknown_name", "Did you mean integrated?"),
        (("integration.buyer=cloud_model",), "bad_value", "only firms that sell the same"),
        (("layers.energy.own_cost=0",), "nonpositive_price", "before any shock"),
        (("layers.app.price_shock=-1",), "bad_value", "a shock as a share"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(sets, code, said):
    with pytest.raises((CaseError, InputErrors)) as raised:
        run_stack(CHAIN, sets)
    faults = getattr(raised.value, "errors", [raised.value])
    assert any(fault.code == code and said in fault.hint and fault.line for fault in faults), str(raised.value)


def test_a_price_that_falls_to_nothing_is_refused():
    with pytest.raises(CaseError, match="nonpositive_price") as raised:
        run_stack(CHAIN, ("layers.energy.pass_through=2.0",), ("energy_cost=-95%",))
    assert "after the shock" in raised.value.hint and raised.value.path == "layers.energy.price_shock"


@pytest.mark.parametrize(
    ("shock", "said"),
    [
        ("cloud=30%", "write LAYER_cost or LAYER_price"),
        ("clod_price=+30%", "Did you mean cloud?"),
        ("cloud_price=30", "did you mean +30%?"),
        ("cloud_price", "write LAYER_cost or LAYER_price"),
    ],
)
def test_a_shock_that_is_none_is_refused(shock, said):
    with pytest.raises(CaseError) as raised:
        shocked(AI, shock)
    assert said in raised.value.hint


def test_shocks_that_are_asked_for_take_the_place_of_those_of_the_case():
    held = run_stack(CHAIN, ("layers.model.price_shock=0.3",))
    moved = run_stack(CHAIN, ("layers.model.price_shock=0.3",), ("chips_cost=+25%",))
    assert held.winner == "integrated" and moved.winner == "api_app"


def test_every_line_has_its_row_and_every_row_a_line():
    names = [name for program in programs_of(run_stack(AI).model).values() for name in program.lines]
    rows = {row_of(name) for name in names}
    assert None not in rows and {row.room for row in rows if row} <= {"demand", "money"}
    mine = {row.name for row in line_rows() if row.name.startswith(("{layer}", "{firm}", "integration_"))}
    assert mine <= {row.name for row in rows if row}


def test_inputs_that_decide_come_in_order_and_agree_with_the_case():
    run = run_stack(AI)
    assert [one.swing for one in run.deciding] == sorted((one.swing for one in run.deciding), reverse=True)
    first = run.deciding[0]
    assert first.input.path == "integration.units_per_year"
    plan = run.plan._replace(integration=run.plan.integration._replace(units_per_year=first.input.low))
    assert first.at_low == pytest.approx(lines_of_stack(plan)["integration_npv"], rel=1e-12)
    assert stack_shape(run.plan).owner == "integrated" and stack_terms(run.plan).layers[0].name == "energy"


def test_a_shock_given_twice_is_refused():
    with pytest.raises(CaseError, match="duplicate") as raised:
        shocked(AI, "cloud_price=+30%", "cloud_price=+10%")
    assert "shocked twice" in raised.value.hint


def test_a_firm_that_would_lose_on_every_unit_sells_none():
    run = shocked(CHAIN, "app_price=-95%")
    assert run.lines["app.margin_after"] < 0.0 and run.lines["integration_gain"] == 0.0
