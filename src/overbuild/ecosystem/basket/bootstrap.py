"""Drawing days again in blocks: what two windows could have shown by chance.

Days are drawn whole, with all names of a day together, so that what names have in common on a day stays; and in blocks of
days that follow each other, so that what lasts from day to day stays within a block.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from overbuild.ecosystem.basket.comovement import Floats


def block_length(days: int) -> int:
    """Days in a block, where none is asked for.

        block_length = days ** (1/3), rounded; at least 1

    Source: Hall, Horowitz & Jing (1995), Biometrika 82(3): the order of the best length for a variance.

    >>> block_length(24), block_length(250)
    (3, 6)
    """
    return max(round(days ** (1.0 / 3.0)), 1)


def drawn_days(generator: np.random.Generator, *, length: int, of: int, block: int, draws: int) -> NDArray[np.intp]:
    """Places of `length` days drawn from `of` days in blocks, one row a draw; the day after the last is the first again.

    Valid: 1 <= block <= of. Source: Politis & Romano (1992), in Exploring the Limits of Bootstrap: the circular block
    bootstrap, by which every day is as likely as any other.

    >>> found = drawn_days(np.random.default_rng(1), length=5, of=8, block=3, draws=2)
    >>> found.shape, ((found[:, 1] - found[:, 0]) % 8).tolist()
    ((2, 5), [1, 1])
    """
    blocks = -(-length // block)
    starts = generator.integers(0, of, size=(draws, blocks, 1))
    places = (starts + np.arange(block)) % of
    return places.reshape(draws, blocks * block)[:, :length]


def interval(value: float, drawn: Floats, confidence: float) -> Floats:
    """The two ends of an interval: quantiles of the draws, moved by as much as the draws lie to one side of the value.

        share below = P(draw < value);  end = quantile of the draws at Phi(2 Phi^-1(share below) +- z)

    A draw repeats days, so it shows more in common than the days it is drawn from; without the move, an interval of the
    PC1 share would lie too high. Valid: confidence between 0 and 1; draws that are NaN do not count.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, 14.3: bias-corrected, without acceleration.

    >>> interval(50.0, np.arange(101.0), 0.9).round(9).tolist(), interval(40.0, np.arange(101.0), 0.9).round(1).tolist()
    ([5.0, 95.0], [1.6, 87.4])
    """
    known = drawn[~np.isnan(drawn)]
    below = (np.count_nonzero(known < value) + 0.5 * np.count_nonzero(known == value)) / known.size
    middle = ndtri(min(max(below, 1.0 / (known.size + 1)), known.size / (known.size + 1)))
    far = ndtri((1.0 + confidence) / 2.0)
    return np.quantile(known, ndtr([2.0 * middle - far, 2.0 * middle + far]))


def p_value(observed: float, by_chance: Floats) -> float:
    """How often chance alone shows a change at least as large, in either direction.

        p = (1 + draws with |change by chance| >= |observed|) / (1 + draws)

    Valid: never 0; draws that are NaN do not count. Source: Davison & Hinkley (1997), Bootstrap Methods, 4.2.

    >>> p_value(0.5, np.array([0.1, -0.6, 0.2]))
    0.5
    """
    known = by_chance[~np.isnan(by_chance)]
    return (1.0 + float(np.count_nonzero(np.abs(known) >= abs(observed) - 1e-12))) / (1.0 + known.size)


def shown(p_values: list[float], level: float) -> list[bool]:
    """Which of several tested changes count as shown, so that chance shows any of them at most in a `level` of cases.

    From the largest p value down: the k-th largest and all below it count where it is at most level / k.
    Valid: tests that agree with each other more often than not. Source: Hochberg (1988), Biometrika 75(4).

    >>> shown([0.04, 0.03, 0.05], 0.05), shown([0.20, 0.024, 0.30], 0.05), shown([0.20, 0.016, 0.30], 0.05)
    ([True, True, True], [False, False, False], [False, True, False])
    """
    for place, largest in enumerate(sorted(p_values, reverse=True), start=1):
        if largest <= level / place:
            return [one <= largest for one in p_values]
    return [False] * len(p_values)
