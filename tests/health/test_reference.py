"""The generated pages are those the code writes today."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.surfaces.reference import PAGES

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_fresh(name):
    written = (FOLDER / name).read_text("utf-8")
    assert written == PAGES[name](), f"{name} is stale: python -m overbuild.surfaces.reference docs/reference"


def test_no_page_is_left_over():
    assert {path.name for path in FOLDER.glob("*.md")} == set(PAGES)


def test_every_named_line_has_its_formula():
    text = (FOLDER / "lines.md").read_text("utf-8")
    entries = text.split("\n\n**`")[1:]
    assert len(entries) > 160
    bare = {entry.split("`")[0] for entry in entries if "\n\n    " not in entry}
    assert bare == set()


def test_a_long_formula_is_told_in_parts():
    text = (FOLDER / "lines.md").read_text("utf-8")
    [recovered] = [entry for entry in text.split("\n\n**`") if entry.startswith("{loan}.recovered`")]
    *parts, whole = recovered.split("\n\n    ")[1].split("\n    ")
    assert whole.startswith("senior.recovered = senior.claim - ")
    named = [part.partition(" = ")[0] for part in parts]
    assert named and all(".part_" in name for name in named)
    for place, name in enumerate(named):
        assert any(name in later for later in [*parts[place + 1 :], whole])


def test_every_kind_of_case_that_can_be_started_is_in_the_readme():
    from overbuild.surfaces.kinds import NEW

    text = (FOLDER.parents[1] / "README.md").read_text("utf-8")
    assert {name for name in NEW if f"`new {name}`" not in text} == set()
