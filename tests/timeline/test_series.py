"""Shifting of series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import InputError
from overbuild.timeline.series import by_year, delayed, flags, look_ahead, of_length, over_life, padded


def test_a_delay_moves_a_series_and_nothing_is_lost():
    assert delayed((1.0, 2.0), 1) == (0.0, 1.0, 2.0)


@pytest.mark.parametrize("p", [1, 2, 4, 12])
def test_a_tax_table_is_spread_over_its_years_and_adds_up(p):
    shares = by_year((0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576), p, 7 * p)
    assert sum(shares) == pytest.approx(1.0, abs=1e-12)
    assert sum(shares[p : 2 * p]) == pytest.approx(0.32)


def test_a_contract_ends_and_a_table_that_outlives_the_plan_is_cut():
    assert flags(4, 1, 2) == (1.0, 1.0, 0.0, 0.0)
    assert by_year((0.5, 0.5), 2, 3) == (0.25, 0.25, 0.25)
    assert padded((1.0,), 3) == (1.0, 0.0, 0.0)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30), st.integers(0, 6))
def test_the_look_ahead_is_the_sum_of_what_follows(series, length):
    ahead = look_ahead(series, length)
    assert all(ahead[k] == sum(series[k + 1 : k + 1 + length]) for k in range(len(series)))


@given(st.floats(0.1, 30.0), st.sampled_from([1, 2, 4, 12]))
def test_a_life_adds_up_to_its_years(years, p):
    assert sum(over_life(years, p, 40 * p)) == pytest.approx(years * p)


def test_a_series_of_another_length_is_refused():
    with pytest.raises(InputError) as caught:
        of_length("utilisation_contract", (0.5,), 3)
    assert caught.value.code == "length_mismatch"
