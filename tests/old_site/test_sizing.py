"""Sizing: patterns of repayment, the circle of construction, and what is refused."""

import pytest

from overbuild.errors import InputError, InputErrors
from overbuild.old_site.case.plan import Component, Loan, Market, Refresh, Reserves, Site, SitePlan
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.funding import fund, geared_uses
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE, M


def with_loan(**changes):
    return BASE._replace(loans=(BASE.loans[0]._replace(**changes),))


def circle(**changes):
    loan = Loan("senior", 0.0, 1, "bullet", debt_share=0.65, construction_rate_per_year=0.0225)
    loan = loan._replace(**{"upfront_fee_share": 0.02, "commitment_fee_per_year": 0.001875, **changes})
    component = Component("site", 1000.0, (0.12, 0.26, 0.34, 0.28), 1.0, "SL1")
    return SitePlan(Site(1.0, 1.0, 4, 1), (component,), Market(0.0, 0.0, (0.0,)), loans=(loan,))


def test_the_circle_of_construction_is_solved_in_one_step():
    facility = 0.65 * geared_uses(circle(), {"senior": 0.07})
    funded = fund(circle(), {"senior": facility}, 0.07 * facility)
    assert facility == pytest.approx(706.0197824587943, rel=1e-12)
    assert funded.uses == pytest.approx(1086.1842807058374, rel=1e-12)
    assert sum(funded.run.rows["equity_draw"]) == pytest.approx(380.16449824704307, rel=1e-11)
    assert sum(funded.run.rows["senior.capitalised_interest"]) == pytest.approx(18.92438390848347, rel=1e-11)
    assert funded.built.loans[0].balance == pytest.approx(facility, rel=1e-12)


@pytest.mark.parametrize(
    ("repayment", "extra"),
    [
        ("annuity", {}),
        ("straight_line", {}),
        ("bullet", {}),
        ("custom", {"repayment_shares": (0.3, 0.3, 0.1, 0.1, 0.1, 0.1)}),
    ],
)
def test_a_fixed_pattern_repays_the_loan_and_keeps_its_share_of_uses(repayment, extra):
    plan = with_loan(repayment=repayment, debt_share=0.4, **extra)
    sizing = size(plan)
    assert sizing.debt == pytest.approx(0.4 * sizing.uses, rel=1e-12)
    assert sum(sizing.loans[0].principal) == pytest.approx(sizing.debt, rel=1e-12)
    assert sizing.initial_dsra == pytest.approx(sizing.debt_service[0])
    run = run_site(plan, sizing)
    assert run.operating["debt_balance"][5] == pytest.approx(0.0, abs=1e-3)
    if repayment == "annuity":
        assert min(sizing.debt_service) == pytest.approx(max(sizing.debt_service))


def test_a_loan_of_a_given_amount():
    sizing = size(with_loan(repayment="annuity", amount=1000 * M))
    assert sizing.debt == 1000 * M
    assert sizing.loans[0].draw_share == pytest.approx(1000 * M / sizing.uses, rel=1e-12)


FAULTS = {
    "debt_exceeds_uses": with_loan(repayment="annuity", amount=9000 * M),
    "infeasible_gearing": circle(upfront_fee_share=2.0),
    "negative_amortisation": with_loan(target_dscr=(30.0, 1.4, 1.4, 1.4, 1.4, 1.4)),
    "bad_tenor": with_loan(tenor=9, target_dscr=(1.4,) * 9),
    "dscr_le_zero": with_loan(target_dscr=(1.4,) * 5 + (0.0,)),
    "length_mismatch": with_loan(target_dscr=(1.4,)),
    "rate_le_minus1": with_loan(rate_per_year=-1.0),
    "amort_sum": with_loan(repayment="custom", amount=1.0, repayment_shares=(0.1,) * 6),
    "unknown_name": with_loan(repayment="balloon", amount=1.0),
    "missing": with_loan(repayment="annuity"),
    "spend_profile": BASE._replace(components=(BASE.components[0]._replace(spend=(0.6, 0.5)),)),
    "bad_period": BASE._replace(refresh=Refresh(8, 1.0)),
    "negative": BASE._replace(components=(BASE.components[0]._replace(book_life_years=0.0),)),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_plan_that_cannot_be_is_refused_by_name(code):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[code])
    assert caught.value.code == code


def test_all_faults_of_a_plan_are_reported_together():
    faulty = with_loan(tenor=9)._replace(refresh=Refresh(8, 1.0), reserves=Reserves(1))
    with pytest.raises(InputErrors) as caught:
        size(faulty)
    assert [fault.path for fault in caught.value.errors] == [
        "refresh.period", "loans.senior.tenor", "loans.senior.target_dscr",
    ]  # fmt: skip


def test_negative_amortisation_can_be_allowed():
    plan = with_loan(target_dscr=(30.0, 1.4, 1.4, 1.4, 1.4, 1.4), allow_negative_amortisation=True)
    sizing = size(plan)
    assert sizing.loans[0].principal[0] < 0.0
    run = run_site(plan, sizing)
    assert run.operating["debt_balance"][0] > sizing.debt


def test_a_series_of_another_length_is_refused():
    with pytest.raises(InputError) as caught:
        size(BASE._replace(market=BASE.market._replace(utilisation=(0.5,))))
    assert (caught.value.code, caught.value.path) == ("length_mismatch", "market.utilisation")
