"""Repayment: patterns by their words, sculpted debt service, and the loan that it supports."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import InputError
from overbuild.instruments import (
    after_tax_debt,
    capped_debt,
    principals,
    repayment_pattern,
    sculpted_schedule,
    supported_debt,
    unit_debt_service,
)
from overbuild.instruments.repayment import EQUAL_PRINCIPAL, PATTERNS
from overbuild.site.case.short_form.short_words import ShortRepayment
from tests.instruments.refusals import assert_refused

CUSTOM = (0.3, 0.3, 0.4)


@pytest.mark.parametrize("word", PATTERNS)
@given(st.floats(0.0, 0.2), st.floats(1.0, 1e10))
def test_a_pattern_repays_the_loan(word, rate, amount):
    shares = repayment_pattern(word, 3, rate, CUSTOM if word == "custom" else ())
    assert sum(shares) == pytest.approx(1.0, abs=1e-9)
    service = unit_debt_service(word, 3, (rate,) * 3, CUSTOM if word == "custom" else ())
    assert supported_debt(service, (rate,) * 3) == pytest.approx(1.0, abs=1e-9)
    paid = principals(amount, [amount * one for one in service], (rate,) * 3)
    assert paid == pytest.approx([amount * share for share in shares], rel=1e-6, abs=1e-6 * amount)


def test_the_two_words_for_equal_principal_are_one_pattern():
    straight, level = (repayment_pattern(word, 4, 0.1) for word in EQUAL_PRINCIPAL)
    assert straight == level == (0.25,) * 4


def test_an_annuity_is_level_at_its_rate_and_not_when_the_rate_moves():
    assert unit_debt_service("annuity", 2, (0.1, 0.1)) == pytest.approx((0.576190476,) * 2)
    first, second = unit_debt_service("annuity", 2, (0.1, 0.2))
    assert second == pytest.approx(first + 0.1 * (1.0 - 0.476190476))


def test_a_case_may_say_every_pattern_and_sculpted_beside():
    assert set(get_args(ShortRepayment)) == {"sculpted", *PATTERNS}


def test_a_cap_cuts_every_period_by_the_same_share():
    service, rates = (60.0, 30.0, 45.0), (0.05, 0.06, 0.07)
    free, capped = capped_debt(service, rates, None), capped_debt(service, rates, 100.0)
    assert (free.amount, free.debt_service, free.scale) == (supported_debt(service, rates), service, 1.0)
    assert capped.amount == pytest.approx(100.0)
    assert capped.debt_service == pytest.approx([one * capped.scale for one in service])
    assert capped_debt((0.0,), (0.05,), 100.0) == (0.0, (0.0,), 1.0)


def test_a_sculpted_loan_in_closed_form():
    """Debt service 100 / 1.3, ...; the loan is its present value at 7% and ends at 0."""
    cfads, rates = (100.0, 110.0, 120.0, 90.0, 80.0), (0.07,) * 5
    service = sculpted_schedule(cfads, (1.3,) * 5)
    debt = supported_debt(service, rates)
    assert debt == pytest.approx(317.83954823473834, rel=1e-12)
    assert sum(principals(debt, service, rates)) == pytest.approx(debt, rel=1e-12)
    assert supported_debt(cfads, rates) / debt == pytest.approx(1.3, rel=1e-12)


def test_sculpting_after_tax_in_closed_form():
    ebitda, charges = (140.0, 150.0, 150.0, 145.0, 130.0, 120.0), (60.0, 60.0, 60.0, 30.0, 30.0, 10.0)
    balances = after_tax_debt(ebitda, charges, 0.08, 0.25, 1.45)
    assert balances[0] == pytest.approx(385.5328264533768, rel=1e-12)
    assert 0.08 * balances[5] == pytest.approx(4.786545924967659, rel=1e-12)


REFUSALS = {
    "custom_sum": (
        lambda: repayment_pattern("custom", 2, 0.1, (0.5, 0.4), path="loans.senior"),
        "amort_sum",
        "loans.senior.repayment_shares",
        0.9,
        "the shares add up to 1",
    ),
    "custom_length": (
        lambda: unit_debt_service("custom", 3, (0.1,) * 3, (0.5, 0.5), path="loans.senior"),
        "length_mismatch",
        "loans.senior.repayment_shares",
        2,
        "one share a period: 3",
    ),
    "word": (
        lambda: repayment_pattern("balloon", 2, 0.1, path="loans.senior"),
        "unknown_name",
        "loans.senior.repayment",
        "balloon",
        "one of annuity, straight_line, bullet, level_parts, custom; a sculpted loan is repaid by cover",
    ),
    "tenor": (
        lambda: repayment_pattern("bullet", 0, 0.1, path="loans.senior"),
        "bad_tenor",
        "loans.senior.tenor",
        0,
        "1 period or more",
    ),
    "cover": (
        lambda: sculpted_schedule((1.0, 1.0), (1.4, 0.0)),
        "dscr_le_zero",
        "target_dscr.2",
        0.0,
        "cover asked for is above 0",
    ),
    "rate": (
        lambda: supported_debt((1.0,), (-1.0,)),
        "rate_le_minus1",
        "rate",
        -1.0,
        "a period rate is above -1",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_repayment_that_cannot_be_is_refused_with_its_place_and_what_was_allowed(name):
    assert_refused(*REFUSALS[name])


@pytest.mark.parametrize(
    ("asked", "code", "path"),
    [
        (lambda: unit_debt_service("annuity", 4, (0.08,) * 3), "length_mismatch", "loan.rates"),
        (lambda: unit_debt_service("bullet", 0, ()), "bad_tenor", "loan.tenor"),
        (lambda: principals(100.0, (60.0, 55.0), (0.1,)), "length_mismatch", "rates"),
        (lambda: sculpted_schedule((140.0, 130.0), (1.4,)), "length_mismatch", "target_dscr"),
        (lambda: sculpted_schedule((140.0,), (float("nan"),)), "dscr_le_zero", "target_dscr.1"),
        (lambda: supported_debt((55.0, 60.5), (0.1,)), "length_mismatch", "rates"),
        (lambda: supported_debt((55.0,), (float("nan"),)), "rate_le_minus1", "rate"),
        (lambda: after_tax_debt((140.0, 1.0), (40.0,), 0.1, 0.25, 1.0), "length_mismatch", "tax_depreciation"),
        (lambda: after_tax_debt((140.0,), (40.0,), 0.1, 0.25, 0.0), "dscr_le_zero", "target_dscr"),
    ],
)
def test_series_of_other_lengths_and_covers_that_are_none_are_refused(asked, code, path):
    with pytest.raises(InputError) as refused:
        asked()
    assert (refused.value.code, refused.value.path) == (code, path)
