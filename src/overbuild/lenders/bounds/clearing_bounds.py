"""The most and the least that some lose in clearing, over every network that agrees with the totals: with a proof.

What i pays j is its debt times what i pays of all it owes, a product of two unknowns. Between two ends of that share the
product lies between four planes, so that a linear program bounds the loss from outside; halving the ends of one share after
the other brings the bound down to what some network attains. The gap that is left is part of the answer.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from overbuild.lenders.bounds.margins import Margins, maximum_entropy, some_network, with_debts
from overbuild.lenders.clearing.greatest import clear
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.linear_program import Rule, least_cost

_STARTS = 24
"""Extreme networks that are tried before the first bound."""

_WHOLE = 1.0 - 1e-9
"""A share paid from which on a payer pays in full."""


class ClearingBound(NamedTuple):
    """The most (or least) that can be lost: `bound` is proved, `found` is attained by `network`; USD.

    `proved` says that the two are within the tolerance; `tries` how many linear programs that took.
    """

    bound: float
    found: float
    network: Amounts
    proved: bool
    tries: int


class Box(NamedTuple):
    """Ends between which the share that each pays is taken to lie."""

    low: Amounts
    high: Amounts


class Relaxed(NamedTuple):
    """What a linear program over a box allows at most, the network there, and the share whose ends are to be halved."""

    bound: float
    network: Amounts
    branch: int
    at: float


def loss_bound(
    given: Margins, weights: Amounts, *, most: bool = True, tolerance: float = 1e-4, tries: int = 4000
) -> ClearingBound:
    """The most, or least, that entities with a weight lose of what they claim, weighted, over all networks.

    Clearing without costs of failure (Eisenberg and Noe); `tolerance` is a share of all debts. Where `tries` run out the
    bound is wider than it need be, and still a bound.

    >>> from overbuild.lenders.bounds.margins import margins_of
    >>> three = margins_of([2, 1, 1], [1, 1, 2], [0.5, 1, 1])
    >>> found = loss_bound(three, np.array([0.0, 0.0, 1.0]))
    >>> round(found.bound, 3), found.proved
    (0.5, True)
    """
    sign = 1.0 if most else -1.0
    scale = max(1e-300, float(given.owed.sum()))
    best = _first(given, weights, sign)
    whole = Box(np.zeros(given.size), np.ones(given.size))
    used, first = 1, _relaxed(given, weights, sign, whole)
    waiting: list[tuple[float, int, Box, Relaxed]] = [] if first is None else [(-first.bound, 0, whole, first)]
    while waiting:
        negative, _, box, relaxed = waiting[0]
        best = _better(best, _attained(given, weights, sign, relaxed.network))
        if -negative - best.value <= tolerance * scale or used >= tries:
            bound = max(-negative, best.value)
            return ClearingBound(
                sign * bound, sign * best.value, best.network, bound - best.value <= tolerance * scale, used
            )
        heapq.heappop(waiting)
        for half in _halves(box, relaxed):
            used += 1
            found = _relaxed(given, weights, sign, half)
            if found is not None and found.bound > best.value + tolerance * scale / 2:
                heapq.heappush(waiting, (-found.bound, used, half, found))
    bound = best.value + tolerance * scale / 2
    return ClearingBound(sign * bound, sign * best.value, best.network, True, used)


def lost_claims(given: Margins, debts: Amounts, weights: Amounts) -> float:
    """What entities with a weight lose of what they claim in one network, weighted. USD."""
    found = clear(with_debts(given, debts))
    return float(((1.0 - found.recovery) @ np.maximum(0.0, debts)) @ weights)


class _Attained(NamedTuple):
    """What a network comes to, and the network."""

    value: float
    network: Amounts


def _attained(given: Margins, weights: Amounts, sign: float, debts: Amounts) -> _Attained:
    return _Attained(sign * lost_claims(given, debts, weights), debts)


def _better(one: _Attained, other: _Attained) -> _Attained:
    return other if other.value > one.value else one


def _first(given: Margins, weights: Amounts, sign: float) -> _Attained:
    """The best of the network of maximum entropy and some extreme ones."""
    debts = maximum_entropy(given)
    best = _attained(given, weights, sign, debts)
    rng = np.random.default_rng(0)
    for _ in range(_STARTS):
        network = some_network(given, rng.normal(size=(given.size, given.size)))
        if network is not None:
            best = _better(best, _attained(given, weights, sign, network))
    return best


def _halves(box: Box, relaxed: Relaxed) -> Iterator[Box]:
    place, at = relaxed.branch, relaxed.at
    low, high = box.low.copy(), box.high.copy()
    high[place], low[place] = at, at
    yield Box(box.low, high)
    yield Box(low, box.high)


def _relaxed(given: Margins, weights: Amounts, sign: float, box: Box) -> Relaxed | None:
    """The linear program over a box; None where nothing clears in it. Unknowns: debts, payments, shares paid."""
    count = given.size
    debts = np.arange(count * count).reshape(count, count)
    paid, shares = debts + count * count, np.arange(count) + 2 * count * count
    most = given.most
    rules = [*_totals(given, debts), *_products(most, box, debts, paid, shares)]
    rules += _clearing(given, box, paid, shares)
    costs = np.zeros(2 * count * count + count)
    costs[debts.ravel()] = np.tile(-sign * weights, count)
    costs[paid.ravel()] = np.tile(sign * weights, count)
    rules += [Rule((int(shares[at]),), (-1.0,), -float(box.low[at])) for at in range(count)]
    found = least_cost(costs, rules, [*most.ravel(), *most.ravel(), *box.high])
    if found is None:
        return None
    network = found.unknowns[debts]
    ratio = found.unknowns[shares]
    apart = np.abs(found.unknowns[paid] - network * ratio[:, None]).sum(axis=1)
    inflow = given.resources + found.unknowns[paid].sum(axis=0)
    apart = apart + np.abs(given.due * ratio - np.minimum(given.due, inflow))
    apart = np.where(box.high - box.low > 1e-9, apart, -1.0)
    place = int(np.argmax(apart))
    if apart[place] <= 0:
        place = int(np.argmax(box.high - box.low))
    middle = 0.5 * (box.low[place] + box.high[place])
    near = min(max(float(ratio[place]), box.low[place] + 0.1 * (middle - box.low[place])), box.high[place])
    at = 0.5 * (middle + near) if near < _WHOLE else middle
    return Relaxed(-found.cost, network, place, float(at))


def _totals(given: Margins, debts: np.ndarray) -> Iterator[Rule]:
    count = given.size
    for at in range(count):
        yield Rule(debts[at].tolist(), [1.0] * count, float(given.owed[at]), just=True)
        yield Rule(debts[:, at].tolist(), [1.0] * count, float(given.claimed[at]), just=True)
    for a, b in np.argwhere(~np.isnan(given.known)):
        yield Rule((int(debts[a, b]),), (1.0,), float(given.known[a, b]), just=True)


def _products(most: Amounts, box: Box, debts: np.ndarray, paid: np.ndarray, shares: np.ndarray) -> Iterator[Rule]:
    """Payment = debt * share, between the four planes of the box; all payments of a payer are its share of its debts."""
    for a, b in np.argwhere(most > 0):
        low, high, top = float(box.low[a]), float(box.high[a]), float(most[a, b])
        debt, pays, share = int(debts[a, b]), int(paid[a, b]), int(shares[a])
        yield Rule((debt, pays), (low, -1.0), 0.0)
        yield Rule((debt, pays), (-high, 1.0), 0.0)
        yield Rule((debt, pays, share), (high, -1.0, top), high * top)
        yield Rule((debt, pays, share), (-low, 1.0, -top), -low * top)


def _clearing(given: Margins, box: Box, paid: np.ndarray, shares: np.ndarray) -> Iterator[Rule]:
    """Each pays the lesser of what it owes and what it has: exact below full payment, a chord where both are possible."""
    count = given.size
    for at in range(count):
        due, cash = float(given.due[at]), float(given.resources[at])
        mine = paid[at].tolist()
        yield Rule([*mine, int(shares[at])], [*([1.0] * count), -float(given.owed[at])], 0.0, just=True)
        if due <= 0:
            yield Rule((int(shares[at]),), (1.0,), 1.0, just=True)
            continue
        inflow, share = paid[:, at].tolist(), int(shares[at])
        most = cash + float(given.claimed[at])
        fails = box.high[at] < _WHOLE or most < due
        yield Rule([*inflow, share], [*([-1.0] * count), due], cash, just=bool(fails))
        if not fails and most > due:
            low = float(box.low[at]) * due
            slope = (due - low) / (most - low) if most > low else 1.0
            # due * share >= low + slope * (cash + inflow - low)
            yield Rule([*inflow, share], [*([slope] * count), -due], slope * (low - cash) - low)
