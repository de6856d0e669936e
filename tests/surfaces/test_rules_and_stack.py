"""`overbuild rules` and `overbuild stack`: screens, ids, cases of one's own, books, trees, what they refuse."""

from __future__ import annotations

import json

import pytest

from overbuild.world.presets import RULES, STACKS, presets
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

SCREENS = [
    ("stack", "--shock", "cloud_price=+30%"),
    ("stack", "--shock", "energy_cost=+50%", "--shock", "chips_cost=+20%"),
    *(("stack", "--preset", name) for name in presets(STACKS)),
    ("rules", "--company", "MSFT"),
    *(("rules", "--preset", name) for name in presets(RULES)),
]


@pytest.mark.parametrize("arguments", SCREENS)
def test_the_first_screen_is_one_screen(arguments):
    found = run(*arguments, "--plain")
    lines = found.stdout.splitlines()
    assert found.returncode == 0 and len(lines) <= 40 and max(map(len, lines)) <= 100


def test_the_numbers_of_rules_are_there_by_their_ids():
    values = answer("rules", "--company", "MSFT")["values"]
    wanted = {"expected_loss", "var_99", "tvar_99", "moat_npv", "moat_npv_without_sales_effect", "breakeven_uplift"}
    assert wanted <= set(values) and values["fine_ceiling.ai_act_high_risk"] == pytest.approx(0.03 * 331.839e9)
    assert values["expected_loss"] < values["var_99"] < values["tvar_99"]


def test_the_turnover_of_a_company_is_a_fact_that_is_named():
    found = answer("rules", "--company", "amzn")
    assert any(one["id"].startswith("AMZN.revenue@2025#") for one in found["facts"])
    assert found["values"]["fine_ceiling.gdpr_upper"] == pytest.approx(0.04 * 716.924e9, rel=1e-3)


def test_the_numbers_of_a_stack_are_there_by_their_ids():
    values = answer("stack", "--shock", "cloud_price=+30%")["values"]
    for name in ("energy", "chips", "cloud", "model", "app", "integrated", "api_app"):
        assert {f"{kind}.{name}.{end}" for kind in ("margin", "unit_margin") for end in ("base", "shocked")} <= set(
            values
        )
    assert values["winner"] == "integrated" and values["integration_npv"] < 0.0


def test_the_two_golden_shocks_name_opposite_winners():
    told = {
        shock: answer("stack", "preset:adjacent-chain", *(one for text in shock for one in ("--shock", text)))
        for shock in (("chips_cost=+25%", "energy_cost=+40%"), ("model_price=+30%",))
    }
    assert [one["values"]["winner"] for one in told.values()] == ["api_app", "integrated"]


@pytest.mark.parametrize(("kind", "preset"), [("rules", "ai-rules-2026"), ("stack", "ai-stack-2026")])
def test_a_case_of_ones_own_gives_the_numbers_of_its_preset(kind, preset, tmp_path):
    own = tmp_path / "mine.yaml"
    assert run("new", kind, own).returncode == 0
    assert answer(kind, own)["values"] == answer(kind, f"preset:{preset}")["values"]


@pytest.mark.parametrize(
    ("kind", "preset", "number"),
    [("rules", "ai-rules-2026", "moat_npv"), ("stack", "ai-stack-2026", "margin.cloud.shocked")],
)
def test_the_book_is_written_and_the_tree_behind_a_number_opened(kind, preset, number, tmp_path):
    book = tmp_path / "book.xlsx"
    found = json.loads(run("export", kind, "--preset", preset, "--xlsx", book, "--json").stdout)
    assert book.exists() and found["formulas"] > 150 and found["inputs"] > 50
    assert answer("why", f"{kind}:{number}", f"preset:{preset}")["headline"]["id"] == f"{kind}:{number}"


def test_the_tree_of_a_stack_takes_a_shock():
    calm, hot = (
        answer("why", "stack:cloud.cost_after", "preset:ai-stack-2026", *shock)["headline"]["value"]
        for shock in ((), ("--shock", "energy_cost=+50%"))
    )
    assert hot - calm == pytest.approx(0.1 * 0.45, rel=1e-9)


@pytest.mark.parametrize("kind", ["rules", "stack"])
def test_the_schema_describes_the_kind(kind):
    assert json.loads(run("schema", kind).stdout)["title"] == kind


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stack", "--shock", "clod_price=+30%"), "Did you mean cloud?"),
        (("stack", "preset:ai-stak"), "Did you mean ai-stack-2026?"),
        (
            ("stack", "--set", "layers.app.margin=1"),
            "layers.app.margin: a margin is a share of the price and lies below 1",
        ),
        (("rules", "--company", "MSTF"), "Did you mean MSFT?"),
        (("rules", "--set", "fines.gdpr_upper.when.probability=1.5"), "the probability that a rule comes"),
        (("rules", "--set", "grid.points=128"), "grid_too_short"),
        (("why", "stack:integration_npv@2030", "preset:ai-stack-2026"), "no places: leave out @2030"),
        (("why", "rules:expected_fines", "preset:ai-rules-2026"), "rules:expected_fines@2027"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2 and said in " ".join(found.stderr.split())


@pytest.mark.parametrize(
    ("kind", "preset", "result"),
    [("stack", "ai-stack-2026", "integration_npv"), ("rules", "small-provider-2026", "moat_npv_without_sales_effect")],
)
def test_a_case_is_drawn_over_many_worlds(kind, preset, result):
    found = answer("stress", kind, "--preset", preset, "--scenarios", "256")
    assert 0.0 < found["values"]["p_bad"] <= 1.0 and result in json.dumps(found["tables"])
