"""What is drawn once for a scenario: normal numbers of every coordinate, by random numbers or by Sobol points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from overbuild.stress.worlds.dependence import correlated, t_copula
from overbuild.stress.worlds.draws import Row, normal_of, normals, scenario_ids, uniforms
from overbuild.stress.worlds.sobol import SobolPlan, sobol_uniforms

_MIXING = 0x6D6978696E67
"""The number under which the scale of a t copula is drawn."""

_NEAREST = 2.0**-53


class Sampling(NamedTuple):
    """How scenarios are drawn: the seed; Sobol points for what is drawn once; degrees of freedom of a t copula."""

    seed: int
    sobol: SobolPlan | None = None
    freedom: float | None = None


def drawn_once(numbers: Sequence[int], loadings: Row, sampling: Sampling, first: int, count: int) -> Row:
    """Standard normal numbers of what is drawn once, (coordinate, scenario), correlated as the case says.

    `numbers` are those of the drivers that draw the coordinates.
    In a t copula they are the normal numbers of its uniform ones.
    """
    ids, many = scenario_ids(first, count), len(numbers)
    if sampling.sobol is not None:
        independent = normal_of(sobol_uniforms(sampling.sobol, first, count))
    else:
        independent = np.array([normals(sampling.seed, number, ids) for number in numbers])
    z = correlated(independent.reshape(many, count), loadings)
    if sampling.freedom is None or not many:
        return z
    heavy = t_copula(z, uniforms(sampling.seed, _MIXING, ids), sampling.freedom)
    return normal_of(np.clip(heavy, _NEAREST, 1.0 - _NEAREST))
