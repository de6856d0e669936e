"""What a drawn value makes of the number of a case, and which numbers are not drawn because they shape the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOVES: dict[str, Callable[[Any, Any], Any]] = {
    "multiplies": lambda base, value: base * value,
    "adds": lambda base, value: base + value,
    "replaces": lambda base, value: value + 0.0 * base,
}
"""What a drawn value makes of the number of the case."""

STRUCTURAL = ("period", "periods", "count", "rank", "year", "word", "true or false")
"""Units of inputs that shape a case: dates, counts, words."""


def overlap(one: str, other: str) -> bool:
    """Whether one path is the other, or stands in it.

    >>> overlap("market.price", "market.price.growth"), overlap("market.price", "market.prices")
    (True, False)
    """
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
