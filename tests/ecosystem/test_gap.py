"""The table's sums: which of them agree, and what reconciles the two that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.ecosystem.gap.gap import (
    Category,
    Guide,
    Overlap,
    gap_net_of_overlaps,
    gap_table,
    guided_spend,
)

HYPERSCALERS = Category("hyperscaler_capex", 527.0, 200.0)
ENERGY = Category("energy", 40.0, 0.0)
SOFTWARE = Category("enterprise_software", 150.0, 80.0)

money = st.floats(0, 1e13)
categories = st.lists(st.tuples(money, money), max_size=6)


def build(matched, unmatched, k=1.0):
    return gap_table(
        tuple(Category(f"m{i}", k * spend, k * revenue) for i, (spend, revenue) in enumerate(matched)),
        tuple(Category(f"u{i}", k * spend, 0.0) for i, (spend, _) in enumerate(unmatched)),
    )


def test_the_articles_table_has_two_sums():
    table = gap_table((HYPERSCALERS, SOFTWARE), (ENERGY,))
    assert table.category_gaps == (200 - 527, 80 - 150)
    assert table.total_gap == 280 - 717 == -437
    assert table.sum_of_category_gaps == -327 - 70 == -397
    assert table.unmatched_cost == 40
    assert table.coverage == pytest.approx(280 / 717, rel=1e-15)


@given(categories, categories)
def test_the_reconciling_item_closes_the_two_sums(matched, unmatched):
    table = build(matched, unmatched)
    scale = max(table.total_spend, table.total_revenue, 1.0)
    assert abs(table.sum_of_category_gaps - table.total_gap - table.unmatched_cost) <= 1e-12 * scale


@given(categories, categories, st.floats(0.01, 100))
def test_scaling_money_scales_the_gap_and_leaves_coverage(matched, unmatched, k):
    one, many = build(matched, unmatched), build(matched, unmatched, k)
    scale = max(one.total_spend, one.total_revenue, 1.0)
    assert many.total_gap == pytest.approx(k * one.total_gap, rel=1e-12, abs=1e-12 * k * scale)
    if one.total_spend > 1:
        assert many.coverage == pytest.approx(one.coverage, rel=1e-12)


def test_nothing_spent_has_no_coverage():
    assert build([], []).coverage == 0.0


def test_guidance_midpoints_are_summed():
    guided = guided_spend("capex", (Guide("GOOGL", 180.0, 190.0), Guide("META", 125.0, 145.0)))
    assert guided == (180 + 125, 185 + 135, 190 + 145)


def test_overlaps_are_removed_from_both_columns():
    net = gap_net_of_overlaps(-437.0, (SOFTWARE, SOFTWARE), (Overlap("a", 0.0, 1.0), Overlap("b", 0.5, 0.0)))
    assert net == -437 - 80 + 75
