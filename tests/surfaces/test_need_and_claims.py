"""`need` and `claims` as a user meets them."""

from __future__ import annotations

import csv
import json

import pytest

from overbuild import ask
from overbuild.facts.claim_tables import COLUMNS
from tests.surfaces.test_cli import run


def answer(*arguments):
    found = run(*arguments, "--json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.mark.parametrize("day", [("--as-of", "2026-01-17"), ()])
def test_need_gives_the_contracts_values(day):
    values, gap = answer("need", *day)["values"], answer("gap", *day)["values"]
    assert values["capex"] == (527e9 if day else 732.5e9)
    charge = values["capital_charge.shell"] + values["capital_charge.power"] + values["capital_charge.it"]
    assert values["required_revenue.owner"] == pytest.approx(charge + gap["energy.spend"])
    assert values["required_revenue.end_user"] == pytest.approx(values["required_revenue.owner"] / 0.6 / 0.5)
    assert values["earned_revenue"] == gap["ai_revenue.owner.central"]
    end_user = 200e9 if day else gap["ai_revenue.end_user.central"]
    assert values["need_gap"] == pytest.approx(end_user - values["required_revenue.end_user"])
    assert values["required_of_vintages"] == gap["annualised_cost"]
    assert values["need_gap.vintages"] == gap["annualised_gap"]
    assert 2026 <= values["breakeven_year"] <= 2036


def test_the_path_begins_with_every_vintage_alive():
    found = answer("need")
    first = found["tables"]["years"][0]
    assert first["required"] == pytest.approx(found["values"]["required_of_vintages"])
    assert first["gap"] == pytest.approx(found["values"]["need_gap.vintages"])


def test_payback_by_discounting_comes_later():
    values = answer("need", "--as-of", "2026-01-17")["values"]
    assert values["payback_quarters"] < values["discounted_payback_quarters"]
    assert answer("need")["status"]["payback_quarters"] == "not_within_horizon"


def test_need_and_gap_charge_the_same_capital():
    need, gap = answer("need")["values"], answer("gap")["values"]
    assert need["capital_charge"] == gap["capital_charge"]


def test_a_growth_that_never_crosses_is_a_status_not_a_number():
    found = answer("need", "--growth", "0")
    assert found["values"]["breakeven_year"] is None and found["values"]["payback_quarters"] is None
    assert found["status"]["breakeven_year"] == found["status"]["payback_quarters"] == "not_within_horizon"


def test_a_year_that_breaks_even_is_not_missed_again():
    found = answer("need", "--as-of", "2026-01-17")
    met = found["values"]["breakeven_year"]
    years = {row["year"]: row["gap"] for row in found["tables"]["years"]}
    assert all(gap >= 0 for year, gap in years.items() if int(year) >= met)
    assert years[str(met - 1)] < 0


def test_one_source_has_no_range_and_guidance_has_one():
    article, today = answer("need", "--as-of", "2026-01-17"), answer("need")
    assert article["values"]["required_revenue.owner_low"] is None
    assert article["status"]["required_revenue.owner_low"]
    values = today["values"]
    assert (
        values["required_revenue.owner_low"] < values["required_revenue.owner"] < values["required_revenue.owner_high"]
    )


def test_the_asker_sets_the_assumptions():
    values = answer("need", "--margins", "0,0", "--price-decline", "0", "--life", "6", "--hurdle", "0.08")["values"]
    assert values["required_revenue.end_user"] == values["required_revenue.owner"]
    assert values["capital_charge"] < answer("need")["values"]["capital_charge"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--hurdle", "-1"], "hurdle_le_minus1"),
        (["--margins", "0.5,1"], "share_out_of_range"),
        (["--margins", "-0.1"], "share_out_of_range"),
        (["--life", "0"], "life_nonpositive"),
        (["--growth", "-1"], "share_out_of_range"),
        (["--price-decline", "1"], "share_out_of_range"),
        (["--hurdle", "nan"], "not_finite"),
        (["--growth", "1e300"], "bad_value"),
        (["--hurdle", "-0.5"], "bad_value"),
        (["--life", "500"], "bad_value"),
        (["--growth", "inf"], "not_finite"),
        (["--margins", "half"], "usage"),
        (["--as-of", "2025-01-01"], "no_fact"),
    ],
)
def test_bad_numbers_are_refused(arguments, code):
    found = run("need", *arguments, "--json")
    assert found.returncode == 2 and found.stdout == ""
    assert code in [error["code"] for error in json.loads(found.stderr)["errors"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--hurdle", "10"], "lies between 0% and 50% a year, and 10 is 1,000% a year; did you mean 0.1?"),
        (["--growth", "40"], "and 40 is 4,000% a year; did you mean 0.4?"),
        (["--price-decline", "25"], "did you mean 0.25?"),
        (
            ["--margins", "40,0.5"],
            "margins[1]: a gross margin lies between 0% and 95%, and 40 is 4,000%; did you mean 0.4?",
        ),
        (["--life", "60"], "lies between 1 and 15 years; did you mean 5?"),
        (["--hurdle", "-0.1"], "did you mean 0.1?"),
    ],
)
def test_a_slip_of_unit_is_asked_about(arguments, words):
    found = run("need", *arguments)
    assert found.returncode == 2 and found.stdout == "" and words in found.stderr


def test_need_names_what_decides_it_through_the_model():
    found = ask.need()
    price, life, hurdle = found.screen.decides
    cheapest, dearest = ask.need(price_decline=0.0), ask.need(price_decline=0.4)
    ends = [round(one.values["required_revenue.owner"] / 1e9) for one in (cheapest, dearest)]
    assert f"required {ends[0]}bn at 0%, {ends[1]}bn at 40%" in price
    assert life.startswith("Life of servers") and hurdle.startswith("Return asked after tax")
    slow = next(row for row in found.table("sensitivity").rows if row["assumption"] == "growth_per_year")
    met = ask.need(growth=0.6).values["breakeven_year"]
    assert (slow["year_at_low"], slow["year_at_high"]) == ("not yet", str(met))


def test_the_inputs_that_move_a_published_sum_most_come_first():
    decides = ask.explain_claim("krishna_2025_one_company").screen.decides
    assert decides[0] == "Cost per GW, 80: the sum is 1,800 USD bn at 10% less, 2,200 at 10% more."
    assert [one.partition(",")[0] for one in decides] == ["Cost per GW", "GW high", "GW low"]


def test_the_chart_of_need_is_written(tmp_path):
    assert run("need", "--chart", tmp_path / "need.svg").returncode == 0
    assert "meet in" in (tmp_path / "need.svg").read_text()


def test_claims_lists_all_with_computed_verdicts():
    rows = answer("claims")["tables"]["claims"]
    assert len(rows) == 41
    assert {"id", "claimed", "recomputed", "difference", "tolerance", "verdict", "why"} <= set(rows[0])
    assert len(answer("claims", "--as-of", "2024-06-30")["tables"]["claims"]) == 5


def test_one_claim_is_explained_step_by_step_beside_our_model():
    found = answer("claims", "sequoia_2024_600b")
    assert [step["value"] for step in found["tables"]["steps"]] == [300.0, 0.5, 600.0]
    assert found["tables"]["model"] and found["values"]["recomputed"] == 600.0
    assert run("claims", "sequoia_2024_600c").returncode == 2
    assert "Did you mean" in run("claims", "sequoia_2024_600c").stderr


def own(tmp_path, **change):
    cells = dict.fromkeys(COLUMNS, "") | {
        "id": "mine",
        "author": "Me",
        "published": "2026-05-01",
        "known_at": "2026-05-01",
        "known_at_precision": "day",
        "source_class": "analyst",
        "claim": "Half of it",
        "inputs": '"{""all"": 10, ""part"": 0.5}"',
        "expression": "all * part",
        "output": "5",
        "unit": "widgets",
        "printed_step": "0.1",
        "source_url": "https://example.org/half",
        **change,
    }
    path = tmp_path / "claims.csv"
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    return path


def test_own_claims_are_entered_and_listed(tmp_path):
    assert run("claims", "add", own(tmp_path), "--workspace", tmp_path / "w").returncode == 0
    rows = answer("claims", "--workspace", tmp_path / "w")["tables"]["claims"]
    assert len(rows) == 42 and rows[-1]["id"] == "mine" and rows[-1]["verdict"] == "closes"
    again = run("claims", "add", own(tmp_path), "--workspace", tmp_path / "w")
    assert again.returncode == 2 and "has this id" in again.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expression": "__import__('os')"}, "not part of arithmetic"),
        ({"expression": "all / (part - part)"}, "division by zero"),
        ({"id": "sequoia_2024_600b"}, "taken by the package"),
        ({"known_at": "May"}, "YYYY-MM-DD"),
        ({"unit": ""}, "unit is blank"),
    ],
)
def test_a_bad_list_is_refused_whole(tmp_path, change, words):
    found = run("claims", "add", own(tmp_path, **change), "--workspace", tmp_path / "w")
    assert found.returncode == 2 and words in found.stderr and "claims.csv:2" in found.stderr, found.stderr
    assert not (tmp_path / "w").exists()


JPM = {
    "inputs": '"{""monthly"": 34.72, ""users_bn"": 1.5}"',
    "expression": "monthly * 12 * users_bn",
    "output": "650",
    "printed_step": "10",
}


def test_a_tolerance_without_its_reason_is_refused_and_a_blank_one_is_half_the_step(tmp_path):
    refused = run("claims", "add", own(tmp_path, **JPM, tolerance="0.5"), "--workspace", tmp_path / "w")
    assert refused.returncode == 2 and "claims.csv:2: mine: tolerance_reason" in refused.stderr
    assert "wider than half the printed step, 5 / 650 = 0.007692" in refused.stderr
    (row,) = answer("claims", "add", own(tmp_path, **JPM), "--workspace", tmp_path / "w")["tables"]["claims"]
    assert row["verdict"] == "does_not_close" and row["tolerance"] == pytest.approx(5 / 650)


PUBLISHED = {
    "netflix": ('{"monthly": 180, "users_bn": 0.3}', "monthly * 12 * users_bn", "650", "10", "0.0077"),
    "gap": ('{"rent": 792, "sources": 349.5}', "rent - sources", "207", "1", "0.0025"),
    "buffer": ('{"gap": 207, "buffer": 10}', "gap + buffer", "217", "1", "0.0024"),
    "racks": ('{"gpus": 100000, "rack": 72, "musd": 3}', "gpus / rack * musd / 1000", "4.2", "0.1", "0.012"),
    "cap": ('{"kw": 10000, "rent": 150, "opex": 8}', "kw * rent * 12 * 0.8 / 1e6 - opex", "6.4", "0.1", "0.008"),
    "megawatt": ('{"mw": 1, "price": 0.1}', "mw * 1000 * 24 * 365 * price", "876000", "1000", "0.0006"),
    "quarterly": (
        '{"p": 1000, "r": 0.08, "n": 80}',
        "p * r / 4 / (1 - (1 + r / 4) ** (0 - n))",
        "25.16",
        "0.01",
        "0.0002",
    ),
    "service": ('{"p": 27.3, "r": 0.0658, "n": 23.6}', "p * r / (1 - (1 + r) ** -n)", "2.31", "0.01", "0.003"),
}


def test_tolerances_rounded_up_to_the_digits_they_are_written_with_are_accepted(tmp_path):
    path = tmp_path / "claims.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for name, (inputs, expression, output, step, tolerance) in PUBLISHED.items():
            said = {"author": "A", "published": "2025", "known_at": "2025-01-01", "known_at_precision": "day"}
            sums = {"inputs": inputs, "expression": expression, "output": output, "unit": "any"}
            bounds = {"printed_step": step, "tolerance": tolerance}
            writer.writerow({"id": name, "claim": name, "source_class": "press", **said, **sums, **bounds})
    rows = answer("claims", "add", path, "--workspace", tmp_path / "w")["tables"]["claims"]
    assert {row["id"]: row["verdict"] for row in rows if row["verdict"] != "closes"} == {"gap": "does_not_close"}
    found = {row["id"]: row["recomputed"] for row in rows}
    assert (round(found["quarterly"], 4), round(found["service"], 5)) == (25.1607, 2.30968)


def test_what_a_sum_mixes_is_told_beside_its_verdict(tmp_path):
    found = answer("claims", "article_2026_total_gap")
    (row,) = found["tables"]["claims"]
    assert row["verdict"] == "closes" and "revenue at the owner (hyperscaler_revenue)" in row["mixes"]
    measures = {row["input"]: row["measures"] for row in found["tables"]["inputs"]}
    assert measures["enterprise_revenue"] == "end user revenue" and measures["energy"] is None
    mixed = [row["id"] for row in answer("claims")["tables"]["claims"] if row["mixes"]]
    assert mixed == ["article_2026_hyperscaler_gap", "article_2026_total_gap"]
    said = {"measures": '"{""all"": ""run_rate"", ""part"": ""owner_revenue""}"', "expression": "all - part"}
    path = own(tmp_path, **said, output="9.5")
    assert run("claims", "add", path, "--workspace", tmp_path / "w").returncode == 0
    printed = run("claims", "--full", "--workspace", tmp_path / "w").stdout
    assert "mine mixes a run rate (all) and the revenue of a period (part)" in " ".join(printed.split())
