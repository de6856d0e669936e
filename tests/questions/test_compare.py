"""Two cases side by side: what differs is named, what is equal is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overbuild.errors import OverbuildError
from overbuild.questions.compare import compare, entry_of
from overbuild.questions.site import site
from overbuild.site.case.read import read_site_case
from tests.surfaces.test_cli import run

ROOT = Path(__file__).parents[2]
A, B = (ROOT / "examples" / name for name in ("contracted-100mw.yaml", "shared-60mw.yaml"))


KINDS = ("ratios", "money", "rates", "changes", "values")


def test_a_case_does_not_differ_from_itself():
    found = compare(A, A)
    assert found.values == {"inputs_differ": 0, "values_differ": 0} and found.status == {}
    assert all(not table.rows for table in found.tables)
    assert "do not differ" in found.headline.text
    text = run("compare", A, A).stdout
    assert "do not differ" in text and "that differ" not in text


def test_values_are_those_of_each_site_and_their_difference():
    found, sites = compare(A, B), [site(A).values, site(B).values]
    rows = {row["id"]: row for name in KINDS for row in found.table(name).rows}
    assert set(rows) == {name for name in sites[0] if sites[0][name] != sites[1][name]}
    assert "breakeven.price" in rows and "debt" in rows and "first_break" not in rows
    for name, row in rows.items():
        less = 1.0 if row in found.table("changes").rows else 0.0
        both = all(isinstance(row[side], int | float) for side in "ab")
        for side, values in zip("ab", sites, strict=True):
            assert row[side] == (values[name] - less if less and values[name] is not None else values[name])
        assert row["difference"] == (row["b"] - row["a"] if both else None)
        said = found.values[f"difference.{name}"]
        assert said == (pytest.approx(row["difference"], rel=1e-12, abs=1e-12) if both else None)
        assert both or found.status[f"difference.{name}"]
    assert found.values["values_differ"] == len(rows)


def test_inputs_that_differ_are_all_there_and_no_others():
    found = {row["input"]: row for row in compare(A, B).table("inputs").rows}
    plans = [read_site_case(path).form.record for path in (A, B)]
    assert {"site.it_mw", "offtake.contract_share", "loans.senior.target_dscr"} <= set(found)
    assert "site.pue" not in found and found["site.it_mw"]["a"] == 100 and found["site.it_mw"]["b"] == 60
    for path in read_site_case(A).inputs:
        assert (path in found) == (entry_of(plans[0], path) != entry_of(plans[1], path)), path


def test_what_one_file_leaves_out_has_its_default(tmp_path):
    lines = A.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("  idle_load_share") and "payable_days" not in line]
    shorter = tmp_path / "shorter.yaml"
    shorter.write_text("\n".join(kept), "utf-8")
    found = {row["input"]: (row["a"], row["b"]) for row in compare(A, shorter).table("inputs").rows}
    assert found == {"site.idle_load_share": (0.35, 0.0), "costs.payable_days": (30, 0.0)}


def test_sets_edit_both_and_close_counts(tmp_path):
    later = tmp_path / "later.yaml"
    later.write_text(A.read_text("utf-8").replace("close: 2026Q4", "close: 2027Q4"), "utf-8")
    found = compare(A, later, sets=["site.pue=1.3"])
    rows = [(row["input"], row["a"], row["b"]) for row in found.table("inputs").rows]
    assert rows == [("close", "2026Q4", "2027Q4")]
    assert [row["id"] for row in found.table("values").rows] == ["min_dscr_period", "test.test_1.first_period"][:1]


def test_faults_of_either_file_are_reported(tmp_path):
    for pair in ((A, tmp_path / "none.yaml"), (tmp_path / "none.yaml", A)):
        with pytest.raises(OverbuildError, match="no such file"):
            compare(*pair)


def test_the_command_prints_one_object():
    found = run("compare", A, B, "--json")
    answer = json.loads(found.stdout)
    assert found.returncode == 0 and answer["question"] == "compare"
    assert set(answer["tables"]) == {*KINDS, "inputs"} and len(answer["limits"]) >= 2
    assert run("compare", A).returncode == 2


def test_all_worlds_are_not_called_the_first_and_one_case_is_named_once():
    found = run("compare", A, A, "--scenarios", "50", "--plain").stdout
    assert "the same 50 worlds. Both default in" in " ".join(found.split())
    assert found.count(f"overbuild site {A}\n") == 1
