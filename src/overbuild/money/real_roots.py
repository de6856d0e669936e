"""All rates at which dated flows are worth nothing: found one by one between the turning points of their value.

The value of flows is a sum of exponentials of growth g = log(1 + rate). Multiplied by exp(g * s), with s between two
flows of opposite sign, its derivative in g is again such a sum, of flows * (s - time), with one change of sign fewer.
So the roots of a sum with n changes of sign lie one by one between those of a sum with n - 1, down to a sum of flows
of one sign, which has none: no grid, no bound on the rate, and no root is passed over.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_FLAT = 1e-14
"""A value below this share of the values of all flows taken together is 0: the value touches 0 there."""
_MOST = math.log(np.finfo(float).max)
"""Growth beyond which no number holds the rate."""

Numbers = NDArray[np.float64]


class _Sum(NamedTuple):
    """Flows of a sum of exponentials, none of them 0, and their times in years, increasing."""

    flows: Numbers
    times: Numbers


def real_roots(flows: Sequence[float], years: Sequence[float]) -> dict[float, bool]:
    """Every rate, effective per year, at which flows are worth nothing, in order; True where their value falls through 0.

    Flows are not 0, their times increase. A rate that a number cannot tell from -1, or cannot hold, is left out.
    Source: the rule of signs for sums of exponentials (Laguerre 1883, after Descartes and Rolle).

    >>> {round(rate, 12): falls for rate, falls in real_roots([-100.0, 230.0, -132.0], [0.0, 1.0, 2.0]).items()}
    {0.1: False, 0.2: True}
    """
    if len(flows) < 2:
        return {}
    ladder = list(_ladder(_Sum(np.array(flows, dtype=float), np.array(years, dtype=float))))
    turns: list[float] = []
    found: list[tuple[float, bool]] = []
    for one in reversed(ladder):
        found = list(_between(one, turns))
        turns = [growth for growth, _ in found]
    rates = ((math.expm1(growth), falls) for growth, falls in found if growth < _MOST)
    return {rate: falls for rate, falls in rates if rate > -1.0}


def _ladder(one: _Sum) -> Iterator[_Sum]:
    """A sum, and the derivatives that separate its roots, each with a change of sign fewer than the one before."""
    while True:
        yield one
        places = np.flatnonzero((one.flows[1:] > 0.0) != (one.flows[:-1] > 0.0))
        if not len(places):
            return
        place = places[len(places) // 2]
        turned = one.flows * ((one.times[place] + one.times[place + 1]) / 2.0 - one.times)
        turned = turned / np.max(np.abs(turned))
        kept = turned != 0.0
        one = _Sum(turned[kept], one.times[kept])


def _between(one: _Sum, turns: Sequence[float]) -> Iterator[tuple[float, bool]]:
    """Roots in growth between the turning points of a sum, at most one in each gap, and whether it falls there."""
    ends = (_beyond(one, turns, -1.0), *turns, _beyond(one, turns, 1.0))
    values = _values(one, np.array(ends))
    signs = [0 if abs(value) <= _FLAT else int(math.copysign(1, value)) for value in values.tolist()]
    gaps = [place for place, (left, right) in enumerate(itertools.pairwise(signs)) if left * right < 0]
    lows, highs = (np.array([ends[place + side] for place in gaps]) for side in (0, 1))
    crossed = _bisected(one, lows, highs, np.array([signs[place] for place in gaps]))
    roots = [(growth, signs[place] > 0) for place, growth in zip(gaps, crossed, strict=True)]
    for place, sign in enumerate(signs):
        if sign == 0:
            before = next(other for other in reversed(signs[:place]) if other)
            after = next(other for other in signs[place:] if other)
            roots.append((ends[place], before > 0 > after))
    yield from sorted(roots)


def _beyond(one: _Sum, turns: Sequence[float], side: float) -> float:
    """A growth beyond every root on one side, where the value has the sign of its last flow (or, above, of its first)."""
    start = (min if side < 0.0 else max)(turns, default=0.0)
    far = float(one.flows[-1 if side < 0.0 else 0])
    step = side
    while float(_values(one, np.array([start + step]))[0]) * far <= _FLAT * abs(far):
        step *= 2.0
    return start + step


def _values(one: _Sum, growths: Numbers) -> Numbers:
    """Values of a sum at some growths, as shares of the values of all flows taken together: -1..1, never out of range."""
    first, last = (np.full_like(growths, one.times[end]) for end in (0, -1))
    anchor = np.where(growths >= 0.0, first, last)
    worth = np.exp(-growths[:, None] * (one.times[None, :] - anchor[:, None])) * one.flows
    return np.sum(worth, axis=1) / np.sum(np.abs(worth), axis=1)


def _bisected(one: _Sum, lows: Numbers, highs: Numbers, signs: Numbers) -> list[float]:
    """The root between each low and high, to the last digit; `signs` are those of the values at the lows."""
    while True:
        middles = (lows + highs) / 2.0
        open_still = (lows < middles) & (middles < highs)
        if not np.any(open_still):
            return middles.tolist()
        values = _values(one, middles) * signs
        lows = np.where(open_still & (values >= 0.0), middles, lows)
        highs = np.where(open_still & (values <= 0.0), middles, highs)
