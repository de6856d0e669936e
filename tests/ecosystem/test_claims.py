"""Published sums: the arithmetic, the rule of the verdict, and what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.ecosystem.claims.claims import verify
from overbuild.ecosystem.claims.preset import claimed_capex
from overbuild.ecosystem.claims.rows import claim_from_row
from overbuild.errors import ClaimError
from overbuild.facts.claim_tables import shipped_claims
from overbuild.world.arithmetic import evaluate, names, parse

ROW = {
    "id": "mine",
    "author": "Me",
    "claim": "Revenue that chips must earn",
    "inputs": json.dumps({"chips": 150, "share": 0.5, "margin": 0.5}),
    "expression": "chips / share / (1 - margin)",
    "output": "600",
    "unit": "USD_bn",
    "tolerance": "0.001",
    "known_at": "2026-01-01",
}


def verdict(**change):
    claim, faults = claim_from_row({**ROW, **change}, "mine.csv", 2)
    assert not faults, faults
    return verify(claim)


def test_all_shipped_sums_are_recomputed_and_agree_with_the_expected_verdicts():
    counts = {}
    for row in shipped_claims():
        without = {name: text for name, text in row.cells.items() if name not in ("verdict", "note")}
        claim, faults = claim_from_row(without, row.file, row.line)
        assert not faults and claim is not None
        found = verify(claim).verdict
        assert found == row.cells["verdict"], claim.id
        counts[found] = counts.get(found, 0) + 1
    assert counts == {"closes": 20, "closes_by_construction": 9, "does_not_close": 7, "cannot_be_closed": 5}


def test_what_the_preset_says_of_an_analysis_names_inputs_that_it_gives():
    given = {row.cells["id"]: json.loads(row.cells["inputs"] or "{}") for row in shipped_claims()}
    for name, one in claimed_capex().items():
        assert names(parse(one.capex)) <= given[name].keys(), name
        assert {*one.margins, *filter(None, [one.life_years])} <= given[name].keys(), name


def test_changing_an_input_changes_the_verdict():
    assert verdict().verdict == "closes"
    assert verdict(inputs=json.dumps({"chips": 151, "share": 0.5, "margin": 0.5})).verdict == "does_not_close"


def test_the_rule_in_its_order():
    assert verdict(back_solved="margin").verdict == "closes_by_construction"
    assert verdict(back_solved="margin", output="500").verdict == "does_not_close"
    missing = verdict(missing="the margin", expression="", tolerance="")
    assert (missing.verdict, missing.recomputed, missing.difference) == ("cannot_be_closed", None, None)
    assert "the margin" in missing.why


def test_a_difference_at_the_tolerance_closes():
    assert verdict(output="600.6", tolerance=str(0.6 / 600.6)).verdict == "closes"
    assert verdict(output="600.7", tolerance=str(0.6 / 600.7)).verdict == "does_not_close"


def test_the_steps_show_the_arithmetic():
    assert [(s.text, s.value) for s in verdict().steps] == [
        ("150 / 0.5", 300.0),
        ("1 - 0.5", 0.5),
        ("300 / 0.5", 600.0),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("8 / 4 / 2", 1),
        ("8 - 4 - 2", 2),
        ("--3", 3),
        ("max(1, a, min(9, 4))", 4),
        ("sum(1, 2, 3.5)", 6.5),
        ("1e3 + .5", 1000.5),
    ],
)
def test_arithmetic_follows_the_usual_order(text, value):
    assert evaluate(parse(text), {"a": 2.0})[0] == value


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_it_agrees_with_python(a, b, c):
    found, _ = evaluate(parse("(a - b) * 2 / c + max(a, b)"), {"a": a, "b": b, "c": c})
    assert found == (a - b) * 2 / c + max(a, b)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("__import__('os').system('true')", "hostile_expression"),
        ("a.b", "hostile_expression"),
        ("a[0]", "hostile_expression"),
        ("lambda: 1", "hostile_expression"),
        ("f'{a}'", "hostile_expression"),
        ("open(a)", "hostile_expression"),
        ("α + 1", "hostile_expression"),
        ("1; 2", "hostile_expression"),
        ("(" * 200 + "1" + ")" * 200, "hostile_expression"),
        ("-" * 400 + "1", "hostile_expression"),
        ("1 + " * 400 + "1", "hostile_expression"),
        ("1 +", "syntax"),
        ("", "syntax"),
        ("1 2", "syntax"),
        ("(1", "syntax"),
        ("max()", "syntax"),
        ("a b", "syntax"),
    ],
)
def test_what_is_not_arithmetic_is_refused(text, code):
    with pytest.raises(ClaimError) as found:
        parse(text)
    assert found.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9 ** 9 ** 9", "hostile_expression"),
        ("2 ** 65", "hostile_expression"),
        ("1e300 * 1e300", "not_finite"),
        ("1e300 ** 64", "not_finite"),
        ("1 / (1 - 1)", "division_by_zero"),
        ("0 ** -1", "division_by_zero"),
        ("(0 - 8) ** 0.5", "not_finite"),
        ("b + 1", "unknown_name"),
    ],
)
def test_results_that_do_not_exist_are_refused(text, code):
    with pytest.raises(ClaimError) as found:
        evaluate(parse(text), {"a": 1.0})
    assert found.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"inputs": "{"}, "syntax"),
        ({"inputs": "[1]"}, "syntax"),
        ({"inputs": '{"chips": "150", "share": 0.5, "margin": 0.5}'}, "not_finite"),
        ({"inputs": '{"chips": 150, "share": 0.5, "margin": 0.5, "extra": 1}'}, "unused"),
        ({"inputs": '{"chips": 150, "share": 0.5}'}, "unknown_name"),
        ({"expression": "chips / os.getcwd()"}, "hostile_expression"),
        ({"expression": ""}, "missing"),
        ({"missing": "an input"}, "missing"),
        ({"output": "about 600"}, "bad_value"),
        ({"tolerance": "-1"}, "negative"),
        ({"unit": ""}, "missing"),
    ],
)
def test_a_bad_row_is_named_with_its_line(change, code):
    claim, faults = claim_from_row({**ROW, **change}, "mine.csv", 7)
    assert claim is None
    assert code in [fault.code for fault in faults]
    assert {(fault.file, fault.line) for fault in faults} == {("mine.csv", 7)}
