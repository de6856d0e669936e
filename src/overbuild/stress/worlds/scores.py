"""How good a forecast of a distribution was, once what it spoke of is known. All scores are 0 at best.

Sources: T. Gneiting, A. Raftery, "Strictly proper scoring rules, prediction, and estimation" (2007); C. Ferro, "Fair
scores for ensemble forecasts" (2014) for the fair version.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from overbuild.stress.worlds.draws import Row


def crps_of_ensemble(ensemble: Sequence[float] | Row, observed: float, *, fair: bool = False) -> float:
    """The continuous ranked probability score of equally likely values, in their unit.

        crps = mean |x - observed| - sum over pairs |x - x'| / (2 m^2);  fair: / (2 m (m - 1))

    The fair score does not reward an ensemble for being small; of one value it is not defined (ValueError).

    >>> crps_of_ensemble([1.0, 2.0, 4.0, 7.0], 3.0), round(crps_of_ensemble([1.0, 2.0, 4.0, 7.0], 3.0, fair=True), 6)
    (0.75, 0.333333)
    >>> crps_of_ensemble([3.0, 3.0], 3.0)
    0.0
    """
    values = np.sort(np.asarray(ensemble, dtype=float))
    many = len(values)
    if many < (2 if fair else 1):
        raise ValueError("a fair score needs two values, any other one")
    # the sum over all ordered pairs of |x - x'|, from the ranks
    apart = 2.0 * float(((2.0 * np.arange(1, many + 1) - many - 1.0) * values).sum())
    pairs = many * (many - 1) if fair else many * many
    return float(np.abs(values - observed).mean()) - apart / (2.0 * pairs)


def crps_of_normal(mean: float, deviation: float, observed: float) -> float:
    """The continuous ranked probability score of a normal forecast, in its unit.

        crps = sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)),  z = (observed - mean) / sd;  |observed - mean| at sd 0

    >>> round(crps_of_normal(0.0, 1.0, 0.0), 9), crps_of_normal(5.0, 0.0, 3.0)
    (0.233694977, 2.0)
    """
    if deviation == 0.0:
        return abs(observed - mean)
    z = (observed - mean) / deviation
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return deviation * (z * math.erf(z / math.sqrt(2.0)) + 2.0 * density - 1.0 / math.sqrt(math.pi))


def pinball(forecast: float, share: float, observed: float) -> float:
    """The loss of a forecast quantile, in its unit: (q - [observed below it]) (observed - forecast).

    >>> round(pinball(100.0, 0.25, 110.0), 9), round(pinball(100.0, 0.25, 90.0), 9)
    (2.5, 7.5)
    """
    return max(share * (observed - forecast), (share - 1.0) * (observed - forecast))


def place_of_normal(mean: float, deviation: float, observed: float) -> float:
    """The share of a normal forecast that lies below what was observed (its PIT value).

    Many of them are uniform where forecasts are right.

    >>> place_of_normal(3.0, 2.0, 3.0), round(place_of_normal(0.0, 1.0, 1.959963985), 6)
    (0.5, 0.975)
    """
    return 0.5 * math.erfc((mean - observed) / (deviation * math.sqrt(2.0)))


def normal_quantile(mean: float, deviation: float, share: float) -> float:
    """The value below which a normal forecast sees this share.

    >>> round(normal_quantile(3.0, 2.0, 0.05), 6)
    -0.289707
    """
    from scipy.special import ndtri

    return mean + deviation * float(ndtri(share))


def uniformity(places: Sequence[float] | Row) -> float:
    """The probability that uniform numbers lie as unevenly as these places do: the Kolmogorov-Smirnov test.

    >>> round(uniformity([0.1, 0.3, 0.5, 0.7, 0.9]), 3), uniformity([0.01] * 20) < 1e-6
    (1.0, True)
    """
    from scipy.special import smirnov

    row = np.sort(np.asarray(places, dtype=float))
    many = len(row)
    ranks = np.arange(1, many + 1)
    apart = float(max((ranks / many - row).max(), (row - (ranks - 1) / many).max()))
    return min(1.0, 2.0 * float(smirnov(many, apart)))


def coverage(lows: Sequence[float], highs: Sequence[float], observed: Sequence[float]) -> float:
    """The share of what was observed that lies in its interval, ends included.

    >>> coverage([0.0, 0.0], [1.0, 1.0], [1.0, 3.0])
    0.5
    """
    inside = [low <= one <= high for low, high, one in zip(lows, highs, observed, strict=True)]
    return sum(inside) / len(inside)


def skill(score: float, of_baseline: float) -> float:
    """How much better than a baseline, such as the last guidance: 1 - score / score of the baseline; 0 where both are 0.

    >>> skill(3.0, 4.0), skill(0.0, 0.0)
    (0.25, 0.0)
    """
    if of_baseline == 0.0:
        return 0.0 if score == 0.0 else -math.inf
    return 1.0 - score / of_baseline
