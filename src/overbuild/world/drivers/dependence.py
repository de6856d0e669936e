"""How drivers move together: the correlations of the normals behind them, and what they mean for defaults."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError

Matrix: TypeAlias = NDArray[np.float64]

ROUNDING = 1e-10
"""A matrix whose lowest eigenvalue is below minus this is the correlation of nothing."""

_STEPS = 500


def gaussian_of_spearman(rank: float) -> float:
    """Correlation of two normals whose ranks are so correlated: 2 sin(pi rank / 6).

    Source: K. Pearson, "On further methods of determining correlation", 1907.

    >>> gaussian_of_spearman(1.0), round(gaussian_of_spearman(0.5), 6)
    (1.0, 0.517638)
    """
    return 1.0 if rank == 1.0 else 2.0 * math.sin(math.pi * rank / 6.0)


class Pair(NamedTuple):
    """Two names and the correlation of the normals behind them."""

    one: str
    other: str
    value: float


def correlation_matrix(names: Sequence[str], pairs: Sequence[Pair]) -> Matrix:
    """The correlation matrix of names; a pair that is not named is not correlated. Other names are left out.

    Raises InputError `corr_not_psd` where no numbers can be so correlated, with the nearest matrix in its hint.

    >>> correlation_matrix(["a", "b"], [Pair("a", "b", 0.5)]).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    >>> odd = [Pair("a", "b", 0.9), Pair("b", "c", 0.9), Pair("a", "c", -0.9)]
    >>> correlation_matrix(["a", "b", "c"], odd)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    overbuild.errors.InputError: correlations: no drivers can move together so: ... a and b 0.5 (was 0.9), ...
    """
    place = {name: number for number, name in enumerate(names)}
    matrix = np.eye(len(names))
    for one, other, value in pairs:
        if one in place and other in place:
            matrix[place[one], place[other]] = matrix[place[other], place[one]] = value
    lowest = float(np.linalg.eigvalsh(matrix)[0]) if len(names) else 1.0
    if lowest >= -ROUNDING:
        return matrix
    near = _as_written(nearest_correlation(matrix))
    moved = [
        f"{names[row]} and {names[column]} {near[row, column]:.4g} (was {matrix[row, column]:g})"
        for row in range(len(names))
        for column in range(row + 1, len(names))
        if abs(near[row, column] - matrix[row, column]) > 5e-5
    ]
    hint = (
        f"no drivers can move together so: the lowest eigenvalue is {lowest:.3g}. The nearest correlations are "
        f"{', '.join(moved)}; write them, or others"
    )
    raise InputError("corr_not_psd", "correlations", round(lowest, 6), hint)


def nearest_correlation(matrix: Matrix) -> Matrix:
    """The correlation matrix that is nearest to a symmetric one, by the sum of squared differences.

    Projections in turn on matrices without negative eigenvalues and on those with ones on the diagonal, with Dykstra's
    correction. Source: N. J. Higham, "Computing the nearest correlation matrix - a problem from finance", 2002.

    >>> near = nearest_correlation(np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]))
    >>> near.round(4).tolist()
    [[1.0, 0.5, -0.5], [0.5, 1.0, 0.5], [-0.5, 0.5, 1.0]]
    """
    found, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_STEPS):
        shifted = found - correction
        values, vectors = np.linalg.eigh(shifted)
        without = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = without - shifted
        before, found = found, without.copy()
        np.fill_diagonal(found, 1.0)
        if float(np.max(np.abs(found - before))) < 1e-14:
            break
    # what rounding leaves below 0 is lifted, so that the offer itself is accepted
    values, vectors = np.linalg.eigh(found)
    lifted = (vectors * np.maximum(values, 0.0)) @ vectors.T
    scale = 1.0 / np.sqrt(np.diag(lifted))
    return lifted * np.outer(scale, scale)


def mixing(matrix: Matrix) -> Matrix:
    """The lower triangle L of a correlation matrix: L times independent normals gives correlated ones.

    A driver that is a mix of those before it has 0 on the diagonal. Source: standard, Cholesky.

    >>> mixing(np.array([[1.0, 0.6], [0.6, 1.0]])).tolist()
    [[1.0, 0.0], [0.6, 0.8]]
    """
    size = len(matrix)
    lower = np.zeros((size, size))
    for row in range(size):
        for column in range(row + 1):
            left = matrix[row, column] - float(lower[row, :column] @ lower[column, :column])
            if row == column:
                lower[row, row] = math.sqrt(left) if left > ROUNDING else 0.0
            elif lower[column, column] > 0.0:
                lower[row, column] = left / lower[column, column]
    return lower


def _as_written(near: Matrix) -> Matrix:
    """A matrix in four digits that is still a correlation: drawn towards 0 by as little as that takes."""
    for drawn in (0.0, *(10.0**power for power in (-4.0, -3.5, -3.0, -2.5, -2.0))):
        written = np.round(near * (1.0 - drawn), 4)
        np.fill_diagonal(written, 1.0)
        if float(np.linalg.eigvalsh(written)[0]) >= -ROUNDING:
            return written
    return near


class JointDefault(NamedTuple):
    """Probability that both of two default, and the correlation of the two events."""

    both: float
    correlation: float


def joint_default(first: float, second: float, rho: float) -> JointDefault:
    """Two defaults whose thresholds are passed by normals with correlation rho.

        both        = p q + integral from 0 to rho of the density of (Phi^-1(p), Phi^-1(q)) at each correlation
        correlation = (both - p q) / sqrt(p (1 - p) q (1 - q))

    Valid: 0 < p, q < 1 and -1 < rho < 1. Source: R. L. Plackett, "A reduction formula for normal multivariate
    integrals", 1954.

    >>> round(joint_default(0.04, 0.07, 0.35).both, 9), round(joint_default(0.5, 0.5, 0.5).both, 9)
    (0.008898517, 0.333333333)
    """
    from scipy.integrate import quad
    from scipy.special import ndtri

    h, k = float(ndtri(first)), float(ndtri(second))

    def density(angle: float) -> float:
        # r = sin(angle), so that the root in the density falls away
        r = math.sin(angle)
        return math.exp(-(h * h - 2.0 * r * h * k + k * k) / (2.0 * (1.0 - r * r))) / (2.0 * math.pi)

    integral: Any = quad(density, 0.0, math.asin(rho), epsabs=1e-14, epsrel=1e-12)
    both = first * second + float(integral[0])
    scale = math.sqrt(first * (1.0 - first) * second * (1.0 - second))
    return JointDefault(both, (both - first * second) / scale)


def large_pool_quantile(probability: float, rho: float, level: float) -> float:
    """Share of a large pool of equal debtors that defaults in the worst cases, which are rarer than 1 - level.

        Phi((Phi^-1(p) + sqrt(rho) Phi^-1(level)) / sqrt(1 - rho))

    Source: O. Vasicek, "The distribution of loan portfolio value", Risk, 2002.

    >>> round(large_pool_quantile(0.04, 0.35, 0.999), 6)
    0.5383
    """
    from scipy.special import ndtr, ndtri

    score = (float(ndtri(probability)) + math.sqrt(rho) * float(ndtri(level))) / math.sqrt(1.0 - rho)
    return float(ndtr(score))


def both_below_median(rho: float) -> float:
    """Probability that two normals are both below 0: 1/4 + asin(rho) / (2 pi). Source: W. F. Sheppard, 1899.

    >>> both_below_median(0.0), round(both_below_median(0.35), 6)
    (0.25, 0.306909)
    """
    return 0.25 + math.asin(rho) / (2.0 * math.pi)
