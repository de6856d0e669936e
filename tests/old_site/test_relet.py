"""The hall let as a hall, new chips paid by the owners, collateral that ages by its kind."""

import pytest

from overbuild.errors import CaseError, InputErrors
from overbuild.old_site.case.checks import check_plan
from overbuild.old_site.case.plan import Relet
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE, FAILED

# BASE: 8 yearly periods and a refresh at the end of year 5; here the hall is let from year 7 on
LET = BASE._replace(
    relet=Relet(6, 150.0, 0.02, 0.9, 280e3, 40e6),
    tax=BASE.tax._replace(rate=0.0),
)


def test_once_let_the_hall_earns_rent_and_chips_neither_earn_nor_cost():
    plan = LET
    rows = run_site(plan).operating
    mw, inflation = plan.site.it_mw, plan.costs.inflation_per_year
    # 100 MW * 1000 kW * 90% let * 150 USD * 12 months * 1.02 ^ whole years since opening
    assert rows["hall_rent"][:6] == [0.0] * 6
    assert rows["hall_rent"][6] == pytest.approx(mw * 1000 * 0.9 * 150.0 * 12 * 1.02**6)
    assert rows["hall_cost"][7] == pytest.approx(mw * 280e3 * (1 + inflation) ** 7)
    for name in ("capacity_gpu_hours", "energy_mwh", "staff_cost", "maintenance_cost", "insurance_cost"):
        assert rows[name][6:] == [0.0, 0.0] and rows[name][5] > 0.0, name
    assert rows["revenue"][6:] == rows["hall_rent"][6:]
    assert rows["opex"][7] == pytest.approx(rows["hall_cost"][7] + rows["property_tax"][7])


def test_chips_leave_the_books_when_the_hall_is_let():
    run = run_site(LET)
    book = run.operating["refreshed_it.book_value"]
    assert book[5] == 0.0 and book[4] > 0.0
    assert run.operating["old_it_proceeds"][5] == 40e6
    assert max(map(abs, run.operating["balance_gap"])) < 1e-3


def test_owners_pay_for_new_chips_and_debt_service_does_not_feel_it():
    refresh = BASE.refresh._replace(reserve_periods=0)
    theirs = run_site(BASE._replace(refresh=refresh._replace(paid_by="owners")))
    at = refresh.period - 1
    missing = refresh.cost - refresh.old_it_proceeds
    assert theirs.operating["refresh_by_owners"][at] == pytest.approx(missing)
    assert theirs.operating["cfads"][at] == pytest.approx(
        theirs.operating["operating_cash"][at] - theirs.operating["tax"][at]
    )
    ours = run_site(BASE._replace(refresh=refresh), theirs.sizing)
    assert ours.results.min_dscr < 1.0 < theirs.results.min_dscr
    assert theirs.operating["to_owners"][at] == pytest.approx(theirs.operating["distribution"][at] - missing)


def test_a_hall_that_ages_more_slowly_than_chips_lifts_recovery():
    sizing = size(BASE)
    slow = FAILED._replace(
        components=tuple(one if one.name == "it" else one._replace(decay_per_year=0.02) for one in FAILED.components)
    )
    alike, apart = run_site(FAILED, sizing), run_site(slow, sizing)
    assert alike.defaulted_in == apart.defaulted_in is not None
    assert apart.results.loss_given_default < alike.results.loss_given_default


@pytest.mark.parametrize(
    ("relet", "said"),
    [(Relet(5, 150.0), "6 to 7"), (Relet(8, 150.0), "6 to 7"), (Relet(3, 150.0), "contract")],
)
def test_a_hall_cannot_be_let_before_its_chips_are_done(relet, said):
    plan = LET._replace(relet=relet)
    if said == "contract":
        plan = plan._replace(refresh=None, offtake=plan.offtake._replace(tenor=4))
    with pytest.raises((CaseError, InputErrors)) as caught:
        check_plan(plan)
    assert said in str(caught.value)


def test_the_promise_of_a_failed_offtaker_is_worth_nothing():
    """The site sells for 520 less 25; 900 are guaranteed. A third party pays whatever happens to the offtaker."""
    promised = FAILED._replace(site=FAILED.site._replace(residual_value_guarantee=900e6))
    sizing = size(BASE)
    third = run_site(promised, sizing).operating["terminal_cash"][-1]
    theirs = promised._replace(site=promised.site._replace(residual_value_guarantor="offtaker"))
    assert third == pytest.approx(900e6 - 25e6)
    assert run_site(theirs, sizing).operating["terminal_cash"][-1] == pytest.approx(520e6 - 25e6)
    alive = BASE._replace(site=theirs.site)
    assert run_site(alive, sizing).operating["terminal_cash"][-1] == pytest.approx(900e6 - 25e6)
