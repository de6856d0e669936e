"""Several loans: who is paid first, how they are sized round each other, drawn, covered and recovered."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from overbuild.errors import InputError, InputErrors
from overbuild.old_site.case.plan import Component, Loan, Market, Owners, Site, SitePlan
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.terms import Tranche
from overbuild.old_site.waterfall.enforcement import recoveries
from tests.old_site.cases import (
    BASE,
    FAILED_STACK,
    STACK,
    STRESSED,
    M,
    assert_books_close,
    random_plans,
    sized_then_run,
)

SIZING = size(STACK)
RUN = run_site(STACK, SIZING)
ROWS = RUN.operating

PLAIN = SitePlan(
    site=Site(1.0, 1.0, 1, 4),
    components=(Component("shell", 400.0, (1.0,), 4.0, "SL4", 0.5), Component("it", 600.0, (1.0,), 4.0, "SL4", 0.25)),
    market=Market(1.0 / 8760.0, 0.0, (0.5,) * 4),
    loans=(
        Loan("gpu", 0.1, 2, "straight_line", advance_rate=0.5, advances_on=("it",), collateral=("it",)),
        Loan("hall", 0.05, 4, target_dscr=(1.25,) * 4, collateral=("shell",), allow_negative_amortisation=True),
    ),
    owners=Owners(0.1),
)
"""1000 GPUs half used at 1/8760 USD an hour earn 500 a year; no tax, no cost."""


def test_a_sculpted_loan_takes_the_cover_that_a_chip_loan_leaves():
    """CFADS 500 at 2.5x carry 200. The chip loan of 0.5 * 600 = 300 asks 150 + 30 = 180, then 150 + 15 = 165.

    The hall loan asks 20, 35, 200, 200: 20 / 1.05 + 35 / 1.05^2 + 200 / 1.05^3 + 200 / 1.05^4 = 388.10.
    """
    sizing = size(stack_of())
    gpu, hall = sizing.loans
    assert gpu.debt_service == pytest.approx((180.0, 165.0))
    assert hall.debt_service == pytest.approx((20.0, 35.0, 200.0, 200.0))
    assert hall.amount == pytest.approx(20 / 1.05 + 35 / 1.05**2 + 200 / 1.05**3 + 200 / 1.05**4)
    assert hall.amount == pytest.approx(388.10, abs=0.01)
    assert sizing.uses == pytest.approx(1000.0)


def test_loans_that_reach_the_uses_are_refused():
    """At 1.25x the hall loan would ask 220, 235, 400, 400, which is worth 1097 at 5%."""
    with pytest.raises(InputError) as caught:
        size(stack_of(1.25))
    assert (caught.value.code, caught.value.path) == ("debt_exceeds_uses", "loans")


def stack_of(hall_dscr=2.5, **changes):
    """The chip loan and the hall loan, with changes to the chip loan."""
    gpu = PLAIN.loans[0]._replace(**changes)
    return PLAIN._replace(loans=(gpu, PLAIN.loans[1]._replace(target_dscr=(hall_dscr,) * 4)))


def test_every_loan_has_its_own_cover():
    """Of one rank they share 500: 500 / (180 + 20) = 2.5 together; 500 / 180 and 500 / 20 each alone."""
    run = run_site(stack_of())
    assert run.operating["dscr"] == pytest.approx([2.5] * 4)
    assert run.operating["gpu.dscr"][:2] == pytest.approx([500 / 180, 500 / 165])
    assert run.operating["gpu.rank_dscr"][:2] == pytest.approx([2.5, 2.5])
    assert run.operating["gpu.covered"] == [1.0, 1.0, 0.0, 0.0]
    gpu, hall = run.results.tranches
    assert (gpu.debt, gpu.covered_periods) == (pytest.approx(300.0), 2.0)
    assert gpu.min_dscr == pytest.approx(500 / 180)
    assert hall.min_dscr == pytest.approx(2.5)
    assert gpu.llcr == pytest.approx((500 / 1.1 + 500 / 1.21) / 300)


def test_a_loan_behind_another_counts_on_what_is_left():
    """Ranked second the hall loan has 500 - 180 = 320 before it: 320 / 20 = 16x, then 335 / 35, 500 / 200."""
    plan = stack_of()
    plan = plan._replace(loans=(plan.loans[0], plan.loans[1]._replace(rank=2)))
    run = run_site(plan)
    assert run.operating["hall.cash"] == pytest.approx([320.0, 335.0, 500.0, 500.0])
    assert run.operating["hall.dscr"] == pytest.approx([16.0, 335 / 35, 2.5, 2.5])
    hall = run.results.tranches[1]
    worth = sum(cash / 1.05**year for year, cash in enumerate([320.0, 335.0, 500.0, 500.0], 1))
    assert hall.llcr == pytest.approx(worth / hall.debt)


def test_the_whole_debt_has_the_cover_that_was_asked_for():
    assert ROWS["dscr"][:5] == pytest.approx([1.4] * 5, abs=1e-8)
    assert sum(loan.amount for loan in SIZING.loans) == pytest.approx(SIZING.debt)
    assert SIZING.loans[1].amount == pytest.approx(0.25 * 2600 * M)
    assert SIZING.loans[2].amount == pytest.approx(0.06 * SIZING.uses, rel=1e-9)
    assert SIZING.initial_dsra == pytest.approx(SIZING.debt_service[0])


def test_chips_are_lent_against_when_they_are_paid_for():
    """Chips and network, 2600m, are paid in the second construction period: 650m are drawn in it, nothing before."""
    assert RUN.building["gpu.draw"] == pytest.approx([0.0, 0.0, 650 * M])
    for place, left in enumerate(RUN.building["uses_left"]):
        for name, sized in (("hall", SIZING.loans[0]), ("second", SIZING.loans[2])):
            assert RUN.building[f"{name}.draw"][place] == pytest.approx(sized.draw_share * left)
    for sized in SIZING.loans:
        assert sum(RUN.building[f"{sized.name}.draw"]) == pytest.approx(sized.amount, rel=1e-11)


def test_every_loan_is_repaid():
    for name in ("hall", "gpu", "second"):
        assert ROWS[f"{name}.balance"][-1] == 0.0


def test_what_stays_unpaid_falls_on_the_last_rank_first():
    run = run_site(FAILED_STACK, SIZING)
    at = run.defaulted_in - 1
    before = {loan.name: run.operating[f"{loan.name}.balance"][at - 1] for loan in SIZING.loans}
    missed = {
        name: run.operating[f"{name}.balance"][at] - before[name] + run.operating[f"{name}.principal"][at]
        for name in before
    }
    assert sum(missed.values()) == pytest.approx(run.operating["unpaid_debt_service"][at])
    second = run.operating["second.interest"][at] + run.operating["second.principal"][at]
    assert missed["second"] == pytest.approx(min(second, run.operating["unpaid_debt_service"][at]))


def test_in_a_default_each_loan_gets_what_its_collateral_brings_and_its_rank():
    run = run_site(FAILED_STACK, SIZING)
    at = run.defaulted_in - 1
    row = {name: run.operating[name][at] for name in run.operating}
    claims = sum(row[f"{loan.name}.claim"] for loan in SIZING.loans)
    paid = sum(row[f"{loan.name}.recovered"] for loan in SIZING.loans)
    assert row["default_claim"] == pytest.approx(claims)
    assert row["default_recovery"] == pytest.approx(paid)
    assert paid <= row["collateral_net"] + row["default_cash"] + 1e-6
    assert paid + row["default_surplus"] == pytest.approx(row["collateral_net"] + row["default_cash"])
    hall, gpu, second = run.results.tranches
    assert hall.loss_given_default == pytest.approx(1 - row["hall.recovered"] / row["hall.claim"])
    assert second.loss_given_default >= max(hall.loss_given_default, gpu.loss_given_default)


def test_a_stack_of_one_plain_loan_is_that_loan():
    """Collateral that names everything makes a stack of one: same amounts, same recovery as without it."""
    names = tuple(one.name for one in BASE.components)
    alone = BASE._replace(loans=(BASE.loans[0]._replace(collateral=names),))
    stacked, plain = size(alone), size(BASE)
    assert stacked.debt == pytest.approx(plain.debt, rel=1e-10)
    departure = {"market": STRESSED.market, "offtake": STRESSED.offtake}
    one, other = run_site(alone._replace(**departure), stacked), run_site(BASE._replace(**departure), plain)
    for name in ("cfads", "debt_balance", "default_recovery", "loss_given_default", "default_surplus", "sweep"):
        assert one.operating[name] == pytest.approx(other.operating[name], rel=1e-8, abs=1.0), name
    assert one.results.tranches[0].min_dscr == pytest.approx(other.results.min_dscr)
    assert one.results.tranches[0].llcr == pytest.approx(other.results.llcr)


amounts = st.floats(0.0, 1000.0)
COMPONENTS = ("shell", "power", "it")


@st.composite
def stacks(draw):
    count = draw(st.integers(1, 4))
    tranches = tuple(
        Tranche(
            f"loan{place}",
            draw(st.integers(1, 3)),
            collateral=tuple(draw(st.lists(st.sampled_from(COMPONENTS), unique=True))),
        )
        for place in range(count)
    )
    values = {name: draw(amounts) for name in COMPONENTS}
    claims = {one.name: draw(amounts) for one in tranches}
    shape = Shape(1, COMPONENTS, tranches)
    return values, draw(amounts), claims, shape


@given(stacks())
def test_nobody_recovers_more_than_is_owed_nor_all_more_than_there_is(stack):
    values, cash, claims, shape = stack
    left, owing = recoveries(values, cash, claims, shape)
    paid = {name: claims[name] - owing[name] for name in claims}
    assert all(-1e-9 <= amount <= claims[name] + 1e-9 for name, amount in paid.items())
    assert sum(paid.values()) + left == pytest.approx(sum(values.values()) + cash, abs=1e-6)


@given(stacks(), amounts)
def test_a_junior_loan_without_collateral_never_takes_from_those_before_it(stack, junior):
    values, cash, claims, shape = stack
    more = shape._replace(tranches=(*shape.tranches, Tranche("junior", 4)))
    _, before = recoveries(values, cash, claims, shape)
    _, after = recoveries(values, cash, {**claims, "junior": junior}, more)
    assert all(after[name] <= before[name] + 1e-9 for name in claims)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(random_plans(), st.floats(0.05, 0.5), st.integers(1, 2), st.floats(0.3, 1.3), st.integers(0, 4), st.booleans())
def test_books_close_for_any_plan_with_a_chip_loan_beside_its_own(plan, rate, rank, price, dsra_periods, held):
    assume(plan.loans)
    tenor = min(3, plan.site.operating_periods)
    chips = Loan("gpu", 0.12, tenor, "straight_line", advance_rate=rate, advances_on=("it",), rank=rank)
    chips = chips._replace(collateral=("it",) if held else (), construction_rate_per_year=0.1)
    plan = plan._replace(loans=(*plan.loans, chips), reserves=plan.reserves._replace(dsra_periods=dsra_periods))
    run = sized_then_run(plan, price, {"debt_exceeds_uses", "infeasible_gearing", "no_convergence", "overdraw"})
    assert_books_close(run)
    assert run.results.debt == pytest.approx(sum(one.debt for one in run.results.tranches))


FAULTS = {
    "loans.hall.repayment: one loan can take what cover leaves, gpu does; give this one a pattern of repayment (got "
    "'sculpted') [contradiction]": stack_of(
        repayment="sculpted", target_dscr=(2.0,) * 2, advance_rate=None, advances_on=()
    ),
    "loans.gpu.collateral: one of shell, it.  (got 'chips') [unknown_name]": stack_of(collateral=("chips",)),
    "loans.gpu.advances_on: one of shell, it.  (got 'chips') [unknown_name]": stack_of(advances_on=("chips",)),
    "loans.gpu.advances_on: say which components the loan advances on [missing]": stack_of(advances_on=()),
    "loans.gpu.advance_rate: say which share of their cost the loan advances [missing]": stack_of(
        advance_rate=None, amount=300.0
    ),
    "loans.gpu.rank: ranks count from 1, the first to be paid (got 0) [bad_value]": stack_of(rank=0),
    "loans: in construction period 2 the loans draw more than the 600 that is needed; lower an amount or an advance "
    "rate (got 720.0) [overdraw]": PLAIN._replace(
        site=PLAIN.site._replace(construction_periods=2),
        components=(
            PLAIN.components[0]._replace(spend=(1.0, 0.0)),
            PLAIN.components[1]._replace(spend=(0.0, 1.0)),
        ),
        loans=tuple(PLAIN.loans[0]._replace(name=name, advance_rate=0.6) for name in ("gpu", "other")),
    ),
    "loans: the loans together must stay below the uses of funds, 1000 (got 1000.0) [debt_exceeds_uses]": PLAIN._replace(
        loans=(PLAIN.loans[0]._replace(advance_rate=1.0), Loan("hall", 0.05, 4, "bullet", amount=400.0))
    ),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_stack_that_cannot_be_is_refused_with_its_message(message):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[message])
    assert str(caught.value).replace("  ", " ") == message.replace("  ", " ")
