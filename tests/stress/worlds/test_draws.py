"""Draws: known distributions, and a number that depends on nothing but its place (published vectors: the kernel's tests)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest

from overbuild.errors import InputError
from overbuild.stress.worlds.dependence import correlated, gaussian_copula, t_copula
from overbuild.stress.worlds.draws import normal_of, normals, scenario_ids, uniforms
from overbuild.stress.worlds.sobol import scramble_of, sobol_plan, sobol_uniforms
from overbuild.world.drivers.dependence import mixing


def test_normal_numbers_are_the_inverse_of_the_distribution():
    u = np.concatenate([uniforms(1, 2, scenario_ids(0, 100_000)), 10.0 ** np.linspace(-300.0, -0.4, 500)])
    u = np.concatenate([u, 1.0 - 10.0 ** np.linspace(-15.9, -0.4, 500)])
    exact = ndtri(u)
    assert np.max(np.abs(normal_of(u) - exact) / np.maximum(1.0, np.abs(exact))) < 3e-15


def test_a_draw_depends_on_its_place_alone():
    whole = normals(9, 4, scenario_ids(0, 5000), place=17)
    assert np.array_equal(whole[1234:1300], normals(9, 4, scenario_ids(1234, 66), place=17))
    others = [normals(8, 4, scenario_ids(0, 5000), 17), normals(9, 5, scenario_ids(0, 5000), 17)]
    others += [normals(9, 4, scenario_ids(0, 5000), 18), normals(9, 4, scenario_ids(5000, 5000), 17)]
    for other in others:
        assert abs(np.corrcoef(whole, other)[0, 1]) < 0.05


def test_uniform_numbers_are_uniform():
    assert kstest(uniforms(3, 1, scenario_ids(0, 50_000)), "uniform").pvalue > 0.001


def test_copulas_have_the_correlation_that_was_asked_for():
    wanted = np.array([[1.0, 0.7, -0.2], [0.7, 1.0, 0.1], [-0.2, 0.1, 1.0]])
    ids = scenario_ids(0, 200_000)
    z = correlated(np.stack([normals(5, driver, ids) for driver in range(3)]), mixing(wanted))
    assert np.abs(np.corrcoef(z) - wanted).max() < 0.01
    gaussian, heavy = gaussian_copula(z), t_copula(z, uniforms(5, 99, ids), 3.0)
    for u in (*gaussian, *heavy):
        assert kstest(u[:20_000], "uniform").pvalue > 0.001
    tail = [np.mean((u[0] < 0.01) & (u[1] < 0.01)) / 0.01 for u in (gaussian, heavy)]
    # tail dependence of a t copula with 3 degrees of freedom and correlation 0.7 is 0.45 in the limit; a Gaussian has none
    assert tail[0] < 0.35 < 0.42 < tail[1]


def test_sobol_points_fill_the_square_and_do_not_depend_on_blocks():
    plan = sobol_plan(11, 3, 16 * 256)
    whole = sobol_uniforms(plan, 0, 4096)
    parts = np.concatenate([sobol_uniforms(plan, first, 500) for first in range(0, 4000, 500)], axis=1)
    assert np.array_equal(parts, whole[:, :4000])
    for scramble in range(16):
        points = whole[:, scramble_of(plan, 0, 4096) == scramble]
        cells = np.bincount((points[0] * 16).astype(int) * 16 + (points[1] * 16).astype(int), minlength=256)
        assert set(cells) == {1}
    assert not np.array_equal(whole, sobol_uniforms(sobol_plan(12, 3, 4096), 0, 4096))


@pytest.mark.parametrize(("scenarios", "beside"), [(1, "16 or 32"), (17, "16 or 32"), (100_000, "65,536 or 131,072")])
def test_another_number_of_sobol_points_is_refused_with_those_beside(scenarios, beside):
    with pytest.raises(InputError, match=f"take {beside}") as error:
        sobol_plan(1, 2, scenarios)
    assert error.value.code == "not_power_of_two"
