"""The tree behind a number as rows, and the facts in it. Parts that several numbers share are one object of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.answer import Cell, FactUsed, Row
from overbuild.audit.tree.tree import Why

MOST_ROWS = 5000
"""A tree of more rows tells a part that it has told before in one row."""


def rows(tree: Why) -> tuple[Row, ...]:
    """The tree as rows, parents before children, with their level.

    >>> tax = Why("tax", "Tax", 2.0, "USD", "line")
    >>> [(row["level"], row["what"]) for row in rows(Why("cash", "Cash", 1.0, "USD", "line", below=(tax,)))]
    [(0, 'Cash'), (1, '  Tax')]
    """
    told = set[str]() if _count(tree, {}) > MOST_ROWS else None
    return tuple(_rows(tree, 0, told))


def _count(node: Why, known: dict[int, int]) -> int:
    if id(node) not in known:
        known[id(node)] = 1 + sum(_count(one, known) for one in node.below)
    return known[id(node)]


def _rows(node: Why, level: int, told: set[str] | None) -> Iterator[Row]:
    again = told is not None and bool(node.below) and _name(node) in told
    yield {
        "level": level,
        "id": node.id,
        "what": "  " * level + node.label,
        "shown": _shown(node.value, node.unit),
        "value": node.value,
        "unit": node.unit,
        "kind": node.kind,
        "formula": node.formula or None,
        "origin": f"{node.origin}; its parts stand above" if again else node.origin or None,
    }
    if told is not None:
        told.add(_name(node))
    if not again:
        for one in node.below:
            yield from _rows(one, level + 1, told)


def _name(node: Why) -> str:
    """What tells a part from others: its id, or what it is where it has none."""
    return node.id or str(id(node))


def _shown(value: Cell, unit: str) -> str | None:
    """A value with its unit, in billions or millions where it is money of that size."""
    if not isinstance(value, int | float):
        return None if value is None else str(value)
    if unit.startswith("USD") and abs(value) >= 1e9:
        return f"{value / 1e9:,.4g} bn {unit}"
    if unit.startswith("USD") and abs(value) >= 1e6:
        return f"{value / 1e6:,.4g} m {unit}"
    return f"{value:,.6g} {unit}".strip()


def facts_in(tree: Why) -> tuple[FactUsed, ...]:
    """Every fact in the tree, once, in order of their keys."""
    waiting, met, found = [tree], set[int](), set[FactUsed]()
    while waiting:
        node = waiting.pop()
        if id(node) not in met:
            met.add(id(node))
            waiting.extend(node.below)
            found |= {node.fact} if node.fact is not None else set()
    return tuple(sorted(found))
