"""Distributions as functions of a standard normal number: the value below which its share of probability lies.

    value = quantile(Phi(z))

so that correlated normals give correlated values, and one normal gives the same value whatever else is drawn.
Arrays in, arrays out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError
from overbuild.world.drivers.beta_quantile import beta_quantile, odds_table

Row: TypeAlias = NDArray[np.float64]
Quantile: TypeAlias = Callable[[Row], Row]
"""A distribution: its values for standard normal numbers."""

_FARTHEST = 38.0
"""Beyond so many standard deviations lies less probability than the smallest float."""


def _special() -> Any:
    from scipy import special

    return special


def shares_of(z: Row) -> Row:
    """Share of probability below standard normal numbers.

    >>> shares_of(np.array([0.0])).tolist()
    [0.5]
    """
    return _special().ndtr(z)


def scores_of(u: Row) -> Row:
    """Standard normal numbers below which shares of probability lie.

    >>> scores_of(np.array([0.5])).tolist()
    [0.0]
    """
    return _special().ndtri(u)


def normal(mean: float, sd: float) -> Quantile:
    """Normal: mean + sd x z.

    >>> normal(2.0, 0.5)(np.array([0.0, 2.0])).tolist()
    [2.0, 3.0]
    """
    return lambda z: mean + sd * z


def lognormal(median: float, log_sd: float, shift: float = 0.0) -> Quantile:
    """Lognormal: shift + median x exp(log_sd x z); three quantiles need the shift, which is 0 otherwise.

    >>> lognormal(2.0, 0.5)(np.array([0.0, 1.0])).round(4).tolist()
    [2.0, 3.2974]
    """
    return lambda z: shift + median * np.exp(log_sd * z)


def uniform(low: float, high: float) -> Quantile:
    """Uniform between two values.

    >>> uniform(1.0, 3.0)(np.array([0.0])).tolist()
    [2.0]
    """
    return lambda z: low + (high - low) * shares_of(z)


def triangular(low: float, mode: float, high: float) -> Quantile:
    """Triangular: its density rises in a line from low to mode and falls in one to high.

        value = low + sqrt(u (high - low) (mode - low))             up to the mode
              = high - sqrt((1 - u) (high - low) (high - mode))     beyond

    >>> triangular(0.0, 1.0, 2.0)(np.array([0.0])).tolist()
    [1.0]
    """

    def values(z: Row) -> Row:
        up = low + np.sqrt(shares_of(z) * (high - low) * (mode - low))
        down = high - np.sqrt(shares_of(-z) * (high - low) * (high - mode))
        return np.where(shares_of(z) * (high - low) <= mode - low, up, down)

    return values


def pert(low: float, mode: float, high: float) -> Quantile:
    """Beta as in PERT: between low and high, its mean weighs the mode four times.

        a = 1 + 4 (mode - low) / (high - low);  b = 1 + 4 (high - mode) / (high - low)

    Source: D. G. Malcolm and others, "Application of a Technique for R and D Program Evaluation", 1959.

    >>> pert(0.0, 1.0, 2.0)(np.array([0.0])).round(12).tolist()
    [1.0]
    """
    spread = high - low
    table = odds_table(1.0 + 4.0 * (mode - low) / spread, 1.0 + 4.0 * (high - mode) / spread)
    return lambda z: low + spread * beta_quantile(table, z)


def discrete(values: Sequence[float], shares: Sequence[float]) -> Quantile:
    """One of some values, the lowest first.

    >>> discrete([0.0, 5.0], [0.7, 0.3])(np.array([0.0, 1.0])).tolist()
    [0.0, 5.0]
    """
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(np.asarray(shares, dtype=float)[order])[:-1]
    ordered = np.asarray(values, dtype=float)[order]
    return lambda z: ordered[np.searchsorted(ends, shares_of(z), side="right")]


def empirical(at: Sequence[float], quantiles: Sequence[float]) -> Quantile:
    """A monotone spline through quantiles, over the normal scale; beyond the outermost it goes on in a line.

    Source: F. N. Fritsch and J. Butland, "A method for constructing local monotone piecewise cubic interpolants", 1984.

    >>> spread = empirical([0.05, 0.5, 0.95], [1.0, 2.0, 4.0])
    >>> spread(scores_of(np.array([0.05, 0.5, 0.95]))).round(12).tolist()
    [1.0, 2.0, 4.0]
    """
    from scipy.interpolate import PchipInterpolator

    scores = scores_of(np.asarray(at, dtype=float))
    spline: Any = PchipInterpolator(scores, np.asarray(quantiles, dtype=float))
    low, high = (float(one) for one in spline.derivative()(scores[[0, -1]]))

    def values(z: Row) -> Row:
        inside: Row = np.clip(z, scores[0], scores[-1])
        between: Row = spline(inside)
        return between + np.where(z < inside, low, high) * (z - inside)

    return values


def truncated(values: Quantile, at_least: float | None, at_most: float | None) -> Quantile:
    """A distribution without what lies outside its limits; the rest is scaled up to a probability of 1.

    Raises InputError (`unfittable`) where next to nothing lies between them.

    >>> half = truncated(normal(0.0, 1.0), 0.0, None)
    >>> half(np.array([0.0])).round(6).tolist()
    [0.67449]
    """
    low = -_FARTHEST if at_least is None else _score_at(values, at_least)
    high = _FARTHEST if at_most is None else _score_at(values, at_most)
    below, above = float(shares_of(np.array([low]))[0]), float(shares_of(np.array([-high]))[0])
    kept = 1.0 - below - above
    if kept <= 1e-6:
        raise InputError("unfittable", "at_least", at_least, "next to nothing of the distribution lies in its limits")

    def within(z: Row) -> Row:
        # from the nearer end, so that neither tail loses its digits
        left = scores_of(below + kept * shares_of(z))
        right = -scores_of(above + kept * shares_of(-z))
        return _held(values(np.where(z < 0.0, left, right)), at_least, at_most)

    return within


def _held(row: Row, low: float | None, high: float | None) -> Row:
    """Rounding may step over a limit by a digit."""
    row = row if low is None else np.maximum(row, low)
    return row if high is None else np.minimum(row, high)


def _score_at(values: Quantile, limit: float) -> float:
    """The standard normal number at which a distribution reaches a limit, by halving."""
    low, high = -_FARTHEST, _FARTHEST
    with np.errstate(over="ignore"):
        for _ in range(200):
            middle = 0.5 * (low + high)
            below = float(values(np.array([middle]))[0]) < limit
            low, high = (middle, high) if below else (low, middle)
    return 0.5 * (low + high)
