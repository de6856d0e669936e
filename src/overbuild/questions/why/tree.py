"""A number with what it is made of, as a tree; and the tree as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.facts.fact import Fact
from overbuild.facts.sources import Source
from overbuild.questions.answer import Cell, FactUsed, Row
from overbuild.world.sourced import Sourced


class Why(NamedTuple):
    """One number: its id, what it is, value and unit, the formula in words of other lines, where it comes from.

    `kind` is `line`, `result`, `input`, `fact`, `assumption`, `schedule` or `constant`; `below` are its operands.
    """

    id: str
    label: str
    value: Cell
    unit: str
    kind: str
    formula: str = ""
    origin: str = ""
    below: tuple[Why, ...] = ()
    fact: FactUsed | None = None


def rows(node: Why, level: int = 0) -> Iterator[Row]:
    """The tree as rows, parents before children, with their level."""
    yield {
        "level": level,
        "id": node.id,
        "what": "  " * level + node.label,
        "shown": _shown(node.value, node.unit),
        "value": node.value,
        "unit": node.unit,
        "kind": node.kind,
        "formula": node.formula or None,
        "origin": node.origin or None,
    }
    for one in node.below:
        yield from rows(one, level + 1)


def _shown(value: Cell, unit: str) -> str | None:
    """A value with its unit, in billions or millions where it is money of that size."""
    if not isinstance(value, int | float):
        return None if value is None else str(value)
    if unit.startswith("USD") and abs(value) >= 1e9:
        return f"{value / 1e9:,.4g} bn {unit}"
    if unit.startswith("USD") and abs(value) >= 1e6:
        return f"{value / 1e6:,.4g} m {unit}"
    return f"{value:,.6g} {unit}".strip()


def facts_in(node: Why) -> Iterator[FactUsed]:
    """Every fact in the tree."""
    if node.fact is not None:
        yield node.fact
    for one in node.below:
        yield from facts_in(one)


def of_fact(fact: Fact, source: Source) -> Why:
    """A fact as a leaf: figure as printed, document, day, place in the document, address."""
    place = f", {fact.locator}" if fact.locator else ""
    origin = f"{source.citation()}{place}; known {fact.known_at} (to the {fact.known_at_precision})"
    printed = fact.value_text or f"{fact.value:g} {fact.unit}"
    return Why(
        id=f"fact:{fact.key}",
        label=f"{fact.entity} {fact.metric} {fact.period}: {printed}, {fact.kind}",
        value=fact.value_in_base_unit,
        unit=fact.base_unit,
        kind="fact",
        origin=origin,
        fact=FactUsed(fact.key, fact.source, fact.known_at, fact.known_at_precision),
    )


def of_assumption(path: str, assumed: Sourced) -> Why:
    """An assumption as a leaf: its value, range, author and reason."""
    ends = f" ({assumed.low:g} to {assumed.high:g})" if assumed.low is not None and assumed.high is not None else ""
    origin = f"{assumed.author}: {assumed.reason}{ends}"
    return Why(path, path, assumed.value, assumed.unit, "assumption", origin=origin)
