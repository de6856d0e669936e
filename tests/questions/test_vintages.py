"""The picture of a metric's figures: which are in force, which were replaced, along which days."""

from __future__ import annotations

import pytest

from overbuild import ask
from overbuild.facts.store import load_ledger
from tests.surfaces.test_cli import run


def drawn(entity, metric, **given):
    (chart,) = ask.show_facts(entity, metric, **given).charts
    line, filled, hollow, *_ = chart.spec["vconcat"][0]["layer"]
    return chart, line, filled["data"]["values"], hollow["data"]["values"]


def test_guidance_runs_along_the_days_it_became_known():
    chart, line, filled, hollow = drawn("GOOGL", "capex_guidance_low")
    assert {(point["day"], point["amount"]) for point in hollow} == {("2026-02-05", 175.0), ("2026-04-30", 180.0)}
    assert {(point["line"], point["amount"]) for point in filled} == {("for 2025", 91.0), ("for 2026", 195.0)}
    assert line["mark"]["interpolate"] == "step-after"
    assert line["encoding"]["x"]["title"] == "day the figure became known"
    assert line["encoding"]["y"]["title"] == "USD bn"
    assert "newest known 2026-07-22" in str(chart.spec["vconcat"][0]["title"]["text"])


def test_figures_run_along_their_periods_quarters_and_years_apart():
    _, line, filled, _ = drawn("MSFT", "capex")
    assert {point["line"] for point in filled} == {"quarter", "year"}
    assert line["encoding"]["x"]["title"] == "last day of the period"
    assert next(point["amount"] for point in filled if point["period"] == "2026Q1") == pytest.approx(30.876)


def test_what_was_not_known_on_the_day_is_not_drawn():
    chart, _, filled, hollow = drawn("GOOGL", "capex_guidance_low", as_of="2026-03-01")
    assert {point["amount"] for point in (*filled, *hollow)} == {91.0, 175.0}
    assert "known on 2026-03-01" in str(chart.spec)


def test_words_have_no_picture_and_the_answer_says_so(tmp_path):
    facts = load_ledger().facts
    numbers = {(fact.entity, fact.metric) for fact in facts if fact.value is not None}
    entity, metric = next(pair for fact in facts if (pair := (fact.entity, fact.metric)) not in numbers)
    answer = ask.show_facts(entity, metric)
    assert answer.charts == () and "no chart" in answer.notes[-1]
    refused = run("facts", "show", entity, metric, "--chart", tmp_path / "x.svg")
    assert refused.returncode == 2 and "has no chart" in refused.stderr


def test_the_picture_is_written(tmp_path):
    assert run("facts", "show", "MSFT", "capex", "--chart", tmp_path / "x.svg").returncode == 0
    assert "<svg" in (tmp_path / "x.svg").read_text("utf-8")
