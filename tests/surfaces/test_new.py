"""A preset in the place of a file, and a case of one's own copied from one."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from overbuild.site.case.read import read_site_case
from overbuild.surfaces.kinds import NEW
from overbuild.world.presets import DEFAULT, preset_text, presets, site_presets, write_case
from tests.surfaces.test_cli import run
from tests.surfaces.test_site import answer

NAMES = sorted(site_presets())


def test_a_preset_stands_where_a_file_may_and_the_option_is_short_for_it():
    assert answer("site", f"preset:{DEFAULT}") == answer("site", "--preset", DEFAULT)
    assert answer("check", f"preset:{DEFAULT}")["values"] == answer("check", "--preset", DEFAULT)["values"]
    assert answer("why", "horizon.pue", "--preset", DEFAULT) == answer("why", "horizon.pue", f"preset:{DEFAULT}")
    text = run("site", "--preset", DEFAULT).stdout
    assert f"overbuild site preset:{DEFAULT}" in text


def test_two_presets_are_compared():
    found = answer("compare", f"preset:{DEFAULT}", "preset:merchant-gpu-cloud")
    inputs = {row["input"] for row in found["tables"]["inputs"]}
    assert "market.utilisation" not in inputs and "phases.site.it_mw" not in inputs and "horizon.periods" in inputs


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["site"], NAMES),
        (["check"], NAMES),
        (["site", "my.yaml", "--preset", DEFAULT], ["my.yaml", DEFAULT, "name one of them"]),
        (["why", "site.pue", "my.yaml", "--preset", DEFAULT], ["name one of them"]),
        (["site", "preset:stargate-2gw"], ["Did you mean stargate-1gw?", *NAMES]),
        (["check", "--preset", "stargate-2gw"], ["Did you mean stargate-1gw?"]),
        (["compare", "preset:no", f"preset:{DEFAULT}"], ["no such preset"]),
        (["new"], ["overbuild new site FILE", "--list"]),
        (["new", "sight"], ["Did you mean site?"]),
        (["new", "site"], ["FILE"]),
    ],
)
def test_a_case_that_is_not_named_clearly_is_refused(arguments, words, tmp_path):
    found = run(*arguments, cwd=tmp_path)
    assert found.returncode == 2 and found.stdout == ""
    told = " ".join(found.stderr.split())
    assert all(word in told for word in words), told


def test_an_error_in_a_preset_is_placed_by_its_name():
    found = run("site", f"preset:{DEFAULT}", "--set", "horizon.pu=1", "--json")
    assert json.loads(found.stderr)["errors"][0]["hint"].startswith("not a name of this block. Did you mean pue?")


def test_presets_are_listed_with_what_each_is():
    found = run("new", "--list")
    assert found.returncode == 0
    blocks = [block.splitlines() for block in found.stdout.split("\n\n")]
    sites, *others = ([line for line in block if not line.startswith("  ")] for block in blocks)
    assert [line.split()[0] for line in sites] == [f"preset:{name}" for name in NAMES]
    for listed, kind in zip(others, NEW.values(), strict=True):
        assert [line.split()[0] for line in listed[1:]] == [f"preset:{name}" for name in sorted(presets(kind.folder))]
    assert [name for name, line in zip(NAMES, sites, strict=True) if line.endswith("(the default)")] == [DEFAULT]
    assert max(map(len, found.stdout.splitlines())) <= 100


@pytest.mark.parametrize("name", NAMES)
def test_a_new_case_keeps_every_line_and_gives_the_numbers_of_its_preset(name, tmp_path):
    own = tmp_path / "my case.yaml"
    found = run("new", "site", own, "--preset", name)
    assert found.returncode == 0 and f"overbuild site {shlex.quote(str(own))}" in found.stdout
    written = own.read_text("utf-8").splitlines()
    kept = [line for line in preset_text(name).splitlines() if line != f"name: {name}"]
    assert [line for line in written if line in kept] == kept
    assert set(written) - set(kept) == {"name: 'my case'", next(line for line in written if "Copied from" in line)}
    assert answer("check", own)["values"]["faults"] == 0
    plans = [read_site_case(Path(case)).plan for case in (own, f"preset:{name}")]
    assert plans[0] == plans[1]


def test_a_new_case_answers_as_its_preset(tmp_path):
    own = tmp_path / "my.yaml"
    assert run("new", "site", own).returncode == 0
    assert answer("site", own)["values"] == answer("site", f"preset:{DEFAULT}")["values"]


def test_the_default_is_written_when_none_is_named(tmp_path):
    assert run("new", "site", "my.yaml", cwd=tmp_path).returncode == 0
    assert f"Copied from preset:{DEFAULT}" in (tmp_path / "my.yaml").read_text("utf-8")


def test_nothing_is_overwritten_or_half_written(tmp_path):
    own = tmp_path / "my.yaml"
    own.write_text("mine\n", "utf-8")
    found = run("new", "site", own)
    assert found.returncode == 2 and "exists" in found.stderr and own.read_text("utf-8") == "mine\n"
    assert run("new", "site", tmp_path / "no" / "my.yaml").returncode == 2
    assert run("new", "site", tmp_path / "other.yaml", "--preset", "none").returncode == 2
    assert "name the file to write" in run("new", "site", "preset:mine", cwd=tmp_path).stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my.yaml"]


def test_a_write_that_fails_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("overbuild.world.presets._as_own", lambda *_: "name: \ud800")
    with pytest.raises(UnicodeEncodeError):
        write_case(tmp_path / "my.yaml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "case", "kind", "instead"),
    [
        ("site", "preset:h100", "fleet", "overbuild fleet preset:h100"),
        ("site", "preset:three-loans", "portfolio", "overbuild portfolio preset:three-loans"),
        ("portfolio", "preset:leased-shell", "site", "overbuild site preset:leased-shell"),
        ("tariff", "preset:pjm", "grid", "overbuild grid --zone preset:pjm"),
    ],
)
def test_a_case_of_another_kind_is_told_to_be_one(command, case, kind, instead):
    found = run(command, case)
    assert found.returncode == 2 and found.stdout == ""
    assert f"another kind, {kind}: `{instead}`" in found.stderr and found.stderr.count("\n") == 1


def test_the_step_after_a_check_is_another_command(tmp_path):
    found = run("check", "preset:three-loans", "--plain")
    assert "  overbuild portfolio preset:three-loans\n" in found.stdout
