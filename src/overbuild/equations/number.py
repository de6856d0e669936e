"""From a result of a run to a plain number."""

from __future__ import annotations

from typing import Any


def number(result: Any) -> float:
    """A result that was computed on floats, as the float it is.

    The types of formulas allow arrays and nodes of the graph too; where a single number is needed, this says so.

    >>> number(0.5)
    0.5
    """
    return float(result)
