"""Sums of a random number of losses on a grid: by recursion and by transform, which must agree.

These are cross-sections of a year, not formulas of one scenario: they run on arrays, and what they find enters the model
of the rules as given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Masses = NDArray[np.float64]
"""Probabilities on a grid: entry k is that of k units."""


class LossSource(NamedTuple):
    """One source of losses: how many a year, how clustered, the sizes of each on the grid, and whether it exists at all.

    `variance_to_mean` is 1 for a Poisson number and more where losses come in clusters (negative binomial).
    """

    per_year: float
    variance_to_mean: float
    sizes: Masses
    probability: float = 1.0


def sizes_on_grid(units: Sequence[float], shares: Sequence[float], cap: float = np.inf) -> Masses:
    """Sizes of a loss as masses on the grid; a size between two points is split between them, keeping its mean.

    What lies above the cap counts at the cap. Source: Gerber 1982 (discretisation that keeps the first moment).

    >>> sizes_on_grid([0.5, 2.0, 9.0], [0.2, 0.5, 0.3], cap=3.0).tolist()
    [0.1, 0.1, 0.5, 0.3]
    """
    held = [min(one, cap) for one in units]
    masses = np.zeros(int(np.ceil(max(held, default=0.0))) + 2)
    for size, share in zip(held, shares, strict=True):
        below = int(size)
        above = size - below
        masses[below] += share * (1.0 - above)
        masses[below + 1] += share * above
    used = np.flatnonzero(masses)
    return masses[: used[-1] + 1] if used.size else masses[:1]


def by_recursion(source: LossSource, points: int) -> Masses:
    """The sum of the losses of one source, by Panjer's recursion.

        g[0] = P(f[0]),  g[s] = sum over k = 1..s of (a + b k / s) f[k] g[s - k] / (1 - a f[0])

    Poisson: a = 0, b = losses a year. Negative binomial: a = 1 - 1 / variance to mean, b = (size - 1) a.
    Source: Panjer 1981.

    >>> round(float(by_recursion(LossSource(0.5, 1.0, np.array([0.0, 1.0])), 3)[1]), 6)
    0.303265
    """
    a, b, none = _panjer_class(source)
    size = source.sizes[:points]
    steps = np.flatnonzero(size[1:]) + 1
    weights = size[steps]
    found = np.zeros(points)
    found[0] = none
    scale = 1.0 / (1.0 - a * size[0])
    for total in range(1, points):
        reach = np.searchsorted(steps, total, side="right")
        k = steps[:reach]
        found[total] = scale * np.dot((a + b * k / total) * weights[:reach], found[total - k])
    return _mixed(found, source.probability)


class TransformedSource(NamedTuple):
    """A source of losses whose sizes are transformed already, so that the transform serves other frequencies too."""

    per_year: float
    variance_to_mean: float
    transformed: NDArray[np.complex128]
    probability: float


def transformed(sizes: Masses, points: int) -> NDArray[np.complex128]:
    """The Fourier transform of the sizes of a loss on a grid of so many points."""
    return np.asarray(np.fft.rfft(sizes[:points], points), dtype=np.complex128)


def summed(sources: Sequence[LossSource], points: int) -> Masses:
    """The sum of the losses of several independent sources, by the fast Fourier transform.

        g = inverse transform of the product of P(transform of f)

    What lies beyond the grid is folded back onto it, so the grid must be long enough. Source: Heckman and Meyers 1983.

    >>> one = LossSource(0.5, 1.0, np.array([0.0, 1.0]))
    >>> both = summed((one, one), 64)
    >>> bool(np.abs(both - by_recursion(one._replace(per_year=1.0), 64)).max() < 1e-15)
    True
    """
    ready = [
        TransformedSource(one.per_year, one.variance_to_mean, transformed(one.sizes, points), one.probability)
        for one in sources
    ]
    return summed_transformed(ready, points)


def summed_transformed(sources: Sequence[TransformedSource], points: int) -> Masses:
    """The sum of the losses of several independent sources with transformed sizes; as `summed`.

    Sources of a Poisson number that surely exist are one source: their exponents are added.
    """
    exponent = np.zeros(points // 2 + 1, dtype=np.complex128)
    others = np.ones(points // 2 + 1, dtype=np.complex128)
    for one in sources:
        excess = one.variance_to_mean - 1.0
        if excess < _POISSON and one.probability == 1.0:
            exponent += one.per_year * (one.transformed - 1.0)
            continue
        if excess < _POISSON:
            found = np.exp(one.per_year * (one.transformed - 1.0))
        else:
            a, size = excess / (1.0 + excess), one.per_year / excess
            found = ((1.0 - a) / (1.0 - a * one.transformed)) ** size
        others = others * ((1.0 - one.probability) + one.probability * found)
    return np.maximum(np.fft.irfft(np.exp(exponent) * others, points), 0.0)


def summed_by_recursion(sources: Sequence[LossSource], points: int) -> Masses:
    """The sum of the losses of several independent sources, each by recursion, then convolved.

    >>> source = LossSource(0.5, 2.0, np.array([0.0, 0.6, 0.4]), 0.7)
    >>> bool(np.abs(summed((source, source), 256) - summed_by_recursion((source, source), 256)).max() < 1e-12)
    True
    """
    found = np.zeros(points)
    found[0] = 1.0
    for source in sources:
        found = np.convolve(found, by_recursion(source, points))[:points]
    return found


class _Panjer(NamedTuple):
    """The two constants of the recursion and the chance of no loss."""

    a: float
    b: float
    none: float


_POISSON = 1e-9


def _panjer_class(source: LossSource) -> _Panjer:
    first, excess = float(source.sizes[0]), source.variance_to_mean - 1.0
    if excess < _POISSON:
        return _Panjer(0.0, source.per_year, float(np.exp(-source.per_year * (1.0 - first))))
    a, size = excess / (1.0 + excess), source.per_year / excess
    return _Panjer(a, (size - 1.0) * a, float(((1.0 - a) / (1.0 - a * first)) ** size))


def _mixed(masses: Masses, probability: float) -> Masses:
    found = probability * masses
    found[0] += 1.0 - probability
    return found
