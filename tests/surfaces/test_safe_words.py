"""What others wrote acts nowhere: general cases, what is published of a deal, shocks, words asked for, figures drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from overbuild.world.presets import preset_text
from tests.surfaces.test_cli import run
from tests.surfaces.test_safe_text import (
    HOSTILE,
    acting,
    assert_clean,
    assert_every_form_is_clean,
    case,
    facts_table,
    quoted,
)

TEXTS = HOSTILE | {"half": "a\ud800b", "nul": "a\x00b"}
"""Texts that a command may be given; a file cannot hold the last two."""

PLACES = {
    "phase": ("name: hall_1\n", "name: {}\n"),
    "contract": ("name: lease_1\n", "name: {}\n"),
    "loan": ("name: notes\n", "name: {}\n"),
    "published": ('says: "The same."', "says: {}"),
    "of": ("of: notes", "of: {}"),
    "fact": ("fact: deals.polaris_forge_1_notes.tenor_years", "fact: {}"),
    "derive": ('derive: "first + second"', "derive: {}"),
}
"""Where a text stands in the case of a landlord."""


@pytest.mark.parametrize("place", PLACES)
def test_a_general_case_of_hostile_texts_is_clean_or_refused(place, tmp_path):
    found, put = PLACES[place]
    for name, text in HOSTILE.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(preset_text("powered-shell").replace(found, put.format(quoted(text)), 1), "utf-8")
        assert_every_form_is_clean("check", path, codes=(0, 2))
    if place in ("phase", "published"):
        assert_every_form_is_clean("site", path, codes=(0, 2))
        assert_clean(run("site", path, "--full"), (0, 2))


def test_what_is_published_of_a_deal_is_a_word_in_the_workbook_and_the_picture(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        preset_text("powered-shell").replace('says: "The same."', f"says: {quoted(HOSTILE['codes'])}"), "utf-8"
    )
    assert_clean(run("site", path, "--chart", tmp_path / "c.svg"))
    assert acting((tmp_path / "c.svg").read_text("utf-8")) == []
    assert_clean(run("export", path, "--xlsx", tmp_path / "b.xlsx"))


def test_shocks_and_sets_of_hostile_texts_are_refused_with_their_place(tmp_path):
    path = case(tmp_path, "plain")
    for text in HOSTILE.values():
        (tmp_path / "shock.yaml").write_text(f"market: {{utilisation: {quoted(text)}, {quoted(text)}: 1}}\n", "utf-8")
        assert_clean(run("site", path, "--shock", tmp_path / "shock.yaml"), (2,))
        assert_clean(run("site", path, "--set", f"market.utilisation={text}"), (2,))
        assert_clean(run("export", path, "--xlsx", tmp_path / "b.xlsx", "--set", f"name={text}", "--overwrite"), (0, 2))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_words_asked_for_are_told_clean(text, tmp_path):
    asked = (
        ("glossary",), ("facts", "search"), ("facts", "source"), ("facts", "show"), ("claims",), ("why",), ("check",),
        ("compare", "preset:leased-shell"), ("new", "site", tmp_path / "n.yaml", "--preset"), ("schema",), ("demo",),
    )  # fmt: skip
    for command in asked:
        given = (*command, text) if command[-1] == "--preset" else (*command, "--", text)
        found = run(*given, cwd=tmp_path)
        assert found.returncode in (0, 2) and acting(found.stdout + found.stderr) == [], command
    for option in ("--as-of", "--workspace", "--year"):
        found = run("gap", option, text, cwd=tmp_path)
        assert found.returncode == 2 and acting(found.stdout + found.stderr) == [], option
    found = run("gap", "--chart", "c.svg", "--chart-name", text, cwd=tmp_path)
    assert found.returncode == 2 and acting(found.stderr) == [] and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_figures_of_hostile_texts_are_drawn_clean(text, tmp_path):
    own = tmp_path / "own"
    if run("facts", "add", facts_table(tmp_path, text), "--workspace", own).returncode:
        return
    entered = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert_clean(run("facts", "show", "--workspace", own, "--chart", tmp_path / "c.svg", "--", entered, "users"))
    drawn = (tmp_path / "c.svg").read_text("utf-8")
    assert acting(drawn) == [] and "<script" not in drawn and ElementTree.fromstring(drawn) is not None
    listed = run("facts", "show", "--workspace", own, "--charts", "--", entered, "users")
    assert_clean(listed)
    assert re.match(r"vintages +\S", listed.stdout)
