"""Rates that float, margins by contract, swaps, level parts and stated draws, inside a site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import InputError, InputErrors
from overbuild.old_site.case.plan import Loan, Margin
from overbuild.old_site.financing.interest_rates import floating_rate
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.old_site.terms.debt_terms import FloatingRate
from tests.old_site.cases import FLOATING, STACK, M
from tests.old_site.test_stack import PLAIN, stack_of

BASES = (0.04, 0.03, 0.01, 0.01)
CONTRACTS = (Margin("graded", "gpu", 0.75, 0.0625), Margin("other", "gpu", 0.25, 0.13))


def floating(**changes):
    fixed = {"rate_per_year": None, "base_rate_per_year": BASES, "floor_per_year": 0.02, "margin_per_year": 0.06}
    return stack_of(**{**fixed, **changes})


def test_a_floating_loan_pays_base_or_floor_its_margin_and_its_swap():
    """Base 4%, then 3%; half swapped at 3%: 4 + 6 + (3 - 4) / 2 = 9.5%, then 3 + 6 + 0 = 9%; on 300, then on 150."""
    run = run_site(floating(swap_share=0.5, swap_fixed_per_year=0.03))
    assert run.operating["gpu.rate_per_year"][:2] == pytest.approx([0.095, 0.09])
    assert run.operating["gpu.interest"][:2] == pytest.approx([28.5, 13.5])
    assert run.operating["gpu.rate_per_year"][2] == pytest.approx(0.02 + 0.06 + (0.03 - 0.02) / 2)


def test_margins_are_weighted_by_contract_share():
    """0.75 * 6.25% + 0.25 * 13% = 7.9375%, over 4%: 11.9375% on 300 is 35.8125."""
    run = run_site(floating(margin_per_year=None)._replace(margins=CONTRACTS))
    assert run.operating["gpu.interest"][0] == pytest.approx(35.8125)


def test_the_sculpted_loan_keeps_its_cover_at_rates_that_float():
    hall = PLAIN.loans[1]._replace(
        rate_per_year=None, base_rate_per_year=BASES, margin_per_year=0.02, target_dscr=(2.5,) * 4
    )
    run = run_site(PLAIN._replace(loans=(PLAIN.loans[0], hall)))
    assert run.operating["dscr"] == pytest.approx([2.5] * 4)
    assert run.operating["hall.balance"][-1] == 0.0
    grown = (1.06, 1.06 * 1.05, 1.06 * 1.05 * 1.03, 1.06 * 1.05 * 1.03 * 1.03)
    assert run.sizing.loans[1].amount == pytest.approx(
        sum(due / by for due, by in zip((20.0, 35.0, 200.0, 200.0), grown, strict=True))
    )
    assert run.results.tranches[1].llcr == pytest.approx(sum(500.0 / by for by in grown) / run.sizing.loans[1].amount)


def test_a_base_rate_that_never_moves_is_a_fixed_rate():
    """The stack at fixed rates, told as base 4% and the rest as margin: every line agrees."""
    loans = tuple(
        loan._replace(rate_per_year=None, base_rate_per_year=(0.04,) * 8, margin_per_year=loan.rate_per_year - 0.04)
        for loan in STACK.loans
        if loan.repayment != "annuity"
    )
    fixed = run_site(STACK._replace(loans=STACK.loans[:2]))
    floats = run_site(STACK._replace(loans=loans))
    for name, row in fixed.operating.items():
        assert floats.operating[name] == pytest.approx(row, rel=1e-8, abs=1.0), name
    assert floats.results.llcr == pytest.approx(fixed.results.llcr)
    assert [one.llcr for one in floats.results.tranches] == pytest.approx([one.llcr for one in fixed.results.tranches])


rates = st.floats(-0.02, 0.15)


@given(rates, rates, st.floats(0.0, 0.1), rates, st.floats(0.0, 0.1))
def test_a_loan_swapped_whole_pays_the_fixed_leg_and_its_margin_whatever_the_base_rate(
    one, other, floor, fixed, margin
):
    terms = FloatingRate(floor, margin, (), 1.0, fixed)
    assert floating_rate(one, terms) == pytest.approx(fixed + margin, abs=1e-12)
    assert floating_rate(one, terms) == pytest.approx(floating_rate(other, terms), abs=1e-12)


def test_level_parts_repay_what_was_drawn_while_building_from_the_first_operating_period():
    run = run_site(FLOATING)
    assert run.building["gpu.draw"] == [0.0, 0.0, 600 * M]
    assert run.operating["gpu.principal"][:5] == pytest.approx([150 * M] * 4 + [0.0])
    assert run.building["gpu.commitment_fee"] == pytest.approx([0.0, 640 * M * 0.005, 640 * M * 0.005])
    assert run.building["gpu.upfront_fee"][0] == pytest.approx(640 * M * 0.015)


def test_stated_draws_on_quarterly_parts_give_the_schedule_of_the_instrument():
    """300 drawn in period 1, two parts of 150: interest 10% of 300, of 150."""
    run = run_site(stack_of(repayment="level_parts", draws=(0.0, 300.0)))
    assert run.operating["gpu.interest"][:2] == pytest.approx([30.0, 15.0])
    assert run.operating["gpu.balance"][:2] == pytest.approx([150.0, 0.0])


DRAWN = {"draws": (100.0, 200.0), "advance_rate": None, "advances_on": ()}
FAULTS = {
    "loans.gpu.draws.2: draws end with period 0, this one is in period 1 (got 200.0) [draw_after_availability]": stack_of(
        **DRAWN, availability_end=0
    ),
    "loans.gpu.draws.2: 250 committed less 100 drawn before leave 150 to draw in period 1 (got 200.0) [overdraw]": (
        stack_of(**DRAWN, amount=250.0)
    ),
    "loans.gpu.draws.1: 0.5 of the 0 of GPUs delivered by period 0 less 0 drawn before leaves 0 to draw (got 100.0) "
    "[advance_rate]": stack_of(draws=(100.0, 200.0)),
    "loans.gpu.rate_per_year: rate_per_year is required; a floating loan has base_rate_per_year in its place "
    "[missing]": stack_of(rate_per_year=None),
    "loans.gpu.tenor: tenor is required [missing]": stack_of(tenor=0),
    "loans.gpu.swap_share: a loan without a base rate has a fixed rate only (got 0.5) [contradiction]": stack_of(
        swap_share=0.5
    ),
    "loans.gpu.base_rate_per_year: one rate an operating period: 4 (got 2) [length_mismatch]": floating(
        base_rate_per_year=(0.04, 0.04)
    ),
    "loans.gpu.rate_per_year: a floating loan has no fixed rate; leave out this or the base rate (got 0.1) "
    "[contradiction]": floating(rate_per_year=0.1),
    "loans.gpu.margin_per_year: give one margin, or margins by contract (got 0.06) [contradiction]": floating()._replace(
        margins=CONTRACTS
    ),
    "margins.graded.loan: a loan without a base rate has a fixed rate only (got 'gpu') [contradiction]": (
        stack_of()._replace(margins=CONTRACTS)
    ),
    "margins.graded.loan: one of gpu, hall. Did you mean gpu? (got 'gpus') [unknown_name]": stack_of()._replace(
        margins=(CONTRACTS[0]._replace(loan="gpus"),)
    ),
    "loans.gpu.margin_per_year: a floating loan has a margin, 0 if need be [missing]": floating(margin_per_year=None),
    "loans.gpu.repayment: a level payment needs one rate; choose level_parts, sculpted, straight_line, bullet or "
    "custom (got 'annuity') [contradiction]": floating(repayment="annuity"),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_rate_or_a_draw_that_cannot_be_is_refused_with_its_message(message):
    with pytest.raises((InputError, InputErrors)) as caught:
        size(FAULTS[message])
    errors = getattr(caught.value, "errors", (caught.value,))
    assert message in [str(error) for error in errors]


def test_a_loan_needs_neither_rate_nor_tenor_to_be_written_down():
    assert Loan("gpu").tenor == 0
