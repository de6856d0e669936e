"""Losses that add up: recursion against transform, the bad year, coherence, the length of the grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.errors import InputError
from overbuild.policy.losses.bad_year import bad_year, check_grid
from overbuild.policy.losses.compound import LossSource, by_recursion, sizes_on_grid, summed, summed_by_recursion

AGREE = 1e-10


@st.composite
def sources(draw):
    masses = np.array(draw(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=6)))
    units = draw(st.lists(st.floats(0.0, 20.0), min_size=masses.size, max_size=masses.size))
    return LossSource(
        draw(st.floats(0.01, 2.0)),
        draw(st.sampled_from([1.0, 1.3, 2.5])),
        sizes_on_grid(units, list(masses / masses.sum())),
        draw(st.floats(0.0, 1.0)),
    )


@settings(max_examples=15, deadline=None)
@given(parts=st.lists(sources(), min_size=1, max_size=3))
def test_recursion_and_transform_agree(parts):
    points = 2048
    both = summed(parts, points), summed_by_recursion(parts, points)
    assert abs(both[0] - both[1]).max() < AGREE
    check_grid(both[1], "grid")


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(sources(), min_size=1, max_size=3))
def test_the_mean_is_that_of_wald(parts):
    found = bad_year(summed(parts, 4096), 1.0, 0.99)
    mean = sum(one.probability * one.per_year * float(one.sizes @ np.arange(one.sizes.size)) for one in parts)
    assert found.mean == pytest.approx(mean, rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(first=sources(), second=sources(), level=st.sampled_from([0.5, 0.9, 0.99]))
def test_the_tail_value_at_risk_is_coherent(first, second, level):
    alone = [bad_year(summed((one,), 4096), 1.0, level) for one in (first, second)]
    both = bad_year(summed((first, second), 4096), 1.0, level)
    assert both.tail_value_at_risk <= sum(one.tail_value_at_risk for one in alone) + 1e-8
    assert both.tail_value_at_risk >= both.value_at_risk - 1e-8 and both.tail_value_at_risk >= both.mean - 1e-8


def test_a_poisson_number_of_ones_is_poisson():
    found = by_recursion(LossSource(3.0, 1.0, np.array([0.0, 1.0])), 40)
    wanted = [np.exp(-3.0)]
    for k in range(1, 40):
        wanted.append(wanted[-1] * 3.0 / k)
    assert found == pytest.approx(wanted, rel=1e-12)


def test_a_clustered_number_has_the_variance_that_is_asked():
    found = bad_year(by_recursion(LossSource(3.0, 2.0, np.array([0.0, 1.0])), 400), 1.0, 0.99)
    assert (found.mean, found.deviation**2) == (pytest.approx(3.0), pytest.approx(6.0))


def test_a_rule_that_may_not_come_leaves_a_chance_of_no_loss():
    sure = LossSource(0.4, 1.0, np.array([0.0, 1.0]))
    half = by_recursion(sure._replace(probability=0.5), 40)
    assert half[0] == pytest.approx(0.5 + 0.5 * np.exp(-0.4))


def test_sizes_keep_their_mean_and_the_cap_holds_what_lies_above():
    masses = sizes_on_grid([0.3, 7.7], [0.4, 0.6])
    assert masses @ np.arange(masses.size) == pytest.approx(0.4 * 0.3 + 0.6 * 7.7)
    assert sizes_on_grid([1.0, 60.0], [0.9, 0.1], cap=40.0)[40] == pytest.approx(0.1)


def test_a_grid_that_is_too_short_is_refused():
    masses = by_recursion(LossSource(2.0, 1.0, np.array([0.0, 0.0, 0.0, 1.0])), 16)
    with pytest.raises(InputError, match="grid_too_short") as raised:
        check_grid(masses, "grid.points")
    assert "32 points" in raised.value.hint


def test_a_distribution_without_losses_has_none_in_its_bad_year():
    assert bad_year(np.array([1.0, 0.0, 0.0]), 5.0, 0.99) == (0.0, 0.0, 1.0, 0.0, 0.0)
