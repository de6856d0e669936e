"""Our own golden cases: the engine and a second computation without it both give what is written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.compare import worst_difference
from tests.golden.second_computations import SECOND
from tests.golden.shapes import ADAPTERS

CASES = [json.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "cases").glob("*.json"))]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_engine_gives_what_the_case_says(case):
    assert worst_difference(ADAPTERS[case["shape"]](case["inputs"]), case["outputs"], case["tolerance"]) <= 1.0


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_second_computation_gives_what_the_case_says(case):
    assert worst_difference(SECOND[case["id"]](case["inputs"]), case["outputs"], case["tolerance"]) <= 1.0


def test_every_case_has_its_second_computation():
    assert {case["id"] for case in CASES} == set(SECOND)
