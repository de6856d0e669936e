"""A lender's book, in tables."""

from __future__ import annotations

import math
from typing import NamedTuple

from overbuild.answer import Table
from overbuild.questions.columns import column, table, unprinted
from overbuild.stress.portfolio.results import BookDistribution


class LimitRow(NamedTuple):
    """A limit of the lender, and what stands against it."""

    what: str
    name: str
    part: float
    limit: float
    over: str


def holdings_table(found: BookDistribution, *, first: bool = False) -> Table:
    """What is held, and what each holding and the book lose."""
    columns = [
        unprinted("id", lambda one: one.name),
        column("label", "holding", fill=lambda one: one.name),
        column("exposure", "lent", "USD_m"),
        column("default", "default", "decimal", lambda one: one.default.value),
        column("expected", "mean loss", "USD_m", lambda one: one.expected.value),
        column("worst", "worst 1%, alone", "USD_m"),
        column("in_tail", "in the book's worst 1%", "USD_m"),
    ]
    if not first:
        columns[4:4] = [
            column("default_low", "low", "decimal", lambda one: one.default.low),
            column("default_high", "high", "decimal", lambda one: one.default.high),
        ]
        columns.insert(3, column("part", "of the book", "decimal"))
    total = {
        "id": "book",
        "label": "the book",
        "exposure": found.exposure,
        "expected": found.expected.value,
        "worst": found.alone,
        "in_tail": found.worst,
    }
    note = "worst 1%: the mean of the worst hundredth of worlds; in the book's: what a holding loses where the book loses most"
    return table("holdings", "What the book loses", columns, found.holdings(), total=(total,), note=note)


def customers_table(found: BookDistribution) -> Table:
    """Who pays the sites."""
    columns = (
        unprinted("id", lambda one: one.name),
        column("label", "who pays", fill=lambda one: one.name),
        column("sites", "sites", fill=lambda one: ", ".join(one.sites)),
        column("exposure", "rests on it", "USD_m"),
        column("part", "of the book", "decimal"),
        column("limit", "at most", "decimal"),
        column("over", "over", fill=lambda one: "yes" if one.over else "no"),
        column("fails", "fails", "decimal", lambda one: one.fails.value),
        column(
            "lost", "book loses then", "USD_m", lambda one: None if math.isnan(one.loss_if_fails) else one.loss_if_fails
        ),
    )
    note = f"by contracted shares of each site; HHI of the book by who pays {found.hhi_of_customers():,.0f} points"
    return table("customers", "On whom the book rests", columns, found.shared(), note=note)


def limits_table(found: BookDistribution) -> Table:
    """What stands against the limits of the lender."""
    limits = found.book.record.limits
    rows = [
        LimitRow("one customer", one.name, one.part, one.limit, "yes" if one.over else "no") for one in found.shared()
    ]
    rows += [
        LimitRow("one site", one.name, one.part, limits.one_site, "yes" if one.part > limits.one_site + 1e-9 else "no")
        for one in found.sites()
    ]
    columns = (
        column("what", "limit"),
        column("name", "on"),
        column("part", "of the book", "decimal"),
        column("limit", "at most", "decimal"),
        column("over", "over"),
    )
    return table("limits", "Concentration against the lender's own limits", columns, rows)


def pairs_table(found: BookDistribution) -> Table:
    """Which sites default together."""
    columns = (
        column("one", "site"),
        column("other", "and"),
        column("both", "both default", "decimal"),
        column("apart", "if unrelated", "decimal"),
        column(
            "correlation", "correlation", "ratio", lambda one: None if math.isnan(one.correlation) else one.correlation
        ),
    )
    note = "in the same worlds, over the life of each; unrelated: the product of the two probabilities"
    return table("pairs", "Which sites default together", columns, found.pairs(), note=note)
