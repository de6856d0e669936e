"""Every mode that a site can be in becomes a workbook that a second program recalculates to the same numbers."""

from __future__ import annotations

import pytest

from overbuild.audit.book.site_book import book_of
from overbuild.old_site.case.read import SiteCase
from overbuild.old_site.case_run import CaseRun
from overbuild.surfaces.workbook import write_book
from overbuild.timeline.calendar import Calendar, parsed
from tests.old_site.test_traces import RUNS
from tests.workbook.recalculation import SENTINEL, cells, close, formulas, planted, rows

SHOCKED = {"stressed", "failed", "quarterly", "cures", "sweep_all", "accelerate", "refresh_not_funded"}
"""Modes that run on the schedule of another plan: the check on cover must say so."""

_FIRST = {1: "2027", 2: "2027H1", 4: "2027Q1", 12: "2027-01"}


def basis_of(name):
    run = RUNS[name]
    case, site = SiteCase(name, "2027", run.plan, {}, {}), run.plan.site
    first = parsed(_FIRST[site.periods_per_year], site.periods_per_year)
    periods = 1 + site.construction_periods + site.delay_periods + site.operating_periods
    return CaseRun(case, case, run.sizing, run, Calendar(site.periods_per_year, first, periods), ())


@pytest.mark.parametrize("name", RUNS)
def test_a_mode_recalculates_from_wrong_values(name, tmp_path):
    formualizer = pytest.importorskip("formualizer", reason="formualizer does not install here")
    path = tmp_path / "mode.xlsx"
    write_book(book_of(basis_of(name)), path)
    planted(path, tmp_path / "wrong.xlsx")
    told = formualizer.recalculate_file(str(tmp_path / "wrong.xlsx"), output=str(tmp_path / "right.xlsx"))
    found, wanted = cells(tmp_path / "right.xlsx"), cells(path)
    assert told["total_errors"] == 0 and SENTINEL not in found.values()
    greatest = max(abs(one) for one in wanted.values() if isinstance(one, int | float) and abs(one) < 1e290)
    apart = [place for place in formulas(path) if not close(found.get(place), wanted.get(place), 1e-5 * greatest)]
    assert apart == []
    failed = {check for check, row in rows(path, "Checks").items() if row[2] != "ok"}
    shocked = name in SHOCKED or name.startswith("failed")
    assert all(check.endswith(".cover_gap") for check in failed) and bool(failed) == shocked
