"""Clearing: published vectors, conservation, order, and faults that are told."""

from __future__ import annotations

import numpy as np
import pytest

from overbuild.errors import InputError, OverbuildError
from overbuild.lenders.clearing.greatest import clear, mapped
from overbuild.lenders.clearing.least import clear_least
from overbuild.lenders.clearing.many import clear_many
from overbuild.lenders.clearing.payment_system import linked, system_of
from overbuild.lenders.clearing.ranked import clear_ranked, ranked_system
from overbuild.lenders.debtrank import debtrank, debtrank_2012

TABLE = [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
CASH, OTHERS = [0.5, 0.625, 0.75], [1.5, 0.5, 0.5]


def drawn(seed, most=9):
    """A random network: some rings, some without cash, a few debts to others."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, most))
    table = rng.exponential(1.0, (count, count)) * (rng.random((count, count)) < rng.uniform(0.2, 0.9))
    np.fill_diagonal(table, 0.0)
    cash = rng.exponential(1.0, count) * (rng.random(count) < 0.8)
    return table, cash, rng.exponential(0.7, count) * (rng.random(count) < 0.5), rng


def test_the_published_vectors():
    system = linked(system_of(TABLE, CASH, OTHERS))
    assert clear(system).payments == pytest.approx([1.4732142857142856, 1.4196428571428572, 1.5], abs=1e-9)
    costly = clear(system, 0.5, 0.7)
    assert costly.payments == pytest.approx([0.5020199619771863, 0.5147049378275614, 0.5653806135032371], abs=1e-9)
    assert costly.defaults.all() and costly.round.tolist() == [1, 2, 2]


def test_a_thousand_random_networks_keep_what_must_hold():
    for seed in range(1000):
        table, cash, others, rng = drawn(seed)
        kept = (1.0, 1.0) if seed % 2 else tuple(rng.uniform(0.2, 1.0, 2))
        system = linked(system_of(table, cash, others))
        found, least = clear(system, *kept), clear_least(system, *kept)
        paid, scale = found.payments, 1.0 + system.owed.sum() + cash.sum()
        # what comes in goes out: to creditors, to owners, or is destroyed
        inflow = system.shares @ paid
        assert cash + inflow == pytest.approx(paid + found.equity + found.destroyed, abs=1e-9 * scale)
        outside = float(np.sum(paid * np.divide(others, system.owed, out=np.zeros_like(others), where=system.owed > 0)))
        assert paid.sum() == pytest.approx(inflow.sum() + outside, abs=1e-9 * scale)
        assert mapped(system, cash, paid, *kept) == pytest.approx(paid, abs=1e-9 * scale)
        assert np.all(least.payments <= paid + 1e-9 * scale)
        assert np.all(paid <= system.owed + 1e-12) and np.all(paid >= -1e-12)
        assert np.array_equal(found.defaults, paid < system.owed * (1 - 1e-11))
        more = clear(system, *kept, resources=cash + rng.exponential(0.3, len(cash)))
        assert np.all(more.payments >= paid - 1e-9 * scale)


def test_an_entity_without_edges_changes_nothing():
    table, cash, others, _ = drawn(5)
    wide = np.zeros((len(cash) + 1, len(cash) + 1))
    wide[:-1, :-1] = table
    alone = clear(linked(system_of(wide, [*cash, 3.0], [*others, 0.0])))
    assert alone.payments[:-1] == pytest.approx(clear(linked(system_of(table, cash, others))).payments, abs=1e-12)


def test_money_scales():
    table, cash, others, _ = drawn(11)
    one = clear(linked(system_of(table, cash, others)), 0.5, 0.6)
    big = clear(linked(system_of(1e9 * table, 1e9 * cash, 1e9 * others)), 0.5, 0.6)
    assert big.payments == pytest.approx(1e9 * one.payments, rel=1e-9) and big.recovery == pytest.approx(one.recovery)


def test_sparse_and_dense_agree():
    rng = np.random.default_rng(3)
    table = rng.exponential(1.0, (450, 450)) * (rng.random((450, 450)) < 0.02)
    np.fill_diagonal(table, 0.0)
    cash = 0.3 * table.sum(1) * rng.random(450)
    sparse = linked(system_of(table, cash))
    assert not isinstance(sparse.shares, np.ndarray)
    dense = sparse._replace(shares=sparse.shares.toarray())
    assert clear(sparse, 0.6, 0.8).payments == pytest.approx(clear(dense, 0.6, 0.8).payments, abs=1e-10)


def test_many_scenarios_are_each_cleared_as_alone():
    for seed in range(12):
        table, cash, others, rng = drawn(seed, most=20)
        system = linked(system_of(table, cash, others))
        worlds = (cash + 0.1 * (seed % 3)) * rng.lognormal(0.0, 0.6, (40, len(cash)))
        for kept in ((1.0, 1.0), (0.6, 0.8)):
            found = clear_many(system, worlds, *kept)
            for row, world in zip(found, worlds, strict=True):
                assert row == pytest.approx(clear(system, *kept, resources=world).payments, abs=1e-9)


def test_many_scenarios_of_rings_that_hardly_leak_are_each_cleared_as_alone():
    rng = np.random.default_rng(5)
    for seed in range(60):
        size = int(rng.integers(2, 8))
        table = rng.exponential(1.0, (size, size)) * (rng.random((size, size)) < 0.5)
        np.fill_diagonal(table, 0.0)
        system = linked(system_of(table, np.zeros(size), 1e-3 * rng.random(size) * (seed % 2)))
        cash = rng.exponential(0.2, (30, size)) * (rng.random(size) < (0.5 if seed % 3 else 1.0)) * 10.0 ** -(seed % 9)
        for kept in ((1.0, 1.0), (1.0, 0.999999), (0.0, 0.0)):
            found = clear_many(system, cash, *kept)
            for row, world in zip(found, cash, strict=True):
                assert row == pytest.approx(clear(system, *kept, resources=world).payments, abs=1e-10)


def test_a_ring_without_cash_has_two_clearings():
    ring = linked(system_of([[0, 1], [1, 0]], [0, 0]))
    assert clear(ring).payments.tolist() == [1, 1] and clear_least(ring).payments.tolist() == [0, 0]


def test_one_rank_without_stakes_is_plain_clearing():
    for seed in range(60):
        table, cash, others, _ = drawn(seed)
        plain = clear(linked(system_of(table, cash, others)), 0.7, 0.9)
        ranked = clear_ranked(ranked_system([table], cash, [others]), 0.7, 0.9)
        assert ranked.payments[0] == pytest.approx(plain.payments, abs=1e-9)


def test_senior_debt_is_paid_before_junior_and_equity_last():
    for seed in range(100):
        table, cash, others, rng = drawn(seed)
        junior = rng.exponential(1.0, table.shape) * (table > 0)
        stakes = rng.random(table.shape) * 0.8 / len(cash)
        np.fill_diagonal(stakes, 0.0)
        system = ranked_system([table, junior], cash, [others, 0 * others], stakes)
        found = clear_ranked(system)
        whole = sum(rank.owed for rank in system.ranks)
        scale = 1 + whole.sum()
        assert found.value == pytest.approx(found.payments[0] + found.payments[1] + found.equity, abs=1e-9 * scale)
        short = found.payments[0] < system.ranks[0].owed - 1e-9 * scale
        assert np.all(found.payments[1][short] <= 1e-9 * scale)
        assert np.all(found.equity[found.defaults] == 0)


def test_debtrank_settles_and_passes_on_in_proportion():
    exposures = [[0, 3, 2, 0], [1, 0, 4, 1], [2, 0, 0, 3], [0, 2, 1, 0]]
    equity, shock, value = [10, 8, 12, 6], [0, 0, 0.3, 0], [20, 18, 25, 12]
    new = debtrank(exposures, equity, shock, value)
    losses = np.asarray(new.losses)
    assert losses == pytest.approx(shock + np.asarray(exposures) / np.asarray(equity)[:, None] @ losses, abs=1e-12)
    assert new.rank == pytest.approx(0.1250554936483172, abs=1e-9)
    assert debtrank_2012(exposures, equity, shock, value).rank == pytest.approx(0.0908, abs=1e-9)
    # equity of unequal size: each is measured against its own, and nobody loses more than all of it
    assert debtrank([[0, 50], [0, 0]], [10, 90], [0, 0.5], [1, 1]).losses.tolist() == [1.0, 0.5]


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("negative_entry", lambda: system_of([[0, -1], [0, 0]], [0, 0])),
        ("self_liability", lambda: system_of([[2, 1], [0, 0]], [0, 0])),
        ("not_finite", lambda: system_of([[0, 1], [0, 0]], [float("nan"), 0])),
        ("length_mismatch", lambda: system_of([[0, 1], [0, 0]], [0])),
        ("alpha_beta_range", lambda: clear(linked(system_of([[0, 1], [0, 0]], [0, 0])), 1.2)),
        ("alpha_beta_range", lambda: clear_least(linked(system_of([[0, 1], [0, 0]], [0, 0])), 1, -0.1)),
        ("ownership", lambda: ranked_system([[[0, 1], [0, 0]]], [0, 0], stakes=[[0, 1.0], [0, 0]])),
        ("nonpositive_equity", lambda: debtrank([[0, 1], [0, 0]], [0, 1], [0, 0], [1, 1])),
    ],
)
def test_bad_networks_are_told(code, call):
    with pytest.raises(InputError) as told:
        call()
    assert told.value.code == code


def test_all_faults_of_a_network_come_together():
    with pytest.raises(OverbuildError) as told:
        system_of([[1, -1], [0, 0]], [-1, 0])
    assert len(told.value.errors) == 3
