"""Numbers that move together: Gaussian and t copula over the constants of a scenario.

A copula takes independent standard normal numbers and gives uniform ones whose dependence is that of the correlation:
what a driver is worth is then the quantile of its own distribution at its uniform number.
"""

from __future__ import annotations

import numpy as np

from overbuild.stress.worlds.draws import Row


def correlated(independent: Row, loadings: Row) -> Row:
    """Correlated normal numbers, a row each of the loadings, from independent ones: row i of them is what i is made of.

    Both are (driver, scenario); there may be more independent ones than correlated.

    >>> correlated(np.array([[1.0], [2.0]]), np.array([[1.0, 0.0], [0.6, 0.8]])).round(9).tolist()
    [[1.0], [2.2]]
    """
    found = np.zeros((len(loadings), independent.shape[1]))
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
