"""How late completion is: vectors of whole periods, one entry a phase, and how often each is drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.world.drivers.declared import LateBuild
from overbuild.world.drivers.distributions import shares_of


class LateVector(NamedTuple):
    """Periods late of each phase, and the probability of it."""

    periods: tuple[int, ...]
    share: float


def late_vectors(late: LateBuild, phases: int, periods_per_year: int) -> tuple[LateVector, ...]:
    """All vectors, the earliest first; all phases are late together where one number is given for them.

        share of k periods = (1 - on_time) (e^(-(k - 1) m / mean) - e^(-k m / mean)),  m months a period

    Any part of a period late is a whole one; all that is later than `most_periods` counts as that.

    >>> found = late_vectors(LateBuild(0.4, 6.0, 3), 1, 4)
    >>> [(one.periods, round(one.share, 4)) for one in found]
    [((0,), 0.4), ((1,), 0.2361), ((2,), 0.1432), ((3,), 0.2207)]
    """
    if late.cases:
        vectors = [LateVector(_spread(one.periods, phases), one.share) for one in late.cases]
        return tuple(sorted(vectors, key=lambda one: (sum(one.periods), one.periods)))
    assert late.on_time is not None and late.mean_months is not None
    months = 12.0 / periods_per_year
    beyond = [math.exp(-count * months / late.mean_months) for count in range(late.most_periods)] + [0.0]
    shares = [
        late.on_time,
        *((1.0 - late.on_time) * (one - next_) for one, next_ in pairwise(beyond)),
    ]
    return tuple(LateVector((count,) * phases, share) for count, share in enumerate(shares))


def _spread(periods: tuple[int, ...], phases: int) -> tuple[int, ...]:
    return periods * phases if len(periods) == 1 else periods


def which_vector(shares: tuple[float, ...], z: NDArray[np.float64]) -> NDArray[np.int_]:
    """The place of the vector that a standard normal number draws: high numbers are late.

    >>> which_vector((0.4, 0.6), np.array([-1.0, 0.0])).tolist()
    [0, 1]
    """
    ends = np.cumsum(np.asarray(shares, dtype=float))[:-1]
    return np.searchsorted(ends, shares_of(z), side="right")
