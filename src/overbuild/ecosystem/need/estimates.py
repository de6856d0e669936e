"""Estimates that are ranges: a lognormal from a low and a high end, and the sum of several that move together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

from overbuild.errors import InputError, raise_all

Z_90 = NormalDist().inv_cdf(0.9)
"""The 90% point of the normal: low and high are the 10% and 90% points of the estimate."""


class Estimate(NamedTuple):
    """A range that holds the figure with 80% probability: 10% lie below `low`, 10% above `high`."""

    name: str
    low: float
    high: float


class Lognormal(NamedTuple):
    """The estimate as a distribution: median exp(mu), spread sigma; sigma is 0 for a figure that is exact."""

    mu: float
    sigma: float

    @property
    def mean(self) -> float:
        """exp(mu + sigma^2 / 2)."""
        return math.exp(self.mu + self.sigma**2 / 2.0)

    @property
    def median(self) -> float:
        """exp(mu)."""
        return math.exp(self.mu)


class SumOfEstimates(NamedTuple):
    """Mean and standard deviation of a sum, and its 10%, 50% and 90% points by simulation."""

    mean: float
    sd: float
    low: float
    median: float
    high: float


def lognormal(estimate: Estimate) -> Lognormal:
    """The lognormal whose 10% and 90% points are the ends of the range.

        mu = (ln low + ln high) / 2,   sigma = (ln high - ln low) / (2 z_0.9)

    Equal ends give an exact figure (sigma 0). Source: standard.

    >>> round(lognormal(Estimate("w", 110.0, 150.0)).median, 6)
    128.452326
    """
    log_low, log_high = math.log(estimate.low), math.log(estimate.high)
    return Lognormal((log_low + log_high) / 2.0, (log_high - log_low) / (2.0 * Z_90))


def moments(estimates: Sequence[Estimate], rho: float) -> tuple[float, float]:
    """Mean and standard deviation of the sum under one common correlation of the logarithms.

        mean = sum of M_i,   variance = sum over i, j of M_i M_j (exp(rho_ij sigma_i sigma_j) - 1)

    with M_i the means and rho_ii = 1. Source: standard lognormal moments.
    Raises as `check_estimates`.

    >>> mean, sd = moments([Estimate("w", 110.0, 150.0), Estimate("y", 60.0, 72.0)], 0.4)
    >>> round(mean, 4), round(sd, 4)
    (195.2894, 18.1056)
    """
    check_estimates(estimates, rho)
    parts = [lognormal(estimate) for estimate in estimates]
    variance = 0.0
    for i, a in enumerate(parts):
        for j, b in enumerate(parts):
            correlation = 1.0 if i == j else rho
            variance += a.mean * b.mean * math.expm1(correlation * a.sigma * b.sigma)
    return sum(part.mean for part in parts), math.sqrt(max(variance, 0.0))


def sum_of_estimates(
    estimates: Sequence[Estimate], rho: float, *, draws: int = 40_000, seed: int = 20260117
) -> SumOfEstimates:
    """The sum's mean and spread in closed form, and its 10%, 50% and 90% points by a seeded simulation.

    One Gaussian copula with the same correlation between every pair. The same seed gives every digit again.
    Raises as `check_estimates`.
    """
    import numpy as np

    mean, sd = moments(estimates, rho)
    parts = [lognormal(estimate) for estimate in estimates]
    n = len(parts)
    correlation = np.full((n, n), rho)
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    normals = np.random.default_rng(seed).standard_normal((draws, n)) @ root.T
    mu = np.array([part.mu for part in parts])
    sigma = np.array([part.sigma for part in parts])
    low, median, high = np.quantile(np.exp(mu + sigma * normals).sum(axis=1), [0.1, 0.5, 0.9])
    return SumOfEstimates(mean, sd, float(low), float(median), float(high))


def check_estimates(estimates: Sequence[Estimate], rho: float) -> None:
    """Raise every fault at once: `missing`, `bad_interval` (not 0 < low <= high), `rho_out_of_range`."""
    faults: list[InputError] = []
    if not estimates:
        faults.append(InputError("missing", "estimates", None, "a sum needs at least one estimate"))
    for one in estimates:
        if not (0 < one.low <= one.high and math.isfinite(one.high)):
            hint = "an interval has 0 < low <= high"
            faults.append(InputError("bad_interval", one.name, f"{one.low}..{one.high}", hint))
    least = -1.0 / (len(estimates) - 1) if len(estimates) > 1 else -1.0
    if not least <= rho <= 1:
        hint = f"a common correlation of {len(estimates)} estimates lies in {least:.4g}..1"
        faults.append(InputError("rho_out_of_range", "rho", rho, hint))
    raise_all(faults)
