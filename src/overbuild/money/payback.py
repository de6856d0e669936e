"""Payback: how long after opening flows have brought back what was paid in."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

NOTHING_PAID_IN = "nothing is paid in"
NOT_PAID_BACK = "not paid back within the life"
BELOW_AGAIN = "paid back for the first time; later flows take the sum below 0 again"


class PaidBack(NamedTuple):
    """Years from opening until what was paid in is back for the first time, or None; and what is to be said of it."""

    years: float | None
    status: str = ""


def payback(flows: Sequence[float], opening: int, periods_per_year: int = 1) -> PaidBack:
    """Years from opening until the sum of flows since close is back to 0, within a period in a straight line.

        payback_years = (periods before + what is missing at their end / flow of the period) / periods_per_year

    `opening` is the place of the first period after opening; flows before it are those of building. Undiscounted.
    Source: standard; ours, a convention: the first return to 0 counts, also where a later flow takes the sum below 0
    again, which the status says.

    >>> payback([-60.0, -40.0, 30.0, 40.0, 60.0], 2)
    PaidBack(years=2.5, status='')
    >>> payback([-100.0, 30.0], 1).status, payback([-100.0, 150.0, -70.0], 1).status[:10]
    ('not paid back within the life', 'paid back ')
    """
    sums = list(itertools.accumulate(flows))
    before = sums[opening - 1]
    if min(sums[:opening]) >= 0.0:
        return PaidBack(None, NOTHING_PAID_IN)
    for place in range(opening, len(sums)):
        if sums[place] >= 0.0:
            missing = max(0.0, -before)
            share = missing / flows[place] if missing else 0.0
            status = BELOW_AGAIN if min(sums[place:]) < 0.0 else ""
            return PaidBack((place - opening + share) / periods_per_year, status)
        before = sums[place]
    return PaidBack(None, NOT_PAID_BACK)
