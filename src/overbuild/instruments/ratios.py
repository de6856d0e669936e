"""Ratios of cash to what it pays."""

from __future__ import annotations

from overbuild.equations import quotient
from overbuild.units import Ratio, Usd


def cover_ratio(cash: Usd, debt_service: Usd) -> Ratio:
    """How often cash pays a debt service; 0 where nothing is due, which a flag beside it says.

        cover_ratio = cash / debt_service

    Source: standard.

    >>> cover_ratio(120.0, 100.0), cover_ratio(50.0, 0.0)
    (1.2, 0.0)
    """
    return quotient(cash, debt_service, none=0.0)
