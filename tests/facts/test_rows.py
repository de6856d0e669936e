"""Reading a table: every fault of a row is named, with its line."""

from __future__ import annotations

import pytest

from overbuild.facts.entry.beside import find_duplicates, find_unit_clashes
from overbuild.facts.fact import COLUMNS
from overbuild.facts.rows import read_table

GOOD = {
    "entity": "ALPHA",
    "metric": "capex",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
    "value": "12.5",
    "unit": "USD_bn",
    "kind": "reported",
    "status": "seen",
    "source": "a-2026-b",
    "source_class": "press",
    "locator": "p. 3",
    "known_at": "2026-01-31",
    "known_at_precision": "day",
}


def table(*rows, header=COLUMNS):
    lines = [",".join(header)] + [",".join(f'"{row.get(name, "")}"' for name in header) for row in rows]
    return "\n".join(lines) + "\n"


def read(*rows):
    return read_table(table(*rows), "mine.csv", {"a-2026-b"})


def test_a_sound_row_becomes_a_fact_with_its_key_and_base_unit():
    (fact,), faults = read(GOOD)
    assert not faults
    assert fact.key == "ALPHA.capex@2025#a-2026-b"
    assert (fact.value_in_base_unit, fact.base_unit) == (12.5e9, "USD")
    assert (fact.file, fact.line) == ("mine.csv", 2)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"entity": ""}, "missing", "entity is blank"),
        ({"value": "-3"}, "negative", "never negative"),
        ({"value": "twelve"}, "bad_value", "not a number"),
        ({"value": "inf"}, "not_finite", "finite"),
        ({"value": ""}, "bad_value", "exactly one of value and value_text"),
        ({"value_text": "12 to 13"}, "bad_value", "exactly one of value and value_text"),
        ({"unit": "USD_billion"}, "bad_unit", "Did you mean"),
        ({"unit": "text"}, "bad_unit", "not a quantity"),
        ({"kind": "actual"}, "unknown_name", "allowed: reported"),
        ({"source_class": "blog"}, "unknown_name", "allowed: filing"),
        ({"known_at_precision": "week"}, "unknown_name", "allowed: day"),
        ({"source": "a-2026-c"}, "unknown_name", "Did you mean a-2026-b"),
        ({"period_end": ""}, "bad_period", "both days of the period"),
        ({"period_start": "2026-01-01"}, "bad_period", "ends before it starts"),
        ({"period_end": "2025-02-30"}, "bad_period", "YYYY-MM-DD"),
        ({"known_at": "2025-12-30"}, "lookahead", "before its period ends"),
        ({"known_at": ""}, "missing", "known_at is blank"),
        ({"status": "recalled"}, "unknown_name", "kind assumption"),
        ({"known_at_precision": "entered"}, "unknown_name", "only an assumption"),
        ({"status": "withdrawn"}, "bad_value", "neither value nor text"),
    ],
)
def test_one_fault_is_named_with_its_line(change, code, words):
    facts, faults = read(GOOD, {**GOOD, **change})
    assert [fact.line for fact in facts] == [2]
    assert code in {fault.code for fault in faults}
    assert any(words in str(fault) for fault in faults), [str(fault) for fault in faults]
    assert {(fault.file, fault.line) for fault in faults} == {("mine.csv", 3)}


def test_all_faults_are_reported_at_once():
    _, faults = read({**GOOD, "unit": "x", "kind": "y"}, {**GOOD, "value": "z"})
    assert [fault.line for fault in faults] == [2, 2, 3]


def test_a_row_with_too_few_cells_is_refused():
    _, faults = read_table(table(GOOD) + "ALPHA,capex\n", "mine.csv", {"a-2026-b"})
    assert [(fault.code, fault.line) for fault in faults] == [("length_mismatch", 3)]


def test_an_unknown_or_missing_column_is_refused():
    _, faults = read_table(table(GOOD, header=(*COLUMNS[:-1], "notes")), "mine.csv", set())
    assert [fault.code for fault in faults] == ["unknown_name"]
    assert "Did you mean note" in str(faults[0])
    _, faults = read_table("entity,metric\n", "mine.csv", set())
    assert {fault.code for fault in faults} == {"missing"}


def test_the_same_identity_twice_is_a_fault():
    facts, _ = read(GOOD, {**GOOD, "value": "13"})
    (fault,) = find_duplicates(facts)
    assert fault.code == "duplicate" and "mine.csv:2" in str(fault)


def test_a_unit_that_measures_something_else_clashes():
    established, _ = read(GOOD)
    added, _ = read({**GOOD, "unit": "pct", "entity": "BETA"})
    (fault,) = find_unit_clashes(added, established)
    assert fault.code == "bad_unit" and "money" in str(fault)
    assert not find_unit_clashes(read({**GOOD, "unit": "USD_mn"})[0], established)
