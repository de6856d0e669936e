"""How fast networks clear: the package in turn with a dense fixed point and sparse solves written here.

    python benchmarks/clearing.py [RUNS]

Prints medians of CPU seconds of several runs, in turn, in this process, and ratios between programs that give the same
payments, which are first held equal. All run on one thread of linear algebra unless OPENBLAS_NUM_THREADS says otherwise.
20,000 entities with 10 contracts each, of which a few percent fail; 50 entities in 100,000 scenarios; the bounds of the
economy that ships, for every class of holder. Loading is left out of all.
"""

import os
import statistics
import sys
import time

import numpy as np
import scipy.sparse
import scipy.sparse.linalg

from overbuild.ecosystem.contagion.asked_case import AskedContagion, network_asked, window_of
from overbuild.ecosystem.contagion.bounds.corners import POINTS, class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import held_losses
from overbuild.ecosystem.contagion.terms.preset import ecosystem_preset
from overbuild.ecosystem.contagion.terms.studied import Shock, numbers_of, studied, worlds_at
from overbuild.lenders.clearing.greatest import clear
from overbuild.lenders.clearing.many import clear_many
from overbuild.lenders.clearing.payment_system import PaymentSystem, linked
from overbuild.lenders.network.versions import network_on
from overbuild.lenders.rounds.batch import run_rounds

LARGE, EACH, SMALL, SCENARIOS, DENSE = 20_000, 10, 50, 100_000, 4_000


def drawn(count, each, seed):
    """Debts of one another, a little to others, and cash that most can pay with."""
    rng = np.random.default_rng(seed)
    payer = np.repeat(np.arange(count), each)
    payee = (payer + rng.integers(1, count, len(payer))) % count
    amount = rng.lognormal(0.0, 1.0, len(payer))
    owed = np.bincount(payer, amount, count)
    outside = 0.5 * owed
    net = owed + outside - np.bincount(payee, amount, count)
    cash = np.maximum(0.0, net) + owed * rng.lognormal(-1.5, 0.8, count)
    failing = rng.random(count) < 0.05
    return PaymentSystem(payer, payee, amount, np.where(failing, 0.3 * cash, cash), outside), rng


def dense_fixed_point(system, table, cash):
    """Payments swept down from full payment on a full table."""
    paid = system.owed.copy()
    while True:
        following = np.minimum(system.owed, cash + table @ paid)
        if np.max(np.abs(paid - following)) <= 1e-13 * system.owed.max():
            return following
        paid = following


def sparse_solves(system, rows, cash):
    """Default set by default set, each solved for all defaulters anew by sparse elimination."""
    failed = np.zeros(len(cash), bool)
    paid = system.owed.copy()
    while True:
        short = ~failed & (cash + rows @ paid < system.owed * (1 - 1e-12))
        if not short.any():
            return paid
        failed |= short
        own = rows[failed][:, failed]
        fixed = cash[failed] + rows[failed] @ np.where(failed, 0.0, system.owed)
        paid = system.owed.copy()
        paid[failed] = scipy.sparse.linalg.spsolve((scipy.sparse.eye_array(len(fixed)) - own).tocsc(), fixed)


def many_by_dense(system, cash):
    """All scenarios swept together until none moves."""
    paid = np.broadcast_to(system.owed, cash.shape)
    into = system.shares.T
    while True:
        following = np.minimum(system.owed, cash + paid @ into)
        if np.max(np.abs(paid - following)) <= 1e-13 * system.owed.max():
            return following
        paid = following


def seconds(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def compared(title, work, runs):
    """Medians of each program, in turn."""
    times = {name: [] for name in work}
    for _ in range(runs):
        for name, one in work.items():
            times[name].append(seconds(one))
    first = statistics.median(next(iter(times.values())))
    print(title)
    for name, found in times.items():
        median = statistics.median(found)
        print(f"  {name:48} {1000 * median:10.2f} ms CPU {median / max(first, 1e-9):8.1f}x")


def large(runs):
    raw, _ = drawn(LARGE, EACH, 1)
    system = linked(raw)
    found = clear(system)
    other = sparse_solves(system, system.shares, raw.resources)
    assert np.allclose(found.payments, other, rtol=1e-9, atol=1e-9)
    share, rounds = found.defaults.mean(), found.round.max()
    compared(
        f"{LARGE:,} entities, {EACH} contracts each; {share:.1%} fail in {rounds} rounds",
        {
            "package": lambda: clear(system),
            "sparse solves": lambda: sparse_solves(system, system.shares, raw.resources),
        },
        runs,
    )
    smaller, _ = drawn(DENSE, EACH, 1)
    part = linked(smaller)
    table = part.shares.toarray()
    assert np.allclose(clear(part).payments, dense_fixed_point(part, table, smaller.resources), atol=1e-8)
    compared(
        f"{DENSE:,} entities, {EACH} contracts each",
        {
            "package": lambda: clear(part),
            "dense fixed point": lambda: dense_fixed_point(part, table, smaller.resources),
        },
        max(1, runs // 3),
    )


def many(runs):
    raw, rng = drawn(SMALL, EACH, 2)
    system = linked(raw)
    cash = raw.resources * rng.lognormal(0.0, 0.5, (SCENARIOS, SMALL))
    found = clear_many(system, cash)
    assert np.allclose(found, many_by_dense(system, cash), atol=1e-9)
    failing = (found < system.owed * (1 - 1e-9)).any(axis=1).mean()
    compared(
        f"{SMALL} entities in {SCENARIOS:,} scenarios; some fail in {failing:.0%}",
        {"package": lambda: clear_many(system, cash), "dense fixed point": lambda: many_by_dense(system, cash)},
        runs,
    )


def bounds(runs):
    preset = ecosystem_preset()
    network = network_on(network_asked(None), None)
    window = window_of(preset, AskedContagion((), 0.0, 1.0, None))
    shocks = [Shock((one.id,)) for one in network.entities if one.id in ("OPENAI", "CRWV", "ORCL")]

    def work():
        for shock in shocks:
            given = studied(network, preset, shock, window)
            both = corners(given)
            class_ends(given, both)
            held_losses(given, preset, both, run_rounds(given.study, numbers_of(given, worlds_at(given, POINTS))))

    work()
    compared(f"bounds of the economy that ships, all classes, {len(shocks)} failures", {"package": work}, runs)


if __name__ == "__main__":
    if "OPENBLAS_NUM_THREADS" not in os.environ:  # read once, where numpy starts: a thread that waits counts as work
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    large(RUNS)
    many(RUNS)
    bounds(RUNS)
