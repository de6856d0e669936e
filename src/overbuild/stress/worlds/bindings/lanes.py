"""Lanes: a number of each scenario, the distribution that it is drawn from, and what it does to a leaf of a model."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from overbuild.stress.worlds.bindings.leaves import Numbers
from overbuild.world.drivers.distributions import Quantile

PROBES = (-3.0, -1.5, 0.0, 1.5, 3.0)
"""Standard normal numbers at whose values a driver is tried."""


class LeafScale(NamedTuple):
    """A leaf of the model, `STAGE.PARAMETER.PATH`: base + slope x the number of a lane; series of a column."""

    lane: int
    base: Numbers
    slope: Numbers


class LaneDriver(NamedTuple):
    """A number that is drawn once for a scenario: the coordinate whose normal it is a value of, and its distribution."""

    name: str
    coordinate: int
    values: Quantile


def number_of(name: str) -> int:
    """The number of the driver that draws a name: the same in every case, so that cases can be compared on common draws.

    >>> number_of("rent.trend") == number_of("rent.trend"), number_of("rent") == number_of("sofr")
    (True, False)
    """
    return zlib.crc32(name.encode())
