"""Present value: what a later amount is worth now."""

from __future__ import annotations

from overbuild.units import PerPeriod, Share


def discount_factor(rate_per_period: PerPeriod) -> Share:
    """Worth now of one unit a period later.

        discount_factor = 1 / (1 + rate_per_period)

    Valid: rate above -1. Source: standard.

    >>> discount_factor(0.25)
    0.8
    """
    return 1 / (1 + rate_per_period)
