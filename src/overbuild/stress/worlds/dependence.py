"""Numbers that move together: Gaussian and t copula over the constants of a scenario.

A copula takes independent standard normal numbers and gives uniform ones whose dependence is that of the correlation:
what a driver is worth is then the quantile of its own distribution at its uniform number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from overbuild.errors import InputError
from overbuild.stress.worlds.draws import Row

_TOLERANCE = 1e-10


def loadings_of(correlation: Sequence[Sequence[float]] | Row) -> Row:
    """The lower triangle whose product with its transpose is the correlation: row i says what driver i is made of.

    A driver that others determine (a singular matrix) has no part of its own. Raises InputError (`corr_not_psd`) where
    an eigenvalue lies below -1e-10.

    >>> loadings_of([[1.0, 0.6], [0.6, 1.0]]).round(9).tolist()
    [[1.0, 0.0], [0.6, 0.8]]
    >>> loadings_of([[1.0, 1.0], [1.0, 1.0]]).tolist()
    [[1.0, 0.0], [1.0, 0.0]]
    """
    wanted = np.asarray(correlation, dtype=float)
    least = float(np.linalg.eigvalsh(wanted).min()) if wanted.size else 0.0
    if least < -_TOLERANCE:
        hint = "must be positive semidefinite; its least eigenvalue is below 0"
        raise InputError("corr_not_psd", "drivers.correlation", least, hint)
    found = np.zeros_like(wanted)
    for row in range(len(wanted)):
        for column in range(row):
            own = found[column, column]
            left = wanted[row, column] - found[row, :column] @ found[column, :column]
            found[row, column] = left / own if own > 0.0 else 0.0
        rest = wanted[row, row] - found[row, :row] @ found[row, :row]
        found[row, row] = np.sqrt(rest) if rest > _TOLERANCE else 0.0
    return found


def correlated(independent: Row, loadings: Row) -> Row:
    """Correlated normal numbers from independent ones, both (driver, scenario).

    >>> correlated(np.array([[1.0], [2.0]]), loadings_of([[1.0, 0.6], [0.6, 1.0]])).round(9).tolist()
    [[1.0], [2.2]]
    """
    found = np.zeros_like(independent)
    for row, parts in enumerate(loadings):
        for column in np.flatnonzero(parts):
            found[row] += parts[column] * independent[column]
    return found


def gaussian_copula(normal: Row) -> Row:
    """Uniform numbers of correlated normal ones.

    >>> gaussian_copula(np.array([[0.0, 1.959963984540054]])).round(6).tolist()
    [[0.5, 0.975]]
    """
    from scipy.special import ndtr

    return np.asarray(ndtr(normal), dtype=np.float64)


def t_copula(normal: Row, mixing: Row, freedom: float) -> Row:
    """Uniform numbers of correlated normal ones that share one scale a scenario: extremes come together.

    `mixing` are uniform numbers, one a scenario, independent of the normal ones.

        t = normal / sqrt(chi2 / freedom), chi2 the quantile of the chi-square distribution at the mixing number

    Source: A. McNeil, R. Frey, P. Embrechts, "Quantitative Risk Management" (2015), section 7.3.

    >>> t_copula(np.array([[0.0], [0.0]]), np.array([0.3]), 4.0).tolist()
    [[0.5], [0.5]]
    """
    from scipy.special import chdtri, stdtr

    scale = np.sqrt(chdtri(freedom, 1.0 - mixing) / freedom)
    return np.asarray(stdtr(freedom, normal / scale), dtype=np.float64)
