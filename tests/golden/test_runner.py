"""The golden runner itself: differences, unknown shapes, the article's case entered as our own."""

from __future__ import annotations

import json

from tests.golden.__main__ import main

CASE = {
    "id": "X1",
    "shape": "A01",
    "inputs": {
        "rows": [
            {"name": "a", "spend": 527.0, "revenue": 200.0},
            {"name": "b", "spend": 40.0, "revenue": None},
            {"name": "c", "spend": 150.0, "revenue": 80.0},
        ]
    },
    "outputs": {
        "total_gap": -437.0,
        "sum_of_category_gaps": -397.0,
        "rows": [{"gap": -327.0}, {"gap": None}, {"gap": -70.0}],
    },
    "tolerance": {"rel": 1e-9, "abs": 1e-9},
}


def play(tmp_path, *cases, only=""):
    for position, case in enumerate(cases):
        (tmp_path / f"{position}.json").write_text(json.dumps(case))
    return main([str(tmp_path), "--only", only])


def test_a_case_that_agrees_is_ok(tmp_path, capsys):
    assert play(tmp_path, CASE) == 0
    assert capsys.readouterr().out == "X1 ok 0\n"


def test_a_case_that_differs_fails(tmp_path, capsys):
    assert play(tmp_path, {**CASE, "outputs": {"total_gap": -436.0}}) == 1
    assert capsys.readouterr().out.startswith("X1 FAIL")


def test_a_missing_output_fails(tmp_path):
    assert play(tmp_path, {**CASE, "outputs": {"nothing": 1.0}}) == 1


def test_an_unknown_shape_ends_with_two(tmp_path):
    assert play(tmp_path, {**CASE, "shape": "Z99"}) == 2


def test_only_chooses_by_the_beginning_of_the_id(tmp_path):
    assert play(tmp_path, CASE, {**CASE, "id": "Y1", "shape": "Z99"}, only="X") == 0
    assert play(tmp_path, CASE, only="W") == 2


def test_a_shape_without_a_quantity_says_which_is_missing(tmp_path, capsys):
    assert play(tmp_path, CASE, {**CASE, "id": "Y1", "shape": "H07"}) == 2
    found = capsys.readouterr()
    assert found.out == "X1 ok 0\n" and "Y1: shape H07 is not known: no search for the box of inputs" in found.err


def test_no_shape_is_both_answered_and_absent():
    from tests.golden.absent import ABSENT
    from tests.golden.shapes import ADAPTERS

    assert ABSENT.keys() & ADAPTERS.keys() == set()
