"""The rule of which row is in force, said a second time in SQL: both name the same rows, on any ledger and day."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.facts.fact import CLASS_RANK, FIRM, KINDS, STATEMENTS, Fact
from overbuild.facts.ledger import Ledger
from overbuild.facts.store import load_ledger

RULE = """
WITH known AS (
    SELECT *, class_rank >= $firm AS firm FROM fact WHERE known_at <= $day
), champions AS (
    SELECT *, row_number() OVER (
        PARTITION BY entity, metric, period_start, period_end, is_statement
        ORDER BY CASE WHEN is_statement THEN firm ELSE false END DESC,
                 CASE WHEN is_statement THEN 0 ELSE class_rank END DESC,
                 known_at DESC, class_rank DESC, rank DESC, source DESC, kind_place, seq DESC) AS place
    FROM known
), winners AS (
    SELECT *, row_number() OVER (
        PARTITION BY entity, metric, period_start, period_end
        ORDER BY firm DESC, kind = 'reported' DESC, class_rank DESC, known_at DESC, is_statement) AS final
    FROM champions WHERE place = 1
)
SELECT seq FROM winners
WHERE final = 1 AND status <> 'withdrawn'
ORDER BY entity, metric, period_start, period_end
"""
TEXTS = ("entity", "metric", "period_start", "period_end", "kind", "status", "source", "known_at")
TYPES = {name: "INTEGER" for name in ("seq", "class_rank", "kind_place", "rank")} | {"is_statement": "BOOLEAN"}


def in_sql(facts: tuple[Fact, ...], day: str) -> list[int]:
    columns: dict[str, list[Any]] = {
        "seq": list(range(len(facts))),
        "class_rank": [CLASS_RANK[fact.source_class] for fact in facts],
        "kind_place": [KINDS.index(fact.kind) for fact in facts],
        "is_statement": [fact.kind in STATEMENTS for fact in facts],
        **{name: [getattr(fact, name) for fact in facts] for name in (*TEXTS, "rank")},
    }
    picks = ", ".join(f"unnest(${name}::{TYPES.get(name, 'VARCHAR')}[]) AS {name}" for name in columns)
    with duckdb.connect(":memory:") as database:
        database.execute(f"CREATE TABLE fact AS SELECT {picks}", columns)
        return [seq for (seq,) in database.execute(RULE, {"day": day, "firm": FIRM}).fetchall()]


def in_python(facts: tuple[Fact, ...], day: str) -> list[int]:
    places = {id(fact): place for place, fact in enumerate(facts)}
    return [places[id(fact)] for fact in Ledger(facts, {}).as_of(day).in_force]


days = st.sampled_from(["2026-01-01", "2026-01-02", "2026-02-01"])
rows = st.builds(
    Fact,
    entity=st.sampled_from(["A", "B", "é"]),
    metric=st.sampled_from(["capex", "Capex", "capex_guidance"]),
    period_start=st.just("2025-01-01"),
    period_end=st.sampled_from(["2025-06-30", "2025-12-31"]),
    value=st.just(1.0),
    value_text=st.just(""),
    unit=st.just("USD_bn"),
    unit_printed=st.just(""),
    kind=st.sampled_from(KINDS),
    status=st.sampled_from(["seen", "seen", "withdrawn"]),
    source=st.sampled_from(["a", "b", "A", "é-z", "z"]),
    source_class=st.sampled_from(sorted(CLASS_RANK)),
    locator=st.just(""),
    known_at=days,
    known_at_precision=st.just("day"),
    note=st.just(""),
    rank=st.integers(-1, 1),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=1, max_size=40), days)
def test_the_rule_and_its_sql_name_the_same_rows(some, day):
    facts = tuple(fact._replace(line=place) for place, fact in enumerate(some))
    assert in_python(facts, day) == in_sql(facts, day)


@pytest.mark.parametrize("day", ["2024-12-31", "2026-01-17", "2026-07-31", "9999-12-31"])
def test_they_agree_on_the_tables_that_ship(day):
    facts = load_ledger().facts
    assert in_python(facts, day) == in_sql(facts, day)
