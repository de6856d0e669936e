"""Internal rates of return: every root, the one that is reported, and a word on whether it can be trusted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.units import DAYS_PER_YEAR

_NOTHING = 1e-12
"""A sum of flows below this share of all flows taken together is 0."""
_ROUNDING = 1e-15
"""A flow below this share of all flows taken together is rounding."""


class Irr(NamedTuple):
    """The reported rate, effective per year, how it stands, all roots in order, and how often the flows change sign.

    Reported is, where the flows sum to more than 0, the smallest positive root at which their value falls through 0;
    else, and where there is none, the root nearest to 0. `status`: `ok`; `nonconventional` when the flows change sign
    more than once (the rate stands, but read it beside NPV and MOIC); `no_root` when no rate above -1 makes them worth
    nothing, and then `per_year` is None.
    """

    per_year: float | None
    status: str
    roots: tuple[float, ...]
    sign_changes: int = 0

    @property
    def others(self) -> tuple[float, ...]:
        """The roots that are not reported."""
        return tuple(root for root in self.roots if root != self.per_year)

    @property
    def remark(self) -> str:
        """What is to be known beside the rate; empty where the flows change sign once.

        >>> irr([-100.0, 350.0, -300.0, 5.0]).remark
        'nonconventional: the flows change sign 3 times; -98.3%, 104.5% solve them too'
        >>> irr([-100.0, 30.0, 10.0, -40.0]).remark
        'no_root: no rate makes the flows worth 0'
        """
        if self.per_year is None:
            return "no_root: no rate makes the flows worth 0"
        return "" if self.status == "ok" else f"nonconventional: {self.mark}"

    @property
    def mark(self) -> str:
        """That the flows change sign more than once, and which rates solve them too; empty where they do not.

        >>> irr([-1000.0, *[1752.0] * 6, -48.0]).mark
        'the flows change sign 2 times; -97.3% solves them too'
        """
        if self.status != "nonconventional":
            return ""
        changes = f"the flows change sign {self.sign_changes} times"
        if not self.others:
            return f"{changes}; no other rate solves them"
        listed = ", ".join(f"{rate:.1%}" for rate in self.others)
        return f"{changes}; {listed} {'solves' if len(self.others) == 1 else 'solve'} them too"


def irr(flows: Sequence[float], periods_per_year: int = 1) -> Irr:
    """Internal rate of return of flows at equal distances, the first at close.

    Source: standard; which root is reported is our convention: where more comes back than is paid in, the one reached
    first from 0 on the side where the value falls through 0; else the one nearest to 0.

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
    from overbuild.money.real_roots import real_roots

    if not all(math.isfinite(flow) for flow in flows):
        raise InputError("not_finite", "flows", list(flows), "a flow is a finite number")
    amounts, times = _gathered(flows, years)
    changes = _changes(amounts)
    roots = real_roots(amounts, times)
    if not roots:
        return Irr(None, "no_root", (), changes)
    reported = _reported(roots, math.fsum(amounts) / math.fsum(map(abs, amounts)))
    return Irr(reported, "ok" if changes == 1 else "nonconventional", tuple(roots), changes)


def _reported(roots: Mapping[float, bool], surplus: float) -> float:
    """The root that is reported, of roots with whether the value falls; `surplus` is the sum of the flows over their gross.

    >>> _reported({-0.97: False, 1.75: True}, 0.8), _reported({-0.97: False, 1.75: True}, -0.1)
    (1.75, -0.97)
    """
    falling = [rate for rate, falls in roots.items() if falls and rate > 0.0]
    return min(falling) if surplus > _NOTHING and falling else min(roots, key=abs)


def _gathered(flows: Sequence[float], years: Sequence[float]) -> tuple[list[float], list[float]]:
    """Flows in order of time without those of 0, and their times; flows of one instant are added up.

    Where they change sign more than once, those that are rounding are left out: they would change it again and again.

    >>> _gathered([-3.0, 0.0, 2.0, 2.0, -1e-17], [0.0, 1.0, 2.0, 2.0, 3.0])
    ([-3.0, 4.0], [0.0, 2.0])
    """
    at: dict[float, list[float]] = {}
    for flow, year in zip(flows, years, strict=True):
        at.setdefault(year, []).append(flow)
    sums = {year: math.fsum(at[year]) for year in sorted(at)}
    if _changes(flow for flow in sums.values() if flow) > 1:
        least = _ROUNDING * math.fsum(map(abs, flows))
        sums = {year: flow for year, flow in sums.items() if abs(flow) > least}
    kept = {year: flow for year, flow in sums.items() if flow}
    return list(kept.values()), list(kept)


def _changes(flows: Iterable[float]) -> int:
    """How often flows change sign."""
    return sum((before > 0.0) is not (after > 0.0) for before, after in itertools.pairwise(flows))
