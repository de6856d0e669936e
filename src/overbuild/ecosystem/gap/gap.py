"""The stock comparison: the year's spend against the year's revenue by category, and its two sums.

A table of categories has two sums that differ whenever one category is a cost without revenue of its own: the
total gap counts that cost, the column of gaps does not. The difference is the reconciling item `unmatched_cost`.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, quotient, total
from overbuild.units import Ratio, Share, UsdPerYear


class Category(NamedTuple):
    """Spend and revenue of one category in one year; revenue is 0 where the category has none of its own."""

    name: str
    spend: UsdPerYear
    revenue: UsdPerYear


class Overlap(NamedTuple):
    """Shares of a category's spend and revenue that are already counted in another category."""

    name: str
    spend_share: Share
    revenue_share: Share


class Guide(NamedTuple):
    """Low and high end of one company's guidance for a year's capex."""

    name: str
    low: UsdPerYear
    high: UsdPerYear


class GuidedSpend(NamedTuple):
    """Sums of guidance over companies."""

    low: UsdPerYear
    central: UsdPerYear
    high: UsdPerYear


class GapTable(NamedTuple):
    """The sums of the table. `category_gaps` runs over the categories that have revenue, in their order."""

    category_gaps: tuple[UsdPerYear, ...]
    total_spend: UsdPerYear
    total_revenue: UsdPerYear
    total_gap: UsdPerYear
    sum_of_category_gaps: UsdPerYear
    unmatched_cost: UsdPerYear
    unreconciled: UsdPerYear
    coverage: Ratio


def guided_spend(row: str, guides: tuple[Guide, ...]) -> GuidedSpend:
    """A row's spend from the guidance of its spenders: sums of the low ends, the midpoints and the high ends.

        spend = sum of (low + high) / 2

    Source: ours, a convention: the midpoint stands for a range when nothing else is known.

    >>> guided_spend("hyperscaler_capex", (Guide("GOOGL", 180.0, 190.0), Guide("META", 125.0, 145.0))).central
    320.0
    """
    central = total(tuple((guide.low + guide.high) / 2 for guide in guides))
    return GuidedSpend(
        low=line(f"{row}.spend_low", total(tuple(guide.low for guide in guides))),
        central=line(f"{row}.spend", central),
        high=line(f"{row}.spend_high", total(tuple(guide.high for guide in guides))),
    )


def category_gap(category: Category) -> UsdPerYear:
    """Revenue less spend of one category; negative is a shortfall.

        gap = revenue - spend

    It sets a year's flow against a purchase that serves several years: a shortfall of cash, not a loss.
    Source: [creati-2026-reckoning] table of 2026; the sign, negative for a shortfall, is our convention.

    >>> category_gap(Category("hyperscaler_capex", 527e9, 200e9))
    -327000000000.0
    """
    return line(f"{category.name}.gap", category.revenue - category.spend)


def gap_table(matched: tuple[Category, ...], unmatched: tuple[Category, ...]) -> GapTable:
    """The table's sums over categories with revenue (`matched`) and costs without (`unmatched`).

        total_spend          = sum of spend over all categories
        total_revenue        = sum of revenue over the matched ones
        total_gap            = total_revenue - total_spend
        sum_of_category_gaps = sum of gap over the matched ones
        unmatched_cost       = sum of spend over the unmatched ones
        unreconciled         = sum_of_category_gaps - total_gap - unmatched_cost, which is 0
        coverage             = total_revenue / total_spend

    Coverage is 0 when nothing is spent.
    Source: [creati-2026-reckoning] table of 2026; the reconciling item is our identity between its two sums.

    >>> t = gap_table((Category("a", 527.0, 200.0), Category("c", 150.0, 80.0)), (Category("b", 40.0, 0.0),))
    >>> t.total_gap, t.sum_of_category_gaps, t.unmatched_cost, round(t.coverage, 6)
    (-437.0, -397.0, 40.0, 0.390516)
    """
    gaps = tuple(category_gap(category) for category in matched)
    unmatched_cost = line("unmatched_cost", total(tuple(category.spend for category in unmatched)))
    total_spend = line("total_spend", total(tuple(category.spend for category in matched)) + unmatched_cost)
    total_revenue = line("total_revenue", total(tuple(category.revenue for category in matched)))
    total_gap = line("total_gap", total_revenue - total_spend)
    column = line("sum_of_category_gaps", total(gaps))
    return GapTable(
        category_gaps=gaps,
        total_spend=total_spend,
        total_revenue=total_revenue,
        total_gap=total_gap,
        sum_of_category_gaps=column,
        unmatched_cost=unmatched_cost,
        unreconciled=line("unreconciled", column - total_gap - unmatched_cost),
        coverage=line("coverage", quotient(total_revenue, total_spend, none=0.0)),
    )


def gap_net_of_overlaps(
    total_gap: UsdPerYear, overlapping: tuple[Category, ...], overlaps: tuple[Overlap, ...]
) -> UsdPerYear:
    """The total gap with the declared overlaps removed from both columns.

        net = total_gap + sum of spend_share * spend - sum of revenue_share * revenue

    `overlapping` and `overlaps` run over the same categories.
    Source: ours, a bound: each declared share is removed whole.

    >>> software = Category("enterprise_software", 150.0, 80.0)
    >>> gap_net_of_overlaps(-437.0, (software,), (Overlap("enterprise_software", 0.0, 1.0),))
    -517.0
    """
    net = total_gap
    for category, overlap in zip(overlapping, overlaps, strict=True):
        net = net + overlap.spend_share * category.spend - overlap.revenue_share * category.revenue
    return line("net_of_overlaps.total_gap", net)
