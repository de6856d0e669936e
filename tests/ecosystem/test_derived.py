"""Derived figures on facts of one's own: ranges keep their order, what has no result is said, newer figures are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.ecosystem.derived_ranges import GivenNumber, GivenOperands, RangeArithmetic, derived_range, value_of
from overbuild.errors import FactError
from overbuild.facts.store import add_facts
from overbuild.questions.gap import gap
from overbuild.world.arithmetic import evaluate, parse

HEADER = "entity,metric,period_start,period_end,value,unit,kind,source_title,source_url,published,source_class,known_at,note\n"


def workspace_with(folder, *rows):
    table = folder / "mine.csv"
    table.write_text(HEADER + "".join(rows), encoding="utf-8")
    add_facts(table, folder / "w")
    return folder / "w"


def row(entity, metric, day, value, unit, kind, known="2026-10-01", start=""):
    title, address = "Own reading", "https://www.example.org/own"
    cells = (
        entity,
        metric,
        start or day,
        day,
        value,
        unit,
        kind,
        title,
        address,
        known,
        "filing",
        known,
        "checked: mine",
    )
    return ",".join(map(str, cells)) + "\n"


numbers = st.floats(-1e12, 1e12)


@given(numbers, numbers, numbers)
def test_a_range_is_never_upside_down(low, central, high):
    arithmetic = RangeArithmetic("x", parse("a"), parse("b"), parse("c"))
    operands = (GivenNumber("a", low), GivenNumber("b", central), GivenNumber("c", high))
    found = derived_range("q", arithmetic, GivenOperands("x", operands))
    assert found.low <= found.central <= found.high and found.central == central
    assert {found.low, found.high} <= {low, central, high}


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_the_arithmetic_of_the_model_is_that_of_the_claims(a, b):
    line = parse("a / 4 * (1 + (1 + b) ** (1 / 8)) - min(a, b, 2) + max(a, 3) + sum(a, b) * -b")
    value, _ = evaluate(line, {"a": a, "b": b})
    assert value_of(line, {"a": a, "b": b}) == pytest.approx(value, rel=1e-12)


def test_a_lower_second_run_rate_keeps_the_range_in_order(tmp_path):
    rate = row("AMZN", "ai_revenue", "2026-06-30", 14, "USD_bn_per_year", "run_rate")
    answer = gap(workspace=workspace_with(tmp_path, rate))
    amazon = next(one for one in answer.table("doors").rows if one["part"] == "Amazon (AWS)")
    assert amazon["low"] <= amazon["central"] <= amazon["high"]
    assert answer.values["annualised_gap.low"] <= answer.values["annualised_gap.central"]


def test_a_figure_that_leaves_no_result_is_named(tmp_path):
    zero = row(
        "HYPERSCALERS", "capex_forecast_exponential_view", "2026-12-31", 0, "USD_bn", "forecast", start="2026-01-01"
    )
    with pytest.raises(FactError) as found:
        gap(workspace=workspace_with(tmp_path, zero))
    assert found.value.code == "bad_value" and "capex_forecast_exponential_view" in found.value.hint


def test_a_share_above_one_is_refused(tmp_path):
    share = row("HYPERSCALERS", "capex_ai_share", "2026-12-31", 140, "pct", "estimate", start="2026-01-01")
    with pytest.raises(FactError) as found:
        gap(workspace=workspace_with(tmp_path, share))
    assert found.value.code == "share_out_of_range" and "capex_ai_share" in found.value.hint


def test_a_newer_run_rate_is_named_and_not_silently_left_out(tmp_path):
    newer = row("MSFT", "ai_revenue", "2026-09-30", 45, "USD_bn_per_year", "run_rate", known="2026-10-28")
    answer = gap(workspace=workspace_with(tmp_path, newer))
    assert any("newer run rate of MSFT (45bn, 2026-09-30) is known and not used" in note for note in answer.notes)


@pytest.mark.parametrize(
    "day", ["2026-02-01", "2026-05-15", "2026-06-25", "2026-08-15", "2026-09-16", "2026-09-17", None]
)
def test_what_is_said_of_the_other_door_is_what_the_evidence_says(day):
    answer = gap(as_of=day)
    verdict = next(row["verdict"] for row in answer.table("article_evidence").rows if row["id"] == "ai_revenue")
    said = any("article's revenue is what end users pay" in note for note in answer.notes)
    assert said == (verdict == "wrong_door")
    assert day is None or "In July" not in " ".join(answer.notes) or day >= "2026-07-29"
    assert all(fact.known_at <= (day or "9999") for fact in answer.facts)


def test_the_workbook_holds_a_fact_once():
    from overbuild.questions.export import gap_book

    rows = [one for one in gap_book().inputs if one.fact and "; " not in one.fact]
    assert len({(one.fact, one.value) for one in rows}) == len(rows)
