"""The class of a leased shell by the tests of ASC 842, and debt as a rating view counts it."""

import pytest

from overbuild.instruments import debt_with_leases
from overbuild.questions.site import site

PRESET = "preset:leased-shell"


def values(*edits):
    return site(PRESET, sets=[f"lease.{edit}" for edit in edits]).values


def test_fifteen_years_of_rent_are_worth_more_than_nine_tenths_of_the_hall():
    """183.3 a year in quarters for 15 years at 7%: 45.83 * (1 - 1.0175 ^ -60) / 0.0175 = 1,693.9, against 0.9 * 1,475."""
    found = values()
    assert found["lease_liability"] == pytest.approx(183.3e6 / 4 * (1 - 1.0175**-60) / 0.0175)
    assert found["lease_class"] == "finance"
    assert "worth 1,694m USD when service starts, a finance lease; with it, debt is 3,361m." in site(PRESET).notes[-1]
    assert found["debt_with_leases"] == debt_with_leases(found["debt"], found["lease_liability"])


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (("fair_value=2000.0e+6",), "operating"),
        (("fair_value=2000.0e+6", "economic_life_years=20"), "finance"),
        (("fair_value=2000.0e+6", "economic_life_years=20.1"), "operating"),
        (("fair_value=2000.0e+6", "specialised_asset=true"), "finance"),
        (("fair_value=2000.0e+6", "ownership_transfers=true"), "finance"),
        (("fair_value=2000.0e+6", "bargain_option=true"), "finance"),
    ],
)
def test_any_one_test_makes_it_a_finance_lease(edits, expected):
    assert values(*edits)["lease_class"] == expected


def test_without_fair_value_or_life_no_class_is_told():
    found = site(PRESET, sets=["lease.fair_value=null"])
    assert found.values["lease_class"] is None and "fair_value" in found.status["lease_class"]
    assert "lease_class" not in site("preset:prepaid-contract").values
