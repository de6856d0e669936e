"""Internal rates of return: every root, the one that is reported, and a word on whether it can be trusted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.units import DAYS_PER_YEAR

LOWEST, HIGHEST = -0.9999, 10.0
"""Rates between which roots are sought, effective per year."""

_GRID = 4000


class Irr(NamedTuple):
    """The reported rate (the root nearest to 0, effective per year), how it stands, and all roots in order.

    `status`: `ok`; `nonconventional` when the flows change sign more than once (trust NPV and MOIC instead);
    `no_root` when there is none, and then `per_year` is None.
    """

    per_year: float | None
    status: str
    roots: tuple[float, ...]


def irr(flows: Sequence[float], periods_per_year: int = 1) -> Irr:
    """Internal rate of return of flows at equal distances, the first at close.

    Source: standard; which root is reported is our convention: the one nearest to 0.

    >>> found = irr([-100.0, 60.0, 72.0])
    >>> round(found.per_year, 12), found.status
    (0.2, 'ok')
    >>> irr([-100.0, 30.0, 10.0, -40.0]).status
    'no_root'
    """
    return _irr(flows, [place / periods_per_year for place in range(len(flows))])


def xirr(flows: Sequence[float], days: Sequence[date]) -> Irr:
    """Internal rate of return of dated flows, ACT/365, the first day being day 0.

    Source: the convention of the spreadsheet function XIRR.

    >>> xirr([-100.0, 110.0], [date(2025, 1, 1), date(2026, 1, 1)]).status
    'ok'
    """
    if len(flows) != len(days):
        raise InputError("length_mismatch", "days", len(days), f"one day a flow is needed: {len(flows)}")
    return _irr(flows, [(day - days[0]).days / DAYS_PER_YEAR for day in days])


def npv(flows: Sequence[float], rate_per_year: float, periods_per_year: int = 1) -> float:
    """Value at close of flows at equal distances, the first at close, at an effective rate per year.

    >>> npv([-100.0, 121.0], 0.1)
    10.0
    """
    return math.fsum(flow * (1.0 + rate_per_year) ** (-place / periods_per_year) for place, flow in enumerate(flows))


def _irr(flows: Sequence[float], years: Sequence[float]) -> Irr:
    if not all(math.isfinite(flow) for flow in flows):
        raise InputError("not_finite", "flows", list(flows), "a flow is a finite number")
    signs = [flow > 0.0 for flow in flows if flow != 0.0]
    changes = sum(before is not after for before, after in itertools.pairwise(signs))
    roots = _roots(flows, years) if changes else ()
    if not roots:
        return Irr(None, "no_root", ())
    return Irr(min(roots, key=abs), "ok" if changes == 1 else "nonconventional", roots)


def _roots(flows: Sequence[float], years: Sequence[float]) -> tuple[float, ...]:
    """Roots found where the value changes sign on a grid that is even in log(1 + rate)."""
    import numpy as np

    low, high = math.log1p(LOWEST), math.log1p(HIGHEST)
    grid = np.linspace(low, high, _GRID)
    amounts, times = np.asarray(flows, dtype=float), np.asarray(years, dtype=float)
    end = times[-1]
    later = np.exp(-np.outer(np.maximum(grid, 0.0), times)) * np.exp(-np.outer(np.minimum(grid, 0.0), times - end))
    worth: list[float] = (later @ amounts).tolist()
    roots: list[float] = []
    for place in range(_GRID - 1):
        if worth[place] == 0.0:
            roots.append(math.expm1(grid[place]))
        elif worth[place + 1] != 0.0 and (worth[place] < 0.0) != (worth[place + 1] < 0.0):
            roots.append(math.expm1(_bisected(flows, years, float(grid[place]), float(grid[place + 1]))))
    return tuple(sorted(set(roots)))


def _worth(flows: Sequence[float], years: Sequence[float], growth: float) -> float:
    """Value of the flows at log(1 + rate), at close or, below 0, at the end: neither overflows."""
    start = 0.0 if growth >= 0.0 else years[-1]
    return math.fsum(flow * math.exp(-growth * (year - start)) for flow, year in zip(flows, years, strict=True))


def _bisected(flows: Sequence[float], years: Sequence[float], low: float, high: float) -> float:
    below = _worth(flows, years, low) < 0.0
    while True:
        middle = (low + high) / 2.0
        if not low < middle < high:
            return middle
        if (_worth(flows, years, middle) < 0.0) is below:
            low = middle
        else:
            high = middle
