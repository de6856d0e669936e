"""A mezzanine inside a site: drawn after the senior loans, paid after the sweep, owed when it is not, recovered last."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from overbuild.errors import InputError, InputErrors
from overbuild.instruments import MezzanineTerms, mezzanine_schedule
from overbuild.old_site.case.plan import Loan, Mezzanine
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import FAILED_STACK, MEZZANINE, STACK, assert_books_close, random_plans, sized_then_run
from tests.old_site.test_stack import PLAIN

JUNIOR = Mezzanine(0.08, 2, 0.04, 0.015, amount=200.0)


def behind(price=1.0, mezzanine=JUNIOR, **changes):
    """The mezzanine behind a senior loan of 500 at 8%, level 125 a year; revenue is 500 * price, no tax, no cost."""
    senior = Loan("hall", 0.08, 4, "level_parts", amount=500.0)
    market = PLAIN.market._replace(price_per_gpu_hour=PLAIN.market.price_per_gpu_hour * price)
    return PLAIN._replace(loans=(senior,), market=market, mezzanine=mezzanine, **changes)


def test_the_mezzanine_is_a_source_of_funds_between_loans_and_owners():
    run = run_site(behind())
    assert run.building["mezzanine.draw"] == [0.0, 200.0]
    assert run.building["equity_draw"] == pytest.approx([0.0, 1000.0 - 500.0 - 200.0])
    assert run.results.debt == pytest.approx(500.0)
    assert run.results.tranches[1].debt == pytest.approx(200.0)


def test_while_the_site_is_built_its_interest_is_added_to_it():
    """Half of 1000 is spent in each of two periods: 100 drawn, then 100 * 12% = 12 added and 100 drawn: 212."""
    spread = tuple(one._replace(spend=(0.5, 0.5)) for one in PLAIN.components)
    plan = behind(site=PLAIN.site._replace(construction_periods=2), components=spread)
    run = run_site(plan)
    assert run.building["mezzanine.draw"] == pytest.approx([0.0, 100.0, 100.0])
    assert run.building["mezzanine.capitalised_interest"] == pytest.approx([0.0, 0.0, 12.0])
    assert run.results.uses == pytest.approx(1000.0)
    assert run.operating["mezzanine.interest"][0] == pytest.approx(212.0 * 0.12)
    worth = 335.0 / 1.12 + 345.0 / 1.12**2
    assert run.results.tranches[1].debt == pytest.approx(200.0)
    assert run.results.tranches[1].llcr == pytest.approx(worth / 212.0)


def test_it_takes_its_interest_from_what_the_waterfall_leaves():
    """CFADS 500 less 125 + 40 leaves 335: 16 of cash interest, 8 added, then the bullet of 208 * 1.04 = 216.32."""
    run = run_site(behind())
    rows = run.operating
    assert rows["mezzanine.cash_interest"][:2] == pytest.approx([16.0, 208.0 * 0.08])
    assert rows["mezzanine.pik_interest"][:2] == pytest.approx([8.0, 208.0 * 0.04])
    assert rows["mezzanine.principal"] == pytest.approx([0.0, 208.0 * 1.04, 0.0, 0.0])
    assert rows["distribution"][0] == pytest.approx(500.0 - 165.0 - 16.0)
    assert rows["mezzanine.dscr"][0] == pytest.approx(335.0 / 16.0)
    assert run.results.tranches[1].min_dscr == pytest.approx((500.0 - 155.0) / (208.0 * 0.08 + 208.0 * 1.04))
    worth = 335.0 / 1.12 + 345.0 / 1.12**2
    assert run.results.tranches[1].llcr == pytest.approx(worth / 200.0)


@pytest.mark.parametrize("price", [0.33, 0.36, 0.5, 1.0])
def test_inside_the_site_it_is_the_instrument_on_the_cash_that_is_left(price):
    rows = run_site(behind(price, JUNIOR._replace(tenor=3))).operating
    left = [max(0.0, cash - due) for cash, due in zip(rows["cfads"], rows["debt_service"], strict=True)]
    schedule = mezzanine_schedule("mezzanine", 200.0, 3, MezzanineTerms(0.08, 0.04, 0.015, 1.0), left)
    for place, one in enumerate(schedule):
        assert rows["mezzanine.cash_interest"][place] == pytest.approx(one.cash_interest)
        assert rows["mezzanine.pik_interest"][place] == pytest.approx(one.pik_interest)
        assert rows["mezzanine.principal"][place] == pytest.approx(one.repaid)
        assert rows["mezzanine.balance"][place] == pytest.approx(one.closing)
        assert rows["distribution"][place] == pytest.approx(one.to_equity, abs=1e-9)


def test_what_it_misses_at_maturity_stays_owed_and_is_no_default():
    """CFADS 250 leaves 85, then 95: the bullet is not there; what is left repays it later, owners come after."""
    run = run_site(behind(0.5))
    rows = run.operating
    assert rows["mezzanine.shortfall"][1] > 100.0
    assert max(rows["payment_default"]) == 0.0
    assert run.defaulted_in is None
    assert rows["distribution"][1] == rows["distribution"][2] == pytest.approx(0.0, abs=1e-9)
    assert rows["mezzanine.cash_interest"][2] + rows["mezzanine.principal"][2] == pytest.approx(250.0 - 145.0)
    assert rows["mezzanine.balance"][3] < rows["mezzanine.balance"][2] < rows["mezzanine.balance"][1]


def test_without_tax_the_senior_loans_do_not_notice_it():
    with_it, without = run_site(behind(0.5)), run_site(behind(0.5, None))
    for name in ("cfads", "dscr", "debt_balance", "sweep", "default_recovery"):
        assert with_it.operating[name] == pytest.approx(without.operating[name]), name


def test_its_interest_is_deducted_for_tax_as_it_accrues():
    """30% tax: interest of 200 * 12% = 24 saves 7.2 in the first period, though 8 of it are not paid in cash."""
    tax = PLAIN.tax._replace(rate=0.3)
    with_it, without = run_site(behind(tax=tax)), run_site(behind(tax=tax, mezzanine=None))
    assert without.operating["tax"][0] - with_it.operating["tax"][0] == pytest.approx(0.3 * 24.0)
    assert with_it.operating["interest_carry"] == pytest.approx([0.0] * 4)


def test_the_sculpted_loan_keeps_its_cover_while_the_mezzanine_is_served():
    """The fourth period leaves nothing for the mezzanine: what it adds to its balance later saves a little more tax."""
    run = run_site(MEZZANINE)
    assert run.operating["mezzanine.cash_interest"][3] == 0.0
    assert run.operating["dscr"][:4] == pytest.approx([1.4] * 4, abs=1e-8)
    assert 1.4 < run.operating["dscr"][4] < 1.41
    assert run.results.tranches[-1].name == "mezzanine"
    assert run.results.tranches[-1].debt == pytest.approx(0.08 * run.sizing.uses, rel=1e-9)


def test_in_a_default_it_comes_after_every_senior_loan():
    sizing = size(STACK._replace(mezzanine=MEZZANINE.mezzanine))
    run = run_site(FAILED_STACK._replace(mezzanine=MEZZANINE.mezzanine), sizing)
    at = run.defaulted_in - 1
    assert run.operating["default_recovery"][at] < run.operating["default_claim"][at]
    assert run.operating["mezzanine.recovered"][at] == pytest.approx(0.0, abs=1e-6)
    assert run.results.tranches[-1].loss_given_default == pytest.approx(1.0)
    rich = behind(0.2, JUNIOR, components=tuple(one._replace(liquidation_share=0.9) for one in PLAIN.components))
    run = run_site(rich, size(behind()))
    at = run.defaulted_in - 1
    row = {name: run.operating[name][at] for name in run.operating}
    assert row["hall.loss_given_default"] == 0.0
    pot = row["collateral_net"] + row["default_cash"]
    assert row["mezzanine.recovered"] == pytest.approx(min(row["mezzanine.claim"], pot - row["hall.claim"]))
    assert row["default_surplus"] == pytest.approx(pot - row["hall.claim"] - row["mezzanine.recovered"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(
    random_plans(),
    st.builds(
        Mezzanine,
        st.floats(0.0, 0.2),
        st.integers(1, 3),
        st.floats(0.0, 0.1),
        st.floats(0.0, 0.05),
        amount=st.none(),
        debt_share=st.floats(0.0, 0.4),
    ),
    st.floats(0.3, 1.3),
)
def test_books_close_for_any_plan_with_a_mezzanine(plan, mezzanine, price):
    assume(plan.loans)
    plan = plan._replace(mezzanine=mezzanine)
    run = sized_then_run(plan, price, {"debt_exceeds_uses", "no_convergence", "overdraw"})
    assert_books_close(run)
    assert min(run.operating["mezzanine.balance"]) >= 0.0
    assert min(run.operating["distribution"]) >= -1e-9 * run.results.uses


FAULTS = {
    "loans: a mezzanine stands behind a senior loan [missing]": behind()._replace(loans=()),
    "loans.mezzanine: the mezzanine has this name; call the senior loan otherwise (got 'mezzanine') [duplicate]": (
        behind()._replace(loans=(Loan("mezzanine", 0.08, 4, "bullet", amount=100.0),))
    ),
    "mezzanine.tenor: the mezzanine matures within operation: 1 to 4 periods (got 5) [bad_tenor]": behind(
        mezzanine=JUNIOR._replace(tenor=5)
    ),
    "mezzanine.amount: give the amount or the share of uses, one of them [missing]": behind(
        mezzanine=JUNIOR._replace(amount=None)
    ),
    "mezzanine.amount: give the amount or the share of uses, one of them (got 200.0) [contradiction]": behind(
        mezzanine=JUNIOR._replace(debt_share=0.1)
    ),
    "mezzanine.cash_rate_per_year: this rate is 0 or more (got -0.01) [negative]": behind(
        mezzanine=JUNIOR._replace(cash_rate_per_year=-0.01)
    ),
    "loans: the loans together must stay below the uses of funds, 1000 (got 1000.0) [debt_exceeds_uses]": behind(
        mezzanine=JUNIOR._replace(amount=500.0)
    ),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_mezzanine_that_cannot_be_is_refused_with_its_message(message):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[message])
    assert str(caught.value) == message
