"""Sizing: patterns of repayment, the share of uses, caps, the covers that were asked for."""

import pytest

from overbuild.errors import OverbuildError
from overbuild.site.case.plan import DebtReserve, Path
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.halls import HALL, HALL_LOAN, LEVEL, at_prices, told

SCULPTED = HALL_LOAN._replace(collateral=None)


def with_loan(loan=SCULPTED, **changes):
    return HALL._replace(loans=(loan._replace(**changes),))


@pytest.mark.parametrize(
    ("repayment", "shares"),
    [("annuity", ()), ("straight_line", ()), ("bullet", ()), ("custom", (0.4, 0.3, 0.2, 0.1))],
)
def test_a_fixed_pattern_repays_the_loan_and_keeps_its_share_of_uses(repayment, shares):
    """The reserve of a year of debt service is a use, so the share is found by passes."""
    pattern = with_loan(LEVEL, repayment=repayment, shares=shares, amount=None, debt_share=0.4, upfront_fee_share=0.02)
    plan = pattern._replace(reserve=DebtReserve(1))
    sizing = size(plan)
    assert sizing.debt == pytest.approx(0.4 * sizing.uses, rel=1e-12)
    assert sizing.initial_dsra == pytest.approx(sizing.base.due[2])
    run = run_site(plan, sizing)
    assert run.lines["debt_balance"][5] == pytest.approx(0.0, abs=1e-9)
    if repayment == "annuity":
        assert min(sizing.base.due[2:]) == pytest.approx(max(sizing.base.due[2:]))


def test_a_loan_of_a_given_amount():
    assert size(with_loan(LEVEL)).debt == 400.0


def test_the_cap_on_debt_scales_the_whole_debt_service():
    """Cover 2.5 carries 200 a year, worth 709.19; capped at 500 cover is 2.5 * 709.19 / 500."""
    run = run_site(with_loan(max_debt_share=0.5))
    worth = sum(200.0 / 1.05**year for year in range(1, 5))
    assert run.sizing.debt == pytest.approx(500.0)
    assert run.lines["dscr"][2:] == pytest.approx([2.5 * worth / 500.0] * 4)


def test_sculpted_to_one_cover_the_cover_of_the_life_of_the_loan_is_that_cover():
    run = run_site(at_prices(with_loan(), 1.0, 1.0, 0.9, 1.1, 0.8))
    assert told(run)["llcr"] == pytest.approx(2.5)
    assert run.lines["debt_balance"][-1] == 0.0


def test_negative_amortisation_is_refused_or_allowed():
    """30x of the first year's cash is less than the interest."""
    steep = (30.0, 2.0, 2.0, 2.0)
    with pytest.raises(OverbuildError) as caught:
        size(with_loan(dscr=steep, allow_negative_amortisation=False))
    assert caught.value.code == "negative_amortisation"
    run = run_site(with_loan(dscr=steep))
    assert run.lines["debt_balance"][2] > run.sizing.debt


def test_a_year_without_cash_leaves_no_dust_that_trips_anything():
    """The loan takes its interest on itself, and what is due in that year is 0 but for rounding."""
    for rate in (0.077, 0.0777, 0.08, 0.083, 0.0831):
        run = run_site(at_prices(with_loan(rate=Path(value=rate)), 1.0, 1.0, 0.0, 1.0, 1.0))
        assert abs(run.lines["debt_service"][3]) < 1e-9 and run.outcome is None


def test_cover_falls_when_the_price_falls():
    sizing = size(with_loan())
    covers = [run_site(at_prices(with_loan(), price), sizing).min_dscr for price in (0.5, 0.7, 0.9, 1.0, 1.2)]
    assert covers == sorted(covers)
    assert covers[3] == pytest.approx(2.5)
