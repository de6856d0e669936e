"""Who runs, at which price: the order-free stack against a stack that is sorted, and what must hold of any stack."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.equations import collecting
from overbuild.errors import InputError
from overbuild.power.market.load import LargeLoad, coincident_peak, mw_in_block
from overbuild.power.market.many_hours import StackArrays, clear_hours
from overbuild.power.market.merit_order import (
    BlocksAbove,
    HourBlock,
    MarketTerms,
    StackUnit,
    block_of_hours,
    cleared,
    stack_in_order,
)

NAMES = ("b", "a", "d", "c", "e")
STACKS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-20, 90), st.sampled_from((0.0, 0.4, 1.0))), min_size=1, max_size=5
)


def units(drawn):
    return tuple(
        StackUnit(name, float(mw), float(cost), 0.0, 0.0, ef)
        for name, (mw, cost, ef) in zip(NAMES, drawn, strict=False)
    )


def by_sorting(stack, load, carbon, voll):
    """Price, MW unserved and emissions of an hour from a stack that is sorted."""
    left, price, emitted = load, 0.0, 0.0
    for cost, _, one in sorted((one.cost + one.ef * carbon, one.name, one) for one in stack):
        runs = min(left, one.mw)
        if runs > 0.0:
            price, emitted, left = cost, emitted + runs * one.ef, left - runs
    return (voll if left > 1e-9 * load else price), left, emitted


@settings(max_examples=200, deadline=None)
@given(STACKS, st.integers(0, 220), st.sampled_from((0.0, 25.0)))
def test_the_order_free_stack_is_the_sorted_one(drawn, load, carbon):
    stack = units(drawn)
    found = cleared("with", stack_in_order(stack, carbon), float(load), 5000.0)
    price, unserved, emitted = by_sorting(stack, float(load), carbon, 5000.0)
    assert found.price == pytest.approx(price, abs=1e-9)
    assert found.unserved == pytest.approx(unserved, abs=1e-9)
    assert found.emissions == pytest.approx(emitted, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(STACKS, st.permutations(range(5)))
def test_the_order_in_which_units_are_written_does_not_matter(drawn, order):
    stack = units(drawn)
    mixed = tuple(stack[at] for at in order if at < len(stack))
    for load in (0.0, 17.0, 60.0, 150.0):
        one = cleared("with", stack_in_order(stack, 10.0), load, 5000.0)
        other = cleared("with", stack_in_order(mixed, 10.0), load, 5000.0)
        assert one.price == pytest.approx(other.price, abs=1e-9)
        assert one.emissions == pytest.approx(other.emissions, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(STACKS)
def test_cost_of_serving_is_convex_in_load_and_the_price_never_falls(drawn):
    stack = stack_in_order(units(drawn), 0.0)
    total = sum(one.mw for one in stack)

    def cost(load):
        with collecting() as lines:
            cleared("with", stack, load, 5000.0)
        return sum(lines[f"block.with.{one.name}.mw"][0] * one.cost for one in stack)

    loads = [total * share for share in (0.1, 0.3, 0.5, 0.7, 0.9)]
    costs = [cost(load) for load in loads]
    steps = [after - before for before, after in pairwise(costs)]
    assert all(after >= before - 1e-6 for before, after in pairwise(steps))
    prices = [cleared("with", stack, load, 5000.0).price for load in loads]
    assert prices == sorted(prices)


def test_a_load_that_may_be_cut_is_cut_in_the_highest_hours_and_spares_the_peak():
    load = LargeLoad(1000.0, 0.9, 0.1, 1.0, 0.5, 100.0, 0.0)
    assert mw_in_block(load, 0.0, 40.0) == pytest.approx(405.0)
    assert mw_in_block(load, 40.0, 120.0) == pytest.approx(810.0 * (1 - 0.5 * 60.0 / 120.0))
    assert mw_in_block(load, 160.0, 500.0) == pytest.approx(810.0)
    assert coincident_peak(load) == pytest.approx(405.0)


def test_a_load_of_nothing_changes_no_block():
    stack = (StackUnit("gas", 40.0, 30.0, 0.0, 0.0, 0.4), StackUnit("coal", 30.0, 25.0, 0.0, 0.0, 1.0))
    none = LargeLoad(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    with collecting() as lines:
        block_of_hours(BlocksAbove(0.0), HourBlock(10.0, 50.0), MarketTerms(none, 5000.0, stack, 0.0))
    assert lines["block.with.paid_by_others"] == lines["block.without.paid_by_others"] == [15000.0]


@settings(max_examples=60, deadline=None)
@given(STACKS, st.lists(st.integers(0, 220), min_size=1, max_size=6))
def test_many_hours_on_arrays_are_the_same_hours(drawn, loads):
    stack = tuple(sorted(units(drawn), key=lambda one: one.name))
    if not any(one.mw > 0.0 for one in stack):
        with pytest.raises(InputError, match="at least one unit"):
            clear_hours(
                StackArrays(*(np.array([getattr(one, name) for one in stack]) for name in ("mw", "cost", "ef"))),
                np.ones(1),
                1.0,
            )
        return
    arrays = StackArrays(*(np.array([getattr(one, name) for one in stack]) for name in ("mw", "cost", "ef")))
    found = clear_hours(arrays, np.array(loads, float), 5000.0)
    placed = stack_in_order(stack, 0.0)
    for at, load in enumerate(loads):
        one = cleared("with", placed, float(load), 5000.0)
        assert found.price[at] == pytest.approx(one.price, abs=1e-9)
        assert found.emissions[at] == pytest.approx(one.emissions, abs=1e-9)
        assert found.unserved[at] == pytest.approx(one.unserved, abs=1e-9)
