"""Bounds over all networks that agree with totals: proved, attained, equal to brute force on small ones.

`python -m tests.lenders.test_bounds` runs the long sweep: brute force on six networks of 4 and 5 entities, and 10,000
networks of 3 to 5 entities within their bounds.
"""

from __future__ import annotations

import itertools
import sys

import numpy as np
import pytest
from scipy.optimize import minimize

from overbuild.errors import InputError
from overbuild.lenders.bounds.clearing_bounds import loss_bound, lost_claims
from overbuild.lenders.bounds.margins import margins_of, maximum_entropy, some_network


def drawn(seed, count):
    rng = np.random.default_rng(seed)
    debts = rng.exponential(1.0, (count, count))
    np.fill_diagonal(debts, 0.0)
    known = np.where(rng.random((count, count)) < 0.1, debts, np.nan)
    given = margins_of(debts.sum(1), debts.sum(0), rng.exponential(0.4, count), rng.exponential(0.5, count), known)
    weights = np.eye(count)[0] if seed % 2 else np.ones(count)
    return given, weights, rng


def vertices(given):
    """Every extreme network: each set of debts that its totals determine."""
    free = [tuple(cell) for cell in np.argwhere(np.isnan(given.known))]
    fixed = np.where(np.isnan(given.known), 0.0, given.known)
    count = given.size
    table = np.zeros((2 * count, len(free)))
    for at, (a, b) in enumerate(free):
        table[a, at] = table[count + b, at] = 1.0
    wanted = np.concatenate([given.owed - fixed.sum(1), given.claimed - fixed.sum(0)])
    rank = np.linalg.matrix_rank(table)
    kept = []
    for row in range(2 * count):
        if np.linalg.matrix_rank(table[[*kept, row]]) > len(kept):
            kept.append(row)
    for basis in itertools.combinations(range(len(free)), rank):
        square = table[kept][:, basis]
        if abs(np.linalg.det(square)) > 1e-9:
            amounts = np.linalg.solve(square, wanted[kept])
            if amounts.min() > -1e-9:
                network = fixed.copy()
                for at, amount in zip(basis, amounts, strict=True):
                    network[free[at]] = max(0.0, amount)
                yield network


def brute_force(given, weights, sign, rng, draws=250):
    """The most that vertices, mixtures of them, and a search from the best of these attain."""
    corners = np.array(list(vertices(given)))
    mixes = rng.dirichlet(np.full(len(corners), 0.3), draws)
    networks = np.concatenate([corners, np.tensordot(mixes, corners, 1)])
    losses = np.array([sign * lost_claims(given, one, weights) for one in networks])

    def of_mix(logits):
        share = np.exp(logits - logits.max())
        return -sign * lost_claims(given, np.tensordot(share / share.sum(), corners, 1), weights)

    best = float(losses.max())
    start = mixes[int(np.argmax(losses[len(corners) :]))]
    found = minimize(of_mix, np.log(start + 1e-6), method="Nelder-Mead", options={"maxfev": draws})
    return max(best, -float(found.fun))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_bound_equals_brute_force(seed):
    equals_brute_force(seed, 4)


def equals_brute_force(seed, count, draws=250):
    given, weights, rng = drawn(seed, count)
    scale = given.owed.sum()
    for most, sign in ((True, 1.0), (False, -1.0)):
        found = loss_bound(given, weights, most=most)
        assert found.proved and sign * found.bound >= sign * found.found
        assert lost_claims(given, found.network, weights) == pytest.approx(found.found, abs=1e-9 * scale)
        brute = sign * brute_force(given, weights, sign, rng, draws)
        assert sign * (found.bound - brute) >= -1e-9 * scale
        assert found.bound == pytest.approx(brute, abs=3e-3 * scale)


def sweep(seeds, each):
    """How many random networks were drawn, and how many of them lie outside their bounds."""
    outside = total = 0
    for seed in seeds:
        given, weights, rng = drawn(seed, 3 + seed % 3)
        low, high = (loss_bound(given, weights, most=most, tolerance=1e-3).bound for most in (False, True))
        networks = [maximum_entropy(given)]
        networks += [some_network(given, rng.normal(size=given.known.shape)) for _ in range(12)]
        for share in rng.dirichlet(np.full(len(networks), 0.3), each):
            loss = lost_claims(given, np.tensordot(share, np.array(networks), 1), weights)
            outside += not low - 1e-9 * given.owed.sum() <= loss <= high + 1e-9 * given.owed.sum()
            total += 1
    return total, outside


def test_random_networks_that_agree_lie_inside():
    assert sweep(range(3), 100) == (300, 0)


def test_maximum_entropy_keeps_totals_and_known_debts():
    given, _, _ = drawn(7, 6)
    found = maximum_entropy(given)
    assert found.sum(1) == pytest.approx(given.owed, abs=1e-6) and found.sum(0) == pytest.approx(
        given.claimed, abs=1e-6
    )
    known = ~np.isnan(given.known)
    assert found[known] == pytest.approx(given.known[known])


def test_totals_that_disagree_are_told():
    with pytest.raises(InputError) as told:
        margins_of([1, 2], [2, 2], [0, 0])
    assert told.value.code == "margins_disagree"


if __name__ == "__main__":
    for seed, count in [(0, 4), (1, 4), (2, 4), (5, 4), (1, 5), (3, 5)]:
        equals_brute_force(seed, count, draws=1500)
        print(f"{count} entities, seed {seed}: both bounds equal brute force")
    total, outside = sweep(range(40), 250)
    print(f"{total:,} networks that agree with their totals, {outside} outside their bounds")
    sys.exit(outside > 0)
