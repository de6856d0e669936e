"""How closely the names of a panel move together, and how far apart: statistics of one panel, or of many at once.

A panel is an array of log returns, days down and names across; before these two axes may stand any others, so that the
draws of a bootstrap are measured in one call. A return that is missing is NaN: each pair of names is measured on the days
that both have, and nothing is filled. A statistic that does not exist, such as that of a constant row, is NaN.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


def correlations(returns: Floats) -> Floats:
    """Pearson correlation of every pair of names, over the days that both have.

        correlation[i, j] = covariance[i, j] / sqrt(variance[i] variance[j]), all over the days of the pair

    Valid: two days or more a pair; NaN where one of the two does not move. Source: standard (Pearson); pairwise complete.

    >>> correlations(np.array([[0.01, 0.02], [0.03, 0.06], [0.02, 0.04]])).round(12).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    >>> float(correlations(np.array([[0.01, -0.02], [0.03, 0.01], [0.02, -0.01]]))[0, 1].round(6))
    0.981981
    """
    there = ~np.isnan(returns)
    kept = there.astype(np.float64)
    near = np.where(there, returns, 0.0)
    level = near.sum(axis=-2, keepdims=True) / np.maximum(kept.sum(axis=-2, keepdims=True), 1.0)
    moved = np.where(there, returns - level, 0.0)
    over, own = moved.swapaxes(-1, -2), (moved**2).sum(axis=-2)[..., None]
    if there.all():
        covariance, variance = over @ moved, np.broadcast_to(own, (*own.shape[:-1], returns.shape[-1]))
    else:
        days, first = np.maximum(kept.swapaxes(-1, -2) @ kept, 1.0), over @ kept
        covariance = over @ moved - first * first.swapaxes(-1, -2) / days
        variance = (moved**2).swapaxes(-1, -2) @ kept - first**2 / days
    scale = np.sqrt(np.maximum(variance, 0.0) * np.maximum(variance.swapaxes(-1, -2), 0.0))
    moves = variance > _STILL * np.maximum((near**2).sum(axis=-2)[..., None], _TINY)
    known = moves & moves.swapaxes(-1, -2)
    found = np.where(known, covariance / np.where(known, scale, 1.0), np.nan)
    return np.clip(found, -1.0, 1.0)


_STILL = 1e-14
"""A name whose variance is below this share of its mean square does not move: what is left of it is rounding."""
_TINY = 1e-300


def average_correlation(pairs: Floats) -> Floats:
    """Average correlation of the pairs of names.

        average_correlation = sum over i < j of correlation[i, j] / (names (names - 1) / 2)

    Valid: two names or more. Source: standard; Solnik & Roulet (2000), Financial Analysts Journal 56(1).

    >>> float(average_correlation(np.array([[1.0, 0.5, 0.2], [0.5, 1.0, 0.2], [0.2, 0.2, 1.0]])).round(12))
    0.3
    """
    names = pairs.shape[-1]
    diagonal = np.trace(pairs, axis1=-2, axis2=-1)
    return (pairs.sum(axis=(-1, -2)) - diagonal) / (names * (names - 1))


def pc1_share(pairs: Floats) -> Floats:
    """Share of the first principal component: how much of all movement one common direction explains.

        pc1_share = largest eigenvalue of the correlations / names

    Valid: 1 / names (nothing in common) to 1 (one direction); short windows raise it, so only windows of one length are
    compared. Source: Kritzman, Li, Page & Rigobon (2011), Journal of Portfolio Management 37(4), with one component.

    >>> float(pc1_share(np.array([[1.0, 0.5], [0.5, 1.0]])))
    0.75
    """
    known: NDArray[np.bool_] = np.asarray(~np.isnan(pairs).any(axis=(-1, -2), keepdims=True))
    sound = np.where(known, pairs, np.eye(pairs.shape[-1]))
    share = np.linalg.eigvalsh(sound)[..., -1] / pairs.shape[-1]
    return np.where(known[..., 0, 0], share, np.nan)


def cross_section_sd(returns: Floats) -> Floats:
    """Spread of the names on each day: their standard deviation (n - 1) across the panel.

        cross_section_sd = sqrt(sum over names of (return - mean of the day)^2 / (names - 1))

    Valid: a day with two names or more, else NaN. Source: standard; Solnik & Roulet (2000).

    >>> cross_section_sd(np.array([[0.01, 0.03], [0.02, 0.02]])).round(6).tolist()
    [0.014142, 0.0]
    """
    there = ~np.isnan(returns)
    names = there.sum(axis=-1)
    mean = np.where(there, returns, 0.0).sum(axis=-1) / np.maximum(names, 1)
    squares = np.where(there, returns - mean[..., None], 0.0) ** 2
    return np.where(names > 1, np.sqrt(squares.sum(axis=-1) / np.maximum(names - 1, 1)), np.nan)


def dispersion(returns: Floats) -> Floats:
    """Dispersion of a window: the mean over its days of the spread across names.

        dispersion = mean over days of cross_section_sd

    Valid: days on which fewer than two names have a return are left out. Source: ours, a convention: the mean of the days;
    the alternative is the spread on the last day of the window, which the rolling table shows.

    >>> float(dispersion(np.array([[0.01, 0.03], [0.02, 0.02]])).round(6))
    0.007071
    """
    spread = cross_section_sd(returns)
    there = ~np.isnan(spread)
    return np.where(there, spread, 0.0).sum(axis=-1) / np.maximum(there.sum(axis=-1), 1)


def volatility(returns: Floats) -> Floats:
    """Average volatility of a name: the mean over names of the standard deviation (n - 1) over days.

        volatility = mean over names of sqrt(sum over days of (return - mean of the name)^2 / (days - 1))

    Valid: two days or more a name. Source: standard.

    >>> float(volatility(np.array([[0.01, 0.02], [0.03, 0.02]])).round(6))
    0.007071
    """
    return np.nanstd(returns, axis=-2, ddof=1).mean(axis=-1)
