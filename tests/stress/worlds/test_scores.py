"""Scores of forecasts: published numbers, closed forms against ensembles, and perfect forecasts."""

from __future__ import annotations

import numpy as np
import pytest

from overbuild.stress.worlds.draws import normals, scenario_ids
from overbuild.stress.worlds.scores import (
    coverage,
    crps_of_ensemble,
    crps_of_normal,
    normal_quantile,
    pinball,
    place_of_normal,
    skill,
    uniformity,
)
from tests.golden.forecast_scores import scores_of_forecasts

CASES = [
    {"ensemble": [1.0, 2.0, 4.0, 7.0], "obs": 3.0, "mu": 3.0, "sd": 2.0},
    {"ensemble": [180.0, 200.0, 220.0, 260.0, 300.0], "obs": 310.0, "mu": 230.0, "sd": 45.0},
    {"ensemble": [0.0, 0.0, 1.0], "obs": 0.0, "mu": 0.0, "sd": 1.0},
]


def test_worked_cases():
    found = scores_of_forecasts({"quantiles": [0.05, 0.5, 0.95], "cases": CASES})
    assert [row["crps_ens"] for row in found["rows"]] == pytest.approx([0.75, 54.0, 1.0 / 9.0])
    assert [row["crps_fair"] for row in found["rows"]] == pytest.approx([1.0 / 3.0, 48.0, 0.0], abs=1e-12)
    gauss = [0.467389954510218, 55.9699099318234, 0.233694977255109]
    assert [row["crps_gauss"] for row in found["rows"]] == pytest.approx(gauss, rel=1e-12)
    assert found["rows"][1]["pinball"] == pytest.approx({"0.05": 7.70092066064, "0.5": 40.0, "0.95": 5.68250744782})
    assert found["mean_crps_gauss"] == pytest.approx(18.8903316211963)


def test_pairs_are_counted_as_they_are_defined():
    values, seen = np.random.default_rng(3).normal(size=37), 0.3
    pairs = np.abs(values[:, None] - values[None, :]).sum()
    exact = np.abs(values - seen).mean() - pairs / (2 * 37 * 37)
    assert crps_of_ensemble(values, seen) == pytest.approx(exact, rel=1e-12)


def test_a_large_ensemble_scores_as_its_distribution():
    drawn = 3.0 + 2.0 * normals(1, 1, scenario_ids(0, 200_000))
    assert crps_of_ensemble(drawn, 4.0, fair=True) == pytest.approx(crps_of_normal(3.0, 2.0, 4.0), rel=0.01)
    seen = 3.0 + 2.0 * normals(2, 1, scenario_ids(0, 2000))
    assert uniformity([place_of_normal(3.0, 2.0, one) for one in seen]) > 0.01
    assert uniformity([place_of_normal(4.0, 2.0, one) for one in seen]) < 1e-9
    low, high = (normal_quantile(3.0, 2.0, share) for share in (0.05, 0.95))
    assert coverage([low] * 2000, [high] * 2000, seen) == pytest.approx(0.9, abs=0.02)


def test_a_perfect_forecast_scores_nothing():
    assert crps_of_ensemble([5.0], 5.0) == crps_of_normal(5.0, 0.0, 5.0) == pinball(5.0, 0.3, 5.0) == 0.0
    assert skill(0.0, 2.0) == 1.0


def test_a_fair_score_of_one_value_is_refused():
    with pytest.raises(ValueError, match="two values"):
        crps_of_ensemble([5.0], 5.0, fair=True)
