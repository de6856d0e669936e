"""`overbuild check FILE --migrate OUT` as a user meets it."""

from __future__ import annotations

import json
import stat

import pytest

from overbuild.errors import WithheldError
from tests.surfaces.test_cli import ROOT, run
from tests.surfaces.test_site import answer

SHORT = ROOT / "tests" / "site" / "short_forms" / "single-loan-80-20.yaml"
EVERY_WAY = ROOT / "tests" / "site" / "every-way.yaml"


def rewritten(out, *arguments, file=SHORT):
    return run("check", file, "--migrate", out, *arguments)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_a_case_is_rewritten_and_the_new_file_gives_the_same_answers(tmp_path):
    out = tmp_path / "new.yaml"
    found = rewritten(out)
    assert found.returncode == 0 and found.stderr == ""
    assert found.stdout.startswith("single-loan-80-20: the same plan in the general form,")
    assert answer("check", out)["values"]["faults"] == 0
    assert answer("compare", SHORT, out)["values"]["values_differ"] == 0
    assert names(tmp_path) == ["new.yaml"]


def test_the_table_says_of_every_input_what_became_of_it(tmp_path):
    rows = answer("check", SHORT, "--migrate", tmp_path / "new.yaml")["tables"]["changes"]
    became = {(row["old"], row["new"]): row["what"] for row in rows}
    assert became["tax.rate", "tax.rate"] == "as it was"
    assert became["site.pue", "horizon.pue"] == "renamed"
    assert (
        became["loans.senior.tenor", "loans.senior.maturity"]
        == "26, counted from close: tenor 20 and 6 of construction"
    )
    assert became["market.decline_per_year", "market.price.growth"] == "a fall is a growth below 0"
    inputs = {row["input"] for row in answer("check", SHORT)["tables"]["inputs"]}
    assert inputs <= {row["old"] for row in rows}
    shown = " ".join(rewritten(tmp_path / "more.yaml", "--plain").stdout.split())
    assert (
        "loans.senior.maturity 26, counted from close:" in shown
        and "renamed" not in shown.partition("What is said")[2].partition("(")[0]
    )


def test_a_chart_that_there_is_not_is_refused_before_anything_is_written(tmp_path):
    for arguments in (("--chart", tmp_path / "c.svg"), ("--chart", tmp_path / "c.svg", "--chart-name", "inputs")):
        found = rewritten(tmp_path / "new.yaml", *arguments)
        assert found.returncode == 2 and "the answer to check --migrate has no chart" in found.stderr
    assert names(tmp_path) == []
    assert rewritten(tmp_path / "new.yaml", "--charts").stdout.startswith("The answer to migrate has no chart")


def test_what_has_no_place_is_named(tmp_path):
    found = rewritten(tmp_path / "new.yaml", "--plain", file=EVERY_WAY)
    told = " ".join(found.stdout.split())
    assert "3 inputs had no place in it." in told
    assert "refresh.mode is left out: a later fleet is bought only where it can be paid." in told


def test_a_file_that_is_there_is_kept_unless_it_may_be_overwritten(tmp_path):
    out = tmp_path / "new.yaml"
    out.write_text("mine\n", "utf-8")
    found = rewritten(out)
    assert found.returncode == 2 and found.stdout == "" and "--overwrite" in found.stderr
    assert out.read_text("utf-8") == "mine\n"
    found = rewritten(out, "--overwrite", "--plain")
    assert found.returncode == 0 and "horizon:" in out.read_text("utf-8")
    assert f"--migrate {out} --overwrite --full" in " ".join(found.stdout.split())


def test_a_preset_is_rewritten(tmp_path):
    assert rewritten(tmp_path / "new.yaml", file="preset:single-loan-80-20").returncode == 0
    assert "short form of preset:single-loan-80-20" in (tmp_path / "new.yaml").read_text("utf-8")


@pytest.mark.parametrize("file", ["preset:leased-shell", ROOT / "tests" / "site" / "campus.yaml"])
def test_a_case_in_the_general_form_is_refused(file, tmp_path):
    found = rewritten(tmp_path / "new.yaml", file=file)
    assert found.returncode == 2 and "general form already" in found.stderr
    assert names(tmp_path) == []


def test_a_case_with_faults_is_refused_with_all_of_them(tmp_path):
    text = SHORT.read_text("utf-8").replace("  pue:", "  pu:", 1).replace("    tenor:", "    tenr:", 1)
    (tmp_path / "short.yaml").write_text(text, "utf-8")
    found = rewritten(tmp_path / "new.yaml", "--json", file=tmp_path / "short.yaml")
    assert found.returncode == 2
    assert {"site.pu", "loans.senior.tenr", "loans.senior.tenor"} <= {
        one["path"] for one in json.loads(found.stderr)["errors"]
    }
    assert names(tmp_path) == ["short.yaml"]


def test_a_case_that_cannot_be_sized_is_refused(tmp_path):
    text = SHORT.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("    debt_share:"))
    (tmp_path / "short.yaml").write_text(text.replace(line, "    amount: 9.9e+11", 1), "utf-8")
    found = rewritten(tmp_path / "new.yaml", file=tmp_path / "short.yaml")
    assert found.returncode == 2 and "debt" in found.stderr
    assert names(tmp_path) == ["short.yaml"]


def test_where_nothing_can_be_written_nothing_is_done(tmp_path):
    found = rewritten(tmp_path / "no" / "new.yaml")
    assert found.returncode == 2 and "there is no folder" in found.stderr
    (tmp_path / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert rewritten(tmp_path / "link.yaml", "--overwrite").returncode == 2
    assert not (tmp_path / "elsewhere.yaml").exists()
    both = rewritten(tmp_path / "new.yaml", "--json", "--csv")
    assert both.returncode == 2 and not (tmp_path / "new.yaml").exists()


def test_a_text_that_is_another_plan_is_withheld_and_nothing_is_written(tmp_path, monkeypatch):
    def other(*_):
        raise WithheldError("not_the_same", "file", "case", "the rewritten case does not state the same plan")

    monkeypatch.setattr("overbuild.site.case.migration.migrate._check_same", other)
    found = rewritten(tmp_path / "new.yaml")
    assert found.returncode == 3 and names(tmp_path) == []


def test_a_case_may_be_rewritten_in_its_place(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_bytes(SHORT.read_bytes())
    file.chmod(0o640)
    assert rewritten(file, file=file).returncode == 2
    assert rewritten(file, "--overwrite", file=file).returncode == 0
    assert "horizon:" in file.read_text("utf-8") and stat.S_IMODE(file.stat().st_mode) == 0o640
