"""Shapes A01 and A07: the table of gaps, and what was known on a day."""

from __future__ import annotations

from typing import Any

from overbuild.ecosystem.gap.gap import Category, gap_table
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ledger


def a01(inputs: dict[str, Any]) -> dict[str, Any]:
    rows = inputs["rows"]
    matched = [row for row in rows if row.get("revenue") is not None]
    unmatched = [row for row in rows if row.get("revenue") is None]
    table = gap_table(
        tuple(Category(row["name"], row["spend"], row["revenue"]) for row in matched),
        tuple(Category(row["name"], row["spend"], 0.0) for row in unmatched),
    )
    gaps = dict(zip((row["name"] for row in matched), table.category_gaps, strict=True))
    sums = {name: getattr(table, name) for name in table._fields if name != "category_gaps"}
    return {"rows": [{"name": row["name"], "gap": gaps.get(row["name"])} for row in rows], **sums}


def a07(inputs: dict[str, Any]) -> dict[str, Any]:
    facts = [_fact(row) for row in inputs["facts"]]
    view = Ledger(facts, {}).as_of(inputs["as_of"])
    rows = [
        {
            "entity": fact.entity,
            "metric": fact.metric,
            "period": fact.period_start,
            "value": fact.value,
            "known_at": fact.known_at,
        }
        for fact in view.in_force
    ]
    return {"rows": rows, "total": sum(row["value"] for row in rows)}


def _fact(row: dict[str, Any]) -> Fact:
    start = end = row["period"]
    value = row["value"]
    return Fact(
        entity=row["entity"],
        metric=row["metric"],
        period_start=start,
        period_end=end,
        value=value,
        value_text="",
        unit="USD_bn",
        unit_printed="",
        kind=row.get("kind") or "reported",
        status="withdrawn" if value is None else "seen",
        source="case",
        source_class=row.get("source_class") or "press",
        locator="",
        known_at=row["known_at"],
        known_at_precision="day",
        note="",
        rank=row.get("rank") or 0,
    )


ADAPTERS = {"A01": a01, "A07": a07}
