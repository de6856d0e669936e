"""The capital charge: worked numbers, its limits, and which way it moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.ecosystem.need.required_revenue import check_requirement
from overbuild.errors import InputErrors
from overbuild.money.capital_charge import (
    AssetClass,
    charge_at_age,
    check_asset,
    check_rates,
    declining_annuity,
    first_year_charge,
    straight_line,
)
from overbuild.money.user_cost import user_cost

CHIPS = AssetClass("accelerators", 316.2, 5.0, 0.05, (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576), 0.0)
SHELL = AssetClass("shell_power", 210.8, 20.0, 0.0, straight_line(20), 0.0)

hurdles = st.floats(0.0, 0.5)
lives = st.floats(0.5, 40.0)
declines = st.floats(0.0, 0.9)


def charge(asset, hurdle=0.10, tax=0.21):
    return first_year_charge(asset, hurdle, tax)


def test_the_charge_of_chips_and_of_a_shell():
    assert charge(CHIPS) == pytest.approx(85.85062496165409, rel=1e-12)
    assert charge(SHELL) == pytest.approx(28.540618863357782, rel=1e-12)


def test_without_a_hurdle_tax_or_residual_the_cost_is_spread_evenly():
    assert charge(AssetClass("a", 100.0, 4.0, 0.0, (), 0.0), hurdle=0.0, tax=0.0) == pytest.approx(100 / 4)


def test_the_charges_of_every_year_return_the_cost():
    asset = AssetClass("a", 100.0, 5.0, 0.0, (), 0.25)
    first = charge(asset, 0.10, 0.0)
    paid = sum(charge_at_age(first, asset, float(k)) / 1.1 ** (k + 1) for k in range(5))
    assert paid == pytest.approx(100.0, rel=1e-12)


@given(hurdles, lives)
def test_a_declining_charge_without_decline_is_the_level_charge(hurdle, life):
    level = CHIPS._replace(life_years=life)
    assert charge(level._replace(price_decline_per_year=1e-13), hurdle) == pytest.approx(
        charge(level, hurdle), rel=1e-6
    )
    crf = hurdle / (1 - (1 + hurdle) ** -life) if hurdle > 1e-6 else None
    if crf is not None:
        assert 1 / declining_annuity(hurdle, 0.0, life) == pytest.approx(crf, rel=1e-9)


@given(st.floats(0.01, 0.4), st.floats(0.001, 0.1), lives)
def test_a_higher_hurdle_needs_a_higher_charge(hurdle, more, life):
    asset = AssetClass("a", 100.0, life, 0.0, (), 0.2)
    assert charge(asset, hurdle + more, 0.0) > charge(asset, hurdle, 0.0)


@given(hurdles, lives, st.floats(0.1, 20.0))
def test_a_longer_life_lowers_the_level_charge(hurdle, life, more):
    asset = AssetClass("a", 100.0, life, 0.0, (1.0,), 0.0)
    assert charge(asset._replace(life_years=life + more), hurdle) < charge(asset, hurdle)


@given(hurdles, lives, declines, st.floats(0.01, 100.0))
def test_scaling_the_cost_scales_the_charge(hurdle, life, decline, k):
    asset = AssetClass("a", 100.0, life, 0.1, straight_line(5), decline)
    assert charge(asset._replace(cost=100.0 * k), hurdle) == pytest.approx(k * charge(asset, hurdle), rel=1e-12)


@given(st.floats(0.001, 0.5), st.integers(1, 30), declines)
def test_the_closed_form_is_the_sum_over_years(hurdle, life, decline):
    years = sum((1 - decline) ** (k - 1) / (1 + hurdle) ** k for k in range(1, life + 1))
    assert declining_annuity(hurdle, decline, float(life)) == pytest.approx(years, rel=1e-9)


def test_the_user_cost_rises_when_chips_get_cheaper():
    assert user_cost(1.0, 0.09, 0.3, -0.1, 0.21, 0.93) == pytest.approx(0.49911772151898726, rel=1e-12)
    assert user_cost(1.0, 0.09, 0.3, -0.2, 0.21, 0.93) > user_cost(1.0, 0.09, 0.3, -0.1, 0.21, 0.93)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"life_years": 0.0}, "life_nonpositive"),
        ({"cost": -1.0}, "negative"),
        ({"residual_share": 1.5}, "share_out_of_range"),
        ({"price_decline_per_year": 1.0}, "share_out_of_range"),
        ({"tax_depreciation": (0.6, 0.6)}, "depreciation_sum"),
        ({"tax_depreciation": (-0.1,)}, "negative"),
        ({"life_years": float("nan")}, "life_nonpositive"),
    ],
)
def test_a_bad_asset_is_named(change, code):
    assert [fault.code for fault in check_asset(CHIPS._replace(**change), "it")] == [code]


def test_bad_rates_are_named():
    assert [fault.code for fault in check_rates(-1.0, 1.0)] == ["hurdle_le_minus1", "tau_out_of_range"]


def test_all_faults_come_together():
    with pytest.raises(InputErrors) as found:
        check_requirement((CHIPS._replace(life_years=0.0),), -2.0, 0.21, (0.5, 1.0))
    assert [error.code for error in found.value.errors] == [
        "hurdle_le_minus1",
        "life_nonpositive",
        "share_out_of_range",
    ]
