"""A plan is checked where it comes in, from a file or from Python, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.errors import CaseError
from overbuild.old_site.case import checks
from overbuild.old_site.case_run import run_case
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.questions.site import site
from tests.old_site.cases import BASE

PRESET = Path("preset:neocloud-100mw-gb300")


@pytest.fixture
def checked(monkeypatch):
    """The plans whose faults are looked for."""
    found, faults_of = [], checks.plan_faults

    def counted(plan):
        found.append(plan)
        return faults_of(plan)

    monkeypatch.setattr(checks, "plan_faults", counted)
    return found


def test_a_case_file_is_checked_once(checked):
    case = run_case(PRESET)
    assert checked == [case.run.plan]


def test_a_case_and_its_shock_are_checked_once_each(checked):
    case = run_case(PRESET, shocks=["site.pue=1.6"])
    assert checked == [case.sized.plan, case.shocked.plan]


def test_the_question_of_a_site_checks_no_plan_twice(checked):
    site(PRESET, shocks=["site.pue=1.6"])
    assert len(checked) == len(set(checked)) >= 2


def test_a_plan_of_python_is_checked_once_by_whoever_takes_it(checked):
    sizing = size(BASE)
    run_site(BASE, sizing)
    run_site(BASE)
    assert checked == [BASE] * 3


@pytest.mark.parametrize(
    ("path", "plan"),
    [
        ("tax.loss_use", BASE._replace(tax=BASE.tax._replace(loss_use="sell"))),
        ("waterfall.covenant", BASE._replace(waterfall=BASE.waterfall._replace(covenant="ignore"))),
        ("loans.senior.sized_on", BASE._replace(loans=(BASE.loans[0]._replace(sized_on="after_taxes"),))),
    ],
)
def test_a_word_that_is_no_choice_is_refused_in_a_plan_of_python(path, plan):
    for taken in (size, lambda plan: run_site(plan, size(BASE))):
        with pytest.raises(CaseError) as found:
            taken(plan)
        assert (found.value.code, found.value.path) == ("unknown_name", path)
