"""Recovery across liens: pools before the rest, ranks before pro rata, and nothing made or lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.instruments import (
    AfterPayment,
    CollateralPool,
    CreditorClaim,
    Lien,
    Proceeds,
    Seniority,
    distribute,
    enforce_liens,
    loss_share,
    pay_by_rank,
)

amounts = st.floats(0.0, 1e9)
ranks = st.integers(1, 3)


def test_liens_come_first_and_deficiencies_share_the_rest():
    """828 net pays the term loan 780 and mezz 48; 127.5 the vendor; 60 is shared by 132.5 and 40."""
    pools = (
        CollateralPool(900.0, 0.08, (Lien("term_loan", 1), Lien("mezz", 2))),
        CollateralPool(150.0, 0.15, (Lien("vendor_finance", 1),)),
    )
    claims = (
        CreditorClaim("term_loan", 780.0, 1, 0.09),
        CreditorClaim("mezz", 220.0, 2, 0.14),
        CreditorClaim("vendor_finance", 260.0, 1, 0.1),
        CreditorClaim("trade", 40.0, 1, 0.0),
    )
    found, left = enforce_liens(pools, 60.0, claims, 1.5)
    assert [one.paid for one in found] == pytest.approx([780.0, 48.0, 173.58695652, 13.91304348])
    assert found[0].loss_given_default == pytest.approx(1 - 1.09**-1.5)
    assert left == 0.0
    plenty, left = enforce_liens(pools, 6000.0, claims, 0.0)
    assert all(one.paid_share == pytest.approx(1.0) for one in plenty)
    assert left == pytest.approx(6000.0 + 828.0 + 127.5 - 1300.0)


def test_a_rank_shares_pro_rata_and_the_next_takes_what_is_left():
    """100 for 60 of rank 1 and 80 of rank 2, held by two as 60 and 20: 40 is half of 80."""
    liens = (Lien("second", 2), Lien("first", 1), Lien("third", 2))
    owing = {"first": 60.0, "second": 60.0, "third": 20.0, "other": 5.0}
    after = pay_by_rank(100.0, owing, liens)
    assert after == AfterPayment(0.0, {"first": 0.0, "second": 30.0, "third": 10.0, "other": 5.0})
    assert owing["first"] == 60.0


def test_what_a_pool_has_too_much_goes_to_all_by_seniority():
    """The pool pays the vendor 10 of its 50; 40 are left for the bank, which is senior, before trade."""
    sold = (Proceeds(50.0, (Lien("vendor", 1),)),)
    seniorities = (Seniority("trade", 2), Seniority("bank", 1), Seniority("vendor", 1))
    after = distribute(sold, 0.0, {"vendor": 10.0, "bank": 30.0, "trade": 40.0}, seniorities)
    assert after == AfterPayment(0.0, {"vendor": 0.0, "bank": 0.0, "trade": 30.0})


def test_a_claim_of_nothing_is_paid_in_full_and_loses_nothing():
    found, left = enforce_liens((), 10.0, (CreditorClaim("none", 0.0, 1, 0.1),), 0.0)
    assert (found[0].paid_share, found[0].loss_given_default, left) == (1.0, 0.0, 10.0)
    assert loss_share(0.0, 0.0) == 0.0


@given(st.lists(st.tuples(amounts, ranks, st.booleans()), min_size=1, max_size=5), amounts, amounts)
def test_what_creditors_and_owners_get_is_what_there_was(rows, value, cash):
    claims = tuple(CreditorClaim(f"c{place}", amount, rank, 0.0) for place, (amount, rank, _) in enumerate(rows))
    liens = tuple(Lien(f"c{place}", rank) for place, (_, rank, holds) in enumerate(rows) if holds)
    found, left = enforce_liens((CollateralPool(value, 0.1, liens),), cash, claims, 0.0)
    assert sum(one.paid for one in found) + left == pytest.approx(0.9 * value + cash, rel=1e-9, abs=1e-6)
    assert all(0.0 <= one.paid_share <= 1.0 + 1e-12 for one in found)
