"""What a distribution of losses says of a year: its mean, how often there is none, the value at risk, the mean beyond it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.errors import InputError
from overbuild.policy.losses.compound import Masses

MOST_BEYOND = 1e-12
"""The probability that may lie beyond the end of a grid."""

_EXACT = 1e-13


class BadYear(NamedTuple):
    """A year of losses: its mean and deviation, the chance of none, and what it is at a level (0.99) and beyond."""

    mean: float
    deviation: float
    no_loss: float
    value_at_risk: float
    tail_value_at_risk: float


def bad_year(masses: Masses, unit: float, level: float) -> BadYear:
    """What a distribution on a grid of this unit says of a year.

        VaR  = the smallest loss that is not exceeded with at least this probability
        TVaR = (sum of the losses above VaR, by their probability, + VaR * (P(loss <= VaR) - level)) / (1 - level)

    The tail value at risk so defined is coherent: it never exceeds the sum of those of the parts.
    Source: Acerbi and Tasche 2002 (expected shortfall of a distribution with atoms).

    >>> found = bad_year(np.array([0.9, 0.06, 0.04]), 10.0, 0.95)
    >>> found.value_at_risk, round(found.tail_value_at_risk, 9)
    (10.0, 18.0)
    """
    losses = np.arange(masses.size) * unit
    mean = float(masses @ losses)
    variance = max(float(masses @ (losses - mean) ** 2), 0.0)
    cumulated = np.cumsum(masses)
    at = min(int(np.searchsorted(cumulated, level - _EXACT)), masses.size - 1)
    beyond = float(masses[at + 1 :] @ losses[at + 1 :])
    atom = float(losses[at]) * (float(cumulated[at]) - level)
    tail = (beyond + atom) / (1.0 - level)
    return BadYear(mean, variance**0.5, float(masses[0]), float(losses[at]), tail)


def mass_beyond(masses: Masses) -> float:
    """The probability that a grid leaves out, by a recursion on it; a transform folds it back and leaves none out.

    >>> mass_beyond(np.array([0.5, 0.25]))
    0.25
    """
    return 1.0 - float(masses.sum())


def check_grid(masses: Masses, path: str) -> None:
    """Raise InputError `grid_too_short` where more than 1e-12 of the probability lies beyond the grid.

    >>> check_grid(np.array([0.5, 0.25]), "losses.points")
    Traceback (most recent call last):
    overbuild.errors.InputError: losses.points: ... [grid_too_short]
    """
    beyond = mass_beyond(masses)
    if beyond > MOST_BEYOND:
        hint = (
            f"{beyond:.2g} of the probability lies beyond the grid of {masses.size} points: losses there would be left out. "
            f"Take {2 * masses.size} points, or a larger unit"
        )
        raise InputError("grid_too_short", path, masses.size, hint)
