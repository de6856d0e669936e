"""Facts as a user meets them: every kind of figure is listed, shown, found and cited by the key it prints."""

from __future__ import annotations

import csv
import io
import json

import pytest

from overbuild import ask
from overbuild.facts.cited_fields import cited_fields
from tests.surfaces.test_cli import run


def asked(*arguments):
    found = run("facts", *arguments, "--json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_the_list_and_the_check_count_the_same_rows():
    listed, checked = asked("list"), asked("check")
    for name in ("rows", "sources", "tables"):
        assert listed["values"][name] == checked["values"][name]
    assert listed["tables"]["tables"] == checked["tables"]["tables"]
    assert sum(row["rows"] for row in listed["tables"]["tables"]) == listed["values"]["rows"]
    assert listed["values"]["facts"] < listed["values"]["rows"]


def test_the_list_is_one_screen_for_people_and_whole_for_programs():
    plain = run("facts", "list").stdout
    assert len(plain.splitlines()) < 60 and "tables/deals.csv" in plain and "MSFT" in plain
    entities = asked("list")["tables"]["list"]
    assert len(entities) == asked("list")["values"]["entities"] > 100
    assert "# list" in run("facts", "list", "--csv").stdout


def test_words_find_rows_of_every_kind():
    found = asked("search", "pue")["tables"]["facts"]
    assert "fact:site_costs.pue_applied_digital_polaris_forge" in {row["id"] for row in found}
    kinds = {row["kind"] for row in asked("search", "iren")["tables"]["facts"]}
    assert {"deal", "cost"} <= kinds
    assert any(row["entity"] == "MSFT" for row in asked("search", "msft capex")["tables"]["facts"])


def test_a_word_that_names_a_column_finds_the_field():
    found = {row["key"]: row for row in asked("search", "iren coupon")["tables"]["facts"]}
    assert found["deals.iren_gpu_notes.coupon_pct"]["value"] == 0.0596
    assert found["deals.iren_gpu_notes.coupon_pct"]["unit"] == "pct"


def test_a_row_shows_every_field_with_its_unit_and_its_key():
    answer = asked("show", "deals.iren_gpu_notes")
    fields = {row["field"]: row for row in answer["tables"]["fields"]}
    assert fields["amount_usd_bn"]["value"] == 2.1e9 and fields["amount_usd_bn"]["base_unit"] == "USD"
    assert fields["coupon_pct"]["key"] == "deals.iren_gpu_notes.coupon_pct"
    assert (fields["dscr_covenant"]["value"], fields["dscr_covenant"]["unit"]) == (None, "text")
    assert answer["headline"]["value"] == 2.1e9
    plain = run("facts", "show", "deals.iren_gpu_notes", "--full").stdout
    assert "secwatch-2026-iren-gpu: secwatch," in plain and "https://" in plain
    assert run("facts", "show", "deals", "iren_gpu_notes", "--full").stdout == plain
    assert run("facts", "show", "fact:deals.iren_gpu_notes", "--full").stdout == plain


@pytest.mark.parametrize("table", ["deals", "site_costs", "accelerators", "published_analyses"])
def test_a_table_lists_its_rows_by_key(table):
    rows = asked("show", table)["tables"][table]
    assert rows and all(row["key"].startswith(f"{table}.") for row in rows)
    assert all(row["key"] in run("facts", "show", table).stdout for row in rows[:5])
    columns = next(csv.reader(io.StringIO(run("facts", "show", table, "--csv").stdout.partition("\n")[2])))
    assert columns[0] == "key"


def test_a_key_shows_its_figure_among_those_of_its_period():
    row = next(one for one in asked("show", "GOOGL", "capex_guidance_low")["tables"]["facts"] if one["figure"] == "180")
    answer = asked("show", row["key"])
    assert answer["headline"]["value"] == 180e9
    assert answer["headline"]["text"].endswith("It is superseded.")
    assert len(answer["tables"]["facts"]) == 3


def test_one_name_of_an_entity_lists_its_metrics():
    assert {row["metric"] for row in asked("show", "msft")["tables"]["list"]} >= {"capex", "revenue"}


@pytest.mark.parametrize(
    "command",
    [
        ("show", "MSFT", "capex"),
        ("show", "deals"),
        ("show", "accelerators.h100_80gb_sxm5"),
        ("search", "spread"),
        ("search", "default rate"),
        ("source", "secwatch-2026-iren-gpu"),
        ("source", "fxbaogao-2025-bernstein"),
    ],
)
def test_every_key_that_is_printed_can_be_cited(command):
    keys = [row["key"] for rows in asked(*command)["tables"].values() for row in rows]
    assert keys and set(cited_fields(keys)) == set(keys)
    plain = " ".join(run("facts", *command, "--full").stdout.split())
    assert all(key in plain for key in keys)


def test_rows_known_later_are_hidden():
    day = ("--as-of", "2026-05-31")
    assert asked("list", *day)["values"]["rows"] < asked("list")["values"]["rows"]
    assert "deals.iren_gpu_notes" not in {row["key"] for row in asked("show", "deals", *day)["tables"]["deals"]}
    keys = {row["key"] for row in asked("search", "iren", *day)["tables"]["facts"]}
    assert keys and not any(key.startswith("deals.iren_gpu_notes") for key in keys)
    found = run("facts", "show", "deals.iren_gpu_notes", *day)
    assert found.returncode == 2 and "was not known yet; it is dated 2026-06-01" in found.stderr
    later = next(row for row in asked("show", "MSFT", "capex")["tables"]["facts"] if row["known_at"] > day[1])
    found = run("facts", "show", later["key"], *day)
    assert found.returncode == 2 and "was not known yet" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "iren_gpu_notes"], "deals.iren_gpu_notes"),
        (["show", "deals.iren_gpu_note"], "Did you mean deals.iren_gpu_notes"),
        (["show", "deals.iren_gpu_notes.coupon"], "Did you mean coupon_pct"),
        (["show", "deals.iren_gpu_notes.spread_bp"], "the row says nothing there"),
        (["show", "MSFTT"], "Did you mean MSFT"),
        (["show", "dealss"], "Did you mean deals"),
        (["show", "site_cost", "pue"], "Did you mean site_costs"),
        (["list", "--entity", "MSTF"], "Did you mean MSFT"),
    ],
)
def test_a_near_miss_is_told_what_is_close(arguments, words):
    found = run("facts", *arguments)
    assert found.returncode == 2 and words in found.stderr and found.stdout == ""


def test_a_source_shows_the_numbers_of_the_rows_read_in_it():
    rows = {row["key"]: row for row in asked("source", "secwatch-2026-iren-gpu")["tables"]["facts"]}
    assert rows["deals.iren_gpu_notes.coupon_pct"]["figure"] == "5.96"


def test_limits_name_the_newest_exact_day_of_what_is_known():
    first, _ = asked("show", "MSFT", "capex", "--as-of", "2026-01-17")["limits"]
    assert "up to 2026-01-1" in first
    now, _ = asked("show", "MSFT", "capex")["limits"]
    assert now > first


def test_quality_says_whose_words_the_figures_are():
    answer = ask.fact_quality()
    values = answer.values
    assert values["sourced_share"] == 1.0
    assert values["company_facts.primary_share"] >= 0.4
    assert 0 < values["dated_share"] < 1
    critical = answer.table("single_source_critical").rows
    assert len(critical) == values["single_source_critical"] >= values["single_source_critical.not_primary"]
    gap = {fact.id for fact in ask.gap().facts}
    assert {row["key"] for row in critical} <= gap and values["gap.rows"] == len(gap)
    assert {"deals.rows", "energy.dated_share", "need.primary_share", "site_presets.rows", "claims.rows"} <= set(values)


def test_quality_of_an_early_day_leaves_out_what_had_no_answer():
    values = ask.fact_quality(as_of="2025-06-30").values
    assert "gap.rows" not in values and values["company_facts.rows"] > 0
    assert run("facts", "quality", "--as-of", "2025-06-30").returncode == 0


def test_quality_is_one_screen():
    plain = run("facts", "quality", "--full").stdout
    assert len(plain.splitlines()) < 75 and plain.index("behind gap") < plain.index("What it means")
