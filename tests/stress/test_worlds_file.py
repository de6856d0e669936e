"""A file of worlds: a row a world, the same as in the run, with what each column is; refused where it cannot be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from overbuild.audit.case_kinds import EXPLAINED
from overbuild.errors import InputError
from overbuild.site.case_run import run_case
from overbuild.stress.case_worlds import case_worlds
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.worlds.settings import StressSettings

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

FEW = StressSettings(scenarios=5_000, threads=3)


def unit():
    return EXPLAINED["fleet"].explain(Path("preset:h100"), (), None)


def read(path):
    return parquet.read_table(path) if path.suffix == ".parquet" else pa.ipc.open_file(path).read_all()


@pytest.mark.parametrize("name", ["worlds.parquet", "worlds.arrow"])
def test_every_world_is_a_row(tmp_path, name):
    out = tmp_path / name
    found, plain = case_worlds(unit(), FEW._replace(out=out)), case_worlds(unit(), FEW)
    table = read(out)
    assert found.run.digest == plain.run.digest
    assert table["scenario"].to_pylist() == list(range(5_000))
    for one in found.ids:
        row = np.array([np.nan if value is None else value for value in table[one].to_pylist()])
        assert np.array_equal(row, found.values(one), equal_nan=True)
    assert np.array_equal(table["driver.rent"].to_numpy(), found.worlds.drawn(0, 5_000)[0])
    told = json.loads(table.schema.metadata[b"overbuild"])
    assert told["seed"] == 1 and told["case"].startswith("fleet (")
    assert table.schema.field("unit_npv").metadata == {b"label": b"Net present value of a unit", b"unit": b"USD"}
    bad = [value == "bad" for value in table["ended_as"].to_pylist()]
    assert sum(bad) / 5_000 == found.bad.value
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_worlds_of_a_site_are_written_too(tmp_path):
    out = tmp_path / "site.parquet"
    found = stressed(run_case(Path("preset:single-loan-80-20")), StressSettings(scenarios=500, threads=1, out=out))
    table = read(out)
    ended = table["ended_as"].to_pylist()
    assert sum(one not in ("", "closed") for one in ended) / 500 == found.default.value
    assert [place is None for place in table["ended_in"].to_pylist()] == [one == "" for one in ended]
    assert float(np.mean(table["equity_npv"].to_numpy())) == pytest.approx(found.measure("equity_npv").mean, rel=1e-9)


def test_a_file_that_cannot_be_is_refused(tmp_path, monkeypatch):
    there = tmp_path / "there.parquet"
    there.write_bytes(b"mine")
    with pytest.raises(InputError, match="is kept"):
        case_worlds(unit(), FEW._replace(out=there))
    assert there.read_bytes() == b"mine"
    with pytest.raises(InputError, match="there is no folder"):
        case_worlds(unit(), FEW._replace(out=tmp_path / "no" / "worlds.arrow"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"overbuild\[arrow\]"):
        case_worlds(unit(), FEW._replace(out=tmp_path / "worlds.parquet"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.parquet"]


def test_a_run_that_fails_leaves_nothing(tmp_path):
    def stop(done, of):
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        case_worlds(unit(), FEW._replace(out=tmp_path / "worlds.parquet"), progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["worlds.csv", "worlds.xlsx", "worlds.PQ"])
def test_no_folder_is_made_under_the_ending_of_a_table(tmp_path, name):
    with pytest.raises(InputError, match=r"ends in \.parquet or \.arrow") as refused:
        case_worlds(unit(), FEW._replace(out=tmp_path / name))
    assert (refused.value.code, list(tmp_path.iterdir())) == ("bad_value", [])
