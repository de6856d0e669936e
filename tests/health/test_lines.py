"""The table of lines holds every named line of a site, and no other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import label_of, line_rows, row_of
from overbuild.site.case.plan import HoldcoDebt
from overbuild.site.case_run import run_case
from overbuild.site.examples import PLAN
from overbuild.site.model import model_of
from overbuild.site.sizing.sizing import size
from overbuild.world.presets import PREFIX, site_presets
from tests.site.plans import drawn_plan

CASES = Path(__file__).parents[1] / "site"
FILES = ("campus", "landlord", "stack", "hall-and-chips")
SEEDS = range(2000, 2016)


def _models():
    for name in sorted(site_presets()):
        yield name, run_case(Path(f"{PREFIX}{name}")).run.model
    for name in FILES:
        yield name, run_case(CASES / f"{name}.yaml").run.model
    for seed in SEEDS:
        base, stressed = drawn_plan(seed)
        yield f"drawn {seed}", model_of(stressed, size(base))
    held = PLAN._replace(holdco=HoldcoDebt(100e6, 0.1, 3))
    yield "holdco", model_of(held, size(held))


@cache
def named():
    """Names of all lines, each with the first site that has it."""
    found: dict[str, str] = {}
    for site, model in _models():
        for program in programs_of(model).values():
            for line in program.lines:
                found.setdefault(line, site)
    return found


def test_every_line_of_a_site_has_a_row():
    assert len(named()) > 300
    assert {line: site for line, site in named().items() if row_of(line) is None} == {}


def test_every_row_of_the_room_is_a_line_of_some_site():
    met = {row.name for line in named() if (row := row_of(line)) is not None}
    assert {row.name for row in line_rows() if row.room == "site"} == met


def test_a_row_is_met_by_lines_of_its_own_room():
    assert {line for line in named() if (row := row_of(line)) is not None and row.room != "site"} == set()


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("lab.revenue", "Contract revenue: lab"),
        ("senior.new.balance", "Balance: senior, refinanced"),
        ("h1.gpu_hours", "Capacity: h1"),
        ("f1b.funded", "The fleet is bought: f1b"),
    ],
)
def test_a_line_of_one_thing_is_called_by_the_thing(line, label):
    assert line in named() and label_of(line) == label


def test_a_name_has_one_row_and_one_meaning():
    names = [row.name for row in line_rows()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
