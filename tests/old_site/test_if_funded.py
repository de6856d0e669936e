"""A refresh that comes only where it is funded: what it decides on, and what stays when it does not come."""

import numpy as np
import pytest

from overbuild.errors import CaseError
from overbuild.old_site.case.checks import check_plan, plan_faults
from overbuild.old_site.case.plan import OfftakerDefault, Relet
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.stress.departures import Departure, departed, measured
from tests.old_site.cases import BASE, FAILED, SAVED, STRESSED, UNSAVED, M, split

AT = BASE.refresh.period - 1


def mode(plan, word="if_funded", **fields):
    return plan._replace(refresh=plan.refresh._replace(mode=word, **fields))


def test_a_funded_refresh_is_a_committed_one():
    funded, committed = run_site(SAVED), run_site(BASE)
    assert funded.operating["refresh_funded"] == [0.0] * AT + [1.0] + [0.0] * (7 - AT)
    for name, row in committed.operating.items():
        assert funded.operating[name] == row, name
    assert funded.sizing == committed.sizing
    assert funded.results == committed.results
    assert funded.project_irr_post_tax == committed.project_irr_post_tax


@pytest.mark.parametrize("p", [1, 4])
@pytest.mark.parametrize("loans", [True, False])
def test_one_that_does_not_come_leaves_the_site_as_if_there_were_none(p, loans):
    """Nothing was saved, so that nothing but the refresh tells the two apart."""
    plan = split(UNSAVED, p)._replace(offtaker_default=OfftakerDefault(4 * p, 0.3, 3 * p))
    sizing = size(split(BASE, p))
    if not loans:
        plan = plan._replace(loans=(), reserves=plan.reserves._replace(dsra_periods=0))
        sizing = size(plan)
    skipped, without = run_site(mode(plan, cost=9e9), sizing), run_site(plan._replace(refresh=None), sizing)
    assert max(skipped.operating["refresh_funded"]) == 0.0
    for name, row in without.operating.items():
        assert skipped.operating[name] == row, name
    assert skipped.results == without.results
    assert skipped.project_irr_pre_tax == without.project_irr_pre_tax
    assert skipped.project_irr_post_tax == without.project_irr_post_tax


def test_old_chips_stay_and_what_was_saved_comes_back():
    """A cost that cannot be met: chips age on, are written off to the end of their lives, and no new ones come."""
    plan = mode(BASE, cost=5000 * M)
    run = run_site(plan._replace(loans=(), reserves=plan.reserves._replace(dsra_periods=0)))
    rows, site = run.operating, plan.site
    assert rows["refresh_funded"] == [0.0] * 8
    assert rows["refresh_capex"] == rows["old_it_proceeds"] == [0.0] * 8
    gpus = site.it_mw * 1000 / site.kw_per_gpu
    hours = [gpus * (1 - site.attrition_per_year) ** age * site.availability_share * 8760 for age in range(8)]
    assert rows["capacity_gpu_hours"] == pytest.approx(hours, rel=1e-12)
    assert rows["it.book_depreciation"] == pytest.approx([2300 * M / 6] * 6 + [0.0] * 2)
    assert rows["it.tax_depreciation"][5] == pytest.approx(0.0576 * 2300 * M)
    assert rows["refreshed_it.book_value"] == [0.0] * 8
    saved = rows["refresh_reserve_balance"][AT - 1]
    assert saved > 0.0 and rows["refresh_reserve_release"][AT] == saved and rows["refresh_reserve_balance"][AT] == 0.0
    assert rows["cfads"][AT] == pytest.approx(rows["operating_cash"][AT] - rows["tax"][AT] + saved)


def test_the_decision_weighs_reserve_and_cash_after_scheduled_debt_service():
    """Headroom is the reserve, 390, and what operating cash leaves over debt service, less 900 - 120."""
    run = run_site(SAVED)
    rows = run.operating
    saved = rows["refresh_reserve_balance"][AT - 1]
    free = max(0.0, rows["operating_cash"][AT] - rows["debt_service"][AT])
    assert rows["refresh_headroom"][AT] == pytest.approx(saved + free - 780 * M)
    edge = saved + free + 120 * M
    for cost, comes in ((edge * (1 - 1e-6), 1.0), (edge, 1.0), (edge * (1 + 1e-6), 0.0)):
        # the reserve is brought to what the cost leaves missing: without it only the cost moves
        apart = mode(BASE, cost=cost - saved, reserve_periods=0)
        rows = run_site(apart, run.sizing).operating
        assert rows["refresh_funded"][AT] == comes, cost


def test_cash_that_debt_service_needs_is_not_free_but_does_not_eat_the_reserve():
    poor = departed(mode(STRESSED, cost=121 * M, reserve_periods=0), Departure(price=0.5))
    rows = run_site(poor, size(BASE)).operating
    assert rows["operating_cash"][AT] < rows["debt_service"][AT]
    assert rows["refresh_headroom"][AT] == pytest.approx(-1 * M)


def test_the_claim_on_a_failed_offtaker_counts_the_chips_that_stand_there():
    """The offtaker fails in year 5; the claim runs over years 5 and 6, before and after the refresh is decided."""
    plan = BASE._replace(
        offtake=BASE.offtake._replace(tenor=7, utilisation=(0.9,) * 8), offtaker_default=OfftakerDefault(5, 0.3, 2)
    )
    sizing = size(BASE)
    waiting = run_site(mode(plan), sizing).operating["termination_recovery"]
    without = run_site(plan._replace(refresh=None), sizing).operating["termination_recovery"]
    assert waiting == without and waiting[4] > 0.0
    later = plan._replace(offtaker_default=OfftakerDefault(6, 0.3, 2))
    come = run_site(mode(later), sizing)
    assert come.operating["refresh_funded"][AT] == 1.0
    assert come.operating["termination_recovery"] == run_site(later, sizing).operating["termination_recovery"]


def test_a_hall_is_let_without_the_chips_that_are_there():
    let = mode(BASE, cost=5000 * M)._replace(relet=Relet(6, 150.0, 0.02, 0.9, 280e3, 40e6), loans=())
    rows = run_site(let._replace(reserves=let.reserves._replace(dsra_periods=0))).operating
    assert rows["it.book_value"][4] > 0.0 and rows["it.book_value"][5] == 0.0
    assert rows["old_it_proceeds"][5] == 40e6 and rows["book_gain"][5] == pytest.approx(40e6)


def test_collateral_of_chips_that_stayed_is_theirs():
    """After year 5 the first chips of FAILED bring 45% of their cost, less 35% for each year of age."""
    sizing = size(BASE)
    skipped = run_site(mode(FAILED, cost=9e9, reserve_periods=0), sizing).operating["collateral_net"]
    assert skipped == run_site(FAILED._replace(refresh=None), sizing).operating["collateral_net"]
    come = run_site(mode(FAILED, cost=121 * M), sizing).operating["collateral_net"]
    assert come == run_site(mode(FAILED, "committed", cost=121 * M), sizing).operating["collateral_net"]


def test_scenarios_that_differ_in_funding_run_in_one_array():
    sizing = size(SAVED)
    departures = [Departure(), Departure(price=0.4), Departure(0.35, gpu_cost=1.6), Departure(1.1, delay=1)]
    together = measured(SAVED, sizing, departures)
    runs = [run_site(departed(SAVED, by), sizing) for by in departures]
    assert [max(run.operating["refresh_funded"]) for run in runs] == [1.0, 0.0, 0.0, 1.0]
    for place, run in enumerate(runs):
        assert together.equity_npv[place] == pytest.approx(run.results.equity_npv, rel=1e-12)
        assert together.min_dscr[place] == pytest.approx(run.results.min_dscr, rel=1e-12)
        llcr = together.llcr[place]
        assert np.isnan(llcr) if run.defaulted_in else llcr == pytest.approx(run.results.llcr, rel=1e-12)


def test_sizing_on_a_refresh_that_is_not_funded_is_sizing_without_one():
    unmet = size(mode(BASE, cost=9e9, reserve_periods=0))
    assert unmet.debt == pytest.approx(size(BASE._replace(refresh=None)).debt, rel=1e-10)


@pytest.mark.parametrize("word", ["if_founded", "if_funded"])
def test_a_mode_is_one_of_two_and_owners_need_no_funding(word):
    plan = mode(BASE, word, paid_by="owners")
    if word == "if_funded":
        with pytest.raises(CaseError) as caught:
            check_plan(plan)
        told = "refresh.mode: what the owners pay needs no funding; leave the mode out, or let the project pay"
        assert str(caught.value) == f"{told} (got 'if_funded') [contradiction]"
    else:
        [fault] = plan_faults(plan)
        said = "refresh.mode: one of committed, if_funded. Did you mean if_funded?"
        assert str(fault) == f"{said} (got 'if_founded') [unknown_name]"
