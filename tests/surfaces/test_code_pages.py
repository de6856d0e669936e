"""Every door on a machine of another code page: it answers, nothing breaks off half-way, and words keep their letters."""

from __future__ import annotations

import json
import os

import pytest

from tests.surfaces.test_output import NAME, posix, program
from tests.surfaces.test_safe_text import case

TABLE = """entity;metric;period_start;period_end;value;unit;kind;source_title;source_url;published;source_class;known_at
Σ-Werke;Żar;2025-01-01;2025-12-31;1,5;USD_bn;reported;Bericht Σ;https://www.example.org/Ż;2026-02-01;filing;2026-02-01
"""
CLAIM = """id,author,published,known_at,known_at_precision,source_class,claim,inputs,formula,expression,output,unit,printed_step,tolerance,\
tolerance_reason,back_solved,missing,source_url
Σ1,Żar,2026-05-04,2026-05-04,day,analyst,Σ must be earned,"{""capex"": 150}",doubled – over Σ,4 * capex,600,USD_bn,10,,,,,https://e.org/s
""".replace("\\\n", "")
PAGES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "no UTF-8 at all": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@posix
@pytest.mark.parametrize("page", PAGES)
def test_every_door_answers_in_a_poor_code_page(page, tmp_path):
    (tmp_path / "Σ.csv").write_text(TABLE, "utf-8")
    (tmp_path / "Σ-sums.csv").write_text(CLAIM, "utf-8")
    path, ws = case(tmp_path, NAME), tmp_path / "Ż-workspace"

    def asked(*arguments):
        found = program(*arguments, env={"PYTHONIOENCODING": "", **PAGES[page]})
        told = found.stderr.decode("ascii", "replace")
        assert (found.returncode, told) == (0, ""), (arguments, told)
        return found.stdout.decode("cp1252" if page == "cp1252" else "ascii")

    asked("facts", "add", tmp_path / "Σ.csv", "--workspace", ws)
    assert r"\u03a3-Werke" in asked("facts", "show", "Σ-Werke", "Żar", "--workspace", ws)
    assert json.loads(asked("facts", "search", "Σ", "--workspace", ws, "--json"))["headline"]["value"] == 1
    assert json.loads(asked("facts", "log", "--workspace", ws, "--json"))["tables"]["log"][0]["file"] == "Σ.csv"
    asked("claims", "add", tmp_path / "Σ-sums.csv", "--workspace", ws)
    assert r"\u03a3 must be earned" in asked("claims", "Σ1", "--workspace", ws)
    asked("export", path, "--xlsx", tmp_path / "Σ.xlsx")
    assert (
        json.loads(asked("site", tmp_path / "Σ.xlsx", "--json"))["values"]
        == json.loads(asked("site", path, "--json"))["values"]
    )
    assert NAME in json.loads(asked("check", tmp_path / "Σ.xlsx", "--json"))["headline"]["text"]
    asked("facts", "template", "facts", tmp_path / "Σ-blank.xlsx")
    assert (ws / "facts.csv").read_text("utf-8").count("Σ-Werke") == 1
    assert sorted(one.name for one in os.scandir(ws)) == [
        ".checked",
        ".lock",
        "claims.csv",
        "facts.csv",
        "log.csv",
        "sources.toml",
    ]
