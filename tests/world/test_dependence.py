"""How drivers move together: matrices that can be, the nearest to those that cannot, closed forms of defaults."""

import numpy as np
import pytest

from overbuild.errors import InputError
from overbuild.world.drivers.defaults import default_drivers
from overbuild.world.drivers.dependence import (
    Pair,
    correlation_matrix,
    gaussian_of_spearman,
    joint_default,
    mixing,
    nearest_correlation,
)
from overbuild.world.drivers.jumps_and_regimes import JumpWalk, after, stationary, steps_of_period


def drawn_matrix(seed, size=5):
    """A symmetric matrix with ones on its diagonal that is no correlation."""
    part = np.random.default_rng(seed).uniform(-1.0, 1.0, (size, size))
    matrix = (part + part.T) / 2.0
    np.fill_diagonal(matrix, 1.0)
    return matrix


@pytest.mark.parametrize("seed", range(8))
def test_the_nearest_is_a_correlation_and_none_of_its_neighbours_is_nearer(seed):
    matrix = drawn_matrix(seed) * np.where(np.eye(5) > 0.0, 1.0, 1.6).clip(max=1.6)
    near = nearest_correlation(matrix)
    assert np.allclose(np.diag(near), 1.0, atol=1e-12)
    assert np.linalg.eigvalsh(near)[0] >= -1e-10
    apart = np.linalg.norm(near - matrix)
    other = np.random.default_rng(seed + 100)
    for _ in range(20):
        part = other.normal(size=(5, 5))
        one = part @ part.T
        one = one / np.sqrt(np.outer(np.diag(one), np.diag(one)))
        towards = 0.98 * near + 0.02 * one
        assert np.linalg.norm(towards - matrix) >= apart - 1e-6


def test_what_is_offered_is_accepted():
    names = ["a", "b", "c", "d"]
    odd = [Pair("a", "b", 0.93), Pair("b", "c", 0.91), Pair("a", "c", -0.77), Pair("c", "d", 0.4)]
    with pytest.raises(InputError, match="corr_not_psd") as refused:
        correlation_matrix(names, odd)
    said = refused.value.hint.split("correlations are ")[1].split("; ")[0]
    words = [one.split(" (")[0].split(" ") for one in said.split(", ")]
    offered = {frozenset((one, other)): Pair(one, other, float(value)) for one, _, other, value in words}
    kept = {frozenset((one.one, one.other)): one for one in odd}
    assert correlation_matrix(names, list((kept | offered).values())).shape == (4, 4)


def test_mixed_normals_have_the_correlations():
    matrix = nearest_correlation(drawn_matrix(3))
    lower = mixing(matrix)
    assert np.allclose(lower @ lower.T, matrix, atol=1e-8)
    assert np.allclose(np.triu(lower, 1), 0.0)


def test_ranks_are_a_little_less_correlated_than_the_normals_behind_them():
    drawn = np.random.default_rng(1).normal(size=(2, 40_000))
    rho = gaussian_of_spearman(0.5)
    other = rho * drawn[0] + np.sqrt(1.0 - rho**2) * drawn[1]
    ranks = [np.argsort(np.argsort(row)) for row in (drawn[0], other)]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(0.5, abs=0.01)


def test_defaults_that_do_not_move_together_come_together_by_chance():
    assert joint_default(0.04, 0.07, 0.0).both == pytest.approx(0.04 * 0.07)
    assert joint_default(0.04, 0.07, 0.0).correlation == pytest.approx(0.0, abs=1e-12)
    assert joint_default(0.04, 0.04, 0.999).both == pytest.approx(0.04, rel=0.05)


def test_jumps_come_to_what_is_simulated():
    walk, generator = JumpWalk(-0.03, 0.09, 0.15, -0.22, 0.1), np.random.default_rng(5)
    count = generator.poisson(0.15 * 8, 200_000)
    drawn = -0.03 * 8 + 0.09 * np.sqrt(8) * generator.normal(size=200_000)
    drawn = drawn - 0.22 * count + 0.1 * np.sqrt(count) * generator.normal(size=200_000)
    assert drawn.mean() == pytest.approx(8 * walk.mean_log, abs=3e-3)
    assert drawn.var() == pytest.approx(8 * walk.variance_log, rel=2e-2)
    assert np.exp(drawn).mean() == pytest.approx(walk.expected_gross**8, rel=5e-3)
    assert (drawn < np.log(0.5)).mean() == pytest.approx(walk.below(0.5, 8), abs=4e-3)


def test_a_chain_by_any_period_comes_to_the_same_year():
    chain = [one.next_quarter for one in default_drivers().drivers.regimes]
    year = np.linalg.matrix_power(np.array(chain), 4)
    for periods in (1, 2, 4, 12):
        steps = steps_of_period(chain, periods)
        assert np.allclose(np.linalg.matrix_power(steps, periods), year, atol=1e-12)
    assert np.allclose(stationary(chain), [0.3849, 0.2475, 0.3676], atol=1e-3)
    assert np.allclose(after(chain, [1.0, 0.0, 0.0], 400), stationary(chain), atol=1e-9)


def test_a_chain_of_quarters_that_has_none_of_months_is_refused():
    with pytest.raises(InputError, match="bad_value"):
        steps_of_period([[0.0, 1.0], [1.0, 0.0]], 12)
