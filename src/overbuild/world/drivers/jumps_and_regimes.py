"""What jumps and regimes of a log price come to, in closed form: what simulated paths are held against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError

_RAREST = 1e-18


class JumpWalk(NamedTuple):
    """A log price that moves by a normal step and by jumps, whose number is a Poisson number.

        step = mean + sd N + sum of J jumps, each N(jump_mean, jump_sd^2), J ~ Poisson(rate)

    Everything is for one step. Source: R. C. Merton, "Option pricing when underlying stock returns are discontinuous", 1976.
    """

    mean: float
    sd: float
    rate: float
    jump_mean: float
    jump_sd: float

    @property
    def mean_log(self) -> float:
        """Mean of a step: mean + rate x jump_mean.

        >>> round(JumpWalk(-0.03, 0.09, 0.15, -0.22, 0.1).mean_log, 6)
        -0.063
        """
        return self.mean + self.rate * self.jump_mean

    @property
    def variance_log(self) -> float:
        """Variance of a step: sd^2 + rate x (jump_mean^2 + jump_sd^2).

        >>> round(JumpWalk(-0.03, 0.09, 0.15, -0.22, 0.1).variance_log, 6)
        0.01686
        """
        return self.sd**2 + self.rate * (self.jump_mean**2 + self.jump_sd**2)

    @property
    def expected_gross(self) -> float:
        """Mean of the factor of a step: exp(mean + sd^2/2 + rate (exp(jump_mean + jump_sd^2/2) - 1)).

        >>> round(JumpWalk(-0.03, 0.09, 0.15, -0.22, 0.1).expected_gross, 6)
        0.946515
        """
        by_jumps = self.rate * (math.exp(self.jump_mean + self.jump_sd**2 / 2.0) - 1.0)
        return math.exp(self.mean + self.sd**2 / 2.0 + by_jumps)

    def below(self, level: float, steps: int) -> float:
        """Probability that the price is below a multiple of its first value after some steps.

        The sum over the number of jumps, to where the rest is rarer than 1e-18.

        >>> round(JumpWalk(-0.03, 0.09, 0.15, -0.22, 0.1).below(0.5, 8), 6)
        0.283153
        """
        expected, found, jumps = self.rate * steps, 0.0, 0
        weight = math.exp(-expected)
        while jumps <= expected or weight > _RAREST:
            mean = self.mean * steps + jumps * self.jump_mean
            sd = math.sqrt(self.sd**2 * steps + jumps * self.jump_sd**2)
            found += weight * _below(math.log(level) - mean, sd)
            jumps += 1
            weight *= expected / jumps
        return found


def _below(distance: float, sd: float) -> float:
    if sd == 0.0:
        return 1.0 if distance > 0.0 else 0.0
    return 0.5 * math.erfc(-distance / sd / math.sqrt(2.0))


def stationary(steps: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Shares of time that a chain of regimes spends in each, in the long run: the row p with p P = p.

    >>> stationary([[0.92, 0.08], [0.25, 0.75]]).round(6).tolist()
    [0.757576, 0.242424]
    """
    matrix = np.asarray(steps, dtype=float)
    size = len(matrix)
    equations = np.vstack([matrix.T - np.eye(size), np.ones(size)])
    return np.asarray(np.linalg.lstsq(equations, np.append(np.zeros(size), 1.0), rcond=None)[0], dtype=np.float64)


def after(steps: Sequence[Sequence[float]], start: Sequence[float], count: int) -> NDArray[np.float64]:
    """Probabilities of the regimes after some steps.

    >>> after([[0.92, 0.08], [0.25, 0.75]], [1.0, 0.0], 8).round(6).tolist()
    [0.76742, 0.23258]
    """
    return np.asarray(start, dtype=float) @ np.linalg.matrix_power(np.asarray(steps, dtype=float), count)


def mean_spell(steps: Sequence[Sequence[float]], regime: int) -> float:
    """Steps that a regime lasts in the mean: 1 / (1 - the probability that it stays).

    >>> mean_spell([[0.92, 0.08], [0.25, 0.75]], 1)
    4.0
    """
    return 1.0 / (1.0 - steps[regime][regime])


_QUARTERS = {1: 4, 2: 2, 4: 1}
_MONTHS = 3


def steps_of_period(quarterly: Sequence[Sequence[float]], periods_per_year: int) -> NDArray[np.float64]:
    """The chain of a period from that of a quarter: a power of it, or its cube root for months.

    Raises InputError (`bad_value`) where a chain has no monthly one: where its root has a negative probability.

    >>> steps_of_period([[0.9, 0.1], [0.2, 0.8]], 2).round(6).tolist()
    [[0.83, 0.17], [0.34, 0.66]]
    >>> steps_of_period([[0.9, 0.1], [0.2, 0.8]], 12).round(6).tolist()
    [[0.962635, 0.037365], [0.074731, 0.925269]]
    """
    matrix = np.asarray(quarterly, dtype=float)
    if periods_per_year in _QUARTERS:
        return np.linalg.matrix_power(matrix, _QUARTERS[periods_per_year])
    values, vectors = np.linalg.eig(matrix)
    root = (vectors * values.astype(complex) ** (1.0 / _MONTHS)) @ np.linalg.inv(vectors)
    monthly = np.real(root)
    if float(monthly.min()) < -1e-9 or float(np.abs(root.imag).max()) > 1e-9:
        raise InputError(
            "bad_value", "regimes", None, "these chances of a quarter come from none of a month; use quarters"
        )
    monthly = np.maximum(monthly, 0.0)
    return monthly / monthly.sum(axis=1, keepdims=True)
