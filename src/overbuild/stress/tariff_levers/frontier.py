"""The frontier of two levers: how much of the one is needed at each value of the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.errors import InputError
from overbuild.stress.tariff_levers.condition import OutcomeCondition
from overbuild.stress.tariff_levers.drawn import DrawnDeal
from overbuild.stress.tariff_levers.levers import Lever, lever_of
from overbuild.stress.tariff_levers.solve import check_moved, least_root

POINTS = 7

_CLOSE = 1e-4
"""How near to a root, as a share of the range: as near as a picture shows."""


class FrontierPoint(NamedTuple):
    """A value of the other lever, and the least of this one at which the condition holds there."""

    other: float
    needed: float


class Frontier(NamedTuple):
    """How much of a lever is needed at each value of another; without points no values of the two together do."""

    lever: Lever
    other: Lever
    points: tuple[FrontierPoint, ...]


def frontier_of(drawn: DrawnDeal, lever: Lever, condition: OutcomeCondition, against: str = "") -> Frontier:
    """The frontier of a lever and another (its own companion unless one is named), on the draws of the deal.

    It runs from the least of the other at which the greatest of this one does, to the least at which none of it is needed.
    Raises InputError `unknown_name`; `contradiction` for a lever against itself.
    """
    other = lever_of(against or lever.against, "--against")
    if other.id == lever.id:
        raise InputError(
            "contradiction", "--against", other.id, f"a frontier has two levers; {lever.id} is the one asked"
        )
    plan, most = drawn.plan, other.most(drawn.plan)
    check_moved(other.moved(lever.moved(plan, lever.most(plan)), most))
    first = least_root(drawn, lever.moved(plan, lever.most(plan)), other, condition, _CLOSE)
    if first is None:
        return Frontier(lever, other, ())
    last = least_root(drawn, lever.moved(plan, 0.0), other, condition, _CLOSE)
    points: list[FrontierPoint] = []
    for value in np.linspace(first, most if last is None else last, POINTS):
        needed = least_root(drawn, other.moved(plan, float(value)), lever, condition, _CLOSE)
        points.append(FrontierPoint(float(value), lever.most(plan) if needed is None else needed))
    return Frontier(lever, other, tuple(points))
