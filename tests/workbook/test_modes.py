"""Sites of every kind become workbooks that a second program recalculates to the same numbers."""

from __future__ import annotations

import pytest

from overbuild.audit.book.site.site_book import book_of
from overbuild.site.case.file_form.form_read import FormRead
from overbuild.site.case.file_form.written_paths import WrittenPaths
from overbuild.site.case.plan import HoldcoDebt
from overbuild.site.case.read import SiteCase
from overbuild.site.case_run import CaseRun
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.surfaces.workbook import write_book
from overbuild.timeline.calendar import Calendar, parsed
from overbuild.world.tree import FilePlaces
from tests.site.plans import drawn_plan
from tests.workbook.recalculation import SENTINEL, apart, cells, formulas, planted, rows

_FIRST = {1: "2027", 2: "2027H1", 4: "2027Q1", 12: "2027-01"}
SEEDS = range(3000, 3016)


def case_of(seed):
    """A drawn site as run on the sizing of its base plan; every fourth has a loan to its holding company."""
    base, stressed = drawn_plan(seed)
    if seed % 4 == 0:
        holdco = HoldcoDebt(20e6, 0.12, 3)
        base, stressed = base._replace(holdco=holdco), stressed._replace(holdco=holdco)
    sizing = size(base)
    p, last = stressed.horizon.periods_per_year, stressed.horizon.periods
    calendar = Calendar(p, parsed(_FIRST[p], p), 1 + last)
    return CaseRun(_case(seed, base), _case(seed, stressed), sizing, run_site(stressed, sizing), calendar, ())


def _case(seed, plan):
    form = FormRead(plan, WrittenPaths(), {})
    return SiteCase(f"site {seed}", "2026", plan, {}, FilePlaces(), WrittenPaths(), form)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_site_recalculates_from_wrong_values(seed, tmp_path):
    formualizer = pytest.importorskip("formualizer", reason="formualizer does not install here")
    path, case = tmp_path / "mode.xlsx", case_of(seed)
    book = book_of(case)
    write_book(book, path)
    planted(path, tmp_path / "wrong.xlsx")
    told = formualizer.recalculate_file(str(tmp_path / "wrong.xlsx"), output=str(tmp_path / "right.xlsx"))
    found, wanted = cells(tmp_path / "right.xlsx"), cells(path)
    assert told["total_errors"] == 0 and SENTINEL not in found.values()
    greatest = max(abs(one) for one in wanted.values() if isinstance(one, int | float) and abs(one) < 1e290)
    assert apart(found, wanted, formulas(path), 1e-5 * greatest) == []
    failed = {check for check, row in rows(path, "Checks").items() if row[2] != "ok"}
    moved = any(one.value != one.sized and one.sizes for one in book.inputs)
    assert failed == ({"check.as_sized"} if moved else set())
    assert not moved or case.sized.plan != case.shocked.plan


def test_some_of_them_run_on_the_sizing_of_another_plan():
    drawn = [drawn_plan(seed) for seed in SEEDS]
    assert sum(base != stressed for base, stressed in drawn) > 4
    assert {len(base.phases) for base, _ in drawn} == {1, 2}
