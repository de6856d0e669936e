"""The generated pages are those the code writes today."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.equations.line_table import row_of
from overbuild.surfaces.reference import PAGES
from tests.site.test_traces import RUNS, holdco_programs, programs

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
    assert bare <= of_a_stack()


def of_a_stack():
    """Lines that no shipped case has: those of a debt stack, traced in the tests of the site's room."""
    traced = [program for run in RUNS.values() for program in programs(run).values()]
    return {row_of(line).name for program in (*traced, *holdco_programs()) for line in program.lines}
